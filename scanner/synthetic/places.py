"""Where synthetic people live: real region codes and place names down to the county, invented ones below it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from scanner.synthetic.words import words


@dataclass(frozen=True, slots=True)
class Region:
    """A county-level region. ``code`` may be abolished (GB/T 2260 history); the names are today's."""

    code: str
    province: str
    city: str
    county: str
    area_code: str
    plate: str


# code province city county area-code plate; the second block holds abolished codes that people still carry.
_ROWS: Final = """
340302 安徽省 蚌埠市 龙子湖区 0552 皖C
340303 安徽省 蚌埠市 蚌山区 0552 皖C
340304 安徽省 蚌埠市 禹会区 0552 皖C
340311 安徽省 蚌埠市 淮上区 0552 皖C
340321 安徽省 蚌埠市 怀远县 0552 皖C
340322 安徽省 蚌埠市 五河县 0552 皖C
340323 安徽省 蚌埠市 固镇县 0552 皖C
340103 安徽省 合肥市 庐阳区 0551 皖A
340121 安徽省 合肥市 长丰县 0551 皖A
340181 安徽省 合肥市 巢湖市 0551 皖A
340221 安徽省 芜湖市 湾沚区 0553 皖B
340402 安徽省 淮南市 大通区 0554 皖D
340521 安徽省 马鞍山市 当涂县 0555 皖E
340604 安徽省 淮北市 烈山区 0561 皖F
340705 安徽省 铜陵市 铜官区 0562 皖G
340825 安徽省 安庆市 太湖县 0556 皖H
341021 安徽省 黄山市 歙县 0559 皖J
341126 安徽省 滁州市 凤阳县 0550 皖M
341221 安徽省 阜阳市 临泉县 0558 皖K
341302 安徽省 宿州市 埇桥区 0557 皖L
341322 安徽省 宿州市 萧县 0557 皖L
341502 安徽省 六安市 金安区 0564 皖N
341621 安徽省 亳州市 涡阳县 0558 皖S
341702 安徽省 池州市 贵池区 0566 皖R
341822 安徽省 宣城市 广德市 0563 皖P
110105 北京市 北京市 朝阳区 010 京A
310115 上海市 上海市 浦东新区 021 沪A
320102 江苏省 南京市 玄武区 025 苏A
330106 浙江省 杭州市 西湖区 0571 浙A
360202 江西省 景德镇市 昌江区 0798 赣H
370725 山东省 潍坊市 昌乐县 0536 鲁G
410105 河南省 郑州市 金水区 0371 豫A
420503 湖北省 宜昌市 伍家岗区 0717 鄂E
430528 湖南省 邵阳市 新宁县 0739 湘E
440305 广东省 深圳市 南山区 0755 粤B
500112 重庆市 重庆市 渝北区 023 渝A
510104 四川省 成都市 锦江区 028 川A
653101 新疆 喀什地区 喀什市 0998 新Q
342224 安徽省 蚌埠市 固镇县 0552 皖C
342226 安徽省 蚌埠市 五河县 0552 皖C
342201 安徽省 宿州市 埇桥区 0557 皖L
342101 安徽省 阜阳市 颍州区 0558 皖K
342122 安徽省 阜阳市 临泉县 0558 皖K
342301 安徽省 滁州市 琅琊区 0550 皖M
342401 安徽省 六安市 金安区 0564 皖N
342501 安徽省 宣城市 宣州区 0563 皖P
342601 安徽省 合肥市 巢湖市 0551 皖A
342701 安徽省 黄山市 屯溪区 0559 皖J
342901 安徽省 池州市 贵池区 0566 皖R
341402 安徽省 合肥市 巢湖市 0551 皖A
510222 重庆市 重庆市 巴南区 023 渝A
512223 重庆市 重庆市 垫江县 023 渝A
"""
REGIONS: Final = tuple(Region(*line.split()) for line in _ROWS.split("\n") if line)
HOME_REGIONS: Final = 7  # the first seven: the demo's own city, where most of its people live

_TOWNS: Final = words(
    "河溜镇 唐集镇 万福镇 龙亢镇 双桥集镇 徐圩乡 淝河乡 沱湖乡 头铺镇 小溪镇 仲兴乡 石湖乡 长淮卫镇 燕山乡 "
    "秦集镇 马城镇"
)
_STREETS: Final = words(
    "东风街道 延安街道 治淮街道 曹山街道 天桥街道 青年街道 纬四街道 张公山街道 朝阳街道 解放街道 雪华街道 龙湖新村街道"
)
_VILLAGES: Final = words(
    "前庄 后庄 大李 小王 张桥 周圩 胡口 荆山 涂山 新集 马头 花园 官庄 陈郢 刘楼 朱疃 石羊 孟沟 柳滩 燕集"
)
_ESTATES: Final = words("绿园 学翠 锦绣 金域 水岸 百合 龙湖 淮畔 阳光 和顺 康居 翡翠 丽景 凤凰 梧桐 荷塘")
_ROADS: Final = words("淮河 解放 胜利 工农 朝阳 东海 涂山 凤阳 航华 蚌山 燕山 迎河 张公山 大庆 华夏 延安")
_CHINESE: Final = "一二三四五六七八九"


def address(rng: Random, region: Region, rural: bool) -> tuple[str, str]:
    """A home: (down to the group, door or room; down to the village or community only)."""
    head = _head(rng, region)
    if rural:
        public = f"{head}{rng.choice(_TOWNS)}{rng.choice(_VILLAGES)}村"
        return public + _rural_tail(rng), public
    public = f"{head}{rng.choice(_STREETS)}{rng.choice(_VILLAGES)}社区"
    return _urban(rng, head, public), public


def _head(rng: Random, region: Region) -> str:
    long = region.province + (region.city if region.city != region.province else "") + region.county
    return rng.choice((long, region.city + region.county, region.county, region.county))


def _rural_tail(rng: Random) -> str:
    group = rng.choice(_CHINESE) if rng.random() < 0.3 else str(rng.randint(1, 19))
    suffix = rng.choice(("组", "组", "村民组", "队"))
    return f"{group}{suffix}" + (f"{rng.randint(1, 180)}号" if rng.random() < 0.6 else "")


def _urban(rng: Random, head: str, public: str) -> str:
    door, floor, flat = rng.randint(1, 32), rng.randint(1, 18), rng.randint(1, 4)
    block = f"{door}{rng.choice(('栋', '号楼', '幢'))}{rng.randint(1, 4)}单元{floor}0{flat}室"
    style = rng.randrange(3)
    if style == 0:
        return f"{public}{rng.choice(_ESTATES)}小区{block}"
    if style == 1:
        return f"{head}{rng.choice(_ROADS)}路{rng.randint(1, 2100)}号{rng.choice(_ESTATES)}花园{block}"
    return f"{head}{rng.choice(_ROADS)}路{rng.randint(1, 2100)}号"
