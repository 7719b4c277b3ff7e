"""The set ``fresh``: written from the domain notes by someone who had not seen the matcher nor the set held out.

Written when ``blind`` was opened. Its wordings, headers and layouts are what county offices publish, the incidents in
the press above all; its numbers are written as they are in life: mostly plain, now and then in another form of
``forms``. Whoever tunes rules reads neither these templates nor their misses; ``quality --list`` refuses the set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from benchmarks import templates_fresh_harmless, templates_fresh_people, templates_fresh_tables, templates_fresh_texts
from scanner.synthetic.forms import CARD_FORMS, ID_FORMS, PHONE_FORMS, Form

# Of a hundred numbers in one column, so many in this form; the rest is plain.
_ID_ODD: Final = {
    "lower_x": 3, "spaced": 3, "full_width": 2, "newline": 2, "full_width_x": 1, "hyphenated": 1, "spaced_year": 1,
    "nbsp": 1, "zero_width": 1,
}  # fmt: skip
_PHONE_ODD: Final = {"hyphenated": 6, "spaced": 5, "full_width": 1, "nbsp": 1, "zero_width": 1}
_CARD_ODD: Final = {"spaced": 15, "nbsp": 2, "hyphenated": 2, "full_width": 1, "zero_width": 1}


def _mixed(written: Sequence[Form], odd: Mapping[str, int]) -> Form:
    """A form that is another one from value to value, as in a column typed by hand."""
    by_name = {form.name: form for form in written}
    names = ["plain", *odd]
    weights = [100 - sum(odd.values()), *odd.values()]

    def write(value: str, rng: Random) -> str:
        return by_name[rng.choices(names, weights)[0]].body(value, rng)

    return Form("mixed", write)


FORMS: Final[dict[tuple[str, str], Form]] = {
    ("RESIDENT_ID", "mixed"): _mixed(ID_FORMS, _ID_ODD),
    ("MOBILE", "mixed"): _mixed(PHONE_FORMS, _PHONE_ODD),
    ("BANK_CARD", "mixed"): _mixed(CARD_FORMS, _CARD_ODD),
    ("BANK_ACCOUNT", "mixed"): _mixed(CARD_FORMS, _CARD_ODD),
}

LEAKING: Final = (*templates_fresh_tables.TABLES, *templates_fresh_people.TABLES, *templates_fresh_texts.TEXTS)
HARMLESS: Final = templates_fresh_harmless.HARMLESS
ALL: Final = (*LEAKING, *HARMLESS)
