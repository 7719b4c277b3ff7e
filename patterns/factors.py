"""What is known of one subject (a table row, a line, a sentence) and its document: the input of the severity table."""

from __future__ import annotations

from enum import IntFlag, auto


class Factor(IntFlag):
    """One bit a fact. The first group are hits: each hit of a subject carries exactly one of them."""

    # --- hits -----------------------------------------------------------------------------------------------
    NAME = auto()  # a complete person's name (朱某某 and 张* are not)
    ID = auto()  # complete valid resident ID, 18 digits, or 15 under an ID header or label; permits 81/82/83/9…
    ID_MASKED_10 = auto()  # a masked ID that still fits at most 10 people (patterns.masking)
    ID_MASKED_100 = auto()  # 11…100
    ID_MASKED_1000 = auto()  # 101…1,000
    ID_MASKED = auto()  # more than 1,000: sufficiently masked
    ID_DAMAGED = auto()  # under an ID header or in an ID column, but not valid (Excel …000, a typing error)
    MOBILE = auto()  # complete mobile number, not a hotline or sample
    MOBILE_MASKED = auto()
    LANDLINE = auto()  # complete landline of a person (home header or beside a person in a family/parent column)
    OFFICE_PHONE = auto()  # mobile or landline of an office, hotline, bidding agent, company
    BANK = auto()  # complete account: valid card, or any 12–23 digits under an account header
    BANK_MASKED = auto()
    ORG_ACCOUNT = auto()  # account of an organisation: 保证金账户, 对公账户 …
    ADDRESS = auto()  # home address finer than village/street: 组, 号, 栋, 单元, 室
    BIRTH_DATE = auto()  # complete birth date
    DISABILITY_NO = auto()
    STUDENT_NO = auto()
    OTHER_DOC = auto()  # passport, travel permit, military ID, driving licence file …
    EMAIL_IM = auto()  # personal e-mail, QQ, WeChat
    PLATE = auto()
    HEALTH = auto()  # an illness, diagnosis, pregnancy … of the subject
    HEALTH_SECRET = auto()  # secret by law: mental illness, HIV, victims of sexual offences, informants …
    DISABILITY = auto()  # a kind or grade of disability
    FAMILY = auto()  # marriage, births, income, reason of hardship, religion …
    SECRET_MARK = auto()  # 密级★期限 in a document's head
    INTERNAL_MARK = auto()  # 内部资料, 此件依申请公开 …: contradicts publication
    # --- of the subject -------------------------------------------------------------------------------------
    MINOR_14 = auto()  # under fourteen at publication
    MINOR_18 = auto()  # fourteen to seventeen
    OFFICIAL = auto()  # the subject acts in office: 书记, 河长, 值班 …
    THIRD_PARTY = auto()  # in a penalty document, someone else than the person punished
    SAMPLE = auto()  # a known sample value or a form's example
    CODE = auto()  # sits inside or is labelled as another code: permit, project, index, order number, URL
    # --- of the document ------------------------------------------------------------------------------------
    AID = auto()  # social assistance, poverty relief, housing, subsidies
    STUDENT_AID = auto()
    PENALTY = auto()  # administrative penalty
    RECRUIT = auto()  # recruitment, examinations
    LAWFUL = auto()  # disclosure with names and IDs ordered by law: 失信被执行人, 欠税公告
    TENDER = auto()  # procurement, bidding
    ROSTER = auto()  # duty and responsibility rosters of officials
    PERIOD_OVER = auto()  # the publicity period is over
    IN_PERIOD = auto()  # a notice within its publicity period
