"""Templates the rules have never seen: other layouts, headers and wordings than ``templates_tune``. Measured only."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Each, Grid, Template

_HEAD: Final = (
    "为接受社会监督，现将{y}年度有关情况公开如下，时间自{daycn}起五个工作日。"
    "受理部门：{bureau}，受理电话：{office}，邮编233000。"
)

TABLES: Final = (
    Template(
        "h_pension",
        5,
        "关于{y}年度离任村干部生活补贴的公告",
        (
            _HEAD,
            Grid(
                "编号={#} 领取人={name} 有效证件号码={id} 任职年限={n} 月标准={nnn}",
                caption="离任村干部生活补贴审批汇总表",
            ),
        ),
        "强农惠农",
    ),
    Template(
        "h_fee_card",
        5,
        "能繁母猪补贴资金兑付清单（{y}年）",
        (
            Grid(
                "No.={#} 养殖户={name} 养殖地点={address} 惠农卡号={card} 头数={n} 应发金额={amount} 签字=",
                total="本页小计",
            ),
        ),
        "涉农补贴",
    ),
    Template(
        "h_passbook",
        5,
        "{y}年森林生态效益补偿到户表",
        (Grid("序={#} 林农={name} 存折号={passbook} 面积={area} 金额={amount}"),),
        "资金信息",
    ),
    Template(
        "h_marriage",
        5,
        "{town}新婚夫妇免费体检登记汇总",
        (Grid("男方/姓名={name} 男方/证件号={id} 女方/姓名={gname} 女方/证件号={gid} 登记时间={day}"),),
        "卫生计生",
    ),
    Template(
        "h_birthmonth_mask",
        5,
        "{y}年灵活就业人员社会保险补贴名册",
        (
            Grid(
                "序号={#} 人员姓名={name} 公民身份证号码={idmask:6+4/×} 出生年月={birthmonth} 街道={town} 补贴月数={n}"
            ),
        ),
        "社保补贴",
    ),
    Template(
        "h_age_mask",
        4,
        "{y}年见习补贴人员一览",
        (Grid("序号={#} 名字={name} 证件编号={idmask:6+4/＊} 年龄={age} 见习单位={company}"),),
        "就业见习",
    ),
    Template(
        "h_monthday_mask",
        4,
        "{y}年棚户区改造选房顺序号",
        (Grid("顺序={#} 被征收人={name} 身份证={idmask:monthday/●} 原房屋面积={area}"),),
        "棚户区改造",
    ),
    Template(
        "h_fine_mask",
        0,
        "{y}年经济适用房购房资格确认",
        (Grid("受理号={exam} 申请家庭={starname} 身份证={idmask:2+3/X} 人口={n}"),),
        "保障性住房",
    ),
    Template(
        "h_old_ids",
        5,
        "参战参试人员生活补助花名册",
        (Grid("姓名={name} 身份证编号={id15} 入伍时间={day} 补助={nnn}"),),
        "优抚",
    ),
    Template(
        "h_chronic",
        5,
        "{y}年门诊慢性病申报审核结果",
        (Grid("序号={#} 参保人员姓名={name} 社会保障号码={id} 申报病种={illness} 审核意见=通过"),),
        "医疗保障",
    ),
    Template(
        "h_illness_only",
        4,
        "重特大疾病救助对象情况表",
        (Grid("患者姓名={name} 性别={sex} 年龄={age} 疾病名称={illness} 自付费用={amount} 救助额={nnn}"),),
        "医疗救助",
    ),
    Template(
        "h_disability",
        5,
        "辅助器具发放签收表",
        (Grid("顺号={#} 残疾人姓名={name} 证号={dis_no} 类别={dis_kind} 级别={dis_grade} 器具=轮椅"),),
        "残疾人服务",
    ),
    Template(
        "h_disability_phone",
        5,
        "困难残疾人生活补贴动态调整表",
        (Grid("残疾人={name} 致残类别={dis_kind}残疾 监护人={gname} 监护人联系电话={gmobile} 户籍地址={address}"),),
        "残疾人",
    ),
    Template(
        "h_pupils",
        5,
        "{y}级学生学籍信息核对表（{school}）",
        (Grid("学号={#} 学生={name} 性别={sex} 全国学籍号={student} 现住址={address}"),),
        "校务公开",
        minor=True,
    ),
    Template(
        "h_kindergarten",
        5,
        "学前教育资助受助幼儿花名册",
        (Grid("序号={#} 幼儿姓名={name} 监护人姓名={gname} 监护人身份证号={gid} 家庭地址={address} 资助额={nnn}"),),
        "学前资助",
        minor=True,
    ),
    Template(
        "h_orphans",
        5,
        "散居孤儿基本生活费发放明细",
        (Grid("姓名={name} 出生年月日={birth8} 抚养人={gname} 联系电话={gmobile} 发放标准=600"),),
        "儿童福利",
        minor=True,
    ),
    Template(
        "h_left_behind",
        5,
        "{town}留守儿童台账",
        (Grid("儿童姓名={name} 出生日期={birthdot} 身份证号码={id} 临时监护人={gname} 手机号={gmobile}", side=1),),
        "儿童",
        minor=True,
    ),
    Template(
        "h_driver",
        5,
        "{y}年度客运从业人员资格注册公示",
        (Grid("序号={#} 驾驶员={name} 驾驶证号={id} 从业资格证号={cert} 车牌={plate}"),),
        "交通运输",
    ),
    Template(
        "h_contractor",
        5,
        "土地承包经营权确权登记公示表（{town}）",
        (Grid("承包方编码={n} 承包方代表={name} 承包方身份证号={id} 成员数={n} 实测面积={area}", repeat=10),),
        "土地确权",
        few=15,
        many=40,
    ),
    Template(
        "h_compensation",
        5,
        "征地补偿款分户明细",
        (
            Grid(
                "户主/姓名={name} 户主/开户行={bank} 户主/账户={card} 补偿/面积={area} 补偿/金额={amount} 签名=",
                caption="单位：元、亩",
            ),
        ),
        "征地补偿",
    ),
    Template(
        "h_members",
        5,
        "拟纳入特困供养人员家庭情况",
        (
            Grid(
                "户号={n} 申请人姓名={name} 与户主关系=本人 共同生活成员={gname} 成员证件号码={gid} 困难原因={cause}",
                blank="户号 申请人姓名",
            ),
        ),
        "特困",
    ),
    Template("h_side3", 4, "{y}年冬春救助到户通讯表", (Grid("姓名={name} 本人联系电话={mobile}", side=3),), "救灾救助"),
    Template(
        "h_cells", 5, "回迁安置抽签登记", (Grid("签号={#} 户名={name} 身份证号码={id:cells} 面积={area}"),), "拆迁安置"
    ),
    Template(
        "h_compound",
        5,
        "动态新增监测户信息",
        (Grid("序号={#} 户主信息（姓名/身份证/电话）={name}/{id}/{mobile} 风险={cause}"),),
        "乡村振兴",
    ),
    Template(
        "h_compound2",
        5,
        "创业担保贷款贴息公示",
        (Grid("序号={#} 借款人及证件号={name}（{id}） 贷款金额={nn}万元 贴息={amount}"),),
        "就业",
    ),
    Template(
        "h_anyform",
        5,
        "遗属生活困难补助复核表",
        (Grid("序号={#} 遗属姓名={name:spaces} 公民身份号码={id:any} 领款账号={card:any} 电话={mobile:any}"),),
        "工资福利",
    ),
    Template(
        "h_quoted",
        5,
        "农资综合补贴导入模板",
        (Grid("XM={name} SFZHM={id:apostrophe} YHZH={card:apostrophe} SJHM={mobile:apostrophe}"),),
        "附件下载",
    ),
    Template(
        "h_scientific",
        3,
        "{y}年秸秆还田补助",
        (Grid("序号={#} 农户={name} 公民身份号码={iddamaged:scientific} 亩数={area}"),),
        "农业",
    ),
    Template(
        "h_zeros",
        3,
        "雨露计划补助人员",
        (Grid("学生={name} 证件号码={iddamaged:truncated} 院校={school} 金额={nnn}"),),
        "教育扶贫",
    ),
    Template(
        "h_mobile_only",
        4,
        "新型职业农民培训补贴学员",
        (Grid("学员姓名={name} 性别={sex} 所在村={public} 移动电话={mobile}"),),
        "农民培训",
    ),
    Template(
        "h_home_phone", 3, "老年大学学员登记", (Grid("学员={name} 家庭电话={landline} 住址={address}"),), "老干部工作"
    ),
    Template(
        "h_address_aid",
        4,
        "廉租住房租赁补贴户公示",
        (Grid("户主名={name} 房屋坐落={address} 家庭人口={n} 月补贴={nnn}"),),
        "住房保障",
    ),
    Template(
        "h_birth",
        3,
        "{y}年事业单位招聘资格复审人员",
        (Grid("岗位代码={exam} 考生姓名={name} 出生日期={birth} 笔试成绩={score}"),),
        "公开招聘",
    ),
    Template(
        "h_recruit",
        5,
        "{y}年公开招聘辅警拟聘用人员",
        (Grid("序号={#} 拟聘人员={name} 准考证号={exam} 身份证号={id} 体检结果=合格"),),
        "人事招考",
    ),
    Template(
        "h_mail",
        None,
        "{y}年科技特派员联络表",
        (Grid("特派员={name} 电子邮箱={email} QQ号={qq} 微信={wechat}"),),
        "科技",
    ),
    Template(
        "h_abroad",
        None,
        "因私出国（境）证件集中保管清册",
        (Grid("持证人={name} 护照号={passport} 港澳通行证号={travel} 保管日期={day}"),),
        "人事",
    ),
    Template(
        "h_military",
        None,
        "现役军人家庭优待金发放",
        (Grid("军人姓名={name} 军官证号={military} 优待金={amount}"),),
        "双拥",
    ),
    Template(
        "h_taxno",
        5,
        "个体户停业核准公告",
        (Grid("业户名称={town}便民超市 经营者={name} 税号={tax} 停业起={day}"),),
        "办税公开",
    ),
    Template(
        "h_hk",
        None,
        "港澳台居民参加职业资格考试合格名单",
        (Grid("姓名={name} 港澳台居民居住证号码={permit81} 成绩={score}"),),
        "职业资格",
    ),
    Template(
        "h_hotel_duty",
        3,
        "森林防灭火{y}年值守表",
        (Grid("时间={day} 值守人={name} 联系手机={mobile} 办公室电话={office}"),),
        "应急",
    ),
)

TEXTS: Final = (
    Template(
        "h_letter",
        5,
        "网民来信：{town}群众反映低保问题",
        (
            "来信人：{name}{sp}联系电话：{mobile:hyphenated}",
            "我叫{name}，今年{age}岁，家住{address}，身份证号码是{id}。我患有{illness}，希望政府帮助。",
            "回复：您好，经{bureau}核实，请携带材料办理，咨询电话{office}。",
        ),
        "政民互动",
        few=1,
        many=1,
    ),
    Template(
        "h_court",
        5,
        "送达公告",
        (
            "{name}（公民身份号码{id}）：",
            "本局作出的{docno}决定书，因无法直接送达，现公告送达。自公告之日起60日视为送达。",
            "联系人：{2.official}，电话：{office}",
        ),
        "公告送达",
        few=2,
        many=2,
    ),
    Template(
        "h_thirdparty",
        3,
        "责令改正通知书",
        ("经查，{name}（手机{mobile}，现住{address}）在{town}擅自搭建。", "限于{daycn}前自行拆除。", "{bureau}"),
        "行政执法",
        few=1,
        many=1,
    ),
    Template("h_runlist", 5, "首批认定就业困难人员", (Each("{#}.{name}，{sex}，{id}，{mobile}", "\n"),), "就业援助"),
    Template(
        "h_runlist_wide",
        5,
        "关于拨付临时生活补助的函",
        (Each("{name}\u3000{id}\u3000{nnn}元", "\u3000", per_line=2),),
        "社会救助",
    ),
    Template(
        "h_names_space", 0, "{y}年度考核优秀等次人员", (Each("{name:spaces}", "  ", per_line=8),), "人事信息", few=8
    ),
    Template(
        "h_names_comma",
        0,
        "关于表彰优秀教师的决定",
        (Each("{name}", "，", "授予", "等同志优秀教师称号。"),),
        "表彰",
        few=5,
    ),
    Template(
        "h_label_bold",
        5,
        "救助申请受理单",
        (
            "申 请 人：{name}",
            "公民身份号码：{id:spaced}",
            "住　　址：{address}",
            "联系方式：{mobile:spaced}",
            "收款账户：{card:spaced}（{bank}）",
        ),
        "社会救助",
        few=1,
        many=1,
    ),
    Template(
        "h_broken_line",
        5,
        "低收入家庭核对报告",
        ("核对对象{name}，证件号码{id:newline}，核对结果符合。",),
        "低收入",
        few=1,
        many=1,
    ),
    Template(
        "h_sentence_bank",
        5,
        "好心人捐款渠道",
        ("患者{name}因{illness}住院，爱心款可汇至其本人{bank}卡{card:spaced}，联系电话{mobile}。",),
        "社会公益",
        few=1,
        many=1,
    ),
    Template(
        "h_drug",
        5,
        "社区戒毒人员管控名单",
        (Each("{name}，{birthcn}生，住{address}，吸毒", "。"),),
        "禁毒",
        few=2,
        many=8,
    ),
    Template(
        "h_victim",
        5,
        "未成年人救助情况",
        ("{name}，{age}岁，{school}学生，家住{address}，父母离异，由{gname}监护。",),
        "未成年人保护",
        minor=True,
        few=1,
        many=1,
    ),
    Template(
        "h_visit",
        4,
        "“送温暖”活动走进{town}",
        ("{official}{role}看望了残疾人{2.name}。{2.name}今年{2.age}岁，{2.dis_kind}残疾，靠低保生活。",),
        "部门动态",
        few=2,
        many=2,
    ),
    Template(
        "h_marked",
        3,
        "{y}年第{n}次专题会议纪要",
        ("{daycn}，{official}主持召开专题会议。", "会议研究了有关事项。", "公开属性：不予公开"),
        "会议",
        few=1,
        many=1,
        bare=True,
    ),
    Template(
        "h_secret",
        6,
        "关于开展专项行动的通知",
        ("机密★5年", "各县区：", "现将有关事项通知如下。", "{daycn}"),
        "通知",
        few=1,
        many=1,
        bare=True,
    ),
)

HARMLESS: Final = (
    Template(
        "h_planning",
        0,
        "建设工程规划许可证批后公告",
        (Grid("证号=建字第{regno}号 项目编码={project} 建设单位={company} 位置=东海大道北侧 核发日期={day}"),),
        "规划公示",
        few=10,
        many=50,
    ),
    Template(
        "h_workpermit",
        0,
        "{y}年办理质量监督手续工程一览",
        (Grid("监督编号={n} 施工许可证编号={permit} 施工单位={company} 项目经理={official} 造价（万元）={amount}"),),
        "工程建设",
        few=10,
        many=60,
    ),
    Template(
        "h_purchase",
        0,
        "{bureau}办公设备采购成交公告",
        (
            "一、项目编号：{tender}",
            "二、成交供应商：{company}，成交金额：{amount}元",
            "三、评审专家：{official}、{2.official}、{3.official}",
            "四、采购代理机构：{agency}，联系人：{official}，手机：{agentmobile}，开户账号：{orgaccount}",
        ),
        "采购公告",
        few=3,
        many=3,
    ),
    Template(
        "h_phonebook",
        0,
        "全市政务服务热线一览",
        (Grid("单位={bureau} 咨询电话={office} 投诉电话={hotline} 传真={office}"),),
        "便民服务",
    ),
    Template(
        "h_sample",
        0,
        "退役军人优待证申领问答",
        (
            "问：需要哪些材料？答：身份证、户口簿原件。",
            "填表样例：申请人：李四；证件号码：{sampleid}；联系电话：{samplemobile}。",
        ),
        "政策问答",
        few=1,
        many=1,
    ),
    Template(
        "h_resume",
        0,
        "任前公示",
        (
            "{official}，男，1972年5月生，大学学历，现任{bureau}{role}，拟任{role}。",
            "公示期内可向市委组织部反映，电话：{hotline}。",
        ),
        "干部任免",
        few=1,
        many=1,
    ),
    Template(
        "h_food",
        0,
        "食品经营许可信息公示",
        (Grid("许可证编号={food} 经营者名称={company} 社会信用代码={credit} 法定代表人={official} 有效期至={day}"),),
        "行政许可",
    ),
    Template(
        "h_taxdebt",
        0,
        "欠税公告",
        (
            "根据《欠税公告办法》，现将欠税人公告如下：",
            Grid(
                "纳税人名称={company} 法定代表人={official} 身份证件号码={lawfulid} 欠税税种=增值税 欠税余额={amount}"
            ),
        ),
        "欠税公告",
    ),
    Template(
        "h_exam",
        0,
        "{y}年教师资格考试成绩",
        (Grid("准考证号={exam} 姓名={name} 科目=综合素质 成绩={score}"),),
        "考试成绩",
    ),
    Template("h_files", 0, "附件下载", (Each("附件{#}：{stamp}.jpg（{ms}）", "\n"),), "附件下载"),
    Template(
        "h_statistics",
        0,
        "国民经济主要指标",
        (Grid("指标=产值 本月={amount} 累计={amount} 坐标={coordinate} 条码={barcode}"),),
        "统计数据",
    ),
    Template("h_quota", 0, "{y}年冬春救助公示", (Grid("户主={name} 居住村={public} 人口={n} 救助金额={nnn}"),), "救灾"),
)

LEAKING: Final = (*TABLES, *TEXTS)
ALL: Final = (*LEAKING, *HARMLESS)
