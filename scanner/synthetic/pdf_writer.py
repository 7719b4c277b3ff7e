"""A PDF with a Chinese text layer, written by hand: STSong-Light, not embedded, UniGB-UCS2-H, with a ToUnicode map.

Table cells stand at fixed columns of their line, as an office suite prints them.
"""

from __future__ import annotations

from typing import Final

from scanner.synthetic.content import Content, Table
from scanner.synthetic.writers import cells, plain

_LINES: Final = 40  # a page
_LEFT, _TOP, _LEADING, _SIZE = 40, 790, 18, 9
_WIDTH: Final = 515  # points between the margins
_TO_UNICODE: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    "endcmap end end"
)

Row = list[str]


def pdf(content: Content) -> bytes:
    """The content's title, paragraphs and tables, forty lines a page."""
    rows: list[Row] = [[content.title]]
    for block in content.blocks:
        if isinstance(block, Table):
            rows.extend(cells(row) for row in block.rows)
        else:
            rows.extend([piece] for line in plain(block).split("\n") for piece in _folded(line))
    pages = [rows[i : i + _LINES] for i in range(0, len(rows), _LINES)]
    return _file([_page(page) for page in pages])


def _folded(line: str, width: int = 50) -> list[str]:
    return [line[i : i + width] for i in range(0, len(line), width)] or [""]


def _page(rows: list[Row]) -> bytes:
    """The drawing instructions of one page."""
    out = [f"BT /F1 {_SIZE} Tf"]
    for index, row in enumerate(rows):
        step = _WIDTH // max(len(row), 1)
        for column, text in enumerate(row):
            code = text.encode("utf-16-be", "replace").hex().upper()
            out.append(f"1 0 0 1 {_LEFT + column * step} {_TOP - index * _LEADING} Tm <{code}> Tj")
    return " ".join([*out, "ET"]).encode("ascii")


def _file(pages: list[bytes]) -> bytes:
    first = 7  # objects 1 to 6 are the frame
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /W [1 95 500] >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        _stream(_TO_UNICODE.encode("ascii")),
    ]
    for index, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * index + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode("ascii")
        )
        objects.append(_stream(page))
    return _numbered(objects)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _numbered(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
