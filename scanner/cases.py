"""The life of a case: which step leads from which state to which, and who may take it. Pure: no database, no clock.

    待复核 to_review ──dismiss──▶ 已驳回 dismissed
        │ confirm                (undo, reconsider: back to review; reopen: something new stands there)
        ▼
    待下发 to_issue ─issue─▶ 已下发 issued ─receive─▶ 已签收 received ─fix─▶ 整改中 fixing ─report─▶ 已报结 reported
        ▲                                                                                        │ check
        │ confirm                                                                                ▼
    反弹 reopened ◀──reopen── 复查通过/销号 closed ◀──────────pass────────── 待复查 to_verify
                                                                             │ return
                              issued, fixing, reported again ◀── 复查不通过/退回 returned

A case is closed only by ``pass``, and ``pass`` means: read again and found clean, or proven gone. Codes are stored,
words are shown. Overdue is no state: it follows from a deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scanner.errors import Refused
from scanner.i18n import N_, _

TO_REVIEW: Final = "to_review"  # 待复核: found, not yet judged by a person
DISMISSED: Final = "dismissed"  # 已驳回: judged to be no leak
TO_ISSUE: Final = "to_issue"  # 待下发: confirmed, the unit not yet told
ISSUED: Final = "issued"  # 已下发: a notice went out
RECEIVED: Final = "received"  # 已签收
FIXING: Final = "fixing"  # 整改中
REPORTED: Final = "reported"  # 已报结: the unit says it is done
TO_VERIFY: Final = "to_verify"  # 待复查: waits for the next reading of its page
CLOSED: Final = "closed"  # 复查通过, 销号: read again and clean, or proven gone
RETURNED: Final = "returned"  # 复查不通过, 退回: still leaking
REOPENED: Final = "reopened"  # 反弹: leaks again, or something new stands there; to be reviewed again

STATES: Final = (
    TO_REVIEW, REOPENED, DISMISSED, TO_ISSUE, ISSUED, RECEIVED, FIXING, REPORTED, TO_VERIFY, RETURNED, CLOSED,
)  # fmt: skip
REVIEWABLE: Final = (TO_REVIEW, REOPENED)  # what the queue holds
WITH_UNIT: Final = (ISSUED, RECEIVED, FIXING, RETURNED)  # the unit has to act: what can be overdue
ORDERED: Final = (*WITH_UNIT, REPORTED, TO_VERIFY)  # a notice went out and the case is not closed
OPEN: Final = (TO_REVIEW, REOPENED, TO_ISSUE, *ORDERED)  # not dismissed, not closed

SCAN: Final = "scan"  # who: a scan or rescan
REVIEWER: Final = "reviewer"  # who reviews, and the office that issues notices
UNIT: Final = "unit"  # who has to act, or a clerk who enters what the unit said


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: ``name`` leads from any state of ``sources`` to ``target``, taken by one of ``actors``."""

    name: str
    sources: tuple[str, ...]  # "" is: there is no case yet
    target: str
    actors: tuple[str, ...]


TABLE: Final = (
    Step("find", ("",), TO_REVIEW, (SCAN,)),
    Step("confirm", REVIEWABLE, TO_ISSUE, (REVIEWER,)),
    Step("dismiss", (*REVIEWABLE, TO_ISSUE), DISMISSED, (REVIEWER, SCAN)),  # a scan: only what a suppression covers
    Step("undo", (TO_ISSUE, DISMISSED), TO_REVIEW, (REVIEWER,)),
    Step("reconsider", (DISMISSED,), TO_REVIEW, (REVIEWER,)),
    Step("issue", (TO_ISSUE, RETURNED), ISSUED, (REVIEWER,)),
    Step("receive", (ISSUED,), RECEIVED, (UNIT, REVIEWER)),
    Step("fix", (RECEIVED, RETURNED), FIXING, (UNIT, REVIEWER)),
    Step("report", (RECEIVED, FIXING, RETURNED), REPORTED, (UNIT, REVIEWER)),
    Step("check", (REPORTED,), TO_VERIFY, (REVIEWER, SCAN)),
    Step("pass", (TO_VERIFY,), CLOSED, (REVIEWER, SCAN)),
    Step("return", (TO_VERIFY,), RETURNED, (REVIEWER, SCAN)),
    # Read again and clean although the unit reported nothing: it is as closed as the others.
    Step("vanish", (TO_REVIEW, REOPENED, TO_ISSUE, ISSUED, RECEIVED, FIXING, REPORTED, RETURNED), CLOSED, (SCAN,)),
    Step("reopen", (CLOSED, DISMISSED), REOPENED, (SCAN, REVIEWER)),
)  # fmt: skip
STEPS: Final = {step.name: step for step in TABLE}

