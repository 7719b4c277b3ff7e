"""Where exports land, and which of them is to be read: the newest whole one of each site.

An export is left alone while it may still grow: a copier's name for what is unfinished (``x.zip.part``), a partner file
that says so, a mark that is asked for and not there, a checksum that does not fit, bytes that changed a moment ago, a
container without its end. Which of two is newer their names' dates say, else the time they were written.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from pipelines.errors import ArchiveError
from pipelines.sites import SiteMap
from pipelines.sources import FieldMap, open_source

_UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart", ".!ut", ".aria2", ".swp")
_BESIDE: Final = (".part", ".lock", ".tmp", ".aria2")  # NAME + one of these: NAME is being written
_IN_FOLDER: Final = ("hts-in_progress.lock", ".lock", ".incomplete")  # a copier is at work in this folder
_SUMS: Final = {".sha256": "sha256", ".sha1": "sha1", ".md5": "md5"}
_NOTES: Final = (*_SUMS, ".ok", ".done", ".txt", ".log", ".asc", ".sig")  # stand beside exports and are none
_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)")
_COPY: Final = re.compile(r"[ _-]*(?:[(（]\d+[)）]|副本|copy)+(?=\.|$)", re.IGNORECASE)
_BLOCK: Final = 1 << 20
_ZIP_END: Final = 22 + (1 << 16)  # bytes its last record may take, with a comment
_ZIP64: Final = 0xFFFFFFFF  # what stands in place of a number that is too large
_ZIP64_END: Final = b"PK\x06\x06"  # stands between the list and the last record where one of its numbers is
SETTLE: Final = 60.0  # seconds


class Why:
    """Why an export is not read yet."""

    UNFINISHED: Final = "unfinished"  # by its name or a file beside it
    GROWING: Final = "growing"  # written to a moment ago
    UNMARKED: Final = "unmarked"  # the mark that is asked for is not there
    CHECKSUM: Final = "checksum"
    BROKEN: Final = "broken"  # its container has no end, or nothing in it


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of scan.toml: a folder where exports land."""

    folder: Path
    glob: str = "*"
    site: str = ""  # id in sites.toml when all exports there are of one site
    mark: str = ""  # NAME + mark must stand beside an export: ".ok"
    settle: float = SETTLE  # seconds an export must not have changed


@dataclass(frozen=True, slots=True)
class Export:
    path: Path
    group: str  # all exports of one site, whatever their dates


@dataclass(frozen=True, slots=True)
class Waiting:
    path: Path
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Landed:
    """``exports``: the newest whole one of each group. ``waiting``: newer ones that are not whole."""

    exports: tuple[Export, ...]
    waiting: tuple[Waiting, ...]
    empty: tuple[Place, ...]  # where nothing was found at all


def look(places: Sequence[Place], sites: SiteMap, fields: FieldMap, now: datetime) -> Landed:
    """What there is to read. Reads no export but where a checksum stands beside it; writes nothing."""
    exports, waiting, empty = list[Export](), list[Waiting](), list[Place]()
    for place in places:
        groups = defaultdict[str, list[Path]](list)
        for path in _candidates(place):
            groups[place.site or group_of(path.name, sites)].append(path)
        if not groups:
            empty.append(place)
        for group, paths in sorted(groups.items()):
            for path in sorted(paths, key=age, reverse=True):
                problem = not_whole(path, place, fields, now)
                if problem is None:
                    exports.append(Export(path, group))
                    break
                waiting.append(problem)
    return Landed(tuple(exports), tuple(waiting), tuple(empty))


def group_of(name: str, sites: SiteMap) -> str:
    """What the names of all exports of a site have in common.

    >>> group_of("教育局_20171109 (1).zip", SiteMap()), group_of("教育局-20171110.zip.part", SiteMap())
    ('教育局', '教育局')
    """
    for suffix in _UNFINISHED:
        name = name.removesuffix(suffix)
    return sites.base_name(_COPY.sub("", name))


