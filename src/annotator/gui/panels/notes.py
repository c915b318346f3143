"""What has been noted, on whatever?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.notes import delete_notes
from annotator.gui.models.notes import NoteLister
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import row
from annotator.gui.widgets.links import command
from annotator.gui.widgets.sections.notes import NotesSection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine


class NotesPanel(ListPanel):
    """List the notes; under it, the record that a note is about, with its notes to edit."""

    panel_id: ClassVar[str] = "notes"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._new = command("panels.note.on_article.new", self._begin_on_article)
        self.column.addLayout(row(self._new, None, margins=(14, 4, 14, 8), spacing=0))
        self.attach()

    def set_article(self, data: ArticleData | None) -> None:
        """List an article's notes; without one there is nothing to note on."""
        super().set_article(data)
        self._new.setVisible(data is not None)

    def make_lister(self) -> NoteLister:
        """List the notes."""
        return NoteLister(self.desk.session)

    def _on_chosen(self, ids: list[str]) -> None:
        """Select what a note is about, so that the text shows it."""
        self.flush()
        targets = [t.id for i in ids if (t := self.lister.target(i)) is not None]  # type: ignore[attr-defined]
        self.desk.select(targets, origin=self.panel_id)
        self.show_inspector()
        span = self.lister.span(ids[0]) if len(ids) == 1 else None
        if span is not None:
            self.desk.reveal(span)

    def inspected(self, record: Any) -> Any:
        """Show the record that a note is about."""
        return self.lister.target(record.id)  # type: ignore[attr-defined]

    def _begin_on_article(self) -> None:
        """Open the article's own notes and put the keyboard into the next one."""
        data = self.desk.data
        if data is None:
            return
        self.inspector.show_records([data.article])
        self.inspector.show()
        form = self.inspector.form
        section = form.section("notes") if form is not None else None
        if isinstance(section, NotesSection):
            section.begin()

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer deletion."""
        if not records:
            return ()
        return [(i18n.tr("panels.delete"), lambda: self.delete_records(records))]

    def delete_records(self, records: list[Any]) -> None:
        """Delete notes."""
        self.desk.run(delete_notes, records)
