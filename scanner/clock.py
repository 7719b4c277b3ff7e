"""Time: stored as UTC without a zone, shown as the machine's local time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """To the microsecond: whether an export was written before or after a step must not hang on the second."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """The machine's day: what people call today."""
    return datetime.now().date()


def local(moment: datetime) -> str:
    """A stored moment as people read it."""
    return f"{moment.replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"
