"""Pages full of numbers that belong to nobody, and lists that may stand as they are, of the set ``fresh``."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Cards, Each, Grid, Template

_CODES: Final = (
    Template(
        "f_ok_emissions",
        0,
        "{y}年重点排污单位名录及排污许可证核发",
        (
            Grid(
                "序号={#} 单位名称={company} 排污许可证编号={credit}001P 行业类别=污水处理 发证日期={day} 有效期限=三年"
            ),
        ),
        "环境保护",
        few=10,
        many=40,
    ),
    Template(
        "f_ok_timber",
        0,
        "林木采伐许可证发放公示（{y}年{month}月）",
        (
            Grid(
                "采伐证号=340321{y}0{n}{nn}00{nn} 申请单位={company} 采伐地点={town} 树种=杨树 面积={area} 蓄积={area}"
            ),
        ),
        "林业",
        few=10,
        many=40,
    ),
    Template(
        "f_ok_building",
        0,
        "{y}年建筑工程竣工验收备案情况",
        (
            Grid(
                "备案/编号={permit} 备案/日期={day} 工程/名称={town}安置房{n}号楼 工程/面积={nnn}{nn} 单位/施工={company} 单位/项目经理={official}"
            ),
        ),
        "住建",
        few=20,
        many=50,
    ),
    Template(
        "f_ok_drugs",
        0,
        "药品抽验不合格情况通告",
        (
            Grid(
                "药品名称=板蓝根颗粒 批准文号=国药准字Z3402{nn}{nn} 批号={y}0{n}{nn} 检验报告书编号=YP{y}{nnn}{nn} 标示生产企业={company}"
            ),
        ),
        "药品监管",
    ),
    Template(
        "f_ok_closed_firms",
        0,
        "注销企业公告",
        (Each("{company}（注册号：{regno}）", "、", "下列企业经股东会决议解散，准予注销登记：", "。"),),
        "市场监管",
    ),
    Template(
        "f_ok_land_certificates",
        0,
        "{y}年不动产登记簿登记结果（单位）",
        (
            Grid(
                "不动产权证号=皖（{y}）怀远县不动产权第00{nn}{nn}{n}号 不动产单元号=340321{nn}10{n}2GB00{nn}1F{nn}010{nn} 权利人={company} 共有情况=单独所有"
            ),
        ),
        "不动产登记",
    ),
    Template(
        "f_ok_winning",
        0,
        "{town}中学运动场改造工程中标候选人公示",
        (
            "招标编号：{tender}　项目代码：{project}　最高限价：{amount}元",
            Grid(
                "名次={#} 中标候选人={company} 投标报价={amount} 项目负责人={official} 注册建造师编号=皖2341{nn}{nnn}{nn} 工期={nn}天"
            ),
            "招标人联系电话：{office}；代理机构：{agency}，联系人{official}，手机{agentmobile}。",
        ),
        "招标公告",
        few=3,
        many=3,
    ),
    Template(
        "f_ok_suppliers",
        0,
        "{bureau}物业服务采购合同公告",
        (
            "合同编号：{tender}-{nn}",
            "采购人（甲方）：{bureau}　联系方式：{office}",
            "供应商（乙方）：{company}　地址：星河市工农路{nnn}号　联系人：{official}　联系方式：{agentmobile}",
            "乙方开户行：{bank}　账号：{orgaccount}",
            "合同金额：{amount}元　合同签订日期：{daycn}",
        ),
        "政府采购",
        few=1,
        many=1,
    ),
    Template(
        "f_ok_land_sale",
        0,
        "国有建设用地使用权网上挂牌出让公告",
        (
            Grid(
                "宗地编号={parcel} 宗地坐标={coordinate} 面积={nnn}{nn} 容积率={n}.{n} 起始价={amount} 竞买保证金={amount}"
            ),
            "竞买保证金缴纳账户：户名：市公共资源交易中心，开户行：{bank}，账号：{orgaccount}。",
            "咨询电话：{office}，技术支持：400-998-0000。",
        ),
        "土地出让",
    ),
)

_OFFICES: Final = (
    Template(
        "f_ok_school_phones",
        0,
        "{y}年义务教育学校招生咨询电话一览",
        (Grid("学校={school} 咨询电话={office} 监督电话={office} 校址=星河市建设路{nnn}号", side=2),),
        "教育",
    ),
    Template(
        "f_ok_rivers",
        0,
        "{town}河长名单及监督电话",
        (
            Grid(
                "河流名称={town}大沟 起止桩号=K{n}+{nnn} 长度（km）={n}.{nn} 河长={official} 职务={role} 监督电话={office}"
            ),
        ),
        "水利",
    ),
    Template(
        "f_ok_clinic",
        0,
        "市第一人民医院专家门诊安排",
        (Grid("科室=心血管内科 专家={official} 职称=主任医师 出诊时间=周{n}上午 挂号费={nn} 咨询电话={office}"),),
        "医疗服务",
    ),
    Template(
        "f_ok_doctors",
        0,
        "{y}年第{n}批医师执业注册公告",
        (
            Grid(
                "序号={#} 姓名={official} 执业证书编码=110340{nn}{nn}{nn}{nn}{n} 执业范围=内科专业 执业机构={town}卫生院"
            ),
        ),
        "卫生健康",
    ),
    Template(
        "f_ok_prices",
        0,
        "{town}卫生院医疗服务价格公示",
        (
            Grid(
                "项目编码=1{nn}{nn}{nn}{nn} 项目名称=静脉输液 计价单位=次 三级价格={n}.{n} 一级价格={n}.{n} 医保支付=甲类"
            ),
        ),
        "医疗服务",
        few=15,
        many=40,
    ),
    Template(
        "f_ok_guide",
        0,
        "残疾人证申领办事指南",
        (
            "一、受理条件：具有本县户籍，经指定医院评定符合残疾标准。",
            "二、申请材料：1.居民身份证、户口簿复印件；2.近期二寸免冠照片3张；3.监护人身份证明。",
            "三、填表示例：姓名：张三；身份证号码：{sampleid}；联系电话：{samplemobile}。",
            "四、办理地点：县政务服务中心二楼{nn}号窗口；咨询电话：{office}；投诉电话：{hotline}。",
        ),
        "办事指南",
        few=1,
        many=1,
    ),
    Template(
        "f_ok_blank_form",
        0,
        "特困人员供养申请表（样表下载）",
        (
            Cards(
                (
                    "供养申请人||性别||民族|",
                    "身份证号码|□□□□□□□□□□□□□□□□□□||||",
                    "家庭住址||||联系电话|",
                    "开户银行||银行账号|||",
                    "填表说明：身份证号码应填写18位，咨询电话{office}。",
                )
            ),
        ),
        "表格下载",
        few=1,
        many=1,
    ),
    Template(
        "f_ok_foot",
        0,
        "网站地图",
        (
            "主办：县人民政府办公室　承办：县信息中心　网站标识码：34032100{nn}",
            "皖ICP备0500{nnn}号-1　皖公网安备 340321020000{nn}号　联系电话：{office}（工作日）",
            "邮箱：hyxxgk@163.com　邮编：233400　访问量：{nnn}{nnn}{nn}",
        ),
        "关于我们",
        few=1,
        many=1,
    ),
)

_FIGURES: Final = (
    Template(
        "f_ok_rain",
        0,
        "水雨情信息（每日8时）",
        (Grid("站码=509{nn}{nnn} 站名={town}闸 时间={day} 水位={nn}.{nn} 流量={nnn} 经纬度={coordinate}"),),
        "水利",
        few=20,
        many=50,
    ),
    Template(
        "f_ok_funds",
        0,
        "{y}年县级财政专项扶贫资金项目计划表",
        (
            Grid(
                "序号={#} 项目名称={town}道路硬化 项目编码=FP{y}{nnn}{nn} 资金/中央={amount} 资金/省级={amount} 受益户数={nnn} 责任单位={bureau}"
            ),
        ),
        "扶贫开发",
    ),
    Template(
        "f_ok_bulletin",
        0,
        "{y}年国民经济和社会发展统计公报",
        (
            "初步核算，全年生产总值{nnn}.{nn}亿元，比上年增长{n}.{n}%。年末户籍人口{nnn}{nnn}人，城镇化率{nn}.{nn}%。",
            "全年粮食产量{nnn}{nn}吨，财政收入{amount}万元，固定电话用户{nnn}{nn}户，移动电话用户{nnn}{nnn}户。",
            "全年发放低保金{amount}万元，城市低保{nnn}户{nnn}人，医疗救助{nnn}人次。",
        ),
        "统计数据",
        few=1,
        many=1,
    ),
    Template(
        "f_ok_seats",
        0,
        "{y}年公务员考试考场安排",
        (Grid("考点={school} 考场号=0{nn} 起始准考证号={exam} 终止准考证号={exam} 座位数=30"),),
        "人事考试",
    ),
    Template(
        "f_ok_hired",
        0,
        "{y}年县直事业单位公开招聘拟聘用人员公示",
        (
            Grid(
                "岗位代码=17{nn}{nn} 准考证号={exam} 姓名={name} 性别={sex} 毕业院校=安徽师范大学 合成成绩={score} 拟聘单位={bureau}"
            ),
            "公示期5个工作日，监督电话：{office}。",
        ),
        "人事招考",
    ),
)

_LAWFUL: Final = (
    Template(
        "f_ok_dishonest",
        0,
        "怀远县人民法院失信被执行人名单（第{nn}期）",
        (
            Grid(
                "序号={#} 被执行人姓名={name} 身份证号码={id} 执行依据文号=（{y}）皖0321民初{nnn}号 未履行金额={amount}"
            ),
        ),
        "失信被执行人",
    ),
    Template(
        "f_ok_arrears",
        0,
        "国家税务局欠税公告",
        (
            "根据《欠税公告办法（试行）》第五条的规定，现对下列个体纳税人欠税情况予以公告：",
            Each(
                "{#}.业主{name}，居民身份证号码{id}，经营地点{town}农贸市场，欠缴增值税{amount}元",
                "；",
                after="；",
                per_line=1,
            ),
        ),
        "欠税公告",
        few=2,
        many=6,
    ),
    Template(
        "f_ok_aid_village",
        0,
        "{town}{y}年第{n}季度特困供养人员公示",
        (Grid("序号={#} 姓名={name} 所在村={public} 供养方式=分散 月供养标准={nnn}", side=2),),
        "民政",
    ),
    Template(
        "f_ok_mask",
        0,
        "{y}年稳就业社保补贴人员公示",
        (Grid("序号={#} 姓名={starname} 身份证号码={idmask:6+0/*} 联系电话={maskmobile} 补贴金额={nnn}"),),
        "就业创业",
    ),
    Template(
        "f_ok_students",
        0,
        "{y}年度国家助学金拟资助学生名单",
        (Grid("序号={#} 院系=经济管理学院 专业=会计学 班级=会计{nn}{n} 姓名={name} 资助等级=二等"),),
        "学生工作",
    ),
    Template(
        "f_ok_verdict",
        0,
        "刑事判决书（公开版）",
        (
            "（{y}）皖0321刑初{nnn}号。公诉机关怀远县人民检察院。被告人{maskname}，{sex}，初中文化，农民。",
            "经审理查明，{daycn}，被告人{maskname}酒后驾驶机动车，血液乙醇含量为1{nn}mg/100ml。判处拘役一个月，并处罚金{nnn}元。",
        ),
        "司法公开",
        few=1,
        many=1,
    ),
    Template(
        "f_ok_open_notice",
        0,
        "关于印发{y}年政务公开工作要点的通知",
        (
            "各乡镇人民政府，县政府各部门：",
            "各单位要做好主动公开和依申请公开工作，公开前严格审查，涉及国家秘密、商业秘密、个人隐私的不予公开。",
            "索引号：{index}　文号：{docno}　咨询电话：{office}",
            "（此件公开发布）",
        ),
        "政策文件",
        few=1,
        many=1,
        bare=True,
    ),
)

HARMLESS: Final = (*_CODES, *_OFFICES, *_FIGURES, *_LAWFUL)
