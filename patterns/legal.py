"""Laws and standards that a rule of ``patterns.severity`` rests on, in the version in force on a day.

A document is judged by what held when it was published and by what holds when it is found: where the two differ, both
are cited. ``checked=False``: the wording or number was never compared with the original, and the citation says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

UNCHECKED: Final = "（须复核原文）"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a law. ``since`` and ``until``: half-open, None is open. Days are of coming into force."""

    citation: str
    since: date | None = None
    until: date | None = None
    checked: bool = True  # compared with the original or a full reprint

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def __str__(self) -> str:
        return self.citation if self.checked else self.citation + UNCHECKED


_R2007: Final = date(2008, 5, 1)
_R2019: Final = date(2019, 5, 15)
_PIPL: Final = date(2021, 11, 1)


def _pipl(article: str, checked: bool) -> tuple[Version, ...]:
    return (Version(f"《个人信息保护法》{article}", _PIPL, checked=checked),)


def _regulation(article_2007: str, article_2019: str, checked: bool = True) -> tuple[Version, ...]:
    old = Version(f"《政府信息公开条例》（2007年公布）{article_2007}", _R2007, _R2019)
    return old, Version(f"《政府信息公开条例》（2019年修订）{article_2019}", _R2019, checked=checked)


LAWS: Final[dict[str, tuple[Version, ...]]] = {
    "privacy": _regulation("第十四条", "第十五条"),
    "secrets_disclosure": _regulation("第十四条", "第十四条"),
    "internal": _regulation("第十四条", "第十四条至第十六条", checked=False),
    "state_secrets": (Version("《保守国家秘密法》", checked=False),),
    "pipl_public": _pipl("第二十五条", True),
    "pipl_sensitive": _pipl("第二十八条", True),
    "pipl_minors": _pipl("第三十一条", False),
    "pipl_measures": _pipl("第五十一条", False),
    "pipl_deidentified": _pipl("第七十三条", False),
    "civil_code": (Version("《民法典》第一千零三十四条", date(2021, 1, 1), checked=False),),
    "student_aid": (Version("教财厅函〔2017〕28号", date(2017, 11, 27)),),
    "employment_aid": (
        Version(
            "人力资源社会保障部办公厅、财政部办公厅"
            "《关于在就业补助资金使用信息公开中进一步加强个人信息保护的通知》（2017年12月）",
            date(2017, 12, 1),  # the notes give the month only
        ),
    ),
    "yunnan": (Version("参照云南省人民政府办公厅2017年12月12日通知", date(2017, 12, 12)),),
    "anhui": (
        Version("安徽省政府办公厅《关于迅速开展涉及个人隐私政府信息排查工作的通知》", date(2017, 11, 9), checked=False),
    ),
    "yongan": (Version("参照永安市政府办2022年第四季度通报的格式要求", date(2023, 1, 1)),),
    "mental_health": (Version("《精神卫生法》第四条", date(2013, 5, 1)),),
    "aids": (Version("《艾滋病防治条例》第三十九条", date(2006, 3, 1), checked=False),),
    "minors": (Version("《未成年人保护法》第一百零三条", date(2021, 6, 1), checked=False),),
    "penalty_publicity": (Version("参照《行政处罚结果信息网上公示暂行办法》第七条"),),
    "guoban_2018": (
        Version("国务院办公厅《2018年政务公开工作要点》（惩戒公示、强制性信息披露除外）", date(2018, 1, 1)),
    ),
    "tax_arrears": (Version("《欠税公告办法（试行）》第五条"),),
    "defaulters": (Version("最高人民法院关于公布失信被执行人名单信息的规定"),),
    "deidentification": (Version("GB/T 37964-2019", date(2019, 1, 1)),),
    "sensitive_standard": (Version("GB/T 45574-2025", date(2025, 11, 1)),),
    "volume": (Version("参照办理侵犯公民个人信息刑事案件的50/500/5000条标准", date(2017, 6, 1)),),
}


def basis(code: str, published: date | None, found: date) -> str:
    """The citation of one law for a document, "" if it was not in force on either day. KeyError on an unknown code.

    >>> basis("privacy", date(2017, 6, 1), date(2017, 11, 20))
    '《政府信息公开条例》（2007年公布）第十四条'
    >>> basis("privacy", date(2017, 6, 1), date(2026, 1, 5))
    '《政府信息公开条例》（2007年公布）第十四条（发布时）、《政府信息公开条例》（2019年修订）第十五条（现行）'
    >>> basis("pipl_public", date(2017, 6, 1), date(2017, 11, 20))
    ''
    """
    versions = LAWS[code]
    then = [version for version in versions if version.in_force(published or found)]
    now = [version for version in versions if version.in_force(found)]
    if then and now and then != now:
        return "、".join([f"{version}（发布时）" for version in then] + [f"{version}（现行）" for version in now])
    return "、".join(str(version) for version in now or then)


def citations(codes: tuple[str, ...], published: date | None, found: date) -> str:
    """The citations of several laws, parted by semicolons; those not in force are left out."""
    each = (basis(code, published, found) for code in codes)
    return "；".join(text for text in each if text)
