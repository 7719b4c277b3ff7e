"""Sentences for what the matcher says in codes: entity types, severities, signals, rules; in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from patterns.legal import citations
from patterns.schema import Severity
from patterns.severity import ADJUSTMENT_BASIS, rule
from patterns.signal_words import DETAILS, SIGNALS, THINGS, Words

_ENTITIES: Final[dict[str, Words]] = {
    "RESIDENT_ID": ("身份证号", "resident ID number"),
    "MASKED_ID": ("遮挡的身份证号", "masked ID number"),
    "DAMAGED_ID": ("失真的身份证号", "damaged ID number"),
    "ID_PHOTO": ("身份证照片或扫描件", "photograph or scan of an ID card"),
    "RESIDENCE_PERMIT": ("港澳台居民居住证号", "residence permit number"),
    "PERMANENT_RESIDENCE_ID": ("外国人永久居留证号", "permanent residence ID number"),
    "SOCIAL_SECURITY_NO": ("社会保障号码", "social security number"),
    "STUDENT_NO": ("学籍号", "student number"),
    "DISABILITY_NO": ("残疾人证号", "disability certificate number"),
    "TAX_NO": ("个体户纳税人识别号", "sole trader's tax number"),
    "PASSPORT": ("护照号", "passport number"),
    "TRAVEL_PERMIT": ("通行证号", "travel permit number"),
    "MILITARY_ID": ("军人证件号", "military ID number"),
    "MOBILE": ("手机号", "mobile number"),
    "LANDLINE": ("固定电话", "landline number"),
    "MASKED_PHONE": ("遮挡的电话", "masked phone number"),
    "BANK_CARD": ("银行卡号", "bank card number"),
    "BANK_ACCOUNT": ("银行账号", "bank account"),
    "MASKED_BANK": ("遮挡的银行账号", "masked bank account"),
    "EMAIL": ("电子邮箱", "e-mail address"),
    "QQ": ("QQ号", "QQ number"),
    "WECHAT": ("微信号", "WeChat name"),
    "PERSON_NAME": ("姓名", "person's name"),
    "ADDRESS": ("详细住址", "home address"),
    "BIRTH_DATE": ("出生日期", "birth date"),
    "VEHICLE_PLATE": ("车牌号", "licence plate"),
    "HEALTH": ("病情", "illness"),
    "DISABILITY": ("残疾情况", "disability"),
    "FAMILY": ("婚育、收入或困难原因", "marriage, income or hardship"),
    "SECRET_MARK": ("密级标志", "mark of state secrecy"),
    "INTERNAL_MARK": ("不公开标志", "mark against publication"),
    "TRADE_SECRET_MARK": ("商业秘密标志", "mark of a trade secret"),
}
_SEVERITIES: Final[dict[Severity, Words]] = {
    Severity.SUPPORTING: ("佐证", "supporting"),
    Severity.INFO: ("提示", "info"),
    Severity.LOW: ("低", "low"),
    Severity.MEDIUM: ("中", "medium"),
    Severity.HIGH: ("高", "high"),
    Severity.CRITICAL: ("严重", "critical"),
    Severity.SECRET: ("涉密线索", "secret"),
}
_MASK: Final = re.compile(r"R=(\d+)")


def entity_types() -> tuple[str, ...]:
    """The code of every kind of value."""
    return tuple(_ENTITIES)


def entity_name(entity_type: str, lang: str = "zh") -> str:
    """The entity type as a clerk calls it; ``lang`` is "zh" or "en". A type without words stands for itself."""
    return _pick(_ENTITIES.get(entity_type, (entity_type, entity_type)), lang)


def severity_name(severity: int, lang: str = "zh") -> str:
    return _pick(_SEVERITIES[Severity(severity)], lang)


def signal_words(signal: str, lang: str = "zh") -> str:
    """One signal in words; a code without words stands for itself.

    >>> signal_words("header:身份证号"), signal_words("mask:R=1;birth")
    ('列名“身份证号”', '遮挡后只对应1人（结合出生日期）')
    """
    name, _, detail = signal.partition(":")
    if name not in SIGNALS:
        return signal
    return _pick(SIGNALS[name], lang).replace("{}", _detail(name, detail, lang))


def reason(entity_type: str, severity_rule: str, signals: Sequence[str], lang: str = "zh") -> str:
    """One sentence that says why a hit has its level: what it stands with, how it was checked, and the rule.

    >>> reason("RESIDENT_ID", "S02", ["row:name", "header:身份证号", "check:checksum,date"])
    '身份证号与姓名同在一行，列名“身份证号”，校验位和出生日期均正确：完整有效的身份证号与姓名同时公开'
    """
    beside = [signal_words(signal, lang) for signal in signals if signal.startswith(("row:", "line:"))]
    rest = [signal_words(signal, lang) for signal in signals if not signal.startswith(("row:", "line:"))]
    name, clauses = entity_name(entity_type, lang), list(dict.fromkeys(clause for clause in rest if clause))
    if lang != "zh":
        return _with_rule(", ".join([name, *dict.fromkeys(beside), *clauses]), severity_rule, lang)
    return _with_rule("，".join([name + "".join(beside[:1]), *beside[1:], *clauses]), severity_rule, lang)


def case_sentence(
    severity: int,
    severity_rule: str,
    counts: Mapping[str, int],
    lang: str = "zh",
    *,
    people: int = 0,
    adjusted: Sequence[str] = (),
    published: date | None = None,
    found: date | None = None,
) -> str:
    """Why a case has its level: the rule, what moved it, how much of what, and, with ``found``, the law.

    counts: hits by entity type; people: how many, 0 for unknown; adjusted: ``Verdict.adjusted`` and "up:volume".

    >>> case_sentence(5, "S02", {"RESIDENT_ID": 12, "MOBILE": 8}, people=12)
    '定为“严重”：完整有效的身份证号与姓名同时公开；涉及12人（身份证号12个、手机号8个）'
    """
    row = rule(severity_rule)
    parts = [_pick((row.zh, row.en), lang) if row else severity_rule, *(signal_words(code, lang) for code in adjusted)]
    parts += [_amount(counts, people, lang)]
    if row and found:
        laws = row.basis + tuple(law for code in adjusted for law in ADJUSTMENT_BASIS.get(code, ()))
        cited = citations(laws, published, found)
        parts += [_pick(("依据：", "on: "), lang) + cited] if cited else []
    level, stop = severity_name(severity, lang), _pick(("；", "; "), lang)
    return _pick((f"定为“{level}”：", f"{level}: "), lang) + stop.join(part for part in parts if part)


def _pick(words: Words, lang: str) -> str:
    return words[0] if lang == "zh" else words[1]


def _with_rule(sentence: str, severity_rule: str, lang: str) -> str:
    row = rule(severity_rule)
    return sentence if row is None else sentence + _pick((f"：{row.zh}", f": {row.en}"), lang)


def _amount(counts: Mapping[str, int], people: int, lang: str) -> str:
    listed = _pick(("、", ", "), lang).join(
        _pick((f"{entity_name(entity, lang)}{count}个", f"{entity_name(entity, lang)} × {count}"), lang)
        for entity, count in counts.items()
        if count
    )
    if not people:
        return listed
    return _pick((f"涉及{people}人", f"{people} {'person' if people == 1 else 'people'}"), lang) + (
        _pick((f"（{listed}）", f" ({listed})"), lang) if listed else ""
    )


def _detail(name: str, detail: str, lang: str) -> str:
    if name == "mask":
        return _mask(detail, lang)
    if name == "check":
        return _checks(detail, lang)
    words = DETAILS[name].get(detail) if name in DETAILS else None
    if words is None and name in ("header", "label", "row", "line"):
        each = [THINGS.get(part.lower(), (part, part)) for part in detail.split("|")]
        return _pick(("、", ", "), lang).join(_pick(part, lang) for part in each)
    return _pick(words, lang) if words else detail or _pick(("其他编号", "another code"), lang)


def _checks(detail: str, lang: str) -> str:
    each = [_pick(DETAILS["check"].get(check.partition(":")[0], (check, check)), lang) for check in detail.split(",")]
    if lang != "zh":
        return " and ".join(each) + (" is" if len(each) == 1 else " are")
    return "和".join(each) + ("均" if len(each) > 1 else "")


def _mask(detail: str, lang: str) -> str:
    """R=1;birth: how many people the mask leaves, and what else in the row narrowed it."""
    people = _MASK.match(detail)
    known = [_pick(THINGS.get(part, (part, part)), lang) for part in detail.split(";")[1:] if part]
    how = _pick(("、", ", "), lang).join(known)
    left = people[1] if people else detail
    zh = f"遮挡后只对应{left}人" + (f"（结合{how}）" if how else "")
    return _pick(
        (zh, f"the mask leaves {left} " + ("person" if left == "1" else "people") + (f" (with {how})" if how else "")),
        lang,
    )
