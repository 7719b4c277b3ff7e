"""The severity table (notes §6): what is published together, how bad it is, on what law. Read it from the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from patterns.factors import ALL
from patterns.factors import Factor as F
from patterns.schema import Severity as L

# Every factor that is a hit, each on its own.
HITS: Final = tuple(factor for factor in ALL if factor <= F.INTERNAL_MARK or factor == F.ID_PHOTO)
MARKS: Final = F.SECRET_MARK | F.INTERNAL_MARK

_DOCUMENT: Final = F.ID | F.ID_MASKED_10 | F.OTHER_DOC | F.DISABILITY_NO | F.STUDENT_NO
_CONTACT: Final = F.MOBILE | F.LANDLINE | F.ADDRESS
_IDENTIFIER: Final = _DOCUMENT | _CONTACT | F.BANK
_AID: Final = F.AID | F.STUDENT_AID
_NOTHING: Final = 0
_PERSONAL: Final = sum(HITS) & ~MARKS


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. It applies when all of ``needs``, one of ``any_of`` and none of ``forbids`` are there."""

    code: str  # what a hit's severity_rule says
    level: L
    needs: int
    zh: str
    en: str
    basis: tuple[str, ...] = ()  # keys of patterns.legal.LAWS
    any_of: int = _NOTHING
    forbids: int = _NOTHING
    lawful: bool = False  # an order to publish names and IDs covers it: 失信被执行人, 欠税公告
    contact: bool = False  # contact data: one level down for people in office and in procurement, not below LOW

    def applies(self, factors: int) -> bool:
        asked = self.needs & factors == self.needs and (not self.any_of or bool(self.any_of & factors))
        return asked and not self.forbids & factors


_PRIVACY: Final = ("privacy", "pipl_public")

