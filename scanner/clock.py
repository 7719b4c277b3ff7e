"""Time: stored as UTC without a zone, shown as the machine's local time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """The machine's day: what people call today."""
    return datetime.now().date()


def local(moment: datetime) -> str:
    """A stored moment as people read it."""
    return f"{moment.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"
