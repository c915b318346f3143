"""The keys of a review, for the queue: the same ones that the text hears, from the one table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from annotator.gui.actions import ACTIONS, BY_ID, Need
from annotator.gui.parts import flat_button, plain_label
from annotator.i18n import tr
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.review import Review

#: Buttons, name and action, in the order of their use; the action's first key is shown.
_BUTTONS = (
    ("accept", "review.accept"),
    ("reject", "delete"),
    ("skip", "review.next"),
    ("edges", "review.edges"),
    ("source", "attribute"),
    ("kind", "kind"),
    ("alike", "review.accept_alike"),
    ("why", "review.why"),
)
_COLUMNS = 4
#: Keys as signs that every keyboard has.
_SIGNS = {"Return": "↵", "Del": "⌫", "Down": "↓", "Shift+Return": "⇧↵"}


def _do(review: Review, action_id: str) -> Callable[[], object] | None:
    """Return what an action of the table means for the proposal in focus; ``None``: nothing."""
    action = BY_ID[action_id]
    handler, argument = action.handler, action.argument
    plain: dict[str, Callable[[], object]] = {
        "reviewing.accept": review.accept,
        "reviewing.reject": review.reject,
        "reviewing.edit_edges": review.edit_edges,
        "reviewing.leave": review.leave,
        "marking.delete": review.reject,
        "marking.choose_kind": partial(review.ask, "kind"),
        "linking.attribute": partial(review.ask, "source"),
        "linking.join": partial(review.ask, "source"),
        "reviewing.accept_alike": partial(review.ask, "accept_alike"),
        "reviewing.reject_alike": partial(review.ask, "reject_alike"),
        "reviewing.why": partial(review.ask, "why"),
    }
    if handler in ("reviewing.move_edge", "marking.move_edge"):
        return partial(review.move_edge, argument)
    if handler == "reviewing.skip":
        return partial(review.skip, int(argument))
    if handler == "marking.mark":
        return partial(review.accept_as, MarkKind(argument))
    return plain.get(handler)


class ListKeys:
    """Let a list hear the keys of a review while it has the keyboard itself."""

    def __init__(self, review: Review, widget: QWidget) -> None:
        self._review = review
        self._arrows: list[QShortcut] = []
        for action in ACTIONS:
            act = _do(review, action.id)
            if act is None:
                continue
            for keys in action.shortcuts:
                if keys == "Del":
                    continue  # The list tells of this one itself.
                shortcut = QShortcut(QKeySequence(keys), widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(act)
                if action.need is Need.EDGES:
                    self._arrows.append(shortcut)
        review.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        for shortcut in self._arrows:
            shortcut.setEnabled(self._review.is_edging)


class Legend(QWidget):
    """Show the keys of a review as small buttons, and what they mean at the moment."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self.buttons: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 8)
        grid.setHorizontalSpacing(2)
        grid.setVerticalSpacing(0)
        for place, (name, action_id) in enumerate(_BUTTONS):
            words = tr(f"panels.review.{name}.name")
            button = flat_button(tr("panels.review.key", name=words, key=_sign(action_id)))
            button.setAccessibleName(words)
            button.setToolTip(tr(BY_ID[action_id].text_id))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            act = _do(review, action_id)
            assert act is not None, "each of these means something in a review"
            button.clicked.connect(act)
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self.buttons[name] = button
        self.buttons["edges"].setCheckable(True)
        grid.setColumnStretch(_COLUMNS, 1)
        self._mode = plain_label(role="small")
        self._mode.setWordWrap(True)
        self._mode.setContentsMargins(6, 2, 6, 0)
        grid.addWidget(self._mode, grid.rowCount(), 0, 1, _COLUMNS + 1)
        review.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the keys mean now."""
        review = self._review
        mode = "edges" if review.is_edging else "on" if review.is_on else "off"
        self._mode.setText(tr(f"panels.review.mode.{mode}"))
        self.buttons["edges"].setChecked(review.is_edging)


def _sign(action_id: str) -> str:
    keys = BY_ID[action_id].shortcuts[0]
    known = _SIGNS.get(keys)
    return known or QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
