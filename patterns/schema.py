"""The two tables the matcher stands between: what it reads of a record, and the hits it writes.

Offsets are code points (not bytes) into a record's ``text``. No column of a hit holds a raw value: ``masked`` is
safe to show, ``fingerprint`` is an HMAC-SHA256 under the workspace's key, so equal values can be counted, not read.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import pyarrow as pa


class Severity(IntEnum):
    """How bad, in the order reviewers work. The Chinese words are the office's own (notes §6)."""

    SUPPORTING = 0  # explains other hits; no finding by itself: a name alone, an office phone
    INFO = 1  # 提示
    LOW = 2  # 低
    MEDIUM = 3  # 中
    HIGH = 4  # 高
    CRITICAL = 5  # 严重
    SECRET = 6  # 涉密线索: a channel of its own, location and hash only


class SegmentKind:
    """Where a span of text comes from. ``place`` says which: a sheet's name, a page's number, an attribute's name."""

    BODY: Final = "body"
    TITLE: Final = "title"
    TABLE: Final = "table"
    SHEET: Final = "sheet"
    PAGE: Final = "page"
    HEADER_FOOTER: Final = "header_footer"
    NOTE: Final = "note"  # footnote, endnote
    COMMENT: Final = "comment"  # cell comment, document comment, HTML comment
    DELETION: Final = "deletion"  # tracked deletion
    METADATA: Final = "metadata"  # document properties, <meta>
    ATTRIBUTE: Final = "attribute"  # HTML attribute, hidden input
    COVERED: Final = "covered"  # PDF text under a drawn box or an image
    TEXTBOX: Final = "textbox"
    FILENAME: Final = "filename"


ID_CARD: Final = "id-card"  # the place of a METADATA segment that says: this picture shows an ID card


# One span of a record's text. In a table segment a line is a row and cells are parted by one tab; a line break or tab
# inside a cell is a space in the text. Row and column of a cell follow from the text and ``row``/``col``.
SEGMENT: Final = pa.struct(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("place", pa.string(), nullable=False),  # "" where the kind says it all
        pa.field("start", pa.int32(), nullable=False),  # code points, half-open
        pa.field("end", pa.int32(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),  # 1-based row (or line) of the segment's first line
        pa.field("col", pa.int32(), nullable=False),  # 1-based column of a line's first cell
        pa.field("hidden", pa.bool_(), nullable=False),  # the whole segment is unseen by a reader
        pa.field("hidden_rows", pa.list_(pa.int32()), nullable=False),  # 1-based, as in ``row``
        pa.field("hidden_cols", pa.list_(pa.int32()), nullable=False),
    ]
)

# What the matcher reads; a records batch may carry more columns.
MATCH_INPUT: Final = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("segments", pa.list_(SEGMENT), nullable=False),  # may be empty: then all is one body
        pa.field("title", pa.string(), nullable=False),  # of the page; of an attachment: its file name
        pa.field("parent_title", pa.string(), nullable=False),  # of the page that links an attachment, or ""
        pa.field("section", pa.string(), nullable=False),
        pa.field("published_at", pa.date32()),
    ]
)

HITS: Final = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("record_row", pa.int32(), nullable=False),  # 0-based row of the record in its Parquet part
        pa.field("entity_type", pa.string(), nullable=False),  # RESIDENT_ID, MOBILE, …
        pa.field("rule_id", pa.string(), nullable=False),  # resident_id.18, mobile, …
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("segment", pa.string(), nullable=False),  # SegmentKind
        pa.field("place", pa.string(), nullable=False),
        pa.field("row", pa.int32(), nullable=False),  # 1-based row or line within the place
        pa.field("col", pa.int32(), nullable=False),  # 1-based column in a table row; 0 in running text
        pa.field("hidden", pa.bool_(), nullable=False),
        pa.field("masked", pa.string(), nullable=False),
        pa.field("fingerprint", pa.string(), nullable=False),  # 32 hex digits
        # Of an ID number beside a name: which places it shows, comparable under the key (patterns.sketches); else "".
        pa.field("shown", pa.string(), nullable=False),
        pa.field("validation", pa.string(), nullable=False),  # how the value was validated: "checksum,date,region"
        pa.field("score", pa.float32(), nullable=False),  # 0…1, how sure that it is what entity_type says
        pa.field("severity", pa.int8(), nullable=False),  # Severity
        pa.field("severity_rule", pa.string(), nullable=False),  # code of the row in patterns.severity that set it
        pa.field("signals", pa.list_(pa.string()), nullable=False),  # codes of what raised or lowered it
    ]
)
