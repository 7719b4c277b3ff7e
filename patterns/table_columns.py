"""What is known of a table's column before any of its cells is read: its kind, and what follows for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from patterns.column_kinds import PHONES
from patterns.column_kinds import ColumnKind as K

ATTRIBUTES: Final = K.HEALTH | K.DISABILITY | K.FAMILY | K.REMARK
REMEMBERED: Final = K.BIRTH | K.AGE | K.SEX | ATTRIBUTES | K.OFFICIAL
NO_ADDRESS: Final = K.NAME | K.ORG | K.OFFICIAL | K.AMOUNT | K.CODE | K.SEQ | K.ID | K.BANK | PHONES | K.BIRTH | K.AGE
# Kinds whose cells are read even when no candidate stands in them.
READ: Final = (
    K.NAME | K.ADDRESS | K.BIRTH | K.AGE | K.SEX | ATTRIBUTES | K.ID | K.BANK | K.ORG_ACCOUNT | PHONES
    | K.QQ | K.WECHAT | K.OFFICIAL | K.ID_OTHER
)  # fmt: skip
_EXPLICIT: Final = K.ID | K.BANK | K.MOBILE | K.PHONE
# Columns in whose cells more is looked for than the number that fills one.
_MORE_THAN_A_NUMBER: Final = REMEMBERED | K.NAME | K.ADDRESS | K.QQ | K.WECHAT | K.EMAIL
_NO_PLAIN_NAME: Final = READ & ~K.NAME | K.EMAIL  # what a column may hold beside its names


@dataclass(frozen=True, slots=True)
class Column:
    """What its header and its values' votes say of a column, and what follows for each of its cells."""

    kind: int
    title: str
    code: bool  # voted to be one of codes
    signal: str  # what the header adds to the reasons of each of its hits
    read: bool  # also where no candidate stands
    may_tell: bool  # where it is not read, an address or a messenger's name in it still counts
    explicit: bool  # a whole cell is part of nothing else
    plain_number: bool  # nothing is looked for beside a number that fills a cell
    plain_name: bool  # nothing is looked for beside names
    plain_word: bool  # nothing but what a row remembers of its person


@lru_cache(4096)
def column(kind: int, title: str, *, code: bool = False) -> Column:
    """The column of this kind and title; tables on the same form share it."""
    signal = f"column:{title}" if title == "inferred" else f"header:{title[:24]}" if title else ""
    return Column(
        kind=kind,
        title=title,
        code=code,
        signal=signal,
        read=bool(kind & READ),
        may_tell=not kind & NO_ADDRESS,
        explicit=bool(kind & _EXPLICIT) and not kind & K.CODE,
        plain_number=not kind & _MORE_THAN_A_NUMBER,
        plain_name=bool(kind & K.NAME) and not kind & _NO_PLAIN_NAME,
        plain_word=kind == K.SEX or bool(kind and not kind & ~ATTRIBUTES),
    )
