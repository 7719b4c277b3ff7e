"""A small city that was scanned once: every test gets a copy of its workspace."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from scanner.cli import main
from scanner.synthetic.people import Factory
from scanner.workspace import Workspace

PEOPLE = Factory(5).people(40)
HOST = "www.example.gov.cn"
PHONE = PEOPLE[0].mobile  # the clerk's, at the foot of many pages


def table(number: int) -> str:
    people = PEOPLE[4 * number + 1 : 4 * number + 5]
    rows = "".join(
        f"<tr><td>{i}</td><td>{p.name}</td><td>{p.resident_id}</td><td>{p.mobile}</td></tr>"
        for i, p in enumerate(people, start=1)
    )
    return (
        f"<html><head><title>困难补助名单公示{number}</title></head><body><p>现将名单予以公示，公示期为五个工作日。</p>"
        f"<table><tr><th>序号</th><th>姓名</th><th>身份证号</th><th>手机</th></tr>{rows}</table></body></html>"
    )


def notice(number: int) -> str:
    return (
        f"<html><head><title>会议通知{number}</title></head><body><p>会议内容{number}。</p>"
        f"<p>联系人{PEOPLE[0].name}，手机{PHONE}</p></body></html>"
    )


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        for number in range(6):
            archive.writestr(f"{HOST}/gs/{number}.html", table(number))
        for number in range(8):
            archive.writestr(f"{HOST}/tz/{number}.html", notice(number))
    assert main(["init", str(folder / "w")]) == 0
    assert main(["run", "-w", str(folder / "w"), str(folder / "export.zip"), "--workers", "1"]) == 0
    return folder


@pytest.fixture
def work(scanned: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(scanned / "w", tmp_path / "w")
    return Workspace(tmp_path / "w")
