"""One record read closely: its tables, its running text, its lists; then what the severity table says of each hit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from patterns import flattened, illness, loose, prose, tables, third_parties
from patterns.candidate_values import Spot
from patterns.column_kinds import ColumnKind
from patterns.context import DocumentContext
from patterns.factors import Factor
from patterns.found import Found, Subject, resolve_overlaps
from patterns.levels import judged, raise_by_volume
from patterns.markings import INTERNAL, NOT_PUBLIC, SECRET, TRADE_SECRET, find_markings
from patterns.name_shapes import surname_length
from patterns.person_name import Span, all_names, names_in_list
from patterns.publicity import is_weekday, publicity_period
from patterns.schema import Severity
from patterns.sentences import subject_span
from patterns.severity import judge
from patterns.table_cells import LONGEST_CELL
from patterns.table_reading import TableReader, people_and_more
from patterns.whose_name import name_hit

_STATE: Final = Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY
_SENSITIVE_LIST: Final = _STATE | Factor.AID | Factor.STUDENT_AID


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a record beside its text."""

    context: DocumentContext  # of its title, section and head
    sheets: Sequence[tuple[int, int]]  # spans of the text that are sheets, in code points
    published: date | None
    today: date
    everything: bool = False  # report supporting hits too
    marked: bool = True  # may hold a mark against publication
    ill: bool = True  # may name an illness as somebody's
    home: bool = True  # may say where somebody lives, or a card's number behind its word
    is_workday: Callable[[date], bool] = is_weekday
    photos: Sequence[tuple[int, int]] = ()  # spans of the text that say: this picture shows an ID card

    @property
    def document(self) -> int:
        return self.context.factors

    @property
    def on(self) -> date:
        """The day ages count at."""
        return self.published or self.today


def read(text: str, spots: list[Spot], setting: Setting) -> list[Found]:
    """The hits of one record in order of start; supporting ones only with ``everything``."""
    text = flattened.restored(text)
    subjects = _subjects(text, spots, setting)
    hits: list[Found] = []
    if subjects:
        hits = judged(subjects, setting.document | _period(text, setting), setting.context.minors, setting.on)
    if setting.photos:
        hits = sorted([*hits, *(_photo(*span, hits) for span in setting.photos)], key=lambda hit: (hit.start, -hit.end))
    raise_by_volume(hits)
    if setting.marked:
        hits = _with_marks(text, hits)
    if setting.everything:
        return _with_all_names(text, hits)
    return [hit for hit in hits if hit.severity > Severity.SUPPORTING]


def _subjects(text: str, spots: list[Spot], setting: Setting) -> list[Subject]:
    subjects: list[Subject] = []
    outside: list[Spot] = []
    starts = [spot[0] for spot in spots]
    at = 0
    columns = tables.NO_COLUMNS
    for start, end in _table_spans(text, setting.sheets):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        outside += spots[at:first]
        at = last
        table = tables.parse(text, start, end, columns)
        inside, between = _by_cells(text, table, spots[first:last])
        outside += between
        columns = table.last_columns
        if inside or table.kinds & ColumnKind.NAME or people_and_more(table.kinds):
            reader = TableReader(text, table, inside, setting.document, everything=setting.everything)
            subjects += reader.read()
    outside += spots[at:]
    subjects += prose.read(text, outside, setting.document, everything=setting.everything)
    if setting.document & _SENSITIVE_LIST or setting.context.minors:
        subjects += _listed(text, subjects, setting)
    of_people = bool((setting.document | setting.context.states) & _SENSITIVE_LIST)
    if setting.home or setting.ill or setting.everything:
        subjects += loose.read_homes(text, subjects)
        subjects += loose.read_cards(text, subjects)
    if setting.ill or of_people:
        subjects += illness.read(text, subjects, of_people=of_people)
    if setting.document & Factor.PENALTY:
        subjects += third_parties.read(text, subjects)
    if setting.everything:
        subjects += loose.read_messengers(text, subjects)
    return subjects


def _by_cells(text: str, table: tables.Table, spots: list[Spot]) -> tuple[list[Spot], list[Spot]]:
    """Of the spots of a table those in a cell, and the others."""
    if _of_short_lines(text, table):
        inside = [spot for spot in spots if text.find("\n", spot[0], spot[1]) < 0]
    else:
        inside = [spot for spot in spots if _in_a_cell(text, spot)]
    if len(inside) == len(spots):
        return inside, []
    held = set(inside)
    return inside, [spot for spot in spots if spot not in held]


def _of_short_lines(text: str, table: tables.Table) -> bool:
    """Whether a table is made of whole lines, each so short that all its cells are: nearly every one."""
    whole = text[table.start - 1 : table.start] in ("", "\n") and text[table.end : table.end + 1] in ("", "\n")
    return whole and max(map(len, table.lines)) < LONGEST_CELL


def _in_a_cell(text: str, spot: Spot) -> bool:
    """Not a number over a line break, nor one in an article that a layout table made a cell."""
    start, end, _ = spot
    if text.find("\n", start, end) >= 0:
        return False
    floor = max(0, start - LONGEST_CELL)  # a cell's edge that is further away makes it too long
    left = text.rfind("\t", floor, start)
    left = max(left, text.rfind("\n", max(left, floor), start))
    if left < 0 and floor:
        return False
    most = left + LONGEST_CELL  # where a cell must end
    return len(text) <= most or text.find("\t", end, most + 1) >= 0 or text.find("\n", end, most + 1) >= 0


