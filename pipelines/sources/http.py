"""An HTTP response as a crawler stored it: status, headers, the body with its transfer and content encodings undone.

Decoding is bounded: a few kilobytes that claim to be gigabytes end at the limit.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple

from fastwarc.stream_io import BrotliReader

_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_STATUS: Final = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_CHUNK: Final = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[^\r\n]*\r?\n")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([\w:.\-]+)""", re.I)
_SIGNATURES: Final = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b"}


class Undecodable(Exception):
    """The body is not what its headers say."""


class TooLarge(Exception):
    """The decoded body passes the limit."""


class Response(NamedTuple):
    status: int  # 0 when there is no status line
    headers: Mapping[str, str]  # names in lower case; the last of several counts
    body: bytes  # as sent


def parse(block: bytes) -> Response:
    blank = _BLANK_LINE.search(block)
    head = block[: blank.start()] if blank else block
    lines = head.splitlines()
    status = _STATUS.match(lines[0]) if lines else None
    pairs = (line.partition(b":") for line in lines[1:] if b":" in line)
    headers = {name.strip().lower().decode("latin-1"): value.strip().decode("latin-1") for name, _, value in pairs}
    return Response(int(status[1]) if status else 0, headers, block[blank.end() :] if blank else b"")


def media_type(content_type: str) -> tuple[str, str]:
    """(media type, charset), lower case, each "" where it is not said.

    >>> media_type('Text/HTML; charset="GB2312"')
    ('text/html', 'gb2312')
    """
    charset = _CHARSET.search(content_type)
    return content_type.partition(";")[0].strip().lower(), charset[1].lower() if charset else ""


def decoded(response: Response, limit: int) -> bytes:
    """The body as the page's author wrote it. Raises Undecodable, TooLarge."""
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    codings = response.headers.get("content-encoding", "").lower().split(",")
    for coding in reversed([coding.strip() for coding in codings]):
        body = _undone(body, coding, limit)
        if len(body) > limit:
            raise TooLarge
    return body


def _dechunked(body: bytes) -> bytes:
    """Crawlers often store the body joined but keep the header: then there is nothing to undo."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK.match(body, at):
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        if at > len(body):
            break
    if parts:
        raise Undecodable("chunked: the last chunk is missing")
    return body


def _undone(body: bytes, coding: str, limit: int) -> bytes:
    """One content coding undone. A body that was stored decoded already is left as it is."""
    if coding in _SIGNATURES:
        return _inflated(body, 31, limit) if body.startswith(_SIGNATURES[coding]) else body
    if coding == "deflate":
        return _deflate(body, limit)
    if coding == "br":
        return _brotli(body, limit)
    if coding in ("", "identity", "none", "utf-8"):
        return body
    if coding in ("zstd", "compress", "dcb", "dcz"):
        raise Undecodable(f"content encoding {coding}")
    return body  # not a coding: servers write anything here


def _inflated(body: bytes, wbits: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(wbits)
    try:
        data = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise Undecodable(str(error)) from None
    if len(data) <= limit and not inflater.eof:
        raise Undecodable("compressed body breaks off")
    return data


def _deflate(body: bytes, limit: int) -> bytes:
    """With zlib's header as the standard says, without as many servers do, or stored decoded."""
    for wbits in (15, -15):
        try:
            return _inflated(body, wbits, limit)
        except Undecodable:
            continue
    if _looks_like_text(body):
        return body
    raise Undecodable("deflate")


def _brotli(body: bytes, limit: int) -> bytes:
    try:
        return bytes(BrotliReader(io.BytesIO(body)).read(limit + 1))
    except OSError as error:
        if _looks_like_text(body):
            return body
        raise Undecodable(f"br: {error}") from None


def _looks_like_text(body: bytes) -> bool:
    return b"<" in body[:1024] and not re.search(rb"[\x00-\x08\x0e-\x1a]", body[:1024])
