"""Templates as text: "户主{name}，身份证号{id:spaced}，住{address}" becomes a line whose personal values are known.

``{kind}`` takes a value of the person at hand, ``{2.kind}`` of the second one, ``{kind:form}`` in a named form.
Kinds of ``decoys.KINDS`` and the plain ones below belong to nobody. Unknown kinds raise KeyError at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from scanner.synthetic import decoys, forms
from scanner.synthetic.content import Line, Part, Value
from scanner.synthetic.people import Factory, Person
from scanner.synthetic.words import words

_PLACEHOLDER: Final = re.compile(r"\{(?:(\d)\.)?([a-z0-9_#]+)(?::([^}]+))?\}")
_TOWNS: Final = words("星河镇 南山乡 柳树镇 古桥街道 东湖街道 新塘镇 青石乡 沙岗镇")
_SCHOOLS: Final = words("星河一小 柳树镇中心小学 东湖中学 实验幼儿园 古桥小学 第三中学")
_CAUSES: Final = words("因病 因残 缺劳力 因学 因灾 年老体弱")
_OFFICES: Final = words(
    "民政局 教育局 财政局 人力资源和社会保障局 卫生健康委员会 残疾人联合会 住房和城乡建设局 农业农村局"
)
_ROLES: Final = words("局长 副局长 县长 副市长 镇党委书记 主任 科长 秘书长 院长 站长")

_ID_FORMS: Final = {form.name: form for form in forms.ID_FORMS}
_PHONE_FORMS: Final = {form.name: form for form in forms.PHONE_FORMS}
_CARD_FORMS: Final = {form.name: form for form in forms.CARD_FORMS}
_DAMAGED: Final = {form.name: form for form in forms.DAMAGED}

# kind → entity type, how to read it off a person, and the forms it may be written in
_NUMBERS: Final[dict[str, tuple[str, Callable[[Person], str], dict[str, forms.Form]]]] = {
    "id": ("RESIDENT_ID", lambda p: p.resident_id, _ID_FORMS),
    "gid": ("RESIDENT_ID", lambda p: p.guardian.resident_id, _ID_FORMS),
    "id15": ("RESIDENT_ID", lambda p: p.resident_id_15 or p.resident_id, _ID_FORMS),
    "mobile": ("MOBILE", lambda p: p.mobile, _PHONE_FORMS),
    "gmobile": ("MOBILE", lambda p: p.guardian.mobile, _PHONE_FORMS),
    "card": ("BANK_CARD", lambda p: p.bank_card, _CARD_FORMS),
    "passbook": ("BANK_ACCOUNT", lambda p: p.passbook, _CARD_FORMS),
    "landline": ("LANDLINE", lambda p: p.landline, {}),
    "email": ("EMAIL", lambda p: p.email, {}),
    "qq": ("QQ", lambda p: p.qq, {}),
    "wechat": ("WECHAT", lambda p: p.wechat, {}),
    "address": ("ADDRESS", lambda p: p.address, {}),
    "dis_no": ("DISABILITY_NO", lambda p: p.disability_no, {}),
    "student": ("STUDENT_NO", lambda p: p.student_no, {}),
    "tax": ("TAX_NO", lambda p: p.tax_no, {}),
    "permit81": ("RESIDENCE_PERMIT", lambda p: p.residence_permit, {}),
    "permit9": ("PERMANENT_RESIDENCE_ID", lambda p: p.permanent_residence_id, {}),
    "passport": ("PASSPORT", lambda p: p.passport, {}),
    "travel": ("TRAVEL_PERMIT", lambda p: p.travel_permit, {}),
    "military": ("MILITARY_ID", lambda p: p.military_id, {}),
    "plate": ("VEHICLE_PLATE", lambda p: p.plate, {}),
}  # fmt: skip
_PLAIN: Final[dict[str, Callable[[Person], str]]] = {
    "sex": lambda p: p.sex,
    "age": lambda p: str(p.age),
    "birth": lambda p: f"{p.birth:%Y-%m-%d}",
    "birthdot": lambda p: f"{p.birth:%Y.%m.%d}",
    "birthcn": lambda p: f"{p.birth.year}年{p.birth.month}月{p.birth.day}日",
    "birth8": lambda p: f"{p.birth:%Y%m%d}",
    "birthmonth": lambda p: f"{p.birth:%Y.%m}",
    "public": lambda p: p.address_public,
    "illness": lambda p: p.illness,
    "dis_kind": lambda p: p.disability_kind,
    "dis_grade": lambda p: "一二三四"[p.disability_grade - 1] + "级",
    "bank": lambda p: p.bank,
    "employer": lambda p: p.employer,
    "relation": lambda p: p.guardian.relation,
    "maskname": lambda p: p.name[0] + ("某某" if len(p.name) > 2 else "某"),
    "starname": lambda p: p.name[0] + "*" * (len(p.name) - 1),
    "maskmobile": lambda p: p.mobile[:3] + "****" + p.mobile[7:],
    "shortaddress": lambda p: p.address_public,
}
_NOBODY: Final[dict[str, Callable[[Random], str]]] = {
    **decoys.KINDS,
    "sp": lambda r: " ",
    "town": lambda r: r.choice(_TOWNS),
    "school": lambda r: r.choice(_SCHOOLS),
    "cause": lambda r: r.choice(_CAUSES),
    "bureau": lambda r: r.choice(_OFFICES),
    "role": lambda r: r.choice(_ROLES),
    "n": lambda r: str(r.randint(1, 9)),
    "nn": lambda r: str(r.randint(10, 99)),
    "nnn": lambda r: str(r.randint(100, 9999)),
    "y": lambda r: str(r.randint(2014, 2017)),
    "month": lambda r: str(r.randint(1, 12)),
    "day": lambda r: f"{r.randint(2014, 2017)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}",
    "daycn": lambda r: f"{r.randint(2014, 2017)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
    "score": lambda r: f"{r.randint(55, 98)}.{r.randint(0, 9)}{r.randint(0, 9)}",
    "class": lambda r: f"{r.choice('一二三四五六')}（{r.randint(1, 6)}）班",
    "area": lambda r: f"{r.randint(40, 140)}.{r.randint(0, 99):02d}",
}


class Filler:
    """Fills lines with values of synthetic people, in the order they are asked for.

    more: further written forms by (entity, name), for templates that bring their own; ``any`` does not choose them.
    """

    def __init__(
        self, seed: int, *, today: date | None = None, more: Mapping[tuple[str, str], forms.Form] | None = None
    ) -> None:
        self.factory = Factory(seed, today=today) if today else Factory(seed)
        self.rng = self.factory.rng
        self._more = more or {}

    def line(self, template: str, people: list[Person], serial: int = 0) -> Line:
        """One line of ``template``; the people's values become ``Value`` parts."""
        parts: list[Part] = []
        at = 0
        for match in _PLACEHOLDER.finditer(template):
            parts.append(template[at : match.start()])
            who, kind, form = match.groups()
            person = people[int(who or 1) - 1]
            parts.append(str(serial) if kind == "#" else self._value(kind, person, form or ""))
            at = match.end()
        parts.append(template[at:])
        return _joined(parts)

    def _value(self, kind: str, person: Person, form: str) -> Part:
        if kind in _NUMBERS:
            return self._number(kind, person, form)
        if kind in _PLAIN:
            return _PLAIN[kind](person)
        if kind in _NOBODY:
            return _NOBODY[kind](self.rng)
        return self._special(kind, person, form)

    def _number(self, kind: str, person: Person, form: str) -> Value:
        entity, read, written_forms = _NUMBERS[kind]
        raw = read(person)
        if form == "any":
            form = self.rng.choice(sorted(set(written_forms) - {"glued"}))
        name = "id15" if kind == "id15" and len(raw) == 15 else form or "plain"
        if not form:
            return Value(entity, raw, raw, name)
        if form == "cells":
            return Value(entity, forms.cut(raw, 6, 8, by="\t"), raw, "cells")
        written = (self._more.get((entity, form)) or written_forms[form]).write(raw, self.rng)
        return Value(entity, written.text, raw, form, written.start, written.end)

    def _special(self, kind: str, person: Person, form: str) -> Value:
        if kind in ("name", "gname"):
            raw = person.name if kind == "name" else person.guardian.name
            return Value("PERSON_NAME", _spread(raw, form), raw, form or "plain")
        if kind == "official":
            return Value("PERSON_NAME", person.name, person.name, required=False)
        if kind in ("agentmobile", "dutymobile"):
            return Value("MOBILE", person.mobile, person.mobile, required=kind == "dutymobile")
        if kind == "lawfulid":
            return Value("RESIDENT_ID", person.resident_id, person.resident_id, required=False)
        if kind == "idmask":
            shown, _, char = form.partition("/")
            text = forms.masked(person.resident_id, shown, char or "*")
            return Value("MASKED_ID", text, person.resident_id, f"mask {shown}")
        if kind == "iddamaged":
            return Value(
                "DAMAGED_ID", _DAMAGED[form].write(person.resident_id, self.rng).text, person.resident_id, form
            )
        raise KeyError(f"unknown placeholder {{{kind}}}")

    def published(self, first: date = date(2014, 1, 6), last: date = date(2017, 11, 24)) -> date:
        return first + timedelta(days=self.rng.randrange((last - first).days))


def _spread(name: str, form: str) -> str:
    """A two-character name as it is padded in aligned lists; others stay."""
    gap = {"pad": "\u3000", "space": " ", "spaces": "  "}.get(form, "")
    return name[0] + gap + name[1] if gap and len(name) == 2 else name


def _joined(parts: list[Part]) -> Line:
    """Neighbouring strings as one, empty ones dropped."""
    out: list[Part] = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != "":
            out.append(part)
    return tuple(out)
