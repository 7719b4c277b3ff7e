"""Cases counted for people: one line a site and unit, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scanner.store.queries import Tally


@dataclass(slots=True)
class UnitRow:
    site: str
    unit: str
    cases: Counter[int] = field(default_factory=Counter)  # by severity
    people: int = 0
    unread: int = 0

    def rank(self) -> tuple[int, ...]:
        """Sorts the worst first."""
        return (*(-self.cases[level] for level in (5, 4, 3, 2, 1)), -self.unread)


def by_unit(tallies: Sequence[Tally], unread: Mapping[tuple[str, str], int]) -> list[UnitRow]:
    """One row for each site and unit that has cases or files that were not read."""
    rows: dict[tuple[str, str], UnitRow] = {}
    for tally in tallies:
        row = rows.setdefault((tally.site, tally.unit), UnitRow(tally.site, tally.unit))
        row.cases[tally.severity] += tally.cases
        row.people += tally.people
    for (site, unit), count in unread.items():
        rows.setdefault((site, unit), UnitRow(site, unit)).unread += count
    return sorted(rows.values(), key=lambda row: (row.rank(), row.site, row.unit))
