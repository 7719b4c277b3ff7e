"""What a verdict does to a case: which step a rescan takes, if any. Pure; the steps are those of scanner.cases.

A case is closed only by a verdict that proves the leak gone. One that was closed and leaks again is reopened, with all
its history. A dismissed case stays dismissed, unless something leaks in it that nobody has judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scanner.cases import CLOSED, DISMISSED, REPORTED, TO_VERIFY, rescan_step
from scanner.verdicts import GONE, LEAKING, Verdict

_ASKED: Final = frozenset((REPORTED, TO_VERIFY))  # somebody says that it is done


class Outcome:
    """What a rescan counts of a case."""

    NEW: Final = "new"
    WORSE: Final = "worse"
    FIXED: Final = "fixed"
    REOPENED: Final = "reopened"
    RETURNED: Final = "returned"  # reported as fixed, and still leaking

    ALL: Final = (NEW, WORSE, FIXED, REOPENED, RETURNED)


@dataclass(frozen=True, slots=True)
class Change:
    """How a case's leaks are now and were before this rescan."""

    leaks: int
    leaks_before: int
    severity: int
    severity_before: int
    people: int
    people_before: int
    fresh: bool = False  # something leaks that did not before, ever
    first: bool = False  # it never leaked before
    outdated: bool = False  # the export was written before the case's last step

    @property
    def worse(self) -> bool:
        more = self.severity > self.severity_before or self.people > self.people_before
        return bool(self.leaks and self.leaks_before and more)


def steps(state: str, verdict: Verdict, change: Change) -> tuple[str, ...]:
    """The steps of scanner.cases a rescan takes, in order; none where nothing is proven."""
    leaking = verdict in LEAKING
    if verdict not in GONE and not leaking:
        return ()
    if state == DISMISSED:
        return ("reopen",) if leaking and change.fresh else ()
    if leaking and change.outdated and state in _ASKED:
        return ()
    step = rescan_step(state, leaking=leaking)
    if step == "check":
        return step, rescan_step(TO_VERIFY, leaking=leaking) or "return"
    return (step,) if step else ()


def outcome(state: str, taken: tuple[str, ...], change: Change) -> str | None:
    """What is counted of the case in this rescan."""
    if taken and taken[-1] in ("pass", "vanish"):
        return Outcome.FIXED
    if "reopen" in taken:
        return Outcome.REOPENED
    if change.leaks and change.first and state not in (CLOSED, DISMISSED):
        return Outcome.NEW
    if change.worse:
        return Outcome.WORSE
    return Outcome.RETURNED if "return" in taken else None
