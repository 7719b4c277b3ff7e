"""Documents with their gold answers, and the record batches the matcher reads them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import pyarrow as pa

from patterns.schema import MATCH_INPUT, SegmentKind
from scanner.synthetic.clean_pages import Pools, Skeleton, frame, skeletons
from scanner.synthetic.content import Gold, text_of
from scanner.synthetic.filling import Filler
from scanner.synthetic.forms import Form
from scanner.synthetic.templates import Template, make

WrittenForms = Mapping[tuple[str, str], Form]


@dataclass(frozen=True, slots=True)
class Doc:
    doc_id: str
    text: str
    segments: list[dict[str, object]]
    title: str
    section: str
    published_at: date | None
    parent_title: str
    gold: list[Gold]
    template: str
    expect: int | None  # least severity of the case; 0: below MEDIUM; None: open
    neutral: frozenset[str] = frozenset()  # values that may be found or not: officials, bidding agents


def from_template(template: Template, filler: Filler, pools: Pools, number: int) -> Doc:
    content = make(template, filler)
    before, after = frame(filler.rng, pools)
    if template.bare:
        before = after = ""
    text = text_of(content, before=before, after=after)
    return Doc(
        doc_id=f"{template.name}#{number}",
        text=str(text),
        segments=text.segments,
        title=content.title,
        section=content.section,
        published_at=content.published_at,
        parent_title=content.parent_title,
        gold=text.gold,
        template=template.name,
        expect=content.expect,
    )


def leaking(templates: Sequence[Template], seed: int, each: int, more: WrittenForms | None = None) -> Iterator[Doc]:
    """``each`` documents of every template; ``more``: the written forms these templates bring along."""
    filler, pools = Filler(seed, more=more), Pools(seed, 499)
    for number in range(each):
        for template in templates:
            yield from_template(template, filler, pools, number)


def clean(seed: int, count: int) -> Iterator[Doc]:
    """Pages with nothing in them; ``gold`` is empty."""
    rng, pools = Random(seed), Pools(seed + 1)
    pages = skeletons(rng, min(count, 2000))
    for number in range(count):
        yield clean_doc(pages[number % len(pages)], pools, number, rng)


def clean_doc(page: Skeleton, pools: Pools, number: int, rng: Random) -> Doc:
    texts = (pools.render(page.head) + pools.render(page.body), pools.render(page.table), pools.render(page.foot))
    segments: list[dict[str, object]] = []
    start = 0
    for kind, text in zip((SegmentKind.BODY, SegmentKind.TABLE, SegmentKind.BODY), texts, strict=True):
        if text:
            segments.append(segment(kind, start, start + len(text)))
        start += len(text)
    published = date(2014, 1, 1).toordinal() + rng.randrange(1400)
    name, day = f"clean#{number}", date.fromordinal(published)
    return Doc(name, "".join(texts), segments, page.title, page.section, day, "", [], "clean", 0, pools.public)


def segment(kind: str, start: int, end: int) -> dict[str, object]:
    return {
        "kind": kind, "place": "", "start": start, "end": end, "row": 1, "col": 1,
        "hidden": False, "hidden_rows": [], "hidden_cols": [],
    }  # fmt: skip


def batch(docs: Iterable[Doc]) -> pa.RecordBatch:
    """One batch with the columns of MATCH_INPUT."""
    rows = [{name: getattr(doc, name) for name in MATCH_INPUT.names} for doc in docs]
    return pa.RecordBatch.from_pylist(rows, schema=MATCH_INPUT)
