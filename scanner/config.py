"""What ``scan.toml`` and ``sites.toml`` say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, Final

from patterns.schema import Severity
from pipelines.landing import SETTLE, Place
from pipelines.passwords import Passwords
from pipelines.sites import SiteMap
from scanner import toml_file
from scanner.deadlines import Deadlines
from scanner.errors import ConfigError
from scanner.i18n import N_
from scanner.severities import NAMES, parse
from scanner.toml_file import STRINGS

_FIELD_NAMES: Final = (
    "url", "title", "text", "html", "content", "publisher", "section", "published_at", "index_no", "doc_no",
    "fetched_at", "media_type",
)  # fmt: skip
_SETTINGS: Final = {
    "workers": int,
    "passwords": STRINGS,
    "check": {"fail_on": str},
    "limits": {"seconds": float, "memory_mb": int, "depth": int, "children": int, "text_mb": int},
    "fields": dict.fromkeys(_FIELD_NAMES, str),
    "rescan": {"until": str, "shrink": float},
    "deadlines": dict.fromkeys(("critical_hours", "high_days", "medium_days", "low_days"), int),
    "retention": {"days": int, "nightly": bool},
    "notify": {"urls": STRINGS},
    "export": [{"folder": str, "glob": str, "site": str, "mark": str, "settle": float}],
}
_SECTION: Final = {"prefix": str, "name": str, "unit": str}
_UNIT: Final = {"name": str, "contact": str, "phone": str, "email": str, "notify": bool}
_SITES: Final = {
    "unit": [_UNIT],
    "site": [
        {
            "id": str,
            "name": str,
            "domains": STRINGS,
            "unit": str,
            "code": str,
            "archives": STRINGS,
            "section": [_SECTION],
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Config:
    workers: int = 0  # 0: as many as there are processors
    fail_on: Severity = Severity.MEDIUM
    limits: Mapping[str, float] = field(default_factory=dict)  # as in scan.toml; what is not set has its default
    passwords: Passwords = field(default_factory=Passwords)  # tried on what is encrypted
    fields: Mapping[str, str] = field(default_factory=dict)  # our name of a field: the export's name of its column
    exports: tuple[Place, ...] = ()  # where exports land
    until: time | None = None  # when a rescan stops for the night
    keep_days: int = 30  # raw text of exports that newer ones took the place of
    purges: bool = True  # whether the schedule throws it away, too
    notify: tuple[str, ...] = field(default=(), repr=False)  # addresses for apprise; they hold passwords
    shrink: float = 0.5  # an export with fewer than this share of the last one's files proves nothing removed
    deadlines: Deadlines = field(default_factory=Deadlines)  # by when units must have acted


def load(path: Path) -> Config:
    """Raises ConfigError naming file and line."""
    content = toml_file.read(path, _SETTINGS)
    fail_on = content.get("check", {}).get("fail_on", "medium")
    severity = parse(fail_on)
    if severity is None:
        what = N_("fail_on must be one of {names}, not {given}")
        names = ", ".join(NAMES.values())
        raise ConfigError(what, path, N_("Correct the file and try again."), {"names": names, "given": fail_on})
    limits, days = content.get("limits", {}), content.get("deadlines", {})
    for name, value in {"workers": content.get("workers", 0), **{k: v - 1 for k, v in (limits | days).items()}}.items():
        if value < 0:
            raise ConfigError(N_("{name} is too small"), path, N_("Correct the file and try again."), {"name": name})
    passwords = Passwords(content.get("passwords", []))
    rescan, retention = content.get("rescan", {}), content.get("retention", {})
    places = tuple(_place(path, entry) for entry in content.get("export", []))
    return Config(
        content.get("workers", 0), severity, limits, passwords, content.get("fields", {}), places,
        clock_time(rescan["until"], path) if rescan.get("until") else None, retention.get("days", 30),
        retention.get("nightly", True), tuple(content.get("notify", {}).get("urls", ())), rescan.get("shrink", 0.5),
        deadlines=Deadlines(**days),
    )  # fmt: skip


def _place(path: Path, entry: Mapping[str, Any]) -> Place:
    """Folders are seen from the workspace, so that it can be moved with what belongs to it."""
    _required(path, entry, "folder")
    return Place(
        path.parent / Path(entry["folder"]).expanduser(), entry.get("glob", "*"), entry.get("site", ""),
        entry.get("mark", ""), entry.get("settle", SETTLE),
    )  # fmt: skip


def clock_time(text: str, where: Path | str = "") -> time:
    """A time of day: "06:00". Raises ConfigError."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        what = N_("{given} is no time of day")
        raise ConfigError(what, where, N_('Write it as "06:00".'), {"given": text}) from None


@dataclass(frozen=True, slots=True)
class Contact:
    """Who takes notices in a unit. ``notify`` false: notices go by another way than this program's."""

    name: str
    phone: str = ""
    email: str = ""
    notify: bool = True


def load_contacts(path: Path) -> dict[str, Contact]:
    """The contact of each unit named in ``sites.toml``. Raises ConfigError naming file and line."""
    content = toml_file.read(path, _SITES)
    for unit in content.get("unit", []):
        _required(path, unit, "name")
    return {
        unit["name"]: Contact(
            unit.get("contact", ""), unit.get("phone", ""), unit.get("email", ""), unit.get("notify", True)
        )
        for unit in content.get("unit", [])
    }


def load_sites(path: Path) -> SiteMap:
    """Raises ConfigError naming file and line."""
    content = toml_file.read(path, _SITES)
    sites: list[dict[str, Any]] = content.get("site", [])
    for site in sites:
        _required(path, site, "id")
        for section in site.get("section", []):
            _required(path, section, "prefix")
            _prefix(path, section["prefix"])
    twice = [name for name, count in Counter(site["id"] for site in sites).items() if count > 1]
    if twice:
        raise ConfigError(N_("Two sites have the id {id}"), path, N_("Give each its own."), {"id": twice[0]})
    _domains(path, sites)
    return SiteMap.from_dict(content)


def _domains(path: Path, sites: Sequence[Mapping[str, Any]]) -> None:
    """What no page would ever belong to, or to another site than is meant."""
    known = set[str]()
    for domain in (str(domain) for site in sites for domain in site.get("domains", [])):
        if re.search(r"[/:\s]", domain) or not domain:
            todo = N_("Write it like this: jyj.example.gov.cn")
            raise ConfigError(N_("“{given}” is no domain"), path, todo, {"given": domain})
        if domain.lower().strip(".") in known:
            raise ConfigError(
                N_("The domain {given} stands there twice"), path, N_("Leave it with one site."), {"given": domain}
            )
        known.add(domain.lower().strip("."))


def _prefix(path: Path, prefix: str) -> None:
    if not re.match(r"/|[^/:\s]+\.[^/:\s]+(/|$)", prefix):
        todo = N_("Write it like this: /xxgk/xszz/")
        raise ConfigError(N_("“{given}” begins no address"), path, todo, {"given": prefix})


def _required(path: Path, table: Mapping[str, Any], key: str) -> None:
    if not table.get(key):
        name = table.get("name") or table.get("unit") or table.get("glob") or "?"
        raise ConfigError(
            N_("The entry {name} has no {key}"), path, N_('Add the line {key} = "…".'), {"name": name, "key": key}
        )
