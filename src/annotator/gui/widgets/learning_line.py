"""Say under the queue what was learned from decisions, and offer the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.app.learning import words_of
from annotator.gui.learning import Learning
from annotator.gui.parts import escaped, flat_button, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from annotator.gui.desk import Desk


class LearningLine(QWidget):
    """Show where learning stands: a sentence, how it was measured (tooltip), one button.

    Nothing is shown before the first decision.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.learning = Learning(desk, self)
        self.label = plain_label(role="small", parent=self)
        self.label.setWordWrap(True)
        self.switch = flat_button(tr("learning.to_factory"), parent=self)
        self.switch.clicked.connect(self._on_switch)
        self.now = flat_button(tr("learning.now"), name=tr("learning.now.name"), parent=self)
        self.now.clicked.connect(self.learning.learn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.label.setContentsMargins(14, 6, 14, 2)
        column.addWidget(self.label)
        # As far in as the keys above: a button has padding of its own.
        column.addLayout(row(self.switch, self.now, None, margins=(8, 0, 8, 0), spacing=4))
        self._inside = (self.label, self.switch, self.now)
        self.learning.changed.connect(self.refresh)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look where learning stands when somebody looks at the queue."""
        super().showEvent(event)
        if self.learning.now is None:
            self.learning.look()

    def refresh(self) -> None:
        """Say what is so now."""
        now = self.learning.now
        is_told = now is not None and bool(now.decisions or now.learned)
        for widget in self._inside:
            widget.setVisible(is_told)
        if now is None or not is_told:
            return
        words = words_of(now)
        self.label.setText(tr("learning.busy") if self.learning.is_busy else words[0])
        self.label.setToolTip(escaped("\n".join(words[1:])))
        has_two_states = now.learned is not None and now.learned.is_on
        word = "to_learned" if now.is_factory else "to_factory"
        self.switch.setText(tr(f"learning.{word}"))
        self.switch.setAccessibleName(tr(f"learning.{word}.name"))
        may_write = not self._desk.session.project.read_only
        self.switch.setVisible(has_two_states and may_write)
        self.now.setVisible(may_write and not self.learning.is_busy and now.is_due)

    def _on_switch(self) -> None:
        now = self.learning.now
        if now is not None:
            self.learning.choose(factory=not now.is_factory)
