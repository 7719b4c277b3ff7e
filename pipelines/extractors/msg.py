"""Outlook's mail (MSG, [MS-OXMSG]): properties as streams of a compound file. Headers and plain text here, the HTML or
RTF body and each attachment a child."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from typing import Any, Final

from pipelines.documents import Document, Member
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.encoding import decode
from pipelines.extractors.ole import open_ole, stream_of
from pipelines.extractors.ole_writer import TooLarge, repacked
from pipelines.extractors.rows import flat
from pipelines.extractors.rtf_packed import unpacked_rtf
from pipelines.extractors.text import finished
from pipelines.schema import SegmentKind, Status
from pipelines.sources.names import shown

_HEADERS: Final = (  # property and what it is
    ("0C1A", "From"),
    ("0C1F", "From"),
    ("0E04", "To"),
    ("0E03", "Cc"),
    ("0E02", "Bcc"),
)
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = "3701", "3707", "3704", "3001"
_EMAIL, _NAME = "39FE", "3001"  # of a recipient
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)  # of the message, of its HTML
_ATTACHMENT: Final = re.compile(r"__attach_version1\.0_#[0-9A-F]{8}", re.IGNORECASE)
_RECIPIENT: Final = re.compile(r"__recip_version1\.0_#[0-9A-F]{8}", re.IGNORECASE)


class _Properties:
    """The properties of a message, an attachment or a recipient: streams of one storage."""

    def __init__(self, ole: Any, storage: str, charset: str) -> None:
        self._ole, self._path, self._charset = ole, [storage] if storage else [], charset

    def raw(self, code: str, kind: str) -> bytes:
        path = [*self._path, f"__substg1.0_{code}{kind}"]
        return stream_of(self._ole, path) if self._ole.exists(path) else b""

    def text(self, code: str) -> str:
        wide = self.raw(code, "001F")
        if wide:
            return wide.decode("utf-16-le", "replace").replace("\0", "")
        return decode(self.raw(code, "001E").replace(b"\0", b""), self._charset).text


def extract_msg(member: Member) -> Document:
    assembly, children = Assembly(), list[Member]()
    with open_ole(member.data or b"") as ole:
        charset = _charset(ole)
        message = _Properties(ole, "", charset)
        assembly.add(SegmentKind.TITLE, "", flat(message.text(_SUBJECT)))
        for code, name in _HEADERS:
            assembly.add(SegmentKind.METADATA, name, flat(message.text(code)))
        for storage in _storages(ole, _RECIPIENT):
            person = _Properties(ole, storage, charset)
            words = " ".join(dict.fromkeys(filter(None, (flat(person.text(_NAME)), flat(person.text(_EMAIL))))))
            assembly.add(SegmentKind.METADATA, "recipient", words)
        assembly.add(SegmentKind.BODY, "", message.text(_BODY).replace("\r\n", "\n").strip("\n"))
        children += _bodies(member, message)
        children += [_attachment(member, ole, storage, charset) for storage in _storages(ole, _ATTACHMENT)]
    return replace(finished(assembly), children=tuple(children))


def _storages(ole: Any, form: re.Pattern[str]) -> list[str]:
    return [kid.name for kid in ole.root.kids if form.fullmatch(kid.name)][:1000]


def _charset(ole: Any) -> str:
    """What the message says of its code page: 16 bytes a property behind a header, type and code first."""
    data = stream_of(ole, "__properties_version1.0")
    found: dict[int, int] = {}
    for start in (24, 32):  # of a message in a message, of one by itself
        for at in range(start, len(data) - 15, 16):
            kind, code = struct.unpack_from("<HH", data, at)
            if kind == 3 and code in _CODE_PAGES:
                found[code] = struct.unpack_from("<I", data, at + 8)[0]
    page = next((found[code] for code in _CODE_PAGES if code in found), 0)
    return {936: "gb2312", 54936: "gb18030", 950: "big5", 65001: "utf-8", 1252: "windows-1252"}.get(page, "")


def _bodies(member: Member, message: _Properties) -> list[Member]:
    """HTML, which may say more than the plain text; RTF where there is nothing else."""
    html = message.raw(_HTML, "0102") or message.raw(_HTML, "001E") or message.raw(_HTML, "001F")
    if html:
        return [Member(f"{member.path}!/body.html", html, fetched_at=member.fetched_at)]
    packed = message.raw(_RTF, "0102")
    if packed and not message.text(_BODY):
        return [Member(f"{member.path}!/body.rtf", unpacked_rtf(packed), fetched_at=member.fetched_at)]
    return []


def _attachment(member: Member, ole: Any, storage: str, charset: str) -> Member:
    properties = _Properties(ole, storage, charset)
    name = next(filter(None, (flat(properties.text(code)) for code in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))), storage)
    path = f"{member.path}!/{shown(name)}"
    inner = [storage, f"__substg1.0_{_DATA}000D"]
    try:
        if ole.exists(inner):
            return Member(
                f"{path}.msg" if "." not in name else path, repacked(ole, inner), fetched_at=member.fetched_at
            )
        return Member(path, properties.raw(_DATA, "0102"), fetched_at=member.fetched_at)
    except Unreadable as error:
        return Member(path, None, status=error.status, reason=error.reason)
    except TooLarge:
        return Member(path, None, status=Status.TOO_LARGE, reason="attachment: storage")
