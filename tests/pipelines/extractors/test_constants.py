"""What Excel's binary formats keep where no cell shows it: constants in formulas, rules, charts, logs of changes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from struct import pack

import olefile
from hypothesis import given
from hypothesis import strategies as st

from pipelines.documents import Member
from pipelines.extractors import extract
from pipelines.extractors.assembly import Assembly
from pipelines.extractors.biff_constants import UNSURE, add_changes, add_names
from pipelines.extractors.biff_state import sheet_states
from pipelines.extractors.formula_constants import XLS, XLSB, constants
from pipelines.schema import Status
from tests.pipelines.extractors.ole_files import ole_file

FIXTURES = Path(__file__).parent / "fixtures"


def record(kind: int, data: bytes = b"") -> bytes:
    return pack("<HH", kind, len(data)) + data


def counted(text: str, wide: bool = True) -> bytes:
    return pack("<HB", len(text), wide) + text.encode("utf-16-le" if wide else "latin-1")


def token(text: str) -> bytes:
    return pack("<BBB", 0x17, len(text), 1) + text.encode("utf-16-le")


def said(assembly: Assembly) -> list[tuple[str, str, str, bool]]:
    text = assembly.text
    return [(s.kind, s.place, text[s.start : s.end], s.hidden) for s in assembly.segments]


def test_constants_stand_among_all_kinds_of_tokens() -> None:
    cell, area, name, function = b"\x44" + bytes(4), b"\x25" + bytes(8), b"\x23" + bytes(4), b"\x42" + bytes(3)
    jumps = pack("<BBH", 0x19, 0x04, 2) + bytes(6)
    spaces, short = b"\x19\x40\0\0", b"\x1e\x05\0"
    far = pack("<Bd", 0x1F, 13912345678.0) + pack("<Bd", 0x1F, 7.0)
    formula = cell + token("甲") + jumps + area + spaces + short + b"\x05" + name + far + function + b"\x17\x01\0a"
    assert constants(formula, b"", XLS) == ["甲", "13912345678", "a"]


def test_constant_tables_stand_behind_the_tokens() -> None:
    table = (
        pack("<BH", 1, 1) + b"\2" + counted("甲") + b"\0" + bytes(8) + b"\4" + bytes(8) + b"\2" + counted("b", False)
    )
    assert constants(b"\x60" + bytes(7), table, XLS) == ["甲", "b"]
    wide = pack("<H", 1) + "乙".encode("utf-16-le")
    cells = pack("<II", 1, 4) + b"\2\1" + b"\4" + bytes(4) + b"\1" + wide + b"\0" + pack("<d", 13912345678.0)
    assert constants(b"\x20" + bytes(14) + b"\x17" + wide, cells, XLSB) == ["乙", "乙", "13912345678"]


def test_a_list_to_choose_from_is_one_text() -> None:
    assert constants(token("张三\0李四"), b"", XLS) == ["张三\t李四"]


@given(st.binary(max_size=60), st.binary(max_size=60), st.sampled_from((XLS, XLSB)))
def test_no_formula_makes_it_raise(tokens: bytes, behind: bytes, form: object) -> None:
    assert all("\n" not in text for text in constants(tokens, behind, form))  # type: ignore[arg-type]


def name_record(name: str, tokens: bytes, behind: bytes = b"") -> bytes:
    head = pack("<HBBHHHBBBB", 0, 0, len(name), len(tokens), 0, 0, 0, 0, 0, 0)
    return record(0x18, head + b"\1" + name.encode("utf-16-le") + tokens + behind)


def test_names_with_constants_not_those_of_ranges() -> None:
    assembly = Assembly()
    ranges = name_record("范围", b"\x3b" + bytes(10))
    later = name_record("z", token("在下一部分里"))
    long = name_record("名单", token("张三"))
    cut = len(long) - 3
    continued = pack("<HH", 0x18, cut - 4) + long[4:cut] + record(0x3C, long[cut:])
    add_names(assembly, ranges + continued + record(0x0A) + later)
    assert said(assembly) == [("metadata", "name 名单", "张三", True)]


def changes(*records: bytes) -> Assembly:
    assembly = Assembly()
    with olefile.OleFileIO(BytesIO(ole_file({"Workbook": b"x", "Revision Log": b"".join(records)}))) as ole:
        add_changes(assembly, ole)
    return assembly


def change(kinds: int, values: bytes, flags: int = 0) -> bytes:
    return record(0x13B, pack("<IIHHH", 0, 1, 8, 0, 1) + pack("<HHHHIH", kinds, flags, 0, 0, 0, 0) + values)


def test_a_log_of_changes_tells_old_and_new_values() -> None:
    whole, hundredth = pack("<i", 5 << 2 | 2), pack("<i", 150 << 2 | 3)
    found = changes(
        change(3 << 3 | 1, counted("张三") + whole),
        change(2 << 3 | 1, pack("<d", 13912345678.0) + hundredth),
        change(1 << 3 | 3, pack("<d", 0.5)[4:] + counted("ok", False)),
        change(4 << 3 | 0, b"\1\0"),
    )
    assert said(found) == [("deletion", "revisions", "张三\n5\n13912345678\n1.5\n0.5\nok", True)]
    assert not found.notes


def test_where_more_changed_the_texts_are_looked_for_and_the_document_says_so() -> None:
    found = changes(change(3 << 3 | 2, b"\7\7" + counted("张三 139") + pack("<d", 13912345678.0), flags=1))
    assert said(found) == [("deletion", "revisions", "张三 139", True)]
    assert found.notes == [UNSURE]


def test_no_log_says_nothing() -> None:
    assert not changes(record(0x138, bytes(40))).notes


def sheet(*records: bytes) -> bytes:
    begin = pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    first = record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    bound = record(0x85, pack("<I", len(first) + 12 + 4) + bytes(4))
    return first + bound + record(0x0A) + record(0x809, begin) + b"".join(records) + record(0x0A)


def test_values_behind_a_chart_and_not_those_of_cells() -> None:
    cells = record(0x203, pack("<3Hd", 0, 0, 0, 1.0))
    title = record(0x100D, pack("<HBB", 0, 2, 1) + "标题".encode("utf-16-le"))
    chart = record(0x809, pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0)) + title
    chart += record(0x1065, pack("<H", 2)) + record(0x204, pack("<3H", 0, 0, 0) + counted("张三"))
    chart += record(0x204, pack("<3H", 1, 0, 0) + counted("李四"))
    chart += record(0x1065, pack("<H", 1)) + record(0x203, pack("<3Hd", 0, 0, 0, 13912345678.0)) + record(0x0A)
    [state] = sheet_states(sheet(cells, chart, cells))
    assert [(c.titles, list(c.series.values())) for c in state.charts] == [
        (["标题"], [["张三", "李四"], ["13912345678"]])
    ]


def test_rules_say_what_may_be_chosen() -> None:
    formula = token("张三\0李四")
    rule = pack("<I", 3) + counted("题") + counted("\0", False) * 2 + counted("请选") + pack("<HH", len(formula), 0)
    [state] = sheet_states(sheet(record(0x1BE, rule + formula + pack("<HH", 0, 0)), record(0x1BE, rule[:9])))
    assert state.asides == ["题", "", "", "请选", "张三\t李四", "题"]


def test_workbooks_of_an_office_suite() -> None:
    """Both written by LibreOffice 7.4: names, a rule, a chart; a log of changes."""
    named = extract(Member("a.xls", (FIXTURES / "constants.xls").read_bytes()))
    assert named.status == Status.EXTRACTED
    found = {(s.kind, s.place): named.text[s.start : s.end] for s in named.segments if s.hidden}
    assert found["metadata", "name n1"] == "李四 999999199001011234"
    assert found["metadata", "name n2"] == "王五\n999999199001011235\n13812345678"
    assert found["metadata", "name n3"] == "赵六 999999199001011236\n孙七"
    assert "周八\t吴九 999999199001011237" in found["attribute", "名单"]
    changed = extract(Member("t.xls", (FIXTURES / "changes.xls").read_bytes()))
    assert changed.status == Status.EXTRACTED
    assert "旧值李四 999999199001011234\n新值\n13912345678\n5" in changed.text
