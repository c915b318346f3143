"""The slim row over the large plot: where, how close, how often, when, in which outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QWidget,
)

from annotator.analysis.unit import Unit
from annotator.app.graph_query import GraphQuery
from annotator.gui.models.dates import parse_date
from annotator.gui.parts import plain_label, set_role
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Thresholds that the slider offers, as far as the heaviest pair goes.
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000)
_TYPING_MS = 400


class FilterRow(QWidget):
    """Hold the choices; ``changed()`` after any of them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = self._combo("scope", [(f"scope.{s}", s) for s in ("project", "article")])
        self.unit = self._combo("unit", [(f"unit.{u}", u.value) for u in Unit])
        self.outlet = self._combo("outlet", [("outlet.all", "")])
        self.least = QSlider(Qt.Orientation.Horizontal)
        self.least.setAccessibleName(tr("plots.least"))
        self.least.setFixedWidth(90)
        self.least.setPageStep(1)
        self.least_words = plain_label(role="second")
        self.since, self.until = self._date("since"), self._date("until")
        self.isolated = QCheckBox(tr("plots.isolated"))
        self.isolated.setChecked(True)
        self._steps: list[int] = [1]
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPING_MS)
        self._typed.timeout.connect(self.changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 4, 8, 4)
        line.setSpacing(8)
        for widget in (
            self.scope,
            self.unit,
            self.outlet,
            plain_label(tr("plots.since"), role="second"),
            self.since,
            plain_label(tr("plots.until"), role="second"),
            self.until,
            self.least,
            self.least_words,
            self.isolated,
        ):
            line.addWidget(widget)
        line.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.least.valueChanged.connect(self._on_least)
        self.isolated.toggled.connect(self.changed)
        self._say_least()

    def _combo(self, name: str, items: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setProperty("role", "filter")
        box.setAccessibleName(tr(f"plots.{name}"))
        for key, value in items:
            box.addItem(tr(f"plots.{key}"), value)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(200)
        box.activated.connect(self.changed)
        return box

    def _date(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(tr(f"plots.{name}"))
        line.setPlaceholderText(tr("plots.date.hint"))
        line.setFixedWidth(96)
        line.setMaxLength(10)
        line.textEdited.connect(self._on_typed)
        return line

    # -- the choices --------------------------------------------------------------------------

    def query(self, article_id: str) -> GraphQuery:
        """Return the query for the choices."""
        return GraphQuery(
            article_id=article_id if self.scope.currentData() == "article" else None,
            outlet=self.outlet.currentData() or None,
            since=self._iso(self.since),
            until=self._iso(self.until),
            unit=Unit(self.unit.currentData()),
            least=self._steps[self.least.value()],
            with_isolated=self.isolated.isChecked(),
        )

    def choose(self, *, scope: str | None = None, unit: str | None = None) -> None:
        """Choose for the person (the small form's menu), and tell."""
        for box, value in ((self.scope, scope), (self.unit, unit)):
            if value is not None:
                box.setCurrentIndex(max(0, box.findData(value)))
        self.changed.emit()

    def offer_outlets(self, names: Iterable[str]) -> None:
        """Offer the project's outlets; the chosen one stays if it is still there."""
        chosen = self.outlet.currentData()
        with QSignalBlocker(self.outlet):
            while self.outlet.count() > 1:
                self.outlet.removeItem(1)
            for name in names:
                if name:
                    self.outlet.addItem(name, name)
            self.outlet.setCurrentIndex(max(0, self.outlet.findData(chosen)))

    def offer_weights(self, heaviest: int) -> None:
        """Let the slider go as far as the heaviest pair."""
        steps = [step for step in _STEPS if step <= max(heaviest, 1)]
        if steps == self._steps:
            return
        chosen = self._steps[self.least.value()]
        self._steps = steps
        with QSignalBlocker(self.least):
            self.least.setRange(0, len(steps) - 1)
            self.least.setValue(max(i for i, step in enumerate(steps) if step <= chosen))
        self.least.setEnabled(len(steps) > 1)
        self._say_least()

    def _on_least(self) -> None:
        self._say_least()
        self._typed.start(120)

    def _say_least(self) -> None:
        words = tr("plots.least.words", count=self._steps[self.least.value()])
        self.least_words.setText(words)
        self.least.setAccessibleDescription(words)

    # -- dates --------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit):
            is_wrong = bool(line.text().strip()) and self._iso(line) is None
            set_role(line, "wrong" if is_wrong else "")
            line.setToolTip(tr("plots.date.wrong") if is_wrong else "")
        self._typed.start(_TYPING_MS)

    def _iso(self, line: QLineEdit) -> str | None:
        """Return the date that was typed as ISO; ``None`` for none or for what is no date."""
        try:
            found = parse_date(line.text())
        except ValueError:
            return None
        return None if found is None else found.value[:10]
