"""Workbooks that hold people where nobody looks: by openpyxl and xlwt, and by hand what those cannot write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from struct import pack
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.scenario import InputCells, Scenario

from scanner.synthetic.people import Person

Write = Callable[[list[Person]], bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def lines(people: list[Person]) -> list[str]:
    return [f"{person.name} {person.resident_id} {person.mobile}" for person in people]


def rows(people: list[Person]) -> list[tuple[str, str, str]]:
    return [("姓名", "身份证号", "手机"), *((p.name, p.resident_id, p.mobile) for p in people)]


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """A package with parts added, or put in the place of others."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def _book(people: list[Person] | None, change: Callable[[Any, Any], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in rows(people) if people else [("公示",)]:
        sheet.append(row)
    change(book, sheet)
    return saved(book)


def _second_sheet(state: str) -> Write:
    def change(book: Any, people: list[Person]) -> None:
        sheet = book.create_sheet("Sheet2")
        sheet.sheet_state = state
        for row in rows(people):
            sheet.append(row)

    return lambda people: _book(None, lambda book, _: change(book, people))


def _hidden_cols(attribute: str, value: object) -> Write:
    def change(sheet: Any) -> None:
        for letter in "BC":
            setattr(sheet.column_dimensions[letter], attribute, value)

    return lambda people: _book(people, lambda _, sheet: change(sheet))


def _hidden_rows(attribute: str, value: object) -> Write:
    def change(sheet: Any, count: int) -> None:
        for row in range(2, count + 2):
            setattr(sheet.row_dimensions[row], attribute, value)

    return lambda people: _book(people, lambda _, sheet: change(sheet, len(people)))


