"""See every place where a name stands, with the words around it, before any of them is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from annotator import i18n
from annotator.app.commands.actors import FoundMention, mark_mentions, preview_mentions
from annotator.gui.models.found import FoundModel
from annotator.gui.models.listing import ROW_ROLE
from annotator.gui.models.rows import Row, one_line
from annotator.gui.parts import flat_button, plain_label, row
from annotator.gui.widgets.choices import QuietCombo
from annotator.gui.widgets.measures import SIDE
from annotator.gui.widgets.row_delegate import Fonts

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from annotator.app.jobs import JobContext
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.model.annotations import Actor

    Index = QModelIndex | QPersistentModelIndex

_BOX = 13
_ABOVE = 6


class _FoundDelegate(QStyledItemDelegate):
    """Paint a tick, and the found words in bold among those around them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one line, or two where the article is named."""
        fonts = Fonts.of(option.font)  # type: ignore[attr-defined]
        model = index.model()
        more = fonts.small_line if isinstance(model, FoundModel) and model.names_articles else 0
        return QSize(0, 2 * _ABOVE + fonts.line + more)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one place."""
        theme = self._desk.theme
        fonts = Fonts.of(option.font)  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.selected)
        line = QRect(rect.left() + SIDE, rect.top() + _ABOVE, rect.width() - 2 * SIDE, fonts.line)
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        self._paint_tick(painter, QRectF(line.left(), line.center().y() - 6, _BOX, _BOX), on=is_on)
        line.setLeft(line.left() + _BOX + 8)
        found: FoundMention = index.model().found_at(index)  # type: ignore[attr-defined]
        self._paint_words(painter, line, found, fonts)
        shown: Row = index.data(ROW_ROLE)
        if shown.detail:
            painter.setFont(fonts.detail)
            painter.setPen(theme.ink2)
            below = line.translated(0, fonts.line)
            words = QFontMetrics(fonts.detail).elidedText(
                shown.detail, Qt.TextElideMode.ElideRight, below.width()
            )
            painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()

    def _paint_tick(self, painter: QPainter, box: QRectF, *, on: bool) -> None:
        theme = self._desk.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent if on else theme.ink2, 1))
        painter.setBrush(theme.accent if on else theme.paper)
        painter.drawRoundedRect(box, 3, 3)
        if on:
            painter.setPen(QPen(theme.paper, 1.6))
            left, top = box.left(), box.top()
            points = [(3.0, 6.8), (5.6, 9.4), (10.2, 4.0)]
            painter.drawPolyline([QPointF(left + x, top + y) for x, y in points])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_words(
        self, painter: QPainter, line: QRect, found: FoundMention, fonts: Fonts
    ) -> None:
        """Paint before, words and after; the sides give way so that the words stay whole."""
        theme = self._desk.theme
        bold, plain = QFontMetrics(fonts.title), QFontMetrics(fonts.plain)
        middle = bold.elidedText(one_line(found.words), Qt.TextElideMode.ElideMiddle, line.width())
        width = bold.horizontalAdvance(middle)
        before, after = _open_end(found.before), _open_end(found.after)
        room = max(0, line.width() - width)
        wanted = plain.horizontalAdvance(before)
        left = min(wanted, max(room // 3, room - plain.horizontalAdvance(after)))
        before = plain.elidedText(before, Qt.TextElideMode.ElideLeft, left)
        align = int(Qt.AlignmentFlag.AlignVCenter)
        pieces = (
            (before, fonts.plain, theme.ink2),
            (middle, fonts.title, theme.ink),
            (after, fonts.plain, theme.ink2),
        )
        at = line.left()
        for words, font, ink in pieces:
            metrics = QFontMetrics(font)
            rest = QRect(at, line.top(), line.right() - at, line.height())
            painter.setFont(font)
            painter.setPen(ink)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, align, shown)
            at += metrics.horizontalAdvance(words)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Leave clicks to the list (the whole row ticks); the space bar is Qt's."""
        if event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonDblClick,
        ):
            return False
        return super().editorEvent(event, model, option, index)


def _open_end(words: str) -> str:
    """Return words around a name on one line; the space next to the name stays."""
    kept = one_line(words)
    start = " " if words[:1].isspace() else ""
    end = " " if words[-1:].isspace() else ""
    return f"{start}{kept}{end}"


