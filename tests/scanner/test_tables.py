"""Tables on narrow terminals."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from scanner.tables import fit, table
from scanner.widths import width

HEADERS = ("次", "开始", "类型", "文件数", "未读全", "新增", "加重", "已整改", "反弹")
ROW = ("12", "2026-11-26 18:54", "复查（已停止）", "1,821", "7", "1", "2", "3", "4")


@pytest.mark.parametrize("columns", [200, 100, 80, 60, 40])
def test_nothing_is_cut_off(columns: int) -> None:
    made = table(HEADERS, [ROW] * 3, right=(0, 3, 4, 5, 6, 7, 8))
    fit(made, columns)
    out = io.StringIO()
    Console(file=out, width=columns).print(made)
    lines = out.getvalue().splitlines()
    assert all(width(line) <= columns for line in lines)
    shown = "".join("".join(lines).split())
    assert sorted(shown.replace("─", "")) == sorted("".join("".join((*HEADERS, *ROW * 3)).split()))
    assert len(lines) == 5 or columns < 80


def test_columns_move_together_before_a_name_is_broken() -> None:
    made = table(("site", "n"), [("www.xinghe.gov.cn", "1")], right=(1,), fold=(0,))
    fit(made, 19)
    assert made.padding == (0, 0, 0, 0)
