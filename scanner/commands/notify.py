"""scan notify: the morning summary to where people read it."""

from __future__ import annotations

from pathlib import Path

from scanner.commands.options import workspace, workspace_option
from scanner.errors import Exit
from scanner.help import command, option
from scanner.i18n import N_, _
from scanner.output import say, tell


@command(
    "notify",
    help=N_(
        "Send what the last rescan found by e-mail or to a chat robot, as [notify] in scan.toml says.\n\n"
        "The nightly schedule does it by itself. A message holds no value, not even a masked one."
    ),
    epilog="scan notify --test",
)
@workspace_option
@option("--test", is_flag=True, help=N_("Send a test message."))
def notify(root: Path | None, test: bool) -> int:
    from scanner import notify as messages
    from scanner.errors import ConfigError

    place = workspace(root)
    if not place.config.notify:
        what = N_("scan.toml names nobody to send messages to")
        todo = N_("Add urls to its section [notify]; the file shows how.")
        raise ConfigError(what, place.root / "scan.toml", todo)
    title, text = messages.test_message() if test else messages.message(place)
    results = messages.send(place.config.notify, title, text)
    for service, sent in results:
        tell((_("Message sent: {service}.") if sent else _("Message not sent: {service}.")).format(service=service))
    if all(sent for _service, sent in results):
        return Exit.OK
    say(_("Check the addresses in [notify] of scan.toml and the network; `scan notify --test` tries again."))
    return Exit.OUTPUT
