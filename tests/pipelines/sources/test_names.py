"""Names of members: what nearly every name is takes the short way, to the same end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources import names

_BITS = (
    "a",
    "b.html",
    "名单",
    "C:",
    "c:",
    "..",
    ".",
    "...",
    ".a",
    "",
    "\\",
    "/",
    "\x00",
    "x\x9f",
    "\ud800",
    " ",
    "a:b",
)


@given(st.lists(st.sampled_from(_BITS) | st.text(max_size=4), max_size=6), st.sampled_from(("/", "")))
def test_the_short_way_leads_where_the_long_one_does(bits: list[str], between: str) -> None:
    name = between.join(bits)
    assert names.shown(name) == names._cleaned(name)


def test_a_plain_name_is_left_alone() -> None:
    name = "mz.xinghe.example.com/xxgk/2017/名单 (1).html"
    assert names.shown(name) is name
