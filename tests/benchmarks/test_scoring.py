"""The measure itself: what counts as found, missed and invented."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.documents import Doc
from benchmarks.scoring import Score, score
from scanner.synthetic.content import Gold

TEXT = "张三 身份证号 340302197806150420 住淮河路12号院3栋501室 电话12345678"


def _doc(
    expect: int | None = 5, *, required: bool = True, entity: str = "RESIDENT_ID", span: tuple[int, int] = (8, 26)
) -> Doc:
    gold = [Gold(entity, *span, "plain", "x", required)]
    return Doc("1", TEXT, [], "", "", None, "", gold, "t", expect)


def _hit(entity: str, start: int, end: int, severity: int = 5) -> dict[str, Any]:
    return {
        "entity_type": entity,
        "start": start,
        "end": end,
        "severity": severity,
        "rule_id": "r",
        "severity_rule": "s",
    }


@pytest.mark.parametrize(
    ("hit", "recall", "precision"),
    [
        (_hit("RESIDENT_ID", 8, 26), 1.0, 1.0),
        (_hit("RESIDENT_ID", 4, 26), 1.0, 1.0),  # with a label before it
        (_hit("RESIDENT_ID", 8, 25), 0.0, 1.0),  # the right place, not all of it
        (_hit("RESIDENT_ID", 27, 45), 0.0, 0.0),
        (_hit("RESIDENT_ID", 0, 45), 0.0, 1.0),  # far too much
    ],
    ids=["exact", "longer", "shorter", "elsewhere", "everything"],
)
def test_spans(hit: dict[str, Any], recall: float, precision: float) -> None:
    result = Score()
    score(_doc(), [hit], result)
    assert result.recall()["RESIDENT_ID"] == recall
    assert result.precision()["RESIDENT_ID"] == precision


def test_wrong_type_is_a_miss_and_a_false_alarm() -> None:
    result = Score()
    score(_doc(), [_hit("MOBILE", 8, 26)], result)
    assert result.recall() == {"RESIDENT_ID": 0.0}
    assert result.precision() == {"MOBILE": 0.0}
    assert {example.what for example in result.examples} == {"miss", "false alarm"}


def test_supporting_hits_and_neutral_values_count_neither_way() -> None:
    result = Score()
    score(_doc(0, required=False), [_hit("RESIDENT_ID", 8, 26, 2), _hit("MOBILE", 27, 30, 0)], result)
    assert (result.recall(), result.precision()) == ({}, {})


def test_an_address_must_be_covered_to_its_end() -> None:
    for end, found in ((41, 1.0), (34, 0.0)):
        result = Score()
        score(_doc(entity="ADDRESS", span=(28, 41)), [_hit("ADDRESS", 28, end)], result)
        assert result.recall()["ADDRESS"] == found


@pytest.mark.parametrize(
    ("expect", "severity", "cell"), [(5, 5, "tp"), (5, 2, "fn"), (0, 3, "fp"), (0, 2, "tn"), (3, 3, "tp")]
)
def test_cases(expect: int, severity: int, cell: str) -> None:
    result = Score()
    score(_doc(expect), [_hit("RESIDENT_ID", 8, 26, severity)], result)
    assert result.cases[cell] == 1


def test_open_cases_are_not_counted() -> None:
    result = Score()
    score(_doc(None), [_hit("RESIDENT_ID", 8, 26)], result)
    assert not result.cases
