"""Messages: what is in them, what never is, and that one that cannot be sent fails nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from scanner import nightly, notify
from scanner.cli import main
from scanner.rescans import rescan
from scanner.store.connection import create as create_database
from scanner.synthetic.people import Factory
from scanner.workspace import Workspace, create

PERSON = Factory(6).person()
PAGE = f"姓名:{PERSON.name},身份证号:{PERSON.resident_id}"


class Robot(BaseHTTPRequestHandler):
    got: list[dict[str, Any]]

    def do_POST(self) -> None:
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        pass


@pytest.fixture
def robot() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Robot)
    server.got = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    place = create(tmp_path / "work")
    create_database(place.database)
    (tmp_path / "exports").mkdir()
    row = {"url": "http://www.example.gov.cn/1.html", "title": f"公示 {PERSON.resident_id}", "text": PAGE}
    (tmp_path / "exports" / "a.jsonl").write_text(json.dumps(row) + "\n")
    return place


def settings(place: Workspace, *urls: str) -> Workspace:
    folder = place.root.parent / "exports"
    entry = f'[[export]]\nfolder = "{folder}"\nsettle = 0\n[notify]\nurls = {json.dumps(list(urls))}\n'
    (place.root / "scan.toml").write_text(entry)
    return Workspace(place.root)


def test_a_message_names_cases_and_no_value(place: Workspace, tmp_path: Path) -> None:
    place = settings(place, "json://127.0.0.1:9")
    rescan(place, workers=1)
    title, text = notify.message(place)
    assert title == "scan: rescan 1" and text.startswith("Cases: new 1.")
    assert "No. 1, new:" in text and "http://www.example.gov.cn/1.html" in text
    assert PERSON.resident_id not in text and PERSON.name not in text
    rescan(place, workers=1)
    assert notify.message(place)[1].startswith("Nothing new:")


def test_it_arrives(place: Workspace, robot: HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise", reason="the extra notify is not installed")
    place = settings(place, f"json://127.0.0.1:{robot.server_port}/")
    assert main(["notify", "--test", "--lang", "en", "-w", str(place.root)]) == 0
    assert robot.got[0]["title"] == "scan: a test"  # type: ignore[attr-defined]
    assert main(["notify", "--lang", "en", "-w", str(place.root)]) == 6  # no rescan yet
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 0
    assert robot.got[1]["message"].startswith("Cases: new 1.")  # type: ignore[attr-defined]
    assert "Message sent: json." in capsys.readouterr().out + "\n".join(nightly.last_lines(place, 9))


def test_what_cannot_be_sent_fails_nothing(place: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise", reason="the extra notify is not installed")
    place = settings(place, "json://user:secret@127.0.0.1:9/", "nosuch://token")
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 0
    log = "\n".join(nightly.last_lines(place, 9))
    assert "Message not sent: json." in log and "Message not sent: nosuch." in log and "secret" not in log
    assert main(["notify", "--lang", "en", "-w", str(place.root)]) == 7
    assert "secret" not in "".join(capsys.readouterr())


def test_without_the_package_or_addresses(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notify", "--test", "--lang", "en", "-w", str(place.root)]) == 4
    monkeypatch.setattr(notify, "find_spec", lambda name: None)
    place = settings(place, "json://127.0.0.1:9")
    assert main(["notify", "--test", "--lang", "en", "-w", str(place.root)]) == 7
    assert "pip install" in capsys.readouterr().err
    assert main(["schedule", "run", "--lang", "en", "-w", str(place.root)]) == 0
    assert "Message not sent: NotInstalled." in nightly.last_lines(place, 9)[-1]
