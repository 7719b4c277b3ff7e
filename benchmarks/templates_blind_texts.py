"""Letters, decisions, running lists and statements of the set ``blind``; see ``templates_blind``."""

from __future__ import annotations

from typing import Final

from scanner.synthetic.templates import Each, Template

_LETTERS: Final = (
    Template(
        "b_letter_reply",
        3,
        "市长信箱回复摘编",
        (
            "来信人：{name}　　联系手机：{mobile:wide_hyphen}",
            "来信内容：我家门前的路灯坏了两个多月，多次向社区反映没人管，请帮忙解决。",
            "办理结果：{daycn}，{bureau}派员到现场维修，现已恢复照明。承办科室电话：{office}。",
        ),
        "互动交流",
        few=1,
        many=1,
    ),
    Template(
        "b_informant",
        5,
        "群众举报件办理情况（第{n}批）",
        (
            "{daycn}，举报人{name}（电话{mobile}）反映{town}一养殖场夜间偷排污水。",
            "经查，反映情况部分属实，已责令{company}限期改正。",
            "举报受理电话：12369。",
        ),
        "环保督察",
        few=1,
        many=1,
    ),
    Template(
        "b_petition",
        5,
        "信访事项处理意见书",
        (
            "信访人：{name}，{sex}，汉族，身份证号：{id:in_brackets}，住址：{address:ordinal_group}。",
            "信访事项：要求解决{y}年修路占地补偿问题。",
            "{name}同志：你反映的问题我单位已于{daycn}受理，经调查核实，答复如下。",
            "如不服本意见，可自收到之日起30日内向{bureau}申请复查。",
        ),
        "信访",
        few=1,
        many=1,
    ),
    Template(
        "b_application",
        5,
        "政府信息公开申请（转办）",
        (
            "申 请 人　{name}",
            "证 件 号 码　{id:directional}",
            "通 信 地 址　{address:hyphen_doors}",
            "手　　　机　{mobile:directional}",
            "电 子 邮 箱　{email}",
            "所需信息内容描述：{town}{y}年土地征收批复文件。",
        ),
        "信息公开",
        few=1,
        many=1,
    ),
    Template(
        "b_proposal",
        None,
        "对市政协第{n}次会议第{nn}号提案的答复",
        (
            "{name}委员：",
            "您提出的关于老旧小区停车难的提案收悉，现答复如下。",
            "（委员联系电话：{mobile:en_dash}）",
            "办理单位：{bureau}　　联系电话：{office}",
        ),
        "建议提案",
        few=1,
        many=1,
    ),
)

