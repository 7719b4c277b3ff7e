"""Where the matcher's time goes, by stage: ``python -m benchmarks.profile_matcher [--records 4000] [--functions 30]``.

Each stage is charged with the processor time of its functions without that of other stages that they call. Then: which
records were read closely, why, and how many of them leak. ``--functions`` adds the costliest functions (cProfile, which
slows small functions down: use it for the order, not for the amounts).
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.row_groups import WARM, WARM_RECORDS, corpus_at, groups, text_bytes
from patterns import (
    anchors,
    beside_letters,
    candidates,
    code_points,
    folding,
    illness,
    matcher,
    output,
    pieces,
    places,
    prose,
    reading,
    runs,
    table_reading,
    tables,
    triggers,
    votes,
)
from patterns.matcher import Matcher

TODAY: Final = date(2017, 12, 20)

# Stage: the functions it consists of, each where its caller looks it up.
STAGES: Final[dict[str, tuple[tuple[Any, str], ...]]] = {
    "columns out of Arrow": ((matcher._Rows, "__init__"), (matcher._Rows, "text")),
    "copy with padding": ((runs, "pad"),),
    "runs of digits": ((runs, "find"),),
    "fold check": ((folding, "records"),),
    "candidates, in one piece": ((candidates, "find"),),
    "candidates, beside letters": ((beside_letters, "find"),),
    "candidates, in pieces": ((pieces, "find"),),
    "triggers: candidates": ((matcher, "matters"),),
    "triggers: titles": ((matcher._Rows, "sensitive"),),
    "triggers: tables of people": ((triggers, "_tables_of_people"),),
    "triggers: anchors over all text": ((anchors, "said"), (triggers, "_anchored")),
    "document's context": ((matcher._Rows, "context"),),
    "segments": ((places.Segments, "of"),),
    "folding": ((folding, "fold"), (matcher, "_with_more")),
    "code points": ((code_points, "spots"),),
    "reading: tables, layout": ((tables, "find"), (tables, "parse")),
    "reading: tables, columns' votes": ((votes, "of_numbers"), (votes, "of_words")),
    "reading: tables, rows": ((table_reading.TableReader, "read"),),
    "reading: running text": ((prose, "read"),),
    "reading: lists of names": ((reading, "names_in_list"), (reading, "all_names")),
    "reading: illness": ((illness, "read"),),
    "reading: publicity period": ((reading, "publicity_period"),),
    "reading: marks": ((reading, "find_markings"),),
    "severity": ((reading, "judged"), (reading, "raise_by_volume")),
    "reading: the rest": ((reading, "read"),),
    "output: places": ((output.Hits, "add"),),
    "output: masks, fingerprints, Arrow": ((output.Hits, "batch"),),
    "the rest": ((Matcher, "match"),),
}


class Clock:
    """Processor time of each stage, without the stages called from it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inner = [0.0]  # time of the stages called from each open one

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def inner(*args: Any, **kwargs: Any) -> Any:
            with self.charge(stage):
                result = function(*args, **kwargs)
                return iter(list(result)) if isinstance(result, Iterator) else result

        return inner

    @contextmanager
    def charge(self, stage: str) -> Iterator[None]:
        began = time.thread_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            elapsed = time.thread_time() - began
            self.seconds[stage] += elapsed - self._inner.pop()
            self._inner[-1] += elapsed
            self.calls[stage] += 1

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Every function of STAGES is timed. Raises AttributeError for one that is no more."""
        with ExitStack() as stack:
            for stage, functions in STAGES.items():
                for owner, name in functions:
                    stack.enter_context(patch.object(owner, name, self.timed(stage, getattr(owner, name))))
            yield


def warm(engine: Matcher, folder: Path) -> None:
    """Builds what is built once a process, on texts that are not measured."""
    for group in groups(folder / WARM):
        engine.match(group.read())


def profile(folder: Path) -> tuple[Clock, int, int, float]:
    """Stage times over the corpus; bytes of text, hits, and the seconds it took to warm up."""
    clock, engine, size, hits = Clock(), Matcher(b"benchmark", today=TODAY), 0, 0
    first = time.thread_time()
    warm(engine, folder)
    first = time.thread_time() - first
    with clock.watching():
        for group in groups(folder):
            with clock.charge("Parquet decode"):
                batch = group.read()
            hits += len(engine.match(batch))
            size += text_bytes(batch)
    return clock, size, hits, first


def report(clock: Clock, size: int, hits: int, first: float) -> None:
    total = sum(clock.seconds.values())
    print(f"{size / 1e6:.1f} MB of text, {hits} hits, {total:.2f} s of one core: {size / 1e6 / total:.1f} MB/s")
    print(f"warming up on {WARM_RECORDS} other records: {first:.2f} s, not counted\n")
    print(f"{'stage':<38}{'share':>7}{'ms/MB':>9}{'calls':>9}")
    for stage, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        print(f"{stage:<38}{seconds / total:>7.1%}{1e9 * seconds / size:>9.2f}{clock.calls[stage]:>9}")


@cache
def leaks(folder: Path) -> pa.Array:
    """The records with planted cases."""
    return pq.read_table(folder / "cases.parquet", columns=["doc_id"])["doc_id"].combine_chunks()


def of_leaks(folder: Path) -> tuple[int, float]:
    """How many records leak, and the seconds that they take alone, from decoded text to hits: what no way of finding
    out faster that the others are clean can save."""
    engine, count, seconds = Matcher(b"benchmark", today=TODAY), 0, 0.0
    for group in groups(folder):
        batch = group.read()
        leaking = batch.filter(pc.is_in(batch["doc_id"], leaks(folder)))
        began = time.thread_time()
        engine.match(leaking)
        seconds += time.thread_time() - began
        count += len(leaking)
    return count, seconds


def closely_read(folder: Path) -> Counter[tuple[str, bool]]:
    """Records read closely by (reason, whether it leaks); the first reason that holds counts."""
    why: Counter[tuple[str, bool]] = Counter()
    for group in groups(folder):
        batch = group.read()
        rows = matcher._Rows(batch)
        leaking = pc.is_in(batch["doc_id"], leaks(folder)).to_pylist()
        for first, last in matcher._chunks(rows.bounds):
            why.update((reason, leaking[first + record]) for record, reason in _reasons(rows, first, last))
    return why


def _reasons(rows: matcher._Rows, first: int, last: int) -> Iterator[tuple[int, str]]:
    buf = runs.pad(rows.buf[rows.bounds[first] : rows.bounds[last]])
    bounds = rows.bounds[first : last + 1] - rows.bounds[first] + runs.PAD
    table = runs.find(buf, bounds)
    found, said = matcher.candidates_of(table), anchors.said(buf, bounds)
    known: set[int] = set()
    for kind in candidates.Kind:
        alone = _of_kind(found, kind)
        for record in np.flatnonzero(triggers.matters(table, alone, everything=False)):
            if record not in known:
                yield int(record), f"candidate {kind.name}"
            known.add(int(record))
    for record in folding.records(buf, bounds, said):
        if record not in known:
            yield int(record), "folded"
        known.add(int(record))
    matter = np.isin(np.arange(last - first), list(known))
    before = matter.copy()
    triggers.by_words(rows, first, buf, bounds, said, matter)
    yield from ((int(record), "a table of people, a title or a mark") for record in np.flatnonzero(matter & ~before))


def _of_kind(found: candidates.Candidates, kind: candidates.Kind) -> candidates.Candidates:
    these = found.kind == kind
    return candidates.Candidates(found.record[these], found.start[these], found.stop[these], found.kind[these])


def report_reasons(why: Counter[tuple[str, bool]], records: int) -> None:
    leaking = sum(count for (_, leaks), count in why.items() if leaks)
    print(f"\nread closely: {sum(why.values())} of {records} records; {leaking} of them leak")
    print(f"{'because of':<38}{'clean':>9}{'leaking':>9}")
    for reason in sorted({reason for reason, _ in why}, key=lambda reason: -why[reason, False]):
        print(f"{reason:<38}{why[reason, False]:>9}{why[reason, True]:>9}")


def costliest(folder: Path, count: int) -> None:
    """The functions with the most time of their own."""
    engine, measured = Matcher(b"benchmark", today=TODAY), cProfile.Profile()
    batches: list[pa.RecordBatch] = [group.read() for group in groups(folder)]
    warm(engine, folder)
    measured.enable()
    for batch in batches:
        engine.match(batch)
    measured.disable()
    pstats.Stats(measured).strip_dirs().sort_stats("tottime").print_stats(count)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder with a corpus, or to write one into (default: temporary)")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="also the N costliest functions")
    args = parser.parse_args()
    with corpus_at(args.corpus, args.records, args.seed) as folder:
        clock, size, hits, first = profile(folder)
        report(clock, size, hits, first)
        count, seconds = of_leaks(folder)
        print(f"\nthe {count} records that leak, alone: {seconds:.2f} s;", end=" ")
        print(f"were all else free: {size / 1e6 / seconds:.0f} MB/s")
        records = sum(len(group.read(["doc_id"])) for group in groups(folder))
        report_reasons(closely_read(folder), records)
        if args.functions:
            costliest(folder, args.functions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
