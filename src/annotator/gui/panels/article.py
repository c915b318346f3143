"""What is known of the article itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from annotator.gui.panels.base import Panel, nothing_open
from annotator.gui.parts import plain_label
from annotator.gui.widgets.inspector import Inspector

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.gui.theme import Theme
    from annotator.model.changes import Touched


class ArticlePanel(Panel):
    """Show and edit the details of the open article."""

    panel_id: ClassVar[str] = "article"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._empty = plain_label(role="second", parent=self)
        self._empty.setWordWrap(True)
        self._empty.setMargin(24)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.inspector = Inspector(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._empty)
        column.addWidget(self.inspector, 1)
        self.attach()

    def set_article(self, data: ArticleData | None) -> None:
        """Show another article's details."""
        self._empty.setVisible(data is None)
        if data is None:
            self._empty.setText(nothing_open(self.desk))
        self.inspector.setVisible(data is not None)
        self.inspector.show_records([] if data is None else [data.article])
        self.set_count(0)

    def refresh(self, touched: Touched) -> None:
        """Show what changed: the figures depend on nearly everything."""
        if self.desk.article_id in touched.articles or "actor" in touched.tables:
            self.follow()

    def on_theme(self, theme: Theme) -> None:
        """Show the links in other colours."""
        del theme
        self.set_article(self.desk.data)

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""
        self.inspector.flush()

    def take_focus(self) -> None:
        """Put the keyboard into the headline."""
        if self.inspector.form is not None:
            self.inspector.form.take_focus()
