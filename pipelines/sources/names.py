"""Names of archive members: their encoding, and a form that is safe to show and to compare."""

from __future__ import annotations

import os
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# A name in which nothing is to be changed, as nearly every name is.
_PART = r"(?!\.{0,2}(?:/|\Z))[^/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]++"
_PLAIN = re.compile(rf"(?![A-Za-z]:/){_PART}(?:/{_PART})*+")
_DRIVE = re.compile(r"^[A-Za-z]:(?=/)")


def decode(raw: bytes) -> str:
    """A file name's bytes as text: UTF-8 strictly, then GB18030, as Chinese zip tools write them.

    >>> decode("名单.xls".encode("gbk"))
    '名单.xls'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def shown(name: str) -> str:
    r"""The path of a member: parted by "/", relative, without ".", ".." or control characters. Names nothing on disk.

    >>> shown("C:\\site\\..\\a.html"), shown("/etc/../passwd"), shown("./a//b.html")
    ('site/a.html', 'etc/passwd', 'a/b.html')
    """
    return name if _PLAIN.fullmatch(name) else _cleaned(name)


def _cleaned(name: str) -> str:
    path = _DRIVE.sub("", name.replace("\\", "/"))
    path = "/".join(part for part in path.split("/") if part not in ("", ".", ".."))
    return _CONTROL.sub("\ufffd", path) or "?"


def on_disk(name: str) -> str:
    """A name as the operating system gave it (undecodable bytes as surrogates), shown."""
    return shown(decode(os.fsencode(name)))
