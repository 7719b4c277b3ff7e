"""Pages of a government site without personal data but with many numbers: news, tenders, budgets, permits, contacts.

Each page is composed once into a skeleton with slots; rendering fills the slots from pools of values made beforehand,
which is fast enough for a million pages, and no two pages carry the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from random import Random
from typing import Final

from scanner.synthetic import names
from scanner.synthetic.filling import Filler
from scanner.synthetic.people import Person

_NEWS: Final = """
{daycn}，{official}{role}率队到{town}调研乡村产业发展情况，先后察看了特色种植基地、农产品加工车间和人居环境整治现场，详细询问了生产经营和群众增收情况。
会议指出，今年以来全市上下坚持稳中求进工作总基调，统筹推进改革发展稳定各项任务，经济运行总体平稳、稳中有进，主要指标增速保持在合理区间。
会议强调，要提高政治站位，压实工作责任，细化工作举措，确保各项决策部署落到实处、见到实效，以优异成绩回应群众期盼。
截至目前，全市累计完成投资{amount}万元，同比增长{nn}.{n}%，新开工项目{nn}个，竣工项目{n}个，到位资金{amount}万元。
{town}党委书记{official}介绍，近年来当地流转土地{nnn}亩，带动{nnn}户群众就业，村集体经济收入达到{nn}万元。
活动现场，志愿者向过往群众发放宣传手册{nnn}余份，解答咨询{nn}人次，受到群众一致好评。
据{bureau}有关负责人介绍，下一步将持续优化营商环境，推行“一网通办”，让数据多跑路、群众少跑腿。
市防汛抗旱指挥部办公室{daycn}发布消息，淮河水位{nn}.{nn}米，低于警戒水位，请沿线单位做好巡查值守，防汛值班电话{office}。
第{n}届文化艺术节将于{daycn}在市民广场开幕，共安排演出{nn}场，活动热线{hotline}。
本网讯（记者{sp}{official}{sp}通讯员{sp}{official}）{daycn}，全市安全生产工作电视电话会议召开，{role}{official}出席并讲话。
"""
_TENDER: Final = """
一、项目概况：{town}农村公路畅通工程已由{bureau}以{docno}文件批准建设，项目代码{project}，建设资金来自财政资金，出资比例为100%。
二、招标编号：{tender}；标段划分：{n}个标段；计划工期：{nnn}日历天；最高投标限价：{amount}万元；质量要求：合格。
三、投标人资格要求：具有市政公用工程施工总承包叁级及以上资质，具备有效的安全生产许可证，统一社会信用代码登记有效，近三年无不良记录。
四、投标保证金：人民币{nn}000元，账户名称：市公共资源交易中心，开户行：徽商银行星河支行，账号：{orgaccount}。
五、招标文件每套售价{nnn}元，售后不退。获取时间：{daycn}至{daycn}，每日上午8:30至11:30，下午14:30至17:00。
六、联系方式：招标人：{bureau}，地址：星河市东海大道{nnn}号，联系人：{official}，电话：{office}；招标代理机构：{agency}，联系人：{official}，电话：{agentmobile}。
七、第一中标候选人：{company}，投标报价{amount}元，项目负责人{official}；第二中标候选人：{company}，投标报价{amount}元，项目负责人{official}。
八、评标委员会成员：{official}、{official}、{official}、{official}、{official}。公示期自{daycn}起三日，投诉受理电话：{office}。
"""
_RULES: Final = """
第{nn}条 县级以上人民政府应当加强对政府信息公开工作的组织领导，建立健全工作机制，明确责任分工，定期开展检查考核。
第{nn}条 申请人办理登记时应当提交下列材料：（一）申请书；（二）居民身份证原件及复印件；（三）户口簿或者居住证明；（四）其他需要提交的材料。
第{nn}条 违反本办法规定，有下列情形之一的，由有关主管部门责令限期改正，处{nnn}元以上{nnn}元以下的罚款；构成犯罪的，依法追究刑事责任。
各县、区人民政府，市政府各部门、各直属机构：《实施方案》已经市政府第{nn}次常务会议研究通过，现印发给你们，请认真贯彻执行。
为进一步规范专项资金管理，提高资金使用效益，根据{docno}文件精神，结合本市实际，制定本实施细则，自发布之日起施行，有效期{n}年。
（一）加强组织领导。成立由{role}任组长的工作领导小组，领导小组办公室设在{bureau}，负责日常工作，联系电话：{office}。
（二）严格资金监管。各级财政部门要加强资金使用情况的监督检查，对弄虚作假、截留挪用的，依照有关规定严肃处理。
（三）强化宣传引导。充分利用广播、电视、报刊、网络等媒体，广泛宣传政策内容，营造良好社会氛围。
"""
_SAMPLE: Final = "填写示例：姓名：张三；证件号码：{sampleid}；联系电话：{samplemobile}；以上信息仅供参考。\n"
_SAMPLE_SHARE: Final = 0.03  # of all pages show how to fill in a form
_BUDGET: Final = """
{y}年度一般公共预算收入{amount}万元，完成预算的{nnn}.{n}%，比上年增长{n}.{nn}%；一般公共预算支出{amount}万元，完成预算的{nn}.{n}%。
“三公”经费支出决算{amount}万元，其中：公务接待费{nn}.{nn}万元，国内公务接待{nnn}批次，{nnn}人次；公务用车购置及运行维护费{nn}.{nn}万元。
政府采购支出总额{amount}万元，其中：货物支出{amount}万元、工程支出{amount}万元、服务支出{amount}万元，授予中小企业合同金额{amount}万元。
社会保障和就业支出{amount}万元，占{nn}.{nn}%；卫生健康支出{amount}万元，占{n}.{nn}%；住房保障支出{amount}万元，占{n}.{nn}%。
全年粮食总产量{nnn}.{nn}万吨，肉类总产量{nn}.{nn}万吨，规模以上工业增加值增长{n}.{n}%，城镇常住居民人均可支配收入{nn}{nnn}元。
本部门共有车辆{nn}辆，其中，机要通信用车{n}辆、应急保障用车{n}辆；单价50万元以上通用设备{n}台（套），单价100万元以上专用设备{n}台（套）。
"""
_ROWS: Final[dict[str, tuple[str, str, int]]] = {
    "permit": ("序号\t施工许可证编号\t工程名称\t建设单位\t合同价格（万元）\t发证日期", "{nn}\t{permit}\t{town}安置房项目\t{company}\t{amount}\t{day}", 25),
    "project": ("项目代码\t项目名称\t项目单位\t总投资\t备案日期", "{project}\t年产{nnn}吨生产线\t{company}\t{amount}\t{day}", 22),
    "credit": ("行政相对人名称\t统一社会信用代码\t法定代表人\t决定书文号\t许可日期", "{company}\t{credit}\t{official}\t{docno}\t{day}", 20),
    "budget": ("科目编码\t科目名称\t合计\t基本支出\t项目支出", "20{nnn}\t行政运行\t{amount}\t{amount}\t{amount}", 36),
    "contact": ("单位\t地址\t办公电话\t传真\t邮编", "{bureau}\t星河市胜利中路{nn}号\t{office}\t{office}\t233000", 24),
    "index": ("索引号\t信息名称\t发布机构\t发布日期", "{index}\t{bureau}关于印发{y}年工作要点的通知\t{bureau}\t{day}", 20),
    "food": ("许可证编号\t经营者名称\t社会信用代码\t有效期至", "{food}\t{company}\t{credit}\t{day}", 20),
    "land": ("地块编号\t土地面积（㎡）\t起始价（万元）\t竞得人\t成交时间", "{parcel}\t{nnn}{nn}.{nn}\t{amount}\t{company}\t{day}", 20),
    "water": ("监测点\t坐标\t流量\t水质\t采样编号", "{town}断面\t{coordinate}\t{nn}.{nn}\tⅢ类\t{regno}", 22),
    "exam": ("准考证号\t笔试成绩\t面试成绩\t总成绩\t名次", "{exam}\t{score}\t{score}\t{score}\t{nn}", 28),
}  # fmt: skip
_HEADS: Final = (
    "当前位置：首页 > 政务公开 > {section}\n索引号：{index}\n信息分类：{section}\n发布机构：{bureau}\n发文日期：{day}\n文号：{docno}\n关键词：{section}\n",
    "首页 > {section} > 正文\n发布时间：{day}\u3000来源：{bureau}\u3000阅读：{nnn}次\u3000【字体：大 中 小】\n",
)
_FOOTERS: Final = (
    "主办：星河市人民政府\u3000承办：星河市人民政府办公室\n地址：星河市东海大道4266号\u3000邮编：233000\u3000电话：0552-3110000\n皖ICP备05000001号\u3000皖公网安备34030402000001号\u3000网站标识码3403000001\n政务服务便民热线：12345\n",
    "版权所有：星河市民政局\u3000联系电话：0552-2042000\u3000传真：0552-2042001\n建议使用1024×768以上分辨率浏览\n网站标识码：3403000023\u3000皖ICP备11000023号-1\n",
    "上一篇：关于进一步加强节假日值班工作的通知\n下一篇：没有了\n【打印】【关闭】 分享到：微信 微博 QQ空间\n主办单位：柳树镇人民政府\u3000技术支持：星河市信息中心\u3000服务热线：0552-8811111\n",
)
_SECTIONS: Final = ("政务动态", "通知公告", "财政预决算", "行政许可", "招标采购", "政策法规", "统计信息", "机构职能")
_MENU: Final = (
    "网站首页\n走进星河\n新闻中心\n政务公开\n政务服务\n互动交流\n数据开放\n专题专栏\n领导之窗\n机构设置\n政策解读\n办事指南\n"
    "市长信箱\n网上调查\n无障碍浏览\n手机版\nENGLISH\n设为首页\n加入收藏\n"
)


Chunk = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A page with slots; each chunk is a %-format and its slots' kinds."""

    title: str
    section: str
    head: Chunk
    body: Chunk
    table: Chunk  # ("", ()) where the page has none
    foot: Chunk


