"""Settings files: what is understood, and the line that is named when something is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from patterns.schema import Severity
from scanner import config, i18n, workspace
from scanner.errors import ConfigError, one_line
from scanner.runs import limits


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_templates_are_valid_as_they_are(lang: str, tmp_path: Path) -> None:
    i18n.activate(lang)
    made = workspace.create(tmp_path / "w")
    assert made.config == config.Config()
    assert made.sites.sites == ()


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_templates_are_valid_when_every_example_counts(lang: str, tmp_path: Path) -> None:
    i18n.activate(lang)
    for name in ("scan", "sites"):
        counted = re.sub(r"^# (?=\[\[|\w+ = )", "", workspace.template(name), flags=re.MULTILINE)
        (tmp_path / name).write_text(counted, encoding="utf-8")
    loaded = config.load(tmp_path / "scan")
    assert loaded.fields["title"] == "bt"
    assert limits(loaded).memory == 2048 << 20
    assert config.load_sites(tmp_path / "sites").sites[0].sections[0].prefix.startswith("/")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('workers = "two"', "The setting workers must be a whole number: {path}:1. Correct the file and try again."),
        ("\nworkers = true", "The setting workers must be a whole number: {path}:2. Correct the file and try again."),
        ("workes = 1", "There is no setting called workes: {path}:1. Did you mean workers?"),
        ("[limits]\nseconds = 5\nmemory = 1", "There is no setting called memory: {path}:3. Did you mean memory_mb?"),
        ("[limit]\nseconds = 5", "There is no setting called limit: {path}:1. Did you mean limits?"),
        ("[fields]\n# x\ntitle = 5", "The setting title must be a text in quotes: {path}:3. "
         "Correct the file and try again."),
        ("check = 1", "The setting check must be a section in [brackets]: {path}:1. Correct the file and try again."),
        ("workers = 1\nworkers = ", "The settings file has a mistake: {path}:2. Look for a missing quote, bracket or "
         "equals sign there."),
        ("[notify]\nurls = []\n[notify]\n", "The settings file has a mistake: {path}:3. It is written a second time: "
         "put both into one place."),
        ("passwords = [“a”]", "The settings file has a mistake: {path}:1. There is a full-width quote, bracket, sign "
         "or space: write it in half width."),
        ('[[export]]\nfolder = "C:\\exports"', "The settings file has a mistake: {path}:2. Write a folder with / "
         "instead of a backslash, or between single quotes."),
        ("[export]\nfolder = 'x'", "The setting export must be a section in [[double brackets]]: {path}:1. Correct the "
         "file and try again."),
        ("[[export]]\nglob = '*.zip'", 'The entry *.zip has no folder: {path}. Add the line folder = "…".'),
        ("workers = -1", "workers is too small: {path}. Correct the file and try again."),
        ("[check]\nfail_on = 'bad'", "fail_on must be one of info, low, medium, high, critical, not bad: {path}. "
         "Correct the file and try again."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "scan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        config.load(path)
    assert one_line(error.value) == message.format(path=path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[site]]\nname = "A"', 'The entry A has no id: {path}. Add the line id = "…".'),
        ('[[site]]\nid = "a"\n[[site]]\nid = "a"', "Two sites have the id a: {path}. Give each its own."),
        ('[[site]]\nid = "a"\n[[site]]\nid = "b"\ndomain = "x"',
         "There is no setting called domain: {path}:5. Did you mean domains?"),
        ('[[site]]\nid = "a"\n[[site.section]]\nprefix = 1',
         "The setting prefix must be a text in quotes: {path}:4. Correct the file and try again."),
    ],
)  # fmt: skip
def test_a_mistake_in_sites_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        config.load_sites(path)
    assert one_line(error.value) == message.format(path=path)


@pytest.mark.parametrize("content", [b"\xd0\xd5\xc3\xfb = 1", b"\xff\xfe"])
def test_a_file_in_another_encoding_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(path)


def test_notepads_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "scan.toml"
    path.write_bytes(b"\xef\xbb\xbfworkers = 3\n[check]\nfail_on = '\xe9\xab\x98'\n")
    assert config.load(path) == config.Config(workers=3, fail_on=Severity.HIGH)


def test_an_export_is_of_a_site_that_is_known(tmp_path: Path) -> None:
    made = workspace.create(tmp_path / "w")
    (made.root / "scan.toml").write_text('[[export]]\nfolder = "x"\nsite = "jyj"\n')
    with pytest.raises(ConfigError) as error:
        made.check_exports()
    assert "names the site jyj" in one_line(error.value)
    (made.root / "sites.toml").write_text('[[site]]\nid = "jyj"\n')
    workspace.Workspace(made.root).check_exports()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('domains = ["http://www.example.gov.cn/"]', "“http://www.example.gov.cn/” is no domain"),
        ('domains = ["www.example.gov.cn:80"]', "is no domain"),
        ('domains = ["a.gov.cn", "A.gov.cn."]', "The domain A.gov.cn. stands there twice"),
        ('domains = ["a.gov.cn"]\n[[site]]\nid = "y"\ndomains = ["a.gov.cn"]', "stands there twice"),
        ('[[site.section]]\nprefix = "xxgk/"', "“xxgk/” begins no address"),
        ('[[site.section]]\nprefix = "http://a.gov.cn/xxgk/"', "begins no address"),
        (
            'domains = ["a.gov.cn", "b.a.gov.cn"]\n[[site.section]]\nprefix = "a.gov.cn/x"\n'
            '[[site.section]]\nprefix = "/"',
            "",
        ),
    ],
)
def test_a_site_that_no_page_would_belong_to(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(f'[[site]]\nid = "x"\n{text}\n', encoding="utf-8")
    if not said:
        assert config.load_sites(path).sites
        return
    with pytest.raises(ConfigError) as error:
        config.load_sites(path)
    assert said in one_line(error.value)
