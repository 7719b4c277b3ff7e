import codecs

import pytest

from pipelines.extractors.encoding import decode

CHINESE = "蚌埠市2017年公示:张三,男"
FULL_PAGE = "<html><head><meta charset='{}'></head><body>王小明的低保公示名单,镕</body></html>"

ROWS = [
    # what is declared is what is written
    (CHINESE.encode(), "", False, CHINESE, "utf-8"),
    (CHINESE.encode("gb18030"), "", False, CHINESE, "gb18030"),
    (CHINESE.encode("gbk"), "gb2312", False, CHINESE, "gb18030"),
    ("臺灣".encode("big5"), "big5", False, "臺灣", "big5hkscs"),
    (b"plain", "gbk", False, "plain", "utf-8"),
    # byte order marks outrank everything and are no text
    (codecs.BOM_UTF8 + CHINESE.encode(), "gbk", False, CHINESE, "utf-8"),
    (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "", False, CHINESE, "utf-16-le"),
    (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "", False, CHINESE, "utf-16-be"),
    ("name,phone\r\n".encode("utf-16-le"), "", False, "name,phone\r\n", "utf-16-le"),
    # the header or the page says something else than the bytes
    (CHINESE.encode(), "gbk", False, CHINESE, "utf-8"),
    (CHINESE.encode("gb18030"), "utf-8", False, CHINESE, "gb18030"),
    (CHINESE.encode("gb18030"), "iso-8859-1", False, CHINESE, "gb18030"),
    ("naïve café".encode("cp1252"), "iso-8859-1", False, "naïve café", "cp1252"),
    (CHINESE.encode("gb18030"), "unicode_escape", False, CHINESE, "gb18030"),
    (CHINESE.encode("gb18030"), "no-such-charset", False, CHINESE, "gb18030"),
    # GB2312 declared, characters beyond it written
    (FULL_PAGE.format("gb2312").encode("gb18030"), "", True, FULL_PAGE.format("gb2312"), "gb18030"),
    (FULL_PAGE.format("gb2312").encode(), "", True, FULL_PAGE.format("gb2312"), "utf-8"),
    (FULL_PAGE.format("big5").encode("gb18030"), "gb2312", True, FULL_PAGE.format("big5"), "gb18030"),
    # two-byte sequences are valid as both: the declaration decides
    ("é".encode(), "gbk", False, "茅", "gb18030"),
    ("é".encode(), "", False, "é", "utf-8"),
]


@pytest.mark.parametrize(("data", "server", "markup", "text", "encoding"), ROWS)
def test_decode(data: bytes, server: str, markup: bool, text: str, encoding: str) -> None:
    decoded = decode(data, server, markup=markup)
    assert (decoded.text, decoded.encoding, decoded.damaged) == (text, encoding, 0)


def test_damage_is_counted_and_the_least_damaged_reading_wins() -> None:
    decoded = decode(CHINESE.encode() * 50 + b"\xe5")
    assert decoded.encoding == "utf-8"
    assert decoded.damaged == 1
    assert decoded.text.startswith(CHINESE)


def test_newlines_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\nd").text == "a\r\nb\rc\nd"
