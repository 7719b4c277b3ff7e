"""QQ numbers and WeChat names: they mean something only beside their words. Groups and public accounts are no person.

QQ (Tencent): five to eleven digits, the first not 0. WeChat: a letter and five to nineteen letters, digits, _ or -;
a mobile number used as a WeChat name is found as a mobile number.

>>> validate("12345678").checks, validate("wxid_abc123").checks
(('qq',), ('wechat',))
>>> validate("1234").failed
'length'
"""

from __future__ import annotations

import re
from typing import Final

from patterns.base import Pattern, Validation
from patterns.characters import is_digits, squeeze

_QQ: Final = re.compile(r"[1-9][0-9]{4,10}")
_WECHAT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{5,19}")
_GAP: Final = r"(?:号码?|账号|帐号|ID)?[\s::=为是()（）]{0,4}"
_QQ_BESIDE: Final = re.compile(rf"(?:QQ|扣扣|企鹅)(?!群|邮箱|\.com){_GAP}([1-9][0-9]{{4,10}})(?![0-9A-Za-z@.])", re.I)
_WECHAT_BESIDE: Final = re.compile(
    rf"(?:微信|WeChat|weixin|(?<![A-Za-z])VX|(?<![A-Za-z])WX|V信)(?!公众|群|小程序|二维码){_GAP}"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_\-@.])",
    re.I,
)

PATTERNS: Final = (
    Pattern(
        "instant_messenger.qq",
        "QQ",
        "",
        finds=("QQ：⟦12345678⟧", "联系qq号⟦1234567890⟧", "扣扣 ⟦87654321⟧"),
        ignores=("QQ群：12345678", "12345678", "QQ邮箱12345678@qq.com"),
    ),
    Pattern(
        "instant_messenger.wechat",
        "WECHAT",
        "",
        finds=("微信号：⟦wangli_88⟧", "微信⟦wxid_abc123⟧"),
        ignores=("微信公众号：bengbufabu", "微信群：abcdefg", "wangli_88"),
    ),
)


def compact(text: str) -> str:
    """QQ: digits; WeChat names do not tell upper from lower case."""
    folded = squeeze(text)
    return folded if is_digits(folded) else text.strip().lower()


def validate(text: str) -> Validation:
    account = compact(text)
    if not 5 <= len(account) <= 20:
        return Validation(False, failed="length")
    if _QQ.fullmatch(account):
        return Validation(True, ("qq",))
    return Validation(True, ("wechat",)) if _WECHAT.fullmatch(account) else Validation(False, failed="characters")


def find(text: str) -> list[tuple[int, int]]:
    """Spans of accounts beside their words in folded text, in order."""
    found = [match.span(1) for form in (_QQ_BESIDE, _WECHAT_BESIDE) for match in form.finditer(text)]
    return sorted(found)
