"""One cell of a table: what its column's kind, its candidates and its own text make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from patterns import masks, values
from patterns.attributes import attribute_factors, says_nothing, state_of
from patterns.candidate_values import Spot, value_in_text
from patterns.candidates import Kind
from patterns.column_kinds import PHONES
from patterns.column_kinds import ColumnKind as K
from patterns.dates import read_date
from patterns.factors import Factor
from patterns.found import Found, Subject, resolve_overlaps
from patterns.masking import MaskedID
from patterns.name_cells import name_in_cell, plain_score
from patterns.prose import homes
from patterns.samples import is_sample
from patterns.surroundings import code_signal
from patterns.table_columns import ATTRIBUTES, NO_ADDRESS, REMEMBERED, Column
from patterns.tables import Cell
from patterns.whose_name import name_hit
from patterns.worded import messengers, worded

_WECHAT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9@.])")
_DIGITS: Final = re.compile(r"\d+")
_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?1[4-9]")
_BARE_PHONE: Final = re.compile(r"(?<!\d)[2-8]\d{6,7}(?!\d)")
_DAMAGED: Final = re.compile(r"\d{14,19}[Xx]?")
_ACCOUNT: Final = re.compile(r"\d[\d \u00a0\-.·_]{10,36}\d")
_EIGHT: Final = re.compile(r"\d{8}")
_HAN: Final = re.compile("[一-鿿]{2}")
_FINE_ADDRESS: Final = re.compile("[0-9０-９一二三四五六七八九十](?:号|组|队|室|栋|幢|户|村民组|单元)")
_PLAIN_NAME: Final = re.compile("[一-鿿]{2,3}")
_NOT_PLAIN: Final = frozenset("某妻夫父母子女儿等")  # 朱某, 妻李芳, 王芳等: for the careful reader of names
_SEXES: Final = ("男", "女")
_LONGEST_WORD: Final = 24  # characters of a cell that is remembered: longer ones do not come again
_PERSONS_NUMBER: Final = Factor.ID | Factor.MOBILE | Factor.ID_MASKED | Factor.BANK
_OF_DIGITS: Final = frozenset({Kind.ID18, Kind.ID15, Kind.BANK, Kind.MOBILE, Kind.MASKED, Kind.LONG})

_LONGEST_MASK: Final = 24  # characters
LONGEST_CELL: Final = 240  # characters: what is longer is an article in a layout table


def may_tell(text: str) -> bool:
    """Whether a cell of a column that may tell is worth reading without candidates: as an address or a messenger's."""
    return len(text) > _SHORT and tells(text)


_SHORT: Final = 7


def tells(text: str) -> bool:
    """Whether a text, a cell's or a whole row's, holds an address or a messenger's name."""
    return _FINE_ADDRESS.search(text) is not None or "QQ" in text or "微信" in text


def _masked_but_its_end(cell: Cell) -> list[Found]:
    """**************042X: what begins with its mask is no candidate, because no digit stands before the mask."""
    raw = cell.text.strip()
    if not raw or raw[0].isdigit() or len(raw) > _LONGEST_MASK or MaskedID.parse(raw) is None:
        return []
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    value = masks.normalise(raw)
    return [Found(start, start + len(raw), "MASKED_ID", "masked.id", Factor.ID_MASKED, value, "mask", 0.8)]


def _by_title(cell: Cell, title: str) -> list[Found]:
    """What the column's title explains as a word before a value would: a social security card, an e-mail with #."""
    joined = f"{title}：{cell.text}"
    lead = len(title) + 1
    found = [hit for hit in worded(joined, 0, len(joined)) if hit.start >= lead]
    for hit in found:
        hit.start, hit.end = hit.start + cell.start - lead, hit.end + cell.start - lead
    return found


def plain_name(text: str) -> float:
    """The score of two or three characters and nothing else, as most name cells are; 0 for anything else."""
    plain = _PLAIN_NAME.fullmatch(text) is not None and _NOT_PLAIN.isdisjoint(text)
    return plain_score(text) if plain else 0.0


