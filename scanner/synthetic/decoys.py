"""Numbers that stand on government pages by the thousand and belong to no person: what a scanner must leave alone."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from scanner.synthetic.numbers import digits
from scanner.synthetic.words import words

_CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_REGIONS: Final = words("340300 340302 340303 340304 340311 340321 340322 340323 340100 341200")
HOTLINES: Final = words(
    "12345 12315 12348 12333 12366 12369 12328 96566 95598 96300 400-887-1234 4008001234 0552-12345 110 119"
)
# The standard's own examples and the stand-ins of forms and guides.
SAMPLE_IDS: Final = words(
    "11010519491231002X 440524188001010014 110101199003070134 123456789012345678 111111111111111111"
)
SAMPLE_MOBILES: Final = words("13800138000 13900139000 13800000000 12345678901")
_BUILDERS: Final = words("淮河建设集团 兴达市政工程 安泰建筑安装 华联路桥 中鼎装饰 宏业水利 天元环境科技 恒信园林绿化")
_AGENTS: Final = words("诚信招标代理 正大工程咨询 中远项目管理 博采招标 汇众工程造价咨询")


def _recent(rng: Random) -> str:
    return f"{rng.randint(2013, 2019)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"


def office_phone(rng: Random) -> str:
    return rng.choice(("0552-", "0552—", "（0552）", "")) + f"{rng.randint(2, 8)}{digits(rng, 6)}"


def hotline(rng: Random) -> str:
    return rng.choice(HOTLINES)


def credit_code(rng: Random) -> str:
    """Unified social credit code, GB 32100, with its check character."""
    body = rng.choice(("91", "92", "93", "12", "11", "52")) + rng.choice(_REGIONS)
    body += "".join(rng.choice(_CREDIT) for _ in range(9))
    total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _CREDIT[-total % 31]


def construction_permit(rng: Random) -> str:
    """18 digits: region, date, serial, class. One in eleven passes for a resident ID."""
    return rng.choice(_REGIONS) + _recent(rng) + f"{rng.randint(1, 30):02d}{rng.randint(1, 3):02d}"


def project_code(rng: Random) -> str:
    head = f"{rng.randint(2015, 2019)}-{rng.choice(_REGIONS)}-{rng.randint(10, 99)}-{rng.choice(('01', '02', '03'))}"
    return f"{head}-{digits(rng, 6)}"


def index_no(rng: Random) -> str:
    return f"{digits(rng, 9)}/{rng.randint(2012, 2019)}{rng.randint(1, 12):02d}-{digits(rng, 5)}"


def document_no(rng: Random) -> str:
    office = rng.choice(("星政办", "星政秘", "星民发", "星教", "星财社", "星人社秘"))
    return f"{office}〔{rng.randint(2012, 2019)}〕{rng.randint(1, 300)}号"


def tender_no(rng: Random) -> str:
    return rng.choice(("XHCG", "BBGC", "SZJY")) + _recent(rng)[:6] + "-" + digits(rng, 4)


def business_registration(rng: Random) -> str:
    """15 digits: region, serial, check; the old registration number of a business."""
    return rng.choice(_REGIONS) + digits(rng, 9)


def food_permit(rng: Random) -> str:
    return rng.choice(("SC", "JY")) + "1" + digits(rng, 13)


def barcode(rng: Random) -> str:
    return "69" + digits(rng, 11)


def exam_no(rng: Random) -> str:
    return f"{rng.randint(2013, 2019)}{digits(rng, 8)}"


def certificate_no(rng: Random) -> str:
    return rng.choice(_REGIONS)[:4] + _recent(rng)[:4] + digits(rng, 8)


def time_stamp(rng: Random) -> str:
    return rng.choice(("W0", "P0")) + _recent(rng) + digits(rng, 9)


def milliseconds(rng: Random) -> str:
    return "15" + digits(rng, 11)


def organisation_account(rng: Random) -> str:
    return rng.choice(("13", "20", "34")) + digits(rng, rng.choice((12, 15, 17)))


def amount(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randint(50, 9000)}",
            f"{rng.randint(100, 99999)}.{digits(rng, 2)}",
            f"{rng.randint(1, 999)},{digits(rng, 3)}",
        )
    )


def company(rng: Random) -> str:
    return (
        rng.choice(("星河市", "安徽", "淮上", ""))
        + rng.choice(_BUILDERS)
        + rng.choice(("有限公司", "有限责任公司", "股份有限公司"))
    )


def agency(rng: Random) -> str:
    return rng.choice(("安徽", "星河市", "合肥")) + rng.choice(_AGENTS) + "有限公司"


def land_parcel(rng: Random) -> str:
    return f"星出{rng.randint(2013, 2019)}-{rng.randint(1, 60)}号"


def coordinate(rng: Random) -> str:
    return f"117.{digits(rng, 6)},32.{digits(rng, 6)}"


KINDS: Final[dict[str, Callable[[Random], str]]] = {
    "office": office_phone,
    "hotline": hotline,
    "credit": credit_code,
    "permit": construction_permit,
    "project": project_code,
    "index": index_no,
    "docno": document_no,
    "tender": tender_no,
    "regno": business_registration,
    "food": food_permit,
    "barcode": barcode,
    "exam": exam_no,
    "cert": certificate_no,
    "stamp": time_stamp,
    "ms": milliseconds,
    "orgaccount": organisation_account,
    "amount": amount,
    "company": company,
    "agency": agency,
    "parcel": land_parcel,
    "coordinate": coordinate,
    "sampleid": lambda rng: rng.choice(SAMPLE_IDS),
    "samplemobile": lambda rng: rng.choice(SAMPLE_MOBILES),
}
