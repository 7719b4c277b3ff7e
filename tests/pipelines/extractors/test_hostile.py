"""Files made to hurt, one of each kind: each ends as a status, with no more text or files than it honestly holds.

How long they take in a worker, and what they do to its neighbours, is ``benchmarks.bombs``' to say.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import bombs
from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.schema import Status
from tests.pipelines.extractors.archives import zipped

OK, CORRUPT, PARTIAL = Status.EXTRACTED, Status.CORRUPT, Status.PARTIAL


@pytest.mark.parametrize(
    ("name", "make", "status", "reason"),
    [
        ("a zip bomb.zip", lambda: zipped({"0": bytes(30_000_000)}), OK, ""),
        ("zips in zips.zip", bombs.nested, OK, ""),
        ("the zip itself in it.zip", bombs.quine, OK, ""),
        ("entities.xml", bombs.entities, OK, ""),
        ("entities.docx", bombs.entities_in_docx, CORRUPT, "word/document.xml: "),
        ("deep.html", bombs.BOMBS["deep.html"], OK, ""),
        ("a million objects.pdf", bombs.million_objects, OK, ""),
        ("far corners.xlsx", bombs.far_corners, OK, ""),
        ("outside.zip", bombs.outside, OK, ""),
        ("wrong crc.zip", bombs.wrong_crc, OK, ""),
        ("cut off.zip", bombs.cut_off, CORRUPT, "truncated: "),
        ("deep.rtf", bombs.BOMBS["deep.rtf"], PARTIAL, "rtf: more than "),
    ],
)
def test_each_has_a_status(name: str, make: Callable[[], bytes], status: str, reason: str) -> None:
    document = extract(Member(name, make()))
    assert document.status == status and document.reason.startswith(reason)
    assert len(document.text) < 1000
    assert len(document.children) <= 4


def test_what_is_wrong_inside_is_said_there() -> None:
    (bomb,) = extract(Member("a.zip", zipped({"0": bytes(30_000_000)}))).children
    assert (bomb.data, bomb.status, bomb.reason[:8]) == (None, Status.TOO_LARGE, "zip bomb")
    first, second = extract(Member("a.zip", bombs.wrong_crc())).children
    assert (first.status, second.status) == (Status.CORRUPT, Status.EXTRACTED)
    assert "checksum" in first.reason


def test_names_that_leave_the_folder_write_nothing() -> None:
    paths = [child.path for child in extract(Member("a.zip", bombs.outside())).children]
    assert all(path.startswith("a.zip!/") for path in paths)
    assert not Path("/tmp/scan-bomb").exists()


def test_two_far_cells_are_two_cells() -> None:
    assert extract(Member("a.xlsx", bombs.far_corners())).text.split() == ["1", "2"]