_LAW: Final = (
    Template(
        "b_judgment",
        5,
        "民事判决书",
        (
            "（{y}）皖0303民初{nnn}号",
            "原告：{name}，{sex}，{birthcn}生，汉族，住{address}，公民身份号码{id}。",
            "被告：{2.name}，{2.sex}，{2.birthcn}生，汉族，住{2.address}，公民身份号码{2.id}。",
            "本院认为，双方之间的借贷关系合法有效。判决被告于本判决生效之日起十日内偿还借款{nnn}元。",
            "审判员　{3.official}",
        ),
        "司法公开",
        few=3,
        many=3,
    ),
    Template(
        "b_service",
        4,
        "公告送达催缴通知",
        (
            "{name}（身份证号码{id:every_digit}）：",
            "因采取其他方式无法送达，现依法向你公告送达责令限期改正通知书，自发出之日起经过60日即视为送达。",
        ),
        "公告",
        few=1,
        many=1,
    ),
    Template(
        "b_drunk_driving",
        5,
        "交警大队曝光台：{month}月份酒驾人员",
        (Each("{#}、{name}，驾驶证号{id}，驾驶{plate:spaced}小型轿车，酒精含量{nn}mg/100ml", "；", per_line=1),),
        "曝光台",
        few=2,
        many=8,
    ),
    Template(
        "b_fine_address",
        3,
        "城市管理行政处罚决定书（{y}）第{nn}号",
        (
            "被处罚人{name}，{sex}，{age}岁，家住{address:from_village}。",
            "经查实，你在{town}主干道擅自搭建棚亭，依据相关规定，现作出罚款{nnn}元的行政处罚。",
        ),
        "行政处罚",
        few=1,
        many=1,
    ),
    Template(
        "b_fine_phone",
        3,
        "市场监管所当场处罚笔录公示",
        ("经营人：{name}；联系方式：{mobile:country}；违法事实：未亮照经营；处理结果：警告。", "文书编号：{docno}"),
        "行政处罚",
        few=1,
        many=1,
    ),
    Template(
        "b_victim",
        5,
        "检察院依法从快批捕一起猥亵案",
        ("经审查查明，{daycn}晚，犯罪嫌疑人丁某某尾随被害人{name}（女，{age}岁，租住于{address}）并实施猥亵。",),
        "检务公开",
        few=1,
        many=1,
    ),
    Template(
        "b_rehab",
        5,
        "{town}社区戒毒（康复）人员帮教分工",
        (Each("吸毒人员{name}，帮教单位为{town}派出所", "；"),),
        "平安建设",
        few=3,
        many=8,
    ),
    Template(
        "b_hiv",
        5,
        "疾控中心走访感染者侧记",
        ("在{town}，艾滋病感染者{name}告诉随访医生，免费抗病毒药物让其身体状况稳定下来。",),
        "工作动态",
        few=1,
        many=1,
    ),
    Template(
        "b_lost_papers",
        4,
        "证件遗失声明",
        (Each("{name}遗失二代身份证一张，号码为{id}，声明作废", "。", after="。", per_line=1),),
        "公告栏",
        few=2,
        many=6,
    ),
    Template(
        "b_lost_card",
        5,
        "拾金不昧：银行卡招领",
        ("保安在大厅拾到{bank}卡一张，卡号{card:in_quotes}，户名{name}，请失主到服务台认领。",),
        "便民",
        few=1,
        many=1,
    ),
    Template(
        "b_property_loss",
        None,
        "不动产权证书遗失公告",
        ("{name}因保管不善，将坐落于{address:from_estate}的房屋所有权证遗失，现申请补发，特此公告。",),
        "不动产登记",
        few=1,
        many=1,
    ),
    Template(
        "b_lease",
        5,
        "集体机动地承包合同（文本）",
        (
            "发包方（甲方）：{town}经济合作社",
            "承包方（乙方）：{name}　身份证号：{id:wrapped}　电话：{mobile:wide_space}",
            "一、甲方将位于村北的机动地{n}亩发包给乙方耕种，承包费每亩{nnn}元。",
            "乙方收款账户：{bank}　{card:directional}",
        ),
        "三资管理",
        few=1,
        many=1,
    ),
)

