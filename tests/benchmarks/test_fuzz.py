"""The fuzz run: the same documents for the same seed, and a record with a status for every one of them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks import fuzz
from benchmarks.fuzz_mutations import PLAIN, spoilt
from benchmarks.fuzz_source import FuzzSource, document, write_seeds
from pipelines.isolation import Limits


def test_a_seed_always_makes_the_same_documents(tmp_path: Path) -> None:
    assert write_seeds(tmp_path / "a", None) == write_seeds(tmp_path / "b", None)
    one, other = ([document(n, 7, tmp_path / name) for n in range(300)] for name in "ab")
    assert one == other
    assert one != [document(n, 8, tmp_path / "a") for n in range(300)]


@pytest.mark.parametrize("mutation", PLAIN)
def test_nothing_is_too_short_to_be_spoilt(mutation: object) -> None:
    assert callable(mutation)
    for data in (b"", b"a", b"ab"):
        assert isinstance(mutation(data, Random(1)), bytes)
    assert spoilt(b"", Random(1)) == b""


def test_a_short_run_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_seeds(tmp_path / "sound", None)
    source = FuzzSource(tmp_path / "fuzz", 130, 3, tmp_path / "sound")
    assert fuzz.run(source, Limits(seconds=20), tmp_path / "w", 1) == 0
    said = capsys.readouterr().out
    assert "members without a status: 0" in said
    assert "crashes of the run: 0" in said