class MentionPreview(QWidget):
    """Find the unmarked places of an actor's names and mark those that are ticked.

    ``closed`` comes when it is done or given up.
    """

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actor: Actor | None = None
        self._job: JobHandle | None = None
        self.model = FoundModel(self)
        self._title = plain_label(role="strong", parent=self)
        self._title.setWordWrap(True)
        self.scope = QuietCombo(self)
        self.scope.setAccessibleName(i18n.tr("panels.found.scope"))
        self.scope.addItem(i18n.tr("panels.scope.article"), "article")
        self.scope.addItem(i18n.tr("panels.scope.project"), "project")
        self._hint = plain_label(role="small", parent=self)
        self._hint.setWordWrap(True)
        self.list = self._make_list()
        self.all = flat_button(i18n.tr("panels.found.all"), role="link")
        self.none = flat_button(i18n.tr("panels.found.none"), role="link")
        self.mark = flat_button("", role="strong")
        self.cancel = flat_button(i18n.tr("panels.found.cancel"))
        self._lay_out()
        self._connect()
        self._on_ticked(0)

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setModel(self.model)
        view.setItemDelegate(_FoundDelegate(self._desk, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(i18n.tr("panels.found.list"))
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 8, SIDE, 0)
        for widget in (self._title, self.scope, self._hint):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        ends = (8, 2, 8, 8)
        column.addLayout(
            row(self.all, self.none, None, self.cancel, self.mark, margins=ends, spacing=4)
        )

    def _connect(self) -> None:
        self.scope.activated.connect(lambda _at: self._find())
        self.all.clicked.connect(lambda: self.model.tick_all(on=True))
        self.none.clicked.connect(lambda: self.model.tick_all(on=False))
        self.mark.clicked.connect(self._mark)
        self.cancel.clicked.connect(self.close_preview)
        self.model.ticked_changed.connect(self._on_ticked)
        self.list.clicked.connect(self._toggle)
        self.list.selectionModel().currentChanged.connect(self._reveal)

    # -- finding ------------------------------------------------------------------------------

    def open_for(self, actor: Actor) -> None:
        """Look for an actor's names in the open article, or in the project if none is open."""
        self._actor = actor
        self._title.setText(i18n.tr("panels.found.title", name=one_line(actor.name)))
        self.scope.setCurrentIndex(0 if self._desk.article_id else 1)
        self.show()
        self._find()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self._stop_job()
        actor = self._actor
        if actor is None:
            return
        self.model.names_articles = self.scope.currentData() == "project"
        project = self._desk.session.project
        if not self.model.names_articles:
            article_id = self._desk.article_id
            self._show(preview_mentions(project, actor, article_id=article_id))
            return
        self.model.set_found([])
        self._hint.setText(i18n.tr("panels.found.looking"))

        def look(ctx: JobContext) -> list[FoundMention]:
            with project.reader() as reader:
                return preview_mentions(reader, actor, ctx=ctx)

        self._job = self._desk.jobs.start(
            look,
            self._show,
            failed=self._on_failed,
            title=i18n.tr("panels.found.looking"),
            is_wanted=lambda: self._actor is actor and self.model.names_articles,
        )

    def _show(self, found: list[FoundMention]) -> None:
        self._job = None
        self.model.set_found(found)
        words = i18n.tr("panels.found.count", count=len(found))
        self._hint.setText(words if found else i18n.tr("panels.found.nothing"))
        if found:
            self.list.setCurrentIndex(self.model.index(0))

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._hint.setText(i18n.tr("panels.found.nothing"))
        self._desk.jobs.broke.emit(error)

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # -- ticking and marking ------------------------------------------------------------------

    def _toggle(self, index: QModelIndex) -> None:
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _reveal(self, index: QModelIndex) -> None:
        if index.isValid():
            found = self.model.found_at(index)
            if found.article_id == self._desk.article_id:
                self._desk.reveal(found.span)

    def _on_ticked(self, count: int) -> None:
        self.mark.setText(i18n.tr("panels.found.mark", count=count))
        self.mark.setAccessibleName(self.mark.text())
        self.mark.setEnabled(count > 0)

    def _mark(self) -> None:
        ticked = self.model.ticked()
        if self._actor is not None and ticked:
            self._desk.run(mark_mentions, self._actor, ticked)
        self.close_preview()

    def close_preview(self) -> None:
        """Give the preview up."""
        self._stop_job()
        self._actor = None
        self.model.set_found([])
        self.hide()
        self.closed.emit()
