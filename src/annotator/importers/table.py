"""Tables of articles: CSV, TSV and XLSX, a row an article."""

from __future__ import annotations

import csv
import io
import re
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
#: Among so many first lines the one that names the columns is looked for.
_TITLES = 10
_HEAD = 65_536
_NAMED_DELIMITER = re.compile(r"sep=.\r?\n", re.IGNORECASE)
_DOUBLED = re.compile(r"[^\s,;|]\"\"[^,;|\r\n]")
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
        head = data[:1_024]
        wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
        if (b"\x00" in head and not wide) or head.lstrip().startswith((b"<", b"{", b"[")):
            return 0.0
        try:
            columns, rows = _read_delimited(
                decode(data[:65_536], name).text, titled=has_suffix(name, _TABLES)
            )
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
        columns, rows = _read_delimited(decoded.text, titled=True)
    except csv.Error as error:
        raise UserError("import-damaged", name=name) from error
    if not columns:
        raise UserError("import-empty", name=name)
    return columns, rows, (decoded.charset, decoded.origin)


def _read_delimited(text: str, *, titled: bool) -> tuple[list[str], list[list[str]]]:
    """Read a delimited table; the delimiter is the one that the header line has most of.

    Args:
        text: of the file.
        titled: whether it is a table for certain, with lines of title over the header perhaps,
            and quoted in other ways; texts are not asked for that.
    """
    # Excel writes which delimiter it took, where it is not that of the country.
    text = _without_named_delimiter(text)
    header = next((line for line in text.split("\n") if line.strip()), "")
    if titled:
        header = _header(text, header)
    counts = {delimiter: header.count(delimiter) for delimiter in _DELIMITERS}
    delimiter = max(counts, key=lambda d: counts[d])
    if not counts[delimiter]:
        # A table of one column; a delimiter inside its cells stands between quotation marks.
        delimiter = _DELIMITERS[0]
    quoting = _quoting(text, delimiter) if titled else {}
    csv.field_size_limit(min(sys.maxsize, 64 * 1024 * 1024))
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, **quoting)
    rows: list[list[str]] = []
    for number, row in enumerate(reader):
        if number > _ROW_LIMIT:
            break
        if any(cell.strip() for cell in row):
            rows.append(row[:_COLUMN_LIMIT])
    columns, rows = _headed(rows, titled=titled)
    width = len(columns)
    for number, row in enumerate(rows):
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            # A delimiter in a text that nothing quotes: the rest belongs to the last column.
            rows[number] = [*row[: width - 1], delimiter.join(row[width - 1 :])]
    return columns, rows


def _without_named_delimiter(text: str) -> str:
    match = _NAMED_DELIMITER.match(text)
    return text if match is None else text[match.end() :]


def _header(text: str, first: str) -> str:
    """Return the line that names the columns: a title without any delimiter may stand over it."""
    if any(d in first for d in _DELIMITERS) or "text" in guess_mapping([first.strip().strip('"')]):
        return first
    lines = [line for line in text[:_HEAD].split("\n") if line.strip()][:_TITLES]
    return next((line for line in lines if any(d in line for d in _DELIMITERS)), first)


def _quoting(text: str, delimiter: str) -> dict[str, Any]:
    """Return how cells are quoted where it is not by doubled quotation marks."""
    sample = text[:_HEAD]
    if '\\"' in sample and not _DOUBLED.search(sample):
        return {"escapechar": "\\", "doublequote": False}
    lines = [line for line in sample.split("\n") if line.strip()][1:_TITLES]
    single = re.compile(rf"(?:^|{re.escape(delimiter)})'(?:[^']|'')*'(?:$|{re.escape(delimiter)})")
    if lines and '"' not in sample and all(single.search(line.rstrip("\r")) for line in lines):
        return {"quotechar": "'"}
    return {}


def _headed(rows: list[list[str]], *, titled: bool) -> tuple[list[str], list[list[str]]]:
    """Part the names of the columns from the rows; titles over them are left out."""
    if not rows:
        return [], []
    at = 0
    for number, row in enumerate(rows[:_TITLES] if titled else ()):
        if sum(1 for cell in row if cell.strip()) >= 2:
            named = number and "text" in guess_mapping([cell.strip() for cell in row])
            at = number if named else 0
            break
    columns = [cell.strip() for cell in rows[at]]
    while at and columns and not columns[-1]:
        columns.pop()
    return _unique(columns), rows[at + 1 :]


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
    """Read the first sheet that has rows, and those with the same columns.

    Every member was inflated under limits before.
    """
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
            found: tuple[list[str], list[list[str]]] | None = None
            for sheet in book.worksheets:
                columns, rows = _headed(_sheet_rows(sheet), titled=True)
                if found is None and columns:
                    found = columns, rows
                elif found is not None and columns == found[0]:
                    # A year a sheet, and the like.
                    found[1].extend(rows[: _ROW_LIMIT - len(found[1])])
            if found is not None:
                return found
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
