"""Bank card and account numbers.

A card (ISO/IEC 7812) has 13 to 19 digits, the issuer's number (BIN) in front and the Luhn digit at the end.
UnionPay cards begin with 62, older ones with 4, 5, 35, 60 or 9. Accounts of savings books and of the rural 一卡通
have 12 to 23 digits and no checksum that is known from outside: only an account header makes them one.

>>> validate("6228481234567890128").checks
('luhn', 'bin')
>>> validate("6228481234567890123").failed
'luhn'
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patterns.base import Pattern, Validation
from patterns.characters import is_digits, joined
from patterns.datafiles import rows

MIN_CARD, MAX_CARD = 13, 19
MIN_ACCOUNT, MAX_ACCOUNT = 12, 23
# UnionPay; Visa, Mastercard, JCB, Diners, American Express as issued here; domestic cards that begin with 9.
PREFIXES: Final = ("62", "60", "81", "4", "5", "35", "30", "36", "37", "9")
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

PATTERNS: Final = (
    Pattern(
        "bank_card",
        "BANK_CARD",
        "ISO/IEC 7812, JR/T 0008",
        finds=(
            "银行卡号：⟦6228481234567890128⟧",
            "开户行农业银行⟦6228 4812 3456 7890 128⟧",
            "⟦６２２８４８１２３４５６７８９０１２８⟧",
        ),
        ignores=("银联订单6228481234567890123", "项目代码2017-340300-48-01-012345", "保证金账户：6228481234567890128"),
    ),
    Pattern(
        "bank_card.account",
        "BANK_ACCOUNT",
        "",
        finds=("一卡通账号：⟦20010123456710300000018⟧", "存折账号：⟦340301234567⟧"),
        ignores=("一卡通账号：12345678901", "编号20010123456710300000018"),
    ),
)


def compact(text: str) -> str:
    return joined(text)


def luhn(number: str) -> bool:
    """ISO/IEC 7812-1 annex B, of a string of digits."""
    ones = sum(int(digit) for digit in number[-1::-2])
    return (ones + sum(_DOUBLED[int(digit)] for digit in number[-2::-2])) % 10 == 0


def validate(text: str) -> Validation:
    """A card: length, Luhn, prefix; "bin" among the checks when the issuer's number is a known one."""
    number = compact(text)
    if not MIN_CARD <= len(number) <= MAX_CARD:
        return Validation(False, failed="length")
    if not is_digits(number):
        return Validation(False, failed="characters")
    if not number.startswith(PREFIXES):
        return Validation(False, failed="prefix")
    if not luhn(number):
        return Validation(False, failed="luhn")
    return Validation(True, ("luhn", "bin" if issuer(number) else "prefix"))


def issuer(number: str) -> str:
    """The bank of a compact card number, or ""; longer prefixes first.

    >>> issuer("6228481234567890128"), issuer("6299991234567890122")
    ('农业银行', '')
    """
    for length in range(6, 2, -1):
        bank = _bins().get((number[:length], len(number)))
        if bank:
            return bank
    return ""


@cache
def _bins() -> dict[tuple[str, int], str]:
    return {(prefix, int(length)): bank for prefix, length, bank in rows("bank_bins")}


def account_like(text: str) -> bool:
    """12 to 23 digits, as a cell under an account header may hold, Luhn or not."""
    number = compact(text)
    return MIN_ACCOUNT <= len(number) <= MAX_ACCOUNT and is_digits(number) and len(set(number)) > 1


def valid_luhn(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """``luhn`` of many numbers of one length, or filled with zeros in front: digits [n, length] of 0–9 → [n]."""
    doubled = np.array(_DOUBLED, np.uint8)
    ones = digits[:, ::-1][:, ::2].sum(axis=1, dtype=np.int32)
    rest = doubled[digits[:, ::-1][:, 1::2]].sum(axis=1, dtype=np.int32)
    ok: NDArray[np.bool_] = (ones + rest) % 10 == 0
    return ok


def valid_cards(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """``validate`` of many numbers of one length: digits [n, length] of 0–9 → [n]; all False outside 13–19 digits."""
    if not MIN_CARD <= digits.shape[1] <= MAX_CARD:
        return np.zeros(len(digits), np.bool_)
    ok = may_be_cards(digits[:, 0], digits[:, 1])
    ok[ok] = valid_luhn(digits[ok])
    return ok


def may_be_cards(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether an issuer's number begins with these two digits."""
    may: NDArray[np.bool_] = _prefix_table()[first.astype(np.intp) * 10 + second]
    return may


@cache
def _prefix_table() -> NDArray[np.bool_]:
    return np.array([f"{two:02d}".startswith(PREFIXES) for two in range(100)])
