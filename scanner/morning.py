"""What a rescan found, for the person who reads it in the morning and for programs: lines, and one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from pipelines.landing import Why
from scanner.i18n import N_, _, n_
from scanner.not_whole import NotWhole
from scanner.rescans import Rescan
from scanner.store.history import UnitCounts

MEASURES: Final = {
    "new": N_("new"),
    "worse": N_("worse"),
    "fixed": N_("fixed"),
    "reopened": N_("reopened"),
    "returned": N_("returned"),
    "overdue": N_("overdue"),
    "unread": N_("unread"),
}
_NO_FOLDER: Final = "no_folder"
_FACTS: Final = (NotWhole.MISSING, NotWhole.SHRUNK, _NO_FOLDER)  # said as they are
_WAITING: Final = (Why.UNFINISHED, Why.GROWING, Why.UNMARKED, Why.CHECKSUM, Why.BROKEN)  # not read at all
_WHY: Final = {
    Why.UNFINISHED: N_("it is still being copied"),
    Why.GROWING: N_("it was written to a moment ago"),
    Why.UNMARKED: N_("the file that marks it as complete is not there"),
    Why.CHECKSUM: N_("it does not fit its checksum"),
    Why.BROKEN: N_("it is not whole"),
    NotWhole.CUT: N_("it ends early"),
    NotWhole.SHRUNK: N_("it holds far fewer files than the last one: what is missing is not taken for removed"),
    NotWhole.FAILED: N_("it could not be read"),
    NotWhole.UNFINISHED: N_("the time was up"),
    NotWhole.MISSING: N_("no export was there"),
    _NO_FOLDER: N_("there is no such folder"),
}


@dataclass(frozen=True, slots=True)
class Morning:
    """The summary of one rescan."""

    run_id: int
    rows: Sequence[UnitCounts]
    problems: Sequence[tuple[str, str]]  # (export or site, why it was not read to its end)
    taken: int  # exports
    unchanged: int
    members: int
    copied: int  # members that had not changed
    seconds: float
    finished: bool

    def total(self, measure: str) -> int:
        return sum(getattr(row, measure) for row in self.rows)


def of(result: Rescan, rows: Sequence[UnitCounts]) -> Morning:
    read = result.read
    seconds = read.seconds + result.matched.seconds
    as_before = {export.path for export in result.unchanged}
    copied = sum(a.records if a.path in as_before else a.copied for a in read.archives)
    taken = sum(bool(row.archive_id) for row in result.exports)
    return Morning(
        result.run_id, rows, list(_problems(result)), taken, len(result.unchanged), read.records, copied, seconds,
        result.finished,
    )  # fmt: skip


def _problems(result: Rescan) -> Iterator[tuple[str, str]]:
    for waiting in result.landed.waiting:
        yield waiting.path.name, waiting.why
    for row in result.exports:
        if row.why:
            yield row.archive or row.group, row.why
    for place in result.landed.empty:
        yield str(place.folder.resolve() / place.glob), NotWhole.MISSING if place.folder.is_dir() else _NO_FOLDER


def headline(morning: Morning) -> str:
    """One sentence: what needs somebody today."""
    totals = {name: morning.total(name) for name in MEASURES}
    parts = [f"{_(word)} {totals[name]}" for name, word in MEASURES.items() if totals[name] and name != "unread"]
    if not (parts or morning.finished or morning.taken or morning.unchanged):
        return _("The time was up before an export was read to its end: nothing is known of today.")
    if not (parts or morning.taken or morning.unchanged):
        return _("No export was there to read: nothing is known of today.")
    said = _("Nothing new: no case appeared, changed or was fixed.")
    if parts:
        said = _("Cases: {parts}.").format(parts=_(", ").join(parts))
    if not totals["unread"]:
        return said
    files = n_("{count} file was not wholly read.", "{count} files were not wholly read.", totals["unread"])
    return _("{first} Besides, {second}").format(first=said, second=files.format(count=totals["unread"]))


def measure(name: str) -> str:
    return _(MEASURES.get(name, name))


def unit_lines(morning: Morning, names: Mapping[str, str]) -> list[str]:
    """One line a unit, with what there is to say of it; ``names`` are the sites' names by id."""
    lines = list[str]()
    for row in morning.rows:
        parts = [f"{_(word)} {getattr(row, name)}" for name, word in MEASURES.items() if getattr(row, name)]
        if parts:
            who = " ".join(filter(None, (names.get(row.site, row.site), row.unit))) or "—"
            lines.append(_("{name}: {value}").format(name=who, value=_(", ").join(parts)))
    return lines


def why(code: str) -> str:
    return _(_WHY.get(code, code))


def problem_lines(morning: Morning, names: Mapping[str, str]) -> list[str]:
    return [problem(names.get(name, name), code) for name, code in morning.problems]


def problem(name: str, code: str) -> str:
    """Why an export or a site was not read to its end."""
    if code in _FACTS:
        return _("{name}: {value}").format(name=name, value=why(code))
    if code in _WAITING:
        return _("{name}: left for the next time: {why}").format(name=name, why=why(code))
    return _("{name}: not read to its end: {why}").format(name=name, why=why(code))


def as_json(morning: Morning, names: Mapping[str, str]) -> dict[str, Any]:
    """For programs; ``names`` are the sites' names by id."""
    rows = [asdict(row) | {"site_name": names.get(row.site, row.site)} for row in morning.rows]
    content = {
        name: getattr(morning, name) for name in ("run_id", "finished", "taken", "unchanged", "members", "copied")
    }
    totals = {name: morning.total(name) for name in MEASURES}
    problems = [{"name": name, "why": code} for name, code in morning.problems]
    return content | {"seconds": round(morning.seconds, 1), "totals": totals, "units": rows, "problems": problems}
