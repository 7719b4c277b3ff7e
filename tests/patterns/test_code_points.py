"""Candidates' offsets in code points against counting each record's characters one by one."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patterns import code_points, runs
from patterns.candidates import Candidates

TEXTS = st.lists(st.text(st.sampled_from("1a，号·\u200b😀\n"), max_size=12), min_size=1, max_size=6)


@given(texts=TEXTS, data=st.data())
def test_each_wanted_record_gets_its_own_in_order_of_start(texts: list[str], data: st.DataObject) -> None:
    spans = [
        (row, *sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
        for row, text in enumerate(texts)
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    wanted = np.array([row for row in range(len(texts)) if data.draw(st.booleans())], np.int64)
    buf = runs.pad(np.frombuffer("".join(texts).encode(), np.uint8))
    bounds = runs.PAD + np.cumsum([0, *(len(text.encode()) for text in texts)])
    found = candidates(data.draw(st.permutations(spans)), texts, bounds)
    expected = [sorted((start, end) for row, start, end in spans if row == at) for at in wanted.tolist()]
    spots = code_points.spots(buf, bounds, wanted, found)
    assert [sorted(spot[:2] for spot in of_record) for of_record in spots] == expected
    assert all(spot[:1] <= after[:1] for of_record in spots for spot, after in pairwise(of_record))


def candidates(spans: list[tuple[int, int, int]], texts: list[str], bounds: runs.Offsets) -> Candidates:
    def in_bytes(row: int, at: int) -> int:
        return int(bounds[row]) + len(texts[row][:at].encode())

    start = [in_bytes(row, start) for row, start, _ in spans]
    stop = [in_bytes(row, end) for row, _, end in spans]
    record = np.array([row for row, _, _ in spans], np.int64)
    return Candidates(record, np.array(start, np.int64), np.array(stop, np.int64), np.ones(len(spans), np.uint8))


def test_signs_of_addresses_stand_among_the_other_candidates() -> None:
    spots = [(0, 2, 1), (0, 5, 7), (6, 9, 4)]
    assert code_points.with_emails("12345@789@", spots) == [*spots[:2], (5, 6, 11), spots[2], (9, 10, 11)]
    assert code_points.with_emails("123456789", spots) == spots