RULES: Final = (
    # --- 涉密线索 ---
    Rule("S01", L.SECRET, F.SECRET_MARK, "文首有密级标志", "a mark of state secrecy stands in the document's head",
         ("secrets_disclosure", "state_secrets")),
    # --- 严重 ---
    Rule("S02", L.CRITICAL, F.ID | F.NAME, "完整有效的身份证号与姓名同时公开", "a complete ID number with the name",
         (*_PRIVACY, "pipl_measures", "anhui", "student_aid", "employment_aid"), lawful=True),
    Rule("S03", L.CRITICAL, F.ID_MASKED_10 | F.NAME, "身份证号虽有遮挡，结合同行信息至多对应10人，等于未脱敏",
         "the masked ID number with the name still fits at most 10 people",
         ("privacy", "pipl_deidentified", "deidentification"), lawful=True),
    Rule("S04", L.CRITICAL, F.ID_MASKED_10, "身份证号遮挡后至多对应10人，等于未脱敏",
         "the masked ID number still fits at most 10 people", ("privacy", "pipl_deidentified", "deidentification"),
         lawful=True),
    Rule("S05", L.CRITICAL, F.NAME | F.BANK, "姓名与完整银行账号同时公开", "a complete bank account with the name",
         ("privacy", "pipl_sensitive", "student_aid", "employment_aid")),
    Rule("S06", L.CRITICAL, F.HEALTH_SECRET, "依法必须保密的健康或案件情况可以对应到具体个人",
         "what the law keeps secret (mental illness, HIV, victims, informants) of an identifiable person",
         ("mental_health", "aids", "privacy", "pipl_sensitive"), any_of=F.NAME | _IDENTIFIER),
    Rule("S07", L.CRITICAL, F.DISABILITY_NO, "残疾人证号（内含身份证号、残疾类别和等级）公开",
         "a disability certificate's number: it holds the ID number, the kind and the grade",
         ("privacy", "pipl_sensitive", "sensitive_standard")),
    Rule("S08", L.CRITICAL, F.NAME | F.HEALTH, "姓名、病情与证件号、住址或电话同时公开",
         "name and illness with an ID number, address or phone", ("privacy", "pipl_sensitive"), any_of=_IDENTIFIER),
    Rule("S09", L.CRITICAL, F.NAME | F.DISABILITY, "姓名、残疾情况与证件号、住址或电话同时公开",
         "name and disability with an ID number, address or phone", ("privacy", "pipl_sensitive", "employment_aid"),
         any_of=_IDENTIFIER),
    Rule("S10", L.CRITICAL, F.MINOR_14 | F.NAME, "不满十四周岁未成年人的姓名与可识别信息同时公开",
         "a child under fourteen, named, with identifying or sensitive data",
         ("privacy", "pipl_sensitive", "pipl_minors", "minors"), any_of=_IDENTIFIER | F.HEALTH | F.DISABILITY),
    Rule("S11", L.CRITICAL, F.STUDENT_NO | F.NAME, "学籍号（内含身份证号或出生日期）与姓名同时公开",
         "a student number (it holds the ID number or birth date) with the name", ("privacy", "student_aid", "minors")),
    Rule("S44", L.CRITICAL, F.ID_PHOTO, "居民身份证的照片或扫描件公开", "a photograph or scan of an ID card",
         ("privacy", "pipl_sensitive", "sensitive_standard")),
    # --- 高 ---
    Rule("S12", L.HIGH, F.ID, "身份证号与病情或残疾情况同时公开", "an illness or disability with an ID number",
         ("privacy", "pipl_sensitive"), any_of=F.HEALTH | F.DISABILITY),
    Rule("S13", L.HIGH, F.ID, "完整有效的身份证号公开，可以唯一识别到人", "a complete ID number identifies one person",
         _PRIVACY, lawful=True),
    Rule("S14", L.HIGH, F.STUDENT_NO, "学籍号公开，可以唯一识别到学生", "a student number identifies one pupil",
         ("privacy", "student_aid")),
    Rule("S15", L.HIGH, F.NAME | F.HEALTH, "姓名与病情同时公开", "an illness with the name",
         ("privacy", "pipl_sensitive")),
    Rule("S16", L.HIGH, F.NAME | F.DISABILITY, "姓名与残疾情况同时公开", "a disability with the name",
         ("privacy", "pipl_sensitive", "employment_aid")),
    Rule("S17", L.HIGH, F.NAME | F.MOBILE, "救助、补贴或助学对象的姓名与完整手机号同时公开，易被精准诈骗",
         "name and mobile number of someone on aid: material for targeted fraud", ("privacy", "yunnan", "student_aid"),
         any_of=_AID, contact=True),
    Rule("S18", L.HIGH, F.NAME | F.ADDRESS, "救助、补贴或助学对象的姓名与门牌级住址同时公开",
         "name and home address of someone on aid", ("privacy", "yunnan", "yongan"), any_of=_AID),
    Rule("S19", L.HIGH, F.NAME | F.OTHER_DOC, "姓名与其他证件号码同时公开", "another document's number with the name",
         _PRIVACY),
    Rule("S20", L.HIGH, F.ID_MASKED_100 | F.NAME, "身份证号虽有遮挡，仍只对应11至100人，与姓名同时公开",
         "the masked ID number with the name still fits 11 to 100 people", ("privacy", "deidentification"),
         lawful=True),
    Rule("S21", L.HIGH, F.ID_MASKED_100, "身份证号遮挡后仍只对应11至100人",
         "the masked ID number still fits 11 to 100 people", ("privacy", "deidentification"), lawful=True),
    Rule("S43", L.HIGH, F.NAME | F.LINKED, "身份证号虽有遮挡，与其他文档中同名者公开的号码拼接后至多对应100人",
         "put together with what other documents show of that name, the masked ID number fits at most 100 people",
         ("privacy", "pipl_deidentified", "deidentification"),
         any_of=F.ID_MASKED | F.ID_MASKED_1000 | F.ID_MASKED_100 | F.ID_MASKED_10, lawful=True),
    Rule("S46", L.HIGH, F.NAME | F.PENALTY, "行政处罚信息写出了未成年人的姓名",
         "a minor is named in a penalty document", ("penalty_publicity", "minors"), any_of=F.MINOR_14 | F.MINOR_18),
    # --- 中: of two at one level the first is named, so what a page is about comes before what stands together ---
    Rule("S31", L.MEDIUM, F.PENALTY, "行政处罚信息未隐去自然人的住址或电话",
         "address or phone of a private person in a penalty document", ("penalty_publicity", "privacy"),
         any_of=_CONTACT),
    Rule("S22", L.MEDIUM, F.NAME | F.MOBILE | F.ROSTER, "值班表或责任人名单中公开了姓名和个人手机号",
         "names and personal mobile numbers in a duty or responsibility roster", ("yongan", "privacy")),
    Rule("S23", L.MEDIUM, F.MOBILE | F.ROSTER, "值班表或责任人名单中公开了个人手机号",
         "personal mobile numbers in a duty or responsibility roster", ("yongan", "privacy")),
    Rule("S24", L.MEDIUM, F.NAME | F.MOBILE, "姓名与完整手机号同时公开", "a complete mobile number with the name",
         ("privacy", "civil_code", "anhui", "yunnan"), forbids=F.ROSTER, contact=True),
    Rule("S25", L.MEDIUM, F.NAME | F.LANDLINE, "姓名与家庭电话同时公开", "a home telephone with the name",
         ("privacy", "yunnan"), contact=True),
    Rule("S26", L.MEDIUM, F.NAME | F.ADDRESS, "姓名与门牌级住址同时公开", "a home address with the name",
         ("privacy", "anhui", "yunnan", "yongan"), contact=True),
    Rule("S45", L.MEDIUM, F.ADDRESS, "门牌级住址与完整证件号码同时公开，未见姓名",
         "a home address with a complete ID number", ("privacy", "anhui", "yunnan", "yongan"), any_of=_DOCUMENT,
         contact=True),
    Rule("S27", L.MEDIUM, F.NAME | F.BIRTH_DATE, "姓名与完整出生日期同时公开", "a complete birth date with the name",
         ("privacy", "student_aid", "employment_aid"), lawful=True),
    Rule("S28", L.MEDIUM, F.NAME | F.FAMILY, "姓名与婚育、收入或困难原因同时公开",
         "marriage, income or the reason of hardship with the name", ("privacy", "student_aid", "employment_aid")),
    Rule("S29", L.MEDIUM, F.ID_MASKED_1000 | F.NAME, "身份证号遮挡不足，仍只对应101至1000人，与姓名同时公开",
         "the masked ID number with the name still fits 101 to 1,000 people", ("privacy", "deidentification"),
         lawful=True),
    Rule("S30", L.MEDIUM, F.ID_MASKED_1000, "身份证号遮挡不足，仍只对应101至1000人",
         "the masked ID number still fits 101 to 1,000 people", ("privacy", "deidentification"), lawful=True),
    Rule("S32", L.MEDIUM, F.PENALTY | F.THIRD_PARTY | F.NAME, "行政处罚信息写出了被处罚人以外的自然人姓名",
         "someone else than the person punished is named", ("penalty_publicity",)),
    Rule("S33", L.MEDIUM, F.ID_DAMAGED, "身份证号列中的号码失真或有误，仍可能还原",
         "a damaged number in an ID column: it may be restored", ("privacy",)),
    Rule("S34", L.MEDIUM, F.BANK, "完整的个人银行账号公开", "a complete bank account", ("privacy", "pipl_sensitive")),
    Rule("S35", L.MEDIUM, F.OTHER_DOC, "其他证件号码公开", "another document's number", ("privacy",)),
    Rule("S36", L.MEDIUM, F.INTERNAL_MARK, "文件自带的内部、不予公开或依申请公开标志与公开状态矛盾",
         "the document's own mark says that it must not be published", ("internal",)),
    # --- 低 ---
    Rule("S37", L.LOW, F.NAME | F.PERIOD_OVER, "救助、补贴或助学名单超过公示期仍未撤下",
         "a list of people on aid is still there after its publicity period", ("student_aid", "privacy"), any_of=_AID),
    Rule("S38", L.LOW, F.NAME, "姓名与个人邮箱、QQ、微信或车牌同时公开",
         "e-mail, QQ, WeChat or licence plate with the name", ("privacy", "civil_code"), any_of=F.EMAIL_IM | F.PLATE),
    Rule("S39", L.LOW, F.MOBILE, "完整手机号公开，未见机主姓名", "a complete mobile number of an unknown person",
         ("privacy",), contact=True),
    Rule("S40", L.LOW, F.LANDLINE, "家庭电话公开，未见姓名", "a home telephone of an unknown person", ("privacy",),
         contact=True),
    # --- 提示 ---
    Rule("S41", L.INFO, F.NAME | F.IN_PERIOD, "公示期内的救助、补贴或助学名单，到期应撤下",
         "a list of people on aid within its publicity period, to be taken down afterwards", ("student_aid",),
         any_of=_AID),
    Rule("S42", L.INFO, F.NAME, "姓名旁的号码已充分遮挡", "the number beside the name is sufficiently masked",
         ("deidentification",), any_of=F.ID_MASKED | F.MOBILE_MASKED | F.BANK_MASKED),
    # --- 佐证: no finding by itself ---
    Rule("S50", L.SUPPORTING, F.SAMPLE, "示例或样表中的值", "a sample value", any_of=_PERSONAL),
    Rule("S51", L.SUPPORTING, F.CODE, "其他编号的一部分", "part of another code", any_of=_PERSONAL),
    Rule("S52", L.SUPPORTING, F.NAME, "仅有姓名", "a name alone"),
    Rule("S53", L.SUPPORTING, F.OFFICE_PHONE, "单位电话或热线", "an office's phone or hotline"),
    Rule("S54", L.SUPPORTING, F.ORG_ACCOUNT, "单位账户", "an organisation's account"),
    Rule("S55", L.SUPPORTING, 0, "号码已充分遮挡", "a sufficiently masked number",
         any_of=F.ID_MASKED | F.MOBILE_MASKED | F.BANK_MASKED),
    Rule("S56", L.SUPPORTING, 0, "未见对应的个人", "no person is named with it",
         any_of=F.ADDRESS | F.BIRTH_DATE | F.EMAIL_IM | F.PLATE | F.HEALTH | F.HEALTH_SECRET | F.DISABILITY | F.FAMILY),
)  # fmt: skip
