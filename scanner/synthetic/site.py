"""The documents of synthetic sites, one after another: pages, indexes and attachments with what was planted in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle, islice
from random import Random
from typing import Final

from pipelines.locations import canonical
from scanner.synthetic import decoys, demo_templates, pdf_writer, writers
from scanner.synthetic.clean_pages import Pools, Skeleton, skeletons
from scanner.synthetic.content import Block, Content, Table
from scanner.synthetic.demo_templates import Publication
from scanner.synthetic.filling import Filler
from scanner.synthetic.templates import make
from scanner.synthetic.web_pages import Meta, page

_MEDIA: Final = {
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
_WRITERS: Final = {".xlsx": writers.xlsx, ".docx": writers.docx, ".pdf": pdf_writer.pdf}
_INDEX_EVERY: Final = 50  # pages of one site between two index pages


@dataclass(frozen=True, slots=True)
class Site:
    """``container``: how the site's export is delivered; see ``containers.WRITERS``."""

    id: str
    name: str
    domain: str
    unit: str
    charset: str
    style: int
    container: str = "dir"


SITES: Final = (
    Site("xinghe", "星河市人民政府", "www.xinghe.example.com", "星河市人民政府办公室", "utf-8", 0, "dir"),
    Site("minzheng", "星河市民政局", "mz.xinghe.example.com", "星河市民政局", "gbk", 1, "zip"),
    Site("jiaoyu", "星河市教育局", "jy.xinghe.example.com", "星河市教育局", "utf-8", 1, "warc.gz"),
    Site("nanshan", "南山县人民政府", "nanshan.xinghe.example.com", "南山县人民政府办公室", "gbk", 2, "tar.gz"),
    Site("rensheju", "星河市人力资源和社会保障局", "rs.xinghe.example.com", "星河市人社局", "utf-8", 0, "jsonl"),
)


@dataclass(frozen=True, slots=True)
class GoldHit:
    """One planted value: where, what it is, the value itself and how it was written there."""

    location: str  # canonical, scheme-less URL, as records name it
    member: str  # path inside the container
    entity: str
    raw: str
    form: str


@dataclass(frozen=True, slots=True)
class GoldCase:
    """What one document's case must be: at least ``expect`` (Severity), or below MEDIUM when 0; None: open."""

    location: str
    template: str
    expect: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a site. ``row`` are the columns a scraper's export would hold; empty for attachments."""

    path: str
    url: str
    data: bytes
    media_type: str
    charset: str
    row: dict[str, str] = field(default_factory=dict)
    hits: tuple[GoldHit, ...] = ()
    case: GoldCase | None = None


