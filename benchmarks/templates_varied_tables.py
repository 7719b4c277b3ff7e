"""Leaking tables of the set ``varied``: sheets of many offices, each laid out in its own way."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Grid, Template


def numbered(row: str, count: int) -> tuple[str, ...]:
    """The row for the first ``count`` people; "@" is the row's number.

    >>> numbered("@|{name}", 2)
    ('1|{1.name}', '2|{2.name}')
    """
    return tuple(row.replace("{", f"{{{i}.").replace("@", str(i)) for i in range(1, count + 1))


TABLES: Final = (
    Template(
        "v_low_rent_blocks",
        5,
        "枫林苑廉租住房第三批选房结果（{y}年）",
        (
            "按现场抽签先后，选房结果如下，房源坐落枫林苑二期。",
            Grid("顺序={#} 承租人={name} 证件号={id} 所选房源={n}幢{nn}号", side=3, caption="枫林苑二期选房结果一览"),
        ),
        "保障性安居工程",
        few=6,
        many=30,
    ),
    Template(
        "v_land_contract",
        5,
        "柳湾村土地承包经营权登记颁证公示表",
        (
            Grid(
                "地块/编码={nnn}-{nn} 地块/面积（亩）={n}.{nn} 承包方代表/姓名={name} 承包方代表/公民身份号码={id:dots} "
                "共有人数={n} 签章=",
                caption="农村土地承包经营权公示结果归户表（柳湾村民委员会）",
            ),
        ),
        "农村经营管理",
    ),
    Template(
        "v_subtotals",
        5,
        "{y}年退耕还林政策补助兑现分户清单",
        (
            Cards(
                (
                    "{y}年退耕还林政策补助兑现分户清单",
                    "填报单位：青崖乡林业站||||单位：亩、元",
                    "村别|户主|面积|补助金额|惠农卡号",
                    *numbered("石磨村|{name}|{n}.{n}|{amount}|{passbook}", 4),
                    "小计||{nn}.{n}|{amount}|",
                    "榆树村|{5.name}|{n}.{n}|{amount}|{5.passbook}",
                    "榆树村|{6.name}|{n}.{n}|{amount}|{6.passbook}",
                    "小计||{n}.{n}|{amount}|",
                    "合计||{nn}.{n}|{amount}|",
                )
            ),
        ),
        "林业",
        few=6,
        many=6,
    ),
    Template(
        "v_on_its_side",
        5,
        "参加省级技能大赛选手情况",
        (
            Cards(
                (
                    "选手|{name}|{2.name}|{3.name}|{4.name}",
                    "性别|{sex}|{2.sex}|{3.sex}|{4.sex}",
                    "身份证|{id}|{2.id}|{3.id}|{4.id}",
                    "手机|{mobile}|{2.mobile}|{3.mobile}|{4.mobile}",
                    "项目|砌筑|钢筋|焊接|汽修",
                )
            ),
        ),
        "技能人才",
        few=4,
        many=4,
    ),
    Template(
        "v_no_header",
        5,
        "附件：补缴名册",
        (Cards(("{#}|{name}|{sex}|{id}|{public}|{nnn}.00",), each=True),),
        "社保经办",
    ),
    Template(
        "v_no_header_phone",
        3,
        "鹭洲社区楼道长名单附件2",
        (Cards(("{#}|{name}|{n}号楼{n}单元|{mobile}",), each=True),),
        "社区",
    ),
    Template(
        "v_dibao_change",
        5,
        "{y}年第{n}季度低保动态管理变更情况（停发部分）",
        (
            Grid(
                "编号={#} 乡镇={town} 低保证号={nnn}{nnn} 持证人={name} 持证人公民身份号码={id:quoted} 原月保障金={nnn}元 "
                "停发原因=收入超标",
                total="本季停发共计",
            ),
        ),
        "社会救助",
    ),
    Template(
        "v_card_subsidy",
        5,
        "惠民资金“一卡通”打卡发放表（公益林）",
        (
            Grid(
                "序={#} 收款人名称={name} 收款人账号={passbook:threes} 开户机构=农商行 发放额(元)={amount} 摘要=公益林补偿"
            ),
        ),
        "财政资金",
    ),
    Template(
        "v_card_two_row",
        5,
        "棉花良种推广补贴到户表",
        (
            Grid(
                "农户情况/编号={#} 农户情况/姓名={name} 种植情况/面积(亩)={n}.{n} 种植情况/品种=皖杂{nn} "
                "打款信息/银行={bank} 打款信息/卡号={card:dots} 核定=是",
            ),
        ),
        "农业",
    ),
    Template(
        "v_medical_refund",
        5,
        "{y}年{month}月重特大疾病二次报销人员表",
        (
            Grid(
                "患者={name} 参合证号={nnn}{nnn} 住院诊断={illness} 总费用={amount} 合规费用={amount} 补偿金额={amount} "
                "领款签字人={gname} 签字人电话={gmobile:dots}",
            ),
        ),
        "合作医疗",
    ),
    Template(
        "v_illness_only",
        4,
        "困难职工大病帮扶情况汇总（市总工会）",
        (Grid("No.={#} 职工={name} 单位={employer} 所患疾病={illness} 帮扶资金={amount}", total="总计"),),
        "工会",
    ),
    Template(
        "v_enrolment",
        5,
        "鹤鸣路小学一年级新生分班一览",
        (
            Grid(
                "班级={class} 新生={name} 性别={sex} 出生年月日={birthdot} 户籍={address} 家长={gname} "
                "与学生关系={relation} 家长手机号={gmobile}",
                repeat=10,
            ),
        ),
        "学区招生",
        minor=True,
        few=12,
        many=40,
    ),
    Template(
        "v_boarding",
        5,
        "{y}春学期营养改善计划受益学生花名",
        (Grid("学籍={student} 学生={name} 年级={class} 监护人={gname} 监护人证件={gid} 受益天数={nn}"),),
        "学校后勤",
        minor=True,
    ),
    Template(
        "v_vaccination",
        5,
        "本辖区未种证儿童摸底表",
        (
            Grid(
                "儿童姓名={name} 出生={birth8} 家庭居住地={address} 联系人={gname} 联系人号码={gmobile:grouped434}",
                caption="预防接种查漏补种摸底表",
            ),
        ),
        "疾控",
        minor=True,
    ),
    Template(
        "v_disabled_aids",
        5,
        "辅助器具适配对象审核表",
        (Grid("申领人={name} 残疾人证={dis_no:grouped} 器具名称=轮椅 数量=1 领取人联系方式={mobile}"),),
        "残疾人康复",
    ),
    Template(
        "v_disabled_kind_phone",
        5,
        "阳光家园托养服务对象花名册",
        (Grid("姓名(托养对象)={name} 类别·等级={dis_kind}{dis_grade} 家庭详细地址={address} 托养方式=居家"),),
        "残疾人服务",
    ),
    Template(
        "v_veterans",
        5,
        "义务兵家庭优待金发放台账",
        (
            Grid(
                "义务兵={name} 入伍年份={y} 优待对象/户主={gname} 优待对象/身份证号={gid:fours} 优待对象/关系={relation} "
                "金额/标准={nnn} 金额/实发={amount}",
                caption="义务兵家庭优待金发放台账　　制表：人民武装部",
            ),
        ),
        "双拥",
    ),
    Template(
        "v_glued_columns",
        5,
        "灵活就业人员补贴拟发放对象（第四批）",
        (Grid("序号={#} 姓名身份证号={name}{id} 缴费月数={n} 补贴金额={amount}"),),
        "就业补助",
    ),
    Template(
        "v_glued_contact",
        3,
        "农家书屋管理员登记情况",
        (Grid("村名={public} 管理员及手机={name}{mobile} 藏书量（册）={nnn}"),),
        "文化体育",
    ),
    Template(
        "v_household_merged",
        5,
        "易地搬迁安置分户情况（水口安置点）",
        (
            Cards(
                (
                    "户号|家庭成员|与户主关系|证件号码|安置面积",
                    "1|{name}|户主|{id}|{area}",
                    "|{gname}|{relation}|{gid}|",
                    "2|{2.name}|户主|{2.id}|{2.area}",
                    "|{2.gname}|{2.relation}|{2.gid}|",
                    "3|{3.name}|户主|{3.id}|{3.area}",
                    "|{3.gname}|{3.relation}|{3.gid}|",
                )
            ),
        ),
        "易地搬迁",
        few=3,
        many=3,
    ),
    Template(
        "v_form_recruit",
        5,
        "应聘人员登记表（乡镇卫生院护理岗）",
        (
            Cards(
                (
                    "姓 名|{name}|性 别|{sex}|出生年月|{birthmonth}",
                    "身份证号|{id}|||民 族|汉",
                    "家庭住址|{address}|||邮 编|233{nn}0",
                    "联系电话|{mobile}|电子信箱|{email}||",
                    "家庭主要成员|{relation}|{gname}|联系方式|{gmobile}|",
                    "本人承诺：以上所填属实。",
                )
            ),
        ),
        "人事人才",
        few=1,
        many=1,
    ),
    Template(
        "v_form_aid",
        5,
        "临时困难救助审批表（存档）",
        (
            Cards(
                (
                    "申请人基本情况|姓名|{name}|联系电话|{mobile:comma}",
                    "|身份证号码|{id:grouped3}|开户银行|{bank}",
                    "|银行账号|{card:threes}|申请金额|{nnn}元",
                    "困难原因|本人患{illness}，医药费负担重",
                    "村（居）委会意见|情况属实，同意上报。|经办人||{daycn}",
                )
            ),
        ),
        "救助审批",
        few=1,
        many=1,
    ),
    Template(
        "v_compensation",
        5,
        "环湖路二期房屋征收分户补偿结果",
        (
            Grid(
                "协议编号=HH{nnn} 被征收人={name} 身份证={id:underline} 房屋坐落={address} 建筑面积㎡={area} "
                "补偿总额(万元)={nn}.{nn} 过渡方式=货币",
                caption="环湖路二期改造项目征收补偿公示（第二榜）",
            ),
        ),
        "征收补偿",
    ),
    Template(
        "v_injury",
        5,
        "{y}年上半年工伤认定办结情况统计表",
        (
            Grid(
                "受伤职工={name} 居民身份证={idmask:-1} 用人单位={company} 受伤部位=右手食指 认定文书={docno} 结论=工伤",
            ),
        ),
        "工伤保险",
    ),
    Template(
        "v_mask_birth",
        5,
        "老年乡村医生生活补助资格复核",
        (Grid("姓名={name} 出生时间={birthcn} 身份证号码={idmask:6+4/×} 执业年限={nn} 月补助={nnn}"),),
        "基层卫生",
    ),
    Template(
        "v_mask_monthday",
        4,
        "失业人员职业培训补贴申领表（电工班）",
        (Grid("学员={name} 身份证（部分）={idmask:monthday} 工种=电工 补贴={nnn}"),),
        "职业培训",
    ),
    Template(
        "v_damaged_sum",
        3,
        "能繁母猪保险理赔分户清册",
        (Grid("被保险人={name} 证件号码={iddamaged:scientific} 头数={n} 赔付金额/元={nnn} 备注=死亡"),),
        "农业保险",
    ),
    Template(
        "v_births",
        3,
        "{town}百岁以下高龄老人生日慰问表",
        (Grid("老人={name} 生日={birthcn} 慰问品=食用油 送达人签字="),),
        "老龄工作",
    ),
    Template(
        "v_volunteers",
        3,
        "马拉松志愿者上岗安排（补给组）",
        (Grid("点位={n}号补给点 志愿者={name} 手机号={mobile:fullstop} QQ号码={qq} 上衣尺码=L"),),
        "体育赛事",
    ),
    Template(
        "v_exam_seats",
        5,
        "{y}年社区工作者招聘笔试考场编排",
        (Grid("考场={nn} 座位={nn} 准考证={exam} 考生={name} 有效证件号={id:spread} 成绩={score}"),),
        "招聘考试",
        few=8,
        many=30,
    ),
    Template(
        "v_hukou",
        5,
        "拟注销重复户口人员公示",
        (Grid("派出所=东桥派出所 姓名={name} 保留身份号码={id} 注销身份号码={id15} 注销原因=重户"),),
        "户政管理",
    ),
    Template(
        "v_ids_alone",
        4,
        "扣除重复参保人员代码表",
        (Grid("序号={#} 社会保障号码={id} 重复险种=居民养老 处理结果=退费"),),
        "社保稽核",
    ),
)
