"""Pivot caches: a copy of a pivot table's source, which stays in the file when the source is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Final

from lxml import etree

from pipelines.extractors.assembly import Assembly, Unreadable, within_bounds
from pipelines.extractors.cells import number
from pipelines.extractors.package import Package
from pipelines.extractors.rows import flat, line
from pipelines.schema import SegmentKind

_DEFINITION: Final = "xl/pivotcache/pivotcachedefinition"


def add_pivot_caches(assembly: Assembly, package: Package) -> None:
    """Append each cache as a hidden table under its fields' names."""
    for part in sorted(package.names):
        if part.lower().startswith(_DEFINITION) and part.endswith(".xml"):
            try:
                lines = list(within_bounds(_lines(package, part)))
            except Unreadable as error:
                assembly.note(error.reason)
                continue
            place = "pivot cache " + "".join(c for c in part.rpartition("/")[2] if c.isdecimal())
            assembly.add(SegmentKind.TABLE, place.strip(), "\n".join(lines), hidden=True)


def _lines(package: Package, part: str) -> Iterator[str]:
    fields = list(package.xml(part).iter("{*}cacheField"))
    yield line(flat(field.get("name", "")) for field in fields)
    shared = [[_value(item) for item in items] for items in (_shared(field) for field in fields)]
    records = _records(package, part)
    if records is None:  # only the values of each field were kept, a field on a line
        yield from (text for values in shared if (text := line(values)))
        return
    for record in records.iterchildren("{*}r"):
        yield line(_resolved(item, shared[at] if at < len(shared) else []) for at, item in enumerate(record))


def _shared(field: etree._Element) -> list[etree._Element]:
    items = field.find("{*}sharedItems")
    return [] if items is None else list(items.iterchildren(etree.Element))


def _records(package: Package, part: str) -> etree._Element | None:
    relations = f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels"
    if relations not in package.names:
        return None
    for relation in package.xml(relations).iter("{*}Relationship"):
        target = relation.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        if relation.get("Type", "").endswith("/pivotCacheRecords") and name in package.names:
            return package.xml(name)
    return None


def _resolved(item: etree._Element, shared: list[str]) -> str:
    value = item.get("v", "")
    if not str(item.tag).endswith("}x"):
        return _value(item)
    return shared[int(value)] if value.isdecimal() and len(value) < 9 and int(value) < len(shared) else ""


def _value(item: etree._Element) -> str:
    """Of <s>, <n>, <d>, <b>: text, number, date, truth; <m> is nothing."""
    value = item.get("v", "")
    if str(item.tag).endswith("}n"):
        try:
            return number(float(value))
        except ValueError:
            return flat(value)
    return flat(value.removesuffix("T00:00:00"))
