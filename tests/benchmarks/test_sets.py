"""The sets of templates are disjoint and large enough to mean something; the fresh one stays shut."""

from __future__ import annotations

import re
import sys
from itertools import chain, combinations

import pytest

from benchmarks import quality, templates_blind, templates_fresh, templates_held_out, templates_tune, templates_varied
from benchmarks.corpus import documents
from benchmarks.documents import leaking
from patterns.schema import Severity
from scanner.synthetic.templates import Cards, Each, Grid, Template

_CELL = re.compile(r"\{[^}]*\}")
_SETS = {
    "tune": templates_tune.ALL,
    "held_out": templates_held_out.ALL,
    "blind": templates_blind.ALL,
    "fresh": templates_fresh.ALL,
    "varied": templates_varied.ALL,
}
_WRITTEN_APART = {"blind": templates_blind, "fresh": templates_fresh, "varied": templates_varied}
_PAIRS = list(combinations(_SETS, 2))


def _layouts(templates: tuple[Template, ...]) -> set[str]:
    """What a template is without its values: headers and wordings."""
    out: set[str] = set()
    for template in templates:
        for part in template.parts:
            out.update(_CELL.sub("", text) for text in _texts(part))
    return {layout for layout in out if len(layout) > 14}


def _texts(part: str | Each | Grid | Cards) -> tuple[str, ...]:
    if isinstance(part, Cards):
        return part.rows
    return (part.columns if isinstance(part, Grid) else part.item if isinstance(part, Each) else part,)


def test_held_out_has_forty_templates_of_leaks() -> None:
    assert len(templates_held_out.LEAKING) >= 40


@pytest.mark.parametrize("name", _WRITTEN_APART)
def test_sets_written_apart_have_forty_five_leaks_and_fifteen_harmless(name: str) -> None:
    templates = _WRITTEN_APART[name]
    leaks = [t for t in templates.LEAKING if t.expect is not None and t.expect >= Severity.MEDIUM]
    assert len(leaks) >= 45
    assert len(templates.HARMLESS) >= 15
    assert not any(t.expect for t in templates.HARMLESS)


def test_every_set_is_measured() -> None:
    assert quality.SETS == _SETS


def test_no_name_is_in_two_sets() -> None:
    names = [template.name for template in chain.from_iterable(_SETS.values())]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("first", "second"), _PAIRS)
def test_no_layout_is_in_two_sets(first: str, second: str) -> None:
    assert not _layouts(_SETS[first]) & _layouts(_SETS[second])


@pytest.mark.parametrize(("first", "second"), _PAIRS)
def test_no_title_is_in_two_sets(first: str, second: str) -> None:
    assert not {t.title for t in _SETS[first]} & {t.title for t in _SETS[second]}


@pytest.mark.parametrize("name", _WRITTEN_APART)
def test_every_form_of_a_set_is_used_and_its_gold_is_the_value(name: str) -> None:
    used = set()
    templates = _WRITTEN_APART[name]
    for doc in leaking(templates.ALL, 1, 2, templates.FORMS):
        for gold in doc.gold:
            used.add((gold.entity, gold.form))
            if gold.entity in ("RESIDENT_ID", "MOBILE", "BANK_CARD", "BANK_ACCOUNT", "DISABILITY_NO", "STUDENT_NO"):
                assert _bare(doc.text[gold.start : gold.end]).endswith(_bare(gold.raw)), (doc.template, gold.form)
    assert set(templates.FORMS) - used == set()


def _bare(text: str) -> str:
    """The digits and letters alone, half-width and upper-case."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return re.sub(r"[^0-9A-Z]", "", half.upper())


@pytest.mark.parametrize("arguments", [["--set", "fresh", "--list"], ["--list", "5"]])
def test_fresh_is_not_listed_unless_opened(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["quality", *arguments])
    with pytest.raises(SystemExit) as stopped:
        quality.main()
    assert stopped.value.code == 2
    assert "--open-fresh" in capsys.readouterr().err


def test_blind_may_be_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["quality", "--small", "--set", "blind", "--list", "3"])
    monkeypatch.setattr(quality, "SETS", {"blind": templates_blind.ALL[:2]})
    assert quality.main() == 0
    assert "by written form" in capsys.readouterr().out


def test_corpus_is_seeded_and_two_percent_leak() -> None:
    first, second = list(documents(200, 3)), list(documents(200, 3))
    assert [doc.text for doc in first] == [doc.text for doc in second]
    assert sum(doc.template != "clean" for doc in first) == 4


def test_corpus_spans_hold_the_value() -> None:
    for doc in documents(300, 5):
        for gold in doc.gold:
            assert gold.form != "plain" or doc.text[gold.start : gold.end] == gold.raw
        assert all(0 <= int(str(s["start"])) < int(str(s["end"])) <= len(doc.text) for s in doc.segments)
