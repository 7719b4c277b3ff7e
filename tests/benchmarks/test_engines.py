"""The comparison is fair only if every engine's spans mean the same and wrong engines are not timed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from benchmarks import corpus, engine_process, engines
from benchmarks.engine_process import Answers, WrongAnswer
from benchmarks.peers import engine, in_code_points, luhn, valid_id
from benchmarks.row_groups import WARM, groups
from patterns.schema import MATCH_INPUT
from scanner.synthetic.people import Factory

PERSON = Factory(21).person()
TEXTS = [
    "没有号码的一页",
    f"姓名\t身份证号\t手机\n{PERSON.name}\t{PERSON.resident_id}\t{PERSON.mobile}\n",
    "编号341234567890123456，订单13812345678901。",
]


def batch(columns: tuple[str, ...]) -> pa.RecordBatch:
    rows = [engine_process._record(text) for text in TEXTS]
    return pa.RecordBatch.from_pylist(rows, schema=MATCH_INPUT).select(list(columns))


@pytest.mark.parametrize(
    ("name", "package"), [("core", "numpy"), ("re", "re"), ("google-re2", "re2"), ("hyperscan", "hyperscan")]
)
def test_every_engine_means_the_same_by_a_span(name: str, package: str) -> None:
    pytest.importorskip(package)
    one = engine(name)
    given = batch(one.columns)
    found = one.make()(given)
    spans = set(in_code_points(found, given)) if one.in_bytes else set(found)
    values = [(1, TEXTS[1].index(v), TEXTS[1].index(v) + len(v)) for v in (PERSON.resident_id, PERSON.mobile)]
    assert set(values) <= spans
    assert not [span for span in spans if span[0] != 1]


def test_the_check_digits() -> None:
    assert valid_id(PERSON.resident_id)
    assert not valid_id(PERSON.resident_id[:-1] + ("0" if PERSON.resident_id[-1] != "0" else "1"))
    assert luhn("79927398713")
    assert not luhn("79927398710")


@pytest.mark.parametrize(
    ("name", "planted", "found", "right"),
    [
        ("re", {("RESIDENT_ID", "plain"): 10}, {("RESIDENT_ID", "plain"): 9}, True),
        ("re", {("RESIDENT_ID", "plain"): 10}, {("RESIDENT_ID", "plain"): 8}, False),
        ("re", {("RESIDENT_ID", "spaced"): 10}, {}, True),  # no peer is asked for more than the plain ones
        ("core", {("RESIDENT_ID", "spaced"): 10}, {("RESIDENT_ID", "spaced"): 9}, False),
        ("core", {("RESIDENT_ID", "spaced"): 10}, {("RESIDENT_ID", "spaced"): 10}, True),
        ("core", {("MOBILE", "plain"): 10}, {("MOBILE", "plain"): 9}, False),
    ],
)
def test_a_wrong_engine_is_not_timed(
    name: str, planted: dict[tuple[str, str], int], found: dict[tuple[str, str], int], right: bool
) -> None:
    result = Answers(Counter(planted), Counter(found))
    if right:
        engine_process.check(engine(name), result)
    else:
        with pytest.raises(WrongAnswer):
            engine_process.check(engine(name), result)


def test_a_run_of_processes_from_parquet_to_ratios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.write(tmp_path, 1100, seed=4)
    corpus.write(tmp_path / WARM, 60, seed=5)
    assert len(groups(tmp_path)) == 2
    rows, together = engines.measure(tmp_path, ["floor", "re"], repeat=1)
    assert rows["re"].said["groups"] == 1  # a sample
    assert rows["floor"].runs[0]["bytes"] > rows["re"].runs[0]["bytes"] > 0
    assert len(together["floor"]) == 1
    engines.report(rows, together)
    output = capsys.readouterr().out
    assert "ID, plain" in output
    assert "1/2" in output