def frame(rng: Random, pools: Pools) -> tuple[str, str]:
    """What stands around a page's own text: the menu and metadata block before it, the footer after it."""
    head = (_MENU if rng.random() < 0.5 else "") + rng.choice(_HEADS)
    return pools.render(_compile(head)), pools.render(_compile(rng.choice(_FOOTERS)))


def skeletons(rng: Random, count: int) -> list[Skeleton]:
    """Pages of all kinds, on average about 3.3 KB of UTF-8."""
    return [_skeleton(rng) for _ in range(count)]


class Pools:
    """Values for every slot kind, made once and then handed out in turn; each instance begins anew."""

    def __init__(self, seed: int, size: int = 20_011) -> None:
        values = _values(seed, size)
        self._pools: dict[str, Iterator[str]] = {kind: cycle(pool) for kind, pool in values.items()}
        # people who stand here by their office or trade: to find them is neither demanded nor wrong
        self.public = frozenset(values["official"]) | frozenset(values["agentmobile"])

    def render(self, chunk: Chunk) -> str:
        fmt, kinds = chunk
        pools = self._pools
        return fmt % tuple([next(pools[kind]) for kind in kinds])


_CONSTANT: Final = ("sp", "n", "nn", "town", "bureau", "role", "section")


@lru_cache(maxsize=8)
def _values(seed: int, size: int) -> dict[str, list[str]]:
    filler = Filler(seed)
    people = filler.factory.people(400)
    pools: dict[str, list[str]] = {}
    for kind in _kinds():
        make = _maker(filler, people, kind)
        # every kind its own length, so that the same values do not meet again on the same page
        length = size + 2 * len(pools) if kind not in _CONSTANT else 97
        pools[kind] = [make() for _ in range(length)]
    return pools


