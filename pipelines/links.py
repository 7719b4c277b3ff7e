"""Attachments tied to the page that links them: for each part of an archive a sidecar of rows of CONTEXT.

An attachment belongs to the page that links it; of several, to the one published first, then the first in the archive.
A file embedded in an attachment belongs to the same page; one embedded in a page, or in an attachment that no page
links, belongs to that.

Works on columns, never on a Python object a record: documents are known by the first 64 bits of their ids, links only
as arrays, and of pages only those that are somebody's page are gathered. About 30 bytes a record, and 200 a used page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import layout, locations, parts

CONTEXT: Final = pa.schema(
    [
        pa.field("record_row", pa.int32(), nullable=False),  # 0-based, in the part of records
        pa.field("doc_id", pa.string(), nullable=False),
        pa.field("parent_id", pa.string(), nullable=False),
        pa.field("parent_title", pa.string(), nullable=False),
        pa.field("parent_url", pa.string(), nullable=False),  # its location where it has no URL
        pa.field("unit", pa.string(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("published_at", pa.date32()),
        pa.field("link_text", pa.string(), nullable=False),
    ]
)
_PARENT: Final = ("doc_id", "title", "url", "location", "unit", "section", "published_at")
_UNDATED: Final = np.iinfo(np.int32).max

Ints = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class _Records:
    """All records of an archive, by their number across its parts."""

    parts: list[Path]
    starts: npt.NDArray[np.int64]  # number of each part's first record; one more entry: their count
    hashes: Hashes
    attachment: npt.NDArray[np.bool_]
    root: Ints  # number of the archive member a record is, or is embedded in

    def span(self, part: int) -> slice:
        return slice(int(self.starts[part]), int(self.starts[part + 1]))


@dataclass(frozen=True)
class _Best:
    """The best link to each attachment that any page links, by the attachments' sorted hashes."""

    targets: Hashes
    date: Ints  # days since 1970 of the page's publication
    page: Ints  # its number; -1: nobody links this attachment
    link: Ints  # which of the page's links


def write_context(folder: Path) -> None:
    """Writes the context sidecar of each part in ``folder`` that needs one. Raises StorageError."""
    every = _survey(layout.parts(folder))
    best = _best_links(every)
    pages, row_of = _gather(every, best)
    for number in range(len(every.parts)):
        context = _context(every, best, pages, row_of, number)
        if len(context):
            with parts.writing(layout.context_of(every.parts[number]), CONTEXT) as writer:
                writer.write_table(context)


def _survey(paths: list[Path]) -> _Records:
    counts, hashes, attachment, roots = [0], [np.empty(0, np.uint64)], [np.empty(0, bool)], [np.empty(0, np.int32)]
    for path in paths:
        table = parts.columns(path, ("doc_id", "kind"))
        kind = np.asarray(table["kind"].to_numpy(zero_copy_only=False))
        numbers = np.arange(len(kind), dtype=np.int32) + counts[-1]
        roots.append(np.maximum.accumulate(np.where(kind == "embedded", -1, numbers)).astype(np.int32))
        hashes.append(_hashes(table["doc_id"]))
        attachment.append(kind == "attachment")
        counts.append(counts[-1] + len(kind))
    return _Records(paths, np.array(counts), np.concatenate(hashes), np.concatenate(attachment), np.concatenate(roots))


def _hashes(doc_ids: pa.ChunkedArray) -> Hashes:
    """The first 64 bits of each document id (32 hex digits)."""
    joined = "".join(doc_ids.to_pylist())
    return np.frombuffer(bytes.fromhex(joined), ">u8")[::2].astype(np.uint64)


def _best_links(every: _Records) -> _Best:
    targets = np.unique(every.hashes[every.attachment])
    best = _Best(
        targets, np.full(len(targets), _UNDATED, np.int32), np.full(len(targets), -1, np.int32),
        np.zeros(len(targets), np.int32),
    )  # fmt: skip
    for number, path in enumerate(every.parts):
        if len(targets):
            _improve(best, path, int(every.starts[number]))
    return best


