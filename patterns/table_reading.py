"""Tables: the header says what a column holds, the column's values vote, and a row ties the values to one person."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Final

from patterns import values, votes
from patterns.candidate_values import Spot, value_in_text
from patterns.candidates import Kind
from patterns.column_kinds import IDENTIFYING, OF_A_PERSON
from patterns.column_kinds import ColumnKind as K
from patterns.factors import Factor
from patterns.found import Found, Subject, resolve_overlaps
from patterns.headers import column_kind
from patterns.pupils import minors
from patterns.surroundings import organisation_account
from patterns.table_cells import LONGEST_CELL, CellReader, may_tell
from patterns.table_columns import Column, column
from patterns.tables import Columns, Table
from patterns.votes import Votes

_SENSITIVE: Final = Factor.AID | Factor.STUDENT_AID | Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY
# Candidates that mean nothing by themselves, and the columns that give them a meaning.
_NEEDED: Final[dict[int, int]] = {
    Kind.LONG: K.ID | K.BANK | K.ORG_ACCOUNT,
    Kind.ID15: K.ID,
    Kind.LETTERED: K.ID_OTHER | K.STUDENT_NO,
    Kind.LANDLINE: K.PHONE | K.MOBILE,
    Kind.EMAIL: K.EMAIL | K.NAME,
    Kind.PLATE: K.PLATE | K.NAME,
}
_OFTEN_DAMAGED: Final = 2  # damaged IDs of a column from which a valid one that ends like them is damaged too
_HOLDING_IDS: Final = K.STUDENT_NO | K.DISABILITY_NO  # headers that stay true when their values vote for IDs
_MOST_EMPTY_ROWS: Final = 12  # how far down a merged name cell reaches


def people_and_more(kinds: int) -> bool:
    """Whether columns name documents or accounts, or people together with something of theirs."""
    beside = OF_A_PERSON if kinds & K.NAME else OF_A_PERSON & ~K.BIRTH
    return bool(kinds & IDENTIFYING or (kinds & (K.NAME | K.BIRTH) and kinds & beside))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of the columns before any row is read: header and votes together."""

    columns: tuple[Column, ...]  # as many as its header and the first row have; cells further right are under none


_end: Final = itemgetter(1)
_NO_SPOTS: Final[list[Spot]] = []
_NO_COLUMN: Final = column(K.NONE, "")


def _labelled(label: str, what: Column) -> Column:
    """The column of a cell that the cell to its left names, if that is a label."""
    kind = column_kind(label)
    return column(kind, what.title or label, code=what.code) if kind else what


