"""Cases looked at where they are published: the document, and the page that links it.

What is still there is read and matched as an export would be; nothing of it is stored but whether it leaks and how the
server named its version, so that the next look costs the site little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from patterns.schema import Severity
from pipelines import layout
from pipelines.check import Given, iter_checked
from pipelines.schema import Status
from scanner.cases import SCAN
from scanner.clock import now
from scanner.followup import Change, steps
from scanner.live import Answer, Seen, Visitor
from scanner.store import events, rescans
from scanner.store.connection import reading, writing
from scanner.verdicts import LEAKING, UNKNOWN, Verdict
from scanner.workspace import Workspace

_MEMORY: Final = "live.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case to be looked at."""

    doc_id: str
    case_no: int
    url: str  # of the document; "" when the export named none
    page: str  # that links it, or ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of a case. ``verdict`` NOT_EXPORTED stands for: cannot be said."""

    case: Wanted
    verdict: Verdict
    document: Seen | None
    page: Seen | None

    @property
    def why(self) -> str:
        seen = self.document
        return seen.why if seen and seen.why else ""


def look(
    workspace: Workspace, cases: Sequence[Wanted], visitor: Visitor | None = None,
    leaks: Callable[[str, bytes], bool | None] | None = None,
) -> Iterator[Looked]:  # fmt: skip
    """Each case in turn. ``leaks``: whether a document leaks, None when it cannot be read; default: as a scan would."""
    memory = layout.read_json(workspace.root / _MEMORY) or {}
    visitor = visitor or Visitor(workspace.sites.knows)
    leaks = leaks or (lambda url, data: leaking(workspace.key, url, data))
    for case in cases:
        looked = _look(case, visitor, memory, leaks)
        layout.write_json(workspace.root / _MEMORY, memory)
        yield looked


def _look(
    case: Wanted, visitor: Visitor, memory: dict[str, dict[str, str]], leaks: Callable[[str, bytes], bool | None]
) -> Looked:
    page = visitor.look(case.page) if case.page else None
    if not case.url:
        return Looked(case, Verdict.NOT_EXPORTED, None, page)
    seen = visitor.look(case.url, memory.get(case.url))
    verdict = _verdict(case, seen, page, leaks)
    if seen.answer is Answer.THERE:
        memory.pop(case.url, None)
        if verdict in (Verdict.STILL, Verdict.PAGE_GONE) and (seen.etag or seen.modified):
            memory[case.url] = {"etag": seen.etag, "modified": seen.modified}
    return Looked(case, verdict, seen, page)


def _verdict(case: Wanted, seen: Seen, page: Seen | None, leaks: Callable[[str, bytes], bool | None]) -> Verdict:
    if seen.answer is Answer.GONE:
        return Verdict.REMOVED
    if seen.answer is Answer.UNKNOWN:
        return Verdict.NOT_EXPORTED
    page_gone = page is not None and page.answer is Answer.GONE
    if seen.answer is Answer.SAME:  # only documents that leaked are remembered
        return Verdict.PAGE_GONE if page_gone else Verdict.UNCHANGED
    leak = leaks(case.url, seen.data)
    if leak is None:
        return Verdict.UNREADABLE
    if not leak:
        return Verdict.CLEAN
    return Verdict.PAGE_GONE if page_gone else Verdict.STILL


def leaking(key: bytes, url: str, data: bytes) -> bool | None:
    """Whether a document leaks; None when it was not read to its end and no leak was found in what was."""
    name = PurePosixPath(urlsplit(url).path).name or "index.html"
    unread = found = False
    for checked in iter_checked([Given(name, data)], key=key):
        unread |= checked.record["status"] != Status.EXTRACTED
        levels = checked.hits["severity"].to_pylist()
        found |= any(Severity.LOW <= level <= Severity.CRITICAL for level in levels)
    return True if found else None if unread else False


def wanted(workspace: Workspace, numbers: Sequence[int], notice: str) -> list[Wanted]:
    """The cases with these numbers, or of a notice."""
    with reading(workspace.database) as connection:
        return [Wanted(*row) for row in rescans.addresses(connection, numbers, notice)]


def record(workspace: Workspace, looked: Looked) -> str | None:
    """Takes the steps that what was seen asks for; the case's state then, or None when nothing is proven."""
    if looked.verdict in UNKNOWN:
        return None
    with writing(workspace.database) as connection:
        doc_id = looked.case.doc_id
        state = events.states(connection, [doc_id])[doc_id]
        leaks = int(looked.verdict in LEAKING)
        for step in steps(state, looked.verdict, Change(leaks, 1, 0, 0, 0, 0)):
            reason = f"live: {looked.verdict}"
            state = events.step(connection, step, [doc_id], who=SCAN, actor="live", now=now(), reason=reason)
    return state
