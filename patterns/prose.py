"""Running text: what the words around a number make of it, and whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

from patterns import address
from patterns.attributes import attribute_factors
from patterns.candidate_values import Spot, value_in_text
from patterns.candidates import Kind
from patterns.column_kinds import ColumnKind as K
from patterns.column_kinds import kind_names
from patterns.dates import read_date
from patterns.factors import Factor
from patterns.found import Found, Subject, resolve_overlaps
from patterns.labels import label_kind
from patterns.sentences import subject_span
from patterns.surroundings import code_signal, office_nearby, organisation_account
from patterns.whose_name import (
    called_privately,
    name_above,
    name_in_form,
    name_of_form,
    names_beside,
    names_written_apart,
)
from patterns.worded import worded

LABEL_WINDOW: Final = 40
HOME_WORD: Final = re.compile(
    r"住[ \u3000\u00a0]*址|家庭[^，。]{0,3}地址|收货[^，。]{0,3}地址|收件[^，。]{0,3}地址|邮寄[^，。]{0,3}地址"
    "|家住|现住|租住|借住|寄住|暂住|户住|住在|住于|住所|户籍|居住|，住(?![宿房院建户持校])"
)
_NOT_IN_OFFICE: Final = (
    Factor.ID | Factor.ID_MASKED | Factor.ID_DAMAGED | Factor.BANK | Factor.DISABILITY_NO | Factor.STUDENT_NO
)  # fmt: skip
_HOME_REACH: Final = 20
_MOST_BESIDE: Final = 40  # values of one sentence beside which names are looked for
_STRONG: Final = frozenset({Kind.ID18, Kind.ID_WRAPPED, Kind.MOBILE, Kind.BANK, Kind.MASKED, Kind.MILITARY})
_EXPLAINED: Final = 16  # characters before a value in which a label explains it
_EXPLAINING: Final = K.ID | K.BANK | K.ID_OTHER | K.STUDENT_NO | K.DISABILITY_NO | K.MOBILE | K.PHONE | K.PLATE
_SURE: Final = 0.55  # label_kind's weight from which a label decides
PERSONAL: Final = K.MOBILE | K.PHONE
_IDENTIFYING: Final = (
    Factor.ID | Factor.ID_MASKED_10 | Factor.ID_MASKED_100 | Factor.ID_MASKED_1000 | Factor.BANK | Factor.MOBILE
    | Factor.DISABILITY_NO | Factor.STUDENT_NO | Factor.OTHER_DOC | Factor.ADDRESS | Factor.ID_DAMAGED | Factor.LANDLINE
    | Factor.ID_MASKED | Factor.MOBILE_MASKED | Factor.EMAIL_IM | Factor.PLATE
)  # fmt: skip


def read(text: str, spots: list[Spot], document: int, *, everything: bool) -> list[Subject]:
    """Subjects of the candidates that stand outside tables; ``spots`` in order of start."""
    subjects: list[Subject] = []
    for span, members in _by_subject(text, spots, everything):
        subject = _subject(text, span, members, document, everything)
        if subject.hits:
            subjects.append(subject)
    return subjects


def _by_subject(text: str, spots: list[Spot], everything: bool) -> list[tuple[tuple[int, int], list[Spot]]]:
    """The spots of each sentence. A spot that means nothing by itself opens no sentence unless a label explains it."""
    groups: list[tuple[tuple[int, int], list[Spot]]] = []
    weak: list[Spot] = []
    for spot in spots:
        if groups and spot[0] < groups[-1][0][1]:
            groups[-1][1].append(spot)
        elif everything or spot[2] in _STRONG or _explained(text[max(0, spot[0] - _EXPLAINED) : spot[0]]):
            span = subject_span(text, spot[0], spot[1])
            groups.append((span, [other for other in weak if other[0] >= span[0]] + [spot]))
            weak = []
        else:
            weak.append(spot)
    return groups


@lru_cache(maxsize=8192)
def _explained(before: str) -> bool:
    kind, weight = label_kind(before)
    return weight >= _SURE and bool(kind & _EXPLAINING)


def _subject(text: str, span: tuple[int, int], spots: list[Spot], document: int, everything: bool) -> Subject:
    subject = Subject(start=span[0], end=span[1])
    if not everything and _only_offices(text, span, spots, document):
        return subject
    for start, end, kind in spots:
        label = _sure_label(text, start, span[0])
        if not everything and _office_phone(text, start, kind, label, document):
            subject.facts |= Factor.OFFICE_PHONE
            continue
        found = value_in_text(text, start, end, kind, label, subject)
        if found is not None:
            if label & K.OFFICIAL:
                subject.facts |= Factor.OFFICIAL
            _judge_by_words(found, text, label, document, subject)
            subject.hits.append(found)
    subject.hits = resolve_overlaps(subject.hits)
    if subject.hits:
        _complete(subject, text, everything)
    return subject


def _only_offices(text: str, span: tuple[int, int], spots: list[Spot], document: int) -> bool:
    """Whether all that could stand by itself in a sentence are phones of offices: the sentence of most pages."""
    strong = [spot for spot in spots if spot[2] in _STRONG]
    return bool(strong) and all(
        kind == Kind.MOBILE and _office_phone(text, start, kind, _sure_label(text, start, span[0]), document)
        for start, _, kind in strong
    )


def _sure_label(text: str, start: int, floor: int) -> int:
    label, weight = _label(text, start, floor)
    return label if weight >= _SURE else label & K.OFFICIAL


def _office_phone(text: str, start: int, kind: int, label: int, document: int) -> bool:
    """A phone that is an office's whatever else stands beside it: most are, and nothing more is asked of them."""
    if kind not in (Kind.MOBILE, Kind.LANDLINE):
        return False
    if label & K.OFFICE_PHONE:
        return True
    return not label & PERSONAL and bool(
        kind == Kind.LANDLINE or document & Factor.TENDER or office_nearby(text, start)
    )