class TableReader:
    """Reads one table. ``document``: factors of the document; ``everything``: report supporting hits too."""

    def __init__(self, text: str, table: Table, spots: list[Spot], document: int, *, everything: bool) -> None:
        self.text, self.table, self.spots, self.document = text, table, spots, document
        self.everything = everything
        self.starts = [spot[0] for spot in spots]
        self.plans: dict[int, Plan] = {}
        self.cells = CellReader(text, document)
        self.offices = bool(table.kinds & K.ORG and not table.kinds & (K.ID | K.BANK | K.FAMILY))
        self.names: dict[int, int] = {}  # group → rows since a name was seen in it

    @cached_property
    def votes(self) -> Votes:
        """Asked for only where they may say something: of most tables without people the headers say enough."""
        return votes.of_numbers(self.table, self.spots)

    @cached_property
    def word_votes(self) -> Votes:
        """Asked for when a row is read."""
        return votes.of_words(self.table, self.spots)

    def read(self) -> list[Subject]:
        if self.table.form:
            return self._read_form()
        if self.table.lying:
            return self._read_lying()
        subjects = [subject for number in self._wanted() for subject in self._read_row(number)]
        self._damage_the_lucky(subjects)
        return self._with_one_form(subjects) if self.table.form_lines else subjects

    def _with_one_form(self, subjects: list[Subject]) -> list[Subject]:
        """What the lines of labels and values say is one person's, as in a form without a table in it."""
        form, others = Subject(start=self.table.start, end=self.table.end), list[Subject]()
        for subject in subjects:
            if self.table.number_at(subject.start) not in self.table.form_lines:
                others.append(subject)
                continue
            form.hits += subject.hits
            form.facts |= subject.facts
            form.birth, form.birth_month = form.birth or subject.birth, form.birth_month or subject.birth_month
            form.birth_year, form.sex = form.birth_year or subject.birth_year, form.sex or subject.sex
            form.age = subject.age if form.age is None else form.age
        return [form, *others] if form.hits else others

    def _damage_the_lucky(self, subjects: list[Subject]) -> None:
        """Where a spreadsheet made a column's IDs end in 000, one in eleven still has a right check digit by chance."""
        damaged = Counter(self._col(hit) for s in subjects for hit in s.hits if hit.factor & Factor.ID_DAMAGED)
        if not damaged:
            return
        for subject in subjects:
            for hit in subject.having(Factor.ID):
                if hit.value.endswith("000") and damaged[self._col(hit)] >= _OFTEN_DAMAGED:
                    values.damage(hit)

    def _col(self, hit: Found) -> int:
        return self.table.col_at(self.table.number_at(hit.start), hit.start)

    def _wanted(self) -> Iterable[int]:
        """Every line where the columns hold people's data; else only the lines with a candidate that is not a code."""
        table, kinds = self.table, self.table.kinds
        if votes.may_name_ids(self.spots):
            for vote in self.votes.values():
                kinds |= vote & K.ID
        if self.everything or people_and_more(kinds) or (kinds & K.NAME and self.document & _SENSITIVE):
            held = {table.number_at(start) for start, _, kind in self.spots if kind not in _NEEDED}
            return [number for number in range(len(table.lines)) if number not in table.headers or number in held]
        telling = [spot for spot in self.spots if spot[2] not in _NEEDED or kinds & _NEEDED[spot[2]]]
        codes = {key for key, vote in self.votes.items() if vote & K.CODE} if telling else set()
        wanted: set[int] = set()
        for start, _, kind in telling:
            number = table.number_at(start)
            if number in wanted or (kind in _NEEDED and number in table.headers):
                continue
            if not codes or (id(table.columns(number)), table.col_at(number, start)) not in codes:
                wanted.add(number)
        return sorted(wanted | table.form_lines)

    def _plan(self, columns: Columns, width: int) -> Plan:
        plan = self.plans.get(id(columns))
        if plan is None or (len(plan.columns) < width and not columns.kinds):
            plan = self.plans[id(columns)] = self._make_plan(columns, width)
        return plan

    def _make_plan(self, columns: Columns, width: int) -> Plan:
        width = max(width, len(columns.kinds))
        return Plan(tuple(self._column(columns, col) for col in range(width)))

    def _column(self, columns: Columns, col: int) -> Column:
        """What header and votes together say; values outvote a header that says something else than IDs."""
        kind, title = columns.kind(col), columns.title(col)
        vote = self.votes.get((id(columns), col), 0)
        if not vote and not kind:
            vote = self.word_votes.get((id(columns), col), 0)
        if vote & K.CODE:
            return column(kind, title, code=True)
        if vote and (not kind or (vote == K.ID and not kind & K.ID)):
            kind, title = (kind | vote, title) if kind & _HOLDING_IDS else (vote, "inferred")
        elif not kind and title and votes.says_anything(title):
            kind = K.REMARK
        return column(kind, title)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _read_row(self, number: int) -> list[Subject]:
        line, start, columns = self.table.lines[number], self.table.starts[number], self.table.columns(number)
        end, parts = start + len(line), line.split("\t")
        subjects: dict[int, Subject] = {}
        for at, col, text, what, spots in self._worth_reading(start, end, parts, columns):
            group = columns.group(col) if columns.period else 0
            subject = subjects.get(group)
            if subject is None:
                subject = subjects[group] = Subject(start=start, end=end)
            stop = at + len(text)
            if not spots or max(map(_end, spots)) <= stop:
                self.cells.read(subject, at, text, what, spots)
            else:
                self.cells.read(subject, at, text, what, [spot for spot in spots if spot[1] <= stop])
                self._spread(subject, spots, stop, end)
        if subjects:
            self._complete(subjects, columns, parts)
        return [subject for subject in subjects.values() if subject.hits]

    def _worth_reading(
        self, at: int, end: int, parts: list[str], columns: Columns
    ) -> Iterator[tuple[int, int, str, Column, list[Spot]]]:
        """The cells of the row at ``at``…``end`` that hold candidates, or that are read without: where each begins, its
        column and text, what the column is, and its candidates."""
        plan = self._plan(columns, len(parts)).columns
        if len(plan) < len(parts):
            plan += (_NO_COLUMN,) * (len(parts) - len(plan))
        first = bisect_left(self.starts, at)
        spots = self.spots[first : bisect_left(self.starts, end, first)]
        left, labels = "", not columns.kinds
        passed, count = 0, len(spots)
        for col, (text, what) in enumerate(zip(parts, plan, strict=False)):
            stop = at + len(text)
            here = _NO_SPOTS
            if passed < count and spots[passed][0] < stop:
                first = passed
                while passed < count and spots[passed][0] < stop:
                    passed += 1
                here = spots[first:passed]
            if labels:
                what = _labelled(left, what) if left and not what.kind else what
                left = text.strip() or left
            if text and (here or what.read or (what.may_tell and may_tell(text))) and stop - at <= LONGEST_CELL:
                yield at, col, text, what, here
            at = stop + 1

    def _complete(self, subjects: dict[int, Subject], columns: Columns, parts: list[str]) -> None:
        """What the row's people have from its columns and from the rows above."""
        young = minors(columns, parts)
        for group, subject in subjects.items():
            if subject.hits:
                if young and subject.age is None and subject.birth is None and not any(subject.having(Factor.ID)):
                    subject.facts |= young
                self._carry_name(group, subject, columns)
                self._in_office(subject)
                self._of_organisation(subject, columns)

    def _spread(self, subject: Subject, spots: list[Spot], cell_end: int, row_end: int) -> None:
        """Numbers that begin in a cell and whose digits go on in the next ones."""
        for start, end, what in spots:
            if cell_end < end <= row_end:
                hit = value_in_text(self.text, start, end, what, K.NONE, subject)
                if hit is not None:
                    hit.signals.append("cells")
                    subject.hits = resolve_overlaps([*subject.hits, hit])

    def _carry_name(self, group: int, subject: Subject, columns: Columns) -> None:
        """A merged name cell governs the rows below it, which have none of their own."""
        for hit in subject.hits:
            if hit.factor & Factor.NAME:
                self.names[group] = 0
                return
        if self.names.get(group, _MOST_EMPTY_ROWS) < _MOST_EMPTY_ROWS and columns.all & K.NAME:
            self.names[group] += 1
            subject.facts |= Factor.NAME

    def _in_office(self, subject: Subject) -> None:
        """In a table of organisations the people are there for their office."""
        if self.offices:
            subject.facts |= Factor.OFFICIAL

    def _of_organisation(self, subject: Subject, columns: Columns) -> None:
        """The account of a company in a list of companies: nobody has a name, a company before the account does."""
        for hit in subject.having(Factor.BANK):
            if columns.all & K.NAME or any(subject.having(Factor.NAME | Factor.ID)):
                return
            if organisation_account(self.text, hit.start, subject.start):
                hit.factor = Factor.ORG_ACCOUNT
                hit.signals.append("organisation")

    def _read_lying(self) -> list[Subject]:
        """A line holds what its label says, a column is a person."""
        people: dict[int, Subject] = {}
        for number, kind in enumerate(self.table.lying):
            label, *cells = self.table.row(number).cells
            for cell in cells:
                subject = people.setdefault(cell.col, Subject(start=self.table.start, end=self.table.end))
                here = self.spots[bisect_left(self.starts, cell.start) : bisect_left(self.starts, cell.end)]
                if cell.text.strip():
                    what = column(kind, label.text.strip() if kind else "")
                    self.cells.read(subject, cell.start, cell.text, what, here)
        for subject in people.values():
            self._in_office(subject)
        return [subject for subject in people.values() if subject.hits]

    def _read_form(self) -> list[Subject]:
        """Labels stand to the left of their values; the table is one person's until its first label comes again."""
        subjects = [Subject(start=self.table.start, end=self.table.end)]
        again = self.table.lines[0].partition("\t")[0].strip()
        again = again if column_kind(again) & K.NAME else ""
        for number in range(len(self.table.lines)):
            left = ""
            if number and again and self.table.lines[number].partition("\t")[0].strip() == again:
                subjects.append(Subject(start=self.table.start, end=self.table.end))
            subject = subjects[-1]
            row = self.table.row(number)
            for cell in row.cells:
                if cell.text.strip():
                    kind = column_kind(left) if left else 0
                    first, last = bisect_left(self.starts, cell.start), bisect_left(self.starts, cell.end)
                    what = column(kind, left.strip() if kind else "")
                    inside = [spot for spot in self.spots[first:last] if spot[1] <= cell.end]
                    self.cells.read(subject, cell.start, cell.text, what, inside)
                    self._spread(subject, self.spots[first:last], cell.end, row.end)
                    left = cell.text
        for subject in subjects:
            self._in_office(subject)
        return [subject for subject in subjects if subject.hits]
