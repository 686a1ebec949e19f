"""Tables as a spreadsheet, a sheet for each."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from flask import Response
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from clinic_notes.core import clock

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_file(name: str, tables: Mapping[str, Iterable[Sequence[Any]]]) -> Response:
    """Return tables as a file to download, each with its headings first, by the sheets' names."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": clock.now()})
        bold = book.add_format({"bold": True})
        for title, rows in tables.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                _write(sheet, number, row)
            sheet.set_row(0, None, bold)
            sheet.freeze_panes(1, 1)
            sheet.autofit()
    return Response(
        content.getvalue(),
        mimetype=MIMETYPE,
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _write(sheet: Worksheet, number: int, row: Sequence[Any]) -> None:
    """Write a row: a text is a text even where it looks like a formula, a link or a number."""
    for column, value in enumerate(row):
        if isinstance(value, int | float):
            sheet.write_number(number, column, value)
        elif value not in (None, ""):
            sheet.write_string(number, column, str(value))