class SiteMaker:
    """Makes the items of one site, in an order and with a content that its seed decides.

    attachments: False where the container holds only pages; there the lists that others attach stand in the page.
    every: one page in so many leaks, another only looks like it. turn: the kind of leak to begin with.
    """

    def __init__(self, site: Site, seed: int, *, attachments: bool, every: int, turn: int = 0, pool: int = 997) -> None:
        self.site = site
        self._attachments, self._every = attachments, every
        self._rng = Random(seed)
        self._filler = Filler(seed + 1)
        self._pools = Pools(seed + 2, pool)
        self._skeletons = skeletons(Random(seed + 3), 300)
        self._leaks = islice(cycle(demo_templates.LEAKS), turn, None)
        self._harmless = islice(cycle(demo_templates.HARMLESS), turn, None)

    def items(self, pages: int) -> Iterator[Item]:
        """``pages`` pages, their attachments, and an index page after every fifty."""
        listed: list[tuple[str, str]] = []
        for number in range(1, pages + 1):
            if number % self._every == self._every // 2:
                made = self._published(next(self._leaks), number)
            elif number % self._every == 0:
                made = self._published(next(self._harmless), number)
            else:
                made = [self._clean(number)]
            listed.append((made[0].url, made[0].row["title"]))
            yield from made
            if len(listed) == _INDEX_EVERY or number == pages:
                yield self._index(listed, number)
                listed = []

    def _path(self, number: int, suffix: str = ".html", name: str = "") -> str:
        return f"{self.site.domain}/xxgk/{2014 + number % 4}/{name or f'{number:07d}'}{suffix}"

    def _published(self, publication: Publication, number: int) -> list[Item]:
        content = make(publication.template, self._filler)
        if not publication.suffix or not self._attachments:
            return [self._page(number, content, content.blocks, content)]
        # the file name must fit GBK names and differ between pages
        path = self._path(number, publication.suffix, f"{content.title[:24]}_{number}")
        data = _WRITERS[publication.suffix](content)
        file = self._item(path, data, _MEDIA[publication.suffix], "", {}, content)
        notice: Block = ("现将有关情况公布如下，详见附件。",)
        href = path.rsplit("/", 1)[1]
        return [self._page(number, content, (notice,), None, ((href, content.title + publication.suffix),)), file]

    def _page(
        self,
        number: int,
        content: Content,
        blocks: tuple[Block, ...],
        planted: Content | None,
        attachments: tuple[tuple[str, str], ...] = (),
    ) -> Item:
        day = content.published_at or date(2017, 6, 1)
        meta = self._meta(content.section, day, attachments)
        data = page(content.title, blocks, meta, self.site.style, self.site.charset)
        row = self._row(content.title, meta, data)
        return self._item(self._path(number), data, _MEDIA[".html"], self.site.charset, row, planted)

    def _clean(self, number: int) -> Item:
        skeleton = self._skeletons[number % len(self._skeletons)]
        day = date.fromordinal(date(2014, 1, 1).toordinal() + self._rng.randrange(1400))
        content = Content(skeleton.title, self._blocks(skeleton), "clean", 0, skeleton.section, day)
        return self._page(number, content, content.blocks, content)

    def _blocks(self, skeleton: Skeleton) -> tuple[Block, ...]:
        body = self._pools.render(skeleton.body).rstrip("\n").split("\n")
        table = self._pools.render(skeleton.table)
        rows = tuple(tuple((cell,) for cell in row.split("\t")) for row in table.rstrip("\n").split("\n"))
        lines: list[Block] = [(line,) for line in body]
        return (*lines, Table(rows)) if table else tuple(lines)

    def _index(self, listed: list[tuple[str, str]], number: int) -> Item:
        meta = self._meta("信息公开目录", date(2017, 11, 30), tuple(listed))
        title = f"{self.site.name}信息公开目录"
        data = page(title, (("本目录列出近期公开的信息。",),), meta, self.site.style, self.site.charset)
        path = f"{self.site.domain}/xxgk/list_{number:07d}.html"
        content = Content(title, (), "index", 0)
        return self._item(path, data, _MEDIA[".html"], self.site.charset, self._row(title, meta, data), content)

    def _meta(self, section: str, day: date, attachments: tuple[tuple[str, str], ...]) -> Meta:
        rng = self._rng
        index, doc = decoys.index_no(rng), decoys.document_no(rng)
        return Meta(self.site.name, self.site.unit, section, day, index, doc, attachments)

    def _row(self, title: str, meta: Meta, data: bytes) -> dict[str, str]:
        charset = "gb18030" if self.site.charset == "gbk" else self.site.charset
        return {
            "title": title,
            "html": data.decode(charset),
            "publisher": meta.publisher,
            "section": meta.section,
            "published_at": meta.published_at.isoformat(),
            "index_no": meta.index_no,
        }

    def _item(
        self, path: str, data: bytes, media: str, charset: str, row: dict[str, str], planted: Content | None
    ) -> Item:
        url = "http://" + path
        location = canonical(url)
        if planted is None:
            return Item(path, url, data, media, charset, row)
        hits = tuple(GoldHit(location, path, v.entity, v.raw, v.form) for v in planted.values() if v.required)
        case = GoldCase(location, planted.template, planted.expect)
        return Item(path, url, data, media, charset, row, hits, case)
