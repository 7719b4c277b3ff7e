"""Tables of the set ``blind``; see ``templates_blind``."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Grid, Template

_HEALTH: Final = (
    Template(
        "b_chronic",
        5,
        "{y}年度门诊慢特病待遇认定结果",
        (
            "经市级专家组评审，以下参保人员通过认定。",
            Grid("编号={#} 参保人={name} 证件号码={id:year_month_day} 认定病种={illness} 就诊机构={town}卫生院"),
        ),
        "医疗保障",
    ),
    Template(
        "b_inpatient",
        5,
        "{town}新农合大额住院补偿情况（第{n}批）",
        (
            Grid(
                "参合患者/姓名={name} 参合患者/年龄={age} 参合患者/家庭地址={address:ordinal_group} 住院情况/疾病诊断={illness}"
                " 住院情况/总费用={amount} 补偿金额={amount}",
                caption="大额住院补偿一览（单位：元）",
            ),
        ),
        "村务公开",
    ),
    Template(
        "b_psychiatric_drugs",
        5,
        "严重精神障碍患者门诊服药救助人员一览",
        (Grid("编号={#} 患者={name} 监护人={gname} 与患者关系={relation} 药品名称=奥氮平片 数量（盒）={n}"),),
        "残联",
    ),
    Template(
        "b_rehabilitation",
        5,
        "{y}年度0—14岁儿童康复救助项目受助人员",
        (Grid("儿童姓名={name} 出生年月={birthmonth} 障碍类别={dis_kind} 家长={gname} 家长手机={gmobile:dots}"),),
        "残联",
        minor=True,
    ),
    Template(
        "b_disability_numbers",
        5,
        "{town}第{n}批换发证件人员明细",
        (Grid("持证人={name} 残疾人证编号={dis_no:spaced} 发证日期={day}"),),
        "残联",
    ),
    Template(
        "b_disability_fours",
        5,
        "残疾人机动轮椅车燃油补贴（{y}）",
        (Grid("序={#} 车主={name} 残疾人证号码={dis_no:fours} 补贴标准=260"),),
        "残联",
    ),
    Template(
        "b_disability_kinds",
        4,
        "{town}残疾人居家无障碍改造对象",
        (
            Grid(
                "序={#} 残疾人姓名={name} 所在村居={public} 残疾类型={dis_kind} 级别={dis_grade} 改造内容=坡道、扶手",
                repeat=9,
            ),
        ),
        "残联",
        few=10,
        many=30,
    ),
)

_SCHOOL: Final = (
    Template(
        "b_catchment",
        5,
        "{school}{y}年划片招生审核结果",
        (Grid("报名顺序={#} 儿童姓名={name} 性别={sex} 户口所在地={address:hash_doors} 审核结论=通过"),),
        "义务教育",
        minor=True,
    ),
    Template(
        "b_kindergarten",
        5,
        "实验幼儿园小班新生花名",
        (Grid("学号={#} 幼儿={name} 证件号={id:lower_x}", side=2),),
        "学前教育",
        minor=True,
    ),
    Template(
        "b_pupil_numbers",
        5,
        "{school}营养改善计划享受学生",
        (Grid("班级={class} 学生={name} 全国学籍号={student:lower} 餐费标准=4元", total="小计"),),
        "义务教育",
        minor=True,
    ),
    Template(
        "b_class_names",
        0,
        "{school}{y}年度“新时代好少年”推荐人选",
        (Grid("班级={class} 推荐人选={name} 推荐理由=拾金不昧"),),
        "校园动态",
        minor=True,
    ),
    Template(
        "b_loan_masked_month",
        5,
        "{y}年生源地信用助学贷款办理情况",
        (Grid("合同序号={#} 借款学生={name} 出生年月={birthmonth} 身份证号={idmask:6+4/×} 贷款金额=8000"),),
        "学生资助",
    ),
    Template(
        "b_student_phones",
        4,
        "贫困大学生“圆梦助学”结果",
        (Grid("序={#} 受助学生={name} 录取院校=安徽农业大学 联系方式={mobile:middle_dots} 资助金额=5000"),),
        "群团工作",
    ),
)

_FARM: Final = (
    Template(
        "b_grain",
        5,
        "{y}年实际种粮农民一次性补贴打卡明细",
        (
            Grid(
                "户主/姓名={name} 户主/所在村={public} 种植/品种=小麦 种植/亩数={area} 打卡/一卡通={passbook} 打卡/金额={amount}",
                caption="一次性补贴打卡明细",
            ),
        ),
        "惠农政策",
    ),
    Template(
        "b_subsidy_cards",
        5,
        "农村部分计划生育家庭奖励扶助资金拨付",
        (
            Grid(
                "序={#} 奖扶对象={name} 开户机构={bank} 财政补贴卡卡号={card:six_then_rest} 年度标准=1200", total="总计"
            ),
        ),
        "卫生计生",
    ),
    Template(
        "b_forest",
        5,
        "{y}年国家级公益林补偿到户表",
        (
            Grid(
                "小班号={nn} 林权人={name} 公民身份证号={id:wide_hyphen} 补偿面积={area} 补偿资金={amount}",
                blank="小班号",
            ),
        ),
        "林业",
    ),
    Template(
        "b_crop_claims",
        5,
        "政策性小麦保险理赔到户清单",
        (Grid("编号={#} 被保险人={name} 身份证号={id:fours} 银行账户={card:en_dash} 赔款={amount}", repeat=6),),
        "涉农补贴",
        few=14,
        many=40,
    ),
    Template(
        "b_compound_farm",
        5,
        "耕地流转奖补兑付表",
        (Grid("序={#} 承包农户（身份证、电话）={name}{sp}{id}{sp}{mobile} 流转面积={area} 奖补={amount}"),),
        "农业农村",
    ),
    Template(
        "b_excel_scientific",
        3,
        "{y}年稻虾综合种养奖励名册",
        (Grid("农户/名称={name} 农户/证件号码={iddamaged:scientific} 养殖/水面={area} 养殖/奖励={amount}"),),
        "农业农村",
    ),
    Template(
        "b_excel_rounded",
        3,
        "{town}改厕农户验收表",
        (Grid("序={#} 户主={name} 公民身份证号码={iddamaged:truncated} 改厕类型=三格式 验收=合格"),),
        "人居环境",
    ),
    Template(
        "b_poverty_causes",
        3,
        "{town}未脱贫户基本情况",
        (Grid("户主={name} 家庭人口={n} 主要致贫原因={cause} 人均纯收入={nnn} 帮扶单位={bureau}"),),
        "精准扶贫",
    ),
    Template(
        "b_resettled",
        5,
        "易地搬迁户安置房分配结果",
        (
            Grid(
                "户编码={n} 户主姓名={name} 成员身份证={id:en_dash} 迁出地={address:chinese_group} 安置点={town}",
                blank="户编码",
            ),
        ),
        "精准扶贫",
    ),
)

_HOUSING: Final = (
    Template(
        "b_demolition",
        5,
        "{town}棚户区改造项目分户补偿结果",
        (Grid("户号={#} 被征收人={name} 身份证件={id:wide_space} 房屋坐落={address:from_estate} 补偿总价={amount}"),),
        "房屋征收",
    ),
    Template(
        "b_rent_applicants",
        4,
        "廉租住房租赁补贴复核通过家庭",
        (Grid("序={#} 申请人={name} 现居住地址={address:spaced_levels} 家庭人口={n} 月补贴={nnn}"),),
        "保障性住房",
    ),
    Template(
        "b_heating",
        3,
        "既有住宅加装电梯联名业主情况",
        (Grid("楼层={n} 业主={name} 房屋地址={address:hyphen_doors} 建筑面积={area} 意见=同意"),),
        "住房城乡建设",
    ),
    Template(
        "b_last_digit_hidden",
        5,
        "{y}年限价商品房选房顺序",
        (Grid("选房顺序={#} 购房人={name} 身份证号={idmask:-1/#} 意向户型=两室一厅"),),
        "保障性住房",
    ),
    Template(
        "b_last_three_hidden",
        4,
        "共有产权住房摇号入围家庭",
        (Grid("摇号编号={#} 主申请人={name} 身份证号码={idmask:-3/□} 家庭人数={n}"),),
        "保障性住房",
    ),
)

_WORK: Final = (
    Template(
        "b_last_four_hidden",
        3,
        "失业人员技能培训结业学员",
        (Grid("学号={#} 学员={name} 身份证={idmask:-4/●} 培训工种=育婴员 考核=合格"),),
        "就业服务",
    ),
    Template(
        "b_mask_age",
        4,
        "公益性岗位在岗人员{y}年第{n}季度",
        (Grid("序={#} 在岗人员={name} 年龄={age} 身份证号={idmask:6+4/＊} 岗位=保洁"),),
        "就业服务",
    ),
    Template(
        "b_mask_birth_dot",
        5,
        "就业见习补贴申领情况",
        (Grid("序={#} 见习人员={name} 出生日期={birthdot} 证件号码={idmask:6+4~4} 见习单位={company}"),),
        "就业服务",
    ),
    Template(
        "b_mask_good",
        0,
        "职业技能提升补贴发放公告",
        (Grid("序={#} 申领人={name} 证件号码={idmask:6+4/X} 证书名称=电工（四级） 金额={nnn}"),),
        "就业服务",
    ),
    Template(
        "b_mask_month_day",
        4,
        "灵活就业人员社保补贴审核结果",
        (Grid("序={#} 人员={name} 社会保障号={idmask:monthday/■} 补贴月数={n} 补贴额={amount}"),),
        "就业服务",
    ),
    Template(
        "b_mask_tail",
        0,
        "零就业家庭援助情况",
        (Grid("序={#} 援助对象={name} 身份证后四位={idmask:0+4} 援助措施=推荐就业"),),
        "就业服务",
    ),
    Template(
        "b_mask_year_month",
        3,
        "{y}年返乡创业担保贷款贴息",
        (Grid("序={#} 贷款人={name} 身份证号={idmask:6+6/○} 贷款额度=10万元 贴息={amount}"),),
        "就业服务",
    ),
    Template(
        "b_wages",
        5,
        "{town}综合楼项目农民工工资支付表",
        (Grid("工种=瓦工 工人姓名={name} 联系手机={mobile:four_three_four} 工资卡={card:wide_space} 实发={amount}"),),
        "劳动监察",
    ),
    Template(
        "b_pension",
        5,
        "被征地农民养老保险参保缴费表",
        (
            Grid(
                "序={#} 参保人姓名={name} 社会保障号码={id15} 缴费档次=三档 到账金额={amount}", repeat=10, total="合 计"
            ),
        ),
        "社会保险",
        few=20,
        many=50,
    ),
    Template(
        "b_numbers_only",
        4,
        "拟注销社会保障卡清单",
        (Grid("序={#} 社会保障号码={id} 卡状态=长期未激活 批次={n}"),),
        "社会保险",
    ),
    Template(
        "b_hired",
        5,
        "{y}年村（社区）后备干部考察对象",
        (Grid("考号={exam} 考察对象={name} 性别={sex} 身份证号码={id:thin_space} 报考岗位={town}"),),
        "人事信息",
    ),
)

_OTHERS: Final = (
    Template(
        "b_veterans",
        5,
        "部分退役士兵社会保险接续人员",
        (Grid("序={#} 退役军人={name} 军官证（士兵证）={military} 公民身份号码={id:soft_hyphen} 补缴年限={n}"),),
        "退役军人事务",
    ),
    Template(
        "b_pensions_of_honour",
        5,
        "义务兵家庭优待金兑现表",
        (Grid("户主/姓名={name} 户主/与义务兵关系=父子 兑现/账号={passbook:spaced} 兑现/优待金={amount}"),),
        "优抚安置",
    ),
    Template(
        "b_recruits",
        3,
        "{y}年度拟定兵对象",
        (Grid("序={#} 应征青年={name} 出生日期={birthcn} 文化程度=大专 家庭住址={address:wide_digits}"),),
        "征兵工作",
    ),
    Template(
        "b_elderly",
        3,
        "80周岁以上老人津贴享受人员",
        (Grid("序={#} 老人姓名={name:space} 出生日期={birth} 月标准=50 所在社区={public}"),),
        "养老服务",
    ),
    Template(
        "b_second_child",
        3,
        "{town}再生育审批情况",
        (Grid("女方={name} 男方={gname} 现有子女={n} 婚姻状况=再婚 审批意见=同意"),),
        "计划生育",
    ),
    Template(
        "b_flood_duty",
        3,
        "{y}年小型水库防汛“三个责任人”",
        (Grid("水库名称={town}水库 行政责任人={official} 职务={role} 手机={dutymobile} 值守电话={office}"),),
        "应急管理",
    ),
    Template(
        "b_sole_traders",
        5,
        "{y}年第{n}季度定额核定公告",
        (Grid("序={#} 税号={tax} 业户={name} 行业=餐饮 核定营业额={nnn}"),),
        "涉税公告",
    ),
    Template(
        "b_home_phones",
        None,
        "{town}老年大学学员联络表",
        (Grid("序={#} 学员姓名={name} 宅电={landline:wide_brackets} 紧急联系人={gname} 班次=书法"),),
        "老龄工作",
    ),
    Template(
        "b_home_care",
        None,
        "{town}居家养老服务登记",
        (
            Grid(
                "编号={#} 服务对象={name} 家庭固定电话={landline:joined} 子女={gname} 子女家中电话={landline:brackets}"
            ),
        ),
        "养老服务",
    ),
    Template(
        "b_old_cars",
        0,
        "黄标车提前淘汰奖补情况",
        (Grid("序={#} 车辆所有人={name} 号牌号码={plate:dot} 车型=小型客车 奖补金额=6000"),),
        "生态环境",
    ),
    Template(
        "b_abroad",
        None,
        "{y}年因私出国（境）证件领取",
        (Grid("序={#} 领取人={name} 护照号={passport} 港澳台通行证={travel}"),),
        "出入境",
    ),
    Template(
        "b_residents_of_hongkong",
        None,
        "港澳台居民参加社会保险人员",
        (Grid("序={#} 人员姓名={name} 港澳台居民居住证={permit81} 参保险种=职工医保"),),
        "社会保险",
    ),
    Template(
        "b_mail_list",
        None,
        "{y}年政务新媒体网评员报名汇总",
        (Grid("报名人={name} 电子邮箱={email:wide_at} QQ号={qq} 微信={wechat}"),),
        "通知",
    ),
    Template(
        "b_transposed",
        5,
        "{town}散居特困人员供养协议要素",
        (
            Cards(
                (
                    "项目|供养对象一|供养对象二|供养对象三",
                    "姓名|{name}|{2.name}|{3.name}",
                    "身份证号码|{id}|{2.id}|{3.id}",
                    "照料人|{gname}|{2.gname}|{3.gname}",
                    "照料人手机|{gmobile}|{2.gmobile}|{3.gmobile}",
                )
            ),
        ),
        "特困供养",
        few=3,
        many=3,
    ),
    Template(
        "b_card_form",
        5,
        "临时困难救助审批表",
        (
            Cards(
                (
                    "申请人姓名|{name:pad}|性别|{sex}|出生年月|{birthmonth}",
                    "家庭住址|{address}|||联系电话|{mobile}",
                    "身份证号码|{id}|||家庭人口|{n}",
                    "申请理由|因{illness}住院，自付费用较大",
                    "民政所意见|同意上报||经办人|（签字）",
                ),
                each=True,
            ),
        ),
        "社会救助",
        few=1,
        many=3,
    ),
    Template(
        "b_boxes",
        5,
        "城乡居民医疗保险参保登记表（填报件）",
        (
            Cards(
                ("姓　　名|{name}", "公民身份号码|{id:boxes}", "手机号码|{mobile:wide_country}", "缴费标准|180元"),
                each=True,
            ),
        ),
        "医疗保障",
        few=1,
        many=4,
    ),
    Template(
        "b_crowded_cell",
        5,
        "低收入家庭认定结果",
        (
            Cards(
                (
                    "{#}|{public}|{name}（本人）{id}、{gname}（{relation}）{gid}|{amount}",
                    "|备注：上户经入户核查属实|",
                ),
                each=True,
            ),
        ),
        "社会救助",
    ),
    Template(
        "b_orphans",
        5,
        "孤儿基本生活费发放表",
        (Grid("儿童={name} 监护人/姓名={gname} 监护人/一折通={passbook:wide_spaced} 发放标准=1000"),),
        "儿童福利",
        minor=True,
    ),
)

TABLES: Final = (*_HEALTH, *_SCHOOL, *_FARM, *_HOUSING, *_WORK, *_OTHERS)
