"""The matcher's guarantees: any person, in any written form, at any place of any text; exact offsets; no raise."""

from datetime import date
from random import Random

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from patterns.matcher import Matcher
from patterns.schema import HITS, MATCH_INPUT, Severity
from scanner.synthetic import forms
from scanner.synthetic.people import Factory

PEOPLE = Factory(23).people(200)
MATCHER = Matcher(b"key", today=date(2017, 12, 20))
EVERYTHING = Matcher(b"key", today=date(2017, 12, 20), everything=True)
COMPLETE_IDS = [form for form in forms.ID_FORMS if form.complete]
COMPLETE_PHONES = [form for form in forms.PHONE_FORMS if form.complete]
SEGMENT = {"kind": "body", "place": "", "row": 1, "col": 1, "hidden": False, "hidden_rows": [], "hidden_cols": []}

# Text around a number: Chinese, letters, breaks, table cells; no digits, hyphens or blanks of numbers at the seam.
AROUND = st.text(
    alphabet=st.sampled_from("张李王，。、：；（）身份证号手机姓名住址镇村年月日元\n\t 　abcXYZ×*?<>/\u200b★密残患"),
    max_size=60,
)


def batch(texts: list[str], title: str = "公示") -> pa.RecordBatch:
    rows = [
        {
            "doc_id": str(number), "text": text, "segments": [SEGMENT | {"start": 0, "end": len(text)}], "title": title,
            "parent_title": "", "section": "", "published_at": date(2017, 11, 1),
        }
        for number, text in enumerate(texts)
    ]  # fmt: skip
    return pa.RecordBatch.from_pylist(rows, schema=MATCH_INPUT)


def hits(text: str, matcher: Matcher = MATCHER, title: str = "公示") -> list[dict[str, object]]:
    found = matcher.match(batch([text], title)).to_pylist()
    assert isinstance(found, list)
    return found


def seams(before: str, after: str) -> tuple[str, str]:
    """The text around without what would make the number another: a letter or mark that touches it."""
    before, after = before.rstrip("abcXYZ×*?/ 　\t\n\u200b"), after.lstrip("abcXYZ×*?/ 　\t\n\u200b")
    return before + "，", "，" + after


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PEOPLE), st.sampled_from(COMPLETE_IDS), AROUND, AROUND, st.integers(0, 99))
def test_a_valid_id_is_found_in_every_form_at_any_place(person, form, before, after, seed) -> None:  # type: ignore[no-untyped-def]
    written = form.write(person.resident_id, Random(seed))
    before, after = seams(before, after)
    text = before + written.text + after
    span = (len(before) + written.start, len(before) + written.end)
    found = [(hit["start"], hit["end"]) for hit in hits(text, EVERYTHING) if hit["entity_type"] == "RESIDENT_ID"]
    assert span in found, text


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PEOPLE), st.sampled_from(COMPLETE_PHONES), AROUND, AROUND, st.integers(0, 99))
def test_a_mobile_is_found_in_every_form_at_any_place(person, form, before, after, seed) -> None:  # type: ignore[no-untyped-def]
    written = form.write(person.mobile, Random(seed))
    before, after = seams(before, after)
    text = before + written.text + after
    span = (len(before) + written.start, len(before) + written.end)
    found = [(hit["start"], hit["end"]) for hit in hits(text, EVERYTHING) if hit["entity_type"] == "MOBILE"]
    assert span in found, text


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=200), min_size=1, max_size=4), st.text(max_size=20))
@example(["\t\n\t", "1\t2\n3", ""], "名单")
@example(["\ud7ff\U0010ffff\x00\u200b1\u200b"], "")
def test_no_text_makes_it_raise(texts: list[str], title: str) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    title = title.encode("utf-8", "ignore").decode()
    for matcher in (MATCHER, EVERYTHING):
        found = matcher.match(batch(texts, title))
        assert found.schema == HITS
        for hit in found.to_pylist():
            assert 0 <= hit["start"] < hit["end"] <= len(texts[hit["record_row"]])


