"""The nouns between an archive and a record: a member goes into an extractor, a document comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipelines.schema import SegmentKind, Status


@dataclass(frozen=True, slots=True)
class Member:
    """One item of an archive, raw. ``data`` is None when the source could not read it; status and reason say why."""

    path: str  # "/"-separated, inside the archive; nested: "a.zip!/b.xlsx"
    data: bytes | None
    url: str = ""  # absolute, when the container or the mirror's path tells it
    media_type: str = ""  # what the server or container claims; never trusted
    charset: str = ""  # what the server claims
    fetched_at: datetime | None = None
    # What an export row already carries: title, text, html, publisher, section, published_at, index_no, …
    fields: Mapping[str, str] = field(default_factory=dict)
    status: str = Status.EXTRACTED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of a document's text and where it comes from; fields as in patterns.schema.SEGMENT."""

    kind: str
    place: str
    start: int
    end: int
    row: int = 1
    col: int = 1
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_cols: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    target: str  # as written in the page, resolved by the caller
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The disclosure metadata block of a page (政府信息公开 元数据); empty where the page does not say."""

    title: str = ""
    publisher: str = ""
    index_no: str = ""
    doc_no: str = ""
    info_class: str = ""
    keywords: str = ""
    breadcrumbs: str = ""
    published_at: date | None = None
    written_at: date | None = None
    effective_at: date | None = None
    expires_at: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What an extractor makes of one member. Offsets of segments are code points into ``text``."""

    text: str = ""
    segments: tuple[Segment, ...] = ()
    media_type: str = ""
    extractor: str = ""
    metadata: Metadata = Metadata()
    links: tuple[Link, ...] = ()
    children: tuple[Member, ...] = ()  # embedded files: each becomes a record of its own
    status: str = Status.EXTRACTED
    reason: str = ""

    def read_as(self, media_type: str, extractor: str) -> Document:
        """The same with its reader's name; dataclasses.replace takes three times as long."""
        return Document(
            self.text,
            self.segments,
            media_type,
            extractor,
            self.metadata,
            self.links,
            self.children,
            self.status,
            self.reason,
        )


def body(text: str) -> tuple[Segment, ...]:
    """The one segment of a document that is nothing but running text."""
    return (Segment(SegmentKind.BODY, "", 0, len(text)),) if text else ()
