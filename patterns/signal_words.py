"""What the matcher's signal codes mean, in Chinese and English. A signal is ``name`` or ``name:detail``."""

from __future__ import annotations

from typing import Final

Words = tuple[str, str]  # Chinese, English

# ``{}`` is the detail, translated by the table of the same name in DETAILS where there is one.
SIGNALS: Final[dict[str, Words]] = {
    "header": ("列名“{}”", "column “{}”"),
    "label": ("标签“{}”", "label “{}”"),
    "row": ("与{}同在一行", "in one row with {}"),
    "line": ("与{}同在一句", "in one sentence with {}"),
    "check": ("{}正确", "{} right"),
    "region": ("行政区划代码{}吻合", "region code known to {}"),
    "column": ("{}", "{}"),
    "mask": ("{}", "{}"),
    "code": ("属于{}", "part of {}"),
    "prefix": ("{}", "{}"),
    "sample": ("为示例或样表中的值", "a sample value"),
    "office": ("为单位电话", "an office's phone"),
    "hotline": ("为热线或服务号码", "a hotline or service number"),
    "organisation": ("为单位账户", "an organisation's account"),
    "official": ("当事人为履职人员", "of someone who acts in office"),
    "agent": ("为招标代理或企业联系电话", "a bidding agent's or company's phone"),
    "url": ("位于网址或文件名中", "inside a URL or file name"),
    "hidden": ("位于隐藏内容中", "in hidden content"),
    "split": ("号码被空格、换行或符号隔开", "its digits are parted by spaces, line breaks or signs"),
    "cells": ("号码分散在相邻单元格", "its digits are spread over neighbouring cells"),
    "fullwidth": ("用全角字符书写", "written in full-width characters"),
    "excel": ("被表格软件改写，末位丢失", "its last digits were lost in a spreadsheet"),
    "title": ("标题含“{}”", "the title says “{}”"),
    "period": ("{}", "{}"),
    "linked": ("与另一文档中的号码指向同一人", "points to the same person as a number in another document"),
    "minor": ("涉及未成年人", "of a minor"),
    "down": ("{}", "{}"),
    "up": ("{}", "{}"),
}

DETAILS: Final[dict[str, dict[str, Words]]] = {
    "check": {
        "checksum": ("校验位", "check digit"),
        "date": ("出生日期", "birth date"),
        "luhn": ("卡号校验位", "card's check digit"),
        "bin": ("发卡行标识", "issuer number"),
        "prefix": ("号段", "prefix"),
        "region": ("行政区划代码", "region code"),
        "length": ("位数", "length"),
    },
    "region": {"6": ("六位", "all six digits"), "4": ("前四位", "four digits"), "2": ("前两位", "two digits")},
    "column": {
        "inferred": ("按同列其他号码推断为证件号列", "its column is taken for an ID column from the other values"),
    },
    "code": {
        "permit": ("许可证编号", "a permit's number"),
        "construction_permit": ("施工许可证编号", "a construction permit's number"),
        "planning_permit": ("规划许可证编号", "a planning permit's number"),
        "registration_no": ("工商注册号", "a business registration number"),
        "credit_code": ("统一社会信用代码", "a social credit code"),
        "project_code": ("投资项目代码", "a project code"),
        "index_number": ("索引号", "an index number"),
        "timestamp": ("时间戳", "a timestamp"),
        "barcode": ("条码", "a barcode"),
        "url": ("网址", "a URL"),
        "file_name": ("文件名", "a file name"),
        "guid": ("系统标识", "a system's identifier"),
        "decimal": ("小数或坐标", "a decimal or coordinate"),
        "token": ("更长的字符串", "a longer string"),
        "column": ("编号列", "a column of codes"),
        "label": ("标有其他编号名称的编号", "a code by its label"),
    },
    "prefix": {
        "unknown": ("号段未见核发", "its prefix was never granted"),
        "virtual": ("虚拟运营商号段", "a virtual carrier's prefix"),
        "satellite": ("卫星电话号段", "a satellite phone's prefix"),
        "iot": ("物联网号段", "a prefix of machines"),
        "emergency": ("应急通信号段", "an emergency prefix"),
    },
    "period": {
        "over": ("已过公示期", "the publicity period is over"),
        "running": ("在公示期内", "within the publicity period"),
        "presumed": ("公示期按发布之日起10日推定", "publicity period presumed: ten days from publication"),
    },
    "down": {
        "lawful": ("属于依法公开，降为提示", "published by order of law: lowered to info"),
        "official": ("属于履职信息，降一级", "of someone who acts in office: one level down"),
        "tender": ("属于招标采购联系信息，降一级", "a contact in procurement: one level down"),
    },
    "up": {
        "minor": ("涉及未成年人，升一级", "of a minor: one level up"),
        "volume": ("人数达到加重标准，升一级", "so many people: one level up"),
    },
}

# Beside what a value stands, and what a label's or column's kind is called where no own word is known.
THINGS: Final[dict[str, Words]] = {
    "name": ("姓名", "a name"),
    "id": ("身份证号", "an ID number"),
    "id_other": ("其他证件号", "another document's number"),
    "mobile": ("手机号", "a mobile number"),
    "phone": ("电话", "a phone"),
    "phone_neutral": ("联系电话", "a phone"),
    "office_phone": ("单位电话", "an office's phone"),
    "landline": ("固定电话", "a landline"),
    "bank": ("银行账号", "a bank account"),
    "org_account": ("单位账户", "an organisation's account"),
    "address": ("住址", "an address"),
    "birth": ("出生日期", "a birth date"),
    "month": ("出生年月", "a birth month"),
    "year": ("出生年份", "a birth year"),
    "age": ("年龄", "an age"),
    "sex": ("性别", "the sex"),
    "region": ("区划", "a region"),
    "health": ("病情", "an illness"),
    "disability": ("残疾情况", "a disability"),
    "family": ("婚育、收入或困难原因", "marriage, income or hardship"),
    "aid": ("救助或补贴信息", "aid"),
    "amount": ("金额或数量", "an amount"),
    "code": ("编号", "a code"),
    "org": ("单位名称", "an organisation"),
    "official": ("职务", "an office"),
    "student_no": ("学籍号", "a student number"),
    "disability_no": ("残疾人证号", "a disability certificate"),
    "plate": ("车牌号", "a licence plate"),
    "email": ("电子邮箱", "an e-mail address"),
    "qq": ("QQ号", "a QQ number"),
    "wechat": ("微信号", "a WeChat name"),
}
