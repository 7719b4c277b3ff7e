"""What a desk holds in memory."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from scanner.review.held import AHEAD, EVERYTHING, Held, Loaded
from scanner.review.models import View

NOW = datetime(2017, 12, 20, 9)
LATER = NOW + timedelta(minutes=10)


def loaded(doc_id: str) -> Loaded:
    row: Any = SimpleNamespace(doc_id=doc_id, state="to_review")
    found: Any = [SimpleNamespace(finding_id=f"f-{doc_id}", doc_id=doc_id)]
    return Loaded(row, cast("Any", None), found, [], [])


def test_cases_come_in_the_order_they_were_claimed() -> None:
    held = Held()
    held.line_up([loaded("a"), loaded("b")], LATER)
    assert held.coming(2) == ["a", "b"] and held.missing(EVERYTHING) == AHEAD - 2
    first, second = held.next(EVERYTHING, NOW), held.next(EVERYTHING, NOW)
    assert first and second and (first.doc_id, second.doc_id) == ("a", "b")
    assert held.next(EVERYTHING, NOW) is None


def test_a_lease_about_to_end_is_not_relied_upon() -> None:
    held = Held()
    held.line_up([loaded("a")], NOW + timedelta(seconds=20))
    held.line_up([loaded("b")], LATER)
    one = held.next(EVERYTHING, NOW)
    assert one and one.doc_id == "b"
    assert held.ending(LATER + timedelta(days=1)) == ["b"]


def test_another_view_gives_back_what_was_ahead() -> None:
    held, other = Held(), View(site="www.example.gov.cn")
    held.line_up([loaded("a")], LATER)
    assert held.missing(other) == AHEAD
    assert held.turn_to(other) == ["a"]
    assert held.next(other, NOW) is None and held.give_up() == []


def test_a_dropped_case_is_not_decided_from_an_old_state() -> None:
    held = Held()
    held.line_up([loaded("a")], LATER)
    one = held.next(EVERYTHING, NOW)
    assert one and held.show(one) == LATER
    assert held.expected("a") == {"a": "to_review"}
    held.drop(["a"])
    assert held.expected("a") is None and held.seconds("a") is None and held.give_up() == []


def test_a_lease_given_back_is_not_renewed() -> None:
    held = Held()
    held.lease(["a", "b"], NOW)
    held.drop(["a"])
    held.renew(["a", "b"], LATER)
    assert held.give_up() == ["b"]


def test_skipped_cases_are_remembered_until_all_others_are_done() -> None:
    held = Held()
    held.line_up([loaded("a"), loaded("b")], LATER)
    held.skip("a")
    assert held.skipped() == {"a"} and held.coming(2) == ["b"]
    held.skip_none()
    assert not held.skipped()


def test_findings_of_shown_cases_and_of_those_ahead_are_at_hand() -> None:
    held = Held()
    held.line_up([loaded(f"d{n}") for n in range(3)], LATER)
    assert held.found("d2") and held.found("d9") is None
    one = held.next(EVERYTHING, NOW)
    assert one
    held.show(one)
    assert held.finding("f-d0") and held.finding("f-d2") is None
