"""Floors only rise."""

from __future__ import annotations

from pathlib import Path

from benchmarks import floors


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors.lift({"small.tune.recall.MOBILE": 0.98765, "small.tune.case.recall": 0.5}, path)
    floors.lift({"small.tune.recall.MOBILE": 0.9, "small.tune.case.recall": 0.75}, path)
    assert floors.read(path) == {"small.tune.recall.MOBILE": 0.9876, "small.tune.case.recall": 0.75}


def test_below_names_what_fell_or_vanished(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    floors.lift({"small.tune.recall.MOBILE": 0.9, "small.tune.recall.EMAIL": 0.9, "full.tune.recall.QQ": 1.0}, path)
    below = floors.below({"small.tune.recall.MOBILE": 0.8999}, path)
    assert [line.split(":")[0] for line in below] == ["small.tune.recall.EMAIL", "small.tune.recall.MOBILE"]


def test_a_set_without_floors_does_not_pass(tmp_path: Path) -> None:
    (line,) = floors.below({"small.tune.recall.MOBILE": 1.0}, tmp_path / "none.toml")
    assert line.startswith("small.tune: no floors yet")