_WORDS: Final = {
    TO_REVIEW: N_("to be reviewed"),
    DISMISSED: N_("dismissed"),
    TO_ISSUE: N_("confirmed, to be issued"),
    ISSUED: N_("issued"),
    RECEIVED: N_("received"),
    FIXING: N_("being fixed"),
    REPORTED: N_("reported as fixed"),
    TO_VERIFY: N_("to be verified"),
    CLOSED: N_("verified and closed"),
    RETURNED: N_("returned: still leaking"),
    REOPENED: N_("leaks again"),
}
_STEP_WORDS: Final = {
    "find": N_("found"),
    "confirm": N_("confirm"),
    "dismiss": N_("dismiss"),
    "undo": N_("undo"),
    "reconsider": N_("review again"),
    "issue": N_("issue"),
    "receive": N_("receive"),
    "fix": N_("start fixing"),
    "report": N_("report as fixed"),
    "check": N_("put up for verification"),
    "pass": N_("pass verification"),
    "return": N_("return"),
    "vanish": N_("found clean or gone"),
    "reopen": N_("reopen"),
}
_ACTOR_WORDS: Final = {SCAN: N_("a scan"), REVIEWER: N_("a reviewer"), UNIT: N_("the unit")}


def take(name: str, state: str, actor: str) -> str:
    """The state that step ``name`` leads to from ``state``. Raises Refused, with the reason, where it is impossible.

    >>> take("confirm", "to_review", "reviewer")
    'to_issue'
    """
    reason = why_not(name, state, actor)
    if reason is not None:
        raise reason
    return STEPS[name].target


def why_not(name: str, state: str, actor: str) -> Refused | None:
    """Why step ``name`` cannot be taken from ``state`` by ``actor``, or None when it can."""
    step = STEPS[name]
    if actor not in step.actors:
        what = N_("Not allowed: “{step}” is for {actors}, not for {actor}")
        actors = _(" or ").join(_(_ACTOR_WORDS[one]) for one in step.actors)
        return Refused(what, values={"step": step_name(name), "actors": actors, "actor": _(_ACTOR_WORDS[actor])})
    if state not in step.sources:
        what = N_("Not possible: the case is “{state}”; “{step}” needs one that is {sources}")
        sources = _(" or ").join(f"“{state_name(one)}”" for one in step.sources)
        values = {"state": state_name(state), "step": step_name(name), "sources": sources}
        return Refused(what, todo=possible_words(state), values=values)
    return None


def steps_from(state: str, actor: str) -> tuple[str, ...]:
    """The names of the steps ``actor`` may take from ``state``."""
    return tuple(step.name for step in TABLE if state in step.sources and actor in step.actors)


def rescan_step(state: str, *, leaking: bool) -> str | None:
    """The step a rescan takes for a document that was surely read again or is proven gone; None: nothing changes.

    ``leaking``: a value that is a finding still stands there (for CLOSED: again). A document that was not read, or not
    exported this time, says nothing: do not ask about it. REPORTED goes through "check" first, then is asked again.
    DISMISSED stays as it is; a rescan that finds something new in it takes "reopen" itself.

    >>> rescan_step("to_verify", leaking=False), rescan_step("to_verify", leaking=True)
    ('pass', 'return')
    >>> rescan_step("closed", leaking=True), rescan_step("fixing", leaking=True)
    ('reopen', None)
    """
    if state == REPORTED:
        return "check"
    if state == TO_VERIFY:
        return "return" if leaking else "pass"
    if state == CLOSED:
        return "reopen" if leaking else None
    if state == DISMISSED or leaking:
        return None
    return "vanish"


def state_name(state: str) -> str:
    return _(_WORDS.get(state, state))


def step_name(name: str) -> str:
    return _(_STEP_WORDS.get(name, name))


def possible_words(state: str) -> str:
    """What can be done with a case in this state, as the end of a message."""
    names = dict.fromkeys(name for actor in (REVIEWER, UNIT) for name in steps_from(state, actor))
    return _("Possible now: {steps}.").format(steps=_(", ").join(map(step_name, names))) if names else ""
