"""The review screen as a program: takes the screens' messages to the desk and brings back what it says.

Whatever happens, nothing it prints holds a value of a document: a failure ends the program without a traceback, and
the ``scan`` command says where it was (``failure``).
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Any, ClassVar, Final

from textual import events, on
from textual.theme import Theme
from textual.worker import WorkerFailed

from scanner.i18n import _
from scanner.review import messages
from scanner.review.dismissals import reason_name
from scanner.review.errands import Errands
from scanner.review.queue import QueueScreen

_RENEWED: Final = 60  # seconds between two renewals of the leases of a reviewer who is at work
_THEME: Final = Theme(
    name="scan", primary="#56b4e9", secondary="#e69f00", warning="#e69f00", error="#ff7f50", success="#56b4e9",
    accent="#e69f00", foreground="#e6e6e6", background="#10151c", surface="#182029", panel="#1f2a36", dark=True,
)  # fmt: skip


class ReviewApp(Errands):
    CSS_PATH = "review.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "scan review"
    BINDINGS: ClassVar[list[Any]] = []

    def on_mount(self) -> None:
        self.register_theme(_THEME)
        self.theme = "scan"
        self.push_screen(self._queue)
        self._start(self._begin())
        self._start(self._count())
        self._leave_when_told()
        self.set_interval(_RENEWED, lambda: self._start(self._renew()))

    def _leave_when_told(self) -> None:
        """A closed connection or a machine that shuts down: what is held goes back to the queue."""
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every system
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), lambda: self._start(self._leave()))

    async def on_event(self, event: events.Event) -> None:
        self._at_work = self._at_work or isinstance(event, events.Key)
        await super().on_event(event)

    # The queue.

    @on(messages.Filtered)
    def _filtered(self, message: messages.Filtered) -> None:
        self.flow.view = message.view
        self.flow.forget()
        self._start(self._load_queue())
        self._start(self._count())

    @on(messages.MoreQueue)
    def _more_queue(self) -> None:
        self._start(self._extend_queue())

    @on(messages.Opened)
    def _opened(self, message: messages.Opened) -> None:
        self._start(self._open(message.case_no))

    @on(messages.Next)
    def _next(self) -> None:
        self._start(self._advance())

    @on(messages.Left)
    def _left(self) -> None:
        if isinstance(self.screen, QueueScreen):
            self._start(self._leave())
        else:
            self._start(self._back())

    # A case.

    @on(messages.MoreFindings)
    def _more_findings(self, message: messages.MoreFindings) -> None:
        self._start(self._extend_case(message.case_no, message.offset))

    @on(messages.Confirmed)
    def _confirmed(self, message: messages.Confirmed) -> None:
        self._decide(message, lambda: self.flow.desk.confirm(message.case_no), _("confirmed"))

    @on(messages.Dismissed)
    def _dismissed(self, message: messages.Dismissed) -> None:
        said = _("dismissed: {reason}").format(reason=reason_name(message.reason))
        self._decide(message, lambda: self.flow.desk.dismiss(message.case_no, message.reason, message.note), said)

    @on(messages.Skipped)
    def _skipped(self, message: messages.Skipped) -> None:
        self._decide(message, lambda: self.flow.desk.skip(message.case_no), _("skipped"), counts=False)

    @on(messages.Assigned)
    def _assigned(self, message: messages.Assigned) -> None:
        said = _("assigned to {who}").format(who=message.to) if message.to else _("assigned to nobody")
        assign = lambda: self.flow.desk.assign(message.case_no, message.to)  # noqa: E731
        if message.to in ("", self.flow.reviewer):
            self._start(self._write(message, assign, said, reopen=True))
        else:  # it is the colleague's now: to show it again would be to hold it
            self._decide(message, assign, said, counts=False)

    @on(messages.Noted)
    def _noted(self, message: messages.Noted) -> None:
        write = self._write(
            message, lambda: self.flow.desk.note(message.case_no, message.text), _("noted"), reopen=True
        )
        self._start(write)

    @on(messages.Undone)
    def _undone(self) -> None:
        self._start(self._undo())

    @on(messages.Revealed)
    def _revealed(self, message: messages.Revealed) -> None:
        self._start(self._reveal(message.finding_id))

    @on(messages.SourceWanted)
    def _source_wanted(self, message: messages.SourceWanted) -> None:
        self._start(self._source(message))

    @on(messages.AlikeWanted)
    def _alike_wanted(self, message: messages.AlikeWanted) -> None:
        self._start(self._alike(message))

    @on(messages.AlikeDismissed)
    def _alike_dismissed(self, message: messages.AlikeDismissed) -> None:
        self._start(self._dismiss_alike(message))

    @on(messages.AssigneesWanted)
    def _assignees_wanted(self, message: messages.AssigneesWanted) -> None:
        if case := self._case:
            case.ask_assignee(message.case_no, self._assignees())

    async def action_quit(self) -> None:
        self._start(self._leave())

    def action_help_quit(self) -> None:
        self._start(self._leave())

    def on_unmount(self) -> None:
        self.flow.close()

    def _handle_exception(self, error: Exception) -> None:
        """End without Textual's traceback, which shows local variables, and with them text of documents."""
        self.failure = self.failure or (error.error if isinstance(error, WorkerFailed) else error)
        if self._exception is None:  # where Textual's own tests look
            self._exception = error
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()
