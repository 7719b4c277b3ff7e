"""A picture that the extractor knows for an ID card: 严重, whatever its number is worth."""

from typing import Any

import pyarrow as pa
import pytest

from patterns.schema import ID_CARD, MATCH_INPUT, Severity
from scanner.synthetic.people import Factory
from tests.patterns.test_matcher import MATCHER

PERSON = Factory(97).person()
SAYS = "居民身份证照片"


def found(seen: str, place: str = ID_CARD, kind: str = "metadata") -> list[dict[str, Any]]:
    text = f"{seen}\n{SAYS}"
    edges = ((kind, place, len(seen) + 1, len(text)), ("page", "", 0, len(seen)))
    segments = [
        {"kind": k, "place": p, "start": a, "end": b, "row": 1, "col": 1, "hidden": False, "hidden_rows": [],
         "hidden_cols": []} for k, p, a, b in edges
    ]  # fmt: skip
    row = {"doc_id": "1", "text": text, "segments": segments, "title": "a.jpg", "parent_title": "", "section": ""}
    batch = pa.RecordBatch.from_pylist([row | {"published_at": None}], schema=MATCH_INPUT)
    hits: list[dict[str, Any]] = MATCHER.match(batch).to_pylist()
    return hits


@pytest.mark.parametrize(
    "seen", ["中华人民共和国 居民身份证", "姓名 模糊不清 公民身份号码 ３４０３", f"姓名{PERSON.name}"]
)
def test_a_picture_is_a_leak_without_its_number(seen: str) -> None:
    (hit,) = [hit for hit in found(seen) if hit["entity_type"] == "ID_PHOTO"]
    assert (hit["severity"], hit["severity_rule"]) == (Severity.CRITICAL, "S44")
    assert (hit["start"], hit["end"]) == (len(seen) + 1, len(seen) + 1 + len(SAYS))
    assert hit["masked"] == "***"


def test_with_its_number_it_is_that_person_s() -> None:
    hits = found(f"姓名{PERSON.name} 公民身份号码 {PERSON.resident_id}")
    number, photo = (next(hit for hit in hits if hit["entity_type"] == kind) for kind in ("RESIDENT_ID", "ID_PHOTO"))
    assert photo["fingerprint"] == number["fingerprint"]


def test_other_places_and_segments_say_nothing() -> None:
    assert found("办理居民身份证须知", place="title") == []
    assert found("办理居民身份证须知", kind="sheet") == []