def _kinds() -> list[str]:
    found: dict[str, None] = {}
    sources = [_SAMPLE, _NEWS, _TENDER, _RULES, _BUDGET, *_HEADS, *(h + r for h, r, _ in _ROWS.values())]
    for source in sources:
        for kind in _compile(source)[1]:
            found[kind] = None
    return list(found)


def _maker(filler: Filler, people: list[Person], kind: str) -> Callable[[], str]:
    if kind == "section":
        return lambda: filler.rng.choice(_SECTIONS)
    if kind == "official":
        return lambda: names.full_name(filler.rng, filler.rng.random() < 0.5)
    template = f"{{{kind}}}"

    def one() -> str:
        line = filler.line(template, [filler.rng.choice(people)])
        return "".join(p if isinstance(p, str) else p.text for p in line)

    return one


def _compile(template: str) -> Chunk:
    """
    >>> _compile("100%，{day}至{day}")
    ('100%%，%s至%s', ('day', 'day'))
    """
    pieces = template.replace("%", "%%").split("{")
    fmt, kinds = [pieces[0]], []
    for piece in pieces[1:]:
        kind, _, rest = piece.partition("}")
        kinds.append(kind)
        fmt.append("%s" + rest)
    return "".join(fmt), tuple(kinds)


def _skeleton(rng: Random) -> Skeleton:
    section = rng.choice(_SECTIONS)
    source = rng.choice((_NEWS, _NEWS, _TENDER, _RULES, _RULES, _BUDGET)).strip().split("\n")
    tabular = rng.random() < 0.4
    head = (_MENU if rng.random() < 0.5 else "") + rng.choice(_HEADS)
    count = rng.randint(1, 4) if tabular else rng.randint(8, 19)
    body = "\n".join(rng.choice(source) for _ in range(count)) + "\n"
    if rng.random() < _SAMPLE_SHARE:
        body += _SAMPLE
    table = ""
    if tabular:
        header, row, rows = rng.choice(list(_ROWS.values()))
        table = header + "\n" + (row + "\n") * rng.randint(rows * 2 // 3, rows * 5 // 2)
    title = rng.choice(("关于做好{}有关工作的通知", "{}情况公示", "{}工作动态", "星河市{}公告")).format(section)
    lead = _compile(title + "\n" + head)
    return Skeleton(title, section, lead, _compile(body), _compile(table), _compile(rng.choice(_FOOTERS)))
