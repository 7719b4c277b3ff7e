"""The same value, or the same values together, in many documents; and what dismissing them at once leaves behind.

A value is a rule and a fingerprint. A text is all values of a document together: a copied page. A suppression hides
findings from the queue, never from ``scan findings``, exports or counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import md5
from typing import Any, Final

import pyarrow as pa

from scanner import cases
from scanner.review.models import Alike, Suppression
from scanner.store import events
from scanner.store.casework import Stored
from scanner.store.connection import Connection

_TEXT_KEY: Final = "md5(string_agg(rule_id || ' ' || fingerprint, ',' ORDER BY rule_id, fingerprint))"
_OWN: Final = pa.schema([("rule_id", pa.string()), ("fingerprint", pa.string())])
_LEAST: Final = 2  # cases that make a group
_MOST: Final = 50  # groups shown

# Where the values of one document stand; first by fingerprint alone, which is a matter of one column.
_HITS: Final = """
CREATE TEMP TABLE alike_hits AS
SELECT f.doc_id, o.rule_id, o.fingerprint FROM findings AS f JOIN own AS o USING (fingerprint, rule_id)
WHERE f.gone_run IS NULL
"""
_LIVE: Final = """
CREATE TEMP TABLE alike_live AS
SELECT h.*, c.findings FROM alike_hits AS h JOIN cases AS c USING (doc_id) JOIN (
    SELECT doc_id, arg_max(to_state, event_id) AS state FROM events
    WHERE doc_id IN (SELECT doc_id FROM alike_hits) GROUP BY doc_id
) AS s USING (doc_id) WHERE s.state IN ('to_review', 'reopened')
"""
_VALUES: Final = f"""
SELECT fingerprint, rule_id, count(*), count(*) FILTER (findings = 1) FROM alike_live
GROUP BY ALL HAVING count(*) >= {_LEAST} ORDER BY 3 DESC, 1 LIMIT {_MOST}
"""
_TEXTS: Final = """
SELECT count(*) FROM (
    SELECT doc_id FROM alike_live GROUP BY doc_id HAVING count(*) = $findings AND any_value(findings) = count(*)
)
"""

# Findings that a live suppression covers, and the documents in which nothing else stands.
_COVERED: Final = f"""
WITH asked AS (SELECT doc_id FROM cases JOIN case_states USING (doc_id) WHERE state IN ('to_review', 'reopened')),
covered AS (
    SELECT f.doc_id, count(*) AS findings, min(p.suppression_id) AS suppression_id
    FROM findings AS f JOIN live_suppressions AS p ON p.kind = 'value' AND p.rule_id = f.rule_id
         AND p.key = f.fingerprint
    WHERE f.doc_id IN (FROM asked) AND f.gone_run IS NULL GROUP BY f.doc_id
),
texts AS (
    SELECT doc_id, {_TEXT_KEY} AS key FROM findings
    WHERE doc_id IN (FROM asked) AND gone_run IS NULL AND EXISTS (FROM live_suppressions WHERE kind = 'text')
          AND doc_id IN (SELECT doc_id FROM cases WHERE last_seen_run = $run)
    GROUP BY doc_id
)
SELECT min(suppression_id), doc_id FROM (
    SELECT suppression_id, doc_id FROM covered JOIN cases USING (doc_id) WHERE covered.findings = cases.findings
    UNION ALL
    SELECT p.suppression_id, doc_id FROM texts JOIN live_suppressions AS p ON p.kind = 'text' AND p.key = texts.key
) GROUP BY doc_id
"""


def alike(connection: Connection, found: Sequence[Stored]) -> list[Alike]:
    """Groups that the document with these findings belongs to, the largest first."""
    own = {(one.rule_id, one.fingerprint): one for one in found}
    columns = zip(*own, strict=True) if own else ((), ())
    connection.register("own", pa.table(dict(zip(("rule_id", "fingerprint"), map(list, columns), strict=True)), _OWN))
    connection.execute(_HITS)
    connection.execute(_LIVE)
    same = connection.execute(_TEXTS, {"findings": len(own)}).fetchone()
    values = connection.execute(_VALUES).fetchall()
    for table in ("alike_hits", "alike_live"):
        connection.execute(f"DROP TABLE {table}")
    connection.unregister("own")
    groups = [_value(own[rule, key], cases, alone) for key, rule, cases, alone in values]
    if len(own) > 1 and same and same[0] >= _LEAST:
        groups.append(Alike("text", text_key(own), "", "", "", same[0], same[0] * len(own), same[0]))
    return sorted(groups, key=lambda group: (-group.cases, group.kind))


def text_key(values: Iterable[tuple[str, str]]) -> str:
    """All (rule, fingerprint) of a document as one key; the same as _TEXT_KEY in SQL."""
    return md5(",".join(f"{rule} {key}" for rule, key in sorted(values)).encode(), usedforsecurity=False).hexdigest()


def _value(one: Stored, cases: int, alone: int) -> Alike:
    return Alike("value", one.fingerprint, one.rule_id, one.entity_type, one.masked, cases, cases, alone)


def members(connection: Connection, group: Alike, reviewer: str, now: datetime) -> list[str]:
    """Documents in review in which nothing but the group (and what is suppressed already) stands, and that nobody
    else holds."""
    sql = _VALUE_MEMBERS if group.kind == "value" else _TEXT_MEMBERS
    rows = connection.execute(
        f"SELECT doc_id FROM ({sql}) AS m JOIN case_states AS s USING (doc_id) "
        "WHERE s.state IN ('to_review', 'reopened') AND doc_id NOT IN "
        "(SELECT doc_id FROM leases WHERE until > $now AND reviewer <> $reviewer) ORDER BY doc_id",
        {"key": group.key, "rule": group.rule_id, "now": now, "reviewer": reviewer},
    ).fetchall()
    return [doc_id for (doc_id,) in rows]


_VALUE_MEMBERS: Final = """
WITH holds AS (SELECT DISTINCT doc_id FROM findings WHERE rule_id = $rule AND fingerprint = $key
          AND gone_run IS NULL),
