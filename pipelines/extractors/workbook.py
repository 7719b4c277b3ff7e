"""Workbooks of every Excel kind and of OpenDocument, by calamine: a segment a sheet, a line a row."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import Any, Final

import olefile
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipelines.documents import Document, Member, Metadata
from pipelines.extractors import biff_caches, biff_constants, xlsb
from pipelines.extractors.assembly import Assembly, Unreadable
from pipelines.extractors.biff import (
    begins,
    claims,
    dense_cells,
    drawings,
    is_encrypted,
    without_claims,
    workbook_stream,
)
from pipelines.extractors.biff_state import sheet_states
from pipelines.extractors.blips import as_members, pictures_in
from pipelines.extractors.cells import row_text
from pipelines.extractors.odf_unlock import is_locked
from pipelines.extractors.ods_state import add_ods_parts, concealed_ods
from pipelines.extractors.office_parts import add_data_store, add_spare_parts
from pipelines.extractors.ole import add_properties, open_ole
from pipelines.extractors.ole_directory import with_finite_directory
from pipelines.extractors.ole_objects import workbook_objects
from pipelines.extractors.package import Package, embedded
from pipelines.extractors.pivot import add_pivot_caches
from pipelines.extractors.properties import add_package_properties
from pipelines.extractors.rows import ALL_SHOWN, Concealed, add_rows
from pipelines.extractors.sheet_parts import READ_ELSEWHERE, add_sheet_parts, add_sheet_state
from pipelines.extractors.sheet_state import concealed_xlsx
from pipelines.extractors.sparse import (
    MAX_DENSE_CELLS,
    SheetPart,
    add_sparse_sheets,
    dense_cells_xlsb,
    dense_cells_xlsx,
    sheets_of,
)
from pipelines.extractors.text import finished
from pipelines.extractors.vba import add_macros, add_package_macros
from pipelines.extractors.xlsx_cells import Grid, add_grids, read_grids
from pipelines.schema import SegmentKind, Status

MAX_DENSE_CELLS_XLS: Final = 65_536 * 256  # a whole XLS sheet, half a gigabyte: more is damage
_TOO_FAR: Final = "sheet: too many cells between its corners"
_SHEET_TYPES: Final = (SheetTypeEnum.WorkSheet, SheetTypeEnum.DialogSheet, SheetTypeEnum.MacroSheet)


def extract_workbook(member: Member) -> Document:
    data = member.data or b""
    if data.startswith(olefile.MAGIC):
        return _read_xls(member)
    package = Package(data)
    if is_locked(package):
        raise Unreadable(Status.ENCRYPTED, "password")
    return replace(_read_package(package, data), children=embedded(member, package, "xl/", ""))


def _read_xls(member: Member) -> Document:
    data, stream = _safe_xls(member.data or b"")
    assembly = Assembly()
    with silent_panics():
        book = _open(data)
        states = dict(zip([sheet.name for sheet in book.sheets_metadata], sheet_states(stream), strict=False))
        _add_sheets(assembly, book, {name: state.concealed for name, state in states.items()})
    for name, state in states.items():
        add_sheet_state(assembly, name, state)
    with open_ole(data) as ole:
        biff_constants.add_names(assembly, stream)
        biff_caches.add_caches(assembly, ole, stream)
        biff_constants.add_changes(assembly, ole)
        add_macros(assembly, ole)
        add_data_store(assembly, ole)
        add_properties(assembly, ole)
        children = (*workbook_objects(member, ole), *as_members(member, pictures_in(drawings(stream))))
    return replace(finished(assembly), children=children)


def _safe_xls(data: bytes) -> tuple[bytes, bytes]:
    """An XLS that calamine can open without asking for more memory than a whole sheet takes, and its records."""
    stream = workbook_stream(data)
    if not begins(stream):  # calamine goes on, and may ask for all memory there is
        raise Unreadable(Status.CORRUPT, "workbook: no records where they should be")
    if is_encrypted(stream):  # calamine calls it unknown
        raise Unreadable(Status.ENCRYPTED, "password")
    data = with_finite_directory(data)
    if claims(stream) > MAX_DENSE_CELLS_XLS:
        data = without_claims(data, stream, MAX_DENSE_CELLS_XLS)
        stream = workbook_stream(data)
    if max(dense_cells(stream), claims(stream)) > MAX_DENSE_CELLS_XLS:
        raise Unreadable(Status.TOO_LARGE, _TOO_FAR)
    return data, stream


def _read_package(package: Package, data: bytes) -> Document:
    """calamine keeps a sheet as a full rectangle: two values in far corners would ask it for 400 GB."""
    assembly = Assembly()
    if dense_cells_xlsb(package) > MAX_DENSE_CELLS:
        raise Unreadable(Status.TOO_LARGE, _TOO_FAR)
    excel, binary = "xl/workbook.xml" in package.names, xlsb.WORKBOOK in package.names
    sheets, concealed, grids = _overview(assembly, package)
    if dense_cells_xlsx(package, {part: grid.extent for part, grid in grids.items()}) > MAX_DENSE_CELLS:
        add_sparse_sheets(assembly, package, sheets, concealed)
    elif grids and len(grids) == len(sheets):
        add_grids(assembly, sheets, grids, concealed)
    else:
        with silent_panics():
            _add_sheets(assembly, _open(data), concealed)
    if binary:
        xlsb.add_parts(assembly, package, sheets)
    if excel or binary:
        add_sheet_parts(assembly, package, sheets)
        add_pivot_caches(assembly, package)
        add_spare_parts(assembly, package, READ_ELSEWHERE)
    else:
        add_ods_parts(assembly, package)
    add_package_macros(assembly, package)
    title = add_package_properties(assembly, package)
    return replace(finished(assembly), metadata=Metadata(title=title))


def _overview(assembly: Assembly, package: Package) -> tuple[list[SheetPart], dict[str, Concealed], dict[str, Grid]]:
    """The sheets of a workbook, what is hidden, and their cells where read here, as far as it can be read: the cells
    are worth having without it."""
    try:
        if xlsb.WORKBOOK in package.names:
            sheets = list(xlsb.sheets_of(package))
            return sheets, xlsb.concealed_of(package, sheets), {}
        if "xl/workbook.xml" in package.names:
            sheets = list(sheets_of(package))
            grids = read_grids(package, sheets)
            skeletons = {part: grid.skeleton for part, grid in grids.items()}
            return sheets, concealed_xlsx(package, sheets, skeletons), grids
        return [], concealed_ods(package), {}
    except Unreadable as error:
        assembly.note(error.reason)
        return [], {}, {}


def _open(data: bytes) -> Any:
    try:
        return CalamineWorkbook.from_object(BytesIO(data))
    except PasswordError as error:
        raise Unreadable(Status.ENCRYPTED, "password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(Status.CORRUPT, f"workbook: {error}") from error


def _add_sheets(assembly: Assembly, book: Any, concealed: Mapping[str, Concealed]) -> None:
    for index, sheet in enumerate(book.sheets_metadata):
        if assembly.full or sheet.typ not in _SHEET_TYPES:
            continue
        try:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            _add_sheet(assembly, book.get_sheet_by_index(index), hidden, concealed.get(sheet.name, ALL_SHOWN))
        except Exception as error:  # one broken sheet leaves the others readable
            assembly.note(f"sheet {sheet.name}: {error}")


def _add_sheet(assembly: Assembly, sheet: Any, hidden: bool, concealed: Concealed) -> None:
    if sheet.start is None:
        return
    first_row, first_col = sheet.start
    # iter_rows begins at the sheet's first row but at the first column that holds something
    rows = islice(sheet.iter_rows(), first_row, None)
    lines = map(row_text, rows)
    at = {"row": first_row + 1, "col": first_col + 1}
    add_rows(assembly, SegmentKind.SHEET, sheet.name, lines, **at, hidden=hidden, concealed=concealed)


@contextmanager
def silent_panics() -> Iterator[None]:
    """A panic inside calamine reaches us as an exception; keep its backtrace, written straight to descriptor 2, off
    the clerk's screen. Affects the whole process for the time of the call."""
    sys.stderr.flush()
    saved, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(null)