def age(path: Path) -> tuple[date, int]:
    """Sorts exports: by the day their names say, else the day they were written; then by the moment."""
    written = path.stat().st_mtime_ns
    named = _DAY.search(path.name)
    try:
        day = date(*map(int, named.groups())) if named else date.fromtimestamp(written / 1e9)
    except ValueError:
        day = date.fromtimestamp(written / 1e9)
    return day, written


def _candidates(place: Place) -> Iterator[Path]:
    for path in sorted(place.folder.glob(place.glob)):
        hidden = path.name.startswith((".", "~"))
        note = path.suffix.lower() in _NOTES or (place.mark and path.name.endswith(place.mark))
        beside = path.suffix.lower() in _BESIDE and path.with_name(path.stem).exists()
        if not hidden and not note and not beside and path.exists():
            yield path


def not_whole(path: Path, place: Place, fields: FieldMap, now: datetime) -> Waiting | None:
    """Why an export cannot be read yet; None when it is whole as far as can be told without reading it."""
    marks = [path.with_name(path.name + suffix) for suffix in _BESIDE]
    inside = [path / name for name in _IN_FOLDER] if path.is_dir() else []
    working = next((mark for mark in (*marks, *inside) if mark.exists()), None)
    if path.suffix.lower() in _UNFINISHED or working:
        return Waiting(path, Why.UNFINISHED, working.name if working else path.suffix)
    if place.mark and not path.with_name(path.name + place.mark).exists():
        return Waiting(path, Why.UNMARKED, path.name + place.mark)
    if now.timestamp() - last_change(path) < place.settle:
        return Waiting(path, Why.GROWING)
    return _wrong_sum(path) or _broken(path, fields)


def last_change(path: Path) -> float:
    """When an export was written last, in seconds since 1970; of a folder, the newest of what is in it."""
    if not path.is_dir():
        return path.stat().st_mtime
    return max((p.lstat().st_mtime for p in _tree(path)), default=path.stat().st_mtime)


def _tree(path: Path) -> Iterable[Path]:
    yield path
    yield from path.rglob("*")


def _wrong_sum(path: Path) -> Waiting | None:
    for suffix, name in _SUMS.items():
        beside = path.with_name(path.name + suffix)
        if path.is_file() and beside.is_file():
            wanted = beside.read_text("utf-8", "replace").split()[:1]
            if not wanted or wanted[0].lower() != _sum(path, name):
                return Waiting(path, Why.CHECKSUM, beside.name)
    return None


def _sum(path: Path, name: str) -> str:
    digest = hashlib.new(name, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _broken(path: Path, fields: FieldMap) -> Waiting | None:
    try:
        source = open_source(path, fields)
    except ArchiveError as error:
        return Waiting(path, Why.BROKEN, error.what)
    if source.kind == "tar" and not _ends_in_zeros(path):
        return Waiting(path, Why.BROKEN, "a tar without its end")
    if source.kind in ("zip", "wacz") and not _ends_in_its_directory(path):
        return Waiting(path, Why.BROKEN, "a zip without its end")
    return None


def _ends_in_zeros(path: Path) -> bool:
    """A tar ends with two blocks of zeros."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024))
        return not any(file.read())


def _ends_in_its_directory(path: Path) -> bool:
    """A zip ends with its own list of contents. One that was cut may end with that of a zip it holds."""
    with path.open("rb") as file:
        size = path.stat().st_size
        file.seek(max(0, size - _ZIP_END))
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) < at + 22:
            return False
        length, start, comment = struct.unpack("<IIH", tail[at + 12 : at + 22])
        place = size - len(tail) + at
        file.seek(start + length)
        counted_elsewhere = file.read(4) == _ZIP64_END  # more than 65,535 members
    follows = start + length == place or start == _ZIP64 or counted_elsewhere
    return bool(place + 22 + comment == size and follows)
