"""Someone named and ill in a plain sentence, without any number: 困难职工某某患癫痫."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from patterns.attributes import attribute_factors
from patterns.factors import Factor
from patterns.found import Subject
from patterns.name_score import PLACE_ENDS
from patterns.name_shapes import double_surnames, single_surnames
from patterns.person_name import Span, names_near
from patterns.prose import tell
from patterns.whose_name import name_hit

# What somebody is called, the name following at once: 被害人某某, 确诊病例1：某某.
_CALLED: Final = {"残疾人": Factor.DISABILITY, "病例": Factor.HEALTH} | dict.fromkeys(
    ("被害人", "受害人", "感染者", "吸毒人员", "戒毒人员", "精神病人", "举报人", "检举人"), Factor.HEALTH_SECRET
)
# What says that an illness is a person's: 患 (not of 隐患), 确诊, 身患; or what a person is called.
# Every way begins with a character, by which the regular expression finds it an order faster: so it looks back last.
TIES: Final = re.compile(
    "患(?<![隐忧后内外医]患)(?!者|儿|处|难)[有上了]?|确诊病例(?:\\d{1,3}号?)?|疑似病例(?:\\d{1,3}号?)?|病例\\d{1,3}|确诊(?:为|患)?|患者|患儿"
    "|残疾人(?![联员就事证服组康之两家数保工口辅托])|被害人|受害人|感染者|吸毒人员|戒毒人员|精神病人"
    "|举报人(?<!被举报人)|检举人(?<!被检举人)"
)
_PATIENT: Final = ("患者", "患儿")
_BEFORE: Final = 10  # characters before a patient in which the illness is named: 尿毒症患者某某
_CLOSED: Final = re.compile(r"[，,。；;、（(）)：:\s]|$")  # what may follow a patient's name
# 某某，男，45岁，尿毒症: in a document about the ill or about aid.
_AGED: Final = re.compile(r"[，,（(]\s*[男女]\s*[，,、]\s*\d{1,3}\s*周?岁\s*[，,、）)]")
_AGED_REACH: Final = 30
_END: Final = re.compile("[。；;\n]")
# A surname at once, or behind a mark or two: 举报人：张某某. Most such words are followed by 应当 or 的.
_LEADS_TO_NAME: Final = re.compile(
    rf"[：:（(，、\s]{{0,2}}(?:{'|'.join(sorted(double_surnames()))}|[{''.join(sorted(single_surnames()))}])"
)
_GLUE: Final = "：:（(，、 \u3000"
_NAME_REACH: Final = 40
_REACH: Final = 14  # characters behind the tie in which the illness is named
_IN_OFFICE: Final = re.compile("主任|医生|医师|教授|专家|院长|护士|书记|局长|记者|部长|县长|市长|镇长")
_STATES: Final = Factor.HEALTH | Factor.HEALTH_SECRET | Factor.DISABILITY


def read(text: str, subjects: list[Subject], *, of_people: bool = False) -> list[Subject]:
    """Subjects of a name and an illness; where one of ``subjects`` has the name, it is told the illness instead.
    ``of_people``: the document is about the ill or those on aid, and tells their age and illness behind their names."""
    ties = list(TIES.finditer(text))
    aged = of_people and "岁" in text
    if not ties and not aged:
        return []
    starts = sorted(subject.start for subject in subjects)
    ends = sorted(subject.end for subject in subjects)
    found: list[Subject] = []
    holders = _by_name(subjects) if ties else {}
    for tie in ties:
        called = bool(_called(tie[0]))
        inside = bisect_right(starts, tie.start()) > bisect_right(ends, tie.start())
        states = 0 if inside and not called else _states(text, tie)
        if states:
            found += _not_held(_named(text, tie.start(), tie.end(), states), holders, called=called)
    named = {subject.start for subject in found}
    for tie in _AGED.finditer(text) if aged else ():
        inside = bisect_right(starts, tie.start()) > bisect_right(ends, tie.start())
        states = 0 if inside else attribute_factors(_END.split(text[tie.end() : tie.end() + _AGED_REACH])[0]) & _STATES
        for span in names_near(text, tie.start(), tie.end()) if states else ():
            if span.end == tie.start() and span.start not in named and not span.masked:
                found.append(_subject(text, span, states))
                tell(found[-1], tie[0])
    return found


def _not_held(named: list[Subject], holders: Mapping[int, list[Subject]], *, called: bool) -> list[Subject]:
    """Those whose name no subject has. Who has it is told the state, and is not in office when called by it: a victim's
    电话 is no office's. ``holders``: the subjects by where their names begin."""
    new = []
    for one in named:
        for holder in holders.get(one.start, ()):
            holder.facts |= one.facts
            holder.facts &= ~Factor.OFFICIAL if called else -1
        new += [] if one.start in holders else [one]
    return new


def _by_name(subjects: list[Subject]) -> dict[int, list[Subject]]:
    holders: dict[int, list[Subject]] = {}
    for subject in subjects:
        for hit in subject.having(Factor.NAME):
            holders.setdefault(hit.start, []).append(subject)
    return holders


def _called(tie: str) -> int:
    """The state of whom the tie is a name for; 0: none."""
    return _CALLED.get(tie.rstrip("0123456789号").removeprefix("确诊").removeprefix("疑似"), 0)


def _subject(text: str, span: Span, states: int) -> Subject:
    return Subject([name_hit(text, span.start, span.end, span.score, span.how)], states, start=span.start, end=span.end)


def _states(text: str, tie: re.Match[str]) -> int:
    if state := _called(tie[0]):
        return state if _LEADS_TO_NAME.match(text, tie.end()) else 0
    if tie[0] in _PATIENT and _LEADS_TO_NAME.match(text, tie.end()):
        before = attribute_factors(text[max(0, tie.start() - _BEFORE) : tie.start()]) & _STATES
        if before:
            return before
    return attribute_factors(text[tie.end() : tie.end() + _REACH].split("。")[0]) & _STATES


def _named(text: str, start: int, end: int, states: int) -> list[Subject]:
    named = []
    told = _called(text[start:end]) != 0
    patient = text[start:end] in _PATIENT and attribute_factors(text[max(0, start - _BEFORE) : start]) & _STATES
    if patient and not attribute_factors(text[end : end + _REACH].split("。")[0]) & _STATES:
        closed = (span for span in called(text, start, end) if _CLOSED.match(text, span.end))
        return [_subject(text, span, states) for span in closed if not span.masked]
    for span in called(text, start, end) if told else names_near(text, start, end):
        behind = 2 if told else 4  # 感染者某某告诉医生: the doctor is another
        around = text[max(0, span.start - 6) : span.start] + "," + text[span.end : span.end + behind]
        place = text[span.end - 1] in PLACE_ENDS and span.end - span.start > 2  # 住某桥镇某村，患……
        if not span.masked and not place and not _IN_OFFICE.search(around):
            named.append(_subject(text, span, states))
    return named


def called(text: str, start: int, end: int) -> Iterator[Span]:
    """The name that follows at once. What stands before is not looked at: 艾滋病 would do for a name."""
    for span in names_near(text[start : end + _NAME_REACH], 0, end - start):
        if not text[end : start + span.start].strip(_GLUE):
            yield replace(span, start=span.start + start, end=span.end + start)


def may_be_named(text: str) -> bool:
    """Whether a text ties an illness to someone at all: a cheap question for records that have nothing else."""
    return any(_states(text, tie) for tie in TIES.finditer(text))
