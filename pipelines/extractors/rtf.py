"""RTF: main text with its tables, headers, notes, comments, text boxes, hidden and deleted text, addresses of links,
properties, embedded objects, pictures.

Tokens are cut by one regular expression. Text becomes the character stream of Word's binary files (13 ends a
paragraph, 7 a cell or a row), so lines and rows are made by the same code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.blips import as_members, bitmap_file
from pipelines.extractors.ole_objects import from_hex, native_object
from pipelines.extractors.rtf_look import Picture, Story
from pipelines.extractors.rtf_reader import Reader
from pipelines.extractors.text import finished
from pipelines.extractors.word97 import joined
from pipelines.extractors.word97_runs import IN_TABLE, ROW_END
from pipelines.extractors.word_text import LINK, blocks_of
from pipelines.schema import SegmentKind


def extract_rtf(member: Member) -> Document:
    reader = Reader(member.data or b"")
    reader.read()
    assembly = Assembly()
    _add_main(assembly, reader.main)
    links, properties = list[str](), dict[str, str]()
    for kind in (SegmentKind.NOTE, SegmentKind.COMMENT, SegmentKind.TEXTBOX, SegmentKind.HEADER_FOOTER):
        _add_stories(assembly, kind, reader.stories)
    for story in reader.stories:
        words = joined(" ".join(story.text.replace("\x07", "\t").split("\r")).strip())
        if story.kind == SegmentKind.ATTRIBUTE:
            links += LINK.findall(words)
        elif story.kind == SegmentKind.METADATA:
            properties[story.place] = words  # again in Unicode (\\upr) after the code page's
        elif story.hidden:
            assembly.add(story.kind, story.place, words, hidden=True)
    for name, words in properties.items():
        assembly.add(SegmentKind.METADATA, name, words, hidden=True)
    assembly.add(SegmentKind.ATTRIBUTE, "href", "\n".join(dict.fromkeys(links)), hidden=True)
    for note in reader.notes:
        assembly.note(note)
    objects = (native_object(member, data, number) for number, data in enumerate(reader.objects, 1))
    children = (*objects, *as_members(member, _pictures(reader.pictures)))
    return replace(finished(assembly), metadata=Metadata(title=properties.get("title", "")), children=children)


def _pictures(pictures: list[Picture]) -> Iterator[tuple[str, bytes]]:
    """Suffix and bytes of each; of one in two formats the better."""
    for picture in [picture for picture in pictures if not picture.again] or pictures:
        data = from_hex(picture.written)
        if data:
            yield picture.suffix or "bin", bitmap_file(data) if picture.suffix == "bmp" else data


def _add_main(assembly: Assembly, story: Story) -> None:
    text = story.text
    row, tables = 1, 0
    ends = {IN_TABLE: story.in_table, ROW_END: story.row_ends}
    for is_table, lines in blocks_of(text, 0, len(text), ends):
        words = joined("\n".join(lines))
        if is_table:
            tables += 1
            assembly.add(SegmentKind.TABLE, str(tables), words)
        elif words.strip():
            assembly.add(SegmentKind.BODY, "", words.rstrip("\n"), row=row)
        row += len(lines)


def _add_stories(assembly: Assembly, kind: str, stories: list[Story]) -> None:
    """Each note, comment or box a segment; a header that several sections repeat once."""
    seen: set[str] = set()
    for story in stories:
        if story.kind != kind or story.hidden:
            continue
        text = story.text
        ends = {IN_TABLE: story.in_table, ROW_END: story.row_ends}
        lines = [line for _, block in blocks_of(text, 0, len(text), ends) for line in block if line.strip()]
        words = joined("\n".join(lines).strip())
        if words not in seen or kind != SegmentKind.HEADER_FOOTER:
            seen.add(words)
            assembly.add(kind, "" if kind == SegmentKind.HEADER_FOOTER else str(len(seen)), words)
