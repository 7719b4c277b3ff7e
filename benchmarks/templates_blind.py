"""The set ``blind``: written from the domain notes by someone who had not seen the matcher nor the set held out.

Whoever tunes rules does not read these templates nor their misses; ``quality --list`` asks for --open-blind first. The
written forms below belong to this set alone, so that rules are not tuned on them either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

from benchmarks import templates_blind_harmless, templates_blind_tables, templates_blind_texts
from scanner.synthetic.forms import Form, cut, fours, full_width

_BLOCK: Final = re.compile(r"(\d+)(?:栋|号楼|幢)(\d+)单元(\d+)室")
_GROUP: Final = re.compile(r"(\d+)(?=组|村民组|队)")
_ABOVE_VILLAGE: Final = re.compile(r"^.*(?:镇|乡|街道)(?=..(?:村|社区))")
_ABOVE_ESTATE: Final = re.compile(r"^.*(?=..(?:小区|花园)\d)")
_LEVEL: Final = re.compile(r"(?<=[省市县区镇乡村])(?=[^区省市县镇乡村民街])")
_TENS: Final = ("", "十")
_DIGITS: Final = "零一二三四五六七八九"


def _form(name: str, body: Callable[[str], str], before: str = "", after: str = "") -> Form:
    def write(value: str, rng: Random) -> str:
        return body(value)

    return Form(name, write, before=before, after=after)


def _chinese(number: str) -> str:
    """
    >>> _chinese("9"), _chinese("10"), _chinese("19")
    ('九', '十', '十九')
    """
    tens, ones = divmod(int(number), 10)
    return _TENS[tens] + (_DIGITS[ones] if ones else "")


_SHARED: Final = (
    _form("directional", str, before="\u202d", after="\u202c"),  # as copied from a phone's contacts
    _form("in_brackets", str, before="（", after="）"),
)
_ID: Final = (
    *_SHARED,
    _form("fours", fours),
    _form("year_month_day", lambda v: f"{v[:6]} {v[6:10]} {v[10:12]} {v[12:14]} {v[14:]}"),
    _form("en_dash", lambda v: cut(v, 6, 8, by="–")),
    _form("wide_hyphen", lambda v: full_width(cut(v, 6, 8, by="-"))),
    _form("thin_space", lambda v: cut(v, 6, 8, by="\u2009")),
    _form("soft_hyphen", lambda v: cut(v, 14, by="\u00ad")),
    _form("every_digit", " ".join),
    _form("wrapped", lambda v: cut(v, 10, by="\n")),
    _form("boxes", "\t".join),
)
_PHONE: Final = (
    *_SHARED,
    _form("dots", lambda v: cut(v, 3, 4, by=".")),
    _form("middle_dots", lambda v: cut(v, 3, 4, by="·")),
    _form("four_three_four", lambda v: cut(v, 4, 3)),
    _form("en_dash", lambda v: cut(v, 3, 4, by="–")),
    _form("wide_space", lambda v: cut(v, 3, 4, by="\u3000")),
    _form("wide_hyphen", lambda v: full_width(cut(v, 3, 4, by="-"))),
    _form("country", str, before="86-"),
    _form("wide_country", full_width, before="＋８６"),
)
_CARD: Final = (
    _SHARED[0],
    _form("in_quotes", str, before="“", after="”"),
    _form("six_then_rest", lambda v: cut(v, 6)),
    _form("wide_space", lambda v: fours(v, "\u3000")),
    _form("en_dash", lambda v: fours(v, "–")),
)
_ACCOUNT: Final = (_form("wide_spaced", lambda v: full_width(fours(v))),)
_ADDRESS: Final = (
    _form("from_village", lambda v: _ABOVE_VILLAGE.sub("", v)),
    _form("from_estate", lambda v: _ABOVE_ESTATE.sub("", v)),
    _form("hyphen_doors", lambda v: _BLOCK.sub(r"\1-\2-\3", v)),
    _form("hash_doors", lambda v: _BLOCK.sub(r"\1#\2-\3", v)),
    _form("chinese_group", lambda v: _GROUP.sub(lambda m: _chinese(m[1]), v)),
    _form("ordinal_group", lambda v: _GROUP.sub(r"第\1", v)),
    _form("spaced_levels", lambda v: _LEVEL.sub(" ", v)),
    _form("wide_digits", lambda v: "".join(full_width(c) if c.isdigit() else c for c in v)),
)
_OTHERS: Final = (
    ("LANDLINE", _form("brackets", lambda v: "(" + v.replace("-", ")"))),
    ("LANDLINE", _form("wide_brackets", lambda v: "（" + v.replace("-", "）"))),
    ("LANDLINE", _form("joined", lambda v: v.replace("-", ""))),
    ("LANDLINE", _form("em_dash", lambda v: v.replace("-", "—"))),
    ("EMAIL", _form("wide_at", lambda v: v.replace("@", "＠"))),
    ("EMAIL", _form("mailto", str, before="mailto:")),
    ("VEHICLE_PLATE", _form("dot", lambda v: cut(v, 2, by="·"))),
    ("VEHICLE_PLATE", _form("spaced", lambda v: cut(v, 2))),
    ("DISABILITY_NO", _form("spaced", lambda v: cut(v, 18))),
    ("DISABILITY_NO", _form("fours", fours)),
    ("STUDENT_NO", _form("lower", str.lower)),
)
FORMS: Final[dict[tuple[str, str], Form]] = {
    (entity, form.name): form
    for entity, forms in (
        ("RESIDENT_ID", _ID),
        ("MOBILE", _PHONE),
        ("BANK_CARD", _CARD),
        ("BANK_ACCOUNT", _ACCOUNT),
        ("ADDRESS", _ADDRESS),
    )
    for form in forms
} | {(entity, form.name): form for entity, form in _OTHERS}

LEAKING: Final = (*templates_blind_tables.TABLES, *templates_blind_texts.TEXTS)
HARMLESS: Final = templates_blind_harmless.HARMLESS
ALL: Final = (*LEAKING, *HARMLESS)
