"""Sketches: they join as the masks themselves would, and give nothing away without the key."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from patterns import masking, population, sketches
from scanner.synthetic.people import Factory

TODAY = date(2017, 12, 31)
PEOPLE = Factory(71).people(40)
KEY = b"k"


@st.composite
def masks(draw: st.DrawFn) -> str:
    number = draw(st.sampled_from(PEOPLE)).resident_id
    hidden = draw(st.sets(st.integers(0, 17), max_size=15))
    return "".join("*" if place in hidden else digit for place, digit in enumerate(number))


@settings(deadline=None)
@given(masks(), masks())
def test_sketches_join_as_masks_do(first: str, second: str) -> None:
    joined = sketches.join(sketches.sketch(KEY, "李某", first), sketches.sketch(KEY, "李某", second), least=0)
    both = masking.masks.agree(first, second)
    assert joined == (sketches.sketch(KEY, "李某", both) if both else "")


def test_nothing_joins_under_another_name_or_key_or_with_too_little_shared() -> None:
    one, two = "340302********042X", "34030219780615****"
    own = sketches.sketch(KEY, "李某", one)
    assert sketches.join(own, sketches.sketch(KEY, "李某", two))
    assert not sketches.join(own, sketches.sketch(KEY, "王某", two))
    assert not sketches.join(own, sketches.sketch(b"other", "李某", two))
    assert not sketches.join(own, sketches.sketch(KEY, "李某", "34************042X"), least=7)
    assert not sketches.join(sketches.sketch(KEY, "李某", "34" + "*" * 16), sketches.sketch(KEY, "李某", two))


@given(masks())
def test_a_sketch_shows_places_and_no_digit(mask: str) -> None:
    made = sketches.sketch(KEY, "李某", mask)
    assert sketches.places(made) == "".join("*" if place == "*" else "0" for place in mask)
    again = sketches.sketch(b"another key", "李某", mask)
    assert made[: sketches.NAME] != again[: sketches.NAME]


def test_the_same_digit_has_another_tag_at_every_place_and_under_every_name() -> None:
    first, second = (sketches.sketch(KEY, name, "1" * 18)[sketches.NAME :] for name in ("李某", "王某"))
    tags = [sketch[at : at + 4] for sketch in (first, second) for at in range(0, len(sketch), 4)]
    assert len(set(tags)) == len(tags)


def test_people_left_by_places() -> None:
    rows = {
        "0" * 18: 1, "0" * 17 + "*": 1, "000000********0000": 3585, "0" * 14 + "***0": 91, "0" * 14 + "****": 999,
        "0" * 12 + "**0000": 3,
    }  # fmt: skip
    for shown, expected in rows.items():
        assert abs(sketches.people_left(shown, TODAY) - expected) <= max(1, expected // 10), shown


@settings(deadline=None, max_examples=60)
@given(masks())
def test_people_left_is_near_what_the_digits_themselves_leave(mask: str) -> None:
    exact = population.count(mask, 19100101, 20171231)
    shown = "".join("*" if place == "*" else "0" for place in mask)
    if "*" not in mask[:6]:  # how many regions fit hangs on which digits are shown
        assert sketches.people_left(shown, TODAY) <= exact * 12 + 12
        assert exact <= sketches.people_left(shown, TODAY) * 12 + 12


def sketched(*patterns: str, name: str = "李某") -> list[str]:
    return [sketches.sketch(KEY, name, pattern) for pattern in patterns]


def test_two_masks_of_one_person_leave_one() -> None:
    one, two = sketched("340302********042X", "34030219780615****")
    assert sketches.linked(one, [two], TODAY) == 1
    assert sketches.linked(two, [one], TODAY) == 1


def test_what_adds_nothing_or_leaves_too_many_is_no_link() -> None:
    one, same, less = sketched("340302********042X", "340302********042X", "340302***********X")
    assert sketches.linked(one, [same, less], TODAY) == 0
    assert sketches.linked(one, [], TODAY) == 0
    year = sketched("3403021978********")[0]
    assert sketches.linked(one, [year], TODAY) in range(20, 50)  # 6 + the year + 4
    assert sketches.linked(*sketched("340302************"), sketched("3403021978********"), TODAY) == 0


def test_namesakes_add_up() -> None:
    masked, one, other = sketched("340302************", "34030219780615042X", "340302199001010033")
    assert sketches.linked(masked, [one], TODAY) == 1
    assert sketches.linked(masked, [one, other], TODAY) == 2
    part = sketched("34030219780615****")[0]
    assert sketches.linked(masked, [part, one], TODAY) == 1  # one person in two documents
    many = sketched(*(f"34030219{year}06150{serial:02}X"[:17] + "*" for year in range(40, 99) for serial in (1, 2)))
    assert sketches.linked(masked, many, TODAY) == 0
