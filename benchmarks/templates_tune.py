"""Leaking pages and their harmless neighbours that rules may be tuned on; ``templates_held_out`` measures."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Each, Grid, Template

_NOTICE: Final = (
    "根据有关规定，经个人申请、{town}人民政府审核、县{bureau}审批，现将名单予以公示，公示期7天。监督电话：{office}。"
)

TABLES: Final = (
    Template(
        "aid_id",
        5,
        "{y}年{month}月{town}农村低保对象公示",
        (_NOTICE, Grid("序号={#} 户主姓名={name} 身份证号码={id} 家庭住址={public} 保障人数={n} 金额（元）={nnn}")),
        "城乡低保",
    ),
    Template(
        "aid_bank",
        5,
        "{y}年{month}月农村低保金发放花名册（银行代发）",
        (
            Grid(
                "序号={#} 姓名={name} 住址={address} 一卡通账号={passbook} 金额={nnn} 联系电话={mobile}",
                caption="农村低保金发放花名册",
                total="合计",
            ),
        ),
        "城乡低保",
    ),
    Template(
        "prenatal_masked",
        5,
        "{town}{y}年孕前优生健康检查名单",
        (
            "现将参加免费孕前优生健康检查的夫妻公布如下：",
            Grid("序号={#} 姓名={name} 身份证号={idmask:6+4} 出生日期={birth} 检查日期={day}"),
        ),
        "卫生计生",
    ),
    Template(
        "prenatal_full",
        5,
        "{town}孕前优生健康检查对象名单",
        (Grid("编号={#} 女方姓名={name} 女方身份证={id} 现居住地={public}"),),
        "卫生计生",
    ),
    Template(
        "subsidy_id15",
        5,
        "{y}年老党员补贴发放表",
        (Grid("序号={#} 姓名={name} 身份证号码={id15} 补贴金额={nnn}"),),
        "资金信息",
    ),
    Template(
        "medical_aid",
        5,
        "{y}年城市医疗救助花名册",
        (
            Grid(
                "序号={#} 姓名={name} 性别={sex} 家庭住址={address} 联系电话={mobile} 病种={illness} 救助金额={amount}"
            ),
        ),
        "医疗救助",
    ),
    Template(
        "disabled_list",
        5,
        "{town}残疾人两项补贴公示",
        (_NOTICE, Grid("序号={#} 姓名={name} 残疾证号={dis_no} 残疾类别={dis_kind} 残疾等级={dis_grade}")),
        "残联",
    ),
    Template(
        "disabled_kind",
        4,
        "{y}年重度残疾人护理补贴名单",
        (Grid("序号={#} 姓名={name} 残疾类别={dis_kind}残疾 残疾等级={dis_grade} 补贴标准={nnn}"),),
        "残联",
    ),
    Template(
        "student_aid",
        5,
        "{school}{y}年寄宿生生活补助公示",
        (Grid("序号={#} 学生姓名={name} 班级={class} 学籍号={student} 家长姓名={gname} 家长电话={gmobile}"),),
        "学生资助",
        minor=True,
    ),
    Template(
        "new_pupils",
        5,
        "{school}{y}年秋季新生录取名单",
        (Grid("序号={#} 姓名={name} 性别={sex} 出生日期={birth} 身份证号={id} 家庭住址={address}"),),
        "招生入学",
        minor=True,
    ),
    Template(
        "startup_subsidy",
        5,
        "{y}年第二批大学生一次性创业补贴公示",
        (Grid("序号={#} 申请人={name} 身份证号={id} 联系方式={mobile} 企业名称={company} 补贴金额={nnn}"),),
        "就业创业",
    ),
    Template(
        "housing_masked3",
        5,
        "{y}年公租房配租名单",
        (Grid("序号={#} 姓名={name} 身份证号={idmask:-2} 房号={n}栋{nn}室"),),
        "住房保障",
    ),
    Template(
        "housing_masked_fine",
        0,
        "{y}年公租房轮候名单",
        (Grid("序号={#} 姓名={name} 身份证号={idmask:2+3} 工作单位={employer}"),),
        "住房保障",
    ),
    Template(
        "mobile_list",
        4,
        "{y}年农机购置补贴受益农户信息",
        (Grid("序号={#} 购机者姓名={name} 所在乡镇={town} 联系电话={mobile} 补贴额={amount}"),),
        "惠农补贴",
    ),
    Template(
        "two_row",
        5,
        "{y}年危房改造农户信息表",
        (
            Grid(
                "序号={#} 户主/姓名={name} 户主/身份证号={id} 房屋/等级=D级 房屋/面积={area} 备注={cause}",
                caption="危房改造农户信息表",
            ),
        ),
        "危房改造",
    ),
    Template(
        "side_by_side",
        3,
        "{y}年{town}村民小组长通讯录",
        (Grid("序号={#} 姓名={name} 手机={mobile}", side=2),),
        "村务公开",
    ),
    Template(
        "repeated_header",
        5,
        "{y}年{town}城乡居民养老保险待遇领取人员",
        (Grid("序号={#} 姓名={name} 公民身份号码={id} 领取金额={nnn}", repeat=8),),
        "社会保险",
        few=20,
        many=60,
    ),
    Template(
        "merged_cells",
        5,
        "{y}年建档立卡贫困户家庭成员信息",
        (Grid("户编号={n} 户主={name} 家庭成员={name} 证件号码={id} 致贫原因={cause}", blank="户编号 户主"),),
        "扶贫脱贫",
    ),
    Template(
        "split_cells",
        5,
        "{y}年拆迁安置户登记表",
        (Grid("序号={#} 姓名={name} 身份证号={id:cells} 房号={nn}"),),
        "房屋征收",
    ),
    Template(
        "compound_cell",
        5,
        "{y}年临时救助人员名单",
        (Grid("序号={#} 姓名及身份证号={name}{sp}{id} 电话={mobile}"),),
        "临时救助",
    ),
    Template(
        "spaced_ids",
        5,
        "{y}年退役士兵安置补助发放名册",
        (Grid("序号={#} 姓名={name:pad} 身份证号={id:any} 金额={amount}"),),
        "优抚安置",
    ),
    Template(
        "excel_damage",
        3,
        "{y}年稻谷补贴发放清册",
        (Grid("序号={#} 姓名={name} 身份证号={iddamaged:scientific} 面积={area} 金额={amount}"),),
        "惠农补贴",
    ),
    Template(
        "excel_zeros",
        3,
        "{y}年耕地地力保护补贴明细",
        (Grid("序号={#} 农户姓名={name} 身份证号码={iddamaged:truncated} 面积（亩）={area} 金额（元）={amount}"),),
        "惠农补贴",
    ),
    Template(
        "teachers_exam",
        5,
        "{y}年会计初级资格合格人员名单",
        (Grid("序号={#} 姓名={name} 证书编号={cert} 准考证号={exam} 身份证号={id}"),),
        "职业资格",
    ),
    Template(
        "salary_card",
        5,
        "{y}年公益性岗位补贴发放明细",
        (Grid("序号={#} 姓名={name} 开户行={bank} 银行卡号={card} 金额={amount}"),),
        "就业创业",
    ),
    Template(
        "duty_roster",
        3,
        "{y}年国庆期间应急值班安排表",
        (Grid("日期={day} 带班领导={official} 值班人员={name} 手机号码={mobile} 值班电话={office}"),),
        "应急管理",
    ),
    Template(
        "qq_list",
        None,
        "{y}年志愿者报名情况",
        (Grid("序号={#} 姓名={name} QQ={qq} 邮箱={email} 微信号={wechat}"),),
        "通知公告",
    ),
    Template(
        "sole_traders",
        5,
        "{y}年个体工商户定期定额公示",
        (Grid("序号={#} 纳税人识别号={tax} 业主姓名={name} 经营地址={town} 月核定额={nnn}"),),
        "税务公开",
    ),
    Template(
        "foreign",
        None,
        "{y}年参加培训的港澳台及外籍人员名单",
        (Grid("序号={#} 姓名={name} 居住证号码={permit81} 永久居留身份证号={permit9} 护照号码={passport}"),),
        "人才",
    ),
    Template(
        "vehicles",
        None,
        "{y}年私家车停车位摇号结果",
        (Grid("序号={#} 车主姓名={name} 车牌号码={plate} 结果=中签"),),
        "公告公示",
    ),
)

TEXTS: Final = (
    Template(
        "one_person",
        5,
        "关于群众反映问题的答复",
        (
            "{name}，{sex}，{birthcn}出生，身份证号{id}，住{address}。",
            "经查，该户已于{daycn}纳入低保。如有疑问请拨打{office}。",
        ),
        "信访回复",
    ),
    Template(
        "penalty",
        5,
        "行政处罚决定书",
        (
            "当事人：{name}，性别：{sex}，身份证号码：{id}，住址：{address}，联系电话：{mobile}。",
            "你于{daycn}占道经营的行为，违反了有关规定，决定罚款{nnn}元。",
            "可拨打12345咨询。",
        ),
        "行政处罚",
        few=1,
        many=1,
    ),
    Template(
        "penalty_address",
        3,
        "行政处罚信息公开表",
        ("被处罚人：{name}", "住址：{address}", "联系电话：{mobile}", "处罚决定书文号：{docno}"),
        "行政处罚",
        few=1,
        many=1,
    ),
    Template(
        "running_ids", 5, "{y}年失业补助金发放公告", (Each("{name}（{id}）", "、", "以下人员审核通过："),), "就业创业"
    ),
    Template("running_names", 0, "{y}年先进工作者拟表彰名单", (Each("{name:pad}", "\u3000", per_line=6),), "公示公告"),
    Template(
        "running_dunhao", 0, "{y}年{school}三好学生名单", (Each("{name}", "、", "名单如下：", "。"),), "教育", few=8
    ),
    Template(
        "labels",
        5,
        "申请信息",
        ("姓名：{name}", "身份证号：{id:any}", "手机：{mobile:any}", "开户银行：{bank}", "账号：{card:any}"),
        "依申请公开",
        few=1,
        many=1,
    ),
    Template(
        "glued", 5, "{y}年拟录用人员公告", (Each("{name}身份证{id}手机{mobile}", "；"),), "人事招考", few=1, many=6
    ),
    Template(
        "missing_child",
        5,
        "寻亲公告",
        ("{name}，{sex}，{birthcn}出生，就读于{school}，学籍号{student}，监护人{gname}，电话{gmobile}。",),
        "公告公示",
        minor=True,
        few=1,
        many=1,
    ),
    Template(
        "mental",
        5,
        "{town}精神障碍患者监护人以奖代补名单",
        (Each("患者{name}，监护人{gname}，精神分裂症", "；"),),
        "卫生健康",
    ),
    Template(
        "condolence",
        4,
        "走访慰问困难群众",
        ("{daycn}，{official}一行来到{town}困难职工{name}家中，了解到其患{illness}，家庭困难。",),
        "工作动态",
        few=1,
        many=1,
    ),
    Template(
        "internal",
        3,
        "关于做好{y}年信访工作的通知",
        ("各科室：", "请认真做好信访接待工作。", "{bureau}", "{daycn}", "（此件依申请公开）"),
        "通知公告",
        few=1,
        many=1,
        bare=True,
    ),
)

HARMLESS: Final = (
    Template(
        "permits",
        0,
        "{y}年{month}月建筑工程施工许可证发放情况",
        (Grid("序号={#} 施工许可证号={permit} 工程名称={town}综合楼 建设单位={company} 面积={area}"),),
        "行政许可",
        few=10,
        many=60,
    ),
    Template(
        "projects",
        0,
        "{y}年投资项目备案公示",
        (Grid("序号={#} 项目代码={project} 项目名称={town}污水处理厂 总投资（万元）={amount} 建设单位={company}"),),
        "行政许可",
    ),
    Template(
        "tender",
        0,
        "{town}道路改造工程招标公告",
        (
            "项目编号：{tender}",
            "招标人：{bureau}，联系人：{official}，电话：{office}",
            "招标代理机构：{agency}",
            "地址：星河市东海大道{nnn}号",
            "联系人：{official}，电话：{agentmobile}",
            "投标保证金账户：{orgaccount}，开户行：徽商银行星河支行",
        ),
        "招标公告",
        few=3,
        many=3,
    ),
    Template(
        "contacts",
        0,
        "县直单位办公电话",
        (Grid("单位={bureau} 办公电话={office} 传真={office} 地址=星河市政府大楼{n}楼"),),
        "机构职能",
    ),
    Template(
        "guide",
        0,
        "身份证办理指南",
        (
            "申请人须携带居民身份证原件及复印件、户口簿。",
            "填写示例：姓名：张三，身份证号：{sampleid}，手机：{samplemobile}。",
            "咨询电话：{office}，投诉电话：{hotline}。",
        ),
        "办事指南",
        few=1,
        many=1,
    ),
    Template(
        "leaders",
        0,
        "领导分工",
        ("{official}，{role}，主持全面工作。", "{2.official}，{role}，分管{bureau}。"),
        "领导之窗",
        few=2,
        many=2,
    ),
    Template(
        "credit",
        0,
        "{y}年第{n}季度企业信用信息",
        (Grid("序号={#} 企业名称={company} 统一社会信用代码={credit} 法定代表人={official}"),),
        "双公示",
    ),
    Template(
        "dishonest",
        0,
        "失信被执行人名单",
        (
            "依照规定，现将失信被执行人公布如下：",
            Grid("序号={#} 姓名={official} 身份证号码={lawfulid} 执行案号=（{y}）皖03执{nnn}号"),
        ),
        "失信被执行人",
    ),
    Template(
        "aid_names",
        0,
        "{y}年{month}月临时救助公示",
        (_NOTICE, Grid("序号={#} 姓名={name} 村（居）={public} 救助金额={nnn}")),
        "临时救助",
    ),
    Template(
        "masked_names",
        0,
        "{y}年{month}月城市低保公示",
        (Grid("序号={#} 姓名={starname} 身份证号={idmask:6+0} 手机={maskmobile} 金额={nnn}"),),
        "城乡低保",
    ),
)

LEAKING: Final = (*TABLES, *TEXTS)
ALL: Final = (*LEAKING, *HARMLESS)
