"""Long work is a plain function with a small context; who runs it where is another's business."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - not an error: the person's wish, carried up the stack
    """Say that the person stopped the work."""


def _silent(done: int, total: int, message_id: str) -> None:
    """Show progress to nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class JobContext:
    """Give a job its way to report and to hear that it should stop.

    ``report(done, total, message_id)``: ``total`` 0 means unknown; the id is a sentence of the
    ``jobs`` catalogue, or "".
    """

    report: Callable[[int, int, str], None] = _silent
    is_cancelled: Callable[[], bool] = _never

    def progress(self, done: int, total: int = 0, message_id: str = "") -> None:
        """Tell how far the work is, and stop here if the person asked for it.

        Raises:
            Cancelled: if the work is to stop.
        """
        self.check()
        self.report(done, total, message_id)

    def check(self) -> None:
        """Stop here if the person asked for it.

        Raises:
            Cancelled: if the work is to stop.
        """
        if self.is_cancelled():
            raise Cancelled


#: A piece of long work. It gets immutable data and returns its result.
Job = Callable[[JobContext], T]
