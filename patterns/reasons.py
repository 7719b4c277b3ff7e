"""Words for what the matcher says in codes: entity types, severities, signals, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from patterns.schema import Severity

_ENTITIES: Final = {
    "RESIDENT_ID": ("身份证号", "resident ID number"),
    "MOBILE": ("手机号", "mobile number"),
    "LANDLINE": ("固定电话", "landline number"),
    "BANK_CARD": ("银行卡号", "bank card number"),
    "EMAIL": ("电子邮箱", "e-mail address"),
    "PERSON_NAME": ("姓名", "person's name"),
}
_SEVERITIES: Final = {
    Severity.SUPPORTING: ("佐证", "supporting"),
    Severity.INFO: ("提示", "info"),
    Severity.LOW: ("低", "low"),
    Severity.MEDIUM: ("中", "medium"),
    Severity.HIGH: ("高", "high"),
    Severity.CRITICAL: ("严重", "critical"),
    Severity.SECRET: ("涉密线索", "secret"),
}


def entity_name(entity_type: str, lang: str = "zh") -> str:
    """The entity type as a clerk calls it; ``lang`` is "zh" or "en"."""
    zh, en = _ENTITIES.get(entity_type, (entity_type, entity_type))
    return zh if lang == "zh" else en


def severity_name(severity: int, lang: str = "zh") -> str:
    zh, en = _SEVERITIES[Severity(severity)]
    return zh if lang == "zh" else en


def reason(entity_type: str, severity_rule: str, signals: Sequence[str], lang: str = "zh") -> str:
    """One sentence that says why a hit has its level."""
    return ""
