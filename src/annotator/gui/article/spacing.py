"""The white space between rows, and how high rows are before anybody has measured them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.article import rows as r

if TYPE_CHECKING:
    from annotator.gui.article.styles import Type

TOP_PAD = 26.0
BOTTOM_PAD = 120.0
#: A blank line where paragraphs are already apart.
_BLANK = 4.0
#: Words break before the end of a line: this much of it is filled.
_FILLED = 0.97


def before(rows: r.Rows, row: int, kind: Type) -> float:
    """Return the space above the words of a row, px."""
    if row == 0:
        return TOP_PAD
    return float(round(kind.gap * 0.6)) if rows.kinds[row] == r.HEADING else 0.0


def after(rows: r.Rows, row: int, kind: Type) -> float:
    """Return the space below the words of a row, px.

    Paragraphs are equally far apart whether a blank line stands between them or not.
    """
    last = row + 1 >= len(rows)
    following = r.BODY if last else rows.kinds[row + 1]
    space = BOTTOM_PAD if last else 0.0
    own = rows.kinds[row]
    if own in (r.FOLD, r.OPEN):
        space += round(kind.gap * 0.8)
    elif own == r.HEADLINE:
        space += round(6 * kind.zoom) if following == r.HEADER else kind.gap
    elif own == r.HEADING:
        space += 0.0 if following == r.EMPTY else round(kind.gap * 0.4)
    elif own in (r.BODY, r.MASKED) and not last and rows.is_last(row):
        space += 0.0 if following == r.EMPTY else kind.gap
    return space


def blank(rows: r.Rows, row: int, kind: Type) -> float:
    """Return the height of a blank line."""
    if row == 0 or rows.kinds[row] != r.EMPTY:
        return _BLANK
    return float(round(kind.gap * 0.4)) if rows.kinds[row - 1] == r.HEADING else kind.gap


def estimated(rows: r.Rows, kind: Type, width: float) -> list[float]:
    """Return a guess at the height of every row in a column of ``width`` px."""
    per_line = max(1, int(width / kind.character * _FILLED))
    pitch, gap = kind.pitch, kind.gap
    heights = [
        (end - start + per_line - 1) // per_line * pitch + gap
        for start, end in zip(rows.starts, rows.ends, strict=True)
    ]
    for row in [i for i, own in enumerate(rows.kinds) if own]:
        if rows.kinds[row] in (r.EMPTY, r.BLANK):
            heights[row] = blank(rows, row, kind)
        elif rows.kinds[row] in r.TEXTLESS:
            heights[row] = 2 * pitch
    if heights:
        heights[0] += TOP_PAD
        heights[-1] += BOTTOM_PAD
    return heights
