"""The one factory of synthetic people. Everything about them is drawn from a seeded generator.

Every identifier is made up: drawn at random to its standard, from no register and no list of people. A number drawn
this way may by chance have been issued to someone; nothing else here (name, birth date, home, illness) belongs to that
number's owner, and no combination describes a real person.

>>> person = Factory(1).person()
>>> person == Factory(1).person()
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from scanner.synthetic import names, numbers, places
from scanner.synthetic.words import words

TODAY: Final = date(2017, 11, 30)  # the date the ages count from

ILLNESSES: Final = words(
    "尿毒症 肺癌 胃癌 肝癌 乳腺癌 慢性肾衰竭 白血病 脑梗塞 冠心病 糖尿病 肝硬化 再生障碍性贫血 精神分裂症 癫痫 "
    "系统性红斑狼疮 类风湿"
)
_UNITS: Final = words(
    "禹王小学 涂山中学 新城实验学校 淮畔玻璃厂 龙湖纺织有限公司 兴农合作社 第三人民医院 长途汽车站 务农 灵活就业 "
    "无业 退休"
)
_KINDS: Final = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
_MAIL: Final = ("163.com", "126.com", "qq.com", "sina.com", "139.com", "sohu.com")
_SYLLABLES: Final = words("wang li zhang liu chen yang xiao ming hua lin feng bo tao jie yu xin hai mei long yan")


@dataclass(frozen=True, slots=True)
class Relative:
    relation: str
    name: str
    resident_id: str
    mobile: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str  # 男 or 女
    birth: date
    age: int  # years on the factory's date
    resident_id: str  # 18 characters
    resident_id_15: str  # "" for people born in 2000 or later
    mobile: str
    landline: str
    bank_card: str  # passes Luhn
    bank: str
    passbook: str  # 12–23 digits, fails Luhn
    email: str
    qq: str
    wechat: str
    address: str  # down to the group, door or room
    address_public: str  # down to the village or community: may be published
    employer: str
    illness: str
    disability_kind: str
    disability_grade: int  # 1–4
    disability_no: str  # 20 digits: ID, kind, grade
    student_no: str  # G + ID, or L + 18 digits without a check digit
    tax_no: str  # ID + two digits, of a sole trader
    passport: str
    travel_permit: str
    residence_permit: str
    permanent_residence_id: str
    military_id: str
    plate: str
    guardian: Relative
    relatives: tuple[Relative, ...]


class Factory:
    """Makes people one after another; the same seed makes the same people.

    home: share of the people who live in the first regions of the list, one city.
    """

    def __init__(self, seed: int, *, today: date = TODAY, home: float = 0.6) -> None:
        self.rng = Random(seed)
        self.today = today
        self._home = home

    def person(self, *, min_age: int = 18, max_age: int = 88, minor: bool | None = None) -> Person:
        """One person; ``minor`` True means 3–13 years, False at least 18, None as the ages say."""
        rng = self.rng
        if minor:
            min_age, max_age = 3, 13
        elif minor is False:
            min_age = max(min_age, 18)
        region, female = self._region(), rng.random() < 0.5
        birth = self._birth(min_age, max_age)
        name = names.full_name(rng, female)
        number = numbers.resident_id(rng, region.code, birth, female)
        address, public = places.address(rng, region, rng.random() < 0.6)
        card, bank = numbers.bank_card(rng)
        kind, grade = rng.randrange(7), rng.randint(1, 4)
        qq = str(rng.randint(10_000_000, 3_999_999_999))
        handle = self._handle(birth)
        return Person(
            name=name,
            sex="女" if female else "男",
            birth=birth,
            age=_age(birth, self.today),
            resident_id=number,
            resident_id_15=number[:6] + number[8:17] if birth.year < 2000 else "",
            mobile=numbers.mobile(rng),
            landline=numbers.landline(rng, region.area_code),
            bank_card=card,
            bank=bank,
            passbook=numbers.passbook(rng),
            email=f"{qq}@qq.com" if rng.random() < 0.3 else f"{handle}@{rng.choice(_MAIL)}",
            qq=qq,
            wechat=f"wxid_{handle}" if rng.random() < 0.3 else handle,
            address=address,
            address_public=public,
            employer=rng.choice(_UNITS),
            illness=rng.choice(ILLNESSES),
            disability_kind=_KINDS[kind],
            disability_grade=grade,
            disability_no=f"{number}{kind + 1}{grade}",
            student_no=self._student_no(number),
            tax_no=f"{number}{rng.choice(('00', '01', '02', '10'))}",
            passport=numbers.passport(rng),
            travel_permit=numbers.travel_permit(rng),
            residence_permit=numbers.residence_permit(rng, birth, female),
            permanent_residence_id=numbers.permanent_residence_id(rng, birth, female),
            military_id=numbers.military_id(rng),
            plate=numbers.plate(rng, region.plate),
            guardian=self._relative(region, rng.choice(("父亲", "母亲", "祖父", "祖母")), 28, 70),
            relatives=self._relatives(region, _age(birth, self.today)),
        )

    def people(self, count: int, *, minor: bool | None = None) -> list[Person]:
        return [self.person(minor=minor) for _ in range(count)]

    def _region(self) -> places.Region:
        if self.rng.random() < self._home:
            return places.REGIONS[self.rng.randrange(places.HOME_REGIONS)]
        return self.rng.choice(places.REGIONS)

    def _birth(self, min_age: int, max_age: int) -> date:
        years = self.rng.randint(min_age, max_age)
        return self.today - timedelta(days=int(years * 365.25) + self.rng.randint(2, 362))

    def _handle(self, birth: date) -> str:
        return "".join(self.rng.sample(_SYLLABLES, 2)) + self.rng.choice((f"{birth:%y%m}", f"{birth:%Y}", "_88", "520"))

    def _student_no(self, number: str) -> str:
        if self.rng.random() < 0.8:
            return "G" + number
        return "L" + number[:14] + numbers.digits(self.rng, 4)

    def _relatives(self, region: places.Region, age: int) -> tuple[Relative, ...]:
        kin = {"母亲": (age + 20, age + 26)}
        if age >= 30:
            kin |= {"配偶": (age - 3, age + 3), "长子": (age - 26, age - 22), "长女": (age - 29, age - 27)}
        chosen = self.rng.sample(sorted(kin), min(self.rng.choice((0, 1, 1, 2, 3)), len(kin)))
        return tuple(self._relative(region, relation, *kin[relation]) for relation in chosen)

    def _relative(self, region: places.Region, relation: str, min_age: int, max_age: int) -> Relative:
        female = relation in ("母亲", "祖母", "长女")
        number = numbers.resident_id(self.rng, region.code, self._birth(min_age, max_age), female)
        return Relative(relation, names.full_name(self.rng, female), number, numbers.mobile(self.rng))


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
