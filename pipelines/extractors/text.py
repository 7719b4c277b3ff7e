"""Plain text: the file's own characters, unchanged, so that offsets are the file's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipelines.documents import Document, Link, Member, Metadata
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.encoding import Decoded, decode
from pipelines.schema import SegmentKind, Status

# Share of characters beyond ASCII that may be undecodable before the text counts as partly read: a cut last
# character is common and harmless, one in two hundred is a wrong encoding or damage.
_TOLERATED_DAMAGE: Final = 1 / 200
_NO_METADATA: Final = Metadata()


def extract_text(member: Member) -> Document:
    """One body segment; newlines as they are, no byte order mark: what ``open(newline="")`` would read."""
    decoded = decode(member.data or b"", member.charset, markup=member.data is not None and member.data[:5] == b"<?xml")
    assembly = Assembly()
    assembly.add(SegmentKind.BODY, "", decoded.text)
    note_damage(assembly, decoded)
    return finished(assembly)


def note_damage(assembly: Assembly, decoded: Decoded) -> None:
    """A note when more than a stray character could not be decoded."""
    if decoded.damaged and decoded.damaged > _beyond_ascii(decoded.text) * _TOLERATED_DAMAGE:
        assembly.note(f"encoding: {decoded.damaged} characters could not be read as {decoded.encoding}")


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def with_note(document: Document, reason: str) -> Document:
    """The document as one of which something is missing."""
    return replace(document, status=Status.PARTIAL, reason="; ".join(filter(None, (document.reason, reason))))


def finished(assembly: Assembly, metadata: Metadata = _NO_METADATA, links: tuple[Link, ...] = ()) -> Document:
    """The document of an assembly: PARTIAL when it has notes, EXTRACTED otherwise."""
    return Document(
        text=assembly.text,
        segments=tuple(assembly.segments),
        metadata=metadata,
        links=links,
        status=Status.PARTIAL if assembly.notes else Status.EXTRACTED,
        reason="; ".join(assembly.notes),
    )
