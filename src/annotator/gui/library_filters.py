"""The inline filters of the library: outlet, time, language, reviewed or not, order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from annotator.gui.parts import flat_button
from annotator.gui.widgets.choices import ElidingCombo
from annotator.i18n import has, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.store import ArticleQuery

_SINCE = {"week": 7, "month": 31, "year": 366}
_ORDERS = ("newest", "oldest", "headline", "imported")


def _language_name(code: str) -> str:
    key = f"window.language.{code}"
    return tr(key) if has(key) else code


class LibraryFilters(QWidget):
    """Hold the choices that narrow the list; ``changed`` after any of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlet = self._combo("outlet")
        self._language = self._combo("language")
        self._time = self._combo("time")
        self._reviewed = self._combo("reviewed_filter")
        self._order = self._combo("order")
        self._clear = flat_button(tr("window.clear_filters"), role="link")
        self._clear.clicked.connect(self.clear)
        for key in _SINCE:
            self._time.addItem(tr(f"window.time.{key}"), key)
        for key in ("no", "yes"):
            self._reviewed.addItem(tr(f"window.reviewed_filter.{key}"), key)
        self._order.clear()
        for key in _ORDERS:
            self._order.addItem(tr(f"window.order.{key}"), key)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 0, 10, 8)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for number, box in enumerate((self._outlet, self._time, self._language, self._reviewed)):
            grid.addWidget(box, number // 2, number % 2)
        grid.addWidget(self._order, 2, 0)
        grid.addWidget(self._clear, 2, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._show_clear()

    def _combo(self, name: str) -> QComboBox:
        box = ElidingCombo()
        box.setProperty("role", "filter")
        box.setAccessibleName(tr(f"window.filter.{name}"))
        box.addItem(tr(f"window.filter.{name}"), "")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(6)
        box.activated.connect(self._on_activated)
        return box

    def offer(self, outlets: Iterable[str], languages: Iterable[str]) -> None:
        """Offer what the project holds; a choice that is still there stays chosen."""
        self._refill(self._outlet, [(name, name) for name in outlets if name])
        self._refill(self._language, [(_language_name(c), c) for c in languages if c])

    def _refill(self, box: QComboBox, items: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        while box.count() > 1:
            box.removeItem(1)
        for text, value in items:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    @property
    def is_narrowing(self) -> bool:
        """Say whether anything is filtered out."""
        boxes = (self._outlet, self._language, self._time, self._reviewed)
        return any(box.currentIndex() > 0 for box in boxes)

    def clear(self) -> None:
        """Show everything again."""
        for box in (self._outlet, self._language, self._time, self._reviewed, self._order):
            box.setCurrentIndex(0)
        self._on_activated()

    def query(self, search: str) -> ArticleQuery:
        """Return the query for the choices and the words searched for."""
        from annotator.store import ArticleQuery

        reviewed = self._reviewed.currentData()
        return ArticleQuery(
            search=search,
            outlet=self._outlet.currentData() or None,
            language=self._language.currentData() or None,
            reviewed=None if not reviewed else reviewed == "yes",
            since=self._since(),
            order=self._order.currentData() or "newest",
        )

    def _since(self) -> str | None:
        days = _SINCE.get(self._time.currentData())
        if days is None:
            return None
        return (datetime.now(UTC) - timedelta(days=days)).date().isoformat()

    def _on_activated(self) -> None:
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self._clear.setVisible(self.is_narrowing)
