"""Values that only the word before them explains, and that no candidate of :mod:`patterns.candidates` leads to.

QQ and WeChat accounts, social security cards, permits of bare digits, e-mail addresses whose @ is written #.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from patterns import email, instant_messenger, social_security, travel_permit
from patterns.factors import Factor
from patterns.found import Found

_SAME_LENGTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ： as :
_MESSENGER: Final = re.compile("QQ|扣扣|企鹅|微信|V信|WX|VX|wechat|weixin", re.I)
_WORD: Final = re.compile(rf"{_MESSENGER.pattern}|社保卡|社会保障卡|医保|台胞证|来往大陆|[#(（\[]", re.I)


def worded(text: str, start: int, end: int) -> list[Found]:
    """What words explain in a span of the text; offsets are the text's."""
    window = text[start:end].translate(_SAME_LENGTH)
    if not _WORD.search(window):
        return []
    return [*_messengers(window, start), *_cards(window, start), *_mails(window, start)]


def messengers(text: str, start: int, end: int) -> list[Found]:
    """QQ numbers and WeChat names alone."""
    return list(_messengers(text[start:end].translate(_SAME_LENGTH), start))


def _messengers(window: str, offset: int) -> Iterator[Found]:
    for at, stop in instant_messenger.find(window) if _MESSENGER.search(window) else ():
        value = instant_messenger.compact(window[at:stop])
        entity = "QQ" if value.isdigit() else "WECHAT"
        yield Found(offset + at, offset + stop, entity, entity.lower(), Factor.EMAIL_IM, value, "label", 0.8)


def _cards(window: str, offset: int) -> Iterator[Found]:
    """Also what is found elsewhere by its letter (H12345678): equal spans are one hit in the end."""
    for at, stop in social_security.find(window):
        value = social_security.compact(window[at:stop]).upper()
        rule = "social_security.card"
        yield Found(offset + at, offset + stop, "SOCIAL_SECURITY_NO", rule, Factor.OTHER_DOC, value, "label", 0.8)
    for at, stop in travel_permit.find(window):
        value = travel_permit.compact(window[at:stop])
        rule = "travel_permit"
        yield Found(offset + at, offset + stop, "TRAVEL_PERMIT", rule, Factor.OTHER_DOC, value, "prefix,label", 0.8)


def _mails(window: str, offset: int) -> Iterator[Found]:
    for at, stop in email.find(window):
        raw = window[at:stop]
        if "@" not in raw:
            factor = Factor.OFFICE_PHONE if email.is_office(raw) else Factor.EMAIL_IM
            yield Found(offset + at, offset + stop, "EMAIL", "email", factor, email.compact(raw), "shape", 0.85)
