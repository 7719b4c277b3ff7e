"""Every written form of every number is a candidate of its kind, with exact offsets; unrelated numbers are none."""

from collections.abc import Iterable
from random import Random

import numpy as np
import pytest

from patterns import candidates, folding, runs
from patterns.candidates import Kind
from patterns.matcher import candidates_of
from scanner.synthetic import forms
from scanner.synthetic.people import Factory

PEOPLE = Factory(11).people(40)


def kinds(text: str) -> set[tuple[int, int, Kind]]:
    """(start, end, kind) in code points of the folded text."""
    raw = text.encode()
    table = runs.find(runs.pad(np.frombuffer(raw, np.uint8)), np.array([0, len(raw)]) + runs.PAD)
    found = candidates_of(table)
    ends = ((len(raw[: a - runs.PAD].decode()), len(raw[: b - runs.PAD].decode())) for a, b in spans(found))
    return {(start, end, Kind(kind)) for (start, end), kind in zip(ends, found.kind, strict=True)}


def spans(found: candidates.Candidates) -> Iterable[tuple[int, int]]:
    return zip(found.start.tolist(), found.stop.tolist(), strict=True)


@pytest.mark.parametrize(
    ("attribute", "form", "kind"),
    [
        *(("resident_id", form, Kind.ID18) for form in forms.ID_FORMS),
        *(("mobile", form, Kind.MOBILE) for form in forms.PHONE_FORMS),
        *(("bank_card", form, Kind.BANK) for form in forms.CARD_FORMS),
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_form_is_found_exactly(attribute: str, form: forms.Form, kind: Kind) -> None:
    rng = Random(3)
    for person in PEOPLE:
        written = form.write(getattr(person, attribute), rng)
        before, _ = folding.fold("户主：" + written.text[: written.start])
        value, _ = folding.fold(written.text[written.start : written.end])
        text, _ = folding.fold("户主：" + written.text + "，男")
        assert (len(before), len(before) + len(value), kind) in kinds(text), text


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("2017-340300-48-01-012345", {Kind.ID18, Kind.MOBILE, Kind.BANK}),  # project code
        ("2017-12-18 09:30:15", {Kind.MOBILE, Kind.BANK, Kind.ID18}),
        ("13 2345678901 元", {Kind.MOBILE}),
        ("12345678901234567890123", {Kind.ID18, Kind.MOBILE, Kind.BANK}),
        ("11.02 33.51 44.61 7", {Kind.MOBILE}),
        ("0552", {Kind.LANDLINE}),
    ],
)
def test_unrelated_numbers_are_not_candidates(text: str, unwanted: set[Kind]) -> None:
    assert not {kind for _, _, kind in kinds(text)} & unwanted


def test_digits_over_neighbouring_cells() -> None:
    number = PEOPLE[0].resident_id
    pieces = "\t".join((number[:6], number[6:14], number[14:]))
    assert (0, len(pieces), Kind.ID18) in kinds(pieces)
    single = "\t".join(number)
    assert (0, len(single), Kind.ID18) in kinds(single)


def test_an_id_run_together_with_a_phone() -> None:
    person = next(p for p in PEOPLE if p.resident_id.isdigit())
    assert {(0, 18, Kind.ID18), (18, 29, Kind.MOBILE)} <= kinds(person.resident_id + person.mobile)
    assert {(0, 11, Kind.MOBILE), (11, 29, Kind.ID18)} <= kinds(person.mobile + person.resident_id)


def test_records_do_not_run_together() -> None:
    number = PEOPLE[0].resident_id
    data = [number[:10].encode(), number[10:].encode()]
    bounds = np.cumsum([0, *map(len, data)]).astype(np.int64) + runs.PAD
    table = runs.find(runs.pad(np.frombuffer(b"".join(data), np.uint8)), bounds)
    assert Kind.ID18 not in candidates_of(table).kind
