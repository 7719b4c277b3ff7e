"""Steps of cases, as rows that are only ever added to. The one place that takes a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import pyarrow as pa

from scanner import cases
from scanner.errors import Refused
from scanner.i18n import N_
from scanner.store.connection import Connection

_ROWS: Final = pa.schema([("doc_id", pa.string()), ("from_state", pa.string())])
_COLUMNS: Final = (
    "(event_id, happened_at, doc_id, actor, step, from_state, to_state, reason, note, run_id, decision, seconds)"
)
_ONE: Final = f"""
INSERT INTO events {_COLUMNS} VALUES (
    nextval('event_ids'), $now, $doc, $actor, $step, $source, $target, $reason, $note, $run, $decision, $seconds
)
"""
_MANY: Final = f"""
INSERT INTO events {_COLUMNS}
SELECT nextval('event_ids'), $now, doc_id, $actor, $step, from_state, $target, $reason, $note, $run, $decision, $seconds
FROM stepped
"""
_STATE: Final = "SELECT arg_max(to_state, event_id) FROM events WHERE doc_id = $doc"
_STATES: Final = "SELECT doc_id, arg_max(to_state, event_id) FROM events SEMI JOIN asked USING (doc_id) GROUP BY doc_id"


def states(connection: Connection, doc_ids: Sequence[str]) -> dict[str, str]:
    """The state of each of these documents' cases; one without a case is left out."""
    if len(doc_ids) == 1:  # no table to be made: a reviewer waits for this one
        row = connection.execute(_STATE, {"doc": doc_ids[0]}).fetchone()
        return {doc_ids[0]: row[0]} if row and row[0] is not None else {}
    connection.register("asked", pa.table({"doc_id": pa.array(doc_ids, pa.string())}))
    found = connection.execute(_STATES).fetchall()
    connection.unregister("asked")
    return dict(found)


def step(
    connection: Connection,
    name: str,
    doc_ids: Sequence[str],
    *,
    who: str,  # cases.SCAN, REVIEWER or UNIT
    actor: str,  # the person's name, or "scan"
    now: datetime,
    reason: str = "",
    note: str = "",
    run_id: int | None = None,
    decision: int | None = None,
    seconds: float | None = None,
    expected: Mapping[str, str] | None = None,
) -> str:
    """Take one step with every one of these cases; the state they are in now.

    All or none: raises Refused when the table forbids the step to one of them, or when its state is no longer the
    ``expected`` one (somebody else was faster). Call it inside ``connection.writing``.
    """
    current = states(connection, doc_ids)
    for doc_id in doc_ids:
        state = current.get(doc_id, "")
        if expected is not None and state != expected[doc_id]:
            raise changed(connection, doc_id)
        cases.take(name, state, who)
    target = cases.STEPS[name].target
    values: dict[str, object] = {
        "now": now,
        "actor": actor,
        "step": name,
        "target": target,
        "reason": reason,
        "note": note,
    }
    values |= {"run": run_id, "decision": decision, "seconds": seconds}
    if len(doc_ids) == 1:
        connection.execute(_ONE, values | {"doc": doc_ids[0], "source": current.get(doc_ids[0], "")})
    elif doc_ids:
        rows = {"doc_id": list(doc_ids), "from_state": [current.get(doc_id, "") for doc_id in doc_ids]}
        connection.register("stepped", pa.table(rows, schema=_ROWS))
        connection.execute(_MANY, values)
        connection.unregister("stepped")
    return target


def changed(connection: Connection, doc_id: str) -> Refused:
    """Who changed a case meanwhile, as the refusal to change it once more."""
    row = connection.execute(
        "SELECT actor, to_state FROM events WHERE doc_id = $doc ORDER BY event_id DESC LIMIT 1", {"doc": doc_id}
    ).fetchone()
    actor, state = row or ("?", "")
    values = {"actor": actor, "state": cases.state_name(state)}
    return Refused(N_("{actor} was faster: the case is “{state}” now"), todo=N_("Look at it again."), values=values)


def next_decision(connection: Connection) -> int:
    """A number for the events of one decision."""
    row = connection.execute("SELECT nextval('decision_ids')").fetchone()
    assert row
    return int(row[0])
