"""Other engines behind one interface, each as somebody would use it who wants speed from it.

An engine is made once (compiled, warmed) and then asked batch by batch. ``find`` gives spans in the unit that the
engine itself counts in; turning bytes into code points is the scoring's business and not timed. A package that is not
installed raises ImportError when its engine is made. All but the core look only for what a pattern can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa

from benchmarks.row_groups import text_buffer
from patterns.schema import MATCH_INPUT, Severity

TODAY: Final = date(2017, 12, 20)

# (record, start, end) of each hit
Spans = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Engine:
    """``in_bytes``: spans count UTF-8 bytes of the record's text, else code points."""

    name: str
    columns: tuple[str, ...]  # what it reads of the Parquet file
    make: Callable[[], Callable[[pa.RecordBatch], Spans]]
    in_bytes: bool = False
    one_group_in: int = 1  # a slow one reads every n-th row group only
    finds: str = ""  # what it looks for


# --- what its users write around a pattern: the check digits ------------------------------------------------------

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID: Final = r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]"
_MOBILE: Final = r"1[3-9]\d{9}"
_CARD: Final = r"62\d{14,17}"
_MAIL: Final = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"


def valid_id(digits: str) -> bool:
    """MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17].upper()


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {"id": valid_id, "card": luhn}


def _passes(kind: str | None, value: str) -> bool:
    return kind not in _CHECKS or _CHECKS[kind](value)


# --- this core and the floor --------------------------------------------------------------------------------------


def _core() -> Callable[[pa.RecordBatch], Spans]:
    from patterns.matcher import Matcher

    matcher = Matcher(b"benchmark", today=TODAY)

    def find(batch: pa.RecordBatch) -> Spans:
        hits = matcher.match(batch)
        assert min(hits["severity"].to_pylist(), default=Severity.INFO) > Severity.SUPPORTING
        return list(zip(*(hits[name].to_pylist() for name in ("record_row", "start", "end")), strict=True))

    return find


def _floor() -> Callable[[pa.RecordBatch], Spans]:
    """Decoding, and one pass over the bytes that adds them up."""

    def find(batch: pa.RecordBatch) -> Spans:
        data, _ = text_buffer(batch)
        words = np.frombuffer(data, np.uint64, count=len(data) // 8)
        return [] if words.sum() else [(0, 0, 0)]

    return find


# --- regular expressions ------------------------------------------------------------------------------------------


def _re() -> Callable[[pa.RecordBatch], Spans]:
    pattern = re.compile(
        rf"(?<![0-9A-Za-z])(?:(?P<id>{_ID})|(?P<card>{_CARD})|(?P<mobile>{_MOBILE}))(?![0-9A-Za-z])|(?P<mail>{_MAIL})"
    )

    def find(batch: pa.RecordBatch) -> Spans:
        return [
            (row, *match.span())
            for row, text in enumerate(batch.column("text").to_pylist())
            for match in pattern.finditer(text)
            if _passes(match.lastgroup, match[0])
        ]

    return find


def _re2() -> Callable[[pa.RecordBatch], Spans]:
    """Bytes, not text, and no look-around: \\b holds between a Chinese character's bytes and a digit."""
    import re2

    numbers = rf"(?P<id>{_ID})|(?P<card>{_CARD})|(?P<mobile>{_MOBILE})"
    pattern = re2.compile(rf"\b(?:{numbers})\b|(?P<mail>{_MAIL})".encode())
    names = {number: name.decode() for name, number in pattern.groupindex.items()}

    def find(batch: pa.RecordBatch) -> Spans:
        data, bounds = text_buffer(batch)
        view, found = memoryview(data), []
        for row, (start, end) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
            for match in pattern.finditer(view[start:end]):
                kind = names.get(match.lastindex)
                if _passes(kind, str(match[match.lastindex], "ascii")):
                    found.append((row, *match.span(match.lastindex)))
        return found

    return find


# --- hyperscan ----------------------------------------------------------------------------------------------------


