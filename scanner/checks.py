"""What ``scan check`` says of one file: its problems, as rows for programs and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

SHOWN: Final = 30  # problems of one file that are written out; the rest is counted
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
    worst_first = sorted(hits, key=lambda hit: (-hit["severity"], _reason(hit), hit["start"]))
    yield from _problems(checked, worst_first[:SHOWN], columns, reveal)
    if len(worst_first) > SHOWN:
        yield "  " + _("… and {count} more in this file; --format jsonl lists every one.").format(
            count=len(worst_first) - SHOWN
        )
    yield ""


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


def _problems(checked: Checked, hits: Sequence[Mapping[str, Any]], columns: int, reveal: bool) -> Iterator[str]:
    """Severity and why as a heading; below it, kind, value and place of each problem it holds for."""
    heading: tuple[int, str] | None = None
    for hit in hits:
        level, why = hit["severity"], _reason(hit)
        if (level, why) != heading:
            heading = level, why
            first, *more = wrap(why, columns - 4 - width(severity_name(level, language()))) or [""]
            word = click.style(severity_name(level, language()), fg=_COLOURS.get(Severity(level)), bold=True)
            yield f"  {word}  {first}".rstrip()
            yield from (f"  {'':{width(severity_name(level, language()))}}  {line}" for line in more)
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
