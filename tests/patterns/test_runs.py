"""The run table against a regular expression, on any texts side by side in one buffer."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patterns import runs

TEXTS = st.lists(st.text(alphabet="0123456789 -\t\n年，　Ｘx\u200b", max_size=40), min_size=1, max_size=8)


def table(texts: list[str]) -> runs.Runs:
    data = [text.encode() for text in texts]
    bounds = np.cumsum([0, *map(len, data)]).astype(np.int64) + runs.PAD
    return runs.find(runs.pad(np.frombuffer(b"".join(data), np.uint8)), bounds)


@given(TEXTS)
def test_runs_are_the_digits_of_each_record(texts: list[str]) -> None:
    found = table(texts)
    expected = [
        (row, match.start(), match.end())
        for row, text in enumerate(texts)
        for match in re.finditer(rb"[0-9]+", text.encode())
    ]
    base = found.bounds[found.record]
    assert list(zip(found.record, found.start - base, found.stop - base, strict=True)) == expected


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("12 34", runs.GAP_SPACE),
        ("12\u00a034", runs.GAP_SPACE),
        ("12\u300034", runs.GAP_SPACE),
        ("12\n34", runs.GAP_SPACE),
        ("12\r\n  34", runs.GAP_SPACE),
        ("12-34", runs.GAP_DASH),
        ("12 － 34", runs.GAP_DASH),
        ("12\t34", runs.GAP_CELL),
        ("12年34", runs.GAP_BAD),
        ("12\n\n34", runs.GAP_BAD),
        ("12\t\t34", runs.GAP_BAD),
        ("12，34", runs.GAP_BAD),
    ],
)
def test_what_parts_two_runs(text: str, gap: int) -> None:
    assert table([text]).gap.tolist() == [gap, runs.GAP_BAD]


def test_a_gap_never_crosses_a_record() -> None:
    assert table(["12", " 34", "", "56"]).gap.tolist() == [runs.GAP_BAD] * 3
