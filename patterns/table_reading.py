"""Tables: the header says what a column holds, the column's values vote, and a row ties the values to one person."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from patterns import values, votes
from patterns.attributes import attribute_factors, says_nothing
from patterns.candidates import Kind
from patterns.column_kinds import IDENTIFYING, OF_A_PERSON, PHONES
from patterns.column_kinds import ColumnKind as K
from patterns.dates import read_date
from patterns.factors import Factor
from patterns.found import Found, Subject, resolve_overlaps
from patterns.headers import column_kind
from patterns.lettered import messenger
from patterns.name_cells import name_in_cell
from patterns.prose import Spot, homes, name_hit, value_in_text
from patterns.surroundings import code_signal
from patterns.tables import Cell, Row, Table

_WECHAT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9@.])")
_DIGITS: Final = re.compile(r"\d+")
_EXPONENT: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?1[4-9]")
_BARE_PHONE: Final = re.compile(r"(?<!\d)[2-8]\d{6,7}(?!\d)")
_DAMAGED: Final = re.compile(r"\d{14,19}[Xx]?")
_ATTRIBUTES: Final = K.HEALTH | K.DISABILITY | K.FAMILY
_PERSONS_NUMBER: Final = Factor.ID | Factor.MOBILE | Factor.ID_MASKED | Factor.BANK
_HAN: Final = re.compile("[一-鿿]{2}")
_FINE_ADDRESS: Final = re.compile("[0-9０-９一二三四五六七八九十](?:号|组|队|室|栋|幢|户|村民组|单元)")
_NO_ADDRESS: Final = K.NAME | K.ORG | K.OFFICIAL | K.AMOUNT | K.CODE | K.SEQ | K.ID | K.BANK | PHONES | K.BIRTH | K.AGE
_SENSITIVE: Final = Factor.AID | Factor.STUDENT_AID | Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY
_NEED_A_WORD: Final = frozenset({Kind.LONG, Kind.ID15, Kind.LETTERED, Kind.LANDLINE, Kind.EMAIL})
_MOST_EMPTY_ROWS: Final = 12  # how far down a merged name cell reaches


def people_and_more(kinds: int) -> bool:
    """Whether columns name documents or accounts, or people together with something of theirs."""
    return bool(kinds & IDENTIFYING or (kinds & K.NAME and kinds & OF_A_PERSON))


class TableReader:
    """Reads one table. ``document``: factors of the document; ``everything``: report supporting hits too."""

    def __init__(self, text: str, table: Table, spots: list[Spot], document: int, *, everything: bool) -> None:
        self.text, self.table, self.spots, self.document = text, table, spots, document
        self.everything = everything
        self.starts = [spot[0] for spot in spots]
        self.votes = votes.of(table, spots)
        self.names: dict[int, int] = {}  # group → rows since a name was seen in it

    def read(self) -> list[Subject]:
        if self.table.form:
            return self._read_form()
        return [subject for number in self._wanted() for subject in self._read_row(self.table.row(number))]

    def _read_form(self) -> list[Subject]:
        subject = Subject(start=self.table.start, end=self.table.end)
        for number in range(len(self.table.lines)):
            row = self.table.row(number)
            self._read_cells(subject, row, row.cells)
        return [self._finish(subject)] if subject.hits else []

    def _wanted(self) -> Iterable[int]:
        """Every line where the columns hold people's data; else only the lines with a candidate that is not a code."""
        table, kinds = self.table, self.table.kinds
        if self.everything or people_and_more(kinds) or (kinds & K.NAME and self.document & _SENSITIVE):
            return (number for number in range(len(table.lines)) if number not in table.headers)
        codes = {key for key, vote in self.votes.items() if vote & K.CODE}
        wanted: set[int] = set()
        for start, _, kind in self.spots:
            number = table.number_at(start)
            if kind in _NEED_A_WORD and not kinds:
                continue
            if number in table.headers or (
                codes and (id(table.columns(number)), table.row(number).col_at(start)) in codes
            ):
                continue
            wanted.add(number)
        return sorted(wanted)

    def _read_row(self, row: Row) -> list[Subject]:
        groups: dict[int, list[Cell]] = defaultdict(list)
        for cell in row.cells:
            groups[row.columns.group(cell.col)].append(cell)
        subjects = []
        for number, cells in groups.items():
            subject = Subject(start=cells[0].start, end=cells[-1].end)
            self._read_cells(subject, row, cells)
            if subject.hits:
                self._carry_name(number, subject, row)
                subjects.append(self._finish(subject))
        return subjects

    def _carry_name(self, group: int, subject: Subject, row: Row) -> None:
        """A merged name cell governs the rows below it, which have none of their own."""
        if any(hit.factor & Factor.NAME for hit in subject.hits):
            self.names[group] = 0
        elif group in self.names and self.names[group] < _MOST_EMPTY_ROWS and row.columns.all & K.NAME:
            self.names[group] += 1
            subject.facts |= Factor.NAME

    # --- cells ---------------------------------------------------------------------------------------------------

    def _read_cells(self, subject: Subject, row: Row, cells: list[Cell]) -> None:
        previous: Cell | None = None
        for cell in cells:
            if cell.text and not cell.text.isspace():
                kind, title = self._kind(row, cell, previous)
                self._read_cell(subject, cell, kind, title)
                previous = cell
        self._spread(subject, row)

    def _kind(self, row: Row, cell: Cell, left: Cell | None) -> tuple[int, str]:
        """By the column's header; in a form by the label to the left; by the votes where there is no header."""
        if self.table.form:
            kind = column_kind(left.text) if left else K.NONE
            return kind, left.text.strip() if left and kind else ""
        kind = row.columns.kind(cell.col)
        vote = self.votes.get((id(row.columns), cell.col), K.NONE)
        if vote == K.ID and not kind & K.ID:
            return K.ID, "inferred"
        if not kind and vote:
            return vote, "inferred"
        if not kind and left is not None and not row.columns.kinds:
            kind = column_kind(left.text)
            return kind, left.text.strip() if kind else ""
        return kind, row.columns.title(cell.col)

    def _read_cell(self, subject: Subject, cell: Cell, kind: int, title: str) -> None:
        self._remember(subject, cell, kind)
        found = self._numbers(subject, cell, kind)
        if kind & K.ID and not found:
            found += self._damaged(cell, sure=not kind & K.ID_OTHER)
        if kind & (K.BANK | K.ORG_ACCOUNT) and not found:
            found += self._accounts(cell)
        if kind & PHONES and not found:
            found += self._bare_phones(cell)
        for hit in found:
            self._judge(hit, subject, kind, title)
        if kind & K.NAME or self._beside_numbers(cell, found):
            found += self._names(cell)
        unnamed_address = not found and not kind & _NO_ADDRESS and _FINE_ADDRESS.search(cell.text)
        if unnamed_address or (kind & K.ADDRESS and not kind & K.ORG):
            found += homes(cell.text, cell.start, cell=True)
        if kind & K.BIRTH and subject.birth:
            found += self._birth_dates(cell, subject.birth)
        if kind & (K.QQ | K.WECHAT | K.EMAIL) or "QQ" in cell.text or "微信" in cell.text:
            found += self._messengers(cell, kind)
        subject.hits += resolve_overlaps(found) if len(found) > 1 else found

    def _numbers(self, subject: Subject, cell: Cell, kind: int) -> list[Found]:
        found = []
        at = bisect_left(self.starts, cell.start)
        while at < len(self.spots) and self.spots[at][0] < cell.end:
            start, end, what = self.spots[at]
            at += 1
            if end > cell.end:
                continue  # spread over neighbouring cells: see _spread
            hit = value_in_text(self.text, start, end, what, kind, subject)
            if hit is not None:
                found.append(hit)
        return resolve_overlaps(found) if len(found) > 1 else found

    def _spread(self, subject: Subject, row: Row) -> None:
        """Numbers whose digits are split over neighbouring cells."""
        at = bisect_left(self.starts, subject.start)
        while at < len(self.spots) and self.spots[at][0] < subject.end:
            start, end, what = self.spots[at]
            at += 1
            if "\t" in self.text[start:end] and end <= row.end:
                hit = value_in_text(self.text, start, end, what, K.NONE, subject)
                if hit is not None:
                    hit.signals.append("cells")
                    subject.hits = resolve_overlaps([*subject.hits, hit])

    def _judge(self, hit: Found, subject: Subject, kind: int, title: str) -> None:
        if title:
            hit.signals.append(f"column:{title}" if title == "inferred" else f"header:{title[:24]}")
        code = code_signal(self.text, hit, kind)
        if code:
            hit.signals.append(code)
            hit.factor = Factor.SAMPLE if code == "sample" else Factor.CODE
        elif hit.factor & (Factor.MOBILE | Factor.LANDLINE):
            self._judge_phone(hit, subject, kind)
        elif hit.factor & Factor.BANK and kind & K.ORG_ACCOUNT:
            hit.factor = Factor.ORG_ACCOUNT
        elif hit.entity == "RESIDENT_ID" and self._is_number_column(hit):
            hit.factor = Factor.CODE
            hit.signals.append("code:column")

    def _judge_phone(self, hit: Found, subject: Subject, kind: int) -> None:
        personal = kind & (K.MOBILE | K.PHONE) and not kind & K.OFFICIAL
        by_kind = kind & K.OFFICE_PHONE or hit.factor & Factor.LANDLINE or self.document & Factor.TENDER
        if by_kind and not personal:
            hit.factor = Factor.OFFICE_PHONE
        elif kind & K.OFFICIAL:
            subject.facts |= Factor.OFFICIAL

    def _is_number_column(self, hit: Found) -> bool:
        row = self.table.row(self.table.number_at(hit.start))
        return bool(self.votes.get((id(row.columns), row.col_at(hit.start)), 0) & K.CODE)

    def _damaged(self, cell: Cell, *, sure: bool) -> list[Found]:
        """Under an ID header, a number that is no ID any more; under 证件号码 only what Excel did to one."""
        match = _DAMAGED.search(cell.text.replace(" ", "")) or _EXPONENT.search(cell.text)
        if not match or not (sure or match[0].endswith("000") or "E" in match[0].upper()):
            return []
        lead = len(cell.text) - len(cell.text.lstrip())
        raw = cell.text.strip()
        exact = re.search(re.escape(match[0]), cell.text)
        start = cell.start + (exact.start() if exact else lead)
        return [values.damaged(self.text, start, start + (len(match[0]) if exact else len(raw)))]

    def _accounts(self, cell: Cell) -> list[Found]:
        match = re.search(r"\d[\d \u00a0\-]{10,30}\d", cell.text)
        hit = values.account(self.text, cell.start + match.start(), cell.start + match.end()) if match else None
        return [hit] if hit else []

    def _bare_phones(self, cell: Cell) -> list[Found]:
        """Seven or eight digits in a phone column: a landline without its area code."""
        found = []
        for match in _BARE_PHONE.finditer(cell.text):
            start, end = cell.start + match.start(), cell.start + match.end()
            found.append(Found(start, end, "LANDLINE", "landline.bare", Factor.LANDLINE, match[0], "header", 0.7))
        return found

    def _names(self, cell: Cell) -> list[Found]:
        spans = name_in_cell(cell.text)
        return [
            name_hit(self.text, cell.start + span.start, cell.start + span.end, span.score, "cell")
            for span in spans
            if not span.masked
        ]

    def _beside_numbers(self, cell: Cell, found: list[Found]) -> bool:
        """张三 3403… or 张三/139… in one cell, whatever its header says."""
        return bool(found) and any(hit.factor & _PERSONS_NUMBER for hit in found) and _HAN.search(cell.text) is not None

    def _birth_dates(self, cell: Cell, birth: date) -> list[Found]:
        lead = len(cell.text) - len(cell.text.lstrip())
        start, end = cell.start + lead, cell.start + lead + len(cell.text.strip())
        value = birth.isoformat()
        return [Found(start, end, "BIRTH_DATE", "birth_date", Factor.BIRTH_DATE, value, "header", 0.8)]

    def _messengers(self, cell: Cell, kind: int) -> list[Found]:
        found = [] if kind & K.WECHAT else messenger(self.text, cell.start, cell.end)
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
        if kind & K.SEX and cell.text.strip() in ("男", "女"):
            subject.sex = cell.text.strip()
        if kind & _ATTRIBUTES and not says_nothing(cell.text):
            subject.facts |= self._attributes(cell, kind)
        if kind & K.OFFICIAL and not kind & (K.NAME | PHONES):
            subject.facts |= Factor.OFFICIAL

    def _attributes(self, cell: Cell, kind: int) -> int:
        facts = attribute_factors(cell.text)
        if kind & K.HEALTH:
            facts |= Factor.HEALTH
        if kind & K.DISABILITY:
            facts |= Factor.DISABILITY
        if kind & K.FAMILY:
            facts |= Factor.FAMILY
        return facts

    def _remember_birth(self, subject: Subject, cell: Cell) -> None:
        read = read_date(cell.text)
        if isinstance(read, date):
            subject.birth = read
        elif isinstance(read, tuple):
            subject.birth_month = read
        elif isinstance(read, int):
            subject.birth_year = read

    def _finish(self, subject: Subject) -> Subject:
        """In a table of organisations the people are there for their office."""
        kinds = self.table.kinds
        if kinds & K.ORG and not kinds & (K.ID | K.BANK | K.FAMILY):
            subject.facts |= Factor.OFFICIAL
        return subject
