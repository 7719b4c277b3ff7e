"""A small synthetic city of exported site archives with planted leaks, for ``scan demo``, tests and benchmarks.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     gold = build_city(Path(folder), pages=90)
>>> len(gold.archives), len(gold.hits) > 0
(5, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scanner.synthetic.containers import ROWS_ONLY, WRITERS, target
from scanner.synthetic.site import SITES, GoldCase, GoldHit, Item, Site, SiteMaker

_EVERY: Final = 16  # of the demo's pages: in 400 every kind of leak occurs
_TURN: Final = 3  # each site begins so many leaks after the one before it


@dataclass(slots=True)
class Gold:
    """What was planted, and the archives it was planted in."""

    archives: list[Path] = field(default_factory=list)
    hits: list[GoldHit] = field(default_factory=list)
    cases: list[GoldCase] = field(default_factory=list)
    sites_toml: str = ""
    files: int = 0  # members of the archives, all sites together, counted once

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """Passes the items on and notes what is planted in them."""
        for item in items:
            self.hits.extend(item.hits)
            if item.case is not None:
                self.cases.append(item.case)
            self.files += 1
            yield item


def build_city(folder: Path, seed: int = 1, pages: int = 400) -> Gold:
    """Five sites in five kinds of archive under ``folder``, ``pages`` pages together; the same seed, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    gold = Gold(sites_toml=sites_toml(SITES))
    for index, site in enumerate(SITES):
        files = site.container not in ROWS_ONLY
        maker = SiteMaker(site, seed * 1000 + index * 100, attachments=files, every=_EVERY, turn=index * _TURN)
        path = target(folder, f"{site.name}-20171130", site.container)
        share = pages // len(SITES) + (index < pages % len(SITES))
        WRITERS[site.container](path, gold.watch(maker.items(share)))
        gold.archives.append(path)
    return gold


def build_archives(
    folder: Path,
    kinds: Sequence[str] = tuple(WRITERS),
    seed: int = 1,
    pages: int = 20_000,
    sites: int = 3,
    *,
    attachments: bool = False,
    every: int = 50,
) -> Gold:
    """The same documents once in each kind of container, all sites in one; streamed, so any number of pages.

    every: one page in so many leaks. attachments: files beside the pages; JSONL, CSV and Parquet cannot hold them.
    """
    if attachments and ROWS_ONLY & set(kinds):
        raise ValueError(f"these kinds hold no attachments: {', '.join(sorted(ROWS_ONLY & set(kinds)))}")
    folder.mkdir(parents=True, exist_ok=True)
    chosen = SITES[:sites]
    gold = Gold(sites_toml=sites_toml(chosen))
    for number, kind in enumerate(kinds):
        items = _all_items(chosen, seed, pages, attachments, every)
        path = target(folder, "archive", kind)
        WRITERS[kind](path, items if number else gold.watch(items))
        gold.archives.append(path)
    return gold


def _all_items(sites: Sequence[Site], seed: int, pages: int, attachments: bool, every: int) -> Iterator[Item]:
    for index, site in enumerate(sites):
        start, pool = seed * 1000 + index * 100, min(20_011, pages + 97)
        maker = SiteMaker(site, start, attachments=attachments, every=every, turn=index * _TURN, pool=pool)
        yield from maker.items(pages // len(sites) + (index < pages % len(sites)))


def sites_toml(sites: Sequence[Site]) -> str:
    """The ``sites.toml`` that belongs to the archives."""
    return "".join(
        f'[[site]]\nid = "{site.id}"\nname = "{site.name}"\ndomains = ["{site.domain}"]\nunit = "{site.unit}"\n'
        f'archives = ["{site.name}*"]\n\n'
        for site in sites
    )
