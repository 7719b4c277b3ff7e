"""Mail (EML) and saved pages (MHTML): headers and plain text here, every other part a child of its own.

A saved page is read as the page it holds; what lies beside it (frames, pictures) becomes children.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.encoding import decode
from pipelines.extractors.html import extract_html
from pipelines.extractors.rows import flat
from pipelines.extractors.text import finished, with_note
from pipelines.schema import SegmentKind, Status
from pipelines.sources import names

_HEADERS: Final = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date")
_MAX_PARTS: Final = 1_000
_UNFINISHED: Final = (StartBoundaryNotFoundDefect, CloseBoundaryNotFoundDefect)
_CUT: Final = "truncated: the mail breaks off"
_SUFFIXES: Final = {"text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics", "message/rfc822": ".eml"}


class _AsWritten(policy.Compat32):
    """Headers as they are, bytes beyond ASCII as surrogates; the parent puts U+FFFD in their place."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_POLICY: Final = _AsWritten()


def extract_mail(member: Member) -> Document:
    message, assembly = _parsed(member), Assembly()
    children: list[Member] = []
    assembly.add(SegmentKind.TITLE, "", _header(message, "Subject"))
    for name in _HEADERS:
        assembly.add(SegmentKind.METADATA, name, _header(message, name))
    for number, part in enumerate(_parts(message), 1):
        if part.get_content_type() == "text/plain" and not _file_name(part):
            text = decode(_payload(part), str(part.get_content_charset() or "")).text
            assembly.add(SegmentKind.BODY, "", text.replace("\r\n", "\n").strip("\n"))
        else:
            children.append(_child(member, part, number))
    _note_rest(assembly, message)
    return replace(finished(assembly), children=tuple(children))


def extract_mhtml(member: Member) -> Document:
    """The first HTML part is the page."""
    message = _parsed(member)
    parts = list(_parts(message))
    at = next(
        (n for n, part in enumerate(parts) if part.get_content_type() in ("text/html", "application/xhtml+xml")), -1
    )
    if at < 0:
        return extract_mail(member)
    page = parts.pop(at)
    charset = str(page.get_content_charset() or "")
    document = extract_html(replace(member, data=_payload(page), charset=charset))
    children = tuple(_child(member, part, number) for number, part in enumerate(parts, 1))
    document = replace(document, children=(*document.children, *children))
    return with_note(document, _CUT) if _breaks_off(message) else document


def _parsed(member: Member) -> Message:
    try:
        return message_from_bytes(member.data or b"", policy=_POLICY)
    except (ValueError, RecursionError, HeaderParseError) as error:
        raise Unreadable(Status.CORRUPT, f"mail: {type(error).__name__}") from error


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail inside a mail is one part."""
    stack, count = [message], 0
    while stack and count < _MAX_PARTS:
        part = stack.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() != "message":
            stack += [item for item in reversed(inner) if isinstance(item, Message)]
        else:
            count += 1
            yield part


def _note_rest(assembly: Assembly, message: Message) -> None:
    if sum(1 for _ in message.walk()) > _MAX_PARTS:
        assembly.note(f"mail: more than {_MAX_PARTS} parts")
    if _breaks_off(message):
        assembly.note(_CUT)


def _breaks_off(message: Message) -> bool:
    """Whether a part that is to hold parts ends without the line that says it does, or before the first of them."""
    return any(isinstance(defect, _UNFINISHED) for part in message.walk() for defect in part.defects)


def _payload(part: Message) -> bytes:
    inner = part.get_payload()
    if isinstance(inner, list):  # a mail inside a mail
        return b"\n\n".join(item.as_bytes(policy=_POLICY) for item in inner if isinstance(item, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _child(member: Member, part: Message, number: int) -> Member:
    kind = part.get_content_type()
    name = _file_name(part) or str(part.get("Content-Location") or "").rpartition("/")[2].partition("?")[0]
    path = f"{member.path}!/{names.shown(name)}" if name else f"{member.path}!/part{number}{_SUFFIXES.get(kind, '')}"
    charset = part.get_content_charset() or ""
    return Member(path, _payload(part), media_type=kind, charset=str(charset), fetched_at=member.fetched_at)


def _file_name(part: Message) -> str:
    for header, key in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = part.get_param(key, None, header)
        if value:
            return _decoded(collapse_rfc2231_value(value))
    return ""


def _header(message: Message, name: str) -> str:
    return ", ".join(_decoded(str(value)) for value in message.get_all(name, []))


def _decoded(value: str) -> str:
    """A header's words: encoded ones (RFC 2047) decoded, raw bytes in whatever code page they are."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    words = []
    for piece, charset in pieces:
        raw = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
        words.append(decode(raw, charset if charset and charset != "unknown-8bit" else "").text)
    return flat("".join(words))