def _improve(best: _Best, path: Path, start: int) -> None:
    """Takes the links of one part into account. Parts come in order, so an earlier link wins a tie."""
    table = parts.columns(path, ("links", "published_at"))
    links = table["links"].combine_chunks()
    page = np.repeat(np.arange(len(table)), links.value_lengths().to_numpy())
    link = np.arange(len(page)) - links.offsets.to_numpy()[page]
    target, known = _find(best.targets, links.flatten().field("location"))
    days = table["published_at"].combine_chunks().cast(pa.int32()).fill_null(_UNDATED).to_numpy()
    page, link, target = page[known], link[known], target[known]
    order = np.lexsort((link, page, days[page], target))
    first = order[np.unique(target[order], return_index=True)[1]]
    better = first[(days[page[first]] < best.date[target[first]]) | (best.page[target[first]] < 0)]
    best.date[target[better]] = days[page[better]]
    best.page[target[better]] = page[better] + start
    best.link[target[better]] = link[better]


def _find(targets: Hashes, locs: pa.StringArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Where among ``targets`` each location is, and whether it is there at all."""
    encoded = locs.dictionary_encode()
    ids = [locations.doc_id(location) for location in encoded.dictionary.to_pylist()]
    wanted = _hashes(pa.chunked_array([ids], pa.string()))
    place = np.minimum(np.searchsorted(targets, wanted), len(targets) - 1)
    known = targets[place] == wanted
    index = encoded.indices.to_numpy()
    return place[index], known[index]


def _gather(every: _Records, best: _Best) -> tuple[pa.Table, Ints]:
    """What the sidecars say of the pages, a row for each linked attachment; and that row's number by attachment."""
    row_of = np.full(len(best.targets), -1, np.int32)
    gathered, count = [_parents(pa.table({}), np.empty(0, np.int64), pa.array([], pa.string()))], 0
    by_page = np.argsort(best.page, kind="stable")
    for number, path in enumerate(every.parts):
        span = every.span(number)
        low, high = np.searchsorted(best.page[by_page], (span.start, span.stop))
        if low == high:
            continue
        chosen = by_page[low:high]
        table = parts.columns(path, (*_PARENT, "links"))
        rows = best.page[chosen] - span.start
        links = table["links"].combine_chunks()
        words = links.flatten().field("text").take(pa.array(links.offsets.to_numpy()[rows] + best.link[chosen]))
        gathered.append(_parents(table, rows, words))
        row_of[chosen] = np.arange(count, count + len(chosen))
        count += len(chosen)
    return pa.concat_tables(gathered), row_of


def _parents(table: pa.Table, rows: npt.NDArray[Any], link_text: pa.Array) -> pa.Table:
    """Columns of CONTEXT from ``parent_id`` on: what is to be said of the records at ``rows`` as parents."""
    if not len(rows):
        return pa.schema(list(CONTEXT)[2:]).empty_table()
    of = table.select(_PARENT).take(pa.array(rows))
    url = pc.if_else(pc.equal(of["url"], ""), of["location"], of["url"])
    columns = [of["doc_id"], of["title"], url, of["unit"], of["section"], of["published_at"], link_text]
    return pa.table(columns, schema=pa.schema(list(CONTEXT)[2:]))


def _context(every: _Records, best: _Best, pages: pa.Table, row_of: Ints, number: int) -> pa.Table:
    """The sidecar of one part."""
    span = every.span(number)
    root = every.root[span]
    place = np.searchsorted(best.targets, every.hashes[root])
    found = np.minimum(place, max(len(best.targets) - 1, 0))
    if len(best.targets):
        linked = every.attachment[root] & (best.targets[found] == every.hashes[root])
        page = np.where(linked, row_of[found], -1)
    else:
        page = np.full(len(root), -1, np.int32)
    embedded = root != np.arange(span.start, span.stop)
    of_page, of_root = np.flatnonzero(page >= 0), np.flatnonzero(embedded & (page < 0))
    table = parts.columns(every.parts[number], _PARENT) if len(of_page) or len(of_root) else pa.table({})
    roots = root[of_root] - span.start
    said = pa.concat_tables(
        [pages.take(pa.array(page[of_page])), _parents(table, roots, pa.array([""] * len(roots), pa.string()))]
    )
    rows = np.concatenate([of_page, of_root])
    if not len(rows):
        return CONTEXT.empty_table()
    doc_ids = table["doc_id"].take(pa.array(rows))
    full = pa.table([pa.array(rows, pa.int32()), doc_ids, *said.columns], schema=CONTEXT)
    return full.take(pa.array(np.argsort(rows, kind="stable")))