def _label(text: str, start: int, floor: int) -> tuple[int, float]:
    """The label before a value; one that ends the line above counts when nothing stands between."""
    before = text[max(floor, start - LABEL_WINDOW) : start]
    if not before.strip():
        above = text[max(0, start - LABEL_WINDOW) : start].rstrip()
        if above.endswith(("：", ":")):
            before = above
    return label_kind(before)


def _judge_by_words(found: Found, text: str, label: int, document: int, subject: Subject) -> None:
    """Turns a value into what its surroundings say: an office's phone, an organisation's account, part of a code."""
    if label:
        found.signals.append(_label_signal(label))
        found.score = min(1.0, found.score + 0.05)
    code = code_signal(text, found, label)
    if code:
        found.signals.append(code)
        found.factor = Factor.SAMPLE if code == "sample" else Factor.CODE
    elif found.factor & (Factor.MOBILE | Factor.LANDLINE):
        _judge_phone(found, text, label, document, subject)
    elif found.factor & Factor.BANK and (label & K.ORG_ACCOUNT or _of_organisation(text, found.start, subject)):
        found.factor = Factor.ORG_ACCOUNT
        found.signals.append("organisation")


@cache
def _label_signal(label: int) -> str:
    return f"label:{kind_names(label)}"


_NAMED: Final = re.compile(r"姓[ \u3000]*名[ \u3000]*[：:]")


def _of_organisation(text: str, start: int, subject: Subject) -> bool:
    """Where a person is told of before an account, an organisation named still further before is not its holder."""
    people = [hit.start for hit in subject.hits if hit.factor & Factor.ID and hit.start < start]
    people += [match.start() for match in _NAMED.finditer(text, subject.start, start)]
    return organisation_account(text, start, min(people, default=0))


def _judge_phone(found: Found, text: str, label: int, document: int, subject: Subject) -> None:
    """An office's by its label or document; a landline is an office's unless its label says home or parents."""
    kind = Kind.MOBILE if found.factor & Factor.MOBILE else Kind.LANDLINE
    if _office_phone(text, found.start, kind, label, document):
        found.factor = Factor.OFFICE_PHONE
        found.signals.append("office")
    elif label & K.PHONE_NEUTRAL and not document & (Factor.AID | Factor.STUDENT_AID) and not _asked(text, found):
        subject.facts |= Factor.OFFICIAL


# Who wrote to an office, or what an answer says to them: the telephone beside it is theirs.
_ASKING: Final = re.compile(
    "(?:来[信访电]|信访|上访|反映|投诉|举报|举报反映|留言|提问|咨询|诉求|申请|求助|报修|发帖|写信)人|[您你](?:所)?(?:反映|咨询|提出|来[信电])"
    "|[您你]的(?:联系)?(?:电话|手机|号码|来[信电]|留言|诉求|问题)"
)
_ASKING_REACH: Final = 40


def _asked(text: str, found: Found) -> bool:
    return _ASKING.search(text, max(0, found.start - _ASKING_REACH), found.end + _ASKING_REACH) is not None


def _complete(subject: Subject, text: str, everything: bool) -> None:
    """The names, addresses and attributes around the values of a subject."""
    window = text[subject.start : subject.end]
    identifying = list(subject.having(_IDENTIFYING))
    if any(hit.factor & _NOT_IN_OFFICE for hit in subject.hits):
        subject.facts &= ~Factor.OFFICIAL  # 联系电话 beside an ID number is the person's own
    _tell_masks(text, subject)
    if HOME_WORD.search(window) or (identifying and "址" in window):
        add(subject, homes(window, subject.start, neutral=bool(identifying)))
        if HOME_WORD.search(window) and any(subject.having(Factor.ADDRESS)):
            subject.facts &= ~Factor.OFFICIAL  # nor is the telephone beside where somebody lives
    elif identifying and _A_HOME.search(window):
        add(subject, [hit for hit in homes(window, subject.start, neutral=True) if _in_a_list(text, hit)])
    if identifying or everything:
        add(subject, names_beside(text, subject, identifying[:_MOST_BESIDE]))
        add(subject, names_written_apart(text, subject))
        if identifying and not any(subject.having(Factor.NAME)):
            add(subject, name_above(text, identifying[0]) or name_of_form(text, subject.start, identifying[0].start))
        add(subject, name_in_form(text, subject.start, subject.end))
        add(subject, worded(text, subject.start, subject.end))
        if subject.facts & Factor.OFFICIAL and (_own_phone(text, subject) or _of_a_person(window)):
            subject.facts &= ~Factor.OFFICIAL
    if any(hit.factor & Factor.NAME for hit in subject.hits) or identifying:
        subject.facts |= attribute_factors(window)


