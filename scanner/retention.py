"""What may be thrown away: raw text and hits of exports that newer ones took the place of, once they are old enough.

With an export go the texts that only it still held, though a newer one has the same file (see pipelines.erasing).
Kept for good are the database (masked values, fingerprints, every event, all counts) and the newest export of each
site. Kept as long as it is needed is the export that the findings of a case which is not closed were read in.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pipelines import landing, layout
from pipelines.erasing import erase
from scanner.errors import from_os
from scanner.store import site_exports
from scanner.store.connection import reading
from scanner.workspace import Workspace

_WEEK: Final = 7  # days


class Kept:
    """Why an old export stays."""

    NEWEST: Final = "newest"
    CASE: Final = "case"
    RECENT: Final = "recent"


@dataclass(frozen=True, slots=True)
class Held:
    """One export's folders under records/ and hits/."""

    archive_id: str
    written: datetime  # local time
    size: int  # bytes on disk that no other export has too
    kept: str  # "" when it may go


def held(workspace: Workspace, days: int, now: datetime) -> list[Held]:
    """Every export the workspace holds, oldest first."""
    folders = [path for path in workspace.records.iterdir() if path.is_dir()]
    with reading(workspace.database) as connection:
        needed = site_exports.needed_archives(connection)
        newest = {row.archive_id for row in site_exports.last(connection).values()}
    newest |= set(_newest(workspace, folders).values())
    found = []
    for folder in folders:
        written = datetime.fromtimestamp(_written(folder))
        kept = Kept.NEWEST if folder.name in newest else Kept.CASE if folder.name in needed else ""
        kept = kept or (Kept.RECENT if now - written < timedelta(days=days) else "")
        found.append(Held(folder.name, written, sum(map(_size, _places(workspace, folder.name))), kept))
    return sorted(found, key=lambda each: (each.written, each.archive_id))


def purge(workspace: Workspace, days: int, now: datetime) -> list[Held]:
    """Throws away what may go; says what went."""
    with workspace.running():
        gone = [each for each in held(workspace, days, now) if not each.kept]
        for each in gone:
            for place in _places(workspace, each.archive_id):
                _remove(place)
        if gone:
            erase([path for path in sorted(workspace.records.iterdir()) if path.is_dir()])
    return gone


def purge_when_due(workspace: Workspace, days: int, now: datetime) -> list[Held]:
    """``purge`` once something should have gone a week ago: reading shared parts again every night would cost more
    than it protects."""
    overdue = any(not each.kept for each in held(workspace, days + _WEEK, now))
    return purge(workspace, days, now) if overdue else []


def _newest(workspace: Workspace, folders: list[Path]) -> Mapping[str, str]:
    """The newest finished folder of each site, also of exports that were never taken by a rescan."""
    newest = dict[str, str]()
    for folder in sorted(folders, key=_written):
        plan = (layout.read_json(folder / "manifest.json") or {}).get("plan", {})
        if plan:
            newest[landing.group_of(plan.get("archive", ""), workspace.sites)] = folder.name
    return newest


def _written(folder: Path) -> float:
    marks = [folder / name for name in ("manifest.json", "plan.json")]
    return max((mark.stat().st_mtime for mark in marks if mark.exists()), default=folder.stat().st_mtime)


def _places(workspace: Workspace, name: str) -> Iterator[Path]:
    yield from (place for place in (workspace.records / name, workspace.hits / name) if place.is_dir())


def _size(folder: Path) -> int:
    states = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum(state.st_size for state in states if state.st_nlink == 1)


def _remove(folder: Path) -> None:
    """The manifest goes first: a folder that was removed in part is never taken for a whole one."""
    try:
        (folder / "manifest.json").unlink(missing_ok=True)
        shutil.rmtree(folder)
    except OSError as error:
        raise from_os(error, folder) from None
