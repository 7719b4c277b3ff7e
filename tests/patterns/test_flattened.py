"""Tables whose cells became lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patterns.flattened import restored
from scanner.synthetic.people import Factory

PEOPLE = Factory(31).people(12)


def test_rows_come_back_and_what_stands_around_stays() -> None:
    header = ["序号", "姓名", "身份证号", "等级"]
    rows = [[str(n), p.name, p.resident_id, "C级"] for n, p in enumerate(PEOPLE, 1)]
    cells = "\n".join(cell for row in (header, *rows) for cell in row)
    text = f"某某公示\n2017年\n{cells}\n合计\n12人"
    table = "\n".join("\t".join(row) for row in (header, *rows))
    assert restored(text) == f"某某公示\n2017年\n{table}\n合计\n12人"


def test_two_tables_and_labels_nobody_knows() -> None:
    def cells(count: int) -> list[list[str]]:
        return [["农户", "乡镇", "联系电话", "进度"], *([p.name, "某某镇", p.mobile, "已竣工"] for p in PEOPLE[:count])]

    lines = [cell for count in (3, 4) for row in cells(count) for cell in row]
    rows = ["\t".join(row) for count in (3, 4) for row in cells(count)]
    assert restored("\n".join(lines)) == "\n".join(rows)


def test_lines_that_are_no_table_stay() -> None:
    person = PEOPLE[0]
    for text in (
        f"姓名\n{person.name}\n电话\n{person.mobile}",  # a form
        "姓名\n性别\n备注\n附件\n下载\n首页",
        "姓名\t电话\n" + "\n".join(f"{p.name}\t{p.mobile}" for p in PEOPLE),
        "姓名\n单位\n" + "\n".join(f"{p.name}\n某某局" for p in PEOPLE),  # nothing of theirs
    ):
        assert restored(text) == text


CELLS = ("姓名", "身份证号", "户主", "", "张伟", "李娜", "\t", "13955261784", "合计", "1")


@given(st.lists(st.sampled_from(CELLS), max_size=40))
def test_nothing_moves(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = restored(text)
    assert len(found) == len(text)
    assert all(a == b or (a, b) == ("\n", "\t") for a, b in zip(text, found, strict=True))
