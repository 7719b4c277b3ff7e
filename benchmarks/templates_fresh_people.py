"""Tables of health, school, veterans, families and others in the set ``fresh``; see ``templates_fresh``."""

from __future__ import annotations

from typing import Final

from benchmarks.templates_fresh_tables import numbered
from scanner.synthetic.templates import Cards, Grid, Template

_HEALTH: Final = (
    Template(
        "f_couples",
        5,
        "{y}年度国家免费孕前检查参检夫妇登记",
        (
            "本社区{y}年参加免费孕前优生健康检查的计划怀孕夫妇名单公示如下：",
            Grid(
                "序号={#} 妻子/姓名={name} 妻子/身份证号码={id:mixed} 丈夫/姓名={gname} 丈夫/身份证号码={gid} 检查时间={day}"
            ),
        ),
        "计生服务",
        few=10,
        many=40,
    ),
    Template(
        "f_couples_dates",
        3,
        "翠园社区孕前优生健康检查已检对象",
        (Grid("序号={#} 女方={name} 男方={gname} 检查日期={day} 检查机构=妇幼保健院"),),
        "计生服务",
    ),
    Template(
        "f_free_drugs",
        5,
        "{y}年精神残疾低保免费服药花名册",
        (Grid("序号={#} 姓名={name} 性别={sex} 监护人姓名={gname} 社区={town} 领药时间={day} 签名="),),
        "残联",
    ),
    Template(
        "f_two_cancers",
        5,
        "{town}农村妇女“两癌”免费检查人员登记表",
        (Grid("序号={#} 姓名={name} 年龄={age} 身份证号={id} 手机={mobile} 村={town} 检查结果=未见异常"),),
        "卫生健康",
    ),
    Template(
        "f_chronic_cards",
        4,
        "{y}年上半年慢性病证办理通过名单",
        (Grid("序号={#} 姓名={name} 医保编号=00{nnn}{nn} 慢性病病种={illness} 单位={employer} 鉴定结论=通过"),),
        "医保",
    ),
    Template(
        "f_family_doctor",
        3,
        "{public}家庭医生签约服务居民名册",
        (Grid("签约编号={#} 居民姓名={name} 性别={sex} 居民电话={mobile:mixed} 签约医生={official} 服务包=基础包"),),
        "卫生健康",
    ),
    Template(
        "f_donors",
        3,
        "{y}年无偿献血荣誉证领取人员",
        (Grid("序号={#} 献血者={name} 证件号={idmask:-4/*} 献血量（ml）=400 献血日期={day}"),),
        "卫生健康",
    ),
    Template(
        "f_births",
        5,
        "{town}卫生院出生医学证明发放登记",
        (Grid("新生儿/姓名={name} 新生儿/出生日期={birth} 母亲/姓名={gname} 母亲/身份证号={gid} 领证日期={day}"),),
        "卫生健康",
        minor=True,
    ),
    Template(
        "f_vaccines",
        5,
        "麻疹疫苗查漏补种儿童名单",
        (Grid("儿童姓名={name} 出生日期={birthdot} 监护人={gname} 监护人电话={gmobile:mixed} 漏种针次=第{n}针"),),
        "卫生健康",
        minor=True,
    ),
    Template(
        "f_dis_numbers",
        5,
        "{y}年残疾人辅助器具发放公示",
        (Grid("序号={#} 姓名={name} 残疾证号码={dis_no} 器具名称=轮椅 数量=1 村（社区）={public}", repeat=10),),
        "残联",
    ),
)

