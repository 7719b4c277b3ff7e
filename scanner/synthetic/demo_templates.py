"""What the synthetic city leaks, and what only looks like it. Each leak names the file it is published in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scanner.synthetic.templates import Each, Grid, Template


@dataclass(frozen=True, slots=True)
class Publication:
    """A template and where its content goes: "" into the page itself, else an attachment of that suffix."""

    template: Template
    suffix: str = ""


_NOTICE: Final = "经个人申请、入户调查、民主评议和{town}人民政府审核，现将有关人员名单公示如下，公示期为7个工作日，监督电话：{office}。"

LEAKS: Final = (
    Publication(
        Template(
            "demo_low_income",
            5,
            "{y}年农村低保对象花名册",
            (Grid("序号={#} 户主姓名={name} 身份证号码={id} 家庭住址={address} 月保障金额={nnn}", name="花名册"),),
            "城乡低保",
        ),
        ".xlsx",
    ),
    Publication(
        Template(
            "demo_prenatal",
            5,
            "{town}免费孕前优生健康检查名单",
            (_NOTICE, Grid("序号={#} 姓名={name} 身份证号={idmask:6+4} 出生日期={birth} 检查日期={day}")),
            "卫生计生",
        )
    ),
    Publication(
        Template(
            "demo_bank",
            5,
            "{y}年{month}月低保金发放花名册（银行代发）",
            (Grid("序号={#} 姓名={name} 住址={address} 一卡通账号={passbook} 金额={nnn}"),),
            "城乡低保",
        ),
        ".docx",
    ),
    Publication(
        Template(
            "demo_pupils",
            5,
            "{school}寄宿生生活补助公示",
            (_NOTICE, Grid("序号={#} 学生姓名={name} 班级={class} 家长姓名={gname} 家长联系电话={gmobile}")),
            "学生资助",
            minor=True,
        )
    ),
    Publication(
        Template(
            "demo_disabled",
            5,
            "{y}年残疾人两项补贴发放名单",
            (Grid("序号={#} 姓名={name} 残疾人证号={dis_no} 残疾类别={dis_kind} 残疾等级={dis_grade}"),),
            "残联",
        ),
        ".pdf",
    ),
    Publication(
        Template(
            "demo_hidden_sheet",
            5,
            "{y}年公租房配租结果",
            (
                Grid("序号={#} 姓名={starname} 房号={n}栋{nn}室", name="公示"),
                Grid("序号={#} 姓名={name} 公民身份号码={id} 联系电话={mobile}", name="原表", hidden=True),
            ),
            "住房保障",
        ),
        ".xlsx",
    ),
    Publication(
        Template(
            "demo_hidden_column",
            5,
            "{y}年一次性创业补贴公示",
            (Grid("序号={#} 申请人={name} 身份证号={id} 企业名称={company} 补贴金额={nnn}", hidden_cols=(3,)),),
            "就业创业",
        ),
        ".xlsx",
    ),
    Publication(
        Template(
            "demo_medical",
            5,
            "{y}年第{n}批医疗救助对象名单",
            (_NOTICE, Grid("序号={#} 患者姓名={name} 家庭住址={address} 病种={illness} 救助金额={amount}")),
            "医疗救助",
        )
    ),
    Publication(
        Template(
            "demo_reply",
            5,
            "关于群众来信的答复",
            ("来信人{name}，身份证号{id}，联系电话{mobile}，家住{address}。", "经核查，反映的问题已转{bureau}办理。"),
            "信访回复",
            few=1,
            many=1,
        )
    ),
    Publication(
        Template(
            "demo_spaced",
            5,
            "{y}年见习补贴人员名单",
            (_NOTICE, Each("{name}（{id:spaced}）", "、")),
            "就业创业",
            few=3,
            many=8,
        )
    ),
    Publication(
        Template(
            "demo_mobile",
            4,
            "{y}年农机购置补贴公示",
            (_NOTICE, Grid("序号={#} 姓名={name} 村组={public} 手机号码={mobile} 补贴金额={amount}")),
            "惠农补贴",
        )
    ),
    Publication(
        Template(
            "demo_card",
            5,
            "{y}年公益性岗位补贴发放表",
            (Grid("序号={#} 姓名={name} 开户银行={bank} 银行卡号={card} 实发金额={amount}"),),
            "就业创业",
        ),
        ".docx",
    ),
    Publication(
        Template(
            "demo_damaged",
            3,
            "{y}年稻谷补贴发放清册",
            (Grid("序号={#} 农户姓名={name} 身份证号={iddamaged:truncated} 面积={area} 金额={amount}"),),
            "惠农补贴",
        ),
        ".xlsx",
    ),
    Publication(
        Template(
            "demo_recruit",
            5,
            "{y}年事业单位拟聘用人员公示",
            (Grid("序号={#} 姓名={name} 准考证号={exam} 身份证号码={id} 毕业院校=星河学院"),),
            "人事招考",
        ),
        ".pdf",
    ),
)

HARMLESS: Final = (
    Publication(
        Template(
            "demo_permits",
            0,
            "{y}年{month}月施工许可证发放情况",
            (Grid("序号={#} 施工许可证号={permit} 工程名称={town}综合楼 建设单位={company} 面积={area}"),),
            "行政许可",
            few=6,
            many=12,
        )
    ),
    Publication(
        Template(
            "demo_projects",
            0,
            "投资项目备案情况",
            (Grid("序号={#} 项目代码={project} 建设单位={company} 总投资（万元）={amount}"),),
            "行政许可",
            few=6,
            many=12,
        ),
        ".xlsx",
    ),
    Publication(
        Template(
            "demo_hotlines",
            0,
            "全市便民服务热线",
            (Grid("单位={bureau} 办公电话={office} 服务热线={hotline}"),),
            "机构职能",
            few=6,
            many=10,
        )
    ),
    Publication(
        Template(
            "demo_tender",
            0,
            "{town}道路工程招标公告",
            (
                "项目编号：{tender}，项目代码{project}。",
                "招标代理机构：{agency}，联系人：{official}，电话：{agentmobile}。",
                "投标保证金账号：{orgaccount}。",
            ),
            "招标公告",
            few=1,
            many=1,
        )
    ),
    Publication(
        Template(
            "demo_guide",
            0,
            "居民身份证办理指南",
            ("填写示例：姓名：张三，身份证号：{sampleid}，电话：{samplemobile}。", "咨询电话：{office}。"),
            "办事指南",
            few=1,
            many=1,
        ),
        ".docx",
    ),
    Publication(
        Template(
            "demo_credit",
            0,
            "行政许可双公示",
            (Grid("序号={#} 企业名称={company} 统一社会信用代码={credit} 许可文号={docno}"),),
            "行政许可",
            few=6,
            many=12,
        )
    ),
    Publication(
        Template(
            "demo_masked",
            0,
            "{y}年城市低保公示",
            (_NOTICE, Grid("序号={#} 姓名={starname} 身份证号={idmask:6+0} 保障人数={n}")),
            "城乡低保",
            few=6,
            many=12,
        )
    ),
    Publication(
        Template(
            "demo_names",
            0,
            "{y}年临时救助公示",
            (_NOTICE, Grid("序号={#} 姓名={name} 村居={public} 救助金额={nnn}")),
            "临时救助",
            few=4,
            many=8,
        )
    ),
)
