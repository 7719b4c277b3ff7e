"""Which characters of a PDF page nobody sees: under a box or picture drawn later, white, tiny, off the page, invisible.

A page's objects are drawn one after another, so what is drawn later lies on top. A black box over a name leaves the
name selectable: a redaction that failed. A seal is no such thing (it is transparent), nor is a marker's colour. The
text behind a scanned page is its OCR, which a reader sees in the picture: it is said to be a layer, not hidden.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from pipelines.extractors.pdf_pictures import Drawn

COVERED, LAYER, WHITE, TINY, OUTSIDE = "covered", "invisible layer", "white", "tiny", "off the page"
LAYER_OF_SCAN: Final = "layer of a scan"
_MAX_OBJECTS: Final = 50_000  # of a page; more are drawings
_MAX_DEPTH: Final = 5  # of forms in forms
_WHITE: Final = 250  # of 255, in each colour
_TINY: Final = 1.0  # points
_SCAN: Final = 0.5  # of the page that a picture covers if it is the page
_THIN: Final = 3.0  # points; a line of a table, or through a word, covers nothing

Rect = tuple[float, float, float, float]  # left, bottom, right, top
Matrix = tuple[float, float, float, float, float, float]
_Rects = NDArray[np.float64]  # a rectangle a row
_NOWHERE: Final[Rect] = (0, 0, 0, 0)
# What pdfium writes its answers into, made once: a page may have ten thousand objects. pdfium knows no threads anyway.
_INTS: Final = (ctypes.c_int(), ctypes.c_int())
_UINTS: Final = tuple(ctypes.c_uint() for _ in range(4))
_FLOATS: Final = tuple(ctypes.c_float() for _ in range(4))
_IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class _Text:
    order: int
    rect: Rect
    invisible: bool
    white: bool
    tiny: bool


@dataclass(slots=True)
class _Page:
    """The objects of a page: texts by their address, and opaque areas, each with its place in the order of drawing."""

    size: Rect
    texts: dict[int, _Text] = field(default_factory=dict)
    areas: list[tuple[int, Rect, bool]] = field(default_factory=list)  # order, where, a picture or not
    grounds: list[tuple[int, Rect]] = field(default_factory=list)  # what white text can be read upon
    pictures: list[tuple[Any, Rect, Matrix]] = field(default_factory=list)

    def is_scan(self) -> bool:
        whole = _area(self.size)
        return any(picture and _area(_shared(rect, self.size)) > _SCAN * whole for _, rect, picture in self.areas)


class Unseen(NamedTuple):
    reasons: dict[int, str]  # why each of those characters (by its number on the text page) is not seen
    pictures: list[Drawn]  # of the page, but for the scan that its text is a layer of


def unseen_on(page: Any, words: Any, annotated: list[Rect], *, told: bool = True) -> Unseen:
    """``annotated``: where annotations cover the page; not ``told``: pictures only, no reasons."""
    drawn = _Page(_page_box(page))
    for order, (thing, kind, matrix) in enumerate(_objects(page)):
        _take(drawn, order, thing, kind, matrix)
    drawn.areas += [(_MAX_OBJECTS, rect, False) for rect in annotated]
    whole, partly = _suspects(drawn) if told else ({}, {})
    reasons = dict(_characters(words, drawn, whole, partly)) if whole or partly else {}
    return Unseen(reasons, [*_pictures(drawn, page.get_rotation(), LAYER_OF_SCAN in reasons.values())])


def _pictures(drawn: _Page, turned: int, scan: bool) -> Iterator[Drawn]:
    whole = _SCAN * _area(drawn.size)
    for thing, rect, matrix in drawn.pictures:
        a, b, c, d, _, _ = _times(_matrix(thing), matrix)
        quarters = (0 if a >= 0 else 2) if abs(a) + abs(d) >= abs(b) + abs(c) else (1 if b > 0 else 3)
        if not (scan and _area(_shared(rect, drawn.size)) > whole):
            yield Drawn(thing, (quarters - turned // 90) % 4)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Objects in the order of drawing, those inside forms too, with what maps their coordinates to the page's."""
    left = _MAX_OBJECTS
    stack = [(raw.FPDFPage_GetObject, page.raw, 0, raw.FPDFPage_CountObjects(page), _IDENTITY)]
    while stack and left:
        get, owner, at, count, matrix = stack.pop()
        if at >= count:
            continue
        stack.append((get, owner, at + 1, count, matrix))
        thing = get(owner, at)
        left -= 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_FORM and len(stack) <= _MAX_DEPTH:
            inner = _times(_matrix(thing), matrix)
            stack.append((raw.FPDFFormObj_GetObject, thing, 0, max(0, raw.FPDFFormObj_CountObjects(thing)), inner))
        else:
            yield thing, kind, matrix


