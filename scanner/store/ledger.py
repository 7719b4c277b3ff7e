"""The ledger: what became of each member of each archive. Its newest reading only, and no text of any document.

It stands in the database and not in ``records/`` alone, so that it is still there when raw text was deleted, and so
that names are masked in it. An archive is known by its name without dates, and, once a rescan has read its site to the
end, by its site's group. Runs are counted in ``run_members`` for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import exports
from pipelines.exports import rows_of
from pipelines.layout import stem
from scanner.statuses import UNMATCHED
from scanner.store import site_exports
from scanner.store.carry import Carry
from scanner.store.connection import Connection
from scanner.unread import public

_READ: Final = """
SELECT doc_id, r.part, r."row" AS record_row, parse_path(filename)[-2] AS archive_id, archive, member, url, site, unit,
       media_type, extractor, status, reason, size, elapsed_ms
FROM read_parquet($records, filename = true) AS r
"""
_NOT_KEPT: Final = """
LEFT JOIN kept_parts AS k ON k.folder = parse_path(filename)[-2] AND k.now = r.part
LEFT JOIN otherwise AS o ON o.folder = k.folder AND o.part = k.was AND o.record_row = r."row"
WHERE k.now IS NULL OR o.part IS NOT NULL
"""
_KEEP: Final = """
INSERT INTO ledger BY NAME
SELECT $run AS run_id, e.export, r.* EXCLUDE (archive_id, doc_id, status, reason),
       CASE WHEN u.doc_id IS NULL THEN r.status ELSE $unmatched END AS status,
       CASE WHEN u.doc_id IS NULL THEN r.reason ELSE '' END AS reason
FROM read_now AS r JOIN exports AS e USING (archive)
LEFT JOIN unmatched AS u ON u.archive_id = r.archive_id AND u.doc_id = r.doc_id
"""
_ENTERED: Final = """
SELECT count(*), count(DISTINCT archive), min(archive), min(run_id), max(run_id),
       coalesce(bool_or(status = $unmatched), false)
FROM ledger WHERE export = $export AND part >= 0
"""
_STAYS: Final = """
UPDATE ledger SET run_id = $run, archive = $archive, part = k.now FROM kept_parts AS k
WHERE ledger.export = $export AND k.folder = $folder AND ledger.part = k.was
      AND NOT EXISTS (FROM otherwise AS o
                      WHERE o.folder = k.folder AND o.part = k.was AND o.record_row = ledger.record_row)
