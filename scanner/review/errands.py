"""What the review screen has the desk do: each errand waits for it without stopping the screen.

A decision is shown as done at once and written behind; when the desk refuses it, the reviewer is told which case it
was and what had been entered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Final

from textual.app import App
from textual.reactive import reactive
from textual.screen import ModalScreen

from scanner.errors import ScanError, one_line
from scanner.i18n import _, n_
from scanner.review import messages
from scanner.review.alike import AlikeScreen
from scanner.review.case import CaseScreen
from scanner.review.desk import Desk
from scanner.review.dialogs import Said
from scanner.review.dismissals import reason_name
from scanner.review.flow import PAGE, Flow, Prepared
from scanner.review.models import View
from scanner.review.queue import QueueScreen
from scanner.review.reading import SourceScreen
from scanner.review.top import Standing
from scanner.tables import number
from scanner.widths import visible

_MOMENT: Final = 0.4  # seconds
_GLANCE: Final = 0.05  # seconds
_TOLD: Final = 4  # seconds a message stays


class Errands(App[None]):
    standing: reactive[Standing] = reactive(Standing())

    def __init__(self, desk: Desk, view: View, reviewer: str) -> None:
        super().__init__()
        self.failure: BaseException | None = None
        self.unwritten = 0  # decisions that were given up by leaving while the database was busy
        self.flow = Flow(desk, view, reviewer, self._busy)
        self.standing = Standing(reviewer)
        self._drafts: dict[str, str] = {}
        self._queue = QueueScreen(view, reviewer)
        self._known = 0  # lines of the queue that are loaded
        self._leaving = False
        self._counting = self._count_again = False
        self._held = 0  # lanes that wait for the database
        self._at_work = False  # a key was pressed since the leases were last renewed

    async def _load_queue(self) -> None:
        rows = await self.flow.ask(self.flow.desk.queue, self.flow.view, 0, PAGE + 1)
        self._known = min(len(rows), PAGE)
        self._queue.show(self.flow.view, list(rows)[:PAGE], len(rows) > PAGE)

    async def _extend_queue(self) -> None:
        rows = await self.flow.ask(self.flow.desk.queue, self.flow.view, self._known, PAGE + 1)
        self._known += min(len(rows), PAGE)
        self._queue.extend(list(rows)[:PAGE], len(rows) > PAGE)

    async def _count(self) -> None:
        """What is left; asked once more at most, however many decisions were made meanwhile."""
        if self._counting:
            self._count_again = True
            return
        self._counting = True
        try:
            self._stand(counts=await self.flow.ask(self.flow.desk.counts, self.flow.view))
        finally:
            self._counting = False
        if self._count_again:
            self._count_again = False
            await self._count()

    async def _begin(self) -> None:
        await self._load_queue()
        await self._warm()

    async def _warm(self) -> None:
        """The first text of a session takes seconds, for the matcher has to be built: begin before it is asked for."""
        if rows := self._queue.rows:
            with suppress(ScanError):
                await self.flow.ask(self.flow.desk.source_text, rows[0].case_no)

    async def _open(self, case_no: int) -> None:
        with self._patiently():
            prepared = await self.flow.open(case_no)
        await self._show(prepared)

    async def _advance(self) -> None:
        with self._patiently():
            prepared = await self.flow.next()
        if prepared is None:
            self._tell(_("No other case is free. What is left is with colleagues, or skipped."))
            await self._back()
        else:
            await self._show(prepared)

    async def _extend_case(self, case_no: int, offset: int) -> None:
        found, more = await self.flow.more(case_no, offset)
        if case := self._case:
            case.extend(case_no, found, more)

    def _decide(
        self, message: messages.Decision, write: Callable[[], object], said: str, *, counts: bool = True
    ) -> None:
        """Write a decision, and show the next case meanwhile."""
        if counts:
            self._stand(done=self.standing.done + 1)
        self._start(self._write(message, write, said, counts=counts))
        self._start(self._advance())

    async def _write(
        self, message: messages.Decision, write: Callable[[], object], said: str,
        *, counts: bool = False, reopen: bool = False,
    ) -> None:  # fmt: skip
        try:
            await self.flow.write(write)
        except ScanError as error:
            if counts:
                self._stand(done=self.standing.done - 1)
            self._refused(message, error, said)
            return
        for kind in ("note", "reason"):
            self._drafts.pop(f"{kind} {message.case_no}", None)
        self._tell(_("Case {number}: {what}").format(number=message.case_no, what=visible(said)))
        if reopen and (case := self._case) and case.case and case.case.row.case_no == message.case_no:
            await self._open(message.case_no)
        await self._count()

    def _refused(self, message: messages.Decision, error: ScanError, said: str) -> None:
        """Say that a decision was not recorded, and what it was, so that it can be entered again."""
        title = _("Not recorded: case {number}, {what}").format(number=message.case_no, what=visible(said))
        entered = [getattr(message, name, "") for name in ("note", "text") if getattr(message, name, "")]
        words = "\n".join(
            [visible(one_line(error)), *(_("You wrote: {text}").format(text=visible(text)) for text in entered)]
        )

        def answered(answer: int | None) -> None:
            if answer == 1:
                self._start(self._open(message.case_no))

        self.push_screen(Said(title, words, [("o", _("look at the case again"))]), answered)

    async def _undo(self) -> None:
        undone = await self.flow.write(self.flow.desk.undo)
        if undone is None:
            self._tell(_("There is no decision of yours to take back."))
            return
        self._stand(done=max(self.standing.done - len(undone.cases), 0))
        words = n_("Taken back: {count} case.", "Taken back: {count} cases.", len(undone.cases))
        self._tell(words.format(count=number(len(undone.cases))))
        await self._open(undone.cases[0])
        await self._count()

    async def _reveal(self, finding_id: str) -> None:
        revealed = await self.flow.write(self.flow.desk.reveal, finding_id)
        if case := self._case:
            case.reveal(revealed)

    async def _source(self, message: messages.SourceWanted) -> None:
        with self._patiently():
            text = await self.flow.ask(self.flow.desk.source_text, message.case_no)
        self.push_screen(SourceScreen(message.title, text))

    async def _alike(self, message: messages.AlikeWanted) -> None:
        with self._patiently():
            groups = await self.flow.ask(self.flow.desk.alike, message.case_no)
        if groups:
            self.push_screen(AlikeScreen(message.case_no, groups, self._drafts))
        else:
            self._tell(_("Nothing of this case stands on other pages."))

    async def _dismiss_alike(self, message: messages.AlikeDismissed) -> None:
        desk, said = self.flow.desk, _("dismissed: {reason}").format(reason=reason_name(message.reason))
        try:
            ended = message.group, message.reason, message.expires, message.note
            decided = await self.flow.write(desk.dismiss_alike, *ended)
        except ScanError as error:
            self._refused(message, error, said)
            return
        self.flow.forget()  # what was fetched in advance may be judged now
        self._stand(done=self.standing.done + len(decided.cases))
        words = n_("{count} case dismissed until {day}.", "{count} cases dismissed until {day}.", len(decided.cases))
        self._tell(words.format(count=number(len(decided.cases)), day=message.expires))
        if message.case_no in decided.cases:
            await self._advance()
        else:
            await self._open(message.case_no)
        await self._count()

    def _assignees(self) -> list[str]:
        """Who is known to work here: oneself, and who has something assigned or open in the queue."""
        rows = self._queue.rows
        others = {name for row in rows for name in (row.assignee, row.held_by)}
        return [self.flow.reviewer, *sorted(others - {"", self.flow.reviewer})]

    async def _back(self) -> None:
        """To the queue, where other reviewers may take what was taken here."""
        self.flow.forget()
        while isinstance(self.screen, ModalScreen):  # something has to be read first
            await asyncio.sleep(_GLANCE)
        while not isinstance(self.screen, QueueScreen):
            await self.pop_screen()
        await self.flow.write(self.flow.desk.release)
        await self._load_queue()
        await self._count()

    async def _renew(self) -> None:
        if self._at_work:
            self._at_work = False
            await self.flow.write(self.flow.desk.touch)

    async def _leave(self) -> None:
        if self._leaving:  # asked a second time: do not wait for the database any longer
            self.unwritten = self.flow.unwritten - 1  # the release itself is no decision
            self.exit()
            return
        self._leaving = True
        self.flow.forget()
        if self.flow.unwritten:
            self._tell(_("Writing what you decided. Press q again to leave without."))
        await self.flow.write(self.flow.desk.release)
        self.exit()

    @property
    def _case(self) -> CaseScreen | None:
        """The case screen, also when a dialog lies on it."""
        return next((screen for screen in self.screen_stack if isinstance(screen, CaseScreen)), None)

    async def _show(self, prepared: Prepared) -> None:
        self.flow.expect(prepared.case.row.case_no)
        case = self._case
        if case is None:
            case = CaseScreen(self._drafts)
            await self.push_screen(case)
        case.show(prepared)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(self._guarded(work))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """What the desk refuses is said; the screen goes on."""
        try:
            await work
        except ScanError as error:
            if case := self._case:
                case.again()
            self.push_screen(Said(_("This did not work"), visible(one_line(error))))

    @contextmanager
    def _patiently(self) -> Iterator[None]:
        """Say that something is under way when it takes longer than a moment."""
        said = False

        def say() -> None:
            nonlocal said
            said = True
            self._tell(_("Loading …"))

        timer = self.set_timer(_MOMENT, say)
        try:
            yield
        finally:
            timer.stop()
            if said:
                self.clear_notifications()

    def _tell(self, words: str) -> None:
        """One message at a time: a fast reviewer would cover the screen with them."""
        self.clear_notifications()
        self.notify(words, markup=False, timeout=_TOLD)

    def _busy(self, busy: bool) -> None:
        self._held += 1 if busy else -1
        self._stand(busy=self._held > 0)

    def _stand(self, **changes: Any) -> None:
        self.standing = replace(self.standing, **changes)
