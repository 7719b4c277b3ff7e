"""Seeded archives of any size for benchmarks of the pipeline: pages of a few KB, every tenth with an attachment that
names synthetic people.

The text is cheap to make (what is measured is the pipeline, not the maker) and differs from page to page.
"""

from __future__ import annotations

import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from scanner.synthetic.people import Factory

HOST = "www.example.gov.cn"
_SENTENCES = (
    "为进一步规范政务公开工作,现将有关事项公示如下。",
    "公示期间如有异议,请向本单位反映,电话见页面下方。",
    "各乡镇人民政府、街道办事处,市直各有关单位:",
    "根据工作安排,本次共审核通过若干户,具体名单见附件。",
    "本年度补助资金已按时足额发放到位,请相互转告。",
)


def pages(records: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(path, content) of ``records`` members: pages, and the CSV attachments that every tenth links."""
    chance, factory = random.Random(seed), Factory(seed)
    number = made = 0
    while made < records:
        number += 1
        attached = number % 10 == 0 and made + 2 <= records
        name = f"xxgk/{number % 97}/{number}"
        yield f"{HOST}/{name}.html", _page(chance, number, f"{number}.csv" if attached else "")
        if attached:
            yield f"{HOST}/{name}.csv", _list(chance, factory)
        made += 1 + attached


def _page(chance: random.Random, number: int, attachment: str) -> str:
    words = "".join(f"<p>{chance.choice(_SENTENCES)}{chance.randrange(10**9)}</p>" for _ in range(40))
    link = f'<a href="{attachment}">附件:名单</a>' if attachment else ""
    date = f"2017-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return (
        f"<html><head><title>公示 {number}</title></head><body><table><tr><td>发布机构</td><td>第{number % 50}单位</td>"
        f"</tr><tr><td>发布日期</td><td>{date}</td></tr></table>{words}{link}</body></html>"
    )


def _list(chance: random.Random, factory: Factory) -> str:
    people = [factory.person() for _ in range(5)]
    named = "".join(f"{person.name},{person.resident_id},{person.mobile}\n" for person in people)
    return f"姓名,身份证号,手机\n{named}" + "".join(f"第{chance.randrange(30)}组,,\n" for _ in range(80))


def write(kind: str, path: Path, records: int, seed: int = 1) -> None:
    """Writes an archive of a kind: zip, tar, tar.gz, jsonl (pages only carry their URL there)."""
    with ExitStack() as stack:
        put = _WRITERS[kind](path, stack)
        for name, content in pages(records, seed):
            put(name, content)


def _zip(path: Path, stack: ExitStack) -> Callable[[str, str], None]:
    archive = stack.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1))
    return archive.writestr


def _tar(path: Path, stack: ExitStack) -> Callable[[str, str], None]:
    if path.suffix == ".gz":
        archive = stack.enter_context(tarfile.open(path, "w:gz", compresslevel=1))  # noqa: SIM115
    else:
        archive = stack.enter_context(tarfile.open(path, "w"))  # noqa: SIM115

    def put(name: str, content: str) -> None:
        data = content.encode()
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
        archive.members.clear()  # type: ignore[attr-defined]

    return put


def _jsonl(path: Path, stack: ExitStack) -> Callable[[str, str], None]:
    file = stack.enter_context(path.open("w", encoding="utf-8"))
    return lambda name, content: print(
        json.dumps({"url": f"http://{name}", "content": content}, ensure_ascii=False), file=file
    )


_WRITERS: dict[str, Callable[[Path, ExitStack], Callable[[str, str], None]]] = {
    "zip": _zip, "tar": _tar, "tar.gz": _tar, "jsonl": _jsonl,
}  # fmt: skip
KINDS = tuple(_WRITERS)
