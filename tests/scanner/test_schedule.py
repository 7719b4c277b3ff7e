"""The nightly entry: units that systemd accepts, a crontab that keeps what others wrote, nights that are due."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from scanner import nightly, schedule
from scanner.cli import main
from scanner.schedule import CRON, PRINT, SYSTEMD, Nightly, cron_lines, due, units
from scanner.store import runs
from scanner.store.connection import create as create_database
from scanner.store.connection import writing
from scanner.workspace import Workspace, create

OTHERS = "MAILTO=x\n0 5 * * * backup --all\n"
FAKE = """#!/bin/sh
# a crontab that keeps its entries in a file
case "$1" in
-l) [ -f "{file}" ] && cat "{file}" || {{ echo "no crontab" >&2; exit 1; }} ;;
-) cat > "{file}" ;;
esac
"""


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    place = create(tmp_path / '排查 "一%' / "work")
    create_database(place.database)
    return place


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file, program = tmp_path / "crontab.txt", tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(FAKE.format(file=file))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    monkeypatch.setattr(schedule, "unit_folder", lambda: tmp_path / "units")
    return file


def test_systemd_accepts_the_units(tmp_path: Path, place: Workspace) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    files = units(Nightly(place.root, time(2)))
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    paths = [str(tmp_path / name) for name in files]
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True)
    ours = [line for line in checked.stderr.splitlines() if "scan-" in line]
    assert (checked.returncode, ours) == (0, [])


def test_the_units_catch_up_and_know_what_is_no_failure(place: Workspace) -> None:
    service, timer = units(Nightly(place.root, time(2, 30))).values()
    assert "OnCalendar=*-*-* 02:30:00" in timer and "Persistent=true" in timer
    assert "SuccessExitStatus=3 9" in service and '"--at" "02:30"' in service
    assert "%%" in service and '\\"' in service.partition("ExecStart=")[2]


def test_install_show_remove_with_cron(place: Workspace, crontab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crontab.write_text(OTHERS)
    root = ["--lang", "en", "-w", str(place.root)]
    assert main(["schedule", "install", "--at", "02:15", "--by", "cron", *root]) == 0
    assert main(["schedule", "install", "--at", "03:20", "--by", "cron", *root]) == 0
    lines = crontab.read_text().splitlines()
    assert lines[:2] == OTHERS.splitlines() and len(lines) == 4
    assert lines[3].startswith("20 * * * * ") and "\\%" in lines[3] and "--at 03:20" in lines[3]
    capsys.readouterr()
    assert main(["schedule", "show", *root]) == 0 and "Installed (cron)" in capsys.readouterr().out
    assert main(["schedule", "remove", *root]) == 0 and crontab.read_text() == OTHERS
    assert main(["schedule", "remove", *root]) == 0
    assert main(["schedule", "show", *root]) == 0
    assert "no entry" in capsys.readouterr().out


def test_the_line_of_a_crontab_is_a_command_the_shell_understands(place: Workspace) -> None:
    command = (
        cron_lines(Nightly(place.root, time(2)))[1].split(" ", 5)[5].replace("\\%", "%").replace(">/dev/null 2>&1", "")
    )
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {command}"], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == Nightly(place.root, time(2)).command


def test_where_there_is_neither_the_lines_are_printed(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(schedule, "_RUNNING_SYSTEMD", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert schedule.backend() == PRINT
    assert main(["schedule", "install", "-w", str(place.root)]) == 0
    out = capsys.readouterr().out
    assert "0 * * * * " in out and "[Timer]" in out and "[Service]" in out


def test_a_crontab_that_refuses_is_one_line(
    place: Workspace, crontab: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (crontab.parent / "bin" / "crontab").write_text("#!/bin/sh\necho 'you are not allowed to use cron' >&2; exit 1\n")
    assert main(["schedule", "install", "--by", "cron", "--lang", "en", "-w", str(place.root)]) == 7
    assert "you are not allowed to use cron" in capsys.readouterr().err


def test_systemd_units_are_written_and_enabled(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(schedule, "unit_folder", lambda: tmp_path / "units")
    monkeypatch.setattr(schedule, "_RUNNING_SYSTEMD", tmp_path)
    monkeypatch.setattr(schedule, "_systemctl", lambda *words: asked.append(words))
    entry = Nightly(place.root, time(2))
    schedule.install(entry, SYSTEMD)
    found = schedule.installed(entry)
    assert found and found[0] == SYSTEMD and asked[-1] == ("enable", "--now", f"{entry.name}.timer")
    assert schedule.remove(entry) and not list((tmp_path / "units").iterdir()) and not schedule.installed(entry)


DUE = [("02:00", "2017-12-01 02:00", "2017-12-01 02:00"), ("02:00", "2017-12-01 01:59", "2017-11-30 02:00"),
       ("23:30", "2017-12-01 08:00", "2017-11-30 23:30")]  # fmt: skip


@pytest.mark.parametrize(("at", "now", "expected"), DUE)
def test_when_a_night_is_due(at: str, now: str, expected: str) -> None:
    assert due(time.fromisoformat(at), datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


def test_a_missed_night_is_caught_up_and_none_is_done_twice(place: Workspace) -> None:
    now = datetime.now().replace(microsecond=0)
    at = (now - timedelta(minutes=30)).time()
    assert nightly.is_due(place, at, now)
    for began, kind, done, expected in (
        (timedelta(days=1), "rescan", True, True),
        (timedelta(minutes=10), "scan", True, True),
        (timedelta(minutes=10), "rescan", False, True),
        (timedelta(minutes=5), "rescan", True, False),
    ):
        with writing(place.database) as connection:
            started = (now - began).astimezone(UTC).replace(tzinfo=None)
            run = runs.begin(connection, [], started, kind)
            if done:
                runs.finish(connection, run, started, 0, 0, 0, (0, 0))
        assert nightly.is_due(place, at, now) == expected, (began, kind, done)
    assert nightly.is_due(place, at, now + timedelta(days=1))


def test_the_log_says_what_happened(place: Workspace, tmp_path: Path) -> None:
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 6  # nowhere to look
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.jsonl").write_text('{"url": "http://www.example.gov.cn/1", "text": "x"}\n')
    with (place.root / "scan.toml").open("a") as file:
        file.write(f'\n[[export]]\nfolder = "{tmp_path / "exports"}"\nsettle = 0\n')
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 0
    lines = nightly.last_lines(place, 10)
    assert [line[21:].split(":")[0] for line in lines] == [
        "Rescan begins.", "Error", "Rescan ends with 6.", "Rescan begins.", "Nothing new", "Rescan ends with 0.",
    ]  # fmt: skip
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 0  # nothing is due
    assert nightly.last_lines(place, 10) == lines


def test_what_this_machine_has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, crontab: Path) -> None:
    monkeypatch.setattr(schedule, "_RUNNING_SYSTEMD", tmp_path / "none")
    assert schedule.backend() == CRON
