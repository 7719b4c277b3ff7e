"""One engine in a process of its own: ``python -m benchmarks.engine_process check|time NAME CORPUS SHARE OF``.

``check`` says what the engine finds; ``time`` makes and warms it, says that it is ready, waits for a line on standard
input, and runs once over texts that it has not seen. Answers are lines of JSON. ``SHARE OF``: of all row groups those
are read whose number leaves SHARE when divided by OF.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.peers import ENGINES, Engine, Spans, engine, in_code_points
from benchmarks.row_groups import WARM, Group, groups, text_bytes
from patterns.schema import MATCH_INPUT
from scanner.synthetic.people import Factory

_SLACK: Final = 8  # characters a hit may be longer than the value: a country code, brackets
_LEAST_PLAIN: Final = 0.9  # of the plain numbers, so that no engine is fast by being wrong
_LEAST_CORE: Final = {"RESIDENT_ID": 0.999, "MOBILE": 0.995}  # of every complete form
_INCOMPLETE: Final = ("id15",)


class WrongAnswer(Exception):
    """An engine that does not find what it must is not timed."""


@dataclass(slots=True)
class Answers:
    """What an engine finds of the planted values: [entity, form] → count; hits in all, and on clean pages."""

    planted: Counter[tuple[str, str]]
    found: Counter[tuple[str, str]]
    hits: int = 0
    clean_hits: int = 0
    clean_pages: int = 0

    def share(self, entity: str, *, plain: bool) -> float:
        """Of the plain, or of all complete forms."""
        keys = [(e, f) for e, f in self.planted if e == entity and (f == "plain" if plain else f not in _INCOMPLETE)]
        planted = sum(self.planted[key] for key in keys)
        return sum(self.found[key] for key in keys) / planted if planted else 1.0

    def as_json(self) -> dict[str, Any]:
        forms = [[*key, self.found[key], count] for key, count in sorted(self.planted.items())]
        return {"forms": forms, "hits": self.hits, "clean_hits": self.clean_hits, "clean_pages": self.clean_pages}


Gold = dict[str, list[tuple[str, str, int, int]]]


def gold(folder: Path) -> Gold:
    """The planted values that are to be found, by document."""
    table = pq.read_table(folder / "gold.parquet")
    planted: Gold = defaultdict(list)
    for row in table.filter(pc.field("required")).to_pylist():
        planted[row["doc_id"]].append((row["entity_type"], row["form"], row["start"], row["end"]))
    return planted


def answers(one: Engine, find: Callable[[pa.RecordBatch], Spans], these: list[Group], planted: Gold) -> Answers:
    result = Answers(Counter(), Counter())
    for group in these:
        batch = group.read(one.columns)
        found = find(batch)
        spans = in_code_points(found, batch) if one.in_bytes else iter(found)
        names = group.read(["doc_id"]).column("doc_id").to_pylist()
        _compare(names, spans, planted, result)
        result.hits += len(found)
    return result


def _compare(names: list[str], spans: Iterator[tuple[int, int, int]], planted: Gold, into: Answers) -> None:
    by_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, start, end in spans:
        by_row[row].append((start, end))
    for row, name in enumerate(names):
        clean = name.startswith("clean#")
        into.clean_pages += clean
        into.clean_hits += clean * len(by_row[row])
        for entity, form, start, end in planted.get(name, ()):
            into.planted[entity, form] += 1
            into.found[entity, form] += any(
                a <= start and end <= b and b - a <= end - start + _SLACK for a, b in by_row[row]
            )


def probe(one: Engine, find: Callable[[pa.RecordBatch], Spans]) -> None:
    """A plain ID and a plain mobile, exactly where they stand. Raises WrongAnswer."""
    person = Factory(5).person()
    text = f"姓名：{person.name}，身份证号：{person.resident_id}，手机号：{person.mobile}。"
    batch = pa.RecordBatch.from_pylist([_record("之前没有"), _record(text)], schema=MATCH_INPUT).select(
        list(one.columns)
    )
    found = find(batch)
    spans = set(in_code_points(found, batch)) if one.in_bytes else set(found)
    for value in (person.resident_id, person.mobile):
        start = text.index(value)
        if (1, start, start + len(value)) not in spans:
            raise WrongAnswer(f"{one.name} does not find a plain number of {len(value)} digits")


def _record(text: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"doc_id": "", "segments": [], "title": "", "parent_title": "", "section": ""}
    return empty | {"text": text, "published_at": None}


def check(one: Engine, result: Answers) -> None:
    """Raises WrongAnswer when too little of the planted values was found."""
    for entity, least in _LEAST_CORE.items():
        core = one.name == "core"
        share = result.share(entity, plain=not core)
        if share < (least if core else _LEAST_PLAIN):
            raise WrongAnswer(f"{one.name} finds only {share:.4f} of {entity}{'' if core else ', plain'}")


def timed(one: Engine, find: Callable[[pa.RecordBatch], Spans], these: list[Group]) -> dict[str, Any]:
    """From Parquet files to counted hits."""
    wall, cpu, hits, size = time.perf_counter(), time.process_time(), 0, 0
    for group in these:
        batch = group.read(one.columns)
        hits += len(find(batch))
        size += text_bytes(batch)
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "hits": hits, "bytes": size}


def main(mode: str, name: str, folder: Path, share: int, of: int) -> int:
    one = engine(name)
    every = groups(folder)
    these = every[share :: of if of > 1 else min(one.one_group_in, len(every))]
    try:
        find = one.make()
    except ImportError:
        return _say({"missing": "not installed"})
    if mode == "check":
        return _say(_checked(one, find, these, folder) | {"groups": len(these), "of": len(every)})
    timed(one, find, groups(folder / WARM))
    _say({"ready": True})
    sys.stdin.readline()
    return _say(timed(one, find, these))


def _checked(one: Engine, find: Callable[[pa.RecordBatch], Spans], these: list[Group], folder: Path) -> dict[str, Any]:
    if one.name == "floor":
        return answers(one, find, these, {}).as_json()
    try:
        probe(one, find)
        result = answers(one, find, these, gold(folder))
        check(one, result)
    except WrongAnswer as error:
        return {"missing": f"wrong: {error}"}
    return result.as_json()


def _say(answer: dict[str, Any]) -> int:
    print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    assert sys.argv[2] in {one.name for one in ENGINES}
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])))
