"""Where files lie in a workspace, and how each appears there: whole, or not at all.

    records/<archive_id>/plan.json                    written first: what the parts beside it were read from and how
    records/<archive_id>/part-000123.parquet          the records of one shard, by the shard's ordinal
    records/<archive_id>/shard-000123.arrow           of a shard that is nearly as an earlier export had it: what is new
    records/<archive_id>/part-1000000005.parquet      records of an earlier export, or of several shards; see closing
    records/<archive_id>/members.parquet              what each member of it is known by; see reuse
    records/<archive_id>/context.parquet              the page each record was linked from; see links
    records/<archive_id>/rows.parquet                 which rows of which parts are the export's; see exports
    records/<archive_id>/manifest.json                written last: the archive is completely read
    hits/<archive_id>/part-000123.parquet             the hits of one part, until all are matched
    hits/<archive_id>/hits.parquet                    the hits of the export; see found

A file is written under a temporary name in its own folder, flushed to the disk, then renamed. What a killed run left
under temporary names is swept away when the next run starts.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from pipelines.errors import StorageError

_PART: Final = re.compile(r"part-(\d{6,})\.parquet")
_SHARD: Final = re.compile(r"shard-(\d{6,})\.arrow")
FIRST_TAKEN: Final = 10**9  # parts from this ordinal on are no shard's: they were put together when the archive closed
_UNSAFE: Final = re.compile(r"[^\w.-]+")
_CONTAINER_SUFFIXES: Final = re.compile(
    r"(\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst|warc|wacz|jsonl|ndjson|json|csv|tsv|parquet))+$", re.IGNORECASE
)
_DATE: Final = re.compile(r"[-_.]?(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_STORAGE_ERRNOS: Final = {
    errno.ENOSPC: ("the disk is full", "Free some space and run again: what is finished is kept."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run again: what is finished is kept."),
    errno.EROFS: ("the disk is read-only", "Choose a folder that can be written."),
    errno.EACCES: ("no permission to write", "Choose a folder that can be written."),
    errno.EPERM: ("no permission to write", "Choose a folder that can be written."),
    errno.ENOTDIR: ("not a folder", "Choose a folder that can be written."),
    errno.EEXIST: ("not a folder", "Choose a folder that can be written."),
}


def stem(archive_name: str) -> str:
    """An archive's name without what changes from export to export: container suffixes and dates.

    >>> stem("教育局_20171109.tar.gz"), stem("www.example.gov.cn-2017-11.zip"), stem("20171109.zip")
    ('教育局', 'www.example.gov.cn', '20171109')
    """
    bare = _CONTAINER_SUFFIXES.sub("", archive_name) or archive_name
    return _DATE.sub("", bare).strip("-_. ") or bare


def archive_id(archive_name: str, fingerprint: str) -> str:
    """The folder name of an archive: readable, and another one when the content is another.

    >>> archive_id("教育局 (new).zip", "0123456789abcdef")
    '教育局_new-01234567'
    """
    bare = _CONTAINER_SUFFIXES.sub("", archive_name) or archive_name
    return f"{_UNSAFE.sub('_', bare).strip('._')[:60] or 'archive'}-{fingerprint[:8]}"


def part_name(ordinal: int) -> str:
    return f"part-{ordinal:06d}.parquet"


def parts(folder: Path) -> list[Path]:
    """The parts of a folder in the order of their ordinals."""
    found = [(int(m[1]), p) for p in folder.glob("part-*.parquet") if (m := _PART.fullmatch(p.name))]
    return [path for _, path in sorted(found)]


def ordinal(part: Path) -> int:
    """The number in a part's name."""
    return int(part.name.removeprefix("part-").removesuffix(".parquet"))


def shard_name(ordinal: int) -> str:
    return f"shard-{ordinal:06d}.arrow"


def shards(folder: Path) -> dict[int, Path]:
    """What workers left of the shards of an archive, in the order of their ordinals."""
    staged = {int(m[1]): p for p in folder.glob("shard-*.arrow") if (m := _SHARD.fullmatch(p.name))}
    whole = {number: path for path in parts(folder) if (number := ordinal(path)) < FIRST_TAKEN}
    return dict(sorted((staged | whole).items()))


@contextmanager
def storage(where: Path) -> Iterator[None]:
    """Turns the operating system's refusals to write at ``where`` into a StorageError."""
    try:
        yield
    except OSError as error:
        if error.errno not in _STORAGE_ERRNOS:
            raise
        what, todo = _STORAGE_ERRNOS[error.errno]
        raise StorageError(what, where, todo) from error


@contextmanager
def replacing(path: Path, *, lasting: bool = True) -> Iterator[Path]:
    """A temporary path to write to; becomes ``path`` when the block ends, and disappears when the block fails.

    Not ``lasting``: what a loss of power may leave without its content, because waiting for the disk costs too much."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with storage(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            if lasting:
                _flush(temporary)
            temporary.replace(path)
            if lasting:
                _flush(path.parent)
        finally:
            with suppress(OSError):
                temporary.unlink()


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle of a folder to flush
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes what killed runs left under temporary names, in ``folder`` and its ``context``."""
    for leftover in (*folder.glob(".*.tmp"), *folder.glob("context/.*.tmp")):
        leftover.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Removes an archive's records. The manifest goes first: an archive without one is never taken for complete."""
    with storage(folder):
        sweep(folder)
        names = ("manifest.json", "plan.json", "rows.parquet", "members.parquet", "context.parquet")
        fixed = [folder / name for name in names]
        for path in (
            *fixed,
            *folder.glob("damaged-*"),
            *folder.glob("context/part-*"),
            *shards(folder).values(),
            *parts(folder),
        ):
            path.unlink(missing_ok=True)


def set_aside(folder: Path) -> None:
    """Renames a finished archive's folder: its records are another version's, but most may be copied from it."""
    with storage(folder):
        number = next(n for n in range(1, 1 << 20) if not folder.with_name(f"{folder.name}.{n}").exists())
        folder.rename(folder.with_name(f"{folder.name}.{number}"))


def link(part: Path, into: Path) -> None:
    """Makes a finished file appear under a second name, or copies it where the file system has no such names."""
    with storage(into.parent):
        into.parent.mkdir(parents=True, exist_ok=True)
        into.unlink(missing_ok=True)
        try:
            os.link(part, into)
            return
        except FileNotFoundError:
            raise
        except OSError:
            pass  # another disk, or one without hard links
    with replacing(into) as temporary:
        shutil.copyfile(part, temporary)


def put_away(part: Path) -> None:
    """Renames a part that cannot be read."""
    with storage(part.parent):
        part.replace(part.with_name(f"damaged-{part.name}"))


def write_json(path: Path, content: dict[str, Any]) -> None:
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def read_json(path: Path) -> dict[str, Any] | None:
    """None when there is no such file, or when it is not what ``write_json`` writes."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return content if isinstance(content, dict) else None
