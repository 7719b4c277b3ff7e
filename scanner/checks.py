"""What ``scan check`` says of one file: its problems, as rows for programs and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click

from patterns.reasons import entity_name, reason, severity_name
from patterns.schema import Severity
from pipelines.schema import Status
from scanner import severities
from scanner.i18n import _, language, n_
from scanner.places import Spot, file_name, where
from scanner.unread import explained
from scanner.widths import visible, width, wrap

if TYPE_CHECKING:
    from pipelines.check import Checked

SHOWN: Final = 30  # problems of one file that are written out, some of each sort; the rest is counted
_NAME: Final = "PERSON_NAME"
_COLOURS: Final = {
    Severity.SECRET: "magenta",
    Severity.CRITICAL: "red",
    Severity.HIGH: "yellow",
    Severity.MEDIUM: "cyan",
}


@dataclass(slots=True)
class Verdict:
    """All files of one check, added up."""

    fail_on: Severity
    files: int = 0
    unread: int = 0
    by_severity: Counter[int] = field(default_factory=Counter)

    def add(self, checked: Checked) -> None:
        self.files += 1
        self.unread += checked.record["status"] != Status.EXTRACTED
        self.by_severity.update(checked.hits["severity"].to_pylist())

    @property
    def failed(self) -> bool:
        return any(count and level >= self.fail_on for level, count in self.by_severity.items())


def rows(checked: Checked, *, reveal: bool) -> Iterator[dict[str, Any]]:
    """One row a problem, as ``--format jsonl`` writes it. ``start`` and ``end`` are code points of the text."""
    for hit in checked.hits.to_pylist():
        row: dict[str, Any] = {"path": checked.path, "member": checked.member}
        if checked.line:
            row["line"] = checked.line
        row |= {"url": checked.record["url"], "entity_type": hit["entity_type"], "rule_id": hit["rule_id"]}
        row |= {"start": hit["start"], "end": hit["end"], "where": _where(checked, hit), "masked": hit["masked"]}
        if reveal and hit["severity"] < Severity.SECRET:
            row["value"] = checked.text[hit["start"] : hit["end"]]
        row |= {"severity": severities.name(hit["severity"]), "score": round(float(hit["score"]), 3)}
        yield row | {"validation": hit["validation"], "reason": _reason(hit)}


def lines(checked: Checked, columns: int, *, reveal: bool) -> Iterator[str]:
    """The file and its problems, for a person. Nothing for a file that was read and is clean."""
    record = checked.record
    unread = record["status"] != Status.EXTRACTED
    hits = checked.hits.to_pylist()
    if not hits and not unread:
        return
    yield click.style(_name(checked), bold=True)
    if unread:
        why, todo = explained(record["status"], record["reason"])
        yield from (
            f"  {line}" for line in wrap(_("Not wholly read: {why}. {todo}").format(why=why, todo=todo), columns - 2)
        )
    if len(hits) > SHOWN:
        yield from (f"  {line}" for line in wrap(_kinds(hits), columns - 2))
    groups = _grouped(hits)
    most = len(hits) if len(hits) <= SHOWN else max(1, SHOWN // len(groups))
    shown = 0
    for (level, why), alike in groups[:SHOWN]:
        yield from _problems(checked, level, why, alike[:most], columns, reveal)
        if len(alike) > most:
            yield "    " + _("… and {count} more of these").format(count=f"{len(alike) - most:,}")
        shown += min(most, len(alike))
    if len(hits) > shown:
        yield "  " + _("--format jsonl lists every one.")
    yield ""


def _kinds(hits: Sequence[Mapping[str, Any]]) -> str:
    """How many problems of each kind there are, the most frequent first."""
    counts = Counter(hit["entity_type"] for hit in hits)
    order = sorted(counts, key=lambda kind: (-counts[kind], kind == _NAME))
    kinds = _(", ").join(f"{entity_name(kind, language())} {counts[kind]:,}" for kind in order)
    return _("{count} problems: {kinds}").format(count=f"{len(hits):,}", kinds=kinds)


def _grouped(hits: Iterable[Mapping[str, Any]]) -> list[tuple[tuple[int, str], list[Mapping[str, Any]]]]:
    """The problems by level and why, the worst first; of a level names last, which the others make problems."""
    groups = dict[tuple[int, str], list[Mapping[str, Any]]]()
    for hit in sorted(hits, key=lambda hit: (-hit["severity"], hit["entity_type"] == _NAME, hit["start"])):
        groups.setdefault((hit["severity"], _reason(hit)), []).append(hit)
    return list(groups.items())


def closing(verdict: Verdict) -> str:
    """The one sentence that says whether the files may be published."""
    levels = [f"{severity_name(s, language())} {n}" for s, n in sorted(verdict.by_severity.items(), reverse=True) if n]
    files = n_("{count} file checked", "{count} files checked", verdict.files).format(count=verdict.files)
    found = _("found: {levels}").format(levels=_(", ").join(levels)) if levels else _("nothing found")
    unread = _("; {count} not wholly read").format(count=verdict.unread) if verdict.unread else ""
    return _("{files}; {found}{unread}. {verdict}").format(
        files=files, found=found, unread=unread, verdict=_verdict(verdict)
    )


def _verdict(verdict: Verdict) -> str:
    if verdict.failed:
        return _("Do not publish before this is put right.")
    if verdict.unread:
        return _("Look at what could not be read before you publish.")
    if verdict.by_severity:
        return _("Nothing at or above “{level}”.").format(level=severity_name(verdict.fail_on, language()))
    return _("These files may be published as far as this check can tell.")


def _problems(
    checked: Checked, level: int, why: str, hits: Iterable[Mapping[str, Any]], columns: int, reveal: bool
) -> Iterator[str]:
    """Severity and why as a heading; below it, kind, value and place of each problem it holds for."""
    name = severity_name(level, language())
    first, *more = wrap(why, columns - 4 - width(name)) or [""]
    yield f"  {click.style(name, fg=_COLOURS.get(Severity(level)), bold=True)}  {first}".rstrip()
    yield from (f"  {'':{width(name)}}  {line}" for line in more)
    for hit in hits:
        kind = entity_name(hit["entity_type"], language())
        yield f"    {kind}  {_value(checked, hit, reveal)}  {_where(checked, hit, named=False)}"


def _value(checked: Checked, hit: Mapping[str, Any], reveal: bool) -> str:
    if reveal and hit["severity"] < Severity.SECRET:
        return visible(checked.text[hit["start"] : hit["end"]])
    return str(hit["masked"])


def _where(checked: Checked, hit: Mapping[str, Any], *, named: bool = True) -> str:
    spot = Spot(hit["segment"], hit["place"], hit["row"], hit["col"], hit["hidden"])
    return where(spot, file_name(checked.member or checked.path) if named else "")


def _reason(hit: Mapping[str, Any]) -> str:
    return reason(hit["entity_type"], hit["severity_rule"], hit["signals"], language())


def _name(checked: Checked) -> str:
    name = checked.path
    if checked.line:
        name += _(", line {line}").format(line=checked.line)
    return visible(f"{name} › {checked.member}" if checked.member else name)