# 某某，柳树镇东街村三组12号，139…: a home needs no word beside a number of its person, where it stands between commas.
_A_HOME: Final = re.compile(r"(?:[组号室栋幢]|单元\d{1,4})\s?[，,、]")
_MARKS: Final = ("，", ",", "、")


def _in_a_list(text: str, hit: Found) -> bool:
    before, behind = text[max(0, hit.start - 2) : hit.start].rstrip(), text[hit.end : hit.end + 2].lstrip()
    return before.endswith(_MARKS) and behind.startswith(_MARKS)


def _of_a_person(form: str) -> bool:
    """Whether a form asks for what somebody is, and for no post of theirs."""
    return _PERSONAL_LABEL.search(form) is not None and _POST.search(form) is None


_PERSONAL_LABEL: Final = re.compile(r"(?:性 {0,2}别|民 {0,2}族|出生[^：:，；]{0,4}|年 {0,2}龄|籍 {0,2}贯)[：:]")
_POST: Final = re.compile("职 {0,2}[务称位]|岗 {0,2}位|执业|机构|科 {0,2}室|单 {0,2}位")


def _own_phone(text: str, subject: Subject) -> bool:
    """Whether a telephone follows somebody who is called what a private person is: 低保户某某，电话…"""
    names = sorted(subject.having(Factor.NAME), key=_start)
    for phone in subject.having(Factor.MOBILE | Factor.LANDLINE):
        before = names[: bisect_left(names, phone.start, key=_start)][-1:] or names[:1]
        if before and called_privately(text, before[0]):
            return not _label(text, phone.start, subject.start)[0] & K.OFFICIAL
    return False


_start: Final = attrgetter("start")
_BORN: Final = re.compile(
    r"(\d{4}[年./\-]\d{1,2}(?:[月./\-](?:\d{1,2}日?)?)?)[^，。;；、]{0,2}生|生[于日][^\d]{0,3}(\d{4}\D\d{1,2}\D\d{1,2})"
)
_YEARS_OLD: Final = re.compile(r"(?<!\d)(\d{1,3})\s*[周岁]")
_SEX: Final = re.compile("[，,（( ]([男女])[，,）) ]")
_BEHIND_A_MASK: Final = 16


def _tell_masks(text: str, subject: Subject) -> None:
    """What stands beside each masked number: from the end of the number before it to a few words behind."""
    floor = subject.start
    for hit in subject.hits:
        if hit.factor & Factor.ID_MASKED:
            hit.near = Subject()
            tell(hit.near, text[floor : hit.start] + "，" + text[hit.end : hit.end + _BEHIND_A_MASK].split("、")[0])
            floor = hit.end


def tell(subject: Subject, text: str) -> None:
    """Birth, age and sex as a sentence says them: 1969年9月1日出生, 46岁, 女."""
    born = _BORN.search(text)
    read = read_date(born[1] or born[2]) if born else None
    if isinstance(read, date):
        subject.birth = read
    elif isinstance(read, tuple):
        subject.birth_month = read
    age = _YEARS_OLD.search(text)
    subject.age = int(age[1]) if age else None
    sex = _SEX.search(text)
    subject.sex = sex[1] if sex else ""


def add(subject: Subject, more: Iterable[Found]) -> None:
    subject.hits = resolve_overlaps([*subject.hits, *more])


def homes(text: str, offset: int, *, cell: bool = False, neutral: bool = False) -> list[Found]:
    """Home addresses in a text that begins at ``offset`` of the record.

    An office's are left out; so is one in running text that only the neutral word 地址 announces, unless ``neutral``:
    then somebody is identified beside it.
    """
    found = []
    for start, end in address.find(text, cell=cell):
        kind = address.kind(text, start, end)
        called_home = HOME_WORD.search(text[max(0, start - _HOME_REACH) : start]) is not None
        if kind != "office" and (cell or called_home or (neutral and kind == "home")):
            found.append(address_hit(text[start:end], offset + start))
    return found


def address_hit(raw: str, start: int) -> Found:
    value = "".join(raw.split())
    return Found(start, start + len(raw), "ADDRESS", "address", Factor.ADDRESS, value, "shape", 0.8)
