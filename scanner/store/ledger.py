"""The ledger: what became of each member of each archive. Its newest reading only, and no text of any document.

It stands in the database and not in ``records/`` alone, so that it is still there when raw text was deleted, and so
that names are masked in it. Runs are counted in ``run_members`` for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from pipelines.layout import stem
from scanner.statuses import UNMATCHED
from scanner.store.connection import Connection
from scanner.unread import public

_READ: Final = """
SELECT doc_id, parse_path(filename)[-2] AS archive_id, archive, member, url, site, unit, media_type, extractor, status,
       reason, size, elapsed_ms
FROM read_parquet($records, filename = true)
"""
_KEEP: Final = """
INSERT INTO ledger
SELECT $run, e.export, r.* EXCLUDE (archive_id, doc_id, status, reason),
       CASE WHEN u.doc_id IS NULL THEN r.status ELSE $unmatched END AS status,
       CASE WHEN u.doc_id IS NULL THEN r.reason ELSE '' END AS reason
FROM read_now AS r JOIN exports AS e USING (archive)
LEFT JOIN unmatched AS u ON u.archive_id = r.archive_id AND u.doc_id = r.doc_id
"""
# An archive of which something is known without a member: it could not be read, or not be searched from somewhere on.
_NOTE: Final = """
INSERT INTO ledger
VALUES ($run, $export, $archive, '', '', '', '', '', '', 0, 0, $status, $reason)
"""
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
    connection: Connection,
    run_id: int,
    records: Sequence[Path],
    gaps: Sequence[Gap],
    clean: Callable[[pa.Table], pa.Table],
) -> None:
    """Put a run's members in the place of those of earlier exports of the same name, and count them for the run."""
    if records:
        read = _without_detail(connection.execute(_READ, {"records": [str(path) for path in records]}).to_arrow_table())
        names = sorted(set(read["archive"].to_pylist()))
        lost = [gap for gap in gaps if gap.doc_id]
        views = {
            "read_now": clean(read),
            "exports": pa.table({"archive": clean(pa.table({"n": names}))["n"], "export": [stem(n) for n in names]}),
            "unmatched": pa.table(
                {"archive_id": [g.archive_id for g in lost], "doc_id": [g.doc_id for g in lost]}, _UNMATCHED_COLUMNS
            ),
        }
        views["exports"] = clean(views["exports"])
        for name, table in views.items():
            connection.register(name, table)
        connection.execute("DELETE FROM ledger WHERE export IN (SELECT export FROM exports)")
        connection.execute(_KEEP, {"run": run_id, "unmatched": UNMATCHED})
        for name in views:
            connection.unregister(name)
    for gap in gaps:
        if not gap.doc_id:
            _note(connection, run_id, gap, clean)
    connection.execute(_COUNT, {"run": run_id})


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
