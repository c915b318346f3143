"""Which words does the article report, and whose are they?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.marks import delete_marks
from annotator.gui.models.contents import QuoteLister
from annotator.gui.panels.base import ListPanel
from annotator.gui.widgets.content_menu import content_menu
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine


class QuotesPanel(ListPanel):
    """List the quotes with their sources."""

    panel_id: ClassVar[str] = "quotes"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.attach()

    def make_lister(self) -> QuoteLister:
        """List the quotes."""
        return QuoteLister(self.desk.session)

    def several_words(self, count: int) -> str:
        """Say how many quotes are edited at once."""
        return i18n.tr("panels.count.quotes", count=count)

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer the nearest sources, another kind, and deletion."""
        return content_menu(self.desk, records, MarkKind.CLAIM)

    def delete_records(self, records: list[Any]) -> None:
        """Delete quotes."""
        self.desk.run(delete_marks, records)
