"""Pages of policies, news and reports: running text with a date or a document number here and there.

Real disclosure pages are mostly this. A procurement portal's 150 pages have 8,200 runs of digits a megabyte of text (a
tenth of them over 17,000), the number-heavy pages of ``scanner.synthetic.clean_pages`` 44,000: a corpus of those alone
would measure tables, not sites. Sentences are common turns of official prose, written for this file.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from benchmarks.documents import Doc, segment
from patterns.schema import SegmentKind

_SUBJECTS: Final = (
    "全市各级各部门", "县区人民政府", "市直有关单位", "各乡镇街道", "牵头部门", "领导小组办公室", "基层党组织",
)  # fmt: skip
_VERBS: Final = (
    "要认真贯彻落实",
    "应当切实加强",
    "将持续推进",
    "必须严格执行",
    "要进一步完善",
    "稳步开展",
    "统筹做好",
    "积极探索",
)
_OBJECTS: Final = (
    "政务公开各项工作要求", "安全生产责任制", "优化营商环境的政策措施", "农村人居环境整治行动", "乡村产业发展规划", "基层治理体系建设",
    "重点项目建设任务", "生态环境保护督察整改", "公共文化服务体系", "城市精细化管理", "防汛抗旱准备", "义务教育均衡发展",
    "困难群众基本生活保障制度", "食品药品安全监管", "河长制各项制度", "公立医院综合改革",
)  # fmt: skip
_TAILS: Final = (
    "确保各项任务落到实处", "不断提升人民群众获得感", "形成齐抓共管的工作格局", "推动经济社会高质量发展", "做到有部署、有检查、有考核",
    "及时总结推广好经验好做法", "对工作不力的予以通报批评", "切实维护社会和谐稳定", "主动接受社会各界监督",
)  # fmt: skip
_WITH_NUMBERS: Final = (
    "根据《{subject}关于{object}的意见》（星政办〔{year}〕{n}号）精神，结合实际，制定本方案。",
    "{year}年{month}月{day}日，{subject}召开专题会议，研究{object}有关事项。",
    "全年完成投资{n}亿元，同比增长{m}%，{tail}。",
    "到{year}年底，覆盖率达到{m}%以上，{tail}。",
)
_NAV: Final = "网站首页\n政务公开\n政务服务\n互动交流\n专题专栏\n当前位置：首页 > 政务公开 > {section}\n"
_FOOT: Final = "主办：星河市人民政府　承办：星河市人民政府办公室　联系电话：0552-311{n:04d}\n网站标识码3403000001　皖ICP备05000001号-1\n"
_SECTIONS: Final = ("政策文件", "工作动态", "通知公告", "政策解读", "规划计划", "领导讲话")
_SHARE_WITH_NUMBERS: Final = 0.12


def page(number: int, rng: Random, length: int) -> Doc:
    """A page of about ``length`` characters; nothing in it is anyone's."""
    section = rng.choice(_SECTIONS)
    title = f"{rng.choice(_SUBJECTS)}{rng.choice(_VERBS)[1:]}{rng.choice(_OBJECTS)}"
    parts = [_NAV.format(section=section), title + "\n"]
    size = sum(map(len, parts))
    while size < length:
        paragraph = "".join(_sentence(rng) for _ in range(rng.randrange(2, 6))) + "\n"
        parts.append(paragraph)
        size += len(paragraph)
    text = "".join([*parts, _FOOT.format(n=rng.randrange(10000))])
    published = date.fromordinal(date(2014, 1, 1).toordinal() + rng.randrange(1400))
    whole = [segment(SegmentKind.BODY, 0, len(text))]
    return Doc(f"prose#{number}", text, whole, title, section, published, "", [], "clean", 0)


def _sentence(rng: Random) -> str:
    subject, object_, tail = rng.choice(_SUBJECTS), rng.choice(_OBJECTS), rng.choice(_TAILS)
    if rng.random() < _SHARE_WITH_NUMBERS:
        form = rng.choice(_WITH_NUMBERS)
        numbers = {"year": rng.randrange(2012, 2018), "month": rng.randrange(1, 13), "day": rng.randrange(1, 29)}
        return form.format(
            subject=subject, object=object_, tail=tail, n=rng.randrange(1, 300), m=rng.randrange(1, 99), **numbers
        )
    return f"{subject}{rng.choice(_VERBS)}{object_}，{rng.choice(_VERBS)[1:]}{rng.choice(_OBJECTS)}，{tail}。"
