"""Whose page a location is."""

from __future__ import annotations

import pickle
import tomllib

import pytest

from pipelines.sites import SiteMap

SITES = SiteMap.from_dict(
    tomllib.loads(
        """
        [[site]]
        id = "city"
        domains = ["example.gov.cn"]
        unit = "市政府办公室"
        [[site]]
        id = "edu"
        domains = ["Edu.Example.gov.cn", "jyj.example.gov.cn"]
        unit = "市教育局"
        archives = ["教育局*", "edu-export*"]
        [[site.section]]
        prefix = "/xxgk/"
        name = "信息公开"
        [[site.section]]
        prefix = "/xxgk/zzjg/"
        name = "学生资助"
        unit = "资助中心"
        [[site.section]]
        prefix = "jyj.example.gov.cn/tz/"
        name = "通知"
        """
    )
)

ROWS = [
    ("edu.example.gov.cn/a.html", "", "x.zip", ("edu", "市教育局", "")),
    ("edu.example.gov.cn/xxgk/a.html", "", "x.zip", ("edu", "市教育局", "信息公开")),
    ("edu.example.gov.cn/xxgk/zzjg/a.html", "", "x.zip", ("edu", "资助中心", "学生资助")),
    ("edu.example.gov.cn/xxgk/zzjg/a.html", "某小学", "x.zip", ("edu", "某小学", "学生资助")),
    ("jyj.example.gov.cn/tz/1.html", "", "x.zip", ("edu", "市教育局", "通知")),
    ("edu.example.gov.cn/tz/1.html", "", "x.zip", ("edu", "市教育局", "")),
    ("www.edu.example.gov.cn/a.html", "", "x.zip", ("edu", "市教育局", "")),
    ("www.example.gov.cn/a.html", "", "x.zip", ("city", "市政府办公室", "")),
    ("notexample.gov.cn/a.html", "", "x.zip", ("notexample.gov.cn", "", "")),
    ("other.cn/a.html", "某局", "x.zip", ("other.cn", "某局", "")),
    ("edu:xxgk/zzjg/a.html", "", "教育局_2017.zip", ("edu", "资助中心", "学生资助")),
    ("edu:a.html", "", "edu.zip", ("edu", "市教育局", "")),
    ("export:a.html", "", "export-20171109.zip", ("export", "", "")),
]


@pytest.mark.parametrize(("location", "publisher", "archive", "expected"), ROWS)
def test_resolve(location: str, publisher: str, archive: str, expected: tuple[str, str, str]) -> None:
    assert SITES.resolve(location, publisher, archive) == expected


@pytest.mark.parametrize(
    ("archive", "name"),
    [("教育局_20171109.zip", "edu"), ("edu-export.tar.gz", "edu"), ("卫健委_20171109.zip", "卫健委"), ("edu", "edu")],
)
def test_exports_of_a_site_share_a_base_name(archive: str, name: str) -> None:
    assert SITES.base_name(archive) == name


def test_digest_follows_the_content_and_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(SITES)).digest == SITES.digest != SiteMap().digest
