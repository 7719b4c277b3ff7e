"""Any synthetic person, any number of theirs behind its word or under its header, anywhere in any text: found."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.synthetic.people import Factory, Person
from tests.patterns.test_matcher import AROUND, EVERYTHING, MATCHER, hits, seams

PEOPLE = Factory(131).people(150)
# What is written before a number, the number, what it is.
FIELDS = {
    "身份证号": ("resident_id", {"RESIDENT_ID"}),
    "公民身份号码": ("resident_id_15", {"RESIDENT_ID"}),
    "残疾人证号": ("disability_no", {"DISABILITY_NO"}),
    "学籍号": ("student_no", {"STUDENT_NO"}),
    "纳税人识别号": ("tax_no", {"TAX_NO", "DISABILITY_NO"}),  # its last two digits may look like a kind and a grade
    "银行卡号": ("bank_card", {"BANK_CARD"}),
    "一卡通账号": ("passbook", {"BANK_ACCOUNT", "BANK_CARD"}),
    "手机号码": ("mobile", {"MOBILE"}),
    "家庭电话": ("landline", {"LANDLINE"}),
    "护照号码": ("passport", {"PASSPORT"}),
    "通行证号": ("travel_permit", {"TRAVEL_PERMIT"}),
    "居住证号": ("residence_permit", {"RESIDENCE_PERMIT"}),
    "永久居留身份证号": ("permanent_residence_id", {"PERMANENT_RESIDENCE_ID"}),
    "军官证号": ("military_id", {"MILITARY_ID"}),
}
chosen = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=6, unique=True)


def values(person: Person, labels: list[str]) -> list[tuple[str, str, set[str]]]:
    made = [(label, str(getattr(person, FIELDS[label][0])), FIELDS[label][1]) for label in labels]
    return [(label, value, kinds) for label, value, kinds in made if value]


def missed(text: str, wanted: list[tuple[str, str, set[str]]]) -> list[str]:
    """The values that are not found as a whole, under one of their kinds."""
    found = {(text[hit["start"] : hit["end"]], hit["entity_type"]) for hit in hits(text, EVERYTHING)}  # type: ignore[misc]
    return [f"{label} {value}" for label, value, kinds in wanted if not any((value, kind) in found for kind in kinds)]


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PEOPLE), chosen, st.sampled_from("，；\n"), AROUND, AROUND)
def test_in_text(person: Person, labels: list[str], parted: str, before: str, after: str) -> None:
    wanted = values(person, labels)
    before, after = seams(before, after)
    told = parted.join(f"{label}：{value}" for label, value, _ in wanted)
    assert missed(f"{before}\n姓名：{person.name}{parted}{told}。\n{after}", wanted) == []


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PEOPLE), chosen, st.booleans(), st.integers(1, 4), AROUND, AROUND)
def test_in_a_table(person: Person, labels: list[str], lying: bool, others: int, before: str, after: str) -> None:
    wanted = values(person, labels)
    rows = [["姓名", *(label for label, _, _ in wanted)], [person.name, *(value for _, value, _ in wanted)]]
    rows += [[p.name, *(str(getattr(p, FIELDS[label][0])) or "无" for label, _, _ in wanted)] for p in PEOPLE[:others]]
    if lying:
        rows = [list(column) for column in zip(*rows, strict=True)]
    if person in PEOPLE[:others] or not wanted:
        return
    table = "\n".join("\t".join(row) for row in rows)
    before, after = (part.replace("\t", "") for part in seams(before, after))
    assert missed(f"{before}\n\n{table}\n\n{after}", wanted) == []


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PEOPLE), st.integers(0, 10**6), AROUND)
def test_a_mask_is_found_and_judged(person: Person, seed: int, before: str) -> None:
    rng = Random(seed)
    first, last = rng.choice([(6, 4), (6, 3), (10, 4), (14, 0), (4, 4), (3, 4), (6, 2), (17, 0)])
    star = rng.choice("*＊●□某" if first + last == 17 else "*＊×●□某")  # one × at the end is a check digit
    mask = person.resident_id[:first] + star * (18 - first - last) + person.resident_id[18 - last :] * bool(last)
    text = f"{seams(before, '')[0]}\n姓名\t出生日期\t身份证号\n{person.name}\t{person.birth.isoformat()}\t{mask}\n"
    (hit,) = [hit for hit in hits(text, MATCHER) if hit["entity_type"] == "MASKED_ID"]
    assert text[hit["start"] : hit["end"]] == mask  # type: ignore[misc]
    assert any(signal.startswith("mask:R=") for signal in hit["signals"])  # type: ignore[attr-defined]
