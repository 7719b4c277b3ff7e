"""What becomes of members that no extractor reads: those without words for a reader, and those that must be listed."""

from __future__ import annotations

from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors import media
from pipelines.schema import Status

_WORDLESS: Final = {
    media.EMPTY: "no text: empty file",
    media.CSS: "no text: style sheet",
    "application/vnd.ms-fontobject": "no text: font",
}
_REASONS: Final = {
    media.ENCRYPTED_OFFICE: (Status.ENCRYPTED, "password"),
    "application/vnd.ms-cab-compressed": (Status.UNSUPPORTED, "archive"),
}


def unread(member: Member, kind: str) -> Document:
    """The document of a member of a kind that no extractor takes."""
    if kind in _WORDLESS or kind.startswith("font/"):
        reason = _WORDLESS.get(kind, "no text: font")
        return Document(media_type=kind, extractor="none", status=Status.EXTRACTED, reason=reason)
    status, reason = _REASONS.get(kind, (Status.UNSUPPORTED, _unsupported(kind)))
    detail = f"{reason}: {kind}" if reason == "archive" else reason
    return Document(media_type=kind, extractor="none", status=status, reason=detail)


def _unsupported(kind: str) -> str:
    if kind.startswith("image/"):
        return "image: needs OCR"
    if kind == media.BINARY:
        return "unknown: binary"
    return f"format: {kind}"