def test_hits_hold_no_value_and_count_in_order() -> None:
    person = PEOPLE[0]
    text = f"户主：{person.name}，身份证号：{person.resident_id}，手机：{person.mobile}"
    found = hits(text)
    assert [hit["entity_type"] for hit in found] == ["PERSON_NAME", "RESIDENT_ID", "MOBILE"]
    assert [hit["start"] for hit in found] == sorted(hit["start"] for hit in found)
    for value in (person.name, person.resident_id, person.mobile):
        assert value not in str(found)
    other = Matcher(b"another key", today=date(2017, 12, 20)).match(batch([text])).to_pylist()
    assert {hit["fingerprint"] for hit in found}.isdisjoint(hit["fingerprint"] for hit in other)


def test_one_person_has_one_fingerprint_in_both_number_forms() -> None:
    person = next(p for p in PEOPLE if p.resident_id_15)
    text = f"身份证号：{person.resident_id}\n身份证号：{person.resident_id_15}"
    prints = {hit["fingerprint"] for hit in hits(text) if hit["entity_type"] == "RESIDENT_ID"}
    assert len(prints) == 1


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("{name} {id}", Severity.CRITICAL),
        ("姓名\t身份证号\n{name}\t{id}", Severity.CRITICAL),
        ("姓名\t身份证号\n{name}\t{id6}********{id4}", Severity.INFO),
        ("姓名\t出生日期\t身份证号\n{name}\t{birth}\t{id6}********{id4}", Severity.CRITICAL),
        ("姓名\t存折账号\n{name}\t{passbook}", Severity.CRITICAL),
        ("姓名：{name}\n家庭住址：{address}", Severity.MEDIUM),
        ("身份证号：{id}", Severity.HIGH),
        ("姓名：{name}，身份证号：{id}，电话：{mobile}", Severity.CRITICAL),
        ("姓名\t病种\n{name}\t尿毒症", Severity.HIGH),
        ("据{name}介绍，项目年底完工。", None),
        ("监督电话：12345，办公电话：0552-3012345", None),
        ("施工许可证编号：340302201706150019", None),
        ("示例：身份证号 11010519491231002X，手机 13800138000", None),
        ("机密★10年\n关于某事的通知", Severity.SECRET),
        ("关于某事的通知\n正文\n（此件依申请公开）", Severity.MEDIUM),
    ],
)
def test_levels(text: str, level: Severity | None) -> None:
    person = next(p for p in PEOPLE if p.age > 20 and len(p.name) == 3)
    filled = text.format(
        name=person.name, id=person.resident_id, id6=person.resident_id[:6], id4=person.resident_id[-4:],
        birth=person.birth.isoformat(), mobile=person.mobile, passbook=person.passbook, address=person.address,
    )  # fmt: skip
    assert max((hit["severity"] for hit in hits(filled)), default=None) == level  # type: ignore[type-var]


def test_a_column_of_permits_is_no_column_of_ids() -> None:
    rng = Random(5)
    rows = [
        f"{n}\t340302{2016:04d}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}{rng.randrange(10000):04d}"
        for n in range(200)
    ]
    assert hits("序号\t施工许可证编号\n" + "\n".join(rows)) == []


def test_five_valid_ids_make_an_id_column_for_the_damaged_ones_too() -> None:
    rows = [f"{p.name}\t{p.resident_id}" for p in PEOPLE[:6]] + [f"{PEOPLE[7].name}\t{PEOPLE[7].resident_id[:15]}000"]
    found = hits("领取人\t备注信息\n" + "\n".join(rows))
    assert sum(hit["entity_type"] == "RESIDENT_ID" for hit in found) == 6
    assert sum(hit["entity_type"] == "DAMAGED_ID" for hit in found) >= 1


def test_places_count_rows_and_columns() -> None:
    person = PEOPLE[1]
    (hit,) = [
        h
        for h in hits(f"公示\n\n姓名\t身份证号\n某某\t无\n{person.name}\t{person.resident_id}")
        if h["entity_type"] == "RESIDENT_ID"
    ]
    assert (hit["row"], hit["col"], hit["hidden"]) == (5, 2, False)


