from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.masking import MaskedID, candidates, compatible, merge
from scanner.synthetic.forms import MASK_CHARS, MASKS, masked
from scanner.synthetic.people import TODAY, Factory, Person

PEOPLE = Factory(23).people(120)
END = date(2017, 12, 31)


def parse(text: str) -> MaskedID:
    found = MaskedID.parse(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("34030219780615042*", 1),
        ("3403021978061504**", 10),
        ("340302197806150***", 99),  # serial 000 is never given
        ("34030219780615****", 999),
        ("3403021978****042X", 32),
        ("340302******15042X", 116),
        ("340302********042X", 3585),
        ("340302****042X", 3585),  # a mask shorter than what it hides
        ("340302************042X", 3585),
        ("340302**********2X", 358606),
        ("340302************", 39407553),
        ("340302******042", 32872),  # fifteen digits: no check character
        ("340302780615***", 999),
    ],
)
def test_counts_of_the_domain_notes(text: str, number: int) -> None:
    assert candidates(parse(text), today=END) == number


def test_what_the_row_shows_narrows() -> None:
    six_and_four = parse("340302********042X")
    assert candidates(six_and_four, birth_year=1978, today=END) == 32
    assert candidates(six_and_four, age=(39, END), today=END) == 32
    assert candidates(six_and_four, birth_month=(1978, 6), today=END) == 3
    assert candidates(six_and_four, birth=date(1978, 6, 15), today=END) == 1
    assert candidates(parse("3403021978****04**"), sex="女", today=END) < candidates(
        parse("3403021978****04**"), today=END
    )
    assert candidates(parse("34030219780615****"), sex="男", today=END) == 500
    assert candidates(parse("34****19780615042X"), region="蚌埠市", today=END) < 5
    assert candidates(parse("34****19780615042X"), region="340302", today=END) == 1


def test_facts_of_someone_else_are_left_out() -> None:
    six_and_four = parse("340302********042X")
    assert candidates(six_and_four, sex="男", today=END) == 3585  # 042 is a woman's
    assert candidates(parse("34030219780615****"), birth=date(1980, 1, 1), today=END) == 999
    assert candidates(parse("34030219780615042*"), region="无此地", today=END) == 1


def test_births_before_1910_when_the_mask_shows_them() -> None:
    assert candidates(parse("34030219050615****"), today=END) == 999


@pytest.mark.parametrize("shown", [shown for shown, _ in MASKS])
@pytest.mark.parametrize("char", MASK_CHARS)
def test_every_style_is_read(shown: str, char: str) -> None:
    for person in PEOPLE[:20]:
        text = masked(person.resident_id, shown, char)
        if text == person.resident_id or (text[-1] in "xX×" and shown == "-1") or text.endswith(("XX", "xX")):
            continue  # the mask cannot be told from a check character
        assert compatible(text, person.resident_id), text


def _facts(person: Person, rng: Random) -> dict[str, object]:
    birth = person.birth
    every: dict[str, object] = {
        "birth": birth,
        "birth_month": (birth.year, birth.month),
        "birth_year": birth.year,
        "age": (person.age, TODAY),
        "sex": person.sex,
        "region": person.resident_id[:6],
    }
    return {name: fact for name, fact in every.items() if rng.random() < 0.4}


@settings(deadline=None)
@given(st.sampled_from(PEOPLE), st.sets(st.integers(0, 17), min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_the_true_number_is_always_among_the_candidates(person: Person, hidden: set[int], rng: Random) -> None:
    text = "".join("*" if place in hidden else char for place, char in enumerate(person.resident_id))
    found, true = MaskedID.parse(text), MaskedID.of(person.resident_id)
    assert found is not None and true is not None
    assert merge(found, true) == true
    facts = _facts(person, rng)
    few = candidates(found, today=TODAY, **facts)  # type: ignore[arg-type]
    assert 1 <= few <= max(1, candidates(found, today=TODAY))
    if "birth" in facts and not hidden & {14, 15, 16} and not hidden & set(range(6)):
        assert few == 1


def test_two_masks_of_one_person_are_one_person() -> None:
    for person in PEOPLE:
        front, back = masked(person.resident_id, "-4"), masked(person.resident_id, "6+4")
        both = merge(parse(front), parse(back))
        assert both == MaskedID.of(person.resident_id)
    assert not compatible("340302********042X", "340303********042X")
    assert not compatible("340302********042X", "340302********0421")
    assert not compatible("340302********0421", "34030219780615****")  # together no valid number


def test_old_and_new_form_of_one_person() -> None:
    for person in PEOPLE:
        if person.resident_id_15:
            assert compatible(masked(person.resident_id, "6+4"), person.resident_id_15)
            assert compatible(person.resident_id_15[:6] + "******" + person.resident_id_15[12:], person.resident_id)


@pytest.mark.parametrize(
    "text", ["", "张**", "34030219780615042X", "*" * 18, "990302********042X", "340302****1332****", "1*"]
)
def test_what_is_no_masked_id(text: str) -> None:
    assert MaskedID.parse(text) is None


@settings(deadline=None)
@given(st.text() | st.text("0123456789Xx×*＊●-_ ", max_size=45))
def test_no_text_raises(text: str) -> None:
    found = MaskedID.parse(text)
    if found:
        assert candidates(found, today=TODAY) >= 1
    compatible(text, "340302********042X")
    MaskedID.of(text)
