"""From a member and the document in it to rows of RECORDS: one for the member, one for each file embedded in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter, itemgetter
from time import perf_counter
from typing import Any, Final

import pyarrow as pa

from pipelines import locations, stages
from pipelines.documents import Document, Link, Member, Metadata, Segment
from pipelines.isolation import Limits, Verdict
from pipelines.schema import LINK, RECORDS, SEGMENT, Status
from pipelines.sites import SiteMap
from pipelines.stages import Laps

Row = dict[str, Any]

_PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "multipart/related"})
_DATE: Final = re.compile(
    r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)"
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DATES: Final = ("published_at", "written_at", "effective_at", "expires_at")
# How the fields of a list's structs are got out of its items: links are pairs, segments are Segments.
_PARTS: Final[dict[str, tuple[Callable[[Any], Any], ...]]] = {
    "links": (itemgetter(0), itemgetter(1)),
    "segments": tuple(attrgetter(part.name) for part in SEGMENT),
}
_WORDS: Final = ("title", "publisher", "index_no", "doc_no", "info_class", "keywords", "breadcrumbs")
_DESCRIBED: Final = _WORDS + _DATES
_METADATA: Final = attrgetter(*_DESCRIBED)


class Milliseconds:
    """Whole milliseconds of one thing after another, such that their sum is right: what is left goes to the next."""

    def __init__(self) -> None:
        self._left = 0.0

    def of(self, seconds: float) -> int:
        exact = seconds * 1000 + self._left
        whole = max(round(exact), 0)
        self._left = exact - whole
        return whole


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one archive's members. ``extract`` never raises but for a MemoryError."""

    archive: str  # file name
    sites: SiteMap
    limits: Limits
    extract: Callable[[Member], Document]
    laps: Laps = field(default_factory=Laps)
    _elapsed: Milliseconds = field(default_factory=Milliseconds)

    @property
    def base_name(self) -> str:
        """What the locations of members without a URL begin with."""
        return self.sites.base_name(self.archive)

    def location(self, member: Member) -> str:
        return locations.of_member(self.base_name, member.path, member.url)

    def rows(self, member: Member) -> list[Row]:
        """The member's row, then those of the files in it, outermost first; at most ``limits.children`` of these."""
        budget = [self.limits.children]
        return list(self._family(member, self.location(member), depth=0, budget=budget))

    def condemned(self, member: Member, verdict: Verdict) -> list[Row]:
        """The row of a member that cost its worker's life."""
        document = Document(status=verdict.status, reason=verdict.reason)
        return [self._row(member, document, self.location(member), embedded=False, elapsed=0.0)]

    def _family(self, member: Member, location: str, depth: int, budget: list[int]) -> Iterator[Row]:
        self.laps.lap(stages.ROWS)
        started = perf_counter()
        document = self._read(member)
        elapsed = perf_counter() - started
        self.laps.lap(f"{stages.EXTRACT}/{document.media_type or 'unread'}")
        if document.children and (left_out := self._left_out(document, depth, budget[0])):
            document = replace(document, **left_out)
        yield self._row(member, document, location, embedded=depth > 0, elapsed=elapsed)
        for child in document.children:
            if budget[0] > 0:
                budget[0] -= 1
                yield from self._family(child, f"{location}!/{_inner(child, member)}", depth + 1, budget)

    def _read(self, member: Member) -> Document:
        if member.data is None:
            return Document(status=member.status, reason=member.reason)
        document = self.extract(member)
        if document.status == Status.TOO_LARGE and document.reason == "memory":
            raise MemoryError  # in a worker whose neighbours may have used it up: isolation tries the document alone
        if member.status != Status.EXTRACTED and document.status == Status.EXTRACTED:
            document = replace(document, status=member.status, reason=member.reason)
        return document if len(document.text) <= self.limits.text else _cut(document, self.limits.text)

    def _left_out(self, document: Document, depth: int, budget: int) -> dict[str, Any]:
        """What changes in a document some of whose embedded files are not read: never in silence."""
        if depth >= self.limits.depth:
            reason = f"nested deeper than {self.limits.depth}: {len(document.children)} files inside not read"
            return {"children": (), "status": Status.PARTIAL, "reason": reason}
        if len(document.children) > budget:
            reason = f"more than {self.limits.children} files inside: {len(document.children) - budget} not read"
            return {"children": document.children[:budget], "status": Status.PARTIAL, "reason": reason}
        return {}

    def _row(self, member: Member, document: Document, location: str, *, embedded: bool, elapsed: float) -> Row:
        row: Row = _described(document.metadata, member)
        kind = _kind(member, document, embedded)
        site, unit, section = self.sites.resolve(location, row["publisher"], self.archive)
        row.update(
            doc_id=locations.doc_id(location), location=location, archive=self.archive, member=member.path,
            url=member.url, kind=kind, media_type=document.media_type or member.media_type,
            extractor=document.extractor, status=document.status, reason=document.reason,
            size=len(member.data or b""), digest=_digest(member.data), site=site, unit=unit,
            section=section or member.fields.get("section", "") or _last_crumb(row["breadcrumbs"], row["title"]),
            fetched_at=member.fetched_at, elapsed_ms=self._elapsed.of(elapsed),
            links=_links(location, document.links), text=document.text, segments=document.segments,
        )  # fmt: skip
        if kind in ("attachment", "embedded"):
            row["title"] = member.path.rpartition("/")[2]
        return row


