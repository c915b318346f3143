"""The first page: what to do while no project is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.gui.action_set import keys_text
from annotator.gui.parts import flat_button, plain_label
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QToolButton

_WIDTH = 480
_OFFERED = (
    "articles.import",
    "articles.paste",
    "project.open",
    "project.new",
    "project.sample",
)


class Welcome(QWidget):
    """Say in sentences how to begin."""

    def __init__(
        self,
        actions: dict[str, QAction],
        recent: Sequence[Path],
        open_path: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget(self)
        inside.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(8)
        column.addWidget(plain_label(tr("window.welcome"), role="title"))
        lead = plain_label(tr("window.welcome_lead"), role="second")
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addSpacing(16)
        grid = QGridLayout()
        # A tool button keeps a space beside its text; the links stand under the sentence.
        grid.setContentsMargins(-6, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        self.buttons: list[QToolButton] = []
        for line, action_id in enumerate(_OFFERED):
            button = flat_button(actions[action_id].text(), role="link")
            self.buttons.append(button)
            button.clicked.connect(actions[action_id].trigger)
            grid.addWidget(button, line, 0, Qt.AlignmentFlag.AlignLeft)
            keys = keys_text(action_id)
            if keys:
                grid.addWidget(
                    plain_label(keys, role="keycap"), line, 1, Qt.AlignmentFlag.AlignLeft
                )
        column.addLayout(grid)
        if recent:
            column.addSpacing(16)
            column.addWidget(plain_label(tr("window.recent").upper(), role="caption"))
            for path in recent:
                button = flat_button(path.stem, role="link", tip=str(path))
                button.clicked.connect(lambda _checked=False, path=path: open_path(path))
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(inside, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
