"""Locations: the short way that nearly every URL takes leads where the long one does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines import locations

_BITS = (
    "http://", "https://", "HTTP://", "//", "a", "b.html", "www.x.gov.cn", "WWW.x", "index.html", "/Index.HTM", "/",
    ".", "..", ":80", "@", "?a=1", "#x", "%E5", "名单", "\u3000", "\xa0", " ", "\t", "\x85", "\x1c", "[", "-", "_",
    "é", "\\", ";p", "\ud800",
)  # fmt: skip


@given(st.sampled_from(("http://", "https://", "")), st.lists(st.sampled_from(_BITS) | st.text(max_size=3), max_size=7))
def test_the_short_way_leads_where_the_long_one_does(scheme: str, bits: list[str]) -> None:
    url = scheme + "".join(bits)
    assert locations.canonical(url) == locations._taken_apart(url)


def test_most_take_it() -> None:
    assert (
        locations._PLAIN.fullmatch("http://mz.xinghe.example.com/xxgk/2017/名单 1.html") is None
    )  # a blank is escaped
    assert locations._PLAIN.fullmatch("https://mz.xinghe.example.com/xxgk/2017/名单.html")
    assert locations.canonical("https://mz.xinghe.example.com/xxgk/Index.html") == "mz.xinghe.example.com/xxgk/"
