"""The truth table of what a rescan proves."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest

from scanner.verdicts import GONE, LEAKING, UNKNOWN, Observation, Verdict, judge, verdict_name

V = Verdict
TABLE: list[tuple[Observation, Verdict]] = [
    (Observation(True, True, changed=False), V.UNCHANGED),
    (Observation(True, True), V.STILL),
    (Observation(True, True, masked=True), V.MASKED),
    (Observation(True, True, changed=False, page_gone=True), V.PAGE_GONE),
    (Observation(True, True, masked=True, page_gone=True), V.PAGE_GONE),
    (Observation(True, True, read=False), V.STILL),  # read in part, and a leak in that part
    (Observation(True, False, read=False), V.UNREADABLE),
    (Observation(True, False), V.CLEAN),
    (Observation(True, False, whole=False), V.CLEAN),  # the document itself was read
    (Observation(False, False), V.REMOVED),
    (Observation(False, False, whole=False), V.NOT_EXPORTED),
    (Observation(False, False, read=False), V.UNREADABLE),
    (Observation(False, False, read=False, whole=False), V.NOT_EXPORTED),
    (Observation(False, False, moved=True), V.MOVED),
    (Observation(False, False, moved=True, whole=False), V.MOVED),
]


@pytest.mark.parametrize(("seen", "verdict"), TABLE)
def test_the_table(seen: Observation, verdict: Verdict) -> None:
    assert judge(seen) == verdict


def everything() -> list[Observation]:
    return [Observation(*values) for values in product((False, True), repeat=len(fields(Observation)))]


def test_gone_is_only_what_was_read_and_is_clean_or_is_proven_absent() -> None:
    for seen in everything():
        verdict = judge(seen)
        if verdict in GONE:
            assert (
                seen.read
                and (seen.present or seen.whole)
                and not (seen.present and seen.leaks)
                and (seen.present or not seen.moved)
            ), seen
        assert (seen.present and seen.leaks) <= (verdict in LEAKING), seen


def test_every_verdict_is_reached_and_belongs_to_one_kind() -> None:
    assert {judge(seen) for seen in everything()} == set(Verdict)
    assert set(Verdict) == GONE | LEAKING | UNKNOWN
    assert len(GONE) + len(LEAKING) + len(UNKNOWN) == len(Verdict)


def test_every_verdict_has_words() -> None:
    assert all(verdict_name(verdict) != verdict for verdict in Verdict if verdict != "unchanged")
