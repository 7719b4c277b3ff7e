"""Pages full of numbers that belong to nobody, and lists that may stand as they are, of the set ``blind``."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Each, Grid, Template

_CODES: Final = (
    Template(
        "b_ok_permits",
        0,
        "房屋市政工程开工审批台账（{y}年）",
        (
            Grid(
                "许可编号={permit} 工程项目={town}污水管网 施工企业={company} 项目经理={official} 合同额={amount}",
                repeat=12,
            ),
        ),
        "工程建设",
        few=20,
        many=60,
    ),
    Template(
        "b_ok_permit_sentences",
        0,
        "关于核发{town}安置房施工许可的公示",
        (Each("{company}承建的{town}安置区{nn}号楼，许可证编号{permit}，发证日期{day}", "；", "核发情况：", "。"),),
        "工程建设",
    ),
    Template(
        "b_ok_projects",
        0,
        "重点项目调度表",
        (
            Grid(
                "投资/统一代码={project} 投资/名称={town}产业园 投资/总额={amount} 进度/开工={day} 进度/责任单位={bureau}"
            ),
        ),
        "重点项目",
    ),
    Template(
        "b_ok_food",
        0,
        "小餐饮备案主体名单",
        (Grid("备案证号={food} 主体名称={company} 社会信用代码={credit} 负责人={official} 有效期={day}"),),
        "市场监管",
    ),
    Template(
        "b_ok_registrations",
        0,
        "拟吊销营业执照企业名录",
        (Grid("序={#} 注册号={regno} 企业名称={company} 法定代表人={official} 吊销事由=连续两年未年报"),),
        "市场监管",
        few=10,
        many=40,
    ),
    Template(
        "b_ok_goods",
        0,
        "食品安全监督抽检不合格产品信息",
        (Grid("抽样编号=GC{y}{nnn}{nn} 商品条码={barcode} 产品名称=挂面 批号={y}0{n}{nn} 生产企业={company}"),),
        "食品抽检",
    ),
    Template(
        "b_ok_patents",
        0,
        "{y}年度授权发明专利资助",
        (Grid("专利号=ZL{y}10{nn}{nn}{nn}.{n} 发明名称=一种粉碎装置 专利权人={company} 资助金额={nnn}"),),
        "知识产权",
    ),
    Template(
        "b_ok_estate_units",
        0,
        "不动产首次登记（开发项目）",
        (Grid("不动产单元号=3403020{nn}0{nn}GB000{nn}F000{n}0001 权利人={company} 宗地面积={nnn}.{nn} 用途=住宅"),),
        "不动产登记",
    ),
)

_OFFICES: Final = (
    Template(
        "b_ok_windows",
        0,
        "政务服务中心窗口一览",
        (Grid("楼层={n}楼 窗口={bureau}窗口 窗口电话={office} 网上办件={index} 投诉={hotline}"),),
        "政务服务",
    ),
    Template(
        "b_ok_new_media",
        0,
        "政务新媒体名录",
        (
            "微信公众号：xinghefabu2017；官方微博：@星河发布；工作邮箱：xhzwgk@163.com；",
            "咨询QQ群：2357{n}{nn}{nn}；值班电话：{office}；传真：{office}。",
            "网站维护热线：400-887-1234",
        ),
        "关于我们",
        few=1,
        many=1,
    ),
    Template(
        "b_ok_bank_outlets",
        0,
        "社会保障卡即时制卡网点",
        (Grid("网点={bank}{town}支行 地点=星河市胜利路{nnn}号 网点电话={office} 客服=955{nn}"),),
        "便民服务",
    ),
    Template(
        "b_ok_enrolment",
        0,
        "{school}{y}年招生简章",
        (
            "报名时间：{daycn}至{daycn}。",
            "招生咨询：{office}、{office}；家长咨询QQ群：6128{nn}{nn}{n}。",
            "乘坐公交{nn}路到学校站下车，学校地址：星河市解放路{nnn}号，邮编233000。",
        ),
        "招生",
        few=1,
        many=1,
    ),
    Template(
        "b_ok_power_cut",
        0,
        "{month}月份计划停电信息",
        (Grid("停电编号=T{y}{nnn} 线路=10kV{town}{nn}线 停电时间={day} 影响台区={nn} 报修热线=95598"),),
        "便民服务",
    ),
    Template(
        "b_ok_guide",
        0,
        "居住证申领表填写样例",
        (
            Cards(("姓名|李四|证件号码|{sampleid}", "联系电话|{samplemobile}|紧急联系人|王五")),
            "说明：以上为样例，申请人须带齐身份证、户口簿原件，到{bureau}窗口办理，电话{office}。",
        ),
        "办事指南",
        few=1,
        many=1,
    ),
    Template(
        "b_ok_purchase",
        0,
        "{bureau}办公设备询价采购成交公告",
        (
            "采购编号：{tender}　成交供应商：{company}　统一社会信用代码：{credit}",
            "成交金额：{amount}元　谈判小组成员：{official}、{2.official}、{3.official}",
            "采购代理机构：{agency}　项目联系人：{official}　联系方式：{agentmobile}",
            "代理服务费汇入账户：{orgaccount}（户名：{agency}）",
        ),
        "政府采购",
        few=3,
        many=3,
    ),
    Template(
        "b_ok_car_auction",
        0,
        "取消公务车辆第{n}次拍卖公告",
        (Grid("标的={#} 车辆号牌=皖C{nn}{n}{nn} 品牌=帕萨特 登记日期={day} 起拍价={nnn}", caption="公务用车处置标的"),),
        "公车改革",
    ),
)

_FIGURES: Final = (
    Template(
        "b_ok_yearbook",
        0,
        "{y}年统计年鉴：分乡镇主要指标",
        (
            Grid(
                "乡镇={town} 人口/户籍={nnn}{nn} 人口/常住={nnn}{n} 耕地={nnn}.{nn} 粮食/播种={nnn} 粮食/总产={nnn}{nn}"
            ),
        ),
        "统计数据",
    ),
    Template(
        "b_ok_budget",
        0,
        "{bureau}{y}年部门预算公开表",
        (
            Grid(
                "功能科目=20{nn}{n}01 科目名称=行政运行 合计={amount} 人员经费={amount} 公用经费={amount}",
                total="总 计",
            ),
        ),
        "预算公开",
    ),
    Template(
        "b_ok_water",
        0,
        "断面水质自动监测小时值",
        (Grid("时刻={day} 站点坐标={coordinate} 氨氮={n}.{nn} 溶解氧={n}.{nn} 记录号={ms}"),),
        "环境质量",
        few=20,
        many=60,
    ),
    Template(
        "b_ok_land",
        0,
        "国有建设用地使用权出让结果",
        (
            Grid(
                "宗地={parcel} 面积={nnn}{nn} 用途=商住 成交价={amount} 受让单位={company} 电子监管号=340300{y}B0{nnn}"
            ),
        ),
        "土地出让",
    ),
    Template(
        "b_ok_index",
        0,
        "专题列表",
        (
            Each(
                "·关于{bureau}{y}年第{n}期资金安排的公示　t20171103_{nnn}{nn}.html　{stamp}.docx　{day}",
                "\n",
                per_line=1,
            ),
        ),
        "列表页",
        few=12,
        many=30,
    ),
    Template(
        "b_ok_scores",
        0,
        "{y}年特岗教师招聘成绩",
        (Grid("准考证号={exam} 考生={name} 笔试={score} 面试={score} 合成={score} 名次={nn}"),),
        "人事考试",
    ),
)

_LAWFUL: Final = (
    Template(
        "b_ok_tax_arrears",
        0,
        "欠税公告（{y}年第{n}号）",
        (
            "根据《欠税公告办法》，现将欠缴税款的纳税人公告如下。",
            Grid("业主={name} 身份证件号码={id} 经营场所={town}商业街 欠税税种=增值税 欠税余额={amount}"),
        ),
        "欠税公告",
    ),
    Template(
        "b_ok_consumption_limits",
        0,
        "法院公布失信被执行人（限制高消费）",
        (Grid("被执行人={name} 性别={sex} 年龄={age} 身份证={id} 案号=（{y}）皖0303执{nnn}号 履行情况=全部未履行"),),
        "失信被执行人",
    ),
    Template(
        "b_ok_hearing",
        0,
        "开庭排期",
        (Grid("案号=（{y}）皖03民终{nnn}号 当事人={maskname} 案由=买卖合同纠纷 开庭时间={day} 法庭=第{n}法庭"),),
        "司法公开",
    ),
    Template(
        "b_ok_masked",
        0,
        "大病保险二次补偿到账情况",
        (Grid("序={#} 参保人={starname} 证件号={idmask:2+3} 预留手机={maskmobile} 到账={amount}"),),
        "医疗保障",
    ),
    Template(
        "b_ok_aid_names",
        0,
        "{town}{y}年冬春救助对象",
        (
            "经村（居）评议、乡镇审核，拟救助下列人员，欢迎监督，监督电话{office}。",
            Grid("序={#} 救助对象={name} 所在村（社区）={public} 棉被（床）={n}"),
        ),
        "救灾救济",
    ),
    Template(
        "b_ok_appointment",
        0,
        "{y}年干部任前公示",
        (
            Each(
                "{official}，{sex}，{birthmonth}生，大学学历，中共党员，现任{town}{role}，拟任{bureau}副局长",
                "。\n",
                after="。",
            ),
        ),
        "人事任免",
        few=2,
        many=6,
    ),
    Template(
        "b_ok_secrecy_lesson",
        0,
        "保密知识：什么是密级标志",
        (
            "国家秘密的密级分为绝密、机密、秘密三级。密级标志由密级、“★”和保密期限组成，例如“机密★10年”表示机密级、保密期限十年。",
            "公民发现国家秘密可能泄露的，应当立即报告，举报电话{office}。",
        ),
        "普法",
        few=1,
        many=1,
    ),
    Template(
        "b_ok_news",
        0,
        "我市举行消防安全演练",
        (
            "本报讯（记者 {official} 通讯员 {2.official}）{daycn}，{bureau}组织{nnn}余人开展消防演练，{role}{3.official}到场指导，投入器材{nn}台。",
            "火警请拨119，急救请拨120，咨询请拨{hotline}。",
        ),
        "新闻",
        few=3,
        many=3,
    ),
)

HARMLESS: Final = (*_CODES, *_OFFICES, *_FIGURES, *_LAWFUL)
