"""Words and data on the terminal. Article text may hold anything: no control character passes."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Control characters (a terminal would obey them) and bidirectional overrides.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(words: str) -> str:
    """Return words that a terminal shows and does not obey."""
    return _UNSAFE.sub("\ufffd", words)


def say(words: str = "") -> None:
    """Print a line of output."""
    print(safe(words))


def warn(words: str) -> None:
    """Print a line beside the output: progress, refusals, errors."""
    print(safe(words), file=sys.stderr)


def escaped(text: str) -> str:
    """Return JSON with what a terminal would obey as escapes; JSON itself escapes C0 only."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def data(value: object) -> None:
    """Print the one JSON document of a command."""
    print(escaped(json.dumps(value, ensure_ascii=False, indent=1)))


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> None:
    """Print rows in columns; the first row is the heading.

    Args:
        rows: the cells.
        right: columns of figures.
    """
    clean = [[safe(cell).replace("\n", " ").replace("\t", " ") for cell in row] for row in rows]
    widths = [max(len(row[x]) for row in clean) for x in range(len(clean[0]))]
    for row in clean:
        cells = [
            cell.rjust(width) if x in right else cell.ljust(width)
            for x, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def phrase(key: str, **values: object) -> str:
    """Return a sentence of the ``cli`` catalogue."""
    return tr(f"cli.{key}", lang=None, **values)
