"""Office files that are zip packages, opened with bounds: a small file must not unfold into all memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from lxml import etree

from pipelines.documents import Member
from pipelines.extractors.assembly import Unreadable
from pipelines.extractors.zip_entry import opened, unpacked
from pipelines.schema import Status

MAX_UNPACKED: Final = 600_000_000  # bytes declared for all parts together
MAX_PART: Final = 300_000_000  # bytes of one part
MAX_RATIO: Final = 500  # unpacked to packed, counted from MAX_RATIO_FROM on; sheets of zeros reach 200
MAX_RATIO_FROM: Final = 50_000_000
MAX_KEPT: Final = 32_000_000  # bytes of parts that are kept once they are unpacked
MAX_PARTS: Final = 20_000
MAX_EMBEDDED: Final = 1_000


class Package:
    """The parts of a zip package by name. Raises Unreadable for a package that is damaged, encrypted or a bomb."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = opened(data)
        except Exception as error:  # BadZipFile, struct.error, NotImplementedError, UnicodeDecodeError, …
            raise Unreadable(Status.CORRUPT, f"zip: {error}") from error
        self._data = data
        entries = self._zip.infolist()
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        self.names = list(self._sizes)
        self._kept: dict[str, bytes] = {}
        self._room = MAX_KEPT
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable(Status.ENCRYPTED, "password")
        total = sum(self._sizes.values())
        if (
            len(entries) > MAX_PARTS
            or total > MAX_UNPACKED
            or (total > MAX_RATIO_FROM and total > MAX_RATIO * len(data))
        ):
            raise Unreadable(
                Status.TOO_LARGE, f"zip bomb: {len(entries)} parts, {total} bytes unpacked from {len(data)}"
            )

    def read(self, name: str) -> bytes:
        """A part's bytes, never more than its declared size; Unreadable when damaged or beyond MAX_PART."""
        if name in self._kept:
            return self._kept[name]
        if self._sizes[name] > MAX_PART:
            raise Unreadable(Status.TOO_LARGE, f"{name}: {self._sizes[name]} bytes unpacked")
        try:
            data = unpacked(self._data, self._zip.getinfo(name))
            data = self._zip.read(name) if data is None else data
        except Exception as error:  # zlib.error, BadZipFile (wrong CRC), EOFError, NotImplementedError, …
            raise Unreadable(Status.CORRUPT, f"{name}: {error}") from error
        if len(data) <= self._room:  # sheets are looked through more than once
            self._kept[name] = data
            self._room -= len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """A part parsed without entities, network or unbounded depth; Unreadable when it is no XML."""
        try:
            return etree.fromstring(self.read(name), _parser())
        except etree.XMLSyntaxError as error:
            raise Unreadable(Status.CORRUPT, f"{name}: {error.msg}") from error


def embedded(member: Member, package: Package, *folders: str) -> tuple[Member, ...]:
    """The files in an office document, pictures too, each a member of its own; ``folders``, with their "/", hold its
    parts. What is beyond MAX_EMBEDDED is named by its number."""
    signs = tuple(folder + part for folder in folders for part in ("embeddings/", "afchunk", "media/", "Pictures/"))
    return named(member, package, [name for name in package.names if name.startswith(signs) and name[-1] != "/"])


def named(member: Member, package: Package, names: Sequence[str]) -> tuple[Member, ...]:
    """Some parts of a package, each a member of its own."""
    children = tuple(_child(member, package, name) for name in names[:MAX_EMBEDDED])
    if len(names) <= MAX_EMBEDDED:
        return children
    reason = f"more than {MAX_EMBEDDED} files inside: {len(names) - MAX_EMBEDDED} not read"
    return (*children, Member(f"{member.path}!/…", None, status=Status.TOO_LARGE, reason=reason))


def _child(member: Member, package: Package, name: str) -> Member:
    path = f"{member.path}!/{name}"
    try:
        return Member(path, package.read(name), fetched_at=member.fetched_at)
    except Unreadable as error:
        return Member(path, None, fetched_at=member.fetched_at, status=error.status, reason=error.reason)


@cache
def _parser() -> etree.XMLParser:
    # huge_tree lifts libxml2's limits on text length as well as on depth; 256 levels are more than Word writes.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
