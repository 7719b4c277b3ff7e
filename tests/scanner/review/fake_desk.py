"""A desk in memory that answers as the real one does, and can be told to be slow to write, to refuse, or to break."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from scanner.errors import Refused, StoreHeld
from scanner.i18n import N_
from scanner.review.models import (
    Alike,
    CaseRow,
    CaseView,
    Context,
    Decided,
    FindingRow,
    Group,
    Line,
    Note,
    Revealed,
    Span,
    View,
)  # fmt: skip
from scanner.synthetic.people import Factory, Person

UNITS = ("民政局", "教育局", "涂山街道办事处")
HEADER = ("序号", "姓名", "身份证号", "联系电话", "补助金额（元）", "备注")
NOW = datetime(2026, 11, 25, 8, 0)
_FIRST = 50
_BUSY = N_("Another program is using the findings database: {program}, process {pid}")


@dataclass
class FakeCase:
    view: CaseView
    findings: list[FindingRow]
    lines: dict[int, Line]
    values: dict[str, str]
    table: bool = True


def a_case(number: int, people: Sequence[Person], title: str = "", **changes: object) -> FakeCase:
    """A list of people in a sheet: name, ID number and mobile of each; the second one in a hidden row."""
    findings, lines, values = [], {}, {}
    for row, person in enumerate(people, start=2):
        masks = {
            3: (person.resident_id[:6] + "*" * 8 + person.resident_id[-4:], "RESIDENT_ID", person.resident_id),
            4: (person.mobile[:3] + "****" + person.mobile[-4:], "MOBILE", person.mobile),
        }
        texts = (str(row - 1), person.name[0] + "*", masks[3][0], masks[4][0], "1,200", "")
        cells = tuple((Span(text, "other" if n in masks else ""),) for n, text in enumerate(texts, start=1))
        lines[row] = Line(row, cells, hidden=row == 3)
        for col, (masked, kind, raw) in masks.items():
            findings.append(_finding(f"{number:08x}{row:012x}{col:012x}", kind, masked, "sheet", row, col, row == 3))
            values[findings[-1].finding_id] = raw
    findings.sort(key=lambda finding: finding.col)  # the worst first, as the desk has them
    row_of = CaseRow(
        number, f"doc{number:05}", "to_review", 5 - number % 4, len(findings), len(people),
        Counter(finding.entity_type for finding in findings), len(people) > 1, "示例市政府网站", UNITS[number % 3],
        "社会救助", title or f"2017年第{number}批城市低保金发放名单.xlsx", "名单.xlsx",
        f"http://example.gov.cn/content/{number}.html", date(2017, 12, 1 + number % 28), 1, "", "",
    )  # fmt: skip
    return _case(replace(row_of, **changes), findings, lines, values, table=True)  # type: ignore[arg-type]


def a_page(number: int, sentences: Sequence[tuple[str, str, str, str]], title: str, **changes: object) -> FakeCase:
    """A page of running text: (before, masked, after, raw) of each value."""
    findings, lines, values = [], {}, {}
    for row, (before, masked, after, raw) in enumerate(sentences, start=1):
        finding = _finding(f"{number:08x}{row:024x}", "MOBILE", masked, "body", row, 0, False)
        findings.append(finding)
        lines[row] = Line(row, ((Span(before), Span(masked, "this"), Span(after)),))
        values[finding.finding_id] = raw
    row_of = replace(a_case(number, [], title).view.row, findings=len(findings), people=1, entities={"MOBILE": 1})
    return _case(replace(row_of, **changes), findings, lines, values, table=False)  # type: ignore[arg-type]


def _finding(finding_id: str, kind: str, masked: str, segment: str, row: int, col: int, hidden: bool) -> FindingRow:
    place = "Sheet1" if segment == "sheet" else ""
    reason = "身份证号与姓名、手机号同在一行。"
    return FindingRow(finding_id, kind, kind.lower(), masked, 5, reason, segment, place, row, col, hidden, 1, False)


def _case(
    row: CaseRow, findings: list[FindingRow], lines: dict[int, Line], values: dict[str, str], *, table: bool
) -> FakeCase:
    hidden = sum(finding.hidden for finding in findings)
    first = findings[0].finding_id if findings else ""
    group = Group("sheet", "Sheet1", table, len(findings), len(lines), hidden, 5, dict(row.entities), first)
    view = CaseView(
        row, row.url, "示例.zip", f"003031320/201712-{row.case_no:05}", "关于发放低保金的公示", "",
        "身份证号与姓名、手机号同在一行，任何人都能对上是谁。", 3200, date(2017, 12, 20), 2900 + row.case_no, (group,),
        tuple(findings[:_FIRST]), (), (), None,
    )  # fmt: skip
    return FakeCase(view, findings, lines, values, table)


@dataclass
class FakeDesk:
    cases: dict[int, FakeCase]
    reviewer: str = "王敏"
    log: list[tuple[object, ...]] = field(default_factory=list)
    state: dict[int, str] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    others: dict[int, str] = field(default_factory=dict)  # case: the other reviewer who has it
    busy: int = 0  # so many calls are refused because a scan writes
    refuse: set[int] = field(default_factory=set)  # cases whose decision is refused
    broken: bool = False
    groups: dict[str, list[int]] = field(default_factory=dict)  # masked value: cases
    threads: set[int] = field(default_factory=set)

    def counts(self, view: View) -> dict[int, int]:
        self._asked()
        return dict(Counter(case.severity for case in self._left(view)))

    def queue(self, view: View, after: int = 0, limit: int = 100) -> list[CaseRow]:
        self._asked()
        return [
            replace(row, held_by=self.others.get(row.case_no, "")) for row in self._left(view)[after : after + limit]
        ]

    def open(self, case_no: int, *, hold: bool = False) -> CaseView:
        self._asked()
        other = self.others.get(case_no, "")
        if hold and other:
            raise Refused(N_("Nothing matches."))
        if hold:
            self.held.add(case_no)
        view = self.cases[case_no].view
        state = self.state.get(case_no, "to_review")
        row = replace(view.row, held_by=other, state="to_review" if state == "skipped" else state)
        return replace(view, row=row, held_until=NOW if hold else None)

    def findings(self, case_no: int, offset: int = 0, limit: int = _FIRST) -> list[FindingRow]:
        self._asked()
        self.log.append(("findings", case_no, offset))
        return self.cases[case_no].findings[offset : offset + limit]

    def context(self, finding_id: str, lines: int = 3) -> Context:
        self._asked()
        case = self._of(finding_id)
        if self.broken:
            value = case.values[finding_id]
            raise RuntimeError(f"cannot read {value}")
        row = next(finding.row for finding in case.findings if finding.finding_id == finding_id)
        near = [line for number, line in case.lines.items() if abs(number - row) <= lines]
        header = Line(1, tuple((Span(text),) for text in HEADER)) if case.table else None
        return Context(case.table, header, tuple(near))

    def source_text(self, case_no: int) -> list[Line]:
        return list(self.cases[case_no].lines.values())

    def take(self, view: View) -> CaseView | None:
        self._asked()
        left = [row.case_no for row in self._left(view) if row.case_no not in self.others]
        left.sort(key=lambda case_no: self.state.get(case_no) == "skipped")
        free = next((case_no for case_no in left if case_no not in self.held), None)
        return self.open(free, hold=True) if free else None

    def prefetch(self, view: View) -> None:
        self._asked()

    def touch(self) -> None:
        self.log.append(("touch",))

    def release(self) -> None:
        self.held.clear()

    def confirm(self, case_no: int, note: str = "") -> Decided:
        return self._decide("to_issue", case_no)

    def dismiss(self, case_no: int, reason: str, note: str = "") -> Decided:
        return self._decide("dismissed", case_no, reason, note)

    def skip(self, case_no: int) -> None:
        self._decide("skipped", case_no)

    def assign(self, case_no: int, assignee: str) -> None:
        self._change(case_no, "assign", assignee)
        view = self.cases[case_no].view
        self.cases[case_no].view = replace(view, row=replace(view.row, assignee=assignee))

    def note(self, case_no: int, text: str) -> None:
        self._change(case_no, "note", text)
        view = self.cases[case_no].view
        self.cases[case_no].view = replace(view, notes=(*view.notes, Note(NOW, self.reviewer, text)))

    def undo(self) -> Decided | None:
        self._asked()
        done = [entry for entry in self.log if entry[0] in ("to_issue", "dismissed", "alike")]
        if not done:
            return None
        self.log.remove(done[-1])
        taken_back = self.groups[str(done[-1][1])] if done[-1][0] == "alike" else [int(str(done[-1][1]))]
        for case_no in taken_back:
            self.state.pop(case_no)
        return Decided("undo", tuple(taken_back), "to_review")

    def reveal(self, finding_id: str) -> Revealed:
        self.log.append(("reveal", finding_id))
        return Revealed(finding_id, self._of(finding_id).values[finding_id])

    def alike(self, case_no: int) -> list[Alike]:
        return [
            Alike("value", masked, "landline", "LANDLINE", masked, len(found), len(found), len(found) - 1)
            for masked, found in self.groups.items() if case_no in found
        ]  # fmt: skip

    def dismiss_alike(self, group: Alike, reason: str, expires: date, note: str = "") -> Decided:
        self._asked()
        self.state |= dict.fromkeys(self.groups[group.key], "dismissed")
        self.log.append(("alike", group.key, reason, expires, note))
        return Decided("dismiss", tuple(self.groups[group.key]), "dismissed", 1)

    def _of(self, finding_id: str) -> FakeCase:
        return self.cases[int(finding_id[:8], 16)]

    def _left(self, view: View) -> list[CaseRow]:
        rows = [case.view.row for number, case in self.cases.items() if self.state.get(number, "skipped") == "skipped"]
        fits = [
            row for row in rows
            if row.severity >= view.severity and view.unit in row.unit and view.search in row.title
            and (row.hidden or not view.hidden)
        ]  # fmt: skip
        return sorted(fits, key=lambda row: (-row.severity, row.published_at or date.max, row.case_no))

    def _decide(self, state: str, case_no: int, *words: str) -> Decided:
        self._change(case_no, state, *words)
        self.state[case_no] = state
        self.held.discard(case_no)
        return Decided(state, (case_no,), state)

    def _change(self, case_no: int, what: str, *words: str) -> None:
        self._asked()
        if case_no in self.refuse:
            raise Refused(N_("Nothing matches."), values={})
        self.log.append((what, case_no, *words))

    def _asked(self) -> None:
        self.threads.add(threading.get_ident())
        if self.busy:
            self.busy -= 1
            raise StoreHeld(_BUSY, "findings.duckdb", "", {"program": "scan", "pid": 1})


def a_desk(count: int = 100, people: int = 3) -> FakeDesk:
    factory = Factory(7)
    return FakeDesk({n: a_case(n, [factory.person() for _ in range(people)]) for n in range(1, count + 1)})
