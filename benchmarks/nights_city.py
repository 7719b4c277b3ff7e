"""The city that ``benchmarks.nights`` watches: its sites change every day, and it knows what every case must be.

The truth is kept in the city's own words: which documents stand on a site, which people each of them exposes, and what
the last whole export showed. It shares no code with what it checks.
"""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from scanner.synthetic.people import Factory, Person

FIRST_DAY: Final = date(2017, 11, 1)
RULES_CHANGE: Final = 20  # the night from which e-mail addresses count
_SUFFIX: Final = {"page": ".html", "file": ".csv", "packed": ".zip"}


@dataclass(frozen=True)
class Document:
    """One file of a site. ``people``: whom it names; ``form``: how much of them it shows."""

    name: str  # path below the host
    kind: str  # page | file | packed
    people: tuple[Person, ...] = ()
    form: str = "clean"  # clean | full | masked | badly_masked | mail | period
    words: int = 0  # changes the text, not what it exposes
    links: str = ""  # name of the attachment a page links
    broken: bool = False  # its bytes cannot be read today
    ends: date | None = None  # of its publicity period

    def location(self, host: str) -> str:
        """Where its text stands: of what is packed, inside the zip."""
        return f"{host}/{self.name}" + ("!/list.csv" if self.kind == "packed" else "")

    def exposes(self, day: date, rules: int) -> frozenset[str]:
        """The values it exposes by the rules of a night: of people, not of documents."""
        over = self.form == "period" and self.ends is not None and day > self.ends
        leaking = self.form in ("full", "badly_masked") or (self.form == "mail" and rules > 1) or over
        values = {f"{self.form} {person.resident_id}" for person in self.people}
        if self.form == "full":
            values |= {f"mobile {person.mobile}" for person in self.people}
        return frozenset(values if leaking else ())

    def content(self) -> bytes:
        if self.broken:
            return b"PK\x03\x04" + self.name.encode() * 20
        if self.kind == "page":
            return self._page().encode()
        return _packed(self._csv()) if self.kind == "packed" else self._csv().encode()

    def _rows(self) -> list[tuple[str, ...]]:
        head, row = _FORMS[self.form]
        return [head, *(row(person) for person in self.people)] if self.people and head else []

    def _page(self) -> str:
        cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in self._rows())
        title = "城乡低保救助名单公示" if self.form == "period" else f"工作动态{self.words}"
        period = f"<p>公示期：2017年10月1日至{self.ends:%Y年%m月%d日}。</p>" if self.ends else ""
        link = f'<a href="/{self.links}">附件</a>' if self.links else ""
        head = f"<html><head><title>{title}</title></head><body><p>第{self.words}版。</p>"
        return f"{head}{period}<table>{cells}</table>{link}</body></html>"

    def _csv(self) -> str:
        return "\n".join(",".join(row) for row in self._rows()) + f"\n备注,第{self.words}版,\n"


def _packed(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("list.csv"), text)
    return out.getvalue()


def _born(person: Person) -> str:
    number = person.resident_id
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _mail(person: Person) -> str:
    return f"u{person.mobile[-8:]}@example.com"


_FORMS: Final[dict[str, tuple[tuple[str, ...], Callable[[Person], tuple[str, ...]]]]] = {
    "clean": ((), lambda p: ()),
    "full": (("姓名", "身份证号", "手机"), lambda p: (p.name, p.resident_id, p.mobile)),
    "masked": (("姓名", "身份证号"), lambda p: (p.name, p.resident_id[:3] + "*" * 13 + p.resident_id[-2:])),
    "badly_masked": (
        ("姓名", "身份证号", "出生日期"),
        lambda p: (p.name, p.resident_id[:6] + "*" * 8 + p.resident_id[-4:], _born(p)),
    ),
    "mail": (("姓名", "电子邮箱"), lambda p: (p.name, _mail(p))),
    "period": (("姓名", "补助金额"), lambda p: (p.name, "500")),
}


@dataclass
class Case:
    """A case as it must be. ``name``: of the document it was opened for."""

    name: str
    state: str
    values: set[str]
    names: set[str]  # all documents that are this case


@dataclass
class Site:
    """One site, its exports, and what the office must know of it."""

    host: str
    container: str  # zip | tar | dir
    documents: dict[str, Document] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    shown: dict[str, Document] = field(default_factory=dict)  # in the last whole export
    past: list[Document] = field(default_factory=list)  # leaks that were taken away

    def case_of(self, name: str) -> Case | None:
        return next((case for case in self.cases.values() if name in case.names), None)


