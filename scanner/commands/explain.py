"""scan explain: why a text, a file or a finding was judged as it was."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scanner.commands.options import workspace, workspace_option
from scanner.errors import Exit, InputError
from scanner.help import argument, command, option
from scanner.i18n import N_, _, language

if TYPE_CHECKING:
    from patterns.explain import Explanation

_FINDING: Final = re.compile("[0-9a-f]{32}")
_CASE: Final = re.compile("[1-9][0-9]{0,6}")  # a case's number, which people see beside findings

# Name (or ""), why it was not wholly read (or ""), text, explanation: of one document.
_Explained = tuple[str, str, str, "Explanation"]


@command(
    "explain",
    help=N_(
        "Explain step by step: what was found in a text, what raised or lowered it, and which rule set its level.\n\n"
        "WHAT is a file, a text, the id of a finding (as `scan findings --format jsonl` shows it), or - for standard "
        "input. Also shown is what is no problem by itself, and why."
    ),
    epilog=N_("scan explain list.xlsx\nscan explain - < notice.html\nscan explain 5f0c… -w city"),
)
@argument("what", metavar=N_("WHAT"), help=N_("A file, a text, a finding's id, or - for standard input."))
@option("--title", default="", metavar=N_("TEXT"), help=N_("The title of the page the text stands on; it counts."))
@option("--reveal", is_flag=True, help=N_("Show the numbers in full instead of masked; not those of a finding."))
@option(
    "--format", "kind", type=click.Choice(["text", "jsonl"]), default="text", show_default=True,
    help=N_("text for people, jsonl for programs."),
)  # fmt: skip
@workspace_option
def explain(what: str, title: str, reveal: bool, kind: str, root: Path | None) -> int:
    unread = False
    for name, why, text, explanation in _explained(what, title, root):
        unread = unread or bool(why)
        if kind == "jsonl":
            _print_jsonl(name, why, text, explanation, reveal)
        else:
            _print_text(name, why, text, explanation, reveal)
    return Exit.UNREAD if unread else Exit.OK


def _explained(what: str, title: str, root: Path | None) -> Iterator[_Explained]:
    if _FINDING.fullmatch(what):
        return iter([_of_finding(what, root)])
    if what == "-" or _is_file(what):
        return _of_files(what, title)
    if _CASE.fullmatch(what):
        from scanner.output import say

        say(_("{number} is explained as a text. To see a case: scan case show {number}").format(number=what))
    return iter([_of_text(what, title)])


def _is_file(what: str) -> bool:
    try:
        return bool(what) and Path(what).exists()
    except (OSError, ValueError):  # too long for a name, or no name at all
        return False


def _of_text(text: str, title: str) -> _Explained:
    """A text as it stands on the command line: not taken for HTML or anything else."""
    from patterns.explain import explain as explained

    text = text.encode("utf-8", "replace").decode()  # an argument may hold what is no Unicode
    row = {"doc_id": "", "text": text, "segments": [], "title": title, "parent_title": "", "section": ""}
    hits = _matched(row | {"published_at": None})
    return "", "", text, explained(text, hits, title=title, lang=language())


def _matched(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The hits of one document that was read already, or of a text that is none."""
    import pyarrow as pa

    from patterns.matcher import Matcher
    from patterns.schema import MATCH_INPUT

    batch = pa.RecordBatch.from_pylist([{name: row[name] for name in MATCH_INPUT.names}], schema=MATCH_INPUT)
    hits: list[dict[str, Any]] = Matcher(_key(), everything=True).match(batch).to_pylist()
    return hits


def _of_files(what: str, title: str) -> Iterator[_Explained]:
    from patterns.explain import explain as explained
    from pipelines.check import Given, iter_checked
    from pipelines.schema import Status
    from scanner.unread import explained as unread

    given = Given("-", sys.stdin.buffer.read()) if what == "-" else Path(what)
    for one in iter_checked([given], key=_key(), everything=True):
        record = one.record
        why = "" if record["status"] == Status.EXTRACTED else unread(record["status"], record["reason"])[0]
        hits = _matched(record | {"title": title, "parent_title": ""}) if title else one.hits.to_pylist()
        explanation = explained(
            one.text, hits, title=title or record["title"], section=record["section"],
            published=record["published_at"], lang=language(),
        )  # fmt: skip
        yield f"{one.path} › {one.member}" if one.member else one.path, why, one.text, explanation


def _of_finding(finding_id: str, root: Path | None) -> _Explained:
    """From the database alone: no raw text is read."""
    from patterns.explain import explain as explained
    from scanner.store.connection import reading
    from scanner.store.locate import finding

    with reading(workspace(root).database) as connection:
        found = finding(connection, finding_id)
    if found is None:
        todo = N_("`scan findings --format jsonl` shows the ids there are.")
        raise InputError(N_("There is no finding with this id"), finding_id, todo)
    hit, document = found
    explanation = explained(
        "", [hit], title=document["title"], parent_title=document["parent_title"], section=document["section"],
        published=document["published_at"], lang=language(),
    )  # fmt: skip
    return document["title"] or document["member"], "", "", explanation


def _key() -> bytes:
    import secrets

    return secrets.token_bytes(32)  # fingerprints are not shown


def _print_text(name: str, why: str, text: str, explanation: Explanation, reveal: bool) -> None:
    from scanner.explanations import lines
    from scanner.widths import visible

    if name:
        click.echo(click.style(visible(name), bold=True))
    if why:
        click.echo(_("Not wholly read: {why}. Check it by hand.").format(why=why))
    columns = max(shutil.get_terminal_size().columns, 40)
    for line in lines(explanation, text, columns, reveal=reveal):
        click.echo(line)


def _print_jsonl(name: str, why: str, text: str, explanation: Explanation, reveal: bool) -> None:
    from scanner.explanations import row
    from scanner.output import binary_output, json_line

    said: dict[str, Any] = {"document": name, "unread": why} | row(explanation, text, reveal=reveal)
    with binary_output(None) as stream:
        stream.write(json_line(said))
