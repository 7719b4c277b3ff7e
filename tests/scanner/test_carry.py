"""What a rescan carries over from the one before is what a merge of all hits would have made, night after night."""

from __future__ import annotations

import random
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from scanner import rescans
from scanner.cases import REVIEWER
from scanner.clock import now
from scanner.runs import scan
from scanner.store import carry, events, ledger, merge
from scanner.store.connection import create as create_database
from scanner.store.connection import reading, writing
from scanner.synthetic.people import Factory, Person
from scanner.workspace import Workspace, create

HOSTS: Final = ("www.example.gov.cn", "jyj.example.gov.cn")
_TABLES: Final = (
    "findings", "cases", "secrets", "moves", "case_documents", "verdicts", "outcomes", "run_members",
    "(SELECT * EXCLUDE (elapsed_ms) FROM ledger)",
    "(SELECT * EXCLUDE (happened_at, event_id) FROM events)",
)  # fmt: skip
Files = dict[str, str]


def _page(people: list[Person], how: str, words: int, links: list[str]) -> str:
    """A page or list; ``how`` much it shows of people."""
    shown = {
        "full": lambda i: i, "first": lambda i: f"{i[:14]}****", "last": lambda i: f"{i[:6]}********{i[14:]}",
        "none": lambda i: "*" * 18,
    }[how]  # fmt: skip
    rows = "".join(f"<tr><td>{p.name}</td><td>{shown(p.resident_id)}</td></tr>" for p in people)
    anchors = "".join(f'<a href="{link}">附件</a>' for link in links)
    head = "<tr><td>姓名</td><td>身份证号</td></tr>"
    return f"<html><head><title>公示 {words}</title></head><body><table>{head}{rows}</table>{anchors}</body></html>"


def _csv(people: list[Person], words: int) -> str:
    return f"姓名,身份证号,{words}\n" + "".join(f"{p.name},{p.resident_id}\n" for p in people)


class City:
    """Two sites whose files change from night to night."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [Factory(seed * 100 + n).person() for n in range(30)]
        self.files: dict[str, Files] = {host: {} for host in HOSTS}
        self.night = 0
        for host in HOSTS:
            for number in range(8):
                self.files[host][f"a/{number}.html"] = self._some_page()
            for number in range(3):
                self.files[host][f"a/{number}.csv"] = _csv(self._some(), number)
                self.files[host][f"a/p{number}.html"] = _page([], "none", number, [f"{number}.csv"])
            self.files[host]["a/secret.html"] = "<html><body><p>机密★10年</p></body></html>"

    def _some(self) -> list[Person]:
        return self.chance.sample(self.people, 3)

    def _some_page(self) -> str:
        return _page(self._some(), self.chance.choice(["full", "first", "last", "none"]), self.chance.randrange(9), [])

    def change(self) -> None:
        for host in HOSTS:
            for _ in range(self.chance.randrange(4)):
                self.chance.choice([self.edit, self.remove, self.add, self.move, self.rename_page, self.retitle])(host)

    def edit(self, host: str) -> None:
        self.files[host][self._one(host, ".html")] = self._some_page()

    def remove(self, host: str) -> None:
        self.files[host].pop(self._one(host, ""))

    def add(self, host: str) -> None:
        self.files[host][f"b/{self.night}.html"] = self._some_page()

    def move(self, host: str) -> None:
        self.files[host][f"c/{self.night}.html"] = self.files[host].pop(self._one(host, ".html"))

    def rename_page(self, host: str) -> None:
        """Only the address of an attachment's page becomes another."""
        pages = [name for name in self.files[host] if "/p" in name]
        if pages:
            self.files[host][f"a/px{self.night}.html"] = self.files[host].pop(pages[0])

    def retitle(self, host: str) -> None:
        pages = [name for name in self.files[host] if "/p" in name]
        for name in pages[:1]:
            self.files[host][name] = self.files[host][name].replace("公示", "公示（新）")

    def _one(self, host: str, end: str) -> str:
        return self.chance.choice([name for name in self.files[host] if name.endswith(end)])

    def export(self, folder: Path) -> None:
        """Sometimes under other paths, with a file twice, or not at all."""
        self.night += 1
        for host in HOSTS:
            if self.night > 1 and self.chance.random() < 0.15:
                continue
            day, within = date(2017, 11, 1) + timedelta(days=self.night), self.chance.choice(["", "", "x/"])
            with zipfile.ZipFile(folder / f"{host}-{day:%Y%m%d}.zip", "w") as archive:
                for name, content in self.files[host].items():
                    archive.writestr(zipfile.ZipInfo(f"{within}{host}/{name}"), content)
                if self.chance.random() < 0.3:
                    archive.writestr(zipfile.ZipInfo(f"https/{host}/{name}"), self._some_page())


