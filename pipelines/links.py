"""Attachments tied to the page that links them: a row of CONTEXT for each record that belongs to another.

An attachment belongs to the page that links it; of several, to the one published first, then the first in the archive.
A file embedded in an attachment belongs to the same page; one embedded in a page, or in an attachment that no page
links, belongs to that.

Works on columns, never on a Python object a record: documents are known by the first 64 bits of their ids, links only
as arrays, and of pages only those that are somebody's page are gathered. About 30 bytes a record, and 200 a used page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import locations

CONTEXT: Final = pa.schema(
    [
        pa.field("part", pa.int32(), nullable=False),  # ordinal
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
FROM_PAGE: Final = ("parent_title", "section", "published_at")  # what hits depend on
_PARENT: Final = ("doc_id", "title", "url", "location", "unit", "section", "published_at")
_SAID: Final = pa.schema(list(CONTEXT)[3:])  # of a parent
_UNDATED: Final = np.iinfo(np.int32).max

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


class Records(Protocol):
    """All records of an archive, by their number in it."""

    def slices(self, names: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """(number of the first, columns), in order."""

    def links(self) -> Iterable[tuple[Ints, pa.Table]]:
        """(numbers, columns ``links`` and ``published_at``), in any order; -1 is the number of what is no record."""

    def take(self, numbers: Ints, names: Sequence[str]) -> pa.Table:
        """Columns of some records."""


@dataclass(frozen=True)
class _Documents:
    hashes: Hashes
    attachment: npt.NDArray[np.bool_]
    root: Ints  # number of the archive member a record is, or is embedded in


@dataclass(frozen=True)
class _Best:
    """The best link to each attachment that any page links, by the attachments' sorted hashes."""

    targets: Hashes
    date: Ints  # days since 1970 of the page's publication
    page: Ints  # its number; -1: nobody links this attachment
    link: Ints  # which of the page's links
    words: npt.NDArray[np.object_]  # of that link


def context_of(folder: Path) -> Path:
    return folder / "context.parquet"


def context(records: Records) -> tuple[Ints, pa.Table]:
    """(number, columns of CONTEXT from ``doc_id`` on) of the records that belong to another one, by number."""
    every = _survey(records)
    best = _best_links(records, every)
    root, count = every.root, len(every.root)
    parent = np.full(count, -1, np.int64)
    words = np.full(count, "", object)
    if len(best.targets):
        found = np.minimum(np.searchsorted(best.targets, every.hashes[root]), len(best.targets) - 1)
        linked = every.attachment[root] & (best.targets[found] == every.hashes[root]) & (best.page[found] >= 0)
        parent[linked] = best.page[found[linked]]
        words[linked] = best.words[found[linked]]
    embedded = (root != np.arange(count)) & (parent < 0)
    parent[embedded] = root[embedded]
    rows = np.flatnonzero(parent >= 0)
    doc_ids = records.take(rows, ("doc_id",))["doc_id"]
    pages, of = np.unique(parent[rows], return_inverse=True)
    said = _parents(records.take(pages, _PARENT)).take(pa.array(of))
    columns = [doc_ids, *said.columns, pa.array(words[rows], pa.string())]
    return rows, pa.table(columns, schema=pa.schema(list(CONTEXT)[2:]))


def _survey(records: Records) -> _Documents:
    hashes, attachment, roots = [np.empty(0, np.uint64)], [np.empty(0, bool)], [np.empty(0, np.int64)]
    last = -1  # a family may begin in one slice and end in the next
    for start, table in records.slices(("doc_id", "kind")):
        embedded, attached = (_are(table["kind"], kind) for kind in ("embedded", "attachment"))
        numbers = np.arange(start, start + len(table), dtype=np.int64)
        root = np.maximum.accumulate(np.concatenate([[last], np.where(embedded, -1, numbers)]))[1:]
        roots.append(root)
        last = int(root[-1]) if len(root) else last
        hashes.append(_hashes(table["doc_id"]))
        attachment.append(attached)
    return _Documents(np.concatenate(hashes), np.concatenate(attachment), np.concatenate(roots))


def _are(kinds: pa.ChunkedArray, kind: str) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.equal(kinds, kind).to_numpy())


