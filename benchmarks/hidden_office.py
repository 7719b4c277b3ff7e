"""Files of the formats that only an office suite writes: DOC, XLS, PPT, ODT, ODS, ODP, RTF, by LibreOffice headless.

It opens what the other writers made and saves it again; a place that does not come through (a chart's cache, a log of
changes) is not asked for. Without LibreOffice there is nothing to measure, and ``benchmarks.hidden`` says so.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.hidden_sheets import XLSX, Write, lines
from benchmarks.hidden_word import DOCX
from scanner.synthetic.people import Person
from tests.pipelines.extractors.drawings import emf

_WORD: Final = (
    "hidden text", "tracked deletion", "tracked insertion*", "comments*", "text box*", "header and footer*",
    "properties", "white text", "tiny text",
)  # fmt: skip
_SHEETS: Final = (
    "hidden sheet", "very hidden sheet", "hidden columns", "hidden rows", "filtered rows", "cell comments",
    "header and footer*", "properties",
)  # fmt: skip
_TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "docx": ("doc", "odt", "rtf"), "xlsx": ("xls", "ods"), "fodp": ("ppt", "odp", "pptx"),
    "fodt": ("doc", "odt", "rtf", "docx"), "fods": ("xls", "ods", "xlsx"),
}  # fmt: skip
_NAMES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"), ("draw", "drawing"), ("text", "text"), ("svg", "svg-compatible"), ("style", "style"),
        ("presentation", "presentation"), ("meta", "meta"), ("table", "table"),
    )
)  # fmt: skip
_LOST: Final = {("rtf", "text box*")}  # LibreOffice does not write it
_SECONDS: Final = 300


class Place(NamedTuple):
    format: str
    place: str
    data: bytes


def available() -> str:
    """The program, or "" where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def places(people: list[Person]) -> Iterator[Place]:
    """Each place of each format, written by the office suite."""
    sources = (("docx", DOCX), ("xlsx", XLSX), ("fodp", SLIDES), ("fodt", _TEXT), ("fods", _TABLE))
    for source, kept in sources:
        wanted = {"docx": _WORD, "xlsx": _SHEETS}.get(source, tuple(name for name, _ in kept))
        made = {name: write(people) for name, write in kept if name in wanted}
        for target in _TARGETS[source]:
            for name, data in _saved_as(made, source, target).items():
                if (target, name) in _LOST:
                    continue
                yield Place(target, name, data)


def _saved_as(documents: Mapping[str, bytes], source: str, target: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, data in enumerate(documents.values()):
            (root / f"{number}.{source}").write_bytes(data)
        out, profile = root / "out", (root / "profile").as_uri()
        command = [available(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
        command += ["--outdir", str(out), *map(str, sorted(root.glob(f"*.{source}")))]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        written = {name: out / f"{number}.{target}" for number, name in enumerate(documents)}
        return {name: path.read_bytes() for name, path in written.items()}


def _drawing(people: list[Person]) -> str:
    """A metafile that writes the people, as a preview of another program's does."""
    data = b64encode(emf((10, 40 * at, text) for at, text in enumerate(lines(people)))).decode()
    return (
        '<draw:frame svg:width="12cm" svg:height="8cm"><draw:image><office:binary-data>'
        f"{data}</office:binary-data></draw:image></draw:frame>"
    )


def _flat(kind: str, template: str) -> Write:
    """A text or a workbook as flat XML."""

    def write(people: list[Person]) -> bytes:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.2" '
            f'office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:body><office:{kind}>'
            f"{template.replace('{drawing}', _drawing(people))}</office:{kind}></office:body></office:document>"
        ).encode()

    return write


_TEXT: Final = (("drawing*", _flat("text", "<text:p>公示</text:p><text:p>{drawing}</text:p>")),)
_TABLE: Final = (
    (
        "drawing*",
        _flat(
            "spreadsheet",
            '<table:table table:name="a"><table:shapes>{drawing}</table:shapes><table:table-row><table:table-cell>'
            "<text:p>公示</text:p></table:table-cell></table:table-row></table:table>",
        ),
    ),
)


def _slides(template: str, *, page: str = "") -> Write:
    """A presentation as flat XML: 公示 on its first slide, ``template`` with the people on its second."""

    def write(people: list[Person]) -> bytes:
        box = '<draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="12cm"><draw:text-box>{}</draw:text-box>'
        words = "".join(f"<text:p>{line}</text:p>" for line in lines(people))
        first = box.format("<text:p>公示</text:p>") + "</draw:frame>"
        second = template.replace("{box}", box.format(words) + "</draw:frame>").replace("{text}", words)
        second = second.replace("{drawing}", _drawing(people))
        hide = '<style:drawing-page-properties presentation:visibility="hidden"/>'
        styles = f'<style:style style:name="dp2" style:family="drawing-page">{hide}</style:style>'
        pages = f'<draw:page draw:name="p1">{first}</draw:page><draw:page draw:name="p2"{page}>{second}</draw:page>'
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:presentation>{pages}</office:presentation></office:body></office:document>"
        ).encode()

    return write


_NOTES: Final = (
    '<presentation:notes><draw:frame presentation:class="notes"><draw:text-box>{text}</draw:text-box></draw:frame>'
    "</presentation:notes>"
)
_ANNOTATION: Final = "<office:annotation><dc:creator>a</dc:creator>{text}</office:annotation>"
SLIDES: tuple[tuple[str, Write], ...] = (
    ("slide*", _slides("{box}")),
    ("drawing*", _slides("{drawing}")),
    ("hidden slide", _slides("{box}", page=' draw:style-name="dp2"')),
    ("speakers' notes*", _slides(_NOTES)),
    ("comments*", _slides(_ANNOTATION)),
)
