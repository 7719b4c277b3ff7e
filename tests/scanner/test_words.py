"""Widths, wrapping, places and errors: what a person reads."""

from __future__ import annotations

import errno

import pytest

from pipelines.errors import ArchiveMissing, StorageError
from scanner import i18n
from scanner.errors import Exit, InputError, StoreHeld, exit_code, from_os, one_line
from scanner.exports import safe_cell
from scanner.places import Spot, cell, where
from scanner.widths import shorten, visible, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("名单", 4), ("名单.xlsx", 9), ("e\u0301", 1), ("", 0), ("（Ａ）", 6)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize("columns", [10, 21, 40, 80])
def test_wrapped_lines_fit_and_lose_nothing(columns: int) -> None:
    text = "把 scan.toml 里的设置改好，再运行 `scan run`；（见说明）“引号”里的话，不会断在标点前。" * 3
    lines = wrap(text, columns)
    assert all(width(line) <= max(columns, 11) for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。；）”" for line in lines)


@pytest.mark.parametrize(
    ("text", "columns", "short"), [("名单名单", 8, "名单名单"), ("名单名单", 7, "名单名…"), ("ab", 1, "…")]
)
def test_shorten(text: str, columns: int, short: str) -> None:
    assert shorten(text, columns) == short


@pytest.mark.parametrize("text", ["\x1b[2J", "\u202e", "\x07", "\u200b", "\x9b", "\udc80", "a\nb", "\r"])
def test_what_moves_a_cursor_is_shown_not_obeyed(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable() or shown.isspace()


@pytest.mark.parametrize(
    ("spot", "zh", "en"),
    [
        (Spot("sheet", "Sheet2", 5, 3, False), "名单.xlsx › Sheet2 › C5", "名单.xlsx › Sheet2 › C5"),
        (Spot("sheet", "Sheet2", 5, 3, True), "名单.xlsx › Sheet2 › C5（隐藏）", "名单.xlsx › Sheet2 › C5 (hidden)"),
        (Spot("page", "3", 12, 0, False), "名单.xlsx › 第 3 页第 12 行", "名单.xlsx › page 3, line 12"),
        (
            Spot("deletion", "1", 8, 0, True),
            "名单.xlsx › 已删除的文字 1 第 8 行（隐藏）",
            "名单.xlsx › deleted text 1, line 8 (hidden)",
        ),
        (Spot("body", "", 8, 0, False), "名单.xlsx › 正文第 8 行", "名单.xlsx › text, line 8"),
        (Spot("table", "", 8, 2, False), "名单.xlsx › 表格 第 8 行第 2 列", "名单.xlsx › table, row 8, column 2"),
        (Spot("title", "", 1, 0, False), "名单.xlsx › 标题", "名单.xlsx › title"),
        (Spot("unheard_of", "", 1, 0, False), "名单.xlsx › unheard_of第 1 行", "名单.xlsx › unheard_of, line 1"),
    ],
)
def test_where(spot: Spot, zh: str, en: str) -> None:
    i18n.activate("zh")
    assert where(spot, "名单.xlsx") == zh
    i18n.activate("en")
    assert where(spot, "名单.xlsx") == en


@pytest.mark.parametrize(
    ("row", "col", "name"), [(1, 1, "A1"), (5, 26, "Z5"), (5, 27, "AA5"), (1048576, 16384, "XFD1048576")]
)
def test_cell(row: int, col: int, name: str) -> None:
    assert cell(row, col) == name


@pytest.mark.parametrize(
    ("error", "code", "zh"),
    [
        (ArchiveMissing("no such file or folder", "a.zip", "Check the path."), Exit.INPUT,
         "没有这个文件或文件夹：a.zip。请核对路径。"),
        (StorageError("the disk is full", "/w", "Choose a folder that can be written."), Exit.OUTPUT,
         "磁盘满了：/w。请换一个可以写入的文件夹。"),
        (StoreHeld("Another program is using the findings database: {program}, process {pid}", "f.duckdb",
                   "Wait until it has finished.", {"program": "python", "pid": 7}), Exit.STORE,
         "另一个程序正在使用结果数据库（python，进程号 7）：f.duckdb。请等它结束。"),
        (InputError("There is no such file or folder", "a\nb"), Exit.INPUT, "没有这个文件或文件夹：a b。"),
        (from_os(OSError(errno.ENOSPC, "No space left on device", "/w/x")), Exit.OUTPUT,
         "磁盘满了：/w/x。请腾出空间，再运行一次同样的命令。"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_and_a_code(error: InputError, code: int, zh: str) -> None:
    i18n.activate("zh")
    assert (one_line(error), exit_code(error)) == (zh, code)


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"), ("+86", "'+86"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), (" =1", "' =1"),
        ("＝1", "'＝1"), ("名单", "名单"), (-5, "-5"), (["=a", "b"], "'=a,b"), (None, ""), ("a\x00", "a"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: object, safe: str) -> None:
    assert safe_cell(value) == safe
