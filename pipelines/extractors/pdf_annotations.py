"""A PDF page's annotations: notes, form values, and boxes that are laid over the text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pypdfium2 import raw

from pipelines.extractors.assembly import Assembly
from pipelines.extractors.rows import flat
from pipelines.schema import SegmentKind

_MAX: Final = 20_000  # of a page
_BOXES: Final = frozenset(
    (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_FREETEXT)
)
_UNSEEN: Final = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_COLORS: Final = {raw.FPDF_ANNOT_FREETEXT: b"C"}  # the key whose colour fills it; of the others /IC

Rect = tuple[float, float, float, float]  # left, bottom, right, top


def opaque_boxes(page: Any) -> list[Rect]:
    """Where annotations that are filled and not transparent lie."""
    found = []
    for annotation, kind in _annotations(page):
        if kind in _BOXES and raw.FPDFAnnot_HasKey(annotation, _COLORS.get(kind, b"IC")) and _opacity(annotation) == 1:
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetRect(annotation, rect):
                low, high = sorted((rect.bottom, rect.top))
                found.append((rect.left, low, rect.right, high))
    return found


def add_annotations(assembly: Assembly, page: Any, number: int, form: Any) -> None:
    """Append notes and form values. ``form``: pdfium's form environment, or None where the document has no form."""
    for annotation, kind in _annotations(page):
        hidden = bool(raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN)
        if kind == raw.FPDF_ANNOT_WIDGET:
            if form is not None:
                _add_field(assembly, annotation, number, form, hidden)
        elif kind != raw.FPDF_ANNOT_POPUP:
            text = "\n".join(flat(part) for part in _string(annotation, b"Contents").splitlines() if part.strip())
            seen = kind == raw.FPDF_ANNOT_FREETEXT and not hidden
            assembly.add(SegmentKind.COMMENT, f"page {number}", text, hidden=not seen)


def _add_field(assembly: Assembly, annotation: Any, number: int, form: Any, hidden: bool) -> None:
    name = _form_text(raw.FPDFAnnot_GetFormFieldName, form, annotation)
    value = _form_text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    if value not in ("Off", "Yes", "On"):
        lines = "\n".join(flat(line) for line in value.splitlines() if line.strip())
        assembly.add(SegmentKind.ATTRIBUTE, f"page {number} field {flat(name)}".rstrip(), lines, hidden=hidden)


def _annotations(page: Any) -> Iterator[tuple[Any, int]]:
    for at in range(min(_MAX, raw.FPDFPage_GetAnnotCount(page))):
        with _opened(page, at) as annotation:
            if annotation:
                yield annotation, raw.FPDFAnnot_GetSubtype(annotation)


@contextmanager
def _opened(page: Any, at: int) -> Iterator[Any]:
    annotation = raw.FPDFPage_GetAnnot(page, at)
    try:
        yield annotation
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _opacity(annotation: Any) -> float:
    value = ctypes.c_float()
    return value.value if raw.FPDFAnnot_GetNumberValue(annotation, b"CA", value) else 1.0


def _string(annotation: Any, key: bytes) -> str:
    return _filled(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _form_text(get: Any, form: Any, annotation: Any) -> str:
    return _filled(lambda buffer, size: get(form, annotation, buffer, size))


def _filled(get: Any) -> str:
    """pdfium's way to give a string: asked without a buffer it tells its length in bytes, UTF-16 and a final zero."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
