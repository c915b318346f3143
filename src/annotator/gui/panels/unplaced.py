"""Which marks have lost their words, and where do they belong now?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator import i18n
from annotator.app.commands.articles import confirm_place
from annotator.app.commands.marks import delete_marks
from annotator.gui.models.rows import one_line, words_of
from annotator.gui.models.unplaced import UnplacedLister
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import flat_button, plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine
    from annotator.model.annotations import Mark
    from annotator.model.span import Span, Spans


class UnplacedPanel(ListPanel):
    """List the marks to place again; put one where it seems to belong, or on the selection."""

    panel_id: ClassVar[str] = "unplaced"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._box = QWidget(self)
        layout = QVBoxLayout(self._box)
        layout.setContentsMargins(14, 8, 14, 10)
        layout.setSpacing(4)
        self._words = plain_label(role="small", parent=self._box)
        self._words.setWordWrap(True)
        self._suggested = flat_button(i18n.tr("panels.unplaced.accept"), role="link")
        self._selected = flat_button(i18n.tr("panels.unplaced.here"), role="link")
        for widget in (self._words, self._suggested, self._selected):
            layout.addWidget(widget)
        self.column.addWidget(self._box)
        self._suggested.clicked.connect(self._put_where_found)
        self._selected.clicked.connect(self._put_on_selection)
        desk.text_selection_changed.connect(self._on_text_selection)
        self.attach()

    def make_lister(self) -> UnplacedLister:
        """List the project's unplaced marks."""
        return UnplacedLister(self.desk.session)

    def inspected(self, record: Any) -> Any:
        """Show no fields: the words come first."""
        del record

    def show_inspector(self) -> None:
        """Say where the selected mark seems to belong."""
        super().show_inspector()
        mark = self._mark()
        self._box.setVisible(mark is not None)
        if mark is None:
            return
        placement = self.lister.placement(mark.id)  # type: ignore[attr-defined]
        is_here = mark.article_id == self.desk.article_id
        self._suggested.setVisible(placement is not None)
        self._selected.setVisible(is_here)
        self._on_text_selection(self.desk.text_selection)
        if placement is None:
            words = one_line(mark.anchor.quotation)
            self._words.setText(i18n.tr("panels.unplaced.nowhere", words=words))
        else:
            text = self.desk.session.project.text(mark.article_id).text
            words = words_of(text, placement.spans)
            self._words.setText(i18n.tr(f"panels.unplaced.how.{placement.how}", words=words))

    def _mark(self) -> Mark | None:
        records = self.records()
        return records[0] if len(records) == 1 else None

    def _on_text_selection(self, span: Span | None) -> None:
        self._selected.setEnabled(span is not None)

    def _on_chosen(self, ids: list[str]) -> None:
        """Open the mark's article and show where the mark seems to belong."""
        super()._on_chosen(ids)
        if len(ids) == 1:
            self.open_row(ids[0])

    def open_row(self, record_id: str) -> None:
        """Open the mark's article at the place found."""
        mark = self.lister.record(record_id)
        if mark is not None:
            self.desk.open_article(mark.article_id, self.lister.span(record_id))  # type: ignore[union-attr, arg-type]

    def _put_where_found(self) -> None:
        mark = self._mark()
        placement = self.lister.placement(mark.id) if mark is not None else None  # type: ignore[attr-defined]
        if mark is not None and placement is not None:
            self._put(mark, placement.spans)

    def _put_on_selection(self) -> None:
        mark, span = self._mark(), self.desk.text_selection
        if mark is not None and span is not None:
            self._put(mark, (span,))

    def _put(self, mark: Mark, spans: Spans) -> None:
        self.desk.run(confirm_place, mark, spans)

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer deletion."""
        if not records:
            return ()
        return [(i18n.tr("panels.delete"), lambda: self.delete_records(records))]

    def delete_records(self, records: list[Any]) -> None:
        """Delete marks that belong nowhere any more."""
        self.desk.run(delete_marks, records)
