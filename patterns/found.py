"""A hit in the making, and the subject it belongs to: one person's row, form, line or sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Final

NOTHING = 0


@dataclass(slots=True)
class Found:
    """One value in a record's (folded) text; offsets in code points."""

    start: int
    end: int
    entity: str
    rule: str
    factor: int  # the single hit factor the severity table knows it by
    value: str  # compact, for the fingerprint: the same person's 15 and 18 digits are one value
    validation: str = ""
    score: float = 0.5
    signals: list[str] = field(default_factory=list)
    severity: int = 0
    severity_rule: str = ""
    owner: str = ""  # of an ID number: the complete name it stands with
    near: Subject | None = None  # of a mask in running text: what the words beside it say of birth, age, sex

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(slots=True)
class Subject:
    """What is known of one person, as far as the text ties it together."""

    hits: list[Found] = field(default_factory=list)
    facts: int = NOTHING  # beside the hits: OFFICIAL, MINOR_14, HEALTH …
    birth: date | None = None
    birth_month: tuple[int, int] | None = None
    birth_year: int | None = None
    age: int | None = None
    sex: str = ""
    start: int = 0
    end: int = 0

    @property
    def factors(self) -> int:
        every = self.facts
        for hit in self.hits:
            every |= hit.factor
        return every

    def having(self, factors: int) -> Iterator[Found]:
        return (hit for hit in self.hits if hit.factor & factors)


def resolve_overlaps(hits: list[Found]) -> list[Found]:
    """Longest and most specific first: a phone inside an ID, an ID inside a student number go."""
    ordered = sorted(hits, key=_start)
    if not _overlap(ordered):
        return ordered
    kept: list[Found] = []
    for cluster in _clusters(ordered):
        kept += cluster if len(cluster) == 1 else _best_of(cluster)
    return kept


_start: Final = attrgetter("start")


def _overlap(ordered: list[Found]) -> bool:
    """Whether any two do: in most subjects none."""
    end = 0
    for hit in ordered:
        if hit.start < end:
            return True
        end = max(end, hit.end)
    return False


def _clusters(hits: list[Found]) -> Iterator[list[Found]]:
    """Runs of hits that overlap, directly or through another."""
    cluster: list[Found] = []
    end = 0
    for hit in hits:
        if cluster and hit.start >= end:
            yield cluster
            cluster = []
        cluster.append(hit)
        end = max(end, hit.end)
    if cluster:
        yield cluster


def _best_of(cluster: list[Found]) -> list[Found]:
    best: list[Found] = []
    for hit in sorted(cluster, key=lambda hit: (-hit.length, -hit.score, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in best):
            best.append(hit)
    return sorted(best, key=lambda hit: hit.start)
