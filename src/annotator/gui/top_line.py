"""The one line above: project, search and commands, mark keys, undo, report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.gui.mark_keys import MARK_KEYS, PALETTE_KEYS
from annotator.gui.parts import escaped, flat_button, plain_label
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from annotator.gui.action_set import ActionSet
    from annotator.gui.actions import Menu
    from annotator.model.vocabulary import MarkKind

HEIGHT_PX = 44
_SEARCH_PX, _SEARCH_LEAST_PX = 420, 160
_UNDO_MAX_PX = 300
_UNDO_LEAST_PX = 110
_UNDO_SIGN = "↶ "
_BUTTON_PADDING_PX = 24


def keys_of(sequence: QKeySequence) -> str:
    """Return a shortcut as the system writes it."""
    return sequence.toString(sequence.SequenceFormat.NativeText)


class SearchField(QPushButton):
    """Look like a search field and open the palette, which is one."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        self._words = tr("window.search_or_command")
        super().__init__(self._words, parent)
        self.setProperty("role", "search")
        self.setAccessibleName(tr("window.search_or_command"))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedWidth(_SEARCH_PX)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(10, 0, 7, 0)
        inside.addStretch(1)
        cap = plain_label(keys, role="keycap")
        cap.setFixedHeight(20)
        inside.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self._taken = cap.sizeHint().width() + 28

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words before they reach the key."""
        super().resizeEvent(event)
        room = self.width() - self._taken
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))


class UndoButton(QToolButton):
    """Say what undo would take back, as far as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "flat")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._full = ""
        self._room = _UNDO_MAX_PX
        self.show_step("")

    def show_step(self, name: str) -> None:
        """Name the step; "" if there is nothing to take back."""
        self._full = tr("window.undo_step", step=name) if name else tr("window.undo")
        self.setEnabled(bool(name))
        self.setAccessibleName(self._full)
        self.setToolTip(escaped(self._full))
        self._fit()

    def set_room(self, width: int) -> None:
        """Use no more than a width."""
        self._room = min(width, _UNDO_MAX_PX)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        taken = metrics.horizontalAdvance(_UNDO_SIGN) + _BUTTON_PADDING_PX
        words = metrics.elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(0, self._room - taken)
        )
        self.setText(_UNDO_SIGN + words)


class TopLine(QWidget):
    """Show where one is and what can be done; nothing here has no key of its own.

    It is there for the first paint; ``use`` brings it to life.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._project = flat_button("", role="strong")
        self._count = plain_label(role="second")
        self._search = SearchField(keys_of(QKeySequence(PALETTE_KEYS)))
        self._caps: dict[MarkKind, QToolButton] = {}
        self._marks = self._mark_keys()
        self.undo = UndoButton()
        self._report = flat_button(f"{tr('actions.menu.report')} ▾")
        self._lay_out()
        self.show_project("", None)

    def use(self, actions: ActionSet) -> None:
        """Connect everything; the menus are made when they are opened."""
        from annotator.gui.actions import Menu

        by_id = actions.by_id
        for button, which in ((self._project, None), (self._report, Menu.REPORT)):
            menu = QMenu(button)
            menu.aboutToShow.connect(partial(self._fill_menu, menu, actions, which))
            button.setMenu(menu)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._search.clicked.connect(by_id["palette"].trigger)
        self.undo.clicked.connect(by_id["undo"].trigger)
        for kind, cap in self._caps.items():
            action = by_id[f"mark.{kind}"]
            cap.setEnabled(action.isEnabled())
            cap.clicked.connect(action.trigger)
            action.enabledChanged.connect(cap.setEnabled)

    def _fill_menu(self, menu: QMenu, actions: ActionSet, which: Menu | None) -> None:
        if menu.isEmpty():
            actions.fill(menu, which)

    def _mark_keys(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(plain_label(tr("actions.menu.mark")))
        for kind, key in MARK_KEYS.items():
            name = tr(f"actions.do.mark.{kind}")
            cap = flat_button(key, name=name, tip=f"{term(kind)} · {key}", role="keycap")
            cap.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._caps[kind] = cap
            line.addWidget(cap)
        return box

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        for side, widgets in (
            (left, (self._project, self._count)),
            (right, (self._marks, self.undo, self._report)),
        ):
            line = QHBoxLayout(side)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            if side is right:
                line.addStretch(1)
            for widget in widgets:
                line.addWidget(widget)
            if side is left:
                line.addStretch(1)
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            # Without a project the right side is empty, and the search field stays in the middle.
            policy.setRetainSizeWhenHidden(True)
            side.setSizePolicy(policy)
        self._right = right
        whole = QHBoxLayout(self)
        whole.setContentsMargins(6, 0, 6, 0)
        whole.setSpacing(8)
        whole.addWidget(left, 1)
        whole.addWidget(self._search)
        whole.addWidget(right, 1)

    def show_project(self, name: str, articles: int | None) -> None:
        """Name the project and count its articles."""
        self._project.setText(f"{name or tr('window.no_project')} ▾")
        self._project.setAccessibleName(tr("window.project_menu", name=name))
        self._count.setText("" if articles is None else tr("window.articles", count=articles))
        self._right.setVisible(articles is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of the mark keys first where the window is narrow: they are keys anyway."""
        super().resizeEvent(event)
        search = min(_SEARCH_PX, max(_SEARCH_LEAST_PX, self.width() // 3))
        self._search.setFixedWidth(search)
        room = (self.width() - search) // 2 - 28 - self._report.sizeHint().width()
        marks = self._marks.sizeHint().width() + 8
        shown = room - marks >= _UNDO_LEAST_PX
        self._marks.setVisible(shown)
        self.undo.set_room(room - marks if shown else room)
        self._count.setVisible(self.width() >= 820)