def _office(root: Path, exports: Path) -> Workspace:
    place = create(root)
    create_database(place.database)
    with (place.root / "scan.toml").open("a") as file:
        file.write(f'\n[[export]]\nfolder = "{exports}"\nsettle = 0\n')
    (place.root / "key").write_bytes(bytes(range(32)))
    return Workspace(place.root)


def _tables(place: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with reading(place.database) as connection:
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in _TABLES}


def _work(place: Workspace, seed: str) -> None:
    """People decide about some cases during the day."""
    chance = random.Random(seed)
    with writing(place.database) as connection:
        for doc_id, state in connection.execute("FROM case_states ORDER BY doc_id").fetchall():
            way = chance.choice([("dismiss",), ("confirm", "issue", "receive", "report"), (), (), (), ()])
            for step in way if state in ("to_review", "reopened") else ():
                events.step(connection, step, [doc_id], who=REVIEWER, actor="a", now=now())


class _Killed(Exception):
    pass


def _night(place: Workspace, city: City, exports: Path, patch: pytest.MonkeyPatch) -> None:
    """Sometimes killed before it merges; sometimes somebody scans an old export by hand before."""
    chance = random.Random(f"{city.night}")
    if chance.random() < 0.2:
        scan(place, [chance.choice(sorted(exports.iterdir()))], workers=1)
    if chance.random() < 0.2:
        with patch.context() as context, pytest.raises(_Killed):
            context.setattr(rescans, "_merge", _kill)
            rescans.rescan(place, workers=1)
    else:
        rescans.rescan(place, workers=1)
    _work(place, f"{city.night}")


def _kill(*_: object) -> None:
    raise _Killed


@pytest.mark.parametrize(("seed", "nights"), [(1, 5), (4, 4)])
def test_the_same_as_merging_all_hits(seed: int, nights: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports, city = tmp_path / "exports", City(seed)
    exports.mkdir()
    sparing, plain = (_office(tmp_path / name, exports) for name in ("sparing", "plain"))
    carried, stayed = list[int](), list[bool]()

    def counting(*given: Any) -> int:
        carried.append(carry.carry(*given))
        return carried[-1]

    def keeping(*given: Any) -> bool:
        stayed.append(keep(*given))
        return stayed[-1]

    keep = ledger._keep
    monkeypatch.setattr(ledger, "_keep", keeping)
    for _ in range(nights):
        city.export(exports)
        monkeypatch.setattr(merge, "carry", counting)
        _night(sparing, city, exports, monkeypatch)
        with monkeypatch.context() as patch:
            patch.setattr(rescans, "_carries", lambda *_: [])
            _night(plain, city, exports, monkeypatch)
        ours, theirs = _tables(sparing), _tables(plain)
        for name in _TABLES:
            assert ours[name] == theirs[name], (city.night, name)
        city.change()
    assert sum(carried) > 10
    assert any(stayed)


def _export(path: Path, names: dict[str, str]) -> list[str]:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return sorted(names)


def test_members_that_lie_elsewhere_often_or_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host, city = HOSTS[0], City(1)
    files = city.files[host] | {"a/0.html": _page(city.people[:3], "full", 1, [])}
    (tmp_path / "exports").mkdir()
    place = _office(tmp_path / "office", tmp_path / "exports")
    _export(tmp_path / "exports" / f"{host}-20171101.zip", {f"{host}/{name}": text for name, text in files.items()})
    rescans.rescan(place, workers=1)
    removed, edited, often, elsewhere, *_ = sorted(name for name in files if name.endswith(".html"))
    later = {f"{host}/{name}": text for name, text in files.items() if name not in (removed, elsewhere)}
    later |= {f"x/{host}/{elsewhere}": files[elsewhere]}
    later |= {f"{folder}/{host}/{often}": files[often] for folder in ("x", "y")}  # as many more as there are fewer
    later[f"{host}/{edited}"] = _page([], "none", 8, [])
    names = _export(tmp_path / "exports" / f"{host}-20171102.zip", later)
    kept = list[bool]()
    keep = ledger._keep
    monkeypatch.setattr(ledger, "_keep", lambda *given: kept.append(keep(*given)) or kept[-1])
    run = rescans.rescan(place, workers=1).run_id
    with reading(place.database) as connection:
        entries = connection.execute("SELECT member, archive, run_id FROM ledger ORDER BY member").fetchall()
        gone = connection.execute(
            "SELECT DISTINCT gone_run FROM findings JOIN cases USING (doc_id) WHERE ends_with(member, 'a/0.html')"
        ).fetchall()
    assert removed == "a/0.html" and gone == [(run,)]
    assert kept == [True]
    assert entries == [(name, f"{host}-20171102.zip", run) for name in names]
