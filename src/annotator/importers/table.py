"""Tables of articles: CSV, TSV and XLSX, a row an article."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from annotator.importers.base import check_size, has_suffix
from annotator.importers.kit.charset import decode
from annotator.importers.kit.zips import SafeZip, is_zip, zip_names
from annotator.importers.mapping import TablePreview, articles_of_rows, guess_mapping
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.importers.base import ImportedText

_DELIMITERS = ",;\t|"
_ROW_LIMIT = 200_000
_COLUMN_LIMIT = 400
_PREVIEW_ROWS = 20
_TABLES = (".csv", ".tsv", ".tab")


class Table:
    """Read each row of a table as one article; the columns are mapped to fields."""

    id = "table"
    media_types = (
        "text/csv",
        "text/tab-separated-values",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    suffixes = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: a workbook, or a header line with a column that holds text."""
        if is_zip(data):
            return 0.8 if "xl/workbook.xml" in zip_names(data) else 0.0
        if b"\x00" in data[:1_024] or data[:1_024].lstrip().startswith((b"<", b"{", b"[")):
            return 0.0
        try:
            columns, rows = _read_delimited(decode(data[:65_536], name).text)
        except (UserError, csv.Error):
            return 0.0
        if has_suffix(name, _TABLES) and rows and "text" in guess_mapping(columns):
            # One column may be enough, if it says that it holds the texts.
            return 0.85
        if len(columns) < 2 or not rows or any(len(c) > 60 for c in columns):
            return 0.0
        named = "text" in guess_mapping(columns, rows[:20])
        if has_suffix(name, self.suffixes):
            return 0.85 if named else 0.7
        return 0.68 if named and len(guess_mapping(columns)) >= 2 else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the rows with the guessed mapping.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-bomb``,
                ``import-no-columns``, ``import-charset``.
        """
        return self.read_mapped(data, name, charset=charset)

    def read_mapped(
        self,
        data: bytes,
        name: str,
        *,
        charset: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> list[ImportedText]:
        """Read the rows with a mapping that a person chose (field -> column).

        Raises:
            UserError: as ``read``.
        """
        columns, rows, decoding = _table(data, name, charset)

        header = "".join(columns)
        delimiter = next((d for d in _DELIMITERS if d not in header), _DELIMITERS[0])

        def written(number: int) -> str:
            stream = io.StringIO()
            lines = csv.writer(
                stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
            )
            lines.writerows((columns, rows[number]))
            return stream.getvalue()

        kind = self.media_types[0]
        return articles_of_rows(
            columns, rows, name, kind, mapping=mapping, charset=decoding, written=written
        )


def preview_table(data: bytes, name: str, *, charset: str | None = None) -> TablePreview:
    """Show the columns, the first rows and the guessed mapping of a table.

    Raises:
        UserError: as ``Table.read``.
    """
    columns, rows, _decoding = _table(data, name, charset)
    shown = tuple(tuple(cell[:200] for cell in row) for row in rows[:_PREVIEW_ROWS])
    return TablePreview(tuple(columns), shown, guess_mapping(columns, rows[:50]))


def _table(
    data: bytes, name: str, charset: str | None
) -> tuple[list[str], list[list[str]], tuple[str, str]]:
    check_size(data, name)
    if is_zip(data):
        columns, rows = _read_workbook(data, name)
        return columns, rows, ("utf-8", "declared")
    decoded = decode(data, name, charset=charset)
    try:
        columns, rows = _read_delimited(decoded.text)
    except csv.Error as error:
        raise UserError("import-damaged", name=name) from error
    if not columns:
        raise UserError("import-empty", name=name)
    return columns, rows, (decoded.charset, decoded.origin)


def _read_delimited(text: str) -> tuple[list[str], list[list[str]]]:
    """Read a delimited table; the delimiter is the one that the header line has most of."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    counts = {delimiter: header.count(delimiter) for delimiter in _DELIMITERS}
    delimiter = max(counts, key=lambda d: counts[d])
    if not counts[delimiter]:
        # A table of one column; a delimiter inside its cells stands between quotation marks.
        delimiter = _DELIMITERS[0]
    csv.field_size_limit(min(sys.maxsize, 64 * 1024 * 1024))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[list[str]] = []
    for number, row in enumerate(reader):
        if number > _ROW_LIMIT:
            break
        if any(cell.strip() for cell in row):
            rows.append(row[:_COLUMN_LIMIT])
    if not rows:
        return [], []
    return _unique([cell.strip() for cell in rows[0]]), rows[1:]


def _unique(columns: list[str]) -> list[str]:
    """Give every column a name of its own."""
    seen: dict[str, int] = {}
    out: list[str] = []
    for number, column in enumerate(columns, 1):
        name = column or f"#{number}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out


def _read_workbook(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    """Read the first sheet that has rows; every member was inflated under limits before."""
    archive = SafeZip(data, name)
    for member, content in archive.members():
        if isinstance(content, UserError):
            raise UserError("import-damaged", name=name)
        if b"<!ENTITY" in content[:4_096] and member.endswith(".xml"):
            raise UserError("import-damaged", name=name)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                rows = _sheet_rows(sheet)
                if rows:
                    return _unique([cell.strip() for cell in rows[0]]), rows[1:]
        finally:
            book.close()
    except (
        OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError, EOFError,
        ArithmeticError, NotImplementedError, AssertionError,
    ) as error:  # fmt: skip
        raise UserError("import-damaged", name=name) from error
    raise UserError("import-empty", name=name)


def _sheet_rows(sheet: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > _ROW_LIMIT:
            break
        cells = [_cell(value) for value in row[:_COLUMN_LIMIT]]
        if any(cells):
            rows.append(cells)
    return rows


def _cell(value: object) -> str:
    """Return a cell as text; a date without a time is only a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole_day = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if whole_day else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
