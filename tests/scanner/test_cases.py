"""The table of steps: what it allows, and what it never does whatever people and scans try."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner import cases
from scanner.errors import Refused

ACTORS = (cases.SCAN, cases.REVIEWER, cases.UNIT)
MOVES = st.lists(st.tuples(st.sampled_from(sorted(cases.STEPS)), st.sampled_from(ACTORS)), max_size=40)


def walk(moves: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(from, step, to) of every move that was not refused, from a case that was just found."""
    state, taken = cases.take("find", "", cases.SCAN), []
    for name, actor in moves:
        try:
            after = cases.take(name, state, actor)
        except Refused:
            continue
        taken.append((state, name, after))
        state = after
    return taken


def test_the_way_of_an_office() -> None:
    steps = ("confirm", "issue", "receive", "fix", "report", "check", "pass")
    actors = (cases.REVIEWER, cases.REVIEWER, cases.UNIT, cases.UNIT, cases.UNIT, cases.SCAN, cases.SCAN)
    taken = walk(list(zip(steps, actors, strict=True)))
    assert [name for _from, name, _to in taken] == list(steps)
    assert taken[-1][2] == cases.CLOSED


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_whatever_happens_the_state_is_one_of_the_table(moves: list[tuple[str, str]]) -> None:
    assert {state for step in walk(moves) for state in (step[0], step[2])} <= set(cases.STATES)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_only_a_reading_closes_a_case(moves: list[tuple[str, str]]) -> None:
    assert {name for _from, name, to in walk(moves) if to == cases.CLOSED} <= {"pass", "vanish"}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(MOVES)
def test_a_unit_is_told_only_what_a_reviewer_confirmed(moves: list[tuple[str, str]]) -> None:
    confirmed = False
    for before, name, after in walk(moves):
        confirmed = (confirmed or name == "confirm") and after not in cases.REVIEWABLE
        assert confirmed or after not in cases.ORDERED, (before, name, after)


@given(st.sampled_from(cases.STATES), st.sampled_from(sorted(cases.STEPS)), st.sampled_from(ACTORS))
def test_a_refusal_says_why(state: str, name: str, actor: str) -> None:
    step = cases.STEPS[name]
    reason = cases.why_not(name, state, actor)
    assert (reason is None) == (state in step.sources and actor in step.actors)
    assert reason is None or (reason.what and reason.exit_code == 8)


def test_every_state_is_reached_and_left() -> None:
    assert {step.target for step in cases.TABLE} == set(cases.STATES)
    assert {source for step in cases.TABLE for source in step.sources} - {""} == set(cases.STATES)


@pytest.mark.parametrize("leaking", [True, False])
@pytest.mark.parametrize("state", cases.STATES)
def test_a_rescan_takes_only_steps_it_may_take(state: str, leaking: bool) -> None:
    step = cases.rescan_step(state, leaking=leaking)
    if step is not None:
        assert cases.take(step, state, cases.SCAN)
    if leaking:
        assert step is None or cases.STEPS[step].target != cases.CLOSED
