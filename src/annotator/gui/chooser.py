"""The inline chooser: a short list beside the words it is about, first the likeliest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

from annotator.gui.fuzzy import match, with_hits
from annotator.gui.parts import Card, plain_label
from annotator.gui.pick_list import Entry, PickList
from annotator.gui.typeset import HIT_ENDS, HIT_STARTS
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.theme import Theme

_WIDTH, _WIDEST = 340, 620
#: Numbers, dots and margins of a line, and what a detail has to do with, px.
_BESIDE, _DETAIL = 96, 160


class Chooser(Card):
    """Ask which of several; type to narrow, a number or Enter picks, Escape leaves it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._caption = plain_label(role="caption")
        self._caption.setContentsMargins(14, 8, 14, 0)
        self.pick = PickList(
            theme,
            name=tr("window.chooser"),
            placeholder=tr("window.type_to_narrow"),
            numbered=True,
        )
        self.column.addWidget(self._caption)
        self.column.addWidget(self.pick, 1)
        self.pick.typed.connect(self._narrow)
        self.pick.picked.connect(self._on_picked)
        self._entries: list[Entry] = []
        self._then: Callable[[object], object] | None = None
        self._on_new: Callable[[str], object] | None = None
        self._anchor = QRect()

    def ask(
        self,
        title: str,
        entries: Sequence[Entry],
        then: Callable[[object], object],
        *,
        anchor: QRect,
        on_new: Callable[[str], object] | None = None,
    ) -> None:
        """Offer entries beside ``anchor`` (in the parent's coordinates); ``then(payload)``.

        With ``on_new`` words that fit nothing can be picked as they are: ``on_new(words)``.
        """
        self._entries = list(entries)
        self._then = then
        self._on_new = on_new
        self._anchor = anchor
        self._caption.setText(title.upper())
        self.setAccessibleName(title)
        self.pick.clear()
        self.pick.set_entries(self._entries)
        self.open_card(self.pick.field)

    def place(self) -> None:
        """Stand under the anchor, or above it where there is no room."""
        room = self.over.rect().adjusted(8, 8, -8, -8)
        height = min(self.pick.wanted_height() + 26, room.height())
        width = min(self._wanted_width(), room.width())
        left = min(self._anchor.left(), room.right() - width)
        top = self._anchor.bottom() + 6
        if top + height > room.bottom():
            top = max(room.top(), self._anchor.top() - 6 - height)
        self.setGeometry(QRect(QPoint(max(room.left(), left), top), self.sizeHint()))
        self.resize(width, height)

    def _wanted_width(self) -> int:
        """Return the width at which what is offered can be read, within reason."""
        measure = self.fontMetrics().horizontalAdvance
        widest = max(
            (measure(e.text + e.keys) + min(measure(e.detail), _DETAIL) for e in self._entries),
            default=0,
        )
        return min(max(_WIDTH, widest + _BESIDE), _WIDEST)

    def _narrow(self, words: str) -> None:
        scored = [
            (found.score, number, entry, found.places)
            for number, entry in enumerate(self._entries)
            if (found := match(words, entry.text)) is not None
        ]
        if words.strip():
            scored.sort(key=lambda item: (-item[0], item[1]))
        entries = [
            Entry(
                with_hits(entry.text, places, HIT_STARTS, HIT_ENDS),
                entry.payload,
                entry.detail,
                entry.keys,
                "",
                entry.colour,
            )
            for _score, _number, entry, places in scored
        ]
        if self._on_new is not None and words.strip():
            entries.append(Entry(tr("window.new_named", name=words.strip()), _New(words.strip())))
        self.pick.set_entries(entries)
        self.place()

    def _on_picked(self, payload: object) -> None:
        then, on_new = self._then, self._on_new
        self.close_card()
        if isinstance(payload, _New):
            if on_new is not None:
                on_new(payload.words)
        elif then is not None:
            then(payload)


class _New:
    """Carry words that were typed and fit nothing."""

    def __init__(self, words: str) -> None:
        self.words = words
