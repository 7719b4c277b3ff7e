"""A workspace: made once, private, and clear about what is missing; a database that says who holds it."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scanner import workspace
from scanner.errors import OutputError, StoreError, StoreHeld, WorkspaceError, one_line
from scanner.store.connection import create, reading, writing


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_workspace_is_its_owners_alone(tmp_path: Path) -> None:
    made = workspace.create(tmp_path / "a" / "w")
    assert mode(made.root) == 0o700
    assert mode(made.root / "key") == 0o600
    assert all(mode(made.root / name) == 0o700 for name in ("records", "hits", "reports", "quarantine"))
    assert len(made.key) == 32
    assert made.key != workspace.create(tmp_path / "other").key


def test_a_folder_in_use_keeps_its_rights_and_files(tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_text("x")
    tmp_path.chmod(0o750)
    workspace.create(tmp_path)
    assert mode(tmp_path) == 0o750
    assert (tmp_path / "export.zip").read_text() == "x"


@pytest.mark.parametrize("name", ["scan.toml", "sites.toml", "key", "records", "findings.duckdb"])
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(WorkspaceError):
        workspace.create(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_what_is_missing_or_damaged_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="not a workspace"):
        workspace.open_workspace(tmp_path)
    made = workspace.create(tmp_path / "w")
    (made.root / "key").write_bytes(b"short")
    with pytest.raises(WorkspaceError, match="damaged"):
        _ = workspace.Workspace(made.root).key
    (made.root / "key").unlink()
    with pytest.raises(WorkspaceError, match="missing"):
        _ = workspace.Workspace(made.root).key


def test_one_run_at_a_time_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    made = workspace.create(tmp_path / "w")
    script = f"""
import os, sys
from pathlib import Path
from scanner.workspace import Workspace
with Workspace(Path({str(made.root)!r})).running():
    print("held", flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), 9)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(WorkspaceError) as error, made.running():
        pass
    assert f"process {process.pid}" in one_line(error.value)
    process.communicate(b"\n")
    with made.running():
        pass


def test_a_held_database_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "f.duckdb"
    create(path)
    script = f"import duckdb, sys\nc = duckdb.connect({str(path)!r})\nprint('held', flush=True)\nsys.stdin.readline()"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"held\n"
    for connect in (reading, writing):
        with pytest.raises(StoreHeld) as error, connect(path, patience=0.1):
            pass
        message = one_line(error.value)
        assert f"process {process.pid}" in message
        assert "\n" not in message
    process.communicate(b"\n")
    with reading(path):
        pass


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"hello" * 1000, "The findings database is damaged"), (b"", "The findings database is damaged")],
)
def test_a_file_that_is_no_database_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "f.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=message), reading(path):
        pass
    assert path.read_bytes() == content


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "f.duckdb"
    create(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99, NULL)")
    with pytest.raises(StoreError, match="newer version"), writing(path):
        pass


def test_a_failed_block_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "f.duckdb"
    with pytest.raises(RuntimeError), writing(path) as connection:
        connection.execute("INSERT INTO secrets VALUES ('d', 'f', 'l', 1, 1)")
        raise RuntimeError
    with reading(path) as connection:
        assert connection.execute("SELECT count(*) FROM secrets").fetchone() == (0,)


def test_many_readers_at_once(tmp_path: Path) -> None:
    path = tmp_path / "f.duckdb"
    create(path)
    with reading(path) as one, reading(path) as two:
        assert one.execute("SELECT 1").fetchone() == two.execute("SELECT 1").fetchone()


@pytest.mark.parametrize("kept", [False, True])
def test_a_full_disk_leaves_no_half_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool) -> None:
    def full(_self: Path, *_content: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    root = tmp_path / "a" / "w"
    if kept:
        root.mkdir(parents=True)
        (root / "mine.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(OutputError) as raised:
            workspace.create(root)
    assert (raised.value.where, sorted(tmp_path.rglob("*"))) == (str(root), before)
    workspace.create(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError):
        workspace.create(tmp_path / "w")
