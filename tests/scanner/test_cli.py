"""The command line: help, exit codes, one-line errors, what goes to which stream."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scanner.cli import cli, main
from scanner.errors import Exit
from scanner.synthetic.people import Factory
from scanner.widths import width

PEOPLE = Factory(5).people(8)
COMMANDS = sorted(cli.commands)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "site.zip"
    with zipfile.ZipFile(path, "w") as writer:
        for number, p in enumerate(PEOPLE):
            body = f"<body><p>姓名：{p.name}，身份证号：{p.resident_id}</p></body>"
            text = f"<html><head><title>=公示[red]{number}</title></head>{body}</html>"
            writer.writestr(f"www.example.gov.cn/xxgk/{number}.html", text)
    return path


@pytest.fixture(scope="module")
def work(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work") / "w"
    assert main(["init", str(folder), "--lang", "en"]) == Exit.OK
    assert main(["run", "-w", str(folder), str(archive), "--lang", "en"]) == Exit.OK
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_fits_a_terminal_and_speaks_one_language(
    lang: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", lang, *command, "--help"]) == Exit.OK
    text = capsys.readouterr().out
    assert all(width(line) <= 80 for line in text.splitlines())
    assert ("用法" in text) == (lang == "zh")
    assert lang == "zh" or text.isascii() or "…" in text
    assert "INTEGER" not in text


@pytest.mark.parametrize(
    ("argv", "code", "message"),
    [
        (["--lang", "zh", "run", "--nonsense"], Exit.USAGE, "没有 --nonsense 这个选项"),
        (["--lang", "zh", "nonsense"], Exit.USAGE, "没有 nonsense 这个命令"),
        (["--lang", "zh", "run"], Exit.USAGE, "缺少：'导出包…'。"),
        (["--lang", "zh", "schedule"], Exit.USAGE, "缺少：'install、show、remove 或 run'。\n"),
        (["--lang", "zh", "export", "-o", "{tmp}"], Exit.USAGE, "是文件夹，不是文件。"),
        (["--lang", "zh", "takedown", "issue", "-w", "{work}"], Exit.INPUT, "哪些个案？请写"),
        (["--lang", "zh", "takedown", "extend", "1", "--deadline", "x", "--reason", "x"], Exit.USAGE, "x 不是日期"),
        (["--lang", "zh", "findings", "--severity", "x"], Exit.USAGE, "只能是：提示、低、中、高、严重"),
        (["--lang", "zh", "export", "--format", "doc"], Exit.USAGE, "只能是"),
        (["--lang", "zh", "case", "show", "abc"], Exit.USAGE, "'编号' 的内容不对：abc 不是数字。"),
        (["--lang", "zh", "rescan", "--until", "25:00"], Exit.USAGE, "25:00 不是时间"),
        (["--lang", "zh", "case", "note", "1", " ", "-w", "{work}"], Exit.INPUT, "备注是空的"),
        (["--lang", "zh", "case", "list", "-w", "{work}", "--state", "x"], Exit.INPUT, "待复核"),
        (["--lang", "zh", "run", "-w", "{work}", "{work}"], Exit.INPUT, "工作区在这个文件夹里"),
        (["--lang", "en", "run", "--workers", "0", "x"], Exit.USAGE, "not in the range"),
        (["--lang", "en", "status", "-w", "{tmp}"], Exit.WORKSPACE, "not a workspace"),
        (["--lang", "zh", "status", "-w", "{tmp}"], Exit.WORKSPACE, "不是工作区"),
        (["--lang", "en", "init", "{work}"], Exit.WORKSPACE, "Nothing was changed."),
        (["--lang", "en", "run", "-w", "{work}", "{tmp}/none.zip"], Exit.INPUT, "{tmp}/none.zip"),
        (["--lang", "en", "check", "{tmp}/none.txt"], Exit.INPUT, "{tmp}/none.txt"),
        (["--lang", "en", "export", "-w", "{work}", "-o", "{tmp}/none/x.csv"], Exit.INPUT, "no such file or folder"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_and_a_code(
    argv: list[str], code: int, message: str, tmp_path: Path, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def filled(text: str) -> str:
        return text.replace("{tmp}", str(tmp_path)).replace("{work}", str(work))

    assert main([filled(word) for word in argv]) == code
    output = capsys.readouterr()
    assert output.out == ""
    assert filled(message).lower() in output.err.lower()
    assert "Traceback" not in output.err
    if code != Exit.USAGE:
        assert output.err.count("\n") == 1


def test_a_second_run_adds_nothing(work: Path, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def findings() -> list[dict[str, object]]:
        main(["findings", "-w", str(work), "--format", "jsonl"])
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return [{k: v for k, v in row.items() if k != "last_seen_run"} for row in rows]

    before = findings()
    assert main(["run", "-w", str(work), str(archive), "--lang", "en"]) == Exit.OK
    assert "New: 0 cases with 0 findings" in capsys.readouterr().out
    assert findings() == before
    assert {row["state"] for row in before} == {"to_review"}
    assert len({row["case_no"] for row in before}) == len(PEOPLE)


def test_the_workspace_is_named_before_after_or_in_the_environment(
    work: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["-w", str(work), "status"]) == Exit.OK
    assert main(["status", "-w", str(work)]) == Exit.OK
    assert main(["status"]) == Exit.WORKSPACE
    monkeypatch.setenv("SCAN_WORKSPACE", str(work))
    assert main(["status"]) == Exit.OK
    monkeypatch.delenv("SCAN_WORKSPACE")
    monkeypatch.chdir(work)
    assert main(["status"]) == Exit.OK
    assert capsys.readouterr().out.count(str(work)) == 4


def test_the_formats_hold_the_same(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind in ("csv", "jsonl", "parquet"):
        assert main(["export", "-w", str(work), "--format", kind, "-o", str(tmp_path / kind)]) == Exit.OK
    assert capsys.readouterr().out == ""
    content = (tmp_path / "csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    lines = [json.loads(line) for line in (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()]
    stored = pq.read_table(tmp_path / "parquet").to_pylist()
    assert [r["finding_id"] for r in rows] == [r["finding_id"] for r in lines] == [r["finding_id"] for r in stored]
    assert all(r["title"].startswith("'=公示") for r in rows)
    assert all(r["title"].startswith("=公示") for r in lines)
    assert {p.name for p in tmp_path.iterdir()} == {"csv", "jsonl", "parquet"}


@pytest.mark.parametrize(
    ("options", "some"),
    [
        (["--severity", "info"], True), (["--severity", "提示"], True), (["--site", "example"], True),
        (["--site", "elsewhere"], False), (["--unit", "nobody"], False), (["--type", "resident_id"], True),
        (["--type", "BANK_CARD"], False), (["--type", "身份证号"], True), (["--type", "手机"], False),
        (["--type", "person's name"], True),
    ],
)  # fmt: skip
def test_filters(options: list[str], some: bool, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "-w", str(work), "--format", "jsonl", *options]) == Exit.OK
    assert bool(capsys.readouterr().out) == some


@pytest.mark.parametrize(("typed", "said"), [("身份证", "有几类：身份证号"), ("随便", "没有“随便”这一类")])
def test_a_kind_nobody_knows_is_no_empty_answer(
    typed: str, said: str, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["findings", "-w", str(work), "--type", typed, "--lang", "zh"]) == Exit.USAGE
    assert said in capsys.readouterr().err


@pytest.fixture
def named(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """A workspace whose sites.toml calls the site by a name."""
    root = tmp_path / "named"
    assert main(["init", str(root)]) == Exit.OK
    with (root / "sites.toml").open("a", encoding="utf-8") as file:
        for number, name in (("0", "星河市民政局"), ("1", "星河市教育局")):
            file.write(f'\n[[site]]\nid = "s{number}"\nname = "{name}"\ndomains = ["www{number}.example.gov.cn"]\n')
        file.write('\n[[site]]\nid = "gov"\nname = "星河区政府"\ndomains = ["www.example.gov.cn"]\n')
    assert main(["run", "-w", str(root), str(archive)]) == Exit.OK
    capsys.readouterr()
    return ["-w", str(root), "--lang", "zh"]


def test_a_site_is_called_by_its_name(named: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for name, found in (("gov", True), ("星河区", True), ("星河区政府", True), ("教育局", False), ("别处", False)):
        for command in (["findings"], ["export"], ["case", "list"]):
            assert main([*command, "--site", name, "--format", "jsonl", *named]) == Exit.OK
            assert bool(capsys.readouterr().out) == found, (name, command)
        assert main(["coverage", "--site", name, *named]) == Exit.OK
        output = capsys.readouterr()
        assert ("星河区政府" in output.out) == found
        assert ("没有符合条件的结果" in output.err) == (not found)
    assert main(["findings", "--site", "星河市", *named]) == Exit.INPUT
    assert "星河市民政局、星河市教育局" in capsys.readouterr().err


def test_a_table_for_excel_speaks_the_readers_language(
    named: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "-o", str(tmp_path / "f.csv"), *named]) == Exit.OK
    row = next(csv.DictReader(io.StringIO((tmp_path / "f.csv").read_bytes().decode("utf-8-sig"))))
    assert (row["级别"], row["状态"], row["类型"], row["网站"]) == ("严重", "待复核", "姓名", "星河区政府")
    assert "身份证号与姓名同时公开" in row["原因"] and next(iter(row)) == "编号"
    assert (row["severity"], row["state"], row["site"]) == ("critical", "to_review", "gov")
    capsys.readouterr()
    assert main(["coverage", "--format", "csv", *named]) == Exit.OK
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    assert (row["网站"], row["类型"], row["files"], row["文件数"]) == ("星河区政府", "网页", "8", "8")
    assert main(["coverage", "--files", "--format", "csv", *named]) == Exit.OK
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    assert row["文件"].endswith(row["member"]) and (row["结果"], row["status"]) == ("已读全", "extracted")


def test_scraped_text_is_no_markup(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["findings", "-w", str(work), "--limit", "500"])
    assert "=公示[red]0" in capsys.readouterr().out


def test_a_reader_that_has_enough_is_no_error(work: Path) -> None:
    command = f"{sys.executable} -m scanner export -w {work} | head -c 10 > /dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_help_loads_nothing_heavy() -> None:
    heavy = {"pyarrow", "duckdb", "rich", "numpy", "lxml", "jieba"}
    script = "import sys; from scanner.cli import main; main(['--help']); "
    script += f"print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_a_list_of_cases_loads_no_matcher(work: Path) -> None:
    script = f"import sys; from scanner.cli import main; main(['case', 'list', '-w', {str(work)!r}]); "
    script += "print('patterns.matcher' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")


def test_check_loads_no_database_no_terminal_library_and_what_only_its_workers_need(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    heavy = {"duckdb", "rich", "pipelines.extractors", "patterns.matcher", "py7zr"}
    script = (
        "import sys\nfrom scanner.cli import main\nif __name__ == '__main__':\n"
        f"    main(['check', {str(tmp_path / 'a.txt')!r}])\n"
        f"    print(sorted({heavy} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_a_wrong_path_begins_no_run(work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    (tmp_path / "list.txt").write_text("no export")
    (tmp_path / "empty").mkdir()
    for name in ("none.zip", "text.zip", "list.txt", "empty"):
        assert main(["run", "-w", str(work), str(tmp_path / name)]) == Exit.INPUT
    main(["status", "-w", str(work), "--lang", "en"])
    assert "stopped before its end" not in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["text", "jsonl"])
def test_a_check_of_nothing_is_no_pass(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path), "--format", kind, "--lang", "en"]) == Exit.INPUT
    output = capsys.readouterr()
    assert output.out == "" and output.err.startswith("Error: There is no file in it")


def test_a_number_alone_may_be_meant_as_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "12", "--lang", "en"]) == Exit.OK
    assert "scan case show 12" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
def test_nobody_listens() -> None:
    command = [sys.executable, "-m", "scanner", "--version"]
    done = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *command], check=False)
    assert done.returncode == Exit.OK


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux")
def test_the_fork_server_leaves_ctrl_c_to_the_command() -> None:
    script = (
        "from scanner.starting import start_workers; start_workers()\n"
        "from multiprocessing.forkserver import _forkserver as server\n"
        "print(open(f'/proc/{server._forkserver_pid}/status').read())"
    )
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    ignored = int(next(line.split()[1] for line in said.splitlines() if line.startswith("SigIgn")), 16)
    assert ignored & 1 << (2 - 1)


def test_no_file_of_the_current_folder_is_run(tmp_path: Path) -> None:
    """It may be a site's folder, with anything in it."""
    for name in ("tarfile", "socket", "numpy", "pipelines", "email"):
        (tmp_path / f"{name}.py").write_text("open('was run', 'w').close()\nraise ImportError\n")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    as_installed = "import sys; del sys.path[0]; from scanner.cli import script; script()"
    done = subprocess.run(
        [sys.executable, "-c", as_installed, "check", "a.csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "was run").exists()