class City:
    """``pass_day`` changes the sites, ``export`` writes what lands at night, ``truth`` says what must be known."""

    def __init__(self, seed: int, folder: Path, pages: int) -> None:
        self.chance, self.factory, self.folder = random.Random(seed), Factory(seed), folder
        self.sites = [Site(f"{name}.example.gov.cn", kind) for name, kind in (("a", "zip"), ("b", "tar"), ("c", "dir"))]
        self.night, self._count = 0, 0
        for site in self.sites:
            for _ in range(pages):
                self._add(site, self._new("page"))
            for _ in range(pages // 10):
                self._add_leak(site)

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.night)

    @property
    def rules(self) -> int:
        return 2 if self.night >= RULES_CHANGE else 1

    def _new(self, kind: str, form: str = "clean", people: int = 0) -> Document:
        self._count += 1
        named = tuple(self.factory.person() for _ in range(people))
        ends = self.day + timedelta(days=self.chance.randrange(2, 9)) if form == "period" else None
        return Document(f"xxgk/{self._count:05d}{_SUFFIX[kind]}", kind, named, form, self._count, ends=ends)

    def _add(self, site: Site, document: Document) -> None:
        site.documents[document.name] = document

    def _add_leak(self, site: Site) -> None:
        kind = self.chance.choice(("page", "file", "packed"))
        form = self.chance.choice(("full", "full", "badly_masked", "mail", "masked", "period"))
        if form == "period":
            kind = "page"
        document = self._new(kind, form, self.chance.randrange(6, 9))
        self._add(site, document)
        if kind != "page":
            self._add(site, replace(self._new("page"), links=document.name))

    def pass_day(self) -> None:
        """A day of the city: a few changes on every site."""
        self.night += 1
        for site in self.sites:
            for name in [n for n, d in site.documents.items() if d.broken]:
                site.documents[name] = replace(site.documents[name], broken=False)
            for _ in range(self.chance.randrange(3, 8)):
                self.chance.choice(_CHANGES)(self, site)

    def _leaks(self, site: Site) -> list[Document]:
        return [d for d in site.documents.values() if d.people and not d.broken]

    def _some_leak(self, site: Site) -> Document | None:
        leaks = self._leaks(site)
        return self.chance.choice(leaks) if leaks else None

    # What may happen to a site.

    def add_page(self, site: Site) -> None:
        self._add(site, self._new("page"))

    def edit_page(self, site: Site) -> None:
        name = self.chance.choice(sorted(site.documents))
        site.documents[name] = replace(site.documents[name], words=self.chance.randrange(10**6))

    def remove(self, site: Site) -> None:
        """A page goes; the attachment it links may stay, and often does."""
        document = site.documents.pop(self.chance.choice(sorted(site.documents)))
        if document.people:
            site.past.append(document)

    def remove_leak(self, site: Site) -> None:
        if leak := self._some_leak(site):
            site.past.append(site.documents.pop(leak.name))

    def remove_page_of_attachment(self, site: Site) -> None:
        linking = [d.name for d in site.documents.values() if d.links in site.documents]
        if linking:
            del site.documents[self.chance.choice(linking)]

    def mask(self, site: Site) -> None:
        self._change(site, form="masked")

    def mask_badly(self, site: Site) -> None:
        self._change(site, form="badly_masked")

    def clean(self, site: Site) -> None:
        if leak := self._some_leak(site):
            site.past.append(leak)
            site.documents[leak.name] = replace(leak, people=(), form="clean")

    def spoil(self, site: Site) -> None:
        """What a unit uploads cannot be opened for a day; pages are never that broken."""
        leak = self._some_leak(site)
        if leak and leak.kind != "page":
            site.documents[leak.name] = replace(leak, broken=True)

    def move(self, site: Site) -> None:
        leak = self._some_leak(site)
        if leak and leak.form != "period":  # names alone do not tell where a list went
            del site.documents[leak.name]
            self._add(site, replace(leak, name=self._new(leak.kind).name))

    def name_one_more(self, site: Site) -> None:
        if leak := self._some_leak(site):
            site.documents[leak.name] = replace(leak, people=(*leak.people, self.factory.person()))

    def come_back(self, site: Site) -> None:
        """An old list is put up again, where it was or elsewhere."""
        if site.past:
            document = site.past.pop(self.chance.randrange(len(site.past)))
            elsewhere = document.form != "period" and self.chance.random() < 0.5
            name = self._new(document.kind).name if elsewhere else document.name
            if not elsewhere or all(set(document.people).isdisjoint(d.people) for d in site.documents.values()):
                self._add(site, replace(document, name=name, broken=False))

    def _change(self, site: Site, form: str) -> None:
        leak = self._some_leak(site)
        if leak and leak.form in ("full", "badly_masked"):
            site.documents[leak.name] = replace(leak, form=form)

    # What lands.

    def export(self, whole: dict[str, str]) -> None:
        """Writes tonight's exports. ``whole``: what befalls a host's: nothing, missing, cut or doubled."""
        for site in self.sites:
            fate = whole.get(site.host, "")
            if site.container == "dir":
                if fate not in ("missing", "cut"):
                    self._mirror(site)
                continue
            if fate != "missing":
                path = self.folder / f"{site.host}-{self.day:%Y%m%d}.{site.container}"
                _WRITE[site.container](path, site)
                if fate == "cut":
                    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
                if fate == "doubled":
                    path.with_name(f"{path.stem} (1){path.suffix}").write_bytes(path.read_bytes())

    def _mirror(self, site: Site) -> None:
        """A mirror is brought up to date where it lies."""
        root = self.folder / site.host
        wanted = {d.name: d.content() for d in site.documents.values()}
        for path in [p for p in root.rglob("*") if p.is_file() and str(p.relative_to(root)) not in wanted]:
            path.unlink()
        wanted["wget-log"] = str(self.day).encode()  # the copier's own
        for name, content in wanted.items():
            path = root / name
            if not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    # What must be known.

    def learn(self, fates: dict[str, str]) -> None:
        """What the exports of a night must teach the office. A site without a whole export shows what it did before."""
        for site in self.sites:
            if fates.get(site.host) not in ("missing", "cut"):
                site.shown = dict(site.documents)
                self._judge(site, fresh=True)
            else:
                self._judge(site, fresh=False)

    def _judge(self, site: Site, *, fresh: bool) -> None:
        exposed = {d.name: set(d.exposes(self.day, self.rules)) for d in site.shown.values() if not d.broken}
        for name, values in sorted(exposed.items()):
            if values and site.case_of(name) is None:
                self._open(site, name, values)
        for case in site.cases.values():
            self._step(site, case, exposed, fresh)

    def _open(self, site: Site, name: str, values: set[str]) -> None:
        """A new case, unless most of these values are an old one's that was closed or whose documents are gone."""
        for case in site.cases.values():
            shared = len(values & case.values)
            left = case.state == "closed" or not case.names & set(site.shown)
            if left and 2 * shared >= min(len(values), len(case.values)) and shared:
                case.names.add(name)
                return
        site.cases[name] = Case(name, "to_review", set(values), {name})

    def _step(self, site: Site, case: Case, exposed: dict[str, set[str]], fresh: bool) -> None:
        now = set().union(*(exposed.get(name, set()) for name in case.names))
        if now:
            new = bool(now - case.values)
            case.values |= now
            if case.state == "closed" or (case.state == "dismissed" and new):
                case.state = "reopened"
            elif case.state == "reported" and fresh:
                case.state = "returned"
        elif (
            fresh and not any(site.shown[n].broken for n in case.names & set(site.shown)) and case.state != "dismissed"
        ):
            case.state = "closed"

    def truth(self) -> Iterator[tuple[str, str]]:
        """(location of the document a case was opened for, state)."""
        for site in self.sites:
            for case in site.cases.values():
                kind = "packed" if case.name.endswith(".zip") else "page"
                yield Document(case.name, kind).location(site.host), case.state


def _write_zip(path: Path, site: Site) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for document in site.documents.values():
            archive.writestr(zipfile.ZipInfo(f"{site.host}/{document.name}"), document.content())


def _write_tar(path: Path, site: Site) -> None:
    with tarfile.open(path, "w") as archive:
        for document in site.documents.values():
            info = tarfile.TarInfo(f"{site.host}/{document.name}")
            info.size = len(content := document.content())
            archive.addfile(info, io.BytesIO(content))


_WRITE: Final = {"zip": _write_zip, "tar": _write_tar}
_CHANGES: Final[tuple[Callable[[City, Site], None], ...]] = (
    City.add_page, City.add_page, City.edit_page, City.edit_page, City.remove, City._add_leak, City._add_leak,
    City.remove_leak, City.remove_page_of_attachment, City.mask, City.mask_badly, City.clean, City.spoil, City.move,
    City.move, City.name_one_more, City.come_back, City.come_back,
)  # fmt: skip