_LISTS: Final = (
    Template(
        "b_list_slash",
        5,
        "志愿服务岗前培训签到",
        (Each("{name}/{id}/{mobile:dots}", "；"),),
        "通知",
    ),
    Template(
        "b_list_bar",
        5,
        "第{n}批人才公寓入住人员",
        (Each("{name}|{id:in_brackets}|{employer}", "\n", per_line=1),),
        "人才工作",
    ),
    Template(
        "b_list_numbered",
        5,
        "{y}年护士执业注册名册（补录）",
        (Each("{#}.{name}（身份证{id:spaced_year}）", "　", per_line=2),),
        "卫生健康",
    ),
    Template("b_list_phones", 3, "文明创建楼栋长名册", (Each("{name}{mobile}", " ", before="各楼栋长："),), "社区"),
    Template(
        "b_list_wrapped",
        3,
        "秋季义诊预约登记",
        (Each("{name:spaces} {mobile:wide_space}", "，", "已预约：", "。"),),
        "通知",
    ),
    Template(
        "b_list_names_comma", 0, "优秀共产党员拟表彰对象", (Each("{name}", "，", "（排名不分先后）", "。"),), "党建"
    ),
    Template(
        "b_list_names_gap", 0, "{y}年度最美护士提名", (Each("{name:space}", "  ", per_line=5),), "卫生健康", few=10
    ),
    Template(
        "b_list_names_slash", 0, "乡村振兴讲解比赛获奖选手", (Each("{name}", " / ", "三等奖："),), "农业农村", few=6
    ),
    Template(
        "b_list_names_numbered",
        0,
        "人民调解员聘任名单",
        (Each("（{#}）{name:pad}", "　", per_line=4),),
        "司法行政",
        few=8,
    ),
    Template(
        "b_list_mixed",
        5,
        "{y}年度春节送温暖打卡",
        (Each("{name}，卡号{card}，{nnn}元", "；", "困难职工："),),
        "工会",
    ),
    Template(
        "b_list_parents",
        5,
        "{school}放学托管报名",
        (Each("{name}（家长{gname}，宅电{landline:em_dash}）", "、"),),
        "校园动态",
        minor=True,
    ),
    Template(
        "b_list_masked",
        5,
        "农民培训结业考核",
        (Each("{name}({birthcn}出生，{idmask:6+4/某})", "、"),),
        "农业农村",
    ),
)

_STORIES: Final = (
    Template(
        "b_visit",
        4,
        "{town}开展“夏送清凉”活动",
        ("{daycn}上午，{role}{official}冒着高温来到{2.public}，看望了身患{2.illness}的{2.name}，送上慰问金{nnn}元。",),
        "工作动态",
        few=2,
        many=2,
    ),
    Template(
        "b_household",
        5,
        "贫困户帮扶日记",
        ("户主{name}，家庭人口{n}人，家住{address:chinese_group}，因{illness}致贫，{y}年纳入建档立卡。",),
        "精准扶贫",
        few=1,
        many=1,
    ),
    Template(
        "b_villager_phone",
        None,
        "我市草莓进入采摘期",
        ("种植户{name}说，今年行情不错，想采摘的市民可以打电话{mobile:in_brackets}预约。",),
        "乡村旅游",
        few=1,
        many=1,
    ),
    Template(
        "b_missing",
        None,
        "寻人启事",
        ("{name}，{sex}，{age}岁，身高1.6米，于{daycn}从{address}走失，有知情者请与家属{gname}联系，电话{gmobile}。",),
        "便民",
        few=1,
        many=1,
    ),
    Template(
        "b_mail_sentence",
        None,
        "征文启事获奖作者名录",
        (Each("{name}（邮箱{email:mailto}，QQ{qq}）", "；"),),
        "文化",
        few=2,
        many=6,
    ),
)

_MARKS: Final = (
    Template(
        "b_mark_internal",
        3,
        "社会稳定形势分析",
        (
            "内部资料　注意保存",
            "一、基本情况。本月全市治安形势总体平稳。",
            "二、下步打算。各单位要加强研判。",
            "{bureau}",
            "{daycn}",
        ),
        "工作动态",
        few=1,
        many=1,
        bare=True,
    ),
    Template(
        "b_mark_closed",
        3,
        "关于调整考核办法的通知",
        (
            "各科（室）：",
            "经研究，对年度考核办法作如下调整，请遵照执行。",
            "{bureau}办公室　{daycn}",
            "公开属性：不予公开",
        ),
        "通知公告",
        few=1,
        many=1,
        bare=True,
    ),
    Template(
        "b_mark_secret",
        6,
        "关于专项检查情况的报告",
        ("机密★5年", "市委：", "现将有关情况报告如下。", "{bureau}", "{daycn}"),
        "通知公告",
        few=1,
        many=1,
        bare=True,
    ),
)

TEXTS: Final = (*_LETTERS, *_LAW, *_LISTS, *_STORIES, *_MARKS)