"""
# An archive of which something is known without a member: it could not be read, or not be searched from somewhere on.
_NOTE: Final = """
INSERT INTO ledger
VALUES ($run, $export, $archive, '', '', '', '', '', '', 0, 0, $status, $reason, -1, -1)
"""
_OLDER: Final = "SELECT archive, count(*) FROM ledger WHERE run_id < $run GROUP BY archive"
_COUNT: Final = """
INSERT INTO run_members
SELECT run_id, archive, site, unit, status, count(*) FROM ledger WHERE run_id = $run GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something unread that is no record: an archive (``status``, ``reason``), or text that could not be searched."""

    archive: str  # file name
    status: str
    reason: str = ""
    archive_id: str = ""
    doc_id: str = ""  # of the record whose text could not be searched; "" when it is not known which


def enter(
    connection: Connection, run_id: int, records: Sequence[Path], gaps: Sequence[Gap],
    clean: Callable[[pa.Table], pa.Table], carries: Sequence[Carry] = (),
) -> None:  # fmt: skip
    """Put a run's members in the place of those of earlier exports of the same name, and count them for the run.

    ``carries``: of what an export has in common with an earlier one, the entries stay; see scanner.store.carry."""
    if records:
        lost = [gap for gap in gaps if gap.doc_id]
        kept = not lost and _keep(connection, run_id, carries, records, clean)
        names = {"records": [str(path) for path in records]}
        read = connection.execute(_READ + _NOT_KEPT if kept else _READ, names).to_arrow_table()
        views = {
            "read_now": clean(_without_detail(read)),
            "exports": _exports(connection, records, clean),
            "unmatched": pa.table(
                {"archive_id": [g.archive_id for g in lost], "doc_id": [g.doc_id for g in lost]}, _UNMATCHED_COLUMNS
            ),
        }
        for name, table in views.items():
            connection.register(name, table)
        connection.execute(
            "DELETE FROM ledger WHERE run_id <> $run AND export IN (SELECT export FROM exports)", {"run": run_id}
        )
        connection.execute(_KEEP, {"run": run_id, "unmatched": UNMATCHED})
        for name in (*views, *(("kept_parts", "otherwise") if kept else ())):
            connection.unregister(name)
    for gap in gaps:
        if not gap.doc_id:
            _note(connection, run_id, gap, clean)
    connection.execute(_COUNT, {"run": run_id})


def replace_older(
    connection: Connection, run_id: int, whole: Mapping[str, int], shrink: float, group_of: Callable[[str], str]
) -> None:
    """Lets go of archives of other names whose site's newest export this run read to its end, as its cases are judged.

    ``whole``: the files of that export, by group. An archive with many more files than it stays: there may be more on
    the site than that export holds."""
    older = dict(connection.execute(_OLDER, {"run": run_id}).fetchall())
    groups = site_exports.groups_of(connection, list(older), group_of)
    replaced = [name for name, files in older.items() if whole.get(groups[name], -1) >= shrink * files]
    connection.execute(
        "DELETE FROM ledger WHERE run_id < $run AND list_contains($replaced, archive)",
        {"run": run_id, "replaced": replaced},
    )


def _exports(connection: Connection, records: Sequence[Path], clean: Callable[[pa.Table], pa.Table]) -> pa.Table:
    """``archive`` and ``export`` as the ledger names those of the records."""
    sql = "SELECT DISTINCT archive FROM read_parquet($records) ORDER BY ALL"
    names = [name for (name,) in connection.execute(sql, {"records": [str(path) for path in records]}).fetchall()]
    columns = {"archive": pa.array(names, pa.string()), "export": pa.array(map(stem, names), pa.string())}
    return clean(pa.table(columns))


def _keep(
    connection: Connection, run_id: int, carries: Sequence[Carry], records: Sequence[Path],
    clean: Callable[[pa.Table], pa.Table],
) -> bool:  # fmt: skip
    """Lets the entries of unchanged members stand for this run; whether there are any. ``kept_parts`` and ``otherwise``
    then say which records need none."""
    folders = {path.parent.name: path.parent for path in records}
    kept = list[tuple[Carry, Path, Path, str, str]]()
    for each in carries:
        now = folders[each.archive_id]
        before = now.with_name(each.carried.earlier)
        (archive, export), (known_as, known_under) = (_named(connection, folder, clean) for folder in (now, before))
        entered = connection.execute(_ENTERED, {"export": export, "unmatched": UNMATCHED}).fetchone()
        if export == known_under and entered == (exports.count(before), 1, known_as, each.since, each.since, False):
            kept.append((each, now, before, archive, export))
    if not kept:
        return False
    connection.register("kept_parts", _kept_parts([each for each, *_ in kept]))
    renamed = [_renamed(each, now, before) for each, now, before, *_ in kept]
    connection.register("otherwise", pa.concat_tables([_gone([each for each, *_ in kept]), *renamed]))
    for each, _, _, archive, export in kept:
        named = {"archive": archive, "export": export, "folder": each.archive_id}
        connection.execute(_STAYS, {"run": run_id, **named})
    return True


def _named(connection: Connection, folder: Path, clean: Callable[[pa.Table], pa.Table]) -> tuple[str, str]:
    """(archive, export) as the ledger names those of an export's folder."""
    named = _exports(connection, [rows_of(folder)], clean).to_pylist()
    return (named[0]["archive"], named[0]["export"]) if len(named) == 1 else ("", "")


def _kept_parts(carries: Sequence[Carry]) -> pa.Table:
    rows = [(each.archive_id, was, now) for each in carries for was, now in each.carried.becomes.items()]
    return pa.table(list(map(list, zip(*rows, strict=True))), _KEPT_PARTS)


def _gone(carries: Sequence[Carry]) -> pa.Table:
    """The records of kept parts that are no longer the export's."""
    gone = [(each.archive_id, was, rows) for each in carries for was, rows in each.carried.gone.items()]
    counts = [len(rows) for *_, rows in gone]
    folder = pa.array([folder for folder, *_ in gone], pa.string()).take(
        pa.array(np.repeat(np.arange(len(gone)), counts))
    )
    part = np.repeat(np.array([was for _, was, _ in gone], np.int32), counts)
    rows = np.concatenate([np.empty(0, np.int64), *(rows for *_, rows in gone)])
    return pa.table([folder, pa.array(part), pa.array(rows, pa.int32())], schema=_PLACES)


