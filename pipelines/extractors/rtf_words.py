"""RTF's control words that matter to text: what each stands for or begins (Rich Text Format specification 1.9.1)."""

from __future__ import annotations

from typing import Final

from pipelines.schema import SegmentKind

SYMBOLS: Final = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"page": "\n", b"column": "\n", b"softline": "\n",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
# Destinations whose text is kept, each a story of its own: kind and place.
DESTINATIONS: Final = {
    **{b"header" + side: (SegmentKind.HEADER_FOOTER, "") for side in (b"", b"l", b"r", b"f")},
    **{b"footer" + side: (SegmentKind.HEADER_FOOTER, "") for side in (b"", b"l", b"r", b"f")},
    b"footnote": (SegmentKind.NOTE, ""),
    b"annotation": (SegmentKind.COMMENT, ""),
    b"shptxt": (SegmentKind.TEXTBOX, ""),
    b"dptxbxtext": (SegmentKind.TEXTBOX, ""),
    b"fldinst": (SegmentKind.ATTRIBUTE, ""),
    b"title": (SegmentKind.METADATA, "title"),
    b"subject": (SegmentKind.METADATA, "subject"),
    b"author": (SegmentKind.METADATA, "creator"),
    b"keywords": (SegmentKind.METADATA, "keywords"),
    b"doccomm": (SegmentKind.METADATA, "description"),
    b"operator": (SegmentKind.METADATA, "lastModifiedBy"),
    b"category": (SegmentKind.METADATA, "category"),
    b"manager": (SegmentKind.METADATA, "Manager"),
    b"company": (SegmentKind.METADATA, "Company"),
}
# Destinations without words for a reader, though one of the above may stand in them.
SKIPPED: Final = frozenset(
    (
        b"info", b"pict", b"object", b"shp", b"shpinst", b"sp", b"sn", b"sv", b"do", b"filetbl", b"ftnsep",
        b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"atnid", b"atnauthor", b"revtbl", b"private", b"xe",
        b"tc", b"rxe", b"bkmkstart", b"bkmkend", b"listtable", b"listoverridetable",
    )
)  # fmt: skip
# What an RTF calls the kinds of pictures, and how the names of such files end.
PICTURES: Final = {b"pngblip": "png", b"jpegblip": "jpg", b"emfblip": "emf", b"wmetafile": "wmf", b"dibitmap": "bmp"}
# Destinations that repeat what stands elsewhere, or hold words of the writing program only.
DEAD: Final = frozenset(
    (b"stylesheet", b"shprslt", b"nonesttables", b"nonshppict", b"result", b"latentstyles", b"mmathPr")
)
# Code page of a font's character set; 0 (Western) and 1 (the system's) stand for the document's own.
CHARSETS: Final = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
