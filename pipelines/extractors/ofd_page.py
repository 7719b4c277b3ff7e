"""Lines and cells of an OFD page: its pieces of text in order of where they stand, in millimetres from the top left.

A piece is an ``ofd:TextCode``: its characters, where the first one stands in its object, and how far each is from the
one before. Objects may be turned or scaled by a matrix (CTM), of which moving and scaling matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

_SAME_LINE: Final = 0.5  # of the smaller piece's height that two baselines may differ
_WIDE_GAP: Final = 0.7  # of the height, as on PDF pages: a table's cell margins are wider, a space is narrower
_SPACE: Final = 0.2
_TORN: Final = 1.8  # of the height between two characters of one piece: beyond it they are in two cells
_MAX_STEPS: Final = 100_000  # characters of one piece that distances are worked out for


@dataclass(frozen=True, slots=True)
class Piece:
    left: float
    right: float
    base: float  # of the characters, from the page's top
    height: float
    text: str
    hidden: bool


def pieces_of(root: etree._Element) -> Iterator[Piece]:
    """The pieces of text of a page, a template or an annotation's appearance."""
    for item in root.iter("{*}TextObject"):
        box = _numbers(item.get("Boundary", ""))
        left, top = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
        matrix = _numbers(item.get("CTM", ""))
        a, d, e, f = (matrix[0], matrix[3], matrix[4], matrix[5]) if len(matrix) == 6 else (1.0, 1.0, 0.0, 0.0)
        size = _number(item.get("Size"), 4.0)
        hidden = item.get("Visible") == "false" or item.get("Alpha") == "0"
        x = y = 0.0
        for code in item.iterchildren("{*}TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)  # left out, they are those of the one before
            base, height = top + d * y + f, abs(d) * size or size
            for start, end, text in _runs(code, size):
                yield Piece(left + a * (x + start) + e, left + a * (x + end) + e, base, height, text, hidden)


def _runs(code: etree._Element, size: float) -> Iterator[tuple[float, float, str]]:
    """Begin, end and characters of each run of a TextCode that no wide gap tears."""
    text = code.text or ""
    steps = _steps(code.get("DeltaX", ""), len(text) - 1)
    begin = at = 0.0
    first = 0
    for number, step in enumerate(steps, 1):
        if step > _TORN * size or step < -size:
            yield begin, at + size, text[first:number]
            first, begin = number, at + step
        at += step
    yield begin, at + (size if steps else size * max(len(text), 1)), text[first:]


def _steps(written: str, most: int) -> list[float]:
    """Distances between characters; "g 5 3.2" stands for five of 3.2."""
    words, steps, at = written.split(), list[float](), 0
    most = min(most, _MAX_STEPS)
    while at < len(words) and len(steps) < most:
        if words[at] == "g" and at + 2 < len(words):
            steps += [_number(words[at + 2], 0.0)] * min(int(_number(words[at + 1], 0.0)), most - len(steps))
            at += 3
        else:
            steps.append(_number(words[at], 0.0))
            at += 1
    return steps


def lines_of(pieces: list[Piece]) -> str:
    """The pieces in lines from top to bottom, from left to right, cells parted by tabs."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.base):
        if rows and piece.base - rows[-1][-1].base <= _SAME_LINE * min(piece.height, rows[-1][-1].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = (_line(sorted(row, key=lambda p: p.left)).strip() for row in rows)
    return "\n".join(line for line in lines if line)


def _line(row: list[Piece]) -> str:
    parts, last = list[str](), None
    for piece in row:
        text = " ".join(piece.text.split()) if not piece.text.isprintable() else piece.text
        if last is not None:
            gap, height = piece.left - last.right, min(piece.height, last.height)
            parts.append("\t" if gap > _WIDE_GAP * height else " " if gap > _SPACE * height else "")
        parts.append(text)
        last = piece
    return "".join(parts)


def _numbers(written: str) -> list[float]:
    return [_number(word, 0.0) for word in written.split()]


def _number(written: str | None, otherwise: float) -> float:
    try:
        value = float(written or "")
    except ValueError:
        return otherwise
    return value if abs(value) < 1e9 else otherwise  # false for NaN, too
