from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from pipelines.sources import http

BODY = "<p>公示</p>".encode() * 50
CHUNKED = b"a\r\n" + BODY[:10] + b"\r\n" + f"{len(BODY) - 10:X};x=y\r\n".encode() + BODY[10:] + b"\r\n0\r\n\r\n"


def block(headers: str, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n" + headers.encode() + b"\r\n\r\n" + body


DECODED = [
    ("X: y", BODY),
    ("Content-Encoding: gzip", gzip.compress(BODY)),
    ("content-encoding: GZIP", gzip.compress(BODY)),
    ("Content-Encoding: deflate", zlib.compress(BODY)),
    ("Content-Encoding: deflate", zlib.compress(BODY)[2:-4]),
    ("Content-Encoding: br", brotli.compress(BODY)),
    ("Content-Encoding: gzip, br", brotli.compress(gzip.compress(BODY))),
    ("Transfer-Encoding: chunked", CHUNKED),
    ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", b"%x\r\n" % len(gzip.compress(BODY, mtime=0))
     + gzip.compress(BODY, mtime=0) + b"\r\n0\r\n\r\n"),
    # stored decoded, with the headers kept
    ("Content-Encoding: gzip", BODY),
    ("Content-Encoding: deflate", BODY),
    ("Content-Encoding: br", BODY),
    ("Transfer-Encoding: chunked", BODY),
    ("Content-Encoding: none", BODY),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "body"), DECODED)
def test_decoded(headers: str, body: bytes) -> None:
    assert http.decoded(http.parse(block(headers, body)), 10_000) == BODY


BROKEN = [
    ("Content-Encoding: gzip", gzip.compress(BODY)[:-9]),
    ("Content-Encoding: gzip", b"\x1f\x8b" + BODY),
    ("Content-Encoding: br", b"\x00\x01\x02"),
    ("Content-Encoding: zstd", b"\x28\xb5\x2f\xfd"),
    ("Transfer-Encoding: chunked", CHUNKED[:100]),
]


@pytest.mark.parametrize(("headers", "body"), BROKEN)
def test_undecodable(headers: str, body: bytes) -> None:
    with pytest.raises(http.Undecodable):
        http.decoded(http.parse(block(headers, body)), 10_000)


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("br", brotli.compress(bytes(50_000_000), quality=3)),
    ],
)
def test_bombs_end_at_the_limit(coding: str, bomb: bytes) -> None:
    with pytest.raises(http.TooLarge):
        http.decoded(http.parse(block(f"Content-Encoding: {coding}", bomb)), 10_000)


@pytest.mark.parametrize(
    ("raw", "status", "body"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\nx", 404, b"x"),
        (b"HTTP/2 200\nContent-Type: text/html\n\nx", 200, b"x"),
        (b"HTTP/1.0 200 OK", 200, b""),
        (b"garbage", 0, b""),
        (b"", 0, b""),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\nx", 200, b"x"),
    ],
)
def test_parse(raw: bytes, status: int, body: bytes) -> None:
    response = http.parse(raw)
    assert (response.status, response.body) == (status, body)