def _table_spans(text: str, sheets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    if not sheets and "\t" not in text:
        return []
    return list(tables.find(text, sheets))


def _listed(text: str, subjects: list[Subject], setting: Setting) -> list[Subject]:
    """Names, with their homes, in a document whose title says what its people have in common: of running lists; all of
    them where it is an illness, a disability, or children."""
    taken = sorted((subject.start, subject.end) for subject in subjects)
    starts = [start for start, _ in taken]
    every = setting.document & _STATE or setting.context.minors
    more: dict[tuple[int, int], Subject] = {}
    for span in _outside_tables(text, all_names if every else names_in_list):
        before = bisect_right(starts, span.start) - 1
        if span.masked or (before >= 0 and span.start < taken[before][1]):
            continue
        hit = name_hit(text, span.start, span.end, span.score, span.how)
        around = subject_span(text, span.start, span.end) if every else (span.start, span.end)
        more.setdefault(around, Subject(start=around[0], end=around[1])).hits.append(hit)
    for (start, end), subject in more.items():
        subject.hits = (
            resolve_overlaps([*subject.hits, *prose.homes(text[start:end], start)]) if every else subject.hits
        )
    return list(more.values())


# Three short pieces in a row, parted alike, two of them beginning as names do: most texts hold no such thing. Or three
# numbered ones or four parted by blanks, which may be padded: 1. 李　明.
_PIECES: Final = re.compile(
    r"[一-鿿·]{2,9}(?:[、，,;；/| \u3000]{1,6}(?:\d{1,3}[.、．])?[一-鿿·]{1,4}(?![一-鿿·])){2}"
    r"|^(?:[一-鿿]{2,3}[ \u3000]*\n){3}"
    r"|(?:(?<!\d)[（(]?\d{1,3}[.、．)）][ \u3000]*+[一-鿿·]{1,4}(?:[ \u3000]{1,4}[一-鿿]{1,2})?(?![一-鿿])"
    r"[、，,;；\s]*+){3}"
    r"|[一-鿿]{1,3}(?:[ \u3000]{1,6}[一-鿿]{1,3}){3}(?![一-鿿])",
    re.MULTILINE,
)
_HAN: Final = re.compile("[一-鿿·]+")


_ANNOUNCED: Final = re.compile("名单|名册|名录|如下|分别[为是]|公示|人：|生：|户：|员：")


def _may_list_names(text: str) -> bool:
    """A cheap look before the careful one."""
    if _ANNOUNCED.search(text) is None:
        return False
    return any(
        sum(surname_length(piece) > 0 for piece in _HAN.findall(match[0])) >= 2 for match in _PIECES.finditer(text)
    )


def _outside_tables(text: str, names: Callable[[str], list[Span]]) -> Iterator[Span]:
    """Names of the running text; tables have been read as tables."""
    at = 0
    for start, end in [*tables.find(text, []), (len(text), len(text))]:
        part = text[at:start]
        for span in names(part) if names is all_names or _may_list_names(part) else ():
            yield replace(span, start=span.start + at, end=span.end + at)
        at = end


def _period(text: str, setting: Setting) -> int:
    """Whether the notice's publicity period is over on the day of the scan."""
    if not setting.document & (Factor.AID | Factor.STUDENT_AID | Factor.RECRUIT):
        return 0
    period = publicity_period(text, setting.published, is_workday=setting.is_workday)
    if period is None:
        return 0
    return Factor.PERIOD_OVER if period.over(setting.today) else Factor.IN_PERIOD


def _photo(start: int, end: int, hits: list[Found]) -> Found:
    """An ID card's picture: a leak even where its number cannot be read. Whose it is, the first number in it tells."""
    number = next((hit.value for hit in hits if hit.factor & Factor.ID), "")
    rule_id = "id_card.photo"
    hit = Found(start, end, "ID_PHOTO", rule_id, Factor.ID_PHOTO, number or rule_id, "place", 0.9)
    verdict = judge(hit.factor)[hit.factor]
    hit.severity, hit.severity_rule = verdict.level, verdict.rule
    return hit


_MARKS: Final = {
    SECRET: ("SECRET_MARK", Factor.SECRET_MARK),
    INTERNAL: ("INTERNAL_MARK", Factor.INTERNAL_MARK),
    NOT_PUBLIC: ("INTERNAL_MARK", Factor.INTERNAL_MARK),
    TRADE_SECRET: ("TRADE_SECRET_MARK", Factor.INTERNAL_MARK),
}


def _with_marks(text: str, hits: list[Found]) -> list[Found]:
    """Marks of secrecy or against publication. A secret's text is not kept, not even as a fingerprint."""
    for mark in find_markings(text):
        entity, factor = _MARKS[mark.kind]
        value = "" if factor == Factor.SECRET_MARK else text[mark.start : mark.end]
        hit = Found(
            mark.start, mark.end, entity, f"marking.{mark.kind}", factor, value, "place", 0.9, [f"mark:{mark.kind}"]
        )
        verdict = judge(factor)[factor]
        hit.severity, hit.severity_rule = verdict.level, verdict.rule
        hits.append(hit)
    return sorted(hits, key=lambda hit: (hit.start, -hit.end))


def _with_all_names(text: str, hits: list[Found]) -> list[Found]:
    """For ``--all``: every name of the text, also in plain sentences."""
    known = {(hit.start, hit.end) for hit in hits}
    starts = sorted(known)
    for span in all_names(text):
        at = bisect_left(starts, (span.start, span.end))
        overlaps = any(start < span.end and span.start < end for start, end in starts[max(0, at - 2) : at + 2])
        if not span.masked and not overlaps:
            hit = name_hit(text, span.start, span.end, span.score, span.how)
            hit.severity_rule = "name_alone"
            hits.append(hit)
    return sorted(hits, key=lambda hit: (hit.start, -hit.end))
