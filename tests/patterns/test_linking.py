"""One person twice in one document: what both numbers show together sets the level of the masked one."""

import pytest

from patterns.schema import Severity
from scanner.synthetic.people import Factory
from tests.patterns.test_matcher import MATCHER, hits

PERSON, OTHER = Factory(73).people(2)
ID = PERSON.resident_id
SIX_FOUR = ID[:6] + "*" * 8 + ID[14:]
NO_TAIL = ID[:14] + "****"


def levels(text: str) -> dict[str, tuple[int, str, list[str]]]:
    return {
        text[hit["start"] : hit["end"]]: (hit["severity"], hit["severity_rule"], hit["signals"])  # type: ignore[misc]
        for hit in hits(text, MATCHER)
        if hit["entity_type"] == "MASKED_ID"
    }


def pages(*numbers: str, name: str = PERSON.name) -> str:
    """A table a number, far from each other."""
    return "\n\n".join(f"姓名\t身份证号\n{name}\t{number}\n\n第二部分说明文字。" for number in numbers)


def test_a_mask_alone_is_sufficient() -> None:
    assert levels(pages(SIX_FOUR))[SIX_FOUR][0] == Severity.INFO


def test_two_masks_of_one_person_are_one_number() -> None:
    found = levels(pages(SIX_FOUR, NO_TAIL))
    for mask in (SIX_FOUR, NO_TAIL):
        severity, rule, signals = found[mask]
        assert (severity, rule) == (Severity.CRITICAL, "S03")
        assert "joined:1" in signals


def test_masked_here_and_in_full_there() -> None:
    severity, rule, signals = levels(pages(SIX_FOUR, ID))[SIX_FOUR]
    assert (severity, rule, "joined:1" in signals) == (Severity.CRITICAL, "S03", True)


@pytest.mark.parametrize(
    "text",
    [
        pages(SIX_FOUR) + "\n" + pages(NO_TAIL, name=OTHER.name),  # another name
        pages(SIX_FOUR, OTHER.resident_id[:14] + "****"),  # the same name, another number
        pages(SIX_FOUR, SIX_FOUR),  # nothing new
        pages(SIX_FOUR, ID[:2] + "*" * 12 + ID[14:16] + "**"),  # too little in common
    ],
)
def test_what_does_not_say_more(text: str) -> None:
    severity, _, signals = levels(text)[SIX_FOUR]
    assert severity == Severity.INFO
    assert not [signal for signal in signals if signal.startswith("joined")]


def test_whose_number_it_is_in_a_row_of_two_people() -> None:
    other = OTHER.resident_id[:6] + "*" * 8 + OTHER.resident_id[14:]
    row = f"姓名\t身份证号\t配偶姓名\t配偶身份证号\n{PERSON.name}\t{SIX_FOUR}\t{OTHER.name}\t{other}"
    found = levels(row + "\n\n附\n\n" + pages(NO_TAIL))
    assert found[SIX_FOUR][0] == Severity.CRITICAL
    assert found[other][0] == Severity.INFO
