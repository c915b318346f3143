"""With which words is content introduced, hedged, refused or left unverified?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.marks import change_kind, delete_marks
from annotator.gui.models.phrases import PhraseLister
from annotator.gui.panels.base import ListPanel
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine

_KINDS = (MarkKind.CUE, MarkKind.HEDGE, MarkKind.DECLINED, MarkKind.UNVERIFIED)


class PhrasesPanel(ListPanel):
    """List cues, hedges, declined comments and could-not-verify lines."""

    panel_id: ClassVar[str] = "phrases"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.attach()

    def make_lister(self) -> PhraseLister:
        """List the phrases."""
        return PhraseLister(self.desk.session)

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer the other kinds, and deletion."""
        if not records:
            return ()
        run = self.desk.run
        lines: list[MenuLine] = []
        if len(records) == 1:
            lines = [
                (
                    i18n.tr("panels.make_kind", kind=i18n.term(kind)),
                    lambda kind=kind: run(change_kind, records[0], kind),
                )
                for kind in _KINDS
                if kind is not records[0].mark_kind
            ]
            lines.append(None)
        return [*lines, (i18n.tr("panels.delete"), lambda: self.delete_records(records))]

    def delete_records(self, records: list[Any]) -> None:
        """Delete phrases."""
        self.desk.run(delete_marks, records)
