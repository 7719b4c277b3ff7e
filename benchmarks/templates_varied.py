"""The set ``varied``: pages and attachments of many offices, written by someone who had not seen the matcher.

A development set: its failures are read. Expected levels follow the office's own table of severities.
"""

from __future__ import annotations

from typing import Final

from benchmarks.documents import WrittenForms
from benchmarks.templates_varied_harmless import HARMLESS
from benchmarks.templates_varied_tables import TABLES
from benchmarks.templates_varied_texts import TEXTS
from scanner.synthetic.forms import Form, cut, fours

_SHEET_QUOTES: Final = {"before": "“", "after": "”"}

FORMS: Final[WrittenForms] = {
    ("RESIDENT_ID", "dots"): Form("dots", lambda v, r: cut(v, 6, 8, by=".")),
    ("RESIDENT_ID", "fours"): Form("fours", lambda v, r: fours(v)),
    ("RESIDENT_ID", "grouped3"): Form("grouped3", lambda v, r: cut(v, 3, 3, 4, 4, by=" ")),
    ("RESIDENT_ID", "underline"): Form("underline", lambda v, r: cut(v, 6, 8, by="_")),
    ("RESIDENT_ID", "spread"): Form("spread", lambda v, r: " ".join(v)),
    ("RESIDENT_ID", "wide"): Form("wide", lambda v, r: cut(v, 6, 8, by="  ")),
    ("RESIDENT_ID", "quoted"): Form("quoted", lambda v, r: v, **_SHEET_QUOTES),
    ("MOBILE", "dots"): Form("dots", lambda v, r: cut(v, 3, 4, by=".")),
    ("MOBILE", "grouped434"): Form("grouped434", lambda v, r: cut(v, 4, 3, by=" ")),
    ("MOBILE", "grouped5"): Form("grouped5", lambda v, r: cut(v, 5, by=" ")),
    ("MOBILE", "comma"): Form("comma", lambda v, r: v, before="0552-3012345，"),
    ("MOBILE", "fullstop"): Form("fullstop", lambda v, r: v, after="。"),
    ("MOBILE", "slash"): Form("slash", lambda v, r: v, after="/无"),
    ("BANK_CARD", "dots"): Form("dots", lambda v, r: fours(v, ".")),
    ("BANK_CARD", "threes"): Form("threes", lambda v, r: cut(v, 3, 4, 4, 4, by=" ")),
    ("BANK_CARD", "sixes"): Form("sixes", lambda v, r: cut(v, 6, by=" ")),
    ("BANK_CARD", "quoted"): Form("quoted", lambda v, r: v, **_SHEET_QUOTES),
    ("BANK_CARD", "tail"): Form("tail", lambda v, r: v, after="（本人）"),
    ("BANK_ACCOUNT", "dots"): Form("dots", lambda v, r: fours(v, ".")),
    ("BANK_ACCOUNT", "threes"): Form("threes", lambda v, r: cut(v, 3, 4, 4, by=" ")),
    ("BANK_ACCOUNT", "spaced5"): Form("spaced5", lambda v, r: cut(v, 5, 5, by=" ")),
    ("BANK_ACCOUNT", "underline"): Form("underline", lambda v, r: cut(v, 6, by="_")),
    ("BANK_ACCOUNT", "quoted"): Form("quoted", lambda v, r: v, **_SHEET_QUOTES),
    ("LANDLINE", "bracket"): Form("bracket", lambda v, r: "（" + v.replace("-", "）")),
    ("LANDLINE", "wide"): Form("wide", lambda v, r: v.replace("-", " - ")),
    ("DISABILITY_NO", "grouped"): Form("grouped", lambda v, r: cut(v, 6, 8, 4)),
}
LEAKING: Final = (*TABLES, *TEXTS)
ALL: Final = (*LEAKING, *HARMLESS)
