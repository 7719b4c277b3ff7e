"""Whose page it is: site, responsible unit and section of a location, as ``sites.toml`` tells it (notes §3).

[[site]]
id = "edu"
name = "市教育局"
domains = ["jyj.example.gov.cn"]     # sub-domains belong to it, unless another site names them
unit = "市教育局"
code = "3403000012"                  # 网站标识码
archives = ["教育局*"]               # file names of exports that carry no URLs
[[site.section]]
prefix = "/xxgk/zzjg/"               # a path, or host and path; the longest that fits counts
name = "学生资助"
unit = "市学生资助中心"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from hashlib import blake2b
from typing import Any

from pipelines import layout


@dataclass(frozen=True, slots=True)
class Section:
    prefix: str
    name: str
    unit: str = ""

    def covers(self, location: str) -> bool:
        if not self.prefix.startswith("/"):
            return location.startswith(self.prefix)
        path = "/" + location.partition("/" if host_of(location) else ":")[2]
        return path.startswith(self.prefix)


@dataclass(frozen=True, slots=True)
class Site:
    id: str
    name: str = ""
    domains: tuple[str, ...] = ()
    unit: str = ""
    sections: tuple[Section, ...] = ()
    code: str = ""
    archives: tuple[str, ...] = ()

    def section(self, location: str) -> Section | None:
        """The section with the longest prefix of ``location``."""
        return max((s for s in self.sections if s.covers(location)), key=lambda s: len(s.prefix), default=None)

    def exports(self, archive_name: str) -> bool:
        """Whether an archive of that name is this site's."""
        return any(fnmatch(archive_name, glob) for glob in (self.id, f"{self.id}.*", *self.archives))


@dataclass(frozen=True)
class SiteMap:
    """All sites of an office. An unknown site is called by its host, or by its archive's name without dates."""

    sites: tuple[Site, ...] = ()
    _by_host: dict[str, Site | None] = field(default_factory=dict, repr=False, compare=False)
    _by_archive: dict[str, Site | None] = field(default_factory=dict, repr=False, compare=False)
    _base_names: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> SiteMap:
        """From the parsed ``sites.toml``; keys as in this module's docstring, all but ``id`` optional.

        Raises KeyError or TypeError where the content is not of that shape."""
        return cls(tuple(_site(entry) for entry in content.get("site", ())))

    def resolve(self, location: str, publisher: str, archive_name: str) -> tuple[str, str, str]:
        """(site id, unit, section name) of a record; unit and section are "" where nobody says.

        The unit is the publisher (发布机构) if the page names one, else the section's, else the site's."""
        site = self.site(location, archive_name)
        if site is None:
            return self._unknown(location, archive_name), publisher, ""
        section = site.section(location)
        unit = publisher or (section.unit if section else "") or site.unit
        return site.id, unit, section.name if section else ""

    def site(self, location: str, archive_name: str) -> Site | None:
        host = host_of(location)
        if host not in self._by_host:
            self._by_host[host] = self._of_host(host)
        return self._by_host[host] or self._of_archive(archive_name)

    def knows(self, host: str) -> bool:
        """Whether a host is, or belongs to, a domain that a site names."""
        return self._of_host(host.lower().rstrip(".")) is not None

    def base_name(self, archive_name: str) -> str:
        """What the locations of an archive without URLs begin with: the same for every export of a site."""
        if archive_name not in self._base_names:  # asked for every document
            site = self._of_archive(archive_name)
            name = site.id if site else layout.stem(archive_name)
            self._base_names[archive_name] = name.replace("/", "_").replace(":", "_")
        return self._base_names[archive_name]

    @cached_property
    def digest(self) -> str:
        return blake2b(repr(self.sites).encode(), digest_size=8).hexdigest()

    def _of_host(self, host: str) -> Site | None:
        """The site with the longest domain that ``host`` is or belongs to."""
        domains = ((d, site) for site in self.sites for d in site.domains if host == d or host.endswith("." + d))
        best = max(domains, key=lambda pair: len(pair[0]), default=None) if host else None
        return best[1] if best else None

    def _of_archive(self, archive_name: str) -> Site | None:
        if archive_name not in self._by_archive:
            self._by_archive[archive_name] = next((s for s in self.sites if s.exports(archive_name)), None)
        return self._by_archive[archive_name]

    def _unknown(self, location: str, archive_name: str) -> str:
        return host_of(location) or self.base_name(archive_name)


def host_of(location: str) -> str:
    """The host of a location, "" where it is a place in an archive.

    >>> host_of("www.example.gov.cn/xxgk/1.html"), host_of("edu:pages/1.html")
    ('www.example.gov.cn', '')
    """
    host = location.partition("/")[0]
    return "" if ":" in host else host


def _site(entry: Mapping[str, Any]) -> Site:
    return Site(
        id=entry["id"],
        name=entry.get("name", ""),
        domains=tuple(domain.lower().strip(".") for domain in entry.get("domains", ())),
        unit=entry.get("unit", ""),
        sections=tuple(Section(s["prefix"], s.get("name", ""), s.get("unit", "")) for s in entry.get("section", ())),
        code=entry.get("code", ""),
        archives=tuple(entry.get("archives", ())),
    )
