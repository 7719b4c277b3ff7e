"""What an ID number shows of itself, under a key: two can be compared and joined, none can be read.

One person masked as 340302********042X in one document and as 34030219780615**** in another is not masked at all. To
see that, the documents' hits must tell what they show; but a findings database that held the digits would do the very
joining it warns of. So a hit carries a sketch: for each of the eighteen places a tag of sixteen bits drawn from a keyed
stream of the person's name, or dots where the place is hidden. What a sketch gives away:

- Without the key, nothing but which places are shown: which is what the published mask shows as well.
- Tags of one name can be compared with each other, because that is their purpose; those of two names cannot.
- The tag of the name itself groups one name's hits; the name's fingerprint in the database does that already.

The key lives outside the database, as that of the fingerprints.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import shake_128
from typing import Final

from patterns import keyed, population

PLACES: Final = 18
NAME: Final = 16  # hex digits of a sketch that tell the name
_WIDTH: Final = 4  # hex digits of a tag
_HIDDEN: Final = "." * _WIDTH
_DIGITS: Final = "0123456789X"
_STREAM: Final = NAME // 2 + PLACES * len(_DIGITS) * _WIDTH // 2  # bytes: the name and each digit in each place


def _tags(place: int) -> dict[str, slice]:
    """Where in a stream, behind which dots stand, what shows each digit in a place, or that it is hidden."""
    first = NAME + place * len(_DIGITS) * _WIDTH
    starts = {digit: first + number * _WIDTH for number, digit in enumerate(_DIGITS)}
    return {digit: slice(at, at + _WIDTH) for digit, at in starts.items()} | {"*": slice(2 * _STREAM, None)}


_TAGS: Final = tuple(map(_tags, range(PLACES)))
_LEAST_SHARED: Final = 6  # places that two must both show, and agree in, beside the name: a region at least
_MOST_LEFT: Final = 100  # people: more is no link
_REFERENCE: Final = "34030219780615042X"  # made up; how many people a mask leaves hangs little on its digits
_OLDEST: Final = 19100101


def sketch(key: bytes, name: str, pattern: str) -> str:
    """The sketch of a pattern of eighteen places (digits, ``*``, a final X) beside a name.

    >>> one = sketch(b"key", "李某", "340302********042X")
    >>> len(one), one.count("....")
    (88, 8)
    """
    seed = keyed.digest(key, name, b"sketch\0")
    stream = shake_128(seed).hexdigest(_STREAM) + _HIDDEN
    return stream[:NAME] + "".join([stream[tags[shown]] for tags, shown in zip(_TAGS, pattern, strict=True)])


def join(first: str, second: str, least: int = _LEAST_SHARED) -> str:
    """What two sketches show together; "" when they cannot be one person's or share too little to say so."""
    if len(first) != len(second) or first[:NAME] != second[:NAME]:
        return ""
    joined, shared = [first[:NAME]], 0
    for at in range(NAME, len(first), _WIDTH):
        left, right = first[at : at + _WIDTH], second[at : at + _WIDTH]
        if left == _HIDDEN or right == _HIDDEN:
            joined.append(right if left == _HIDDEN else left)
        elif left == right:
            joined.append(left)
            shared += 1
        else:
            return ""
    return "".join(joined) if shared >= least else ""


@lru_cache(4096)
def people_left(shown: str, today: date) -> int:
    """How many people a mask leaves that shows these places: eighteen characters, ``*`` where one is hidden.

    >>> people_left("000000********0000", date(2017, 12, 31)), people_left("00000000000000****", date(2017, 12, 31))
    (3585, 999)
    """
    pattern = "".join("*" if place == "*" else digit for place, digit in zip(shown, _REFERENCE, strict=True))
    return max(1, population.count(pattern, _OLDEST, today.year * 10_000 + today.month * 100 + today.day))


def places(sketched: str) -> str:
    """Which places a sketch shows, as ``people_left`` reads it."""
    tags = (sketched[at : at + _WIDTH] for at in range(NAME, len(sketched), _WIDTH))
    return "".join("*" if tag == _HIDDEN else "0" for tag in tags)


def linked(own: str, others: Sequence[str], today: date) -> int:
    """How many people are left when a masked number is joined with what other documents show under the same name; 0
    when nothing joins or more than a hundred are left.

    Others that may be one person's count as one; those that may not are people who might each be meant, and add up.
    """
    joined: list[str] = []
    for other in sorted(set(others), key=lambda sketched: sketched.count(_HIDDEN)):
        for number, known in enumerate(joined):
            if both := join(known, other):
                joined[number] = both
                break
        else:
            both = join(own, other)
            if both and both != own:
                joined.append(both)
        if len(joined) > _MOST_LEFT:
            return 0
    left = sum(people_left(places(known), today) for known in joined)
    return left if left <= _MOST_LEFT else 0
