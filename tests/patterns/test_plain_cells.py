"""The short way through a table's plain cells says what the careful one says."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns.candidate_values import Spot
from patterns.candidates import Kind
from patterns.column_kinds import ColumnKind as K
from patterns.found import Subject
from patterns.name_cells import cell_score, plain_score
from patterns.name_score import UNKNOWN, any_characters, ordinary_logp, statistics, three_characters
from patterns.table_cells import CellReader
from patterns.table_columns import column
from patterns.tables import Cell

_CHARACTERS = "王李张欧阳伟建国小红合计同上村镇高度黄山某妻子"
_ID, _OLD_ID, _MOBILE = "34030219780615042X", "340302780615004", "13955261784"
_CELLS: list[tuple[str, tuple[int, ...]]] = [
    (_ID, (Kind.ID18,)),
    (_ID, (Kind.ID18, Kind.LONG)),
    (_OLD_ID, (Kind.ID15,)),
    (_OLD_ID, (Kind.ID15, Kind.LONG)),
    (_MOBILE, (Kind.MOBILE,)),
    ("13800138000", (Kind.MOBILE,)),
    ("6228480402564890018", (Kind.BANK, Kind.LONG)),
    ("34030219780615042", (Kind.LONG,)),
    ("340302********042X", (Kind.MASKED,)),
    ("13955261784李伟", (Kind.MOBILE,)),
    ("王小明", ()),
    ("女", ()),
    ("肺癌", ()),
    ("无", ()),
    ("残疾，住新村3组12号", ()),
    ("慢性肾衰竭，微信wang123456", ()),
]
_KINDS = (
    K.NONE, K.NAME, K.ID, K.ID | K.ID_OTHER, K.ID | K.BANK, K.BANK, K.MOBILE, K.PHONE_NEUTRAL, K.OFFICE_PHONE, K.CODE,
    K.SEX, K.NAME | K.OFFICIAL, K.NAME | K.ID, K.DISABILITY_NO, K.STUDENT_NO, K.ORG_ACCOUNT, K.ID_OTHER,
    K.MOBILE | K.OFFICIAL, K.HEALTH, K.DISABILITY | K.FAMILY, K.HEALTH | K.NAME,
)  # fmt: skip


@pytest.mark.parametrize(("held", "kind", "code"), [*product(_CELLS, _KINDS, (False, True))])
def test_a_plain_cell_is_read_as_carefully_as_any(held: tuple[str, tuple[int, ...]], kind: int, code: bool) -> None:
    text, candidates = held
    digits = len(text) - len(text.lstrip("0123456789X")) if candidates != (Kind.MASKED,) else 6
    record = f"1\t{text}\t无\n"
    spots: list[Spot] = [(2, 2 + digits, what) for what in candidates]
    cell, what = Cell(2, 2 + len(text), text, 1), column(kind, "栏目", code=code)
    short, careful = Subject(), Subject()
    reader = CellReader(record, 0)
    if reader._read_plain(short, cell.start, text, what, spots):
        reader._read(careful, cell, what, spots)
        assert short == careful


def test_the_short_way_is_taken() -> None:
    reader = CellReader(f"王小明\t{_ID}\n", 0)
    subject = Subject()
    assert reader._read_plain(subject, 0, "王小明", column(K.NAME, "姓名"), [])
    assert reader._read_plain(subject, 4, _ID, column(K.ID, "身份证号"), [(4, 22, Kind.ID18)])
    assert [hit.entity for hit in subject.hits] == ["PERSON_NAME", "RESIDENT_ID"]


@given(st.text(_CHARACTERS, min_size=2, max_size=3))
def test_plain_names_score_as_any_cell(name: str) -> None:
    assert plain_score(name) == cell_score(name)


@given(st.text(_CHARACTERS, min_size=3, max_size=3))
def test_three_characters_are_cut_in_the_likeliest_way(text: str) -> None:
    get = statistics().words.get
    a, b, c = (get(char, UNKNOWN) for char in text)
    unknown = -1000.0
    cuts = (a + b + c, get(text[:2], unknown) + c, a + get(text[1:], unknown), get(text, unknown))
    assert ordinary_logp(text) == max(cuts)


@given(st.text(_CHARACTERS + "村局在未龘文毛泽东", min_size=3, max_size=3))
def test_three_characters_score_as_any_name(name: str) -> None:
    assert three_characters(name) == any_characters(name, 1)
