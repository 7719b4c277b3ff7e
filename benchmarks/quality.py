"""Recall and precision of the matcher on seeded gold: ``python -m benchmarks.quality``.

Five disjoint sets of templates. ``tune``: rules were tuned on it. ``held_out`` and ``blind``: written apart from the
rules, but their failures were looked at during development (``blind`` was blind until it was opened), so they are
second and third development sets. ``fresh``: written by someone who had not seen the matcher; its misses are not read
by whoever tunes, ``--list`` refuses it, and its recall by written form is not printed, unless ``--open-fresh`` is
given. Only its figures tell how the rules do on what they were not made for. ``varied``: written apart from the rules
by someone who had not seen the matcher; a development set: its failures are read. Each set's leaking documents stand
among 49 times as many clean, number-heavy pages (4 times with ``--small``). ``--check`` compares with
floors.toml and exits 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, islice
from typing import Final

from benchmarks import floors, templates_blind, templates_fresh, templates_held_out, templates_tune, templates_varied
from benchmarks.documents import Doc, WrittenForms, batch, clean, leaking
from benchmarks.scoring import Score, score
from patterns.matcher import Matcher

FRESH: Final = "fresh"
SETS: Final = {
    "tune": templates_tune.ALL,
    "held_out": templates_held_out.ALL,
    "blind": templates_blind.ALL,
    FRESH: templates_fresh.ALL,
    "varied": templates_varied.ALL,
}
_FORMS: Final[dict[str, WrittenForms]] = {  # beside those every set may use
    "blind": templates_blind.FORMS,
    FRESH: templates_fresh.FORMS,
    "varied": templates_varied.FORMS,
}
_TODAY: Final = date(2017, 12, 20)
_SIZES: Final = {"small": (2, 4), "full": (12, 49)}  # documents of each template, clean pages to each leaking one
_BATCH: Final = 512
_OPENED: Final = (
    "warning: the set fresh is fresh no longer: say so in the docstring of benchmarks/quality.py and write a new one"
)


def measure(name: str, size: str, seed: int = 1) -> Score:
    """The matcher's score on one set; ``size`` as in _SIZES."""
    each, clean_per_leak = _SIZES[size]
    templates = SETS[name]
    leaks = sum(1 for t in templates if t.expect) * each
    docs = chain(leaking(templates, seed, each, _FORMS.get(name)), clean(seed + 100, leaks * clean_per_leak))
    matcher = Matcher(b"benchmark", today=_TODAY, everything=True)
    result = Score()
    for group in _batches(docs):
        rows: list[list[dict[str, object]]] = [[] for _ in group]
        for hit in matcher.match(batch(group)).to_pylist():
            rows[hit["record_row"]].append(hit)
        for doc, hits in zip(group, rows, strict=True):
            score(doc, hits, result)
    return result


def _batches(docs: Iterator[Doc]) -> Iterator[list[Doc]]:
    while group := list(islice(docs, _BATCH)):
        yield group


def report(name: str, result: Score, *, by_form: bool = True) -> None:
    recall, precision, case = result.recall(), result.precision(), result.case()
    print(f"\n== {name} ==")
    print(f"{'entity':<24}{'gold':>7}{'recall':>9}{'exact':>9}{'precision':>11}{'false':>7}")
    for entity in sorted(recall | precision):
        gold = sum(n for (e, _), n in result.wanted.items() if e == entity)
        found = sum(n for (e, _), n in result.found.items() if e == entity)
        exact = _share(result.exact[entity] / found if found else None)
        shares = f"{_share(recall.get(entity)):>9}{exact:>9}{_share(precision.get(entity)):>11}"
        print(f"{entity:<24}{gold:>7}{shares}{result.wrong[entity]:>7}")
    if by_form:
        _report_forms(result)
    counts = " ".join(f"{key} {result.cases[key]}" for key in ("tp", "fp", "fn", "tn"))
    print(f"cases at or above 中: precision {_share(case['precision'])} recall {_share(case['recall'])} ({counts})")
    print(f"cases at or above their expected level: {_share(case['level'])}")


def _report_forms(result: Score) -> None:
    forms = sorted((e, f, result.found[e, f], n) for (e, f), n in result.wanted.items() if f != "plain")
    print("by written form: " + "  ".join(f"{e}/{f} {_share(k / n)}" for e, f, k, n in forms))


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def examples(result: Score, limit: int) -> None:
    """Misses and false alarms by kind, entity, form and template, the commonest first."""
    groups = Counter((e.what, e.entity, e.form, e.template) for e in result.examples)
    shown = {(e.what, e.entity, e.form, e.template): e.text for e in reversed(result.examples)}
    for key, count in groups.most_common(limit):
        print(f"{count:>6}  {'  '.join(key)}\n        {shown[key]!r}")


def values(name: str, size: str, result: Score) -> dict[str, float]:
    """What the floors are set on, by a dotted name."""
    flat = {f"{size}.{name}.recall.{k}": v for k, v in result.recall().items()}
    flat |= {f"{size}.{name}.precision.{k}": v for k, v in result.precision().items()}
    return flat | {f"{size}.{name}.case.{k}": v for k, v in result.case().items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="two documents of each template; under a minute and a half"
    )
    parser.add_argument("--set", choices=sorted(SETS), action="append", help="only this set (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", type=int, nargs="?", const=60, default=0, metavar="N", help="N commonest failures")
    parser.add_argument("--open-fresh", action="store_true", help="allow --list for the set fresh")
    parser.add_argument("--check", action="store_true", help="exit 1 when a value is below its floor")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to today's values")
    args = parser.parse_args()
    chosen: list[str] = args.set or list(SETS)
    if FRESH in chosen and args.open_fresh:
        print(_OPENED, file=sys.stderr)
    elif FRESH in chosen and args.list:
        parser.error(f"--list would open the set {FRESH}: choose others with --set, or add --open-fresh")
    size = "small" if args.small else "full"
    measured: dict[str, float] = {}
    for name in chosen:
        began = time.perf_counter()
        result = measure(name, size, args.seed)
        report(name, result, by_form=name != FRESH or args.open_fresh)
        print(f"{time.perf_counter() - began:.1f} s")
        examples(result, args.list)
        measured |= values(name, size, result)
    if args.lift:
        floors.lift(measured)
    below = floors.below(measured) if args.check else []
    for line in below:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
