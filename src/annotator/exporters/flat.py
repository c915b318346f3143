"""A report's tables and lists as plain rows, for sheets and CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Beside, Heading, Listing
from annotator.exporters.words import joined
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters.report import Block, Cell, Item, Ref, Table

#: What an entry of a list says, in the order of ``entries``.
ENTRY: tuple[str, ...] = ("article", "part", "code", "remark", "quote", "refs", "detail")


def codes(refs: Sequence[Ref]) -> str:
    """Return the codes of references, a space between."""
    return " ".join(ref.code for ref in refs)


def split(table: Table) -> list[tuple[int, bool]]:
    """Return the columns to write: what stands in a second line of cells has one of its own.

    Each is the column's number in the table, and whether it is for the second lines.
    """
    detailed = [
        any(row.cells[x].text and row.cells[x].detail for row in table.rows)
        for x in range(len(table.columns))
    ]
    return [
        (x, is_detail)
        for x in range(len(table.columns))
        for is_detail in ((False, True) if detailed[x] else (False,))
    ]


def titles(table: Table, shown: Sequence[tuple[int, bool]], lang: str) -> list[str]:
    """Return the headings of columns as ``split`` gives them."""
    more = tr("report.column.detail", lang=lang)
    names = [column.title for column in table.columns]
    return [joined((names[x], more)) if is_detail else names[x] for x, is_detail in shown]


def words(cell: Cell, separator: str) -> str:
    """Return what stands in a cell, without the second line that has a column of its own."""
    return joined((cell.text, codes(cell.refs), "" if cell.text else cell.detail), separator)


def detail(cell: Cell) -> str:
    """Return the second line of a cell."""
    return cell.detail if cell.text else ""


def entries(blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    """Yield what ``ENTRY`` names of each entry of the lists among blocks."""
    article = ""
    for block in blocks:
        if isinstance(block, Heading):
            article = block.title
        lists = block.lists if isinstance(block, Beside) else ()
        for one in (block,) if isinstance(block, Listing) else lists:
            for number, item in enumerate(one.items, start=1):
                yield article, one.title, str(number), *_entry(item)


def _entry(item: Item) -> tuple[str, str, str, str]:
    return item.words, item.quote, codes(item.refs), item.detail
