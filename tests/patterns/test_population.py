from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import population, regions, resident_id
from scanner.synthetic.people import Factory

NUMBERS = [person.resident_id for person in Factory(17).people(200)]


def brute_force(pattern: str, first: int, last: int, sex: str) -> int:
    """Every number is written out and asked."""
    found = 0
    places = ["0123456789X" if c == "*" and i == 17 else "0123456789" if c == "*" else c for i, c in enumerate(pattern)]
    for digits in product(*places):
        number = "".join(digits)
        valid = resident_id.validate18(number).ok and first <= int(number[6:14]) <= last and number[14:17] != "000"
        known = "*" not in pattern[:6] or regions.level(number[:6]) == 3
        found += valid and known and sex in ("", resident_id.sex(number))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NUMBERS),
    st.sets(st.integers(0, 17), min_size=1, max_size=3),
    st.sampled_from(("", "男", "女")),
    st.integers(1910, 2017),
    st.integers(0, 90),
)
def test_arithmetic_agrees_with_writing_every_number_out(
    number: str, hidden: set[int], sex: str, first_year: int, years: int
) -> None:
    pattern = "".join("*" if place in hidden else char for place, char in enumerate(number))
    first, last = first_year * 10_000 + 215, min((first_year + years) * 10_000 + 1011, 20171130)
    assert population.count(pattern, first, last, sex) == brute_force(pattern, first, last, sex)


def test_hidden_month_and_day_against_every_number() -> None:
    for number in NUMBERS[:3]:
        pattern = number[:10] + "****" + number[14:]
        assert population.count(pattern, 19000101, 20171130) == brute_force(pattern, 19000101, 20171130, "")


def test_every_residue_of_the_check_character_together() -> None:
    pattern = "340302********042"
    whole = sum(population.count(pattern + check, 19100101, 20171231) for check in "0123456789X")
    assert whole == population.count(pattern + "*", 19100101, 20171231) == 39447


def test_regions_narrow() -> None:
    pattern = "3403**********042X"
    city = population.count(pattern, 19100101, 20171231, "", regions.find("蚌埠市"))
    county = population.count(pattern, 19100101, 20171231, "", frozenset({"340302"}))
    assert 0 < county < city == population.count(pattern, 19100101, 20171231)
