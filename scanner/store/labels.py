"""What decisions teach: how often a rule was right, how far reviewers agree, how long a case takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scanner.store.connection import Connection


@dataclass(frozen=True, slots=True)
class RuleLabel:
    """Decisions that still stand on cases whose level this rule set."""

    rule_id: str
    confirmed: int
    dismissed: int

    @property
    def precision(self) -> float:
        return self.confirmed / (self.confirmed + self.dismissed)


@dataclass(frozen=True, slots=True)
class ReviewerLabel:
    """``compared``: decisions on cases that somebody else decided too; ``agreed``: of these, the same way."""

    reviewer: str
    decisions: int
    confirmed: int
    median_seconds: float | None
    compared: int
    agreed: int


_REVIEWERS: Final = """
WITH own AS (
    SELECT doc_id, actor, arg_max(step, event_id) AS step, max(event_id) AS event_id FROM events
    WHERE step IN ('confirm', 'dismiss') AND actor <> 'scan' GROUP BY doc_id, actor
),
pairs AS (
    SELECT a.actor, count(*) AS compared, count(*) FILTER (a.step = b.step) AS agreed
    FROM own AS a JOIN own AS b ON a.doc_id = b.doc_id AND a.actor <> b.actor GROUP BY a.actor
),
work AS (
    SELECT actor, count(*) AS decisions, count(*) FILTER (step = 'confirm') AS confirmed,
           median(seconds) AS seconds
    FROM events WHERE step IN ('confirm', 'dismiss') AND actor <> 'scan' GROUP BY actor
)
SELECT actor, decisions, confirmed, seconds, coalesce(compared, 0), coalesce(agreed, 0)
FROM work LEFT JOIN pairs USING (actor) ORDER BY decisions DESC, actor
"""


def rules(connection: Connection) -> list[RuleLabel]:
    """Rules with decisions, most decided first."""
    rows = connection.execute(
        "SELECT rule_id, confirmed, dismissed FROM rule_labels WHERE confirmed + dismissed > 0 "
        "ORDER BY confirmed + dismissed DESC, rule_id"
    ).fetchall()
    return [RuleLabel(*row) for row in rows]


def reviewers(connection: Connection) -> list[ReviewerLabel]:
    """Who decided how much, in which time, and how far others agreed."""
    return [ReviewerLabel(*row) for row in connection.execute(_REVIEWERS).fetchall()]


def suppressed(connection: Connection) -> int:
    """How many findings live suppressions hide from the queue."""
    row = connection.execute(
        "SELECT count(*) FROM findings AS f JOIN live_suppressions AS p ON p.kind = 'value' "
        "AND p.rule_id = f.rule_id AND p.key = f.fingerprint WHERE f.gone_run IS NULL"
    ).fetchone()
    return int(row[0]) if row else 0