alone AS (SELECT doc_id FROM holds JOIN cases USING (doc_id) WHERE cases.findings = 1),
others AS (  -- more stands there: asked only where something else is suppressed already
    SELECT f.doc_id FROM findings AS f
    WHERE f.doc_id IN (SELECT doc_id FROM holds EXCEPT SELECT doc_id FROM alone)
          AND f.gone_run IS NULL AND EXISTS (FROM live_suppressions)
    GROUP BY f.doc_id
    HAVING bool_and((f.rule_id = $rule AND f.fingerprint = $key) OR (f.rule_id, f.fingerprint) IN (
        SELECT (p.rule_id, p.key) FROM live_suppressions AS p WHERE p.kind = 'value'))
)
SELECT doc_id FROM alone UNION ALL SELECT doc_id FROM others
"""
_TEXT_MEMBERS: Final = f"""
SELECT doc_id FROM findings WHERE $rule = '' AND gone_run IS NULL GROUP BY doc_id HAVING {_TEXT_KEY} = $key
"""


def add(
    connection: Connection, group: Alike, reason: str, note: str, reviewer: str, expires: date, decision: int,
    now: datetime,
) -> int:  # fmt: skip
    """Leave a suppression; its number."""
    row = connection.execute(
        "INSERT INTO suppressions VALUES (nextval('suppression_ids'), $now, $kind, $key, $rule, $entity, $masked, "
        "$reason, $note, $reviewer, $expires, NULL, '', $decision) RETURNING suppression_id",
        {"now": now, "kind": group.kind, "key": group.key, "rule": group.rule_id, "entity": group.entity_type,
         "masked": group.masked, "reason": reason, "note": note, "reviewer": reviewer, "expires": expires,
         "decision": decision},
    ).fetchone()  # fmt: skip
    assert row
    return int(row[0])


def every(connection: Connection) -> list[Suppression]:
    """All suppressions, ended ones too, newest first, with what they cover."""
    rows = connection.execute(
        """
        SELECT suppression_id, kind, key, p.rule_id, p.entity_type, p.masked, reason, note, reviewer, happened_at,
               expires, ended_at, ended_by,
               (SELECT count(*) FROM findings AS f WHERE p.kind = 'value' AND p.ended_at IS NULL
                       AND p.expires >= current_date AND f.rule_id = p.rule_id AND f.fingerprint = p.key
                       AND f.gone_run IS NULL),
               (SELECT count(*) FROM events AS e JOIN (SELECT max(event_id) AS event_id FROM events GROUP BY doc_id)
                       USING (event_id) WHERE e.decision = p.decision AND e.to_state = 'dismissed')
        FROM suppressions AS p ORDER BY suppression_id DESC
        """
    ).fetchall()
    return [Suppression(*row) for row in rows]


def dismissed_by(connection: Connection, number: int) -> list[tuple[int, str, str]]:
    """(case number, document, title) of cases that a suppression dismissed and that still are."""
    return connection.execute(
        """
        SELECT c.case_no, c.doc_id, c.title FROM suppressions AS p JOIN events AS e ON e.decision = p.decision
        JOIN (SELECT max(event_id) AS event_id FROM events GROUP BY doc_id) USING (event_id)
        JOIN cases AS c ON c.doc_id = e.doc_id
        WHERE p.suppression_id = $number AND e.to_state = 'dismissed' ORDER BY c.case_no
        """,
        {"number": number},
    ).fetchall()


def end(connection: Connection, number: int, actor: str, now: datetime) -> bool:
    """End a suppression; False: there is none of this number that counts."""
    row = connection.execute(
        "UPDATE suppressions SET ended_at = $now, ended_by = $actor "
        "WHERE suppression_id = $number AND ended_at IS NULL RETURNING suppression_id",
        {"now": now, "actor": actor, "number": number},
    ).fetchone()
    return row is not None


def end_of_decision(connection: Connection, decision: int, actor: str, now: datetime) -> None:
    """A group dismissal is undone: its suppression ends."""
    connection.execute(
        "UPDATE suppressions SET ended_at = $now, ended_by = $actor WHERE decision = $decision AND ended_at IS NULL",
        {"now": now, "actor": actor, "decision": decision},
    )


def apply(connection: Connection, run_id: int, now: datetime) -> int:
    """After a merge: dismiss cases in which nothing stands but what live suppressions cover. How many it were."""
    if connection.execute("FROM live_suppressions LIMIT 1").fetchone() is None:
        return 0
    found: dict[int, list[str]] = {}
    for number, doc_id in connection.execute(_COVERED, {"run": run_id}).fetchall():
        found.setdefault(number, []).append(doc_id)
    for number, reason, note, decision in _live(connection, list(found)):
        events.step(
            connection, "dismiss", found[number], who=cases.SCAN, actor="scan", now=now, reason=reason, note=note,
            run_id=run_id, decision=decision,
        )  # fmt: skip
    return sum(map(len, found.values()))


def _live(connection: Connection, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT suppression_id, reason, note, decision FROM suppressions WHERE suppression_id IN (SELECT unnest($ids))",
        {"ids": list(numbers)},
    ).fetchall()
