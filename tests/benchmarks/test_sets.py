"""The two sets of templates are disjoint and large enough to mean something."""

from __future__ import annotations

import re

from benchmarks import templates_held_out, templates_tune
from benchmarks.corpus import documents
from scanner.synthetic.templates import Each, Grid, Template

_CELL = re.compile(r"\{[^}]*\}")


def _layouts(templates: tuple[Template, ...]) -> set[str]:
    """What a template is without its values: headers and wordings."""
    out = set()
    for template in templates:
        for part in template.parts:
            text = part.columns if isinstance(part, Grid) else part.item if isinstance(part, Each) else part
            out.add(_CELL.sub("", text))
    return {layout for layout in out if len(layout) > 14}


def test_held_out_has_forty_templates_of_leaks() -> None:
    assert len(templates_held_out.LEAKING) >= 40
    assert len({t.name for t in (*templates_held_out.ALL, *templates_tune.ALL)}) == len(templates_held_out.ALL) + len(
        templates_tune.ALL
    )


def test_no_layout_is_in_both() -> None:
    assert not _layouts(templates_held_out.ALL) & _layouts(templates_tune.ALL)


def test_corpus_is_seeded_and_two_percent_leak() -> None:
    first, second = list(documents(200, 3)), list(documents(200, 3))
    assert [doc.text for doc in first] == [doc.text for doc in second]
    assert sum(doc.template != "clean" for doc in first) == 4


def test_corpus_spans_hold_the_value() -> None:
    for doc in documents(300, 5):
        for gold in doc.gold:
            assert gold.form != "plain" or doc.text[gold.start : gold.end] == gold.raw
        assert all(0 <= int(str(s["start"])) < int(str(s["end"])) <= len(doc.text) for s in doc.segments)
