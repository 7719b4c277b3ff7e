"""Every example of every kind goes through the whole matcher: what is to be found is, exactly; the rest is no finding.

A counter-example may be a hit that only explains (an office's phone, a sample), as ``--all`` shows it; never more.
"""

from datetime import date

import pyarrow as pa
import pytest

from patterns.base import Pattern
from patterns.matcher import match
from patterns.registry import ALL
from patterns.schema import MATCH_INPUT, Severity

FINDS = [(pattern, example) for pattern in ALL for example in pattern.finds]
IGNORES = [(pattern, example) for pattern in ALL for example in pattern.ignores]
# Where an example may stand: alone, under a person's name, before more text, among other lines.
CONTEXTS = ("{}", "申请人：丁小林\n{}", "{}。特此公示。", "各村（社区）：\n{}\n2017年11月30日")


def hits(text: str, *, everything: bool = True) -> list[dict[str, object]]:
    row = {
        "doc_id": "1", "text": text, "segments": [], "title": "", "parent_title": "", "section": "",
        "published_at": date(2017, 12, 1),
    }  # fmt: skip
    batch = pa.RecordBatch.from_pylist([row], schema=MATCH_INPUT)
    found: list[dict[str, object]] = match(batch, key=b"k", today=date(2017, 12, 20), everything=everything).to_pylist()
    return found


def ids(value: object) -> str:
    return value.rule_id if isinstance(value, Pattern) else str(value)


def test_every_kind_is_registered_once_with_examples_of_both_sorts() -> None:
    rules = [pattern.rule_id for pattern in ALL]
    assert len(set(rules)) == len(rules)
    assert all(pattern.finds and pattern.ignores for pattern in ALL)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(("pattern", "example"), FINDS, ids=ids)
def test_what_is_to_be_found_is_found(pattern: Pattern, example: str, context: str) -> None:
    text = context.format(example)
    start, end = text.index("⟦"), text.index("⟧") - 1
    text = text.replace("⟦", "").replace("⟧", "")
    found = [(hit["start"], hit["end"]) for hit in hits(text) if hit["entity_type"] == pattern.entity_type]
    named = [span for span in found if pattern.entity_type == "PERSON_NAME" and text[slice(*span)] == "丁小林"]
    assert [span for span in found if span not in named] == [(start, end)]


# What is at most 低 beside a name leads nobody into a text: tenders name a mailbox beside every contact. It is told of
# people who are found anyway, and in tables. A name alone is no finding.
TOLD_OF_PEOPLE = {"EMAIL", "QQ", "WECHAT", "VEHICLE_PLATE", "PERSON_NAME"}


@pytest.mark.parametrize(("pattern", "example"), FINDS, ids=ids)
def test_beside_a_person_it_is_a_finding_without_everything(pattern: Pattern, example: str) -> None:
    number = "，身份证号34030219780615042X" if pattern.entity_type in TOLD_OF_PEOPLE else ""
    text = f"申请人：丁小林{number}，{example}".replace("⟦", "").replace("⟧", "")
    assert pattern.entity_type in {hit["entity_type"] for hit in hits(text, everything=False)}


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(("pattern", "example"), IGNORES, ids=ids)
def test_what_is_to_be_ignored_is_no_finding(pattern: Pattern, example: str, context: str) -> None:
    of_this_kind = [hit for hit in hits(context.format(example)) if hit["entity_type"] == pattern.entity_type]
    others = [hit for hit in of_this_kind if pattern.entity_type == "PERSON_NAME" and hit["start"] == 4]
    assert [hit for hit in of_this_kind if hit not in others and hit["severity"] != Severity.SUPPORTING] == []