def _take(drawn: _Page, order: int, thing: Any, kind: int, matrix: Matrix) -> None:
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        invisible = mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
        white = mode == raw.FPDF_TEXTRENDERMODE_FILL and _is_white(thing)
        rect = _bounds(thing, matrix)
        tiny = rect[3] - rect[1] < _TINY and _type_size(thing, matrix) < _TINY
        drawn.texts[_address(thing)] = _Text(order, rect, invisible, white, tiny)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        rect = _bounds(thing, matrix) if _is_filled(thing) else _NOWHERE
        if min(rect[2] - rect[0], rect[3] - rect[1]) >= _THIN:
            if not _is_white(thing):
                drawn.grounds.append((order, rect))
            if _is_box(thing) and not raw.FPDFPageObj_HasTransparency(thing):
                drawn.areas.append((order, rect, False))
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        rect = _bounds(thing, matrix)
        drawn.grounds.append((order, rect))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append((thing, rect, matrix))
        if kind == raw.FPDF_PAGEOBJ_IMAGE and not raw.FPDFPageObj_HasTransparency(thing):
            drawn.areas.append((order, rect, True))


def _suspects(drawn: _Page) -> tuple[dict[int, str], dict[int, _Rects]]:
    """Texts that are unseen as a whole, and those that something was drawn over, wholly or in part."""
    whole: dict[int, str] = {}
    partly: dict[int, _Rects] = {}
    areas = np.array([(order, *rect) for order, rect, _ in drawn.areas], dtype=float).reshape(-1, 5)
    grounds = np.array([(order, *rect) for order, rect in drawn.grounds], dtype=float).reshape(-1, 5)
    for address, text in drawn.texts.items():
        if reason := _reason(drawn, text, grounds):
            whole[address] = reason
        elif len(areas) and areas[-1, 0] > text.order:
            left, bottom, right, top = text.rect
            over = areas[(areas[:, 0] > text.order) & (areas[:, 1] < right) & (areas[:, 3] > left)]
            over = over[(over[:, 2] < top) & (over[:, 4] > bottom)]
            if len(over):
                partly[address] = over[:, 1:]
    return whole, partly


def _reason(drawn: _Page, text: _Text, grounds: _Rects) -> str:
    left, bottom, right, top = text.rect
    if text.invisible:
        return LAYER
    if not _overlap(text.rect, drawn.size):
        return OUTSIDE
    if text.tiny:
        return TINY
    if text.white and not _on_one((left + right) / 2, (bottom + top) / 2, grounds[grounds[:, 0] < text.order, 1:]):
        return WHITE
    return ""


def _characters(
    words: Any, drawn: _Page, whole: dict[int, str], partly: dict[int, _Rects]
) -> Iterator[tuple[int, str]]:
    scan = drawn.is_scan()
    for char in range(words.count_chars()):
        address = _address(raw.FPDFText_GetTextObject(words, char))
        if address in whole:
            yield char, LAYER_OF_SCAN if scan and whole[address] == LAYER else whole[address]
        elif address in partly and _covered(words, char, partly[address]):
            yield char, LAYER_OF_SCAN if scan else COVERED


def _covered(words: Any, char: int, covers: _Rects) -> bool:
    rect = raw.FS_RECTF()
    found = raw.FPDFText_GetLooseCharBox(words, char, rect)
    return bool(found) and _on_one((rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2, covers)


def _is_filled(path: Any) -> bool:
    fill, stroke = _INTS
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and fill.value != raw.FPDF_FILLMODE_NONE


def _is_box(path: Any) -> bool:
    """Whether it is made of a few straight lines: a rectangle, upright or nearly so."""
    count = raw.FPDFPath_CountSegments(path)
    if not 3 <= count <= 6:
        return False
    kinds = [raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, at)) for at in range(count)]
    return raw.FPDF_SEGMENT_BEZIERTO not in kinds


def _is_white(thing: Any) -> bool:
    red, green, blue, alpha = _UINTS
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or not alpha.value


def _bounds(thing: Any, matrix: Matrix) -> Rect:
    left, bottom, right, top = _FLOATS
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return _NOWHERE
    if matrix is _IDENTITY:
        return left.value, bottom.value, right.value, top.value
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f) for x in (left.value, right.value) for y in (bottom.value, top.value)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _type_size(text: Any, matrix: Matrix) -> float:
    """Points on the page; glyphs alone do not tell: 一 is flat at any size."""
    size = ctypes.c_float()
    if not raw.FPDFTextObj_GetFontSize(text, size):
        return _TINY
    a, b, c, d, _, _ = _times(_matrix(text), matrix)
    return float(size.value * max(abs(a) + abs(b), abs(c) + abs(d)))


def _matrix(form: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(form, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that maps by ``one``, then by ``two``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _page_box(page: Any) -> Rect:
    left, bottom, right, top = page.get_cropbox()
    return left, bottom, right, top


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents) if pointer else 0


def _shared(one: Rect, two: Rect) -> Rect:
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def _overlap(one: Rect, two: Rect) -> bool:
    left, bottom, right, top = _shared(one, two)
    return left <= right and bottom <= top


def _area(rect: Rect) -> float:
    return max(0.0, rect[2] - rect[0]) * max(0.0, rect[3] - rect[1])


def _on_one(x: float, y: float, rects: _Rects) -> bool:
    """Whether a point lies on one of some rectangles."""
    left, bottom, right, top = (rects[:, side] for side in range(4))
    return bool(((left <= x) & (x <= right) & (bottom <= y) & (y <= top)).any())
