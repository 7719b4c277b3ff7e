"""RECORDS and HITS: the two Arrow schemas that sources, extractors, matcher and store agree on."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from patterns.schema import HITS, SEGMENT, SegmentKind, Severity

__all__ = ["HITS", "LINK", "RECORDS", "SEGMENT", "SegmentKind", "Severity", "Status"]


class Status:
    """What became of one archive member. Every member has exactly one; ``reason`` says why it is not EXTRACTED."""

    EXTRACTED: Final = "extracted"
    PARTIAL: Final = "partial"  # some of it could not be read
    ENCRYPTED: Final = "encrypted"
    CORRUPT: Final = "corrupt"
    UNSUPPORTED: Final = "unsupported"
    TOO_LARGE: Final = "too_large"
    TIMED_OUT: Final = "timed_out"

    ALL: Final = (EXTRACTED, PARTIAL, ENCRYPTED, CORRUPT, UNSUPPORTED, TOO_LARGE, TIMED_OUT)
    UNREAD: Final = (PARTIAL, ENCRYPTED, CORRUPT, UNSUPPORTED, TOO_LARGE, TIMED_OUT)


# A link from a page to what may be an attachment: absolute location (see pipelines.locations) and the words linked.
LINK: Final = pa.struct(
    [pa.field("location", pa.string(), nullable=False), pa.field("text", pa.string(), nullable=False)]
)

RECORDS: Final = pa.schema(
    [
        pa.field("doc_id", pa.string(), nullable=False),  # 32 hex: hash of ``location``; the same in every container
        pa.field("location", pa.string(), nullable=False),  # scheme-less URL, or "archive:path"; see locations
        pa.field("archive", pa.string(), nullable=False),  # the archive's file name
        pa.field("member", pa.string(), nullable=False),  # path inside it; "a.zip!/b.xlsx" inside a nested one
        pa.field("url", pa.string(), nullable=False),  # as the site serves it, or ""
        pa.field("kind", pa.string(), nullable=False),  # page | attachment | embedded | row
        pa.field("media_type", pa.string(), nullable=False),  # by content, not by name
        pa.field("extractor", pa.string(), nullable=False),
        pa.field("status", pa.string(), nullable=False),  # Status
        pa.field("reason", pa.string(), nullable=False),  # code, then detail: "password", "truncated: …"
        pa.field("size", pa.int64(), nullable=False),  # bytes of the raw member
        pa.field("digest", pa.string(), nullable=False),  # 32 hex: BLAKE2b-128 of the raw bytes
        pa.field("site", pa.string(), nullable=False),
        pa.field("unit", pa.string(), nullable=False),  # who must act: publisher, else section's, else site's unit
        pa.field("section", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("publisher", pa.string(), nullable=False),  # 发布机构
        pa.field("index_no", pa.string(), nullable=False),  # 索引号
        pa.field("doc_no", pa.string(), nullable=False),  # 文号
        pa.field("info_class", pa.string(), nullable=False),  # 信息分类
        pa.field("keywords", pa.string(), nullable=False),  # 关键词
        pa.field("breadcrumbs", pa.string(), nullable=False),  # 当前位置, parted by " > "
        pa.field("published_at", pa.date32()),  # 发布日期; its 发文日期 where a page names no other
        pa.field("written_at", pa.date32()),  # 发文日期
        pa.field("effective_at", pa.date32()),  # 生效时间
        pa.field("expires_at", pa.date32()),  # 废止时间
        pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
        pa.field("elapsed_ms", pa.int32(), nullable=False),  # the only column that differs between two runs
        pa.field("links", pa.list_(LINK), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("segments", pa.list_(SEGMENT), nullable=False),
    ]
)
