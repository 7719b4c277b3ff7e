"""Marks in a document that contradict its publication: 密级★期限, 内部资料, 此件依申请公开, 商业秘密.

A mark counts where marks stand: in the first or last 300 characters, in a part the caller names as a head (a page's
header, the body behind a navigation), or alone on its line. Laws, training articles and guides that write about marks
are no marks. Only places are returned, never text: a secret's text must not be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import ahocorasick

from patterns.lexicons import normalise, words

HEAD: Final = 300  # characters at either end in which a mark counts
SECRET, INTERNAL, NOT_PUBLIC, TRADE_SECRET = "secret", "internal", "not_public", "trade_secret"

_LEVEL: Final = r"(?:绝[ \u3000]*密|机[ \u3000]*密|秘[ \u3000]*密)"
_TERM: Final = r"(?:\d{1,2}[ \u3000]*(?:年|个月|月)|长[ \u3000]*期|[^\s★☆*＊。；，、]{2,10}前)"
_STARRED: Final = re.compile(rf"{_LEVEL}[ \u3000]*(?:[★☆](?:[ \u3000]*{_TERM})?|[*＊][ \u3000]*{_TERM})")
_LEVEL_FIELD: Final = re.compile(rf"密[ \u3000]*级[ \u3000]*[:：][ \u3000]*{_LEVEL}(?![ \u3000]*[、,，/或及和级])")
_EXAM: Final = re.compile(r"启[ \u3000]*用[ \u3000]*前")  # old exam papers: to be looked at, not a secret
_MENTION_BEFORE: Final = re.compile(
    r"[“\"「『‘《（(]?(?:如|例如|标注|标明|标有|注明|标为|分为|包括|是指|即)[^。\n]{0,6}$|[“\"「『‘《]$"
)
_MENTION_AFTER: Final = re.compile(r"[”\"」』’》]|[ \u3000]*(?:字样|标志|标识|等级|三级)")
_TRADE: Final = re.compile(r"(?:核心|普通)?商密[ \u3000]*[★☆]")
_BRACKETED: Final = re.compile(r"[（(【\[〔]([^（(【\[〔）)】\]〕\n]{2,16})[）)】\]〕]")
_ORNAMENT: Final = re.compile(r"[\s★☆*■●◆·•.,，。、；;:：!！()（）【】\[\]〔〕<>《》_—-]|请|及|并")
_COMPANIONS: Final = re.compile("注意保存|妥善保管|专人保管")  # of published documents too; a mark only beside one
_LONGEST_LINE: Final = 30


class Marking(NamedTuple):
    """Where a mark stands (code points, half-open) and its kind: secret, internal, not_public, trade_secret."""

    start: int
    end: int
    kind: str


def find_markings(text: str, heads: Sequence[tuple[int, int]] = ()) -> list[Marking]:
    """The marks of a document in the order of the text. ``heads``: further spans to read like a document's head.

    >>> find_markings("机密★10年\\n关于某事的通知")
    [Marking(start=0, end=6, kind='secret')]
    >>> find_markings("国家秘密的密级分为绝密、机密、秘密三级")
    []
    """
    spans = _spans(text, heads)
    found = {*_secrets(text, spans), *_attributes(text, spans)}
    for start, end in spans:
        if _may_hold_phrase(text[start:end]):
            found.update(_alone(text, start, end))
    return sorted(found)


def _spans(text: str, heads: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends = [(0, min(HEAD, len(text)))]
    if len(text) > HEAD:
        ends.append((max(HEAD, len(text) - HEAD), len(text)))
    return ends + [(max(0, start), min(end, start + HEAD, len(text))) for start, end in heads]


def _secrets(text: str, spans: list[tuple[int, int]]) -> Iterator[Marking]:
    """Starred marks may stand alone on any line; other forms count in the spans only."""
    for start, end in [(0, len(text))] if "★" in text or "☆" in text else _with_secrecy(text, spans):
        for match in _STARRED.finditer(text, start, end):
            if _counts(text, match, spans):
                yield Marking(*match.span(), INTERNAL if _EXAM.search(match[0]) else SECRET)
        for match in _TRADE.finditer(text, start, end):
            if _counts(text, match, spans):
                yield Marking(*match.span(), TRADE_SECRET)
    for start, end in _with_secrecy(text, spans):
        for match in _LEVEL_FIELD.finditer(text, start, end):
            if not _mentioned(text, match):
                yield Marking(*match.span(), SECRET)


def _with_secrecy(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in spans if text.find("密", start, end) >= 0]


def _counts(text: str, match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return (_inside(match, spans) or _own_line(text, match)) and not _mentioned(text, match)


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _own_line(text: str, match: re.Match[str]) -> bool:
    """Nothing else on the line but ornaments and a copy number."""
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    rest = text[start : match.start()] + text[match.end() : end if end >= 0 else len(text)]
    return len(rest) < _LONGEST_LINE and not _ORNAMENT.sub("", rest).strip("0123456789")


def _mentioned(text: str, match: re.Match[str]) -> bool:
    """Quoted or spoken of: 如“机密★10年”, 标有秘密★字样."""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_MENTION_BEFORE.search(before) or _MENTION_AFTER.match(text, match.end()))


def _attributes(text: str, spans: list[tuple[int, int]]) -> Iterator[Marking]:
    """此件依申请公开, 公开属性：不予公开. 依申请公开 by itself is the name of a section."""
    if "此件" not in text and "公开属性" not in text and "公开方式" not in text:
        return
    for match in _attribute().finditer(text):
        closing = match["this"] is not None and _own_line(text, match)
        if (closing or _inside(match, spans)) and not _mentioned(text, match):
            yield Marking(*match.span(), NOT_PUBLIC)


@cache
def _attribute() -> re.Pattern[str]:
    bare = {word.removeprefix("此件").removeprefix("公开属性:") for word in words("mark_not_public")}
    kinds = "|".join(sorted(map(re.escape, bare), key=len, reverse=True))
    return re.compile(rf"(?:(?P<this>此件[ \u3000]*)|公开(?:属性|方式)[ \u3000]*[:：\t][ \u3000]*)(?:{kinds})")


def _alone(text: str, start: int, end: int) -> Iterator[Marking]:
    """Marks that are a whole line or stand in brackets."""
    at = start
    for line in text[start:end].split("\n"):
        if 1 < len(line) <= _LONGEST_LINE and (kind := _kind(line)):
            bare = line.strip()
            yield Marking(at + line.index(bare), at + line.index(bare) + len(bare), kind)
        elif len(line) > 1:
            yield from _in_brackets(line, at)
        at += len(line) + 1


def _in_brackets(line: str, at: int) -> Iterator[Marking]:
    for match in _BRACKETED.finditer(line):
        if kind := _kind(match[1]):
            yield Marking(at + match.start(), at + match.end(), kind)


def _kind(phrase: str) -> str:
    """The kind if ``phrase`` is nothing but marks and ornaments: 内部资料　请勿外传."""
    rest = _ORNAMENT.sub("", normalise(phrase))
    if not rest or "\t" in phrase:
        return ""
    for name, kind in (("mark_internal", INTERNAL), ("mark_trade_secret", TRADE_SECRET)):
        left = _phrases(name).sub("", rest)
        if left != rest and not _COMPANIONS.sub("", left):
            return kind
    return ""


def _may_hold_phrase(text: str) -> bool:
    """Cheap, for the many documents without any: whether a phrase of the lists stands in ``text`` at all."""
    compact = text.replace(" ", "").replace("\u3000", "").replace("（", "(").replace("）", ")").lower()
    return next(_automaton().iter(compact), None) is not None


@cache
def _automaton() -> Any:
    """Built once a process and never pickled: ``pickle.dumps`` of an automaton leaks."""
    automaton = ahocorasick.Automaton()
    for word in words("mark_internal") + words("mark_trade_secret"):
        automaton.add_word(word, None)
    automaton.make_automaton()
    return automaton


@cache
def _phrases(name: str) -> re.Pattern[str]:
    bare = {_ORNAMENT.sub("", word) for word in words(name)}
    return re.compile("|".join(sorted(map(re.escape, bare), key=len, reverse=True)))