def _renamed(each: Carry, now: Path, before: Path) -> pa.Table:
    """The records of kept parts that lie at another path of the archive now, or at several."""
    placed, was = exports.table(now, ("part", "row", "member")), exports.table(before, ("part", "row", "member"))
    part, row = (placed[name].to_numpy() for name in ("part", "row"))
    ordinals, place = np.unique(part, return_inverse=True)
    origin = {after: ordinal for ordinal, after in each.carried.becomes.items()}
    earlier = np.array([origin.get(ordinal, -1) for ordinal in ordinals.tolist()], np.int64)[place]
    kept = np.flatnonzero(earlier >= 0)
    number = exports.Places(before).find(earlier[kept], row[kept].astype(np.int64))
    names, known = placed["member"].take(pa.array(kept)), was["member"].take(pa.array(number))
    other = pc.not_equal(names, known).to_numpy() | (np.bincount(number, minlength=len(was))[number] > 1)
    found = was.select(("part", "row")).take(pa.array(np.unique(number[other])))
    folder = pa.array([each.archive_id] * len(found), pa.string())
    return pa.table([folder, found["part"], found["row"]], schema=_PLACES)


_KEPT_PARTS: Final = pa.schema([("folder", pa.string()), ("was", pa.int32()), ("now", pa.int32())])
_PLACES: Final = pa.schema([("folder", pa.string()), ("part", pa.int32()), ("record_row", pa.int32())])
_UNMATCHED_COLUMNS: Final = pa.schema([("archive_id", pa.string()), ("doc_id", pa.string())])


def _note(connection: Connection, run_id: int, gap: Gap, clean: Callable[[pa.Table], pa.Table]) -> None:
    names = clean(pa.table({"archive": [gap.archive], "export": [stem(gap.archive)]})).to_pylist()[0]
    connection.execute(_NOTE, {"run": run_id, "status": gap.status, "reason": public(gap.reason), **names})


def _without_detail(table: pa.Table) -> pa.Table:
    """A reason's detail may quote the document: what the ledger keeps of it is what is known to be harmless."""
    reasons = table["reason"].combine_chunks().dictionary_encode()
    kept = pa.array([public(reason) for reason in reasons.dictionary.to_pylist()], pa.string()).take(reasons.indices)
    return table.set_column(table.schema.get_field_index("reason"), "reason", kept)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The members of one site and kind."""

    site: str
    media_type: str
    files: int
    read: int
    partly: int
    unread: int  # not at all
    size: int  # bytes
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One member."""

    archive: str
    member: str
    url: str
    site: str
    unit: str
    media_type: str
    extractor: str
    status: str
    reason: str
    size: int
    elapsed_ms: int
    run_id: int


_WHERE: Final = "contains(site, $site) AND ($all OR status <> 'extracted')"
_ENTRY: Final = ", ".join(Entry.__slots__)


def coverage(connection: Connection, site: str = "") -> list[Coverage]:
    """By site and kind, those with the most unread members first."""
    rows = connection.execute(
        "SELECT site, media_type, count(*), count(*) FILTER (status = 'extracted'), "
        "count(*) FILTER (status = 'partial'), count(*) FILTER (status NOT IN ('extracted', 'partial')), "
        "sum(size)::BIGINT, sum(elapsed_ms)::BIGINT FROM ledger WHERE contains(site, $site) "
        "GROUP BY ALL ORDER BY site, 6 DESC, 5 DESC, 3 DESC, media_type",
        {"site": site},
    ).fetchall()
    return [Coverage(*row) for row in rows]


def count_entries(connection: Connection, site: str = "", *, everything: bool = False) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM ledger WHERE {_WHERE}", {"site": site, "all": everything}
    ).fetchone()
    return int(row[0]) if row else 0


def entries(
    connection: Connection, site: str = "", *, everything: bool = False, limit: int | None = None
) -> Iterator[Entry]:
    """Members that were not wholly read, or all of them."""
    cut = f"LIMIT {int(limit)}" if limit is not None else ""
    cursor = connection.execute(
        f"SELECT {_ENTRY} FROM ledger WHERE {_WHERE} ORDER BY site, archive, status, reason, member {cut}",
        {"site": site, "all": everything},
    )
    while rows := cursor.fetchmany(10_000):
        yield from (Entry(*row) for row in rows)
