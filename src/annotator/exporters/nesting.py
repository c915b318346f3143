"""Turn runs under sets of marks into properly nested pieces, as every page format wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.report import Ref, Run, RunMark


@dataclass(frozen=True, slots=True)
class Token:
    """Be one step of setting a paragraph: ``open`` or ``close`` a mark, ``text``, or a ``ref``."""

    kind: str
    text: str = ""
    style: str = ""
    level: int = 0
    ref: Ref | None = None


def nested(runs: Sequence[Run]) -> Iterator[Token]:
    """Yield the steps. Where two marks cross, the inner one is closed and opened again."""
    stack: list[RunMark] = []
    for run in runs:
        keep = 0
        while keep < min(len(stack), len(run.marks)) and stack[keep] == run.marks[keep]:
            keep += 1
        yield from _closed(stack, keep)
        for mark in run.marks[keep:]:
            stack.append(mark)
            yield Token("open", style=mark.style, level=mark.level)
        yield Token("text", text=run.text)
        if run.refs:
            # References stand outside the marks, so that no line runs under them.
            yield from _closed(stack, 0)
            yield from (Token("ref", ref=ref) for ref in run.refs)
    yield from _closed(stack, 0)


def _closed(stack: list[RunMark], keep: int) -> Iterator[Token]:
    while len(stack) > keep:
        stack.pop()
        yield Token("close")
