"""The keys of a review, for the queue: the same ones that the text hears."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from annotator.gui.mark_keys import (
    ARROW_KEYS,
    ATTRIBUTE_KEY,
    DELETE_KEYS,
    EDGE_KEYS,
    JOIN_KEY,
    KIND_KEY,
    MARK_KEYS,
    RARE_KEYS,
    REVIEW_KEYS,
)
from annotator.gui.parts import flat_button, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.gui.review import Review

#: The buttons in the order of their use; each shows its first key.
_BUTTONS = ("accept", "reject", "skip", "edges", "source", "kind", "alike", "why")
_IN_LINE = 4
#: Keys as signs that every keyboard has.
_SIGNS = {"Return": "↵", "Del": "⌫", "Down": "↓", "Shift+Return": "⇧↵"}


def _plain(review: Review) -> dict[str, tuple[str, str, Callable[[], object]]]:
    """Return keys, text and deed by name: the deeds that take no argument."""
    ask = partial(partial, review.ask)
    keys = REVIEW_KEYS
    source = f"{ATTRIBUTE_KEY} {JOIN_KEY}"
    return {
        "accept": (keys["accept"], "review.accept", review.accept),
        "reject": (f"{DELETE_KEYS} {keys['reject']}", "review.reject", review.reject),
        "skip": (keys["next"], "review.next", partial(review.skip, 1)),
        "back": (keys["previous"], "review.previous", partial(review.skip, -1)),
        "edges": (keys["edges"], "review.edges", review.edit_edges),
        "source": (source, "attribute", ask("source")),
        "kind": (KIND_KEY, "kind", ask("kind")),
        "alike": (keys["accept_alike"], "review.accept_alike", ask("accept_alike")),
        "none_alike": (keys["reject_alike"], "review.reject_alike", ask("reject_alike")),
        "why": (keys["why"], "review.why", ask("why")),
        "leave": (keys["leave"], "review.leave", review.leave),
    }


def _deeds(review: Review) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield every key that is always heard, with what it does."""
    for keys, _text, deed in _plain(review).values():
        for key in keys.split(" "):
            yield key, deed
    for kind, key in (MARK_KEYS | RARE_KEYS).items():
        yield key, partial(review.accept_as, kind)
    for how, key in EDGE_KEYS.items():
        yield key, partial(review.move_edge, how)


class ListKeys:
    """Let a list hear the keys of a review while it has the keyboard itself."""

    def __init__(self, review: Review, widget: QWidget) -> None:
        self._review = review
        for key, deed in _deeds(review):
            if key != "Del":  # The list tells of this one itself.
                _shortcut(widget, key, deed)
        self._arrows = [
            _shortcut(widget, key, partial(review.move_edge, how))
            for how, key in ARROW_KEYS.items()
        ]
        review.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        for shortcut in self._arrows:
            shortcut.setEnabled(self._review.is_edging)


def _shortcut(widget: QWidget, key: str, deed: Callable[[], object]) -> QShortcut:
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(deed)
    return shortcut


class Legend(QWidget):
    """Show the keys of a review as small buttons, and what they mean at the moment."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(0)
        deeds = _plain(review)
        for name in _BUTTONS:
            keys, text, deed = deeds[name]
            words = tr(f"panels.review.{name}.name")
            sign = _sign(keys.split(" ")[0])
            button = flat_button(
                tr("panels.review.key", name=words, key=sign),
                name=words,
                tip=tr(f"actions.do.{text}").rstrip("…"),
            )
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(deed)
            self.buttons[name] = button
        self.buttons["edges"].setCheckable(True)
        made = list(self.buttons.values())
        for line in (made[:_IN_LINE], made[_IN_LINE:]):
            column.addLayout(row(*line, None, margins=(6, 0, 6, 0), spacing=0))
        self._mode = plain_label(role="small")
        self._mode.setWordWrap(True)
        self._mode.setContentsMargins(14, 2, 14, 0)
        column.addWidget(self._mode)
        review.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the keys mean now."""
        review = self._review
        mode = "edges" if review.is_edging else "on" if review.is_on else "off"
        self._mode.setText(tr(f"panels.review.mode.{mode}"))
        self.buttons["edges"].setChecked(review.is_edging)


def _sign(key: str) -> str:
    known = _SIGNS.get(key)
    return known or QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