_SCHOOL: Final = (
    Template(
        "f_points_entry",
        5,
        "{y}年进城务工人员随迁子女积分入学结果",
        (
            Grid(
                "序号={#} 学生/姓名={name} 学生/性别={sex} 监护人/姓名={gname} 监护人/身份证号={gid}"
                " 监护人/居住地址={address} 总积分={nn}"
            ),
        ),
        "教育",
        minor=True,
    ),
    Template(
        "f_boarders",
        5,
        "星河一小家庭经济困难学生生活补助发放花名册",
        (
            Grid(
                "序号={#} 班级={class} 姓名={name} 学籍号={student} 困难类别=建档立卡 监护人姓名={gname} 银行卡号={card:mixed}"
                " 补助金额=500",
                total="合计",
            ),
        ),
        "教育",
        minor=True,
    ),
    Template(
        "f_class_phones",
        5,
        "柳树镇中心小学{class}家长联系表",
        (Grid("学生姓名={name} 家长姓名={gname} 家长联系电话={gmobile}", side=2),),
        "校务公开",
        minor=True,
        few=12,
        many=30,
    ),
    Template(
        "f_preschool",
        5,
        "{y}年秋季学期学前教育资助幼儿名单",
        (Grid("序号={#} 幼儿园=实验幼儿园 幼儿姓名={name} 出生年月日={birthcn} 身份证号={id} 资助金额=500"),),
        "教育",
        minor=True,
    ),
    Template(
        "f_scholarship",
        5,
        "{y}—{y}学年国家励志奖学金获奖学生初审名单",
        (
            Grid(
                "序号={#} 学院=文学院 专业=汉语言文学 学号=20{nn}{nnn}{nn} 学生姓名={name} 身份证号={id} 性别={sex} 民族=汉族"
            ),
        ),
        "学生工作",
    ),
    Template(
        "f_hardship_cards",
        5,
        "学生临时困难补助名单公示",
        (Grid("序号={#} 学院=计算机学院 姓名={name} 年级=20{nn}级 银行卡号={card} 补助等级=一等 金额=1000"),),
        "学生工作",
    ),
    Template(
        "f_sport_exempt",
        4,
        "{y}年初中毕业升学体育考试免考学生公示",
        (Grid("报名号={exam} 姓名={name} 学校=东湖中学 免考原因={illness} 证明医院=市一院"),),
        "教育",
    ),
    Template(
        "f_transfer_spaced",
        5,
        "{y}年春季转入学生情况表",
        (
            Cards(
                (
                    "序号|学生姓名|性　别|出生日期|身 份 证 号|转出学校|家长电话",
                    *numbered("@|{@.name}|{@.sex}|{@.birth}|{@.id}|青石小学|{@.gmobile}", 6),
                    "合计：6人",
                )
            ),
        ),
        "教育",
        minor=True,
        few=6,
        many=6,
    ),
)

_VETERANS: Final = (
    Template(
        "f_soldiers",
        5,
        "{y}年冬季自主就业退役士兵一次性经济补助金发放表",
        (
            Cards(
                (
                    "{y}年冬季退役士兵补助金发放表||||||",
                    "编号|姓  名|入伍时间|退役时间|身 份 证 号|开户行|账  号",
                    *numbered("@|{@.name:spaces}|2012.12|2017.12|{@.id}|{@.bank}|{@.card:spaced}", 8),
                )
            ),
        ),
        "双拥优抚",
        few=8,
        many=8,
    ),
    Template(
        "f_entitled",
        5,
        "{y}年度优抚对象定期抚恤补助人员核查表",
        (
            Grid(
                "序号={#} 姓名={name} 优抚类别=参战退役 身份证号={id15} 证书编号=皖参字{nnn}{nn} 家庭住址={address} 月标准={nnn}"
            ),
        ),
        "双拥优抚",
    ),
    Template(
        "f_officers",
        5,
        "军队转业干部住房补贴申报情况",
        (Grid("序号={#} 姓名={name} 军官证号={military} 身份证号码={id} 安置单位={bureau} 补贴={amount}"),),
        "双拥优抚",
    ),
    Template(
        "f_conscripts",
        3,
        "{town}{y}年征兵体检双合格青年公示",
        (Grid("序号={#} 姓名={name} 文化程度=高中 父亲姓名={gname} 家庭住址={address} 本人手机={mobile}"),),
        "征兵",
    ),
    Template(
        "f_old_soldiers",
        3,
        "60周岁以上农村籍退役士兵生活补助对象",
        (Grid("序号={#} 姓名={name} 出生日期={birth} 入伍年月=1969.02 服役年限={n} 所在村={public}"),),
        "双拥优抚",
    ),
)

