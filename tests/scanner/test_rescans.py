"""Nightly rescans of one small site, from its exports to the states of its cases and what is printed of them."""

from __future__ import annotations

import io
import json
import os
import random
import tarfile
import time
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.match import MatcherFactory
from scanner import i18n, nightly, notify, retention
from scanner.cases import REVIEWER
from scanner.cli import main
from scanner.clock import now
from scanner.commands import rescan as rescan_command
from scanner.errors import Exit, InputError, WorkspaceError
from scanner.not_whole import NotWhole
from scanner.rescans import Rescan, rescan
from scanner.review.desk import Desk
from scanner.store import events, ledger, runs
from scanner.store.connection import create as create_database
from scanner.store.connection import reading, writing
from scanner.synthetic.people import Factory, Person
from scanner.workspace import Workspace, create

HOST = "www.example.gov.cn"
TWO = datetime(2017, 1, 1, 2).time()
PEOPLE = [Factory(5).person() for _ in range(1)] + [Factory(n).person() for n in range(11, 18)]


def page(rows: str = "", link: str = "", title: str = "公示") -> str:
    anchor = f'<a href="{link}">附件</a>' if link else ""
    return f"<html><head><title>{title}</title></head><body><p>正文</p><table>{rows}</table>{anchor}</body></html>"


def full(*people: Person) -> str:
    head = "<tr><td>姓名</td><td>身份证号</td></tr>"
    return head + "".join(f"<tr><td>{p.name}</td><td>{p.resident_id}</td></tr>" for p in people)


def masked(*people: Person) -> str:
    """Too little: the birth date stands beside it."""
    head = "<tr><td>姓名</td><td>身份证号</td><td>出生日期</td></tr>"
    rows = ((p.name, p.resident_id) for p in people)
    return head + "".join(
        f"<tr><td>{n}</td><td>{i[:6]}********{i[-4:]}</td><td>{i[6:10]}-{i[10:12]}-{i[12:14]}</td></tr>"
        for n, i in rows
    )


CSV = "姓名,身份证号\n" + "".join(f"{p.name},{p.resident_id}\n" for p in PEOPLE[2:6])


