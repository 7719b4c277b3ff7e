"""By when a unit must have fixed a case: hours or working days by severity, as scan.toml says. Pure: no clock.

Working days are the official calendar's. A year whose holidays are not announced yet is never guessed: a deadline that
reaches into it is refused, and a person names the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from patterns.schema import Severity
from pipelines.workdays import is_workday, known
from scanner.errors import Refused
from scanner.i18n import N_

_END: Final = time(23, 59)  # the last minute of a deadline's day


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Hours by the clock for the worst, working days for the others; info is treated as low."""

    critical_hours: int = 24
    high_days: int = 1
    medium_days: int = 3
    low_days: int = 10

    def due(self, severity: int, issued: datetime) -> datetime:
        """``issued`` is local time without a zone, and so is the answer. Raises Refused for an unknown year."""
        if severity >= Severity.CRITICAL:
            return issued + timedelta(hours=self.critical_hours)
        days = {Severity.HIGH: self.high_days, Severity.MEDIUM: self.medium_days}.get(Severity(severity), self.low_days)
        return working_days_later(issued, days)


def working_days_later(start: datetime, days: int) -> datetime:
    """The end of the ``days``-th working day after ``start``'s own day.

    >>> working_days_later(datetime(2017, 9, 29, 10, 0), 1)  # a Friday; a make-up Saturday follows, then a week off
    datetime.datetime(2017, 9, 30, 23, 59)
    >>> working_days_later(datetime(2017, 9, 30, 10, 0), 1)
    datetime.datetime(2017, 10, 9, 23, 59)
    """
    day = start.date()
    while days > 0:
        day += timedelta(days=1)
        if not known(day.year):
            todo = N_("Name the day yourself with --deadline.")
            raise Refused(N_("The holidays of {year} are not known to this version"), "", todo, {"year": day.year})
        days -= is_workday(day)
    return datetime.combine(day, _END)


def to_utc(local: datetime) -> datetime:
    """Local time as it is stored."""
    return local.astimezone(UTC).replace(tzinfo=None)


def end_of(day: datetime) -> datetime:
    """A day that a person named, as a deadline."""
    return datetime.combine(day.date(), _END)
