"""What does the article say that can be checked, and what does it rest on?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.fields import set_fields_many
from annotator.app.commands.marks import delete_marks
from annotator.gui.models.contents import ClaimLister
from annotator.gui.panels.base import ListPanel
from annotator.gui.widgets.content_menu import content_menu
from annotator.model.vocabulary import MarkKind, VerificationStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine

#: Steps of a check that are one click away.
_STEPS = (
    VerificationStatus.IN_PROGRESS,
    VerificationStatus.CONFIRMED_PRIMARY,
    VerificationStatus.CONTRADICTED,
)


class ClaimsPanel(ListPanel):
    """List the claims with what they rest on and where their checking stands."""

    panel_id: ClassVar[str] = "claims"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.attach()

    def make_lister(self) -> ClaimLister:
        """List the claims."""
        return ClaimLister(self.desk.session)

    def several_words(self, count: int) -> str:
        """Say how many claims are edited at once."""
        return i18n.tr("panels.count.claims", count=count)

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer steps of the check, then what quotes and claims have in common."""
        if not records:
            return ()
        run = self.desk.run
        steps: list[MenuLine] = [
            (
                i18n.tr("panels.set_status", status=i18n.term(step)),
                lambda step=step: run(set_fields_many, records, status=step),
            )
            for step in _STEPS
        ]
        return [*steps, None, *content_menu(self.desk, records, MarkKind.QUOTE)]

    def delete_records(self, records: list[Any]) -> None:
        """Delete claims."""
        self.desk.run(delete_marks, records)
