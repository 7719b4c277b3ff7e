"""scan takedown verify --live: what the pages of cases say on the web now."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from scanner.errors import Exit, InputError
from scanner.i18n import N_, _
from scanner.output import tell

if TYPE_CHECKING:
    from scanner.live import Visitor
    from scanner.workspace import Workspace


def verify_live(place: Workspace, numbers: Sequence[int], notice: str, visitor: Visitor | None = None) -> int:
    """Looks at the cases one by one, records what is proven, says what is not."""
    from scanner.live_check import look, record, wanted

    if find_spec("urllib3") is None:
        raise InputError(N_("Looking at pages needs the package urllib3"), "",
                         N_("Install it: pip install 'disclosure-scan[live]'"))  # fmt: skip
    cases = wanted(place, numbers, notice)
    if not cases:
        raise InputError(N_("There is no such case"), notice or ", ".join(map(str, numbers)), N_("Check the number."))
    unknown = 0
    for looked in look(place, cases, visitor):
        state = record(place, looked)
        unknown += state is None
        tell(_line(looked, state))
    return Exit.UNREAD if unknown else Exit.OK


def _line(looked: object, state: str | None) -> str:
    from scanner.cases import state_name
    from scanner.live import why_name
    from scanner.live_check import Looked
    from scanner.verdicts import verdict_name

    assert isinstance(looked, Looked)
    if state is None:
        why = why_name(looked.why) if looked.why else _("the export named no address")
        return _("Case {number}: cannot be said: {why}").format(number=looked.case.case_no, why=why)
    words = _("Case {number}: {verdict}; {state}")
    return words.format(number=looked.case.case_no, verdict=verdict_name(looked.verdict), state=state_name(state))
