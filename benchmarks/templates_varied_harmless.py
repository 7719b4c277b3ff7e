"""Harmless, number-heavy documents of the set ``varied``: none may give a case at or above MEDIUM."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Each, Grid, Template

HARMLESS: Final = (
    Template(
        "v_phone_book",
        0,
        "便民服务中心各窗口对外联系一览",
        (Grid("窗口号={nn} 进驻部门={bureau} 座机={office} 投诉={hotline} 楼层={n}楼", side=2),),
        "服务指南",
    ),
    Template(
        "v_purchase",
        0,
        "学校课桌椅采购成交结果公告",
        (
            "一、采购编号：{tender}　二、采购方式：询价",
            "三、成交供应商：{company}，信用代码{credit}",
            "四、评审小组成员：{official}、{2.official}、{3.official}",
            "五、采购人：{bureau}　项目联系人：{4.official}　电话：{office}",
            "六、代理机构：{agency}　经办人：{5.official}　电话：{5.agentmobile}",
            "七、成交金额：{amount}元",
        ),
        "采购公告",
        few=5,
        many=5,
    ),
    Template(
        "v_registrations",
        0,
        "吊销营业执照企业目录",
        (Grid("注册号={regno} 名称={company} 负责人={official} 类型=有限责任 吊销日期={day}"),),
        "市场监管",
        few=10,
        many=50,
    ),
    Template(
        "v_food",
        0,
        "食品安全监督抽检合格产品信息",
        (Grid("抽样单编号=DC{nnn}{nnn}{nnn} 条码={barcode} 生产许可={food} 生产企业={company} 批号={day} 结论=合格"),),
        "抽检信息",
        few=10,
        many=40,
    ),
    Template(
        "v_project_codes",
        0,
        "并联审批项目赋码登记",
        (Grid("赋码={project} 项目=污水管网{nn}标段 建设单位={company} 施工许可证编号={permit} 投资={amount}"),),
        "审批公示",
    ),
    Template(
        "v_planning",
        0,
        "建设工程规划许可批后公布",
        (
            "证号：建字第{permit}号",
            "建设单位：{company}　建设位置：龙湖路以东",
            "总建筑面积：{amount}平方米　容积率：2.{n}",
            "坐标：{coordinate}",
        ),
        "规划批后",
        few=1,
        many=1,
    ),
    Template(
        "v_masked_good",
        0,
        "{y}年度助学金拟资助名单（已脱敏）",
        (Grid("序号={#} 姓名={starname} 身份证={idmask:2+3} 手机={maskmobile} 金额={nnn}"),),
        "资助公示",
    ),
    Template(
        "v_masked_names",
        0,
        "人民法院公告（送达裁判文书）",
        (
            "{maskname}：本院受理原告{company}诉你买卖合同纠纷一案，案号（{y}）星民初{nnn}号，现依法公告送达民事判决书。",
            "自发出公告之日起六十日内来本院领取，逾期视为送达。联系电话{office}。",
        ),
        "法院公告",
        few=1,
        many=1,
    ),
    Template(
        "v_dishonest_list",
        0,
        "第{n}期失信被执行人公布",
        (Each("{official}，身份证号码{lawfulid}，执行法院星河市人民法院，案号（{y}）执字第{nnn}号", "；\n"),),
        "失信惩戒",
        few=3,
        many=12,
    ),
    Template(
        "v_arrears",
        0,
        "欠缴税款公告（个体业户）",
        (
            Grid(
                "业户名称={town}{nn}号商店 业主={official} 居民身份证号={lawfulid} 经营地点={town} 欠税税种=增值税 "
                "欠税余额={amount}"
            ),
        ),
        "欠税公告",
    ),
    Template(
        "v_sample_form",
        0,
        "网上申报系统填写说明",
        (
            "第一步，录入姓名（如：李四）、身份证号（如：{sampleid}）、手机号（如：{samplemobile}）。",
            "第二步，上传材料，系统生成受理号{exam}。",
            "技术支持{hotline}，工作时间8:30—17:30。",
        ),
        "办事说明",
        few=1,
        many=1,
    ),
    Template(
        "v_experts",
        0,
        "职称评审委员会专家库入库名单",
        (Grid("序号={#} 专家={official} 专业=水利工程 职称=高级工程师 证书编号={cert}"),),
        "职称",
    ),
    Template(
        "v_statistics",
        0,
        "{y}年{month}月主要经济指标",
        (
            Cards(
                (
                    "指标名称|计量单位|本月|累计|同比（%）",
                    "规模以上工业增加值|万元|{amount}|{nnn}{nnn}.{n}|{n}.{n}",
                    "固定资产投资|万元|{nnn}{nnn}|{nnn}{nnn}{nnn}|-{n}.{n}",
                    "财政收入|元|{nnn}{nnn}{nnn}|{nnn}{nnn}{nnn}|{nn}.{n}",
                    "户籍人口|人|{nnn}{nn}|{nnn}{nnn}|0.{n}",
                )
            ),
        ),
        "统计数据",
    ),
    Template(
        "v_document_index",
        0,
        "规范性文件清理结果目录",
        (Grid("序号={#} 文号={docno} 索引号={index} 发布日期={day} 附件名={stamp}.doc 清理意见=继续有效"),),
        "文件清理",
        few=10,
        many=40,
    ),
    Template(
        "v_tracking",
        0,
        "档案邮寄情况查询",
        (Grid("批次={n} 单位={bureau} 快递单号=EM{nnn}{nnn}{nnn}CS 运单编号={ms} 寄出时间={day}"),),
        "档案服务",
    ),
    Template(
        "v_invoices",
        0,
        "作废空白发票声明",
        (
            "{company}遗失增值税普通发票，发票代码0340016{nnn}，号码{nnn}{nnn}，声明作废。",
            "遗失开户许可证，核准号J{ms}，账号{orgaccount}，一并作废。",
        ),
        "遗失声明",
        few=1,
        many=1,
    ),
    Template(
        "v_donations",
        0,
        "慈善捐赠收支公示",
        (
            "捐款户名：星河市慈善总会　账号：{orgaccount}　开户行：工商银行营业部",
            Each("{official}捐款{nnn}元", "，"),
            "公开电话：{office}",
        ),
        "慈善",
        few=3,
        many=20,
    ),
    Template(
        "v_exam_scores",
        0,
        "教师公开招聘面试成绩及总成绩",
        (Grid("岗位代码={nnn}{nn} 准考证号码={exam} 笔试={score} 面试={score} 合成={score} 名次={n}"),),
        "教师招聘",
        few=10,
        many=40,
    ),
    Template(
        "v_land_deals",
        0,
        "国有建设用地使用权网上出让结果",
        (
            Grid(
                "地块={parcel} 电子监管号=340301{y}B0{nnn} 竞得人={company} 面积={nnn} 成交价={amount} 坐标={coordinate}"
            ),
        ),
        "土地市场",
    ),
    Template(
        "v_party",
        0,
        "拟任职干部任前公示",
        (
            Each("{official}，{sex}，{birthmonth}生，大学学历，现任{role}，拟任正科级领导职务", "。\n"),
            "公示期间如有意见请向组织部反映，电话{hotline}，邮编233000。",
        ),
        "任免",
        few=2,
        many=5,
    ),
)
