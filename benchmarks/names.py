"""Person names: ``all_names`` against jieba.posseg on the same sentences, and ``name_in_cell`` on name columns.

Seeded. Names come from scanner/synthetic/names.py, whose lists know nothing of jieba's statistics. The sentence
templates are cut in two: what the weights in patterns/name_text.py were chosen on (tune) and what they never saw (held
out, reported). A name counts as found when its span is exact.

    python -m benchmarks.names [--split tune|held-out] [--seed N] [--wrong]
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from benchmarks.name_templates import CELL_TRAPS, CLEAN_HELD_OUT, CLEAN_TUNE, HELD_OUT, TUNE
from patterns.person_name import all_names, name_in_cell
from scanner.synthetic import names

Spans = set[tuple[int, int]]
Sentence = tuple[str, Spans]


def sentences(split: str, seed: int, each: int = 30) -> list[Sentence]:
    """``each`` fillings of every template of the split, and its clean sentences once each."""
    rng = Random(seed)
    templates, clean = (TUNE, CLEAN_TUNE) if split == "tune" else (HELD_OUT, CLEAN_HELD_OUT)
    return [fill(t, rng) for t in templates for _ in range(each)] + [(t, set()) for t in clean]


def fill(template: str, rng: Random) -> Sentence:
    """Puts a name in place of each ◆ and says where they are."""
    head, *rest = template.split("◆")
    text, gold = head, set()
    for piece in rest:
        name = names.full_name(rng, rng.random() < 0.5)
        gold.add((len(text), len(text) + len(name)))
        text += name + piece
    return text, gold


def posseg() -> Callable[[str], Spans]:
    """jieba.posseg with its default dictionary: words of two and more characters tagged nr, nrfg or nrt."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.dt.tmp_dir = tempfile.mkdtemp()
    from jieba import posseg as tagger

    def find(text: str) -> Spans:
        found, at = set(), 0
        for word, tag in tagger.cut(text):
            if tag.startswith("nr") and len(word) > 1:
                found.add((at, at + len(word)))
            at += len(word)
        return found

    return find


def ours(text: str) -> Spans:
    return {(s.start, s.end) for s in all_names(text) if not s.masked}


def measure(
    find: Callable[[str], Spans], rows: list[Sentence]
) -> tuple[float, float, float, Counter[str], Counter[str]]:
    """(precision, recall, thousand characters a second, false names, missed names)"""
    find("张伟说今天下午开会")  # loads what is loaded at first use
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    right = 0
    began = time.perf_counter()
    for text, gold in rows:
        found = find(text)
        right += len(found & gold)
        false.update(text[a:b] for a, b in found - gold)
        missed.update(text[a:b] for a, b in gold - found)
    seconds = time.perf_counter() - began
    total = sum(len(gold) for _, gold in rows)
    rate = sum(len(text) for text, _ in rows) / seconds / 1000
    return right / max(1, right + sum(false.values())), right / total, rate, false, missed


def cells(seed: int, count: int = 20_000) -> tuple[float, list[str], list[str]]:
    """(recall over written forms, cells read wrong, traps taken for names)"""
    rng = Random(seed)
    wrong = []
    for _ in range(count):
        text, gold = fill(rng.choice(CELL_FORMS), rng)
        if rng.random() < 0.3 and len(gold) == 1:
            text, gold = pad(text, gold)
        if {(s.start, s.end) for s in name_in_cell(text)} != gold:
            wrong.append(text)
    traps = [cell for cell in CELL_TRAPS if name_in_cell(cell)]
    return 1 - len(wrong) / count, wrong, traps


CELL_FORMS = ("◆", "◆", "◆", "◆", "◆（户主）", "1.◆", "◆、◆", "◆ ◆", "户主：◆", "◆(本人)", " ◆ ", "◆,◆", "①◆", "◆/◆")


def pad(text: str, gold: Spans) -> Sentence:
    """李明 as 李　明 and, now and then, 王小红 as 王 小 红."""
    ((start, end),) = gold
    name = text[start:end]
    if len(name) > 3 or "·" in name:
        return text, gold
    name = ("\u3000" if len(name) == 2 else " ").join(name)
    return text[:start] + name + text[end:], {(start, start + len(name))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("tune", "held-out"), default="held-out")
    parser.add_argument("--seed", type=int, default=20171130)
    parser.add_argument("--wrong", action="store_true", help="list what each finds wrongly and misses")
    args = parser.parse_args()
    rows = sentences(args.split, args.seed)
    print(f"{args.split}: {len(rows)} sentences, {sum(len(g) for _, g in rows)} names, seed {args.seed}")
    for label, find in (("all_names", ours), ("jieba.posseg", posseg())):
        precision, recall, rate, false, missed = measure(find, rows)
        print(f"{label:13} precision {precision:.4f}  recall {recall:.4f}  {rate:6.0f} thousand characters/s")
        if args.wrong:
            print("  false :", *(f"{w}×{n}" for w, n in false.most_common(60)))
            print("  missed:", *(f"{w}×{n}" for w, n in missed.most_common(60)))
    recall, wrong, traps = cells(args.seed)
    print(f"name_in_cell  recall {recall:.4f}  of {len(CELL_TRAPS)} traps taken for names: {len(traps)}")
    if args.wrong:
        print("  wrong :", *wrong[:60], "\n  traps :", *traps)


if __name__ == "__main__":
    main()