@pytest.mark.parametrize("text", ["身份证，+86 158 8334 8062，", "身份证号：0086 158 8334 8062"])
def test_a_phone_behind_the_word_id_is_a_phone(text: str) -> None:
    assert [hit["entity_type"] for hit in hits(text)] == ["MOBILE"]


def test_a_table_whose_cells_became_lines_still_ties_names_to_numbers() -> None:
    people = PEOPLE[:3]
    cells = [f"{n}\n{p.name}\n男\n{p.resident_id}\n500" for n, p in enumerate(people, 1)]
    found = hits("花名册\n序号\n姓名\n性别\n身份证号\n金额\n" + "\n".join(cells))
    assert [hit["severity_rule"] for hit in found if hit["entity_type"] == "RESIDENT_ID"] == ["S02"] * 3
    assert sum(hit["entity_type"] == "PERSON_NAME" for hit in found) == 3
    alone = hits(f"办公电话\n联系方式\n{people[0].mobile}")
    assert not any(hit["entity_type"] == "PERSON_NAME" for hit in alone)


def test_a_name_written_apart_behind_its_label() -> None:
    person = PEOPLE[5]
    for label in ("姓 名：", "姓　名: ", "申请人："):
        found = hits(f"{label}{' '.join(person.name)}\n身份证号：{person.resident_id}")
        assert [hit["severity_rule"] for hit in found] == ["S02", "S02"]


@pytest.mark.parametrize("mark", (".", "·", "-", "–", "－", " ", "\u3000", "\u00a0", "\u2009", "．", "_"))
def test_however_a_number_is_parted_its_value_is_the_same(mark: str) -> None:
    person = PEOPLE[6]
    number, card = person.resident_id, person.bank_card
    apart = (
        mark.join((number[:6], number[6:14], number[14:])),
        mark.join((card[:4], card[4:8], card[8:12], card[12:])),
    )
    for title, entity, plain, parted in (
        ("身份证号", "RESIDENT_ID", number, apart[0]),
        ("银行卡号", "BANK_CARD", card, apart[1]),
    ):
        of_plain, of_parted = (
            {
                hit["fingerprint"]
                for hit in hits(f"姓名\t{title}\n{person.name}\t{written}")
                if hit["entity_type"] == entity
            }
            for written in (plain, parted)
        )
        assert of_plain and of_plain == of_parted


def test_accounts_of_a_table_whose_cells_became_lines() -> None:
    rows = [f"{p.name}\n男\n{'.'.join((p.passbook[:4], p.passbook[4:8], p.passbook[8:]))}\n500" for p in PEOPLE[:4]]
    found = hits("补贴兑现册\n姓名\n性别\n存折帐号\n金额\n" + "\n".join(rows))
    assert [hit["severity_rule"] for hit in found if hit["entity_type"] == "BANK_ACCOUNT"] == ["S05"] * 4


WRITTEN = [form.write(person.resident_id, Random(3)).text for person, form in zip(PEOPLE, forms.ID_FORMS * 3)]  # noqa: B905


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(AROUND, st.sampled_from(["", *WRITTEN, "12\u200b3", "２０１７", "a@b.cn"])), max_size=5))
@example([("", next(text for text in WRITTEN if text.endswith("X"))), ("X", "")])
@example([("", PEOPLE[0].mobile), ("\u200b元\t", PEOPLE[0].resident_id)])
def test_records_of_a_batch_are_read_as_if_alone(parts: list[tuple[str, str]]) -> None:
    texts = [before + "，" + written for before, written in parts]
    together = EVERYTHING.match(batch(texts)).to_pylist()
    alone = [
        [hit | {"doc_id": str(n), "record_row": n} for hit in hits(text, EVERYTHING)] for n, text in enumerate(texts)
    ]
    assert together == [hit for one in alone for hit in one]
