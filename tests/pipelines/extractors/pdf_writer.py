"""A PDF writer of forty lines: pages of placed Chinese text in a font that is not embedded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import md5

from Cryptodome.Cipher import ARC4

Placed = tuple[float, float, str]  # x, y (from the bottom) and the words

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)


def pdf(pages: Sequence[Iterable[Placed]], *, size: int = 10, extra: bytes = b"") -> bytes:
    """A PDF with one page for each list of placed words; ``extra`` goes into every page's content."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), *FONT]
    for n, page in enumerate(pages):
        words = b"".join(
            b"BT /F1 %d Tf %.1f %.1f Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, text in page
        )
        content = words + extra
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (7 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return file_of(objects)


def file_of(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return bytes(out) + head + table + trailer


def locked_pdf(words: str, password: str) -> bytes:
    """One page of ASCII words that needs a password to open (RC4 of 128 bits, ISO 32000-1, 7.6)."""
    identity, rights = b"0123456789abcdef", -4
    padded = (password.encode() + _PADDING)[:32]
    owner = _many_times(padded, _hashed(padded))
    key = _hashed(padded + owner + rights.to_bytes(4, "little", signed=True) + identity)
    user = _many_times(md5(_PADDING + identity, usedforsecurity=False).digest(), key).ljust(32, b"\0")
    content = b"BT /F1 12 Tf 60 700 Td <%s> Tj ET" % words.encode("latin-1", "replace").hex().encode()
    for_object = md5(key + (5).to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()
    content = ARC4.new(for_object).encrypt(content)
    data = file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents 5 0 R >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P %d /O <%s> /U <%s> >>"
            % (rights, owner.hex().encode(), user.hex().encode()),
        ]
    )
    extra = b"/Root 1 0 R /Encrypt 6 0 R /ID [<%s> <%s>]" % (identity.hex().encode(), identity.hex().encode())
    return data.replace(b"/Root 1 0 R", extra)


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _hashed(data: bytes) -> bytes:
    for _ in range(51):
        data = md5(data, usedforsecurity=False).digest()
    return data


def _many_times(data: bytes, key: bytes) -> bytes:
    for number in range(20):
        data = ARC4.new(bytes(byte ^ number for byte in key)).encrypt(data)
    return data
