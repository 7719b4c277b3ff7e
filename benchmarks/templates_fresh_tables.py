"""Tables of aid, farming, housing and work in the set ``fresh``; see ``templates_fresh``."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Grid, Template


def numbered(row: str, count: int) -> tuple[str, ...]:
    """The row once for each of the first ``count`` people; "@" is the person's place.

    >>> numbered("@|{@.name}", 2)
    ('1|{1.name}', '2|{2.name}')
    """
    return tuple(row.replace("@", str(place)) for place in range(1, count + 1))


_AID: Final = (
    Template(
        "f_five_guarantees",
        5,
        "{town}{y}年第{n}季度五保供养金社会化发放表",
        (
            Grid(
                "序号={#} 五保对象/姓名={name:pad} 五保对象/村组={address} 发放信息/存折帐号={passbook}"
                " 发放信息/金额={nnn} 联系电话={mobile:mixed}",
                caption="五保供养金社会化发放表",
                total="合计",
            ),
        ),
        "民政",
    ),
    Template(
        "f_medical_register",
        5,
        "{y}年{month}月份城市居民重大疾病救助情况公布",
        (
            "经街道审核、区民政局批准，对下列居民给予救助，现予以公布，接受社会监督。监督电话：{office}",
            Grid(
                "序号={#} 社区={town} 救助对象={name} 年龄={age} 详细住址={address} 电话={mobile:mixed} 所患疾病={illness}"
                " 自付医疗费={amount} 救助标准={nnn}"
            ),
        ),
        "民政",
    ),
    Template(
        "f_aid_ids_no_serial",
        5,
        "{town}{y}年春节困难群众慰问金领取名单",
        (Grid("村名={public} 户主={name} 身份证={id:mixed} 慰问金={nnn} 领款人签字="),),
        "民政",
        few=8,
        many=30,
    ),
    Template(
        "f_poverty_members",
        5,
        "{town}建档立卡贫困人口基本信息",
        (
            Grid(
                "村={town} 户主姓名={name} 家庭成员姓名={gname} 与户主关系={relation} 身份证号码={gid:mixed}"
                " 文化程度=小学 健康状况=长期慢性病 主要致贫原因={cause}",
                blank="村 户主姓名",
                repeat=15,
            ),
        ),
        "扶贫开发",
        few=12,
        many=40,
    ),
    Template(
        "f_household_blocks",
        5,
        "{public}低保家庭成员核查情况",
        (
            Cards(
                (
                    "户号|户主姓名|成员姓名|与户主关系|公民身份证号码|月保障金",
                    "1|{1.name}|{1.name}|本人|{1.id}|{nnn}",
                    "||{2.name}|配偶|{2.id}|",
                    "||{3.name}|之子|{3.id:lower_x}|",
                    "2|{4.name}|{4.name}|本人|{4.id}|{nnn}",
                    "||{5.name}|母亲|{5.id}|",
                    "3|{6.name}|{6.name}|本人|{6.id}|{nnn}",
                    "合计3户6人",
                )
            ),
        ),
        "城乡低保",
        few=6,
        many=6,
    ),
    Template(
        "f_aid_reasons",
        3,
        "{town}{y}年上半年急难型救助发放情况公告",
        (Grid("序号={#} 姓名={name} 村居={town} 困难原因={cause}致家庭困难 救助金额（元）={nnn} 发放时间={day}"),),
        "临时救助",
    ),
    Template(
        "f_two_subsidies_account",
        5,
        "困难残疾人生活补贴{month}月发放明细",
        (
            Grid(
                "序号={#} 姓名={name} 残疾类型={dis_kind} 残疾等级={dis_grade} 开户银行={bank} 银行账号={card:mixed} 补贴金额=60",
                total="本页小计",
            ),
        ),
        "民政",
    ),
    Template(
        "f_winter_phones",
        4,
        "{y}年度农村低保户电价补贴对象表",
        (Grid("序号={#} 低保户姓名={name:space} 家庭人口={n} 联系电话={mobile:mixed} 月补贴电量=10"),),
        "民政",
    ),
    Template(
        "f_approval_form",
        5,
        "{town}城乡居民最低生活保障申请审批表",
        (
            Cards(
                (
                    "户主|姓 名|{1.name}|性 别|{1.sex}|民 族|汉",
                    "|身份证号|{1.id}|||联系电话|{1.mobile}",
                    "|户籍地址|{1.address}||||",
                    "家庭成员|姓 名|关 系|身份证号||职业|月收入",
                    "|{2.name}|妻|{2.id}||务农|{nnn}",
                    "|{3.name}|子|{3.id}||务工|{nnn}",
                    "申请理由|本人患{1.illness}，丧失劳动能力，家庭生活困难。",
                    "村（居）委会意见|情况属实，同意上报。||||（盖章）|{daycn}",
                )
            ),
        ),
        "城乡低保",
        few=3,
        many=3,
    ),
)

_FARM: Final = (
    Template(
        "f_contract_land",
        5,
        "{public}农村土地承包经营权确权登记颁证结果公示表",
        (
            "本村承包地调查已经结束，公示期15天，如有异议请向村委会提出。",
            Grid(
                "承包方编码={#} 承包方代表={name} 证件号码={id} 家庭成员数={n} 地块数={n} 合同面积={area} 实测面积={area}"
                " 承包合同代码=34032110{n}2{nn}0{nn}0{nn}J",
                repeat=12,
            ),
        ),
        "农业农村",
        few=10,
        many=35,
    ),
    Template(
        "f_land_fertility",
        5,
        "{town}{y}年农业支持保护补贴资金分户清册",
        (
            Grid(
                "编号={#} 农户/姓名={name} 农户/身份证号={id:mixed} 农户/存折账号={passbook:mixed} 面积/承包={area} 面积/核减=0"
                " 补贴金额={amount} 备注=",
                caption="单位：亩、元",
                total="合　计",
            ),
        ),
        "惠民资金",
        few=10,
        many=40,
    ),
    Template(
        "f_machines",
        4,
        "{y}年第{n}批农机购置补贴资金结算情况",
        (
            Grid(
                "序号={#} 购机者/姓名={name} 购机者/联系电话={mobile} 机具/品目=轮式拖拉机 机具/出厂编号=317{nn}{nnn}"
                " 机具/发动机号=Q17{nn}{nn}{nn}{n}H 补贴/中央={amount}"
            ),
        ),
        "农机",
    ),
    Template(
        "f_insured_fields",
        5,
        "政策性水稻种植保险承保公示",
        (
            "投保组织者：{town}农业服务中心　　保险公司报案电话：95518",
            Grid(
                "序号={#} 农户姓名={name} 身份证号码={id:mixed} 一卡通号={passbook:mixed} 联系方式={mobile} 地块名称=村西"
                " 投保数量={area} 农户自缴={nnn}"
            ),
        ),
        "农业保险",
    ),
    Template(
        "f_resettled_reservoir",
        5,
        "大中型水库移民后期扶持直补资金发放花名表",
        (Grid("序号={#} 移民姓名={name} 身份证号码={id15} 搬迁年份=1958 人口类型=原迁人口 直补金额=600", side=2),),
        "移民后扶",
        few=10,
        many=30,
    ),
    Template(
        "f_rice_scientific",
        3,
        "{town}{y}年稻谷目标价格补贴公示表",
        (Grid("户编号={n}{nn} 户主姓名={name} 证件号码={iddamaged:scientific} 种植面积={area} 补贴金额={amount}"),),
        "惠民资金",
    ),
    Template(
        "f_straw_truncated",
        3,
        "{public}秸秆禁烧奖补资金到户表",
        (Grid("序号={#} 姓名={name} 身份证号={iddamaged:truncated} 离田面积={area} 奖补={nnn} 村民签名="),),
        "环保",
    ),
    Template(
        "f_sows",
        4,
        "{y}年能繁母猪补贴养殖户情况汇总",
        (
            Grid(
                "养殖户={name} 所在村={public} 电话号码={mobile:mixed} 存栏（头）={nn} 耳标号=13403{nn}{nnn}{nnn} 金额={nnn}"
            ),
        ),
        "畜牧",
    ),
    Template(
        "f_one_cell_farmer",
        5,
        "{town}大棚蔬菜种植奖补验收结果",
        (Grid("序号={#} 种植户={name}{id} 大棚座数={n} 面积={area} 应补资金={amount} 验收人={official}"),),
        "农业农村",
    ),
)

_HOUSING: Final = (
    Template(
        "f_dilapidated",
        5,
        "{y}年农村危房改造拟补助对象及实物配租家庭公示",
        (
            Grid(
                "序号={#} 乡镇={town} 户主姓名={name} 身份证号码={id} 家庭类型=低保户 人口={n} 危房等级=D 改造方式=重建",
                repeat=20,
            ),
        ),
        "住房保障",
        few=15,
        many=45,
    ),
    Template(
        "f_low_rent",
        5,
        "2015年廉租住房保障家庭情况公示",
        (
            "申请家庭基本情况如下，任何单位和个人如有异议，可自公示之日起10日内向区住房保障中心书面反映。",
            Grid(
                "编号={#} 申请人={name} 身份证号={id} 工作单位={employer} 家庭人口={n} 现住房地址={address} 人均月收入={nnn}"
            ),
        ),
        "住房保障",
    ),
    Template(
        "f_compensation",
        5,
        "{town}城中村改造项目房屋征收分户补偿情况公布表（第{n}期）",
        (
            Grid(
                "序号={#} 被征收人/姓名={name} 被征收人/身份证号={id} 被征收人/联系方式={mobile:mixed} 房屋/坐落={address}"
                " 房屋/证载面积={area} 房屋/评估价={amount} 补偿/合计={amount} 补偿/收款账号={card:mixed}"
            ),
        ),
        "征地拆迁",
    ),
    Template(
        "f_room_choice",
        4,
        "{y}年度公共租赁住房抽签选房顺序及房源",
        (Grid("顺序号={#} 申请人姓名={name} 手机号={mobile} 选定房号={n}#楼{n}0{n} 户型=一室一厅 月租金={nnn}"),),
        "住房保障",
    ),
    Template(
        "f_mask_two_off",
        5,
        "经济适用住房申请家庭复审合格名单",
        (Grid("受理编号={nnn} 申请人={name} 申请人身份证={idmask:-2/*} 配偶={gname} 户籍=蚌山区 人口={n}"),),
        "住房保障",
    ),
    Template(
        "f_mask_day_only",
        5,
        "{y}年新就业无房职工租赁补贴名单",
        (Grid("序号={#} 姓名={name} 身份证号码={idmask:12+4/*} 工作单位={employer} 补贴标准={nnn}"),),
        "住房保障",
    ),
    Template(
        "f_mask_month_day",
        4,
        "{y}年住房租赁补贴（第{n}季度）发放对象",
        (Grid("序号={#} 姓名={name} 身份证号={idmask:monthday/*} 街道={town} 金额={nnn}", side=2),),
        "住房保障",
    ),
    Template(
        "f_staff_housing",
        5,
        "教职工{y}年住房货币化补贴发放公示",
        (Grid("序号={#} 工号=2{nnn} 姓名={name:pad} 身份证号={id} 职称=讲师 参加工作时间={day} 应发补贴={amount}"),),
        "公示",
        few=20,
        many=60,
        parent_title="关于发放住房补贴的公示",
    ),
)

_WORK: Final = (
    Template(
        "f_startup",
        5,
        "附件：{y}年第三批自主创业一次性补贴名册",
        (
            Grid(
                "序号={#} 创业者姓名={name} 毕业院校=星河学院 身份证号码={id:mixed} 电话={mobile:mixed} 创办实体={company} 金额=5000"
            ),
        ),
        "就业创业",
        parent_title="关于2017年创业补贴的公示",
    ),
    Template(
        "f_accountants",
        5,
        "领取会计专业技术初级资格证书人员名单",
        (
            "请下列人员携带身份证原件到市财政局会计科领取证书，联系电话{office}。",
            Grid("证书号={cert} 准考证号={exam} 证件号={id} 姓名={name}", side=2),
        ),
        "通知公告",
        few=10,
        many=40,
    ),
    Template(
        "f_flexible_workers",
        5,
        "{y}年第{n}季度灵活就业人员社会保险补贴享受人员公示",
        (
            Grid(
                "序号={#} 姓名={name} 身份证={id:mixed} 所属街道={town} 人员类别=4050人员 养老补贴={nnn} 医疗补贴={nnn}",
                repeat=25,
            ),
        ),
        "就业创业",
        few=30,
        many=70,
    ),
    Template(
        "f_public_posts",
        5,
        "乡村公益性岗位人员{month}月工资表",
        (
            Grid(
                "序号={#} 姓名={name} 身份证号码={id} 银行帐号={card:mixed} 岗位=护路员 出勤={nn} 实发工资={nnn}",
                total="合计",
            ),
        ),
        "就业创业",
    ),
    Template(
        "f_everything",
        5,
        "{y}年外出务工人员一次性交通补助汇总表",
        (
            Grid(
                "序号={#} 镇={town} 姓名={name} 性别={sex} 年龄={age} 身份证号={id} 务工地点=江苏昆山 联系电话={mobile}"
                " 开户行={bank} 卡号={card} 补助金额=300"
            ),
        ),
        "乡村振兴",
    ),
    Template(
        "f_training_spaced",
        5,
        "新型职业农民培育学员登记册",
        (
            Cards(
                (
                    "序号|姓　名|性 别|身 份 证 号 码|手 机 号|产 业",
                    *numbered("@|{@.name:pad}|{@.sex}|{@.id:spaced}|{@.mobile:hyphenated}|粮油", 7),
                )
            ),
        ),
        "农业农村",
        few=7,
        many=7,
    ),
    Template(
        "f_interns_mask_birth",
        5,
        "青年就业见习人员生活补助公示",
        (
            Grid(
                "序号={#} 见习人员姓名={name} 性别={sex} 出生年月={birthmonth} 身份证号码={idmask:6+4/*} 学历=本科 月数={n}"
            ),
        ),
        "就业创业",
    ),
    Template(
        "f_mask_age",
        4,
        "就业困难人员认定公示（{y}年第{nn}期）",
        (Grid("姓名={name} 性别={sex} 年龄={age} 身份证号={idmask:6+4/*} 困难类型=大龄失业 社区={town}"),),
        "就业创业",
    ),
    Template(
        "f_mask_sex",
        0,
        "{y}年失业保险稳岗返还外个人技能补贴名单",
        (Grid("序号={#} 姓名={name} 性别={sex} 身份证号={idmask:6+4/*} 证书等级=三级 补贴=1500"),),
        "就业创业",
    ),
    Template(
        "f_recruit_review",
        5,
        "{y}年公开招聘社区工作者资格复审人员",
        (Grid("岗位代码=0{nn} 准考证号={exam} 姓名={name} 身份证号={id} 联系电话={mobile} 笔试成绩={score}"),),
        "人事招考",
    ),
    Template(
        "f_drivers",
        5,
        "道路旅客运输驾驶员从业资格考试合格人员",
        (Grid("序号={#} 姓名={name} 从业资格证号={id} 准驾车型=A1 发证日期={day} 有效期至={day}"),),
        "交通运输",
    ),
)

TABLES: Final = (*_AID, *_FARM, *_HOUSING, *_WORK)