def _hashes(doc_ids: pa.ChunkedArray) -> Hashes:
    """The first 64 bits of each document id (32 hex digits)."""
    whole = [_hashes_of(chunk) for chunk in doc_ids.chunks if len(chunk)]
    return np.concatenate([np.empty(0, np.uint64), *whole])


def _hashes_of(doc_ids: pa.StringArray) -> Hashes:
    start, stop = doc_ids.offset, doc_ids.offset + len(doc_ids)
    ends = np.frombuffer(doc_ids.buffers()[1], np.int32)
    joined = memoryview(doc_ids.buffers()[2])[ends[start] : ends[stop]]
    return np.frombuffer(bytes.fromhex(str(joined, "ascii")), ">u8")[::2].astype(np.uint64)


def _best_links(records: Records, every: _Documents) -> _Best:
    targets = np.sort(every.hashes[every.attachment])  # numpy's unique takes a hundred times as long
    targets = targets[np.concatenate([[True], np.diff(targets) != 0])[: len(targets)]]
    count = len(targets)
    undated, nobody, first = np.full(count, _UNDATED, np.int64), np.full(count, -1, np.int64), np.zeros(count, np.int64)
    best = _Best(targets, undated, nobody, first, np.full(count, "", object))
    if count:
        for numbers, table in records.links():
            _improve(best, numbers, table)
    return best


def _improve(best: _Best, numbers: Ints, table: pa.Table) -> None:
    """Takes the links of some pages into account. An earlier page and an earlier link win a tie."""
    links = table["links"].combine_chunks()
    row = np.repeat(np.arange(len(table)), links.value_lengths().to_numpy())
    link = np.arange(len(row)) - (links.offsets.to_numpy() - links.offsets[0].as_py())[row]
    flat = links.flatten()
    target, known = _find(best.targets, flat.field("location"))
    place = np.flatnonzero(known & (numbers[row] >= 0))
    if not len(place):
        return
    days = table["published_at"].combine_chunks().cast(pa.int32()).fill_null(_UNDATED).to_numpy().astype(np.int64)
    row, link, target = row[place], link[place], target[place]
    order = np.lexsort((link, numbers[row], days[row], target))
    first = order[np.unique(target[order], return_index=True)[1]]
    day, page, of = days[row[first]], numbers[row[first]], target[first]
    earlier = (day < best.date[of]) | ((day == best.date[of]) & (page < best.page[of]))
    better = earlier | (best.page[of] < 0)
    chosen = of[better]
    best.date[chosen], best.page[chosen], best.link[chosen] = day[better], page[better], link[first[better]]
    best.words[chosen] = flat.field("text").take(pa.array(place[first[better]])).to_pylist()


def _find(targets: Hashes, locs: pa.StringArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Where among ``targets`` each location is, and whether it is there at all."""
    encoded = locs.dictionary_encode()
    ids = [locations.doc_id(location) for location in encoded.dictionary.to_pylist()]
    wanted = _hashes(pa.chunked_array([ids], pa.string()))
    place = np.minimum(np.searchsorted(targets, wanted), len(targets) - 1)
    known = targets[place] == wanted
    index = encoded.indices.to_numpy()
    return place[index], known[index]


def _parents(pages: pa.Table) -> pa.Table:
    """What is to be said of some records as parents."""
    url = pc.if_else(pc.equal(pages["url"], ""), pages["location"], pages["url"])
    columns = [pages["doc_id"], pages["title"], url, pages["unit"], pages["section"], pages["published_at"]]
    return pa.table(columns, schema=pa.schema(list(_SAID)[:-1]))


def differ(one: pa.Table, other: pa.Table) -> npt.NDArray[np.bool_]:
    """Where two tables of as many rows say other things of the parents that hits depend on."""
    found = np.zeros(len(one), bool)
    for name in FROM_PAGE:
        a, b = (table[name].combine_chunks() for table in (one, other))
        if name == "published_at":
            a, b = (column.cast(pa.int32()).fill_null(_UNDATED) for column in (a, b))
        found |= pc.not_equal(a, b).to_numpy(zero_copy_only=False)
    return found