@dataclass
class Office:
    """A workspace and the folder its exports land in."""

    place: Workspace
    landing: Path
    night: int = 0
    files: dict[str, str] = field(default_factory=dict)

    def export(self) -> Path:
        self.night += 1
        path = self.landing / f"site-{date(2017, 11, 1) + timedelta(days=self.night):%Y%m%d}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in self.files.items():
                archive.writestr(zipfile.ZipInfo(f"{HOST}/{name}"), content)
        return path

    def rescan(self, **options: Any) -> Rescan:
        return rescan(Workspace(self.place.root), workers=1, **options)

    def tonight(self, **options: Any) -> Rescan:
        self.export()
        return self.rescan(**options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with reading(self.place.database) as connection:
            return connection.execute(sql).fetchall()

    def states(self) -> dict[str, str]:
        return dict(
            self.rows("SELECT regexp_extract(member, '[^/]+$'), state FROM cases JOIN case_states USING (doc_id)")
        )

    def verdict(self, member: str) -> str:
        sql = "SELECT verdict FROM last_verdicts JOIN cases USING (doc_id) WHERE ends_with(member, "
        return str(self.rows(f"{sql}'{member}')")[0][0])

    def take(self, member: str, *steps: str) -> None:
        (doc_id,) = self.rows(f"SELECT doc_id FROM cases WHERE ends_with(member, '{member}')")[0]
        with writing(self.place.database) as connection:
            for step in steps:
                events.step(connection, step, [doc_id], who=REVIEWER, actor="a", now=now())


@pytest.fixture
def office(tmp_path: Path) -> Office:
    place = create(tmp_path / "work")
    create_database(place.database)
    (tmp_path / "exports").mkdir()
    with (place.root / "scan.toml").open("a") as file:
        file.write(f'\n[[export]]\nfolder = "{tmp_path / "exports"}"\nsettle = 0\n')
    files = {f"{n}.html": page() for n in range(8)}
    files |= {"a.html": page(full(*PEOPLE[:2])), "b.html": page(link="b.csv"), "b.csv": CSV}
    return Office(place, tmp_path / "exports", files=files)


def test_masked_moved_gone_and_back_again(office: Office) -> None:
    office.tonight()
    assert office.states() == {"a.html": "to_review", "b.csv": "to_review"}

    office.take("a.html", "confirm", "issue", "receive", "report")
    office.files["a.html"] = page(masked(*PEOPLE[:2]))
    del office.files["b.html"]
    office.tonight()
    assert (office.verdict("a.html"), office.verdict("b.csv")) == ("masked", "page_gone")
    assert office.states()["a.html"] == "returned"
    assert office.rows("SELECT outcome FROM outcomes WHERE run_id = 2") == [("returned",)]
    i18n.activate("en")
    assert "returned 1" in notify.message(Workspace(office.place.root))[1].splitlines()[0]

    del office.files["a.html"]
    office.files["new/b2.csv"] = office.files.pop("b.csv")
    office.tonight()
    assert office.states() == {"a.html": "closed", "b2.csv": "to_review"}
    desk = Desk(Workspace(office.place.root), "li")
    ((number,),) = office.rows("SELECT case_no FROM cases WHERE ends_with(member, 'b2.csv')")
    assert len(desk.source_text(number)) == 5  # the text is found at the new address
    finding = desk.findings(number, limit=1)[0]
    assert not desk.context(finding.finding_id).missing and desk.reveal(finding.finding_id).value in CSV
    assert (office.verdict("a.html"), office.verdict("b2.csv")) == ("removed", "moved")

    office.files["again.html"] = page(masked(*PEOPLE[:2]))
    office.files["new/b2.csv"] = "PK\x03\x04" + "x" * 50
    office.tonight()
    assert office.states() == {"again.html": "reopened", "b2.csv": "to_review"}
    assert office.verdict("b2.csv") == "unreadable"
    said = office.rows("SELECT to_state, reason FROM events JOIN cases USING (doc_id) "
                       "WHERE ends_with(member, 'again.html') ORDER BY event_id")  # fmt: skip
    assert [state for state, _ in said] == [
        "to_review", "to_issue", "issued", "received", "reported", "to_verify", "returned", "closed", "reopened",
    ]  # fmt: skip
    assert office.rows("SELECT count(*) FROM cases") == [(2,)]


def test_nothing_is_closed_by_an_export_that_is_not_whole(office: Office) -> None:
    office.tonight()
    kept = office.files
    office.files = {"0.html": page()}
    result = office.tonight()
    assert [row.why for row in result.exports] == [NotWhole.SHRUNK] and not result.complete
    assert office.verdict("a.html") == "not_exported" and office.states()["a.html"] == "to_review"
    office.files = kept
    path = office.export()
    path.write_bytes(path.read_bytes()[:-40])
    assert office.rescan().landed.waiting
    for path in office.landing.iterdir():
        path.unlink()
    result = office.rescan()
    assert [row.why for row in result.exports] == [NotWhole.MISSING]
    assert set(office.states().values()) == {"to_review"}


def test_a_page_that_breaks_off_before_its_list_closes_nothing(office: Office) -> None:
    office.tonight()
    office.take("a.html", "confirm", "issue", "receive", "report")
    whole = office.files["a.html"]
    office.files["a.html"] = whole[: whole.index(PEOPLE[0].name)]
    office.tonight()
    assert (office.verdict("a.html"), office.states()["a.html"]) == ("unreadable", "reported")
    assert office.rows("SELECT reason FROM ledger WHERE ends_with(member, 'a.html')") == [("truncated",)]
    office.files["a.html"] = whole.replace(PEOPLE[0].resident_id, "已删除").replace(PEOPLE[1].resident_id, "已删除")
    office.tonight()
    assert office.states()["a.html"] == "closed"


def test_a_dismissed_case_comes_back_only_with_something_new(office: Office) -> None:
    office.tonight()
    office.take("a.html", "dismiss")
    office.files["a.html"] = page(full(*PEOPLE[:2]), title="公示（修订）")
    office.tonight()
    assert office.states()["a.html"] == "dismissed"
    office.files["a.html"] = page(full(*PEOPLE[:3]))
    office.tonight()
    assert office.states()["a.html"] == "reopened"


@pytest.mark.parametrize("seconds", [0, 9999])
def test_an_export_from_before_the_report_does_not_send_it_back(seconds: int, office: Office) -> None:
    office.tonight()
    path = office.export()
    os.utime(path, (time.time() - seconds, time.time() - seconds))
    office.take("a.html", "confirm", "issue", "receive", "report")
    office.rescan()
    assert office.states()["a.html"] == "reported"


def test_when_the_time_is_up_the_next_night_goes_on(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--lang", "en", "-w", str(office.place.root)]
    path = office.export()
    result = office.rescan(over=lambda: True)
    assert not result.finished and not office.states()
    rescan_command.show_morning(office.place, rescan_command.summary(office.place, result))
    assert capsys.readouterr().out.startswith("The time was up before an export was read to its end")
    i18n.activate("en")
    assert notify.message(office.place)[1].startswith("The time was up")
    assert main(["status", *root]) == 0
    output = capsys.readouterr()
    assert f"{path.name}: not read to its end: the time was up" in output.out
    assert "Every file was read" not in output.out and "repeat `scan rescan`" in output.err
    assert [row.why for row in result.exports] == [NotWhole.UNFINISHED]
    assert office.rescan().finished and len(office.states()) == 2


def test_one_at_a_time_and_never_without_a_place_to_look(office: Office) -> None:
    with office.place.running(), pytest.raises(WorkspaceError, match="Another run"):
        office.rescan()
    (office.place.root / "scan.toml").write_text("")
    with pytest.raises(InputError, match="does not say"):
        office.rescan()


def test_other_rules_change_cases_without_a_new_export(office: Office) -> None:
    office.tonight(matcher=lambda key: MatcherFactory(key, date(2017, 12, 1)))
    assert [len(office.rescan(matcher=lambda key: MatcherFactory(key, date(2017, 12, 1))).unchanged)] == [1]
    result = office.rescan(matcher=lambda key: MatcherFactory(key, date(2017, 12, 1), everything=True))
    assert not result.unchanged and result.read.archives[0].reused and result.matched.parts_reused == 0
    assert set(office.states().values()) == {"to_review"}


def test_what_is_printed(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--lang", "en", "-w", str(office.place.root)]
    office.export()
    assert main(["rescan", "--workers", "1", "--format", "json", *root]) == 0
    morning = json.loads(capsys.readouterr().out)
    assert morning["totals"]["new"] == 2 and morning["members"] == 11 and morning["finished"]
    del office.files["a.html"]
    office.files["b.csv"] += "".join(f"{p.name},{p.resident_id}\n" for p in PEOPLE[6:])
    office.export()
    assert main(["rescan", "--workers", "1", "--until", "23:59", *root]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Cases: worse 1, fixed 1.") and HOST in out
    assert main(["rescan", "--workers", "1", *root]) == 0
    assert "1 unchanged" in capsys.readouterr().out
    assert main(["rescan", "--until", "25:00", *root]) == 2

    assert main(["history", "--format", "jsonl", *root]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["run_id"], r["new"], r["worse"], r["fixed"]) for r in rows] == [(3, 0, 0, 0), (2, 0, 1, 1), (1, 2, 0, 0)]
    assert main(["history", *root]) == 0 and "rescan" in capsys.readouterr().out
    assert main(["diff", "1", "2", "--format", "jsonl", *root]) == 0
    unit, *cases = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (unit["appeared"], unit["went"]) == (4, 4) and len(cases) == 2
    assert main(["diff", "2", "1", *root]) == 0 and "findings gone" in capsys.readouterr().out
    assert main(["diff", "2", "3", *root]) == 0 and "No difference" in capsys.readouterr().out
    assert main(["diff", *root]) == 0 and "No difference" in capsys.readouterr().out  # the last two
    assert main(["diff", "1", "9", *root]) == 6
    assert main(["diff", "1", *root]) == 6


def test_what_is_unread_is_said_every_night(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--lang", "en", "-w", str(office.place.root)]
    office.files["broken.docx"] = "PK\x03\x04" + "x" * 50
    office.export()
    assert main(["rescan", "--workers", "1", *root]) == 3
    first = capsys.readouterr()
    assert "1 file was not wholly read" in first.out and "coverage --unread" in first.err
    assert main(["rescan", "--workers", "1", *root]) == 3  # the same export again
    out = capsys.readouterr().out
    assert out.startswith("Nothing new: no case appeared, changed or was fixed. Besides, 1 file was not wholly read.")
    assert "12 files, 12 of them as before" in out
    assert main(["status", *root]) == 0
    assert "Not or not wholly read: cut off: the end is missing × 1" in capsys.readouterr().out


def test_a_night_that_was_stopped_is_begun_again_by_rescan(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(office.place.database) as connection:
        runs.begin(connection, ["a.zip"], now(), "rescan")
    assert main(["status", "--lang", "en", "-w", str(office.place.root)]) == 0
    assert "repeat `scan rescan`" in capsys.readouterr().err
    assert main(["history", "--lang", "zh", "-w", str(office.place.root)]) == 0
    out = capsys.readouterr().out
    assert "复查（未完成）" in out and "—" in out


def test_another_key_is_refused(office: Office) -> None:
    office.tonight()
    (office.place.root / "key").write_bytes(b"x" * 32)
    with pytest.raises(WorkspaceError):
        office.tonight()
    assert main(["run", "-w", str(office.place.root), str(office.export()), "--lang", "en"]) == 4


def test_a_folder_without_exports_is_no_quiet_night(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--lang", "en", "-w", str(office.place.root)]
    assert main(["rescan", "--workers", "1", *root]) == 3
    out = capsys.readouterr().out
    assert out.startswith("No export was there") and "exports/*: no export was there" in out
    office.landing.rmdir()
    assert main(["rescan", "--workers", "1", *root]) == 3 and "there is no such folder" in capsys.readouterr().out
    assert main(["status", *root]) == 0
    output = capsys.readouterr()
    assert "Every file was read" not in output.out and "when the exports are there" in output.err


def test_history_says_verdicts_in_words(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.tonight()
    office.take("a.html", "confirm", "issue", "receive", "report")
    del office.files["a.html"]
    office.tonight()
    ((number,),) = office.rows("SELECT case_no FROM cases WHERE ends_with(member, 'a.html')")
    assert main(["case", "history", str(number), "--lang", "en", "-w", str(office.place.root)]) == 0
    out = capsys.readouterr().out
    assert "removed from the site" in out and "removed removed" not in out


def test_old_raw_text_goes_and_what_is_needed_stays(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    first = office.tonight().read.archive_ids[0]
    office.files["0.html"] = page(title="x")
    second = office.tonight().read.archive_ids[0]
    later = datetime.now() + timedelta(days=100)
    kept = {each.archive_id: each.kept for each in retention.held(office.place, 30, later)}
    assert kept == {first: "", second: retention.Kept.NEWEST}
    assert {e.kept for e in retention.held(office.place, 30, datetime.now())} == {"recent", "newest"}
    with writing(office.place.database) as connection:
        connection.execute(
            f"UPDATE findings SET part = '{first}/part-000000.parquet' WHERE entity_type = 'RESIDENT_ID'"
        )
    assert {each.kept for each in retention.held(office.place, 30, later)} == {"case", "newest"}
    office.take("a.html", "dismiss")
    office.files.clear()
    office.files |= {f"{n}.html": page() for n in range(9)}
    office.tonight()
    root = ["--lang", "en", "-w", str(office.place.root)]
    assert main(["purge", "--older-than", "0", "--dry-run", *root]) == 0
    assert "2 exports would go" in capsys.readouterr().out and (office.place.records / first).exists()
    assert main(["purge", "--older-than", "0", *root]) == 0
    assert [path.name for path in office.place.records.iterdir()] == [path.name for path in office.place.hits.iterdir()]
    assert len(list(office.place.records.iterdir())) == 1
    assert office.rows("SELECT count(*) FROM findings")[0][0] > 5 and office.rescan().unchanged


@pytest.mark.parametrize(
    ("days_old", "wanted", "nights"), [(29, "true", 2), (36, "true", 2), (38, "true", 1), (38, "false", 2)]
)
def test_the_schedule_throws_old_raw_text_away_once_a_week(
    office: Office, days_old: int, wanted: str, nights: int
) -> None:
    settings = office.place.root / "scan.toml"
    settings.write_text(settings.read_text("utf-8").replace("[retention]", f"[retention]\nnightly = {wanted}"), "utf-8")
    first = office.tonight().read.archive_ids[0]
    office.take("a.html", "dismiss")
    for name in ("manifest.json", "plan.json"):
        mark = office.place.records / first / name
        if mark.exists():
            when = mark.stat().st_mtime - timedelta(days=days_old).total_seconds()
            os.utime(mark, (when, when))
    office.files = {f"{n}.html": page() for n in range(12)}
    office.export()
    with writing(office.place.database) as connection:
        connection.execute("UPDATE runs SET started_at = started_at - INTERVAL 2 DAY")
    assert nightly.run(Workspace(office.place.root), TWO) == 0
    assert len(list(office.place.records.iterdir())) == nights
    assert any("Purge: 1 export" in line for line in nightly.last_lines(office.place, 9)) == (nights == 1)


def test_a_purge_that_fails_never_fails_the_night(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise WorkspaceError("no", office.place.root, "")

    monkeypatch.setattr(retention, "purge_when_due", fail)
    office.export()
    assert nightly.run(Workspace(office.place.root), TWO) == 0
    assert any("Purge failed" in line for line in nightly.last_lines(office.place, 9))


def _unread(office: Office) -> set[str]:
    """What `scan coverage --unread` lists: archive and member."""
    with reading(office.place.database) as connection:
        return {f"{each.archive} {Path(each.member).name}" for each in ledger.entries(connection)}


def _cut_off(path: Path, files: dict[str, str]) -> None:
    """A tar that breaks off behind these files."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in (*files.items(), ("lost.bin", random.Random(1).randbytes(1 << 16))):
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(f"{HOST}/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    path.write_bytes(path.read_bytes()[: -(1 << 15)])


@pytest.mark.parametrize(
    ("of_one_site", "pages", "cut", "stays"),
    [
        (True, 1, False, False),
        (True, 1, True, True),  # the newer export breaks off
        (True, 3, False, True),  # the first archive holds more than twice as many files
        (False, 1, False, True),  # nothing says that both are the same site's
    ],
)
def test_an_archive_of_another_name_is_counted_until_its_site_was_read_again(
    office: Office, of_one_site: bool, pages: int, cut: bool, stays: bool
) -> None:
    if of_one_site:
        with (office.place.root / "sites.toml").open("a") as file:
            file.write(f'\n[[site]]\nid = "edu"\ndomains = ["{HOST}"]\narchives = ["first*", "site-*"]\n')
    office.files = {"0.html": page(), "old.pdf": "%PDF-1.4 nothing"}
    office.files |= {f"{n}.html": page() for n in range(1, pages)}
    first = office.export().rename(office.place.root.parent / "first.zip")
    assert main(["run", "-w", str(office.place.root), str(first)]) == Exit.UNREAD
    assert _unread(office) == {"first.zip old.pdf"}
    office.files = {"0.html": page()}
    newer = office.export()
    if cut:
        newer.unlink()
        _cut_off(newer.with_suffix(".tar.gz"), office.files)
    (row,) = office.rescan().exports
    assert row.why == (NotWhole.CUT if cut else "")
    assert ("first.zip old.pdf" in _unread(office)) == stays
    office.files["new.pdf"] = "%PDF-1.4 nothing"
    office.tonight()
    assert any(entry.endswith(" new.pdf") for entry in _unread(office))


def test_exports_of_one_site_in_two_folders_are_both_counted(office: Office) -> None:
    other = office.place.root.parent / "more"
    other.mkdir()
    with (office.place.root / "sites.toml").open("a") as file:
        file.write(f'\n[[site]]\nid = "edu"\ndomains = ["{HOST}"]\narchives = ["site-*"]\n')
    with (office.place.root / "scan.toml").open("a") as file:
        file.write(f'\n[[export]]\nfolder = "{other}"\nsite = "edu"\nsettle = 0\n')
    office.files = {"old.pdf": "%PDF-1.4 nothing"}
    still = office.export()
    for night in range(3):
        office.files = {f"{n}.html": page() for n in range(night + 1)}
        office.export().rename(other / f"more-2017120{night}.zip")
        office.rescan()
        assert _unread(office) == {f"{still.name} old.pdf"}
