"""End to end: archives in, hits out, against gold: ``python -m benchmarks.archives``.

Builds the synthetic city's sites as archives (HTML in three templates, UTF-8 and GBK, XLSX with hidden parts, DOCX,
PDF), runs the pipeline on them and reports recall and precision per entity type, per file kind and per case.
``--check`` compares with floors.toml and exits 1.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
import tomllib
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks import floors
from benchmarks.scoring import MEASURED
from patterns.schema import Severity
from pipelines import layout
from pipelines.found import file_of
from pipelines.ingest import ingest
from pipelines.match import MatcherFactory, match
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap
from scanner.synthetic.city import Gold, build_archives, build_city

_TODAY: Final = date(2017, 12, 20)
_LOOSE: Final = frozenset({"MASKED_ID", "DAMAGED_ID"})  # their written form, not their raw value, is what stands there
_SAME: Final = {"BANK_ACCOUNT": "BANK_CARD"}
_SMALL: Final = 400  # pages; every kind of leak occurs in them
_NOT_VALUE: Final = re.compile(r"[\s\u200b-\u200f\ufeff'’\-—()（）]")

Hits = list[dict[str, Any]]


@dataclass(slots=True)
class Outcome:
    """What the pipeline found of the gold; a hit is named by its document and its value without separators."""

    wanted: Counter[tuple[str, str]] = field(default_factory=Counter)  # (entity, file kind)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    cases: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def compact(value: str) -> str:
    """A written value without what separates its characters.

    >>> compact("３４０３０２ 19780615-042x")
    '34030219780615042X'
    """
    return _NOT_VALUE.sub("", unicodedata.normalize("NFKC", value)).upper().replace("×", "X")


def run(gold: Gold, work: Path, workers: int) -> dict[str, Hits]:
    """The pipeline's hits by location, each with the text it covers as ``value``."""
    sites = SiteMap.from_dict(tomllib.loads(gold.sites_toml))
    records, hits = work / "records", work / "hits"
    summary = ingest(gold.archives, records, sites=sites, fields=FieldMap(), workers=workers)
    factory = MatcherFactory(b"benchmark", _TODAY, everything=True)
    matched = match(records, summary.archive_ids, hits, matcher=factory, workers=workers)
    for failure in matched.unmatched:
        print(f"not matched: {failure}", file=sys.stderr)
    found: dict[str, Hits] = {}
    for archive in summary.archive_ids:
        every = pq.read_table(file_of(hits / archive))
        for part in layout.parts(records / archive):
            texts = pq.read_table(part, columns=["location", "text"]).to_pylist()
            for row in texts:
                found.setdefault(row["location"], [])
            for hit in every.filter(pc.equal(every["part"], layout.ordinal(part))).to_pylist():
                record = texts[hit["record_row"]]
                value = compact(record["text"][hit["start"] : hit["end"]])
                found[record["location"]].append({**hit, "value": value})
    return found


def compare(gold: Gold, found: dict[str, Hits]) -> Outcome:
    out = Outcome()
    planted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for hit in gold.hits:
        planted[hit.location].add((_same(hit.entity), compact(hit.raw)))
        _wanted(hit.location, hit.entity, hit.raw, found.get(hit.location, []), out)
    for case in gold.cases:
        _judged(found.get(case.location, []), planted[case.location], out)
        _case(case.location, case.template, case.expect, found.get(case.location), out)
    return out


def _same(entity: str) -> str:
    return _SAME.get(entity, entity)


def _wanted(location: str, entity: str, raw: str, hits: Hits, out: Outcome) -> None:
    kind = Path(location).suffix
    values = {hit["value"] for hit in hits if _same(hit["entity_type"]) == _same(entity)}
    want = compact(raw)
    out.wanted[entity, kind] += 1
    if entity in _LOOSE:
        hit = any(value[:2] == want[:2] for value in values)
    elif entity == "ADDRESS":
        hit = any(value and want.endswith(value) and len(value) >= 0.6 * len(want) for value in values)
    else:
        hit = any(want in value for value in values)
    out.found[entity, kind] += hit
    if not hit:
        out.failures.append(f"miss {entity} {kind} {location}")


