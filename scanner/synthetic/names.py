"""Names as they are distributed in China: surnames by frequency, a few compound and minority names.

The lists are this project's own and know nothing of the statistics the matcher uses, so that a benchmark made
with them is fair.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import Final

# The commonest surnames with their share in thousandths of the population (rounded; census of 2010 as quoted widely).
_COMMON: Final = (
    "王71 李72 张68 刘54 陈46 杨31 赵23 黄22 周21 吴20 徐17 孙15 胡13 朱13 高12 林12 何12 郭11 马11 罗9 梁8 宋8 "
    "郑8 谢7 韩7 唐6 冯6 于6 董6 萧2 程6 曹6 袁5 邓5 许5 傅5 沈5 曾5 彭5 吕5 苏5 卢5 蒋5 蔡5 贾4 丁4 魏4 薛4 叶4 "
    "阎3 余4 潘4 杜4 戴4 夏4 钟4 汪4 田4 任4 姜4 范4 方4 石4 姚4 谭4 廖4 邹4 熊4 金4 陆4 郝4 孔4 白4 崔4 康3 毛3 "
    "邱3 秦3 江3 史3 顾3 侯3 邵3 孟3 龙3 万3 段3 雷3 钱3 汤3 尹3 黎3 易3 常3 武3 乔3 贺3 赖3 龚3 文3"
)
# The long tail: each of them rare, together about one name in six.
_RARE: Final = (
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌"
    "费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池"
    "滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练"
    "仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠桑荆谌银扬明沙薄伏岑习胥保和蔺"
)
_COMPOUND: Final = "欧阳 上官 司马 诸葛 皇甫 令狐 东方 夏侯 慕容 尉迟 公孙 司徒 轩辕 澹台 端木 南宫 宇文 闻人"

_MALE: Final = (
    "伟强军磊勇杰涛明超刚平辉鹏波斌浩宇飞凯健俊帆帅旭宁龙林建国志永德福贵成康星光天达安岩中茂武新利清彬富顺信昌才"
    "发仁胜学祥东松善厚庆友裕河哲江振壮思群豪心邦承乐绍功义兴良海山生保景时弘若亮政谦亨奇固之轮翰朗伯言鸣朋梁栋维"
    "启克伦翔进荣先敬震会岭升峰毅原泰根传银锁柱喜来宝运长炳培忠孝铁钢钧铭鑫炎煜焕烽崇宪守正道远瑜琨璋铮镇锋"
)
_FEMALE: Final = (
    "芳娜敏静秀娟英华慧巧美淑惠珠翠雅芝玉萍红娥玲芬燕彩春菊兰凤洁梅琳素云莲真环雪荣爱妹霞香月莺媛艳瑞凡佳嘉琼勤珍"
    "贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏"
    "卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝丽阳妮宝贝初程梵罡恒鸿桦骅剑娇"
    "纪宽苛灵玛媚琪晴容睿烁堂唯威韦雯苇萱阅彦"
)
_NEUTRAL: Final = (
    "子文雨晨一家乐小金玉春华秋梓涵轩泽宸诗语沐辰奕然可昊芮若彤逸心言知行安宁远景书墨方圆成立世本自正有余存万向和"
)
_MINORITY_FIRST: Final = (
    "阿依古丽 买买提 吐尔逊 艾合买提 玉素甫 热依汗 阿不都拉 古丽娜尔 木拉提 沙马 吉克 阿苦 曲木 扎西 次仁 格桑"
)
_MINORITY_LAST: Final = "买买提 艾山 吐尔地 依明 托合提 卡德尔 热合曼 尼牙孜 木加 史铁 拉则 次旦 多吉 平措 央宗 罗布"

_WEIGHTED: Final = [(token[0], int(token[1:])) for token in _COMMON.split()]
_SURNAMES: Final = [name for name, _ in _WEIGHTED] + sorted(set(_RARE) - {name for name, _ in _WEIGHTED})
_TAIL: Final = len(_SURNAMES) - len(_WEIGHTED)
_CUMULATIVE: Final = list(accumulate(weight for _, weight in _WEIGHTED))
_TAIL_SHARE: Final = 190.0  # thousandths
_FIRST: Final = _MINORITY_FIRST.split()
_LAST: Final = _MINORITY_LAST.split()
_DOUBLE: Final = _COMPOUND.split()
GIVEN: Final = frozenset(_MALE + _FEMALE + _NEUTRAL)


def surname(rng: Random) -> str:
    """A surname by its real frequency; one in a hundred is a compound one."""
    if rng.random() < 0.01:
        return rng.choice(_DOUBLE)
    total = _CUMULATIVE[-1]
    at = rng.random() * (total + _TAIL_SHARE)
    if at >= total:
        return _SURNAMES[len(_WEIGHTED) + int(rng.random() * _TAIL)]
    return rng.choices(_SURNAMES[: len(_WEIGHTED)], cum_weights=_CUMULATIVE)[0]


def given_name(rng: Random, female: bool) -> str:
    """One character (three in ten) or two."""
    own = _FEMALE if female else _MALE
    if rng.random() < 0.3:
        return rng.choice(own)
    first = rng.choice(_NEUTRAL if rng.random() < 0.5 else own)
    second = rng.choice(own)
    return first + (second if second != first or rng.random() < 0.1 else rng.choice(own))


def full_name(rng: Random, female: bool, family: str = "") -> str:
    """A full name; two in a hundred are minority names with a middle dot."""
    if not family and rng.random() < 0.02:
        return f"{rng.choice(_FIRST)}·{rng.choice(_LAST)}"
    return (family or surname(rng)) + given_name(rng, female)
