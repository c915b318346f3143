"""Undo and redo: named, across articles, and shown where they happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.step_names import step_name
from annotator.i18n import tr
from annotator.model.annotations import Mark

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.changes import Touched
    from annotator.store import HistoryEntry


#: A name in a button may be so long.
STEP_LENGTH = 48


class History:
    """Take steps back and do them again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(self) -> None:
        """Take the last step back, whatever article it was in."""
        self._show(self._desk.run(lambda session: session.undo()), "window.undone")

    def redo(self) -> None:
        """Do the last undone step again."""
        self._show(self._desk.run(lambda session: session.redo()), "window.redone")

    def undo_name(self) -> str:
        """Return what undo would take back; "" if nothing."""
        entry = self._desk.session.undo_entry
        return "" if entry is None else _named(entry)

    def _show(self, touched: Touched | None, sentence: str) -> None:
        """Say what was done and bring it into view."""
        if touched is None:
            return
        self._desk.say(tr(sentence, step=_named(touched)))
        elsewhere = touched.articles - {self._desk.article_id}
        back = [c.after for c in touched.changes if isinstance(c.after, Mark)]
        if elsewhere and self._desk.article_id not in touched.articles:
            stored = [m for m in back if m.article_id in elsewhere]
            if stored:
                self._desk.open_article(stored[0].article_id)
        here = [mark for mark in back if mark.article_id == self._desk.article_id]
        if here:
            self._desk.select([mark.id for mark in here], origin="history")
            self._desk.reveal(here[0].spans[0])


def _named(step: HistoryEntry | Touched) -> str:
    return step_name(step.label, step.label_values, longest=STEP_LENGTH)