_OTHERS: Final = (
    Template(
        "f_elderly",
        5,
        "{y}年{month}月高龄津贴新增对象",
        (Grid("姓名={name} 出生年月={birth8} 身份证号码={id:mixed} 住址={address} 领取方式=打卡 享受标准=100"),),
        "老龄",
    ),
    Template(
        "f_old_cadres",
        5,
        "离任村干部生活补助对象及发放情况",
        (Grid("序号={#} 姓名={name} 任职时间=1978-1995 任职年限={nn} 社保卡银行账号={card:mixed} 季度补助={nnn}"),),
        "组织人事",
    ),
    Template(
        "f_party_veterans",
        5,
        "建国前入党的农村老党员补贴审批名册",
        (Grid("党支部={town} 党员姓名={name} 入党时间=1948.05 身份证号={id:apostrophe} 补贴金额={nnn}"),),
        "党建",
    ),
    Template(
        "f_lost_only_child",
        5,
        "计划生育特别扶助对象年审合格名单",
        (Grid("序号={#} 扶助对象={name} 身份证号={id} 扶助类别=独生子女死亡 配偶姓名={gname} 发放账号={passbook}"),),
        "计生服务",
    ),
    Template(
        "f_marriage",
        3,
        "{y}年第{n}季度生育登记情况公开",
        (Grid("序号={#} 女方姓名={name} 男方姓名={gname} 婚姻状况=初婚 拟生孩次=二孩 登记日期={day}"),),
        "计生服务",
    ),
    Template(
        "f_fire_duty",
        3,
        "清明期间森林防灭火值班人员安排表",
        (
            Grid(
                "值班日期={day} 带班领导/姓名={official} 带班领导/手机={dutymobile} 值班干部={name} 值班室电话={office}"
            ),
        ),
        "应急管理",
    ),
    Template(
        "f_members",
        3,
        "兴农专业合作社社员通讯录",
        (Grid("姓名={name:pad} 手机号码={mobile}", side=3),),
        "村务公开",
        few=9,
        many=30,
    ),
    Template(
        "f_penalties",
        5,
        "{y}年{month}月行政处罚信息（自然人）",
        (
            Grid(
                "决定书文号={docno} 相对人名称={name} 居民身份证号={id} 违法事实=超限运输 处罚依据=《公路法》 罚款={nnn} 决定日期={day}"
            ),
        ),
        "双公示",
    ),
    Template(
        "f_traders",
        5,
        "个体工商户定额核定情况公示（{y}年度）",
        (Grid("序号={#} 纳税人识别号={tax} 纳税人名称={company} 业主={name} 核定月应纳税经营额={nnn}"),),
        "税务",
    ),
    Template(
        "f_plates",
        0,
        "{y}年老旧柴油车淘汰补贴车主名单",
        (Grid("序号={#} 车主={name} 车牌号={plate} 注册登记日期={day} 报废回收单位={company}"),),
        "公告公示",
    ),
    Template(
        "f_travel",
        None,
        "因公赴台交流团组人员名单",
        (Grid("序号={#} 姓名={name} 单位={bureau} 护照号码={passport} 通行证号码={travel}"),),
        "对外交流",
    ),
    Template(
        "f_foreign_experts",
        None,
        "在本市工作的外籍及港澳台人才备案",
        (Grid("序号={#} 姓名={name} 永久居留证号={permit9} 港澳台居民居住证号码={permit81} 单位={company}"),),
        "人才",
    ),
    Template(
        "f_crowded",
        5,
        "征地农户安置费领取情况",
        (
            Cards(
                (
                    "户主及配偶（身份证号）|承包面积|安置费",
                    *numbered("户主：{@.name} {@.id}；配偶：{@.gname} {@.gid}|{area}|{amount}", 6),
                )
            ),
        ),
        "征地拆迁",
        few=6,
        many=6,
    ),
    Template(
        "f_transposed",
        5,
        "申请流动人员档案调转情况",
        (
            Cards(
                (
                    "|一|二|三|四",
                    "姓名|{1.name}|{2.name}|{3.name}|{4.name}",
                    "性别|{1.sex}|{2.sex}|{3.sex}|{4.sex}",
                    "身份证号|{1.id}|{2.id}|{3.id}|{4.id}",
                    "联系电话|{1.mobile}|{2.mobile}|{3.mobile}|{4.mobile}",
                    "转往单位|{1.employer}|{2.employer}|{3.employer}|{4.employer}",
                )
            ),
        ),
        "人才",
        few=4,
        many=4,
    ),
    Template(
        "f_split_cells",
        5,
        "房屋安置协议签订户信息",
        (Grid("协议号={nnn} 产权人={name} 身份证号={id:cells} 安置面积={area}"),),
        "征地拆迁",
    ),
    Template(
        "f_home_telephones",
        None,
        "社区居家养老志愿结对名册",
        (Grid("序号={#} 老人={name} 年龄={age} 家庭电话={landline} 志愿者={official}"),),
        "老龄",
    ),
)

TABLES: Final = (*_HEALTH, *_SCHOOL, *_VETERANS, *_OTHERS)
