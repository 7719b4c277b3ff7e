"""PDF files that hold people where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.hidden_sheets import Write, lines, rows, saved
from scanner.synthetic.people import Person
from tests.pipelines.extractors.pdf_writer import FONT, file_of

TOP, STEP, LEFT = 760, 30, 60
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    b" /Length 1 >>\nstream\n\x80\nendstream"
)


def text(words: str, x: float = LEFT, y: float = 800, size: float = 10) -> bytes:
    return b"BT /F1 %.1f Tf %.1f %.1f Td <%s> Tj ET\n" % (size, x, y, words.encode("utf-16-be").hex().encode())


def one_page(content: bytes, *, page: bytes = b"", catalog: bytes = b"", objects: Sequence[bytes] = ()) -> bytes:
    """A file of one page: 公示 and what ``content`` draws; object 8 is a picture, 9 the first of ``objects``."""
    content = text("公示") + content
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
            *FONT,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R %s"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im 8 0 R /Fm 9 0 R >> >> >>" % page,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            _PICTURE,
            *objects,
        ]
    )


def _drawn(before: bytes, after: bytes, words: Callable[[str, float], bytes]) -> Write:
    """Each person's line between drawing instructions; ``%d`` in them is the height of the line."""

    def write(people: list[Person]) -> bytes:
        content = b""
        for at, line in enumerate(lines(people)):
            y = TOP - STEP * at
            content += before.replace(b"%d", b"%d" % (y - 6)) + words(line, y) + after.replace(b"%d", b"%d" % (y - 6))
        return one_page(content)

    return write


def _plain(line: str, y: float) -> bytes:
    return text(line, y=y)


def _form(people: list[Person]) -> bytes:
    """Text and the box over it in one form, which is drawn shifted."""
    inner = b"".join(text(line, y=TOP - STEP * at) for at, line in enumerate(lines(people)))
    inner += b"".join(b"0 g 50 %d 500 20 re f\n" % (TOP - STEP * at - 5) for at in range(len(people)))
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(inner), inner)
    )
    return one_page(b"q 0.5 0 0 0.5 100 100 cm /Fm Do Q\n", objects=[form])


def _annotations(entry: Callable[[int, str], bytes], *, shown: bool = False, catalog: bytes = b"") -> Write:
    def write(people: list[Person]) -> bytes:
        count = len(people)
        content = b"".join(text(line, y=TOP - STEP * at) for at, line in enumerate(lines(people))) if shown else b""
        kids = b" ".join(b"%d 0 R" % (9 + at) for at in range(count))
        objects = [b"<< /Type /Annot %s >>" % entry(at, line) for at, line in enumerate(lines(people))]
        return one_page(content, page=b"/Annots [%s]" % kids, catalog=catalog.replace(b"KIDS", kids), objects=objects)

    return write


def _wide(words: str) -> bytes:
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()


def _square(at: int, _: str) -> bytes:
    y = TOP - STEP * at
    return b"/Subtype /Square /Rect [50 %d 560 %d] /IC [0 0 0] /C [0 0 0]" % (y - 6, y + 16)


def _note(at: int, line: str) -> bytes:
    return b"/Subtype /Text /Rect [10 10 30 30] /Contents %s" % _wide(line)


def _field(at: int, line: str) -> bytes:
    return b"/Subtype /Widget /FT /Tx /T (f%d) /V %s /F 2 /Rect [10 10 300 30]" % (at, _wide(line))


def _embedded(people: list[Person]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows(people):
        book.active.append(row)
    data = saved(book)
    return one_page(
        b"",
        catalog=b"/Names << /EmbeddedFiles << /Names [(a.xlsx) 9 0 R] >> >>",
        objects=[
            b"<< /Type /Filespec /F (a.xlsx) /UF (a.xlsx) /EF << /F 10 0 R >> >>",
            b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
        ],
    )


def _revised(people: list[Person]) -> bytes:
    """The page's content written anew behind the file, without the people."""
    old = one_page(b"".join(text(line, y=TOP - STEP * at) for at, line in enumerate(lines(people))))
    content, offset = text("公示"), len(old)
    new = b"7 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(content), content)
    start = old[old.rindex(b"startxref") :].split()[1]
    table = b"xref\n7 1\n%010d 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev %s >>\n" % (offset, start)
    return old + new + table + b"startxref\n%d\n%%%%EOF\n" % (offset + len(new))


def _properties(people: list[Person]) -> bytes:
    data = one_page(b"", objects=[b"<< /Subject %s >>" % _wide(" ".join(lines(people)))])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 9 0 R")


PDF: tuple[tuple[str, Write], ...] = (
    ("black box over text", _drawn(b"", b"0 g 50 %d 510 22 re f\n", _plain)),
    ("white box over text", _drawn(b"", b"1 g 50 %d 510 22 re f 0 g\n", _plain)),
    ("box in a form", _form),
    ("picture over text", _drawn(b"", b"q 510 0 0 22 50 %d cm /Im Do Q\n", _plain)),
    ("filled annotation", _annotations(_square, shown=True)),
    ("invisible text", _drawn(b"3 Tr ", b"0 Tr\n", _plain)),
    ("layer of a scan*", _drawn(b"q 595 0 0 842 0 0 cm /Im Do Q 3 Tr ", b"0 Tr\n", _plain)),
    ("white text", _drawn(b"1 g ", b"0 g\n", _plain)),
    ("white text on black*", _drawn(b"0 g 50 %d 510 22 re f 1 g ", b"0 g\n", _plain)),
    ("tiny text", _drawn(b"", b"", lambda line, y: text(line, y=y, size=0.5))),
    ("off the page", _drawn(b"", b"", lambda line, y: text(line, x=700, y=y))),
    ("notes", _annotations(_note)),
    ("form values", _annotations(_field, catalog=b"/AcroForm << /Fields [KIDS] >>")),
    ("embedded file*", _embedded),
    ("earlier revision", _revised),
    ("properties", _properties),
)