def to_batch(rows: Sequence[Row]) -> pa.RecordBatch:
    """Rows as a batch of RECORDS. Characters that UTF-8 cannot hold (lone surrogates) become U+FFFD."""
    try:
        return _batch(rows)
    except UnicodeEncodeError:
        return _batch([_encodable(row) for row in rows])


def _batch(rows: Sequence[Row]) -> pa.RecordBatch:
    columns = []
    for column in RECORDS:
        values = list(map(itemgetter(column.name), rows))
        getters = _PARTS.get(column.name)
        columns.append(_lists(column.type, values, getters) if getters else pa.array(values, column.type))
    return pa.RecordBatch.from_arrays(columns, schema=RECORDS)


def _lists(kind: pa.ListType, values: Sequence[Sequence[Any]], getters: Sequence[Callable[[Any], Any]]) -> pa.ListArray:
    """A list column of structs, built from flat columns: several times the speed of one dict a struct."""
    offsets, flat = [0], list[Any]()
    for value in values:
        flat.extend(value)
        offsets.append(len(flat))
    struct = kind.value_type
    columns = [pa.array(list(map(part, flat)), f.type) for part, f in zip(getters, struct, strict=True)]
    items = pa.StructArray.from_arrays(columns, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items, type=kind)


def _encodable(row: Row) -> Row:
    fixed = {name: _SURROGATE.sub("\ufffd", v) if isinstance(v, str) else v for name, v in row.items()}
    fixed["links"] = [tuple(_SURROGATE.sub("\ufffd", word) for word in link) for link in row["links"]]
    fixed["segments"] = [replace(s, place=_SURROGATE.sub("\ufffd", s.place)) for s in row["segments"]]
    return fixed


def _described(metadata: Metadata, member: Member) -> Row:
    """What is known about the document: an export row's own fields win over what its page says."""
    row: Row = dict(zip(_DESCRIBED, _METADATA(metadata), strict=True))
    if fields := member.fields:
        row |= {name: fields[name] for name in _WORDS if fields.get(name)}
        row |= {name: day for name in _DATES if (day := parse_date(fields.get(name, "")))}
    row["published_at"] = row["published_at"] or row["written_at"]
    return row


def parse_date(words: str) -> date | None:
    """The first date in ``words``, None where there is none.

    >>> parse_date("2017年11月9日 10:30"), parse_date("20171109"), parse_date("2017-13-09")
    (datetime.date(2017, 11, 9), datetime.date(2017, 11, 9), None)
    """
    found = _DATE.search(words)
    if not found:
        return None
    try:
        return date(*(int(group) for group in found.groups() if group))
    except ValueError:
        return None


def _kind(member: Member, document: Document, embedded: bool) -> str:
    if embedded:
        return "embedded"
    if member.fields:
        return "row"
    return "page" if document.media_type in _PAGE_TYPES else "attachment"


def _last_crumb(breadcrumbs: str, title: str) -> str:
    """The section a page's breadcrumbs end in, for pages of which ``sites.toml`` says nothing.

    >>> _last_crumb("首页 > 社会救助 > 正文", "低保名单")
    '社会救助'
    """
    crumbs = [c for c in breadcrumbs.split(" > ") if c not in ("", "首页", "正文", "详情", title)]
    return crumbs[-1] if crumbs else ""


def _digest(data: bytes | None) -> str:
    return "" if data is None else blake2b(data, digest_size=16).hexdigest()


def _inner(child: Member, container: Member) -> str:
    """A child's path inside its container, whether its own path repeats the container's or not."""
    return child.path.removeprefix(container.path + "!/")


def _links(base: str, links: Sequence[Link]) -> list[tuple[str, str]]:
    """(location, words) of what a page links to; of several links to one place the first."""
    found: dict[str, str] = {}
    for link in links:
        target = link.target
        own_page = not target or target[0] in "?#"
        folder = base if own_page else base.rpartition("/")[0] + "/" if "/" in base else base
        location = _resolve(folder, target)
        if location and location != base:
            found.setdefault(location, link.text)
    return list(found.items())


@lru_cache(maxsize=1 << 16)
def _resolve(base: str, target: str) -> str:
    return locations.resolve(base, target)


def _cut(document: Document, length: int) -> Document:
    """A document cut to ``length`` code points, and marked as such."""
    segments = tuple(replace(s, end=min(s.end, length)) for s in document.segments if s.start < length)
    reason = f"text limit: {length} of {len(document.text)} characters kept"
    return replace(document, text=document.text[:length], segments=segments, status=Status.PARTIAL, reason=reason)


assert {f.name for f in SEGMENT} == set(Segment.__slots__) and LINK[0].name == "location"
