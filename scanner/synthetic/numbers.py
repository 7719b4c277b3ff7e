"""Numbers of people, made to their standards (GB 11643, ISO 7064 MOD 11-2, Luhn, MIIT number blocks).

Written here a second time on purpose: a benchmark must not take its truth from the matcher it judges.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from scanner.synthetic.words import words

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_MOBILE: Final = words(
    "134 135 136 137 138 139 147 150 151 152 157 158 159 178 182 183 184 187 188 130 131 132 145 155 156 171 175 "
    "176 185 186 133 149 153 170 173 177 180 181 189 199 198 166"
)
# BIN, length of the card, bank. 62 only: what a public list of this country holds.
BINS: Final = (
    ("622848", 19, "中国农业银行"),
    ("622845", 19, "中国农业银行"),
    ("622202", 19, "中国工商银行"),
    ("621226", 19, "中国工商银行"),
    ("621700", 19, "中国建设银行"),
    ("622700", 19, "中国建设银行"),
    ("621661", 19, "中国银行"),
    ("621785", 19, "中国银行"),
    ("621799", 19, "中国邮政储蓄银行"),
    ("622188", 19, "中国邮政储蓄银行"),
    ("623572", 19, "安徽农村商业银行"),
    ("622609", 16, "招商银行"),
    ("622588", 16, "招商银行"),
    ("622622", 16, "民生银行"),
    ("622521", 16, "浦发银行"),
    ("622260", 17, "交通银行"),
    ("622909", 18, "兴业银行"),
)
_PLATE: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def digits(rng: Random, count: int) -> str:
    return f"{rng.randrange(10**count):0{count}d}"


def check_digit(body: str) -> str:
    """MOD 11-2 of the first 17 digits.

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECK[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def resident_id(rng: Random, region: str, birth: date, female: bool) -> str:
    serial = rng.randrange(1, 499) * 2 + (0 if female else 1)
    body = f"{region}{birth:%Y%m%d}{serial:03d}"
    return body + check_digit(body)


def luhn_digit(body: str) -> str:
    """The digit that makes ``body`` pass Luhn.

    >>> luhn_digit("7992739871")
    '3'
    """
    total = 0
    for place, char in enumerate(reversed(body)):
        doubled = int(char) * 2 if place % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def bank_card(rng: Random) -> tuple[str, str]:
    """(card number, bank)."""
    prefix, length, bank = rng.choice(BINS)
    body = prefix + digits(rng, length - len(prefix) - 1)
    return body + luhn_digit(body), bank


def passbook(rng: Random) -> str:
    """An account of a savings book or an old 一卡通: 12 to 23 digits that fail Luhn."""
    length = rng.choice((12, 16, 17, 19, 19, 20, 22, 23))
    body = rng.choice(("1", "2", "3", "34")) + digits(rng, length - 3)
    body = body[: length - 1].ljust(length - 1, "7")
    return body + str((int(luhn_digit(body)) + rng.randint(1, 9)) % 10)


def mobile(rng: Random) -> str:
    return rng.choice(_MOBILE) + digits(rng, 8)


def landline(rng: Random, area_code: str) -> str:
    """A seven- or eight-digit number with its area code, never a service number."""
    length = 8 if area_code in ("010", "021", "023", "025", "028", "0551", "0571", "0371", "0755") else 7
    return f"{area_code}-{rng.randint(2, 8)}{digits(rng, length - 1)}"


def plate(rng: Random, region: str) -> str:
    if rng.random() < 0.1:
        return f"{region}{rng.choice('DF')}{digits(rng, 5)}"
    tail = "".join(rng.choice(_PLATE) for _ in range(5))
    return region + (tail if any(c.isdigit() for c in tail) else tail[:4] + str(rng.randrange(10)))


def passport(rng: Random) -> str:
    kind = rng.randrange(3)
    if kind == 0:
        return f"E{rng.choice('ABCDEFGHJK')}{digits(rng, 7)}"
    return rng.choice("EG") + digits(rng, 8)


def travel_permit(rng: Random) -> str:
    """Mainland travel permit to Hong Kong and Macau (C, W), to Taiwan (L, T), or home-return permit (H, M)."""
    return rng.choice("CWLTHM") + digits(rng, 8)


def military_id(rng: Random) -> str:
    return f"{rng.choice('军北沈济南广兰成海空')}字第{digits(rng, rng.choice((7, 8)))}号"


def residence_permit(rng: Random, birth: date, female: bool) -> str:
    return resident_id(rng, rng.choice(("810000", "820000", "830000")), birth, female)


def permanent_residence_id(rng: Random, birth: date, female: bool) -> str:
    """The 2023 form: 9, place of issue, nationality, birth date, serial, check digit."""
    country = rng.choice(("840", "392", "410", "250", "276", "826"))
    return resident_id(rng, f"9{rng.choice(('34', '31', '11'))}{country}"[:6], birth, female)
