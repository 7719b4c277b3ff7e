"""Where a worker's time goes, and milliseconds that add up."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from pipelines import stages
from pipelines.records import Milliseconds
from pipelines.stages import Laps


def busy(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_each_lap_goes_to_its_stage_and_none_is_counted_twice() -> None:
    began = time.thread_time_ns()
    laps = Laps()
    busy(0.02)
    laps.lap("a")
    busy(0.01)
    laps.lap("b")
    busy(0.02)
    laps.lap("a")
    took = time.thread_time_ns() - began
    spent = laps.spent()
    assert spent["a"] >= 40_000_000 and spent["b"] >= 10_000_000 and spent["a"] + spent["b"] <= took


def test_what_is_waited_for_is_no_stage_s_time() -> None:
    laps = Laps()
    time.sleep(0.05)
    laps.lap("a")
    spent = laps.spent()
    assert spent["a"] < 25_000_000 <= spent[stages.WAIT]


@given(st.lists(st.floats(0, 0.01)))
def test_milliseconds_add_up(seconds: list[float]) -> None:
    clock = Milliseconds()
    whole = [clock.of(each) for each in seconds]
    assert all(abs(each - exact * 1000) <= 1.001 for each, exact in zip(whole, seconds, strict=True))
    assert abs(sum(whole) - sum(seconds) * 1000) <= 0.501 and min(whole, default=0) >= 0