def plain_name_hit(text: str, at: int, score: float) -> Found:
    """``name_hit`` of a cell that is a plain name."""
    end = at + len(text)
    return Found(at, end, "PERSON_NAME", "person_name", Factor.NAME, text, "cell", score, ["name:cell"])


def _only_long_besides(spots: Sequence[Spot], kind: int) -> bool:
    """Whether the first of a cell's candidates is an ID and the others are the same digits as a number of no known
    kind, which an ID is preferred to where no account is asked for."""
    start, end, what = spots[0]
    same = all(spot == (start, end, Kind.LONG) for spot in spots[1:])
    return same and what in (Kind.ID18, Kind.ID15) and not kind & (K.BANK | K.ORG_ACCOUNT)


@lru_cache(16384)
def _facts(text: str, kind: int) -> int:
    """What a short cell of a column of illness, disability or family says of its person; -1 where more is in it."""
    return -1 if tells(text) else _attributes(text, kind)


def _attributes(text: str, kind: int) -> int:
    if says_nothing(text):
        return 0
    if kind == K.REMARK:
        return state_of(text)
    facts = attribute_factors(text)
    if kind & K.HEALTH:
        facts |= Factor.HEALTH
    if kind & K.DISABILITY:
        facts |= Factor.DISABILITY
    if kind & K.FAMILY:
        facts |= Factor.FAMILY
    return facts


def _longest(found: list[Found]) -> int:
    return max((hit.length for hit in found), default=0)


