"""From WARC records to members. fastwarc frames the records; it passes a cut record without a word, so lengths are
checked here, and ``freeze()`` is not used, since it allocates whatever a record claims to hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Final, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipelines.documents import Member
from pipelines.schema import Status
from pipelines.sources import http
from pipelines.sources.names import shown

# Written by the crawler about its work, not by the site: wget's manifest and log, Browsertrix' page data, DNS look-ups.
_CRAWLERS_OWN: Final = ("metadata:", "urn:", "dns:", "whois:", "filedesc:", "warcinfo:")
_DOCUMENTS: Final = (WarcRecordType.response, WarcRecordType.resource)
_WHOLE: Final = (200, 203)
_HEADERS: Final = 1 << 16  # bytes that HTTP headers may take beside the body
_BLOCK: Final = 1 << 20


class Found(NamedTuple):
    """One record, or where there should be one: then ``member`` says so and ``stop`` is None."""

    start: int  # byte offset in the stream
    stop: int | None  # the least offset at which the record may end
    member: Member | None  # None for records that are no documents


def scan(stream: BinaryIO, name: str, limit: int | None, start: int = 0) -> Iterator[Found]:
    """The records of an unpacked stream that stands at ``start``, up to a fault; ``name`` is the archive's.

    Without a limit contents are passed over: all members are None.
    """
    stop = start
    try:
        for record in ArchiveIterator(stream, parse_http=False, stream_detect=False):
            at = int(record.stream_pos)
            stop = at + int(record.content_length)
            yield Found(at, stop, None if limit is None else _member(record, f"{name}#{at}", limit))
    except OSError as error:
        yield Found(stop, None, _corrupt(f"{name}#{stop}", f"corrupt: {error}"))


def next_record(file: BinaryIO, start: int, stop: int) -> int:
    """Where the next record seems to start in a plain file, after a fault; ``stop`` when there is none."""
    file.seek(start)
    kept = b""
    while start < stop and (block := file.read(_BLOCK)):
        found = (kept + block).find(b"\r\n\r\nWARC/1.")
        if found >= 0:
            return min(stop, start - len(kept) + found + 4)
        start += len(block)
        kept = block[-10:]
    return stop


def _member(record: WarcRecord, place: str, limit: int) -> Member | None:
    declared = record.headers.get("Content-Length") or ""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    path = shown(url.partition("://")[2] or url) if url else place
    if not declared.isdecimal() or not record.headers.get("WARC-Type"):
        return _corrupt(path, "truncated: record header", url)
    if record.record_type == WarcRecordType.continuation:
        return Member(path, None, url, status=Status.UNSUPPORTED, reason="continuation of a record in segments")
    if record.record_type not in _DOCUMENTS or url.lower().startswith(_CRAWLERS_OWN):
        passed = record.consume()
        return _corrupt(path, "truncated: record", url) if passed < int(declared) else None
    if int(declared) > limit + _HEADERS:
        return Member(path, None, url, status=Status.TOO_LARGE, reason=f"{declared} bytes")
    block = record.reader.read(int(declared))
    if len(block) < int(declared):
        return _corrupt(path, f"truncated: {len(block)} of {declared} bytes", url)
    return _document(record, path, url, block, limit)


def _document(record: WarcRecord, path: str, url: str, block: bytes, limit: int) -> Member:
    content_type = record.headers.get("Content-Type") or ""
    date: datetime | None = record.record_date
    if not (record.is_http or content_type.lower().startswith("application/http")):
        media_type, charset = http.media_type(content_type)
        return _sized(Member(path, block, url, media_type, charset, date), limit)
    response = http.parse(block)
    media_type, charset = http.media_type(response.headers.get("content-type", ""))
    if response.status not in _WHOLE and response.status != 206:
        reason = f"http {response.status}" if response.status else "corrupt: no HTTP status"
        status = Status.UNSUPPORTED if response.status else Status.CORRUPT
        return Member(path, None, url, media_type, charset, date, status=status, reason=reason)
    try:
        body = http.decoded(response, limit)
    except http.TooLarge:
        return Member(path, None, url, media_type, charset, date, status=Status.TOO_LARGE, reason=f"over {limit} bytes")
    except http.Undecodable as error:
        return Member(path, None, url, media_type, charset, date, status=Status.CORRUPT, reason=f"corrupt: {error}")
    status, reason = _part(response.status, record.headers.get("WARC-Truncated") or "")
    return _sized(Member(path, body, url, media_type, charset, date, status=status, reason=reason), limit)


def _part(http_status: int, truncated: str) -> tuple[str, str]:
    """Whether the crawler stored only a part of the body."""
    if truncated:
        return Status.PARTIAL, f"truncated: by the crawler ({truncated})"
    return (Status.PARTIAL, "http 206") if http_status == 206 else (Status.EXTRACTED, "")


def _sized(member: Member, limit: int) -> Member:
    if member.data is None or len(member.data) <= limit:
        return member
    return Member(member.path, None, member.url, status=Status.TOO_LARGE, reason=f"{len(member.data)} bytes")


def _corrupt(path: str, reason: str, url: str = "") -> Member:
    return Member(path, None, url, status=Status.CORRUPT, reason=reason)