def _judged(hits: Hits, planted: set[tuple[str, str]], out: Outcome) -> None:
    entities = {entity for entity, _ in planted}
    for hit in hits:
        entity = _same(hit["entity_type"])
        if hit["severity"] <= Severity.SUPPORTING or entity not in MEASURED or entity == "PERSON_NAME":
            continue
        known = entity in _LOOSE or entity == "ADDRESS"
        good = entity in entities if known else any(e == entity and v in hit["value"] for e, v in planted)
        (out.right if good else out.wrong)[hit["entity_type"]] += 1


def _case(location: str, template: str, expect: int | None, hits: Hits | None, out: Outcome) -> None:
    if hits is None:
        out.cases["unread"] += 1
        out.failures.append(f"no record {location}")
        return
    if expect is None:
        return
    level = max((hit["severity"] for hit in hits), default=0)
    leaks, called = expect >= Severity.MEDIUM, level >= Severity.MEDIUM
    out.cases[("t" if leaks == called else "f") + ("p" if called else "n")] += 1
    out.cases["too low"] += leaks and level < expect
    if leaks != called or (leaks and level < expect):
        out.failures.append(f"case {template}: {level}, expected {expect}: {location}")


def report(out: Outcome) -> None:
    print(f"{'entity':<18}{'file':<8}{'gold':>6}{'recall':>9}")
    for (entity, kind), count in sorted(out.wanted.items()):
        print(f"{entity:<18}{kind:<8}{count:>6}{out.found[entity, kind] / count:>9.4f}")
    for entity in sorted(out.right | out.wrong):
        total = out.right[entity] + out.wrong[entity]
        print(f"precision of {entity}: {out.right[entity] / total:.4f} ({total} hits)")
    print("cases: " + " ".join(f"{key} {out.cases[key]}" for key in ("tp", "fp", "fn", "tn", "too low", "unread")))


def values(name: str, out: Outcome) -> dict[str, float]:
    """What the floors are set on, by a dotted name. An archive that was not wholly read has no good value."""
    wanted, found = Counter[str](), Counter[str]()
    for (entity, kind), count in out.wanted.items():
        wanted[entity] += count
        found[entity] += out.found[entity, kind]
    judged = {entity: out.right[entity] + out.wrong[entity] for entity in sorted(out.right | out.wrong)}
    leaks, called = out.cases["tp"] + out.cases["fn"], out.cases["tp"] + out.cases["fp"]
    return (
        {f"{name}.recall.{entity}": found[entity] / wanted[entity] for entity in sorted(wanted)}
        | {f"{name}.precision.{entity}": out.right[entity] / count for entity, count in judged.items()}
        | {f"{name}.case.recall": out.cases["tp"] / leaks, f"{name}.case.precision": out.cases["tp"] / called}
        | {f"{name}.case.read": float(not out.cases["unread"])}
    )


def digest(found: dict[str, Hits]) -> int:
    """Of all hits, wherever they were found: equal for the same documents in another kind of archive."""
    rows = (
        (location, h["rule_id"], h["value"], h["severity"], h["start"]) for location in found for h in found[location]
    )
    return hash(tuple(sorted(rows)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--kinds",
        nargs="+",
        default=None,
        help="the same documents in each of these containers; exit 1 when the hits differ",
    )
    parser.add_argument("--small", action="store_true", help="400 pages")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="the first N failures")
    parser.add_argument("--check", action="store_true", help="with --small: exit 1 when a value is below its floor")
    parser.add_argument("--raise", dest="lift", action="store_true", help="with --small: raise the floors")
    args = parser.parse_args()
    if (args.check or args.lift) and not args.small:
        parser.error("the floors are those of --small")
    pages = _SMALL if args.small else args.pages
    measured: dict[str, float] = {}
    same: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        for kind in args.kinds or [None]:
            place = Path(folder) / (kind or "city")
            gold = build_archives(place, [kind], args.seed, pages) if kind else build_city(place, args.seed, pages)
            began = time.perf_counter()
            found = run(gold, place, args.workers)
            out = compare(gold, found)
            print(f"\n== {kind or 'city'}: {time.perf_counter() - began:.1f} s ==")
            report(out)
            print("\n".join(out.failures[: args.list]))
            same.add(digest(found))
            measured |= values("small.archives" + (f"_{kind}" if kind else ""), out)
    if len(same) > 1:
        print("the kinds of archive differ in what was found in them", file=sys.stderr)
        return 1
    if args.lift:
        floors.lift(measured)
    below = floors.below(measured) if args.check else []
    for line in below:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