def _filtered(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        sheet.auto_filter.ref = f"A1:C{len(people) + 1}"
        sheet.auto_filter.add_filter_column(0, ["无"])
        for row in range(2, len(people) + 2):
            sheet.row_dimensions[row].hidden = True

    return _book(people, change)


def _comments(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for number, text in enumerate(lines(people), 1):
            sheet.cell(number, 2).comment = Comment(text, "author")

    return _book(None, change)


def _defined_names(people: list[Person]) -> bytes:
    def change(book: Any, _: Any) -> None:
        for number, text in enumerate(lines(people)):
            book.defined_names[f"n{number}"] = DefinedName(f"n{number}", attr_text=f'"{text}"')

    return _book(None, change)


def _validation(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for text in lines(people):
            rule = DataValidation(type="list", formula1=f'"{text}"')
            sheet.add_data_validation(rule)
            rule.add("A5")

    return _book(None, change)


def _margins(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        sheet.oddHeader.center.text = "\n".join(lines(people[:1]))
        sheet.oddFooter.left.text = "\n".join(lines(people[1:]))

    return _book(None, change)


def _properties(people: list[Person]) -> bytes:
    def change(book: Any, _: Any) -> None:
        book.properties.description = "\n".join(lines(people))

    return _book(None, change)


def _part(name: str, body: Callable[[list[Person]], str]) -> Write:
    return lambda people: with_parts(_book(None, lambda *_: None), {name: body(people)})


def _threaded(people: list[Person]) -> str:
    notes = "".join(
        f'<threadedComment ref="B{n}"><text>{text}</text></threadedComment>' for n, text in _numbered(people)
    )
    return f'<ThreadedComments xmlns="t">{notes}</ThreadedComments>'


def _numbered(people: list[Person]) -> list[tuple[int, str]]:
    return list(enumerate(lines(people), 1))


def _text_box(people: list[Person]) -> str:
    texts = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in lines(people))
    return f'<xdr:wsDr xmlns:xdr="x" xmlns:a="{DRAWING}"><xdr:sp><xdr:txBody>{texts}</xdr:txBody></xdr:sp></xdr:wsDr>'


def _picture(people: list[Person]) -> str:
    names = "".join(f'<xdr:cNvPr id="{n}" name="p" descr="{text}"/>' for n, text in _numbered(people))
    return f'<xdr:wsDr xmlns:xdr="x">{names}</xdr:wsDr>'


def _chart(people: list[Person]) -> str:
    def cache(kind: str, values: list[str]) -> str:
        points = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(values))
        return f"<c:{kind}>{points}</c:{kind}>"

    caches = cache("strCache", [p.resident_id for p in people]) + cache("numCache", [p.mobile for p in people])
    return f'<c:chartSpace xmlns:c="c">{caches}</c:chartSpace>'


def _external(people: list[Person]) -> str:
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<cell t="str"><v>{value}</v></cell>' for value in row) + "</row>"
        for n, row in enumerate(rows(people), 1)
    )
    return f'<externalLink xmlns="{MAIN}"><sheetDataSet><sheetData>{cells}</sheetData></sheetDataSet></externalLink>'


def _pivot(people: list[Person]) -> bytes:
    ids = "".join(f'<s v="{p.resident_id}"/>' for p in people)
    definition = (
        f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields><cacheField name="身份证号">'
        f"<sharedItems>{ids}</sharedItems>"
        '</cacheField><cacheField name="手机"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    records = "".join(f'<r><x v="{n}"/><n v="{p.mobile}"/></r>' for n, p in enumerate(people))
    relations = (
        '<Relationships><Relationship Type="x/pivotCacheRecords" Target="pivotCacheRecords1.xml"/></Relationships>'
    )
    return with_parts(
        _book(None, lambda *_: None),
        {
            "xl/pivotCache/pivotCacheDefinition1.xml": definition,
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": relations,
            "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{MAIN}">{records}</pivotCacheRecords>',
        },
    )


def _links(people: list[Person]) -> bytes:
    """Addresses with IDs, tooltips with mobile numbers."""

    def change(_: Any, sheet: Any) -> None:
        for n, person in enumerate(people, 2):
            target, tip = f"http://a.gov.cn/q?id={person.resident_id}", f"{person.name} {person.mobile}"
            sheet.cell(n, 1, "x").hyperlink = Hyperlink(ref=f"A{n}", target=target, tooltip=tip)

    return _book(None, change)


def _filters(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:A2"
        sheet.auto_filter.add_filter_column(0, lines(people))

    return _book(None, change)


def _scenarios(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for n, text in _numbered(people):
            cells = [InputCells(r="B2", val="1")]
            sheet.scenarios.scenario.append(Scenario(name=f"n{n}", inputCells=cells, comment=text))

    return _book(None, change)


def _formulas(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for n, text in _numbered(people):
            sheet.cell(n + 1, 1, f'=IF(B1=1,"{text}","")')

    return _book(None, change)


def _looks(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for text in lines(people):
            sheet.conditional_formatting.add("A1:A4", FormulaRule(formula=[f'$A1="{text}"']))

    return _book(None, change)


def _connections(people: list[Person]) -> str:
    """Queries that name whom they are for."""
    queries = "".join(
        f'<connection><dbPr command="select * where a=&apos;{t}&apos;"/></connection>' for t in lines(people)
    )
    return f'<connections xmlns="{MAIN}">{queries}</connections>'


def diagram(people: list[Person]) -> str:
    points = "".join(f"<dgm:pt><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:pt>" for text in lines(people))
    return f'<dgm:dataModel xmlns:dgm="d" xmlns:a="{DRAWING}">{points}</dgm:dataModel>'


def _revisions(people: list[Person]) -> str:
    cells = "".join(f'<rcc><oc t="inlineStr"><is><t>{text}</t></is></oc></rcc>' for text in lines(people))
    return f'<revisions xmlns="{MAIN}">{cells}</revisions>'


def _embedded(people: list[Person]) -> bytes:
    inner, outer = _book(people, lambda *_: None), BytesIO(_book(None, lambda *_: None))
    with ZipFile(outer, "a") as package:
        package.writestr("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", inner)
    return outer.getvalue()


XLSX: tuple[tuple[str, Write], ...] = (
    ("hidden sheet", _second_sheet("hidden")),
    ("very hidden sheet", _second_sheet("veryHidden")),
    ("hidden columns", _hidden_cols("hidden", True)),
    ("columns of no width", _hidden_cols("width", 0.1)),
    ("hidden rows", _hidden_rows("hidden", True)),
    ("rows of no height", _hidden_rows("height", 0.1)),
    ("filtered rows", _filtered),
    ("cell comments", _comments),
    ("threaded comments", _part("xl/threadedComments/threadedComment1.xml", _threaded)),
    ("defined names", _defined_names),
    ("data validation", _validation),
    ("header and footer*", _margins),
    ("text box*", _part("xl/drawings/drawing1.xml", _text_box)),
    ("picture's alternative text", _part("xl/drawings/drawing1.xml", _picture)),
    ("chart cache", _part("xl/charts/chart1.xml", _chart)),
    ("external link cache", _part("xl/externalLinks/externalLink1.xml", _external)),
    ("pivot cache", _pivot),
    ("log of changes", _part("xl/revisions/revisionLog1.xml", _revisions)),
    ("properties", _properties),
    ("links", _links),
    ("filters", _filters),
    ("scenarios", _scenarios),
    ("constants in formulas", _formulas),
    ("rules for looks", _looks),
    ("connections", _part("xl/connections.xml", _connections)),
    ("diagram*", _part("xl/diagrams/data1.xml", diagram)),
    ("embedded workbook*", _embedded),
)


def xls(people: list[Person] | None, change: Callable[[Any, Any], object]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for y, row in enumerate(rows(people) if people else [("公示",)]):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    change(book, sheet)
    return saved(book)


def _xls_sheet(visibility: int) -> Write:
    def change(book: Any, people: list[Person]) -> None:
        sheet = book.add_sheet("Sheet2")
        sheet.visibility = visibility
        for y, row in enumerate(rows(people)):
            for x, value in enumerate(row):
                sheet.write(y, x, value)

    return lambda people: xls(None, lambda book, _: change(book, people))


def _xls_cols(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for col in (1, 2):
            sheet.col(col).hidden = True

    return xls(people, change)


def _xls_rows(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        for row in range(1, len(people) + 1):
            sheet.row(row).hidden = True

    return xls(people, change)


def _xls_margins(people: list[Person]) -> bytes:
    def change(_: Any, sheet: Any) -> None:
        # its own setters take ASCII only
        sheet._Worksheet__header_str = lines(people)[0]
        sheet._Worksheet__footer_str = "\n".join(lines(people[1:]))

    return xls(None, change)


def _record(kind: int, data: bytes) -> bytes:
    return pack("<HH", kind, len(data)) + data


def _xls_objects(people: list[Person], *, notes: bool) -> bytes:
    """Drawn objects with text, which xlwt cannot write: their records go before the sheet's end."""
    drawn = b""
    for number, text in _numbered(people):
        drawn += _record(0x5D, pack("<HHHHH", 0x15, 0x12, 0x19 if notes else 6, number, 0x4011) + bytes(16))
        drawn += _record(0x1B6, pack("<HH6xHHI", 0x212, 0, len(text), 16, 0))
        drawn += _record(0x3C, b"\1" + text.encode("utf-16-le")) + _record(0x3C, bytes(16))
    if notes:
        drawn += b"".join(_record(0x1C, pack("<HHHHHB", n - 1, 1, 0, n, 1, 0) + b"a\0") for n, _ in _numbered(people))

    def change(_: Any, sheet: Any) -> None:
        plain = sheet.get_biff_data
        sheet.get_biff_data = lambda: plain()[:-4] + drawn + plain()[-4:]

    return xls(None, change)


XLS: tuple[tuple[str, Write], ...] = (
    ("hidden sheet", _xls_sheet(1)),
    ("very hidden sheet", _xls_sheet(2)),
    ("hidden columns", _xls_cols),
    ("hidden rows", _xls_rows),
    ("notes", lambda people: _xls_objects(people, notes=True)),
    ("text box*", lambda people: _xls_objects(people, notes=False)),
    ("header and footer*", _xls_margins),
)


def _ods(table: Callable[[list[Person]], str], meta: str = "", styles: str = "") -> Write:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )

    def write(people: list[Person]) -> bytes:
        out = BytesIO()
        unseen = '<style:table-properties table:display="false"/>'
        style = f'<style:style style:name="ta2" style:family="table">{unseen}</style:style>'
        with ZipFile(out, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr(
                "content.xml",
                f"<office:document-content {names}><office:automatic-styles>{style}</office:automatic-styles>"
                f"<office:body><office:spreadsheet>{table(people)}</office:spreadsheet></office:body></office:document-content>",
            )
            package.writestr("META-INF/manifest.xml", "<manifest/>")
            text = " ".join(lines(people))
            if meta:
                package.writestr("meta.xml", f"<m {names} xmlns:dc='dc'><dc:description>{text}</dc:description></m>")
            if styles:
                body = f"<style:header><text:p>{text}</text:p></style:header>"
                package.writestr("styles.xml", f"<office:document-styles {names}>{body}</office:document-styles>")
        return out.getvalue()

    return write


def _table(people: list[Person], *, style: str = "", columns: str = "", row: str = "") -> str:
    body = "".join(
        f"<table:table-row{row if at else ''}>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>' for v in cells
        )
        + "</table:table-row>"
        for at, cells in enumerate(rows(people))
    )
    return f'<table:table table:name="名单"{style}>{columns}{body}</table:table>'


def _annotated(people: list[Person]) -> str:
    notes = "".join(f"<text:p>{text}</text:p>" for text in lines(people))
    cell = f"<table:table-cell><office:annotation>{notes}</office:annotation></table:table-cell>"
    return f'<table:table table:name="名单"><table:table-row>{cell}</table:table-row></table:table>'


def _each(before: str, after: str, around: str = "table:table") -> Write:
    """A piece of the content for each of the people, in an element."""
    tag = around.partition(" ")[0]
    return _ods(lambda people: f"<{around}>{''.join(before + text + after for text in lines(people))}</{tag}>{_PLAIN}")


def _ods_part(name: str, before: str, after: str) -> Write:
    plain = _ods(lambda _: _PLAIN)
    return lambda people: with_parts(
        plain(people), {name: f"<a xmlns='a'>{''.join(before + text + after for text in lines(people))}</a>"}
    )


_PLAIN = '<table:table table:name="名单"/>'
_RULES, _NAMES = "table:content-validations", "table:named-expressions"
_COLUMNS = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
ODS: tuple[tuple[str, Write], ...] = (
    ("hidden sheet", _ods(lambda people: _table(people, style=' table:style-name="ta2"'))),
    ("hidden columns", _ods(lambda people: _table(people, columns=_COLUMNS))),
    ("hidden rows", _ods(lambda people: _table(people, row=' table:visibility="collapse"'))),
    ("filtered rows", _ods(lambda people: _table(people, row=' table:visibility="filter"'))),
    ("annotations", _ods(_annotated)),
    ("header*", _ods(lambda _: _PLAIN, styles="yes")),
    ("properties", _ods(lambda _: _PLAIN, meta="yes")),
    ("constants in formulas", _each('<table:table-cell table:formula="of:=IF([.A1]=1;&quot;', '&quot;)"/>')),
    ("links", _each('<table:table-cell xmlns:xlink="l" xlink:href="/q?k=', '"/>')),
    ("filters", _each('<table:filter-condition table:value="', '" table:operator="="/>', "table:filter")),
    (
        "defined names",
        _each('<table:named-expression table:expression="&quot;', '&quot;"/>', _NAMES),
    ),
    ("data validation", _each("<table:help-message><text:p>", "</text:p></table:help-message>", _RULES)),
    ("log of changes", _each("<table:previous><text:p>", "</text:p></table:previous>", "table:tracked-changes")),
    ("chart cache", _ods_part("Object 1/content.xml", "<p>", "</p>")),
    ("macros", _ods_part("Basic/Standard/Module1.xml", "&apos; ", "\n")),
)