def _hyperscan() -> Callable[[pa.RecordBatch], Spans]:
    """The ID and the mobile alone, over the whole Arrow buffer at once; widths are fixed, so starts need no flag."""
    import hyperscan

    database = hyperscan.Database()
    patterns = [rf"[^0-9]{_ID}[^0-9]".encode(), rf"[^0-9]{_MOBILE}[^0-9]".encode()]
    database.compile(expressions=patterns, ids=[20, 13], elements=2)

    def find(batch: pa.RecordBatch) -> Spans:
        data, bounds = text_buffer(batch)
        view, ends = memoryview(data), []

        def matched(width: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            if width == 13 or valid_id(str(view[end - 19 : end - 1], "ascii")):
                ends.append((end - width + 1, end - 1))

        database.scan(view, match_event_handler=matched)
        spans = np.array(ends, np.int64).reshape(-1, 2)
        rows = np.searchsorted(bounds, spans[:, 0], side="right") - 1
        inside = spans[:, 1] <= bounds[rows + 1]
        spans = spans - bounds[rows, None]
        return list(zip(rows[inside].tolist(), *spans[inside].T.tolist(), strict=True))

    return find


# --- presidio, JioNLP ---------------------------------------------------------------------------------------------


def _presidio() -> Callable[[pa.RecordBatch], Spans]:
    """Pattern recognisers called as its analyzer calls them, without a language model; Chinese ones of our making."""
    from presidio_analyzer import Pattern, PatternRecognizer
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer

    class ChineseId(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool:
            return valid_id(pattern_text)

    def alone(pattern: str) -> list[Any]:
        return [Pattern("number", rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])", 0.5)]

    recognizers = [
        ChineseId(supported_entity="CN_ID", patterns=alone(_ID)),
        PatternRecognizer(supported_entity="CN_MOBILE", patterns=alone(_MOBILE)),
        CreditCardRecognizer(),
        EmailRecognizer(),
    ]

    def find(batch: pa.RecordBatch) -> Spans:
        return [
            (row, result.start, result.end)
            for row, text in enumerate(batch.column("text").to_pylist())
            for recognizer in recognizers
            for result in recognizer.analyze(text, recognizer.supported_entities, None)
        ]

    return find


def _jionlp() -> Callable[[pa.RecordBatch], Spans]:
    """It checks no digits."""
    import jionlp

    def find(batch: pa.RecordBatch) -> Spans:
        return [
            (row, *item["offset"])
            for row, text in enumerate(batch.column("text").to_pylist())
            for extract in (jionlp.extract_id_card, jionlp.extract_phone_number)
            for item in extract(text, detail=True)
        ]

    return find


_TEXT: Final = ("text",)
_ALL: Final = tuple(MATCH_INPUT.names)

ENGINES: Final[tuple[Engine, ...]] = (
    Engine("floor", _TEXT, _floor, finds="decode, one pass over the bytes"),
    Engine("core", _ALL, _core, finds="everything, with severities"),
    Engine("hyperscan", _TEXT, _hyperscan, in_bytes=True, finds="ID, mobile; MOD 11-2 in Python"),
    Engine("google-re2", _TEXT, _re2, in_bytes=True, finds="ID, mobile, card, e-mail; checks in Python"),
    Engine("re", _TEXT, _re, one_group_in=4, finds="ID, mobile, card, e-mail; checks in Python"),
    Engine("presidio", _TEXT, _presidio, one_group_in=4, finds="ID, mobile, card, e-mail; its own checks"),
    Engine("jionlp", _TEXT, _jionlp, one_group_in=8, finds="ID, phone; no checks"),
)  # fmt: skip


def engine(name: str) -> Engine:
    return next(one for one in ENGINES if one.name == name)


def in_code_points(spans: Spans, batch: pa.RecordBatch) -> Iterator[tuple[int, int, int]]:
    """Spans in bytes as spans in code points."""
    texts = batch.column("text")
    for row, start, end in spans:
        raw = texts[row].as_buffer().to_pybytes()
        before = len(raw[:start].decode("utf-8", "ignore"))
        yield row, before, before + len(raw[start:end].decode("utf-8", "ignore"))