class CellReader:
    """Reads cells of one document into subjects."""

    def __init__(self, text: str, document: int) -> None:
        self.text, self.document = text, document

    def read(self, subject: Subject, at: int, text: str, column: Column, spots: Sequence[Spot]) -> None:
        """Adds what the cell at ``at`` with this text holds. ``spots``: the candidates within it."""
        if not self._read_plain(subject, at, text, column, spots):
            self._read(subject, Cell(at, at + len(text), text), column, spots)

    def _read_plain(self, subject: Subject, at: int, text: str, column: Column, spots: Sequence[Spot]) -> bool:
        """Most cells hold one name, one number or one word and nothing else: no need to look for more.

        Says whether this is such a cell; adds what :meth:`_read` would.
        """
        if spots:
            return column.plain_number and self._plain_number(subject, at, text, column, spots)
        if column.plain_name:
            return self._plain_name(subject, at, text)
        if column.plain_word:
            return self._plain_word(subject, text, column.kind)
        return False

    def _plain_number(self, subject: Subject, at: int, text: str, column: Column, spots: Sequence[Spot]) -> bool:
        start, end, what = spots[0]
        if start != at or what not in _OF_DIGITS or not text.isascii():
            return False
        if len(spots) > 1 and not _only_long_besides(spots, column.kind):
            return False
        hit = value_in_text(self.text, start, end, what, column.kind, subject)
        if hit is None or hit.start != start or hit.end != at + len(text):
            return False
        self._judge(hit, subject, text, column)
        subject.hits.append(hit)
        return True

    def _plain_name(self, subject: Subject, at: int, text: str) -> bool:
        score = plain_name(text)
        if score:
            subject.hits.append(plain_name_hit(text, at, score))
        return score > 0

    def _plain_word(self, subject: Subject, text: str, kind: int) -> bool:
        """A sex, an illness, a reason of hardship: what a row remembers of a person, and nothing beside it."""
        if kind == K.SEX and text in _SEXES:
            subject.sex = text
            return True
        if kind & ~ATTRIBUTES or len(text) > _LONGEST_WORD:
            return False
        facts = _facts(text, kind)
        if facts < 0:
            return False
        subject.facts |= facts
        return True

    def _read(self, subject: Subject, cell: Cell, column: Column, spots: Sequence[Spot]) -> None:
        kind = column.kind
        if kind & REMEMBERED:
            self._remember(subject, cell, kind)
        found = self._numbers(subject, spots, kind) if spots else []
        if not found:
            found = self._without_candidate(cell, kind, column.title)
        elif kind & (K.BANK | K.ORG_ACCOUNT):  # a part of it may be a number by itself: 1234.5678.123456789012
            found = max(found, self._accounts(cell), key=_longest)
        for hit in found:
            self._judge(hit, subject, cell.text, column)
        if kind & K.NAME or (found and self._beside_numbers(cell, found)):
            found += self._names(cell)
        unnamed_address = not found and not kind & NO_ADDRESS and _FINE_ADDRESS.search(cell.text)
        if unnamed_address or (kind & K.ADDRESS and not kind & K.ORG):
            found += homes(cell.text, cell.start, cell=True)
        if kind & K.BIRTH and subject.birth:
            found += self._birth_dates(cell, subject.birth)
        if kind & (K.QQ | K.WECHAT | K.EMAIL) or "QQ" in cell.text or "微信" in cell.text:
            found += self._messengers(cell, kind)
        subject.hits += resolve_overlaps(found) if len(found) > 1 else found

    def _numbers(self, subject: Subject, spots: Sequence[Spot], kind: int) -> list[Found]:
        hits = (value_in_text(self.text, start, end, what, kind, subject) for start, end, what in spots)
        found = [hit for hit in hits if hit is not None]
        return resolve_overlaps(found) if len(found) > 1 else found

    def _without_candidate(self, cell: Cell, kind: int, title: str) -> list[Found]:
        """Under a header that says so, what is no candidate by itself: a damaged ID, an account, a local number."""
        if kind & (K.ID | K.ID_OTHER | K.EMAIL) and (explained := _by_title(cell, title)):
            return explained
        if kind & K.ID:
            return _masked_but_its_end(cell) or self._damaged(cell, sure=not kind & K.ID_OTHER)
        if kind & (K.BANK | K.ORG_ACCOUNT):
            return self._accounts(cell)
        if kind & K.ID_OTHER and "台" in title and _EIGHT.fullmatch(cell.text.strip()):
            start = cell.start + len(cell.text) - len(cell.text.lstrip())
            value = cell.text.strip()
            return [Found(start, start + 8, "TRAVEL_PERMIT", "travel_permit", Factor.OTHER_DOC, value, "header", 0.7)]
        return self._bare_phones(cell) if kind & PHONES else []

    def _judge(self, hit: Found, subject: Subject, text: str, column: Column) -> None:
        kind = column.kind
        if column.signal:
            hit.signals.append(column.signal)
        whole = column.explicit and hit.end - hit.start == len(text.strip())
        code = ("sample" if is_sample(hit.value) else "") if whole else code_signal(self.text, hit, kind)
        if code:
            hit.signals.append(code)
            hit.factor = Factor.SAMPLE if code == "sample" else Factor.CODE
        elif hit.factor & (Factor.MOBILE | Factor.LANDLINE):
            self._judge_phone(hit, subject, kind)
        elif hit.factor & Factor.BANK and kind & K.ORG_ACCOUNT:
            hit.factor = Factor.ORG_ACCOUNT
        elif column.code and hit.entity == "RESIDENT_ID":
            hit.factor = Factor.CODE
            hit.signals.append("code:column")

    def _judge_phone(self, hit: Found, subject: Subject, kind: int) -> None:
        personal = kind & (K.MOBILE | K.PHONE) and not kind & K.OFFICIAL
        by_kind = kind & K.OFFICE_PHONE or hit.factor & Factor.LANDLINE or self.document & Factor.TENDER
        if by_kind and not personal:
            hit.factor = Factor.OFFICE_PHONE
        elif kind & K.OFFICIAL:
            subject.facts |= Factor.OFFICIAL

    def _damaged(self, cell: Cell, *, sure: bool) -> list[Found]:
        """Under an ID header, a number that is no ID any more; under 证件号码 only what Excel did to one."""
        match = _DAMAGED.search(cell.text.replace(" ", "")) or _EXPONENT.search(cell.text)
        if not match or not (sure or match[0].endswith("000") or "E" in match[0].upper()):
            return []
        lead = len(cell.text) - len(cell.text.lstrip())
        raw = cell.text.strip()
        exact = cell.text.find(match[0])
        start = cell.start + (exact if exact >= 0 else lead)
        return [values.damaged(self.text, start, start + (len(match[0]) if exact >= 0 else len(raw)))]

    def _accounts(self, cell: Cell) -> list[Found]:
        match = _ACCOUNT.search(cell.text)
        hit = values.account(self.text, cell.start + match.start(), cell.start + match.end()) if match else None
        return [hit] if hit else []

    def _bare_phones(self, cell: Cell) -> list[Found]:
        """Seven or eight digits in a phone column: a landline without its area code."""
        found = []
        for match in _BARE_PHONE.finditer(cell.text):
            start, end = cell.start + match.start(), cell.start + match.end()
            found.append(Found(start, end, "LANDLINE", "landline.bare", Factor.LANDLINE, match[0], "header", 0.7))
        return found

    def _birth_dates(self, cell: Cell, birth: date) -> list[Found]:
        lead = len(cell.text) - len(cell.text.lstrip())
        start, end = cell.start + lead, cell.start + lead + len(cell.text.strip())
        value = birth.isoformat()
        return [Found(start, end, "BIRTH_DATE", "birth_date", Factor.BIRTH_DATE, value, "header", 0.8)]

    def _messengers(self, cell: Cell, kind: int) -> list[Found]:
        found = [] if kind & K.WECHAT else messengers(self.text, cell.start, cell.end)
        if not found and kind & K.QQ and (match := _DIGITS.search(cell.text)) and 5 <= len(match[0]) <= 11:
            start, end = cell.start + match.start(), cell.start + match.end()
            found.append(Found(start, end, "QQ", "qq", Factor.EMAIL_IM, match[0], "header", 0.8))
        if not found and kind & K.WECHAT and (match := _WECHAT.search(cell.text)):
            start, end = cell.start + match.start(), cell.start + match.end()
            found.append(Found(start, end, "WECHAT", "wechat", Factor.EMAIL_IM, match[0].lower(), "header", 0.8))
        return found

    def _remember(self, subject: Subject, cell: Cell, kind: int) -> None:
        """What a row says beside its numbers: birth, age, sex, illness, office."""
        if kind & K.BIRTH:
            self._remember_birth(subject, cell)
        if kind & K.AGE and (match := _DIGITS.search(cell.text)) and len(match[0]) <= 3:
            subject.age = int(match[0])
        if kind & K.SEX and cell.text.strip() in _SEXES:
            subject.sex = cell.text.strip()
        if kind & ATTRIBUTES:
            subject.facts |= _attributes(cell.text, kind)
        if kind & K.OFFICIAL and not kind & (K.NAME | PHONES):
            subject.facts |= Factor.OFFICIAL

    def _remember_birth(self, subject: Subject, cell: Cell) -> None:
        read = read_date(cell.text)
        if isinstance(read, date):
            subject.birth = read
        elif isinstance(read, tuple):
            subject.birth_month = read
        elif isinstance(read, int):
            subject.birth_year = read

    def _names(self, cell: Cell) -> list[Found]:
        if score := plain_name(cell.text):
            return [plain_name_hit(cell.text, cell.start, score)]
        return [
            name_hit(self.text, cell.start + span.start, cell.start + span.end, span.score, "cell")
            for span in name_in_cell(cell.text)
            if not span.masked
        ]

    def _beside_numbers(self, cell: Cell, found: list[Found]) -> bool:
        """张三 3403… or 张三/139… in one cell, whatever its header says."""
        return bool(found) and any(hit.factor & _PERSONS_NUMBER for hit in found) and _HAN.search(cell.text) is not None
