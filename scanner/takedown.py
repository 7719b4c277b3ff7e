"""From a confirmed leak to its verified removal: notices, what units report, extensions, verification, who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scanner import cases, clock
from scanner.deadlines import end_of, to_utc
from scanner.errors import InputError, Refused
from scanner.i18n import N_
from scanner.redact import cleaner_of
from scanner.store import events, takedown
from scanner.store.connection import Connection, reading, writing
from scanner.store.takedown import Notice, Order
from scanner.workspace import Workspace

PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Issued:
    """A notice that went out, and what it covers."""

    notice_no: str
    unit: str
    contact: str  # "" where sites.toml names nobody who may be notified
    orders: tuple[Order, ...]


class Takedown:
    """``actor`` is the name that steps are recorded under. Each method is one transaction: all of it, or nothing."""

    def __init__(self, workspace: Workspace, actor: str) -> None:
        self.workspace, self.actor = workspace, actor

    def orders(self, unit: str = "", states: Sequence[str] = (), notice: str = "") -> list[Order]:
        """Cases on their way to removal, the earliest deadline first."""
        asked = tuple(states) or (cases.TO_ISSUE, *cases.ORDERED)
        with reading(self.workspace.database, PATIENCE) as connection:
            return takedown.orders(connection, unit=unit, states=asked, notice=notice)

    def overdue(self) -> dict[str, list[Order]]:
        """By unit, those with most first; the longest overdue case of a unit first."""
        late: dict[str, list[Order]] = {}
        for order in self.orders(states=cases.WITH_UNIT):
            if order.late(clock.now()):
                late.setdefault(order.unit, []).append(order)
        return dict(sorted(late.items(), key=lambda item: -len(item[1])))

    def notices(self) -> list[Notice]:
        with reading(self.workspace.database, PATIENCE) as connection:
            return takedown.notices(connection)

    def issue(
        self, unit: str = "", numbers: Sequence[int] = (), deadline: datetime | None = None, note: str = ""
    ) -> list[Issued]:
        """One notice a unit over its confirmed cases. ``deadline``: a day named by a person, instead of the severity's.

        Raises Refused when one of ``numbers`` cannot be issued, or a deadline falls into a year nobody knows yet."""
        note = self._masked(note)
        with writing(self.workspace.database, PATIENCE) as connection:
            orders = takedown.to_issue(connection, unit, numbers)
            self._all_there(connection, "issue", numbers, orders)
            by_unit: dict[str, list[Order]] = {}
            for order in orders:
                by_unit.setdefault(order.unit, []).append(order)
            return [self._issue(connection, name, of, deadline, note) for name, of in sorted(by_unit.items())]

    def step(self, name: str, numbers: Sequence[int], notice: str = "", note: str = "") -> list[Order]:
        """Take a step of cases.TABLE with these cases, or with those of a notice that it is possible for."""
        note = self._masked(note)
        with writing(self.workspace.database, PATIENCE) as connection:
            orders = takedown.orders(
                connection, states=cases.STEPS[name].sources if notice else cases.STATES, notice=notice, numbers=numbers
            )
            self._all_there(connection, name, numbers, orders)
            self._take(connection, name, orders, note)
        return orders

    def verify(self, numbers: Sequence[int], notice: str, passed: bool, note: str) -> list[Order]:
        """A person has looked: clean, or still leaking. What was reported is put up for verification first."""
        note = self._masked(note)
        with writing(self.workspace.database, PATIENCE) as connection:
            states = (cases.REPORTED, cases.TO_VERIFY) if notice else cases.STATES
            orders = takedown.orders(connection, states=states, notice=notice, numbers=numbers)
            self._all_there(connection, "pass", numbers, orders)
            self._take(connection, "check", [order for order in orders if order.state == cases.REPORTED], note)
            self._take(connection, "pass" if passed else "return", orders, note)
        return orders

    def extend(self, number: int, deadline: datetime, reason: str) -> Order:
        """A later deadline, with the reason; the one before stays on record."""
        if not reason.strip():
            raise InputError(N_("An extension needs a reason"), str(number), N_("Give it with --reason."))
        reason, end = self._masked(reason), to_utc(end_of(deadline))
        with writing(self.workspace.database, PATIENCE) as connection:
            found = takedown.orders(connection, states=cases.WITH_UNIT, numbers=[number])
            before = found[0].deadline if found else None
            if before is None:
                raise Refused(N_("There is no deadline to extend: the unit has nothing to do here now"), str(number))
            if end <= before:
                values = {"day": clock.local(before)}
                raise InputError(
                    N_("The deadline of case {number} is {day} already"),
                    "",
                    N_("Name a later day."),
                    values | {"number": number},
                )
            order, now = found[0], clock.now()
            takedown.set_deadline(connection, order.doc_id, order.notice_no or "", end, self.actor, reason, now)
        return order

    def _issue(
        self, connection: Connection, unit: str, orders: Sequence[Order], deadline: datetime | None, note: str
    ) -> Issued:
        now, here = clock.now(), datetime.now().replace(microsecond=0)
        contact = self.workspace.contacts.get(unit)
        name = contact.name if contact and contact.notify else ""
        number = takedown.next_notice(connection, here.year)
        takedown.add_notice(connection, number, unit, self.actor, name, note, now)
        self._take(connection, "issue", orders, f"{number} {note}".strip())
        for order in orders:
            end = end_of(deadline) if deadline else self.workspace.config.deadlines.due(order.severity, here)
            takedown.set_deadline(connection, order.doc_id, number, to_utc(end), self.actor, "", now)
        issued = takedown.orders(connection, states=(cases.ISSUED,), numbers=[order.case_no for order in orders])
        return Issued(number, unit, name, tuple(issued))

    def _take(self, connection: Connection, name: str, orders: Sequence[Order], note: str) -> None:
        if orders:
            events.step(
                connection, name, [order.doc_id for order in orders], who=cases.REVIEWER, actor=self.actor,
                now=clock.now(), note=note,
            )  # fmt: skip

    def _all_there(self, connection: Connection, step: str, numbers: Sequence[int], orders: Sequence[Order]) -> None:
        """Raises Refused or InputError for the first case that was named and is not among ``orders``."""
        for number in sorted(set(numbers) - {order.case_no for order in orders}):
            found = takedown.orders(connection, states=cases.STATES, numbers=[number])
            if not found:
                todo = N_("`scan takedown list` shows the cases there are.")
                raise InputError(N_("There is no case of this number"), str(number), todo)
            raise cases.why_not(step, found[0].state, cases.REVIEWER) or Refused(N_("Not possible"), str(number))

    def _masked(self, text: str) -> str:
        return cleaner_of(self.workspace.key)(text) if text else ""
