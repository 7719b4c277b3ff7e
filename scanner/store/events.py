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
_INSERT: Final = """
INSERT INTO events (event_id, happened_at, doc_id, actor, step, from_state, to_state, reason, note, run_id, decision,
                    seconds)
SELECT nextval('event_ids'), $now, t.doc_id, $actor, $step, t.from_state, $target, $reason, $note, $run, $decision,
       $seconds
FROM stepped AS t
"""


def states(connection: Connection, doc_ids: Sequence[str]) -> dict[str, str]:
    """The state of each of these documents' cases; one without a case is left out."""
    rows = connection.execute(
        "SELECT doc_id, state FROM case_states WHERE doc_id IN (SELECT unnest($ids))", {"ids": list(doc_ids)}
    ).fetchall()
    return dict(rows)


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
    rows = pa.table({"doc_id": list(doc_ids), "from_state": [current.get(d, "") for d in doc_ids]}, schema=_ROWS)
    connection.register("stepped", rows)
    values = {"now": now, "actor": actor, "step": name, "target": target, "reason": reason, "note": note}
    connection.execute(_INSERT, values | {"run": run_id, "decision": decision, "seconds": seconds})
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
