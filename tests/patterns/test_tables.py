"""Tables as they stand in notices: which header governs a cell, and whose row it is. Each line of a table is a row."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns import tables
from patterns.schema import Severity
from scanner.synthetic.people import Factory, Person
from tests.patterns.test_matcher import EVERYTHING, MATCHER, hits

PEOPLE = Factory(91).people(12)
A, B, C, D = PEOPLE[:4]
CHILDREN = [Factory(92 + n).person(minor=True) for n in range(3)]
CRITICAL, HIGH, MEDIUM, LOW, INFO = 5, 4, 3, 2, 1


def table(*rows: Sequence[str]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def levels(text: str, title: str = "公示") -> dict[str, tuple[str, int]]:
    """Each value found, without blanks and tabs, its type and level."""
    found = hits(text, MATCHER, title)
    return {
        "".join(text[hit["start"] : hit["end"]].split()): (hit["entity_type"], hit["severity"])  # type: ignore[misc]
        for hit in found
    }


def six_and_four(person: Person) -> str:
    return person.resident_id[:6] + "*" * 8 + person.resident_id[14:]


def ids(*people: Person, level: int = CRITICAL) -> dict[str, tuple[str, int]]:
    return {person.resident_id: ("RESIDENT_ID", level) for person in people} | names(*people, level=level)


def names(*people: Person, level: int = CRITICAL) -> dict[str, tuple[str, int]]:
    return {person.name: ("PERSON_NAME", level) for person in people}


def masks(*people: Person, level: int = CRITICAL) -> dict[str, tuple[str, int]]:
    return {six_and_four(person): ("MASKED_ID", level) for person in people}


def mobiles(*people: Person, level: int = MEDIUM) -> dict[str, tuple[str, int]]:
    return {person.mobile: ("MOBILE", level) for person in people}


def accounts(*people: Person) -> dict[str, tuple[str, int]]:
    return {person.passbook: ("BANK_ACCOUNT", CRITICAL) for person in people}


def of(people: Sequence[Person], field: str) -> list[str]:
    return [str(getattr(person, field)) for person in people]


FOUR = PEOPLE[:4]
A_ROW = (A.name, A.resident_id)
END_OF_A, END_OF_B = "*" * 14 + A.resident_id[14:], "×" * 14 + B.resident_id[14:]
HEAD = ("序号", "姓名", "身份证号")
BANKS = ("序号", "姓名", "银行账号")


def rows(people: Sequence[Person], first: int = 1) -> list[tuple[str, ...]]:
    return [(str(first + n), person.name, person.resident_id) for n, person in enumerate(people)]


def side(left: Person, right: Person, gap: Sequence[str] = ()) -> tuple[str, ...]:
    return ("1", left.name, left.passbook, *gap, "2", right.name, right.passbook)


CASES = {
    "a person per column": (
        table(["姓名", *of(FOUR, "name")], ["身份证号", *of(FOUR, "resident_id")], ["联系电话", *of(FOUR, "mobile")]),
        ids(*FOUR) | mobiles(*FOUR),
    ),
    "a person per column, masked, with births": (
        table(
            ["项目", "甲方", "乙方"], ["姓名", *of(FOUR[:2], "name")], ["性别", *of(FOUR[:2], "sex")],
            ["出生日期", A.birth.isoformat(), B.birth.isoformat()],
            ["身份证号", six_and_four(A), six_and_four(B)],
        ),
        names(A, B) | masks(A, B)
        | {day.isoformat(): ("BIRTH_DATE", MEDIUM) for day in (A.birth, B.birth)},
    ),
    "a form each, one under the other": (
        table(
            ["姓名", A.name], ["出生日期", A.birth.isoformat()], ["身份证号", six_and_four(A)],
            ["姓名", B.name], ["出生日期", ""], ["身份证号", six_and_four(B)],
        ),
        names(A) | masks(A) | {A.birth.isoformat(): ("BIRTH_DATE", MEDIUM)}
        | names(B, level=INFO) | masks(B, level=INFO),
    ),
    "two rows of headers, a household a row": (
        table(
            ["序号", "户主", "", "家庭成员", ""], ["", "姓名", "身份证号", "姓名", "身份证号"],
            ["1", A.name, A.resident_id, B.name, B.resident_id], ["2", C.name, C.resident_id, D.name, six_and_four(D)],
        ),
        ids(A, B, C) | names(D, level=INFO) | masks(D, level=INFO),
    ),
    "two rows of headers, the lower says what it is": (
        table(["序号", "申请人信息", "", ""], ["", "姓名", "证件号码", "账号"], ["1", *A_ROW, A.passbook]),
        ids(A) | accounts(A),
    ),
    "headers again on the next page": (
        table(HEAD, *rows(FOUR[:2]), HEAD, *rows(FOUR[2:], 3)), ids(*FOUR),
    ),
    "no header on the next page": (
        table(HEAD, *rows(FOUR[:2])) + "\n\n—2—\n\n" + table(*rows(FOUR[2:], 3)), ids(*FOUR),
    ),
    "blocks side by side": (table([*BANKS, *BANKS], side(A, B), side(C, D)), names(*FOUR) | accounts(*FOUR)),
    "blocks side by side, an empty column between": (
        table([*BANKS, "", *BANKS], side(A, B, [""]), side(C, D, [""])), names(*FOUR) | accounts(*FOUR),
    ),
    "blocks behind one number column": (
        table(["序号", "姓名", "身份证号", "姓名", "身份证号"], ["1", A.name, A.resident_id, B.name, six_and_four(B)]),
        ids(A) | names(B, level=INFO) | masks(B, level=INFO),
    ),
    "a merged name over two rows": (
        table(["户主", "项目", "银行账号"], [A.name, "耕地补贴", A.passbook], ["", "粮食补贴", B.passbook]),
        names(A) | accounts(A, B),
    ),
    "several numbers in one cell": (
        table(["户主", "家庭成员身份证号"], [A.name, f"{B.resident_id} {C.resident_id}、{D.resident_id}"]),
        names(A) | {person.resident_id: ("RESIDENT_ID", CRITICAL) for person in (B, C, D)},
    ),
    "digits over neighbouring cells": (
        table(["姓名", "身份证号", "", ""], [A.name, A.resident_id[:6], A.resident_id[6:14], A.resident_id[14:]]),
        ids(A),
    ),
    "a name and a number in one cell": (table(["对象", "备注"], [f"{A.name} {A.resident_id}", "无"]), ids(A)),
    "no header at all": (table(*rows(FOUR)), ids(*FOUR)),
    "only the end of each number shown": (
        table(["姓名", "身份证号"], [A.name, END_OF_A], [B.name, END_OF_B]),
        names(A, B, level=INFO) | dict.fromkeys((END_OF_A, END_OF_B), ("MASKED_ID", INFO)),
    ),
    "parents' telephones of a class under fourteen": (
        table(
            ["姓名", "年龄", "班级", "家长电话"],
            *[[k.name, str(k.age), "三（2）班", k.guardian.mobile] for k in CHILDREN],
        ),
        names(*CHILDREN) | {k.guardian.mobile: ("MOBILE", CRITICAL) for k in CHILDREN},
    ),
    "a parent's telephone of a pupil of fifteen": (
        table(["姓名", "年龄", "班级", "家长电话"], [A.name, "15", "九（1）班", A.mobile]),
        names(A, level=HIGH) | mobiles(A, level=HIGH),
    ),
    "headers under a caption": (table(["2017年发放表", "", ""], HEAD, *rows(FOUR)), ids(*FOUR)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_table_says_of_whom(case: str) -> None:
    text, expected = CASES[case]
    assert levels(text) == expected


def test_a_class_list_of_young_children_by_its_title() -> None:
    text = table(
        ["姓名", "班级", "家长姓名", "家长电话"],
        *[[k.name, "三（2）班", k.guardian.name, k.guardian.mobile] for k in CHILDREN],
    )
    found = levels(text, "禹王小学三年级学生名单")
    assert {found[child.guardian.mobile] for child in CHILDREN} == {("MOBILE", CRITICAL)}
    assert {found[child.name] for child in CHILDREN} == {("PERSON_NAME", CRITICAL)}


CLASSES = [
    (("姓名", "班级", "家长电话"), "三（2）班", CRITICAL),
    (("学生姓名", "所在年级", "联系电话"), "六年级", CRITICAL),
    (("幼儿姓名", "班级", "联系电话"), "大一班", CRITICAL),
    (("儿童姓名", "村", "联系电话"), "大王村", CRITICAL),
    (("姓名", "班级", "家长电话"), "八（11）班", HIGH),
    (("学生姓名", "班级", "联系电话"), "高二（3）班", HIGH),
    (("姓名", "班级", "家长电话"), "一班", MEDIUM),
    (("姓名", "任教班级", "联系电话"), "三（2）班", MEDIUM),
    (("班主任", "班级", "家长接待电话"), "三（2）班", MEDIUM),
    (("姓名", "班级", "手机"), "三（2）班", MEDIUM),  # training courses have classes too
]


@pytest.mark.parametrize(("header", "school_class", "level"), CLASSES)
def test_a_class_tells_the_age(header: Sequence[str], school_class: str, level: int) -> None:
    text = table(header, *[[person.name, school_class, person.mobile] for person in FOUR])
    assert {found[1] for found in levels(text, "报名情况").values()} == {level}


def test_an_age_beats_a_class() -> None:
    text = table(["学生姓名", "年龄", "班级", "联系电话"], [A.name, "15", "小学部三年级", A.mobile])
    assert levels(text, "报名情况") == names(A, level=HIGH) | mobiles(A, level=HIGH)


def lucky() -> str:
    """An ID number whose last three digits a spreadsheet made 000, and whose check digit is right all the same."""
    from patterns.resident_id import validate18

    cut = (person.resident_id[:15] + "000" for person in Factory(5).people(400))
    return next(number for number in cut if validate18(number).ok)


@pytest.mark.parametrize("header", ["身份证号", "证件号码"])
def test_a_damaged_number_that_passes_by_chance_among_damaged_ones(header: str) -> None:
    damaged = [person.resident_id[:15] + "000" for person in PEOPLE[:6]]
    text = table(["姓名", header], *zip(of(PEOPLE[:7], "name"), [*damaged, lucky()], strict=True))
    assert levels(text)[lucky()] == ("DAMAGED_ID", MEDIUM)


def test_the_same_number_alone_is_a_number() -> None:
    text = table(["姓名", "身份证号"], [A.name, lucky()], *[row[1:] for row in rows(FOUR[1:])])
    assert levels(text)[lucky()] == ("RESIDENT_ID", CRITICAL)


@pytest.mark.parametrize(
    "text",
    [
        "公示期2017年11月1日至11月7日，名单如下：\n1. 李　明\n2. 王　　芳\n3. 张 伟\n4. 刘小红",
        "公示期2017年11月1日至11月7日。公示名单：1. 李 　明、2. 王　　芳、3. 张 伟、4. 刘小红",
        "公示期2017年11月1日至11月7日，现公示如下：\n（1）李　明（2）王　　芳（3）张 伟（4）刘小红",
        "公示期2017年11月1日至11月7日，名单：李　明  王　　芳  张 伟  刘小红",
    ],
)
def test_padded_names_in_lists(text: str) -> None:
    title = "2017年低保对象名单公示"
    assert levels(text, title) == dict.fromkeys(("李明", "王芳", "张伟", "刘小红"), ("PERSON_NAME", LOW))


def test_columns_vote_and_codes_do_not_pass() -> None:
    """Five valid IDs make an ID column, its damaged cells included; under 30 % valid it is a column of numbers."""
    numbers = [*of(PEOPLE[:5], "resident_id"), PEOPLE[5].resident_id[:17] + "?", "340302197801010000"]
    text = table(["甲", "乙"], *zip(of(PEOPLE[:7], "name"), numbers, strict=True))
    assert levels(text)["340302197801010000"] == ("DAMAGED_ID", MEDIUM)
    codes = [f"3403022017{month:02}01{serial:04}" for month in range(1, 13) for serial in (101, 102, 103)]
    text = table(["甲", "乙"], *zip([f"工程{n}" for n in range(len(codes))], codes, strict=True))
    assert not [level for _, level in levels(text).values() if level >= Severity.MEDIUM]
    assert any(text[hit["start"] : hit["end"]] in codes for hit in hits(text, EVERYTHING))  # type: ignore[misc]


@given(st.text("甲\t\n", max_size=40))
def test_tables_are_neighbouring_lines_with_a_tab(text: str) -> None:
    spans, at, open_ = [], 0, False
    for line in text.split("\n"):
        if "\t" in line:
            start = spans.pop()[0] if open_ else at
            spans.append((start, at + len(line)))
        open_ = "\t" in line
        at += len(line) + 1
    assert list(tables.find(text, [])) == spans
    assert list(tables.find(f"{text}\t", [(len(text), len(text) + 1)]))[:-1] == spans


@given(st.text("甲\t\n", min_size=1, max_size=40))
def test_lines_begin_where_they_stand(text: str) -> None:
    table = tables.parse(f"乙{text}", 1, len(text) + 1)
    assert [f"乙{text}"[at : at + len(line)] for at, line in zip(table.starts, table.lines, strict=True)] == table.lines
