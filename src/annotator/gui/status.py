"""Keep the line below true: saved, place, figures, language and length, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.gui.dates import in_number
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.status_line import StatusLine
    from annotator.gui.workspace import Workspace


class Status(QObject):
    """Follow one workspace at a time."""

    def __init__(self, line: StatusLine) -> None:
        super().__init__(line)
        self._line = line
        self._workspace: Workspace | None = None

    def follow(self, workspace: Workspace | None) -> None:
        """Speak of another workspace (``None``: no project is open)."""
        self._workspace = workspace
        line = self._line
        line.show_place(None, None)
        line.show_facts("")
        line.show_article("")
        if workspace is None:
            line.show_saved("")
            line.show_zoom(None)
            return
        read_only = workspace.desk.session.project.read_only
        line.show_saved(tr("window.reading_only" if read_only else "window.saved"))
        line.show_zoom(round(100 * workspace.pane.view.zoom))
        workspace.pane.view.caret_moved.connect(self._on_caret)
        workspace.pane.view.zoom_changed.connect(lambda z: line.show_zoom(round(100 * z)))
        workspace.standing.changed.connect(self._on_standing)

    def _desk(self) -> Desk | None:
        return None if self._workspace is None else self._workspace.desk

    def _on_caret(self, position: int) -> None:
        """Say paragraph and word, both counted from 1 as the margin counts."""
        desk = self._desk()
        if desk is None or self._workspace is None or not desk.article_id:
            self._line.show_place(None, None)
            return
        from annotator.text.words import count_words

        view = self._workspace.pane.view
        rows = view.sheet.rows
        first = rows.first_of(rows.row_of(position))
        number = rows.number(first)
        words = count_words(view.text[rows.starts[first] : position]) + 1
        self._line.show_place(number or None, words)

    def _on_standing(self) -> None:
        desk = self._desk()
        if desk is None or self._workspace is None:
            return
        self._on_caret(self._workspace.pane.view.caret())
        self._line.show_facts(self._workspace.standing.figures.facts)
        data = desk.data
        if data is None:
            self._line.show_article("")
            return
        charset = desk.session.project.text(desk.article_id).charset.upper()
        words = tr("window.words", count=data.article.word_count)
        words = words.replace(str(data.article.word_count), in_number(data.article.word_count))
        language = data.article.language if data.article.language != "und" else "–"
        self._line.show_article(" · ".join((language, charset, words)))
