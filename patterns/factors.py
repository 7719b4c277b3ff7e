"""What is known of one subject (a table row, a line, a sentence) and its document: the input of the severity table."""

from __future__ import annotations

from typing import Final


class Factor:
    """One bit a fact; sets of facts are plain integers, because enum flags cost a microsecond an operation.

    The first group are hits: each hit of a subject carries exactly one of them.
    """

    # --- hits -----------------------------------------------------------------------------------------------
    NAME: Final = 1 << 0  # a complete person's name (朱某某 and 张* are not)
    ID: Final = 1 << 1  # complete valid resident ID, 18 digits, or 15 under an ID header or label; permits 81/82/83/9…
    ID_MASKED_10: Final = 1 << 2  # a masked ID that still fits at most 10 people (patterns.masking)
    ID_MASKED_100: Final = 1 << 3  # 11…100
    ID_MASKED_1000: Final = 1 << 4  # 101…1,000
    ID_MASKED: Final = 1 << 5  # more than 1,000: sufficiently masked
    ID_DAMAGED: Final = 1 << 6  # under an ID header or in an ID column, but not valid (Excel …000, a typing error)
    MOBILE: Final = 1 << 7  # complete mobile number, not a hotline or sample
    MOBILE_MASKED: Final = 1 << 8
    LANDLINE: Final = 1 << 9  # complete landline of a person (home header or beside a person in a family/parent column)
    OFFICE_PHONE: Final = 1 << 10  # mobile or landline of an office, hotline, bidding agent, company
    BANK: Final = 1 << 11  # complete account: valid card, or any 12–23 digits under an account header
    BANK_MASKED: Final = 1 << 12
    ORG_ACCOUNT: Final = 1 << 13  # account of an organisation: 保证金账户, 对公账户 …
    ADDRESS: Final = 1 << 14  # home address finer than village/street: 组, 号, 栋, 单元, 室
    BIRTH_DATE: Final = 1 << 15  # complete birth date
    DISABILITY_NO: Final = 1 << 16
    STUDENT_NO: Final = 1 << 17
    OTHER_DOC: Final = 1 << 18  # passport, travel permit, military ID, driving licence file …
    EMAIL_IM: Final = 1 << 19  # personal e-mail, QQ, WeChat
    PLATE: Final = 1 << 20
    HEALTH: Final = 1 << 21  # an illness, diagnosis, pregnancy … of the subject
    HEALTH_SECRET: Final = 1 << 22  # secret by law: mental illness, HIV, victims of sexual offences, informants …
    DISABILITY: Final = 1 << 23  # a kind or grade of disability
    FAMILY: Final = 1 << 24  # marriage, births, income, reason of hardship, religion …
    SECRET_MARK: Final = 1 << 25  # 密级★期限 in a document's head
    INTERNAL_MARK: Final = 1 << 26  # 内部资料, 此件依申请公开 …: contradicts publication
    ID_PHOTO: Final = 1 << 43  # a photograph or scan of an ID card
    # --- of the subject -------------------------------------------------------------------------------------
    MINOR_14: Final = 1 << 27  # under fourteen at publication
    MINOR_18: Final = 1 << 28  # fourteen to seventeen
    OFFICIAL: Final = 1 << 29  # the subject acts in office: 书记, 河长, 值班 …
    THIRD_PARTY: Final = 1 << 30  # in a penalty document, someone else than the person punished
    SAMPLE: Final = 1 << 31  # a known sample value or a form's example
    CODE: Final = 1 << 32  # sits inside or is labelled as another code: permit, project, index, order number, URL
    LINKED: Final = 1 << 42  # what the mask hides stands under the same name elsewhere: at most 100 people are left
    # --- of the document ------------------------------------------------------------------------------------
    AID: Final = 1 << 33  # social assistance, poverty relief, housing, subsidies
    STUDENT_AID: Final = 1 << 34
    PENALTY: Final = 1 << 35  # administrative penalty
    RECRUIT: Final = 1 << 36  # recruitment, examinations
    LAWFUL: Final = 1 << 37  # disclosure with names and IDs ordered by law: 失信被执行人, 欠税公告
    TENDER: Final = 1 << 38  # procurement, bidding
    ROSTER: Final = 1 << 39  # duty and responsibility rosters of officials
    PERIOD_OVER: Final = 1 << 40  # the publicity period is over
    IN_PERIOD: Final = 1 << 41  # a notice within its publicity period


ALL: Final[tuple[int, ...]] = tuple(bit for bit in vars(Factor).values() if isinstance(bit, int))


def factor_names(factors: int) -> str:
    """The names of the bits, for messages and tests.

    >>> factor_names(Factor.NAME | Factor.ID)
    'NAME|ID'
    """
    return "|".join(name for name, bit in vars(Factor).items() if isinstance(bit, int) and bit & factors)
