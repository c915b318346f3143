"""Qt's actions made from the table: menus, shortcuts, enabled or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from annotator.gui.actions import ACTIONS, BY_ID, CONTEXT_MENU, Action, Menu, Scope, Situation
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QMainWindow, QWidget


class ActionSet:
    """Hold one ``QAction`` for each row of the table.

    Args:
        window: hears the shortcuts of window scope.
        do: is called with the row when it is triggered.
    """

    def __init__(self, window: QMainWindow, do: Callable[[Action], None]) -> None:
        self._window = window
        self._do = do
        self.by_id: dict[str, QAction] = {row.id: self._make(row) for row in ACTIONS}
        window.addActions([self.by_id[row.id] for row in ACTIONS if row.scope is Scope.WINDOW])

    def _make(self, row: Action) -> QAction:
        action = QAction(tr(row.text_id), self._window)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(keys) for keys in row.shortcuts])
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setCheckable(row.checkable)
        if row.scope is Scope.TEXT:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        elif row.scope is Scope.REVIEW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self._do(row))
        return action

    def attach_text(self, view: QWidget) -> None:
        """Let a widget hear the keys of marking and of a review."""
        view.addActions([self.by_id[row.id] for row in ACTIONS if row.scope is not Scope.WINDOW])

    def update(self, now: Situation | None) -> None:
        """Enable what makes sense (``None``: no project is open)."""
        now = now or Situation()
        for row in ACTIONS:
            self.by_id[row.id].setEnabled(row.is_enabled(now))

    def check(self, **states: bool) -> None:
        """Set the ticks; names are ids with underscores for points."""
        for name, state in states.items():
            self.by_id[name.replace("_", ".")].setChecked(state)

    def fill(self, menu: QMenu, which: Menu | None) -> None:
        """Fill a menu with one part of the table, or with a submenu for each of them."""
        if which is None:
            for part in Menu:
                self.fill(menu.addMenu(tr(f"actions.menu.{part}")), part)
            return
        group = 0
        for row in ACTIONS:
            if row.menu is not which:
                continue
            if row.group != group:
                menu.addSeparator()
                group = row.group
            menu.addAction(self.by_id[row.id])

    def context_menu(
        self,
        parent: QWidget,
        groups: Sequence[Iterable[str]] = CONTEXT_MENU,
        *,
        before: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> QMenu:
        """Make a context menu of what makes sense now; ``before`` are lines of its own on top."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, do in before:
            line = menu.addAction(text.replace("&", "&&"))
            line.triggered.connect(lambda _checked=False, do=do: do())
        for group in groups:
            menu.addSeparator()
            for action_id in group:
                if self.by_id[action_id].isEnabled():
                    menu.addAction(self.by_id[action_id])
        return menu


def keys_text(action_id: str) -> str:
    """Return the first shortcut of an action as the system writes it; "" for none."""
    keys = BY_ID[action_id].shortcuts
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
