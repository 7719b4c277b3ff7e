"""What a table column or a labelled value holds, and which word of the lists says so."""

from __future__ import annotations

from functools import cache
from typing import Final

from patterns.lexicons import words


class ColumnKind:
    """Bits, because one header cell may name several: 姓名/身份证号 is NAME | ID. ``NONE`` is no header."""

    NONE: Final = 0
    NAME: Final = 1 << 0
    ID: Final = 1 << 1  # resident ID; ID | ID_OTHER (证件号码): of any document, so what is no ID is not damaged
    ID_OTHER: Final = 1 << 2  # passport, student card, medical insurance … number
    MOBILE: Final = 1 << 3  # a person's mobile
    PHONE: Final = 1 << 4  # a person's phone of either kind: 家庭电话, 联系方式
    PHONE_NEUTRAL: Final = 1 << 5  # 联系电话: a person's or an office's
    OFFICE_PHONE: Final = 1 << 6  # 监督电话, 传真, 单位电话
    BANK: Final = 1 << 7
    ORG_ACCOUNT: Final = 1 << 8  # 保证金账户, 对公账户
    ADDRESS: Final = 1 << 9
    BIRTH: Final = 1 << 10
    AGE: Final = 1 << 11
    SEX: Final = 1 << 12
    HEALTH: Final = 1 << 13
    DISABILITY: Final = 1 << 14
    FAMILY: Final = 1 << 15  # income, marriage, births, reason of hardship
    AMOUNT: Final = 1 << 16  # money, area, count, mark: a number that identifies nobody
    CODE: Final = 1 << 17  # 编号, 许可证号, 项目代码: a number that is no person's
    ORG: Final = 1 << 18  # 单位名称, 企业名称, 开户行
    RELATION: Final = 1 << 19
    MINOR: Final = 1 << 20  # 班级, 学校: columns that lists of pupils have
    STUDENT_NO: Final = 1 << 21
    DISABILITY_NO: Final = 1 << 22
    PLATE: Final = 1 << 23
    EMAIL: Final = 1 << 24
    QQ: Final = 1 << 25
    WECHAT: Final = 1 << 26
    OFFICIAL: Final = 1 << 27  # an office or post; with NAME or a phone: of someone who acts in office (河长, 责任人)
    SEQ: Final = 1 << 28  # 序号
    REMARK: Final = 1 << 29  # 备注, or without a header and with an illness in it: a cell that says only that counts


def kind_names(kinds: int) -> str:
    """The names of the bits, for signals and tests.

    >>> kind_names(ColumnKind.NAME | ColumnKind.ID)
    'NAME|ID'
    """
    return "|".join(name for name, bit in vars(ColumnKind).items() if isinstance(bit, int) and bit & kinds)


K = ColumnKind
PHONES: Final = K.MOBILE | K.PHONE | K.PHONE_NEUTRAL
# Columns whose values identify someone by themselves, and columns that are sensitive beside a name.
IDENTIFYING: Final = K.ID | K.BANK | K.STUDENT_NO | K.DISABILITY_NO | K.QQ | K.WECHAT
OF_A_PERSON: Final = PHONES | K.ID_OTHER | K.ADDRESS | K.BIRTH | K.HEALTH | K.DISABILITY | K.FAMILY | K.PLATE | K.EMAIL

# Later lists override earlier ones: the header_* lists correct what a context word means as a column.
_CONTEXT: Final = (
    ("ctx_name_header", K.NAME),
    ("ctx_id", K.ID),
    ("ctx_id_doc_other", K.ID_OTHER),
    ("ctx_mobile", K.PHONE),
    ("ctx_phone_neutral", K.PHONE_NEUTRAL),
    ("ctx_bank", K.BANK),
    ("ctx_bank_org", K.ORG_ACCOUNT),
    ("ctx_email_im", K.EMAIL),
    ("ctx_address", K.ADDRESS),
    ("dismiss_hotline_label", K.OFFICE_PHONE),
    ("dismiss_number_label", K.CODE),
)
_VALUES: Final = (
    ("header_id_or_other", K.ID | K.ID_OTHER),
    ("header_id_other", K.ID_OTHER),
    ("header_bank", K.BANK),
    ("header_phone", K.PHONE),
    ("header_office_phone", K.OFFICE_PHONE),
    ("header_name_phone", K.NAME | K.PHONE_NEUTRAL),
    ("header_birth", K.BIRTH),
    ("header_code", K.CODE),
    ("header_student_no", K.STUDENT_NO),
    ("header_disability_no", K.DISABILITY_NO),
    ("header_plate", K.PLATE),
    ("header_email", K.EMAIL),
    ("header_qq", K.QQ),
    ("header_wechat", K.WECHAT),
    ("header_amount", K.AMOUNT),
)
_COLUMNS: Final = (
    ("header_name", K.NAME),
    ("header_address", K.ADDRESS),
    ("header_age", K.AGE),
    ("header_sex", K.SEX),
    ("header_health", K.HEALTH),
    ("header_disability", K.DISABILITY),
    ("header_family", K.FAMILY),
    ("header_org", K.ORG),
    ("header_relation", K.RELATION),
    ("header_minor", K.MINOR),
    ("header_official", K.OFFICIAL),
    ("header_seq", K.SEQ),
    ("header_not", K.NONE),
)
_MOBILE_WORDS: Final = ("手机", "移动电话", "小灵通", "mobile", "sjh")


def _kind_of(word: str, kind: int) -> int:
    return K.MOBILE if kind == K.PHONE and any(part in word for part in _MOBILE_WORDS) else kind


def _merge(*lists: tuple[str, int]) -> dict[str, int]:
    return {word: _kind_of(word, kind) for name, kind in lists for word in words(name)}


@cache
def header_words() -> dict[str, int]:
    """Every word that may stand alone in a header cell, normalised."""
    people = (("ctx_official_role", K.NAME | K.OFFICIAL), ("header_official_name", K.NAME | K.OFFICIAL))
    return _merge(*people, *_CONTEXT, *_VALUES, *_COLUMNS)


@cache
def label_words() -> dict[str, int]:
    """Every word that may announce a value in running text, normalised; not single characters, as in 1200元."""
    people = (("ctx_official_role", K.OFFICIAL), ("header_official_name", K.OFFICIAL))
    inline = {word.rstrip(":"): K.NAME for word in words("ctx_name_inline")}
    all_words = inline | _merge(*people, *_CONTEXT, *_VALUES)
    return {word: kind for word, kind in all_words.items() if len(word) > (2 if word.isascii() else 1) or word == "qq"}
