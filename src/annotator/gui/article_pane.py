"""The middle of the window: the article view and what floats over it, kept true to the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.article.header import Header
from annotator.gui.article.view import ArticleView
from annotator.gui.dates import long_date
from annotator.gui.theme import NAMED
from annotator.i18n import tr
from annotator.model.annotations import Mark, Source, SourceMention
from annotator.model.article import Article
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from annotator.app.view_models import ArticleData
    from annotator.gui.action_set import ActionSet
    from annotator.gui.chooser import Chooser
    from annotator.gui.desk import Desk, Selection
    from annotator.gui.find_bar import FindBar
    from annotator.gui.note_card import NoteCard
    from annotator.gui.pick_list import Entry
    from annotator.gui.proposals import Proposals
    from annotator.gui.selection_bar import SelectionBar
    from annotator.gui.standing import Standing
    from annotator.model.changes import Change, Record, Touched
    from annotator.model.span import Span

_KINDS = {kind: number for number, kind in enumerate(MarkKind)}
_STYLE_TABLES = frozenset({"source", "source_mention", "article"})


class ArticlePane(QWidget):
    """Show the desk's article; turn what happens in the view into selections of the desk.

    ``menu_asked(QPoint)`` wants the context menu, ``files_dropped(list)`` brings files.
    """

    menu_asked = Signal(QPoint)
    files_dropped = Signal(list)

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._actions: ActionSet | None = None
        self.view = ArticleView(theme=desk.theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.view, 1)
        self.view.viewport().installEventFilter(self)
        self.apply_settings()
        self._connect()
        self._on_opened(desk.article_id)

    def use(self, actions: ActionSet) -> None:
        """Hear the marking keys."""
        self._actions = actions
        actions.attach_text(self.view)
        self.view.answer_screen_readers()

    def follow(self, standing: Standing, proposals: Proposals) -> None:
        """Show in the margin what the article rests on, and in the text what is proposed."""
        view = self.view
        standing.changed.connect(lambda: view.set_margin_notes(standing.figures.notes))
        proposals.changed.connect(lambda: view.set_proposals(proposals.rows()))

    def _connect(self) -> None:
        desk, view = self._desk, self.view
        desk.article_opened.connect(self._on_opened)
        desk.touched.connect(self._on_touched)
        desk.selection_changed.connect(self._on_selected)
        desk.data_read.connect(lambda: self._on_selected(desk.selection))
        desk.hover_changed.connect(self._on_hovered)
        desk.reveal_asked.connect(view.scroll_to)
        desk.theme_changed.connect(self._on_theme)
        view.caret_moved.connect(self._on_caret)
        view.selection_changed.connect(self._on_text_selected)
        view.mark_clicked.connect(self._on_clicked)
        view.mark_hovered.connect(desk.hover)
        view.context_menu.connect(self._on_menu)
        view.files_dropped.connect(self.files_dropped)
        view.verticalScrollBar().valueChanged.connect(self._hide_bar)

    # -- what floats, made when it is first asked for -----------------------------------------

    @cached_property
    def find_bar(self) -> FindBar:
        """Return the find line."""
        from annotator.gui.find_bar import FindBar

        bar = FindBar()
        self._column.insertWidget(0, bar)
        self.view.finder.changed.connect(self._on_hits)
        bar.words_changed.connect(self._on_words)
        bar.stepped.connect(self.step_hit)
        bar.left.connect(self._on_find_left)
        return bar

    @cached_property
    def bar(self) -> SelectionBar:
        """Return the small toolbar at the selection."""
        from annotator.gui.selection_bar import SelectionBar

        assert self._actions is not None, "shown by a gesture, after the first paint"
        return SelectionBar(self._actions.by_id, self._desk.theme, self.view)

    @cached_property
    def chooser(self) -> Chooser:
        """Return the inline chooser."""
        from annotator.gui.chooser import Chooser

        return Chooser(self._desk.theme, self.view)

    @cached_property
    def note(self) -> NoteCard:
        """Return the card that takes a note."""
        from annotator.gui.note_card import NoteCard

        return NoteCard(self._desk, self.view)

    def _made(self, name: str) -> bool:
        return name in self.__dict__

    def _hide_bar(self) -> None:
        if self._made("bar"):
            self.bar.hide()

    # -- the article --------------------------------------------------------------------------

    def _on_opened(self, article_id: str) -> None:
        """Show text and marks; only columns are read, so that a large article opens at once."""
        project = self._desk.session.project
        article = project.get(Article, article_id) if article_id else None
        self._hide_bar()
        if self._made("chooser"):
            self.chooser.hide()
        if article is None:
            if self._made("find_bar"):
                self.find_bar.hide()
            hints = ("open_an_article",) if project.article_count() else ("drop_here", "or_press")
            header = Header(headline="", details=tuple(tr(f"window.{hint}") for hint in hints))
            self.view.set_article("", header=header)
            return
        # Not the session's text: that cuts it into sentences, which can wait until after the paint.
        self.view.set_article(
            project.text(article_id).text,
            header=_header(article),
            mask=article.mask,
            headings=article.headings,
            headline=article.headline_span,
            language=article.language,
        )
        self.view.set_spans(project.spans(article_id))
        if self._made("find_bar") and self.find_bar.isVisible():
            self._on_words(self.find_bar.field.text())
        self._show_styles()
        self._desk.set_text_selection(None, self.view.caret())

    def _show_styles(self) -> None:
        """Tell the mentions of named sources from those of unnamed ones, which is the default."""
        project, article_id = self._desk.session.project, self._desk.article_id
        key_of = self._desk.theme.source_style_key
        sources = project.find(Source, article_id=article_id)
        named = tuple(one.id for one in sources if key_of(one.identification) == NAMED)
        mentions = project.find(SourceMention, article_id=article_id, source_id=named)
        self.view.set_mark_style_overrides(dict.fromkeys((m.id for m in mentions), NAMED))

    def _on_touched(self, touched: Touched) -> None:
        """Repaint what a change touched in this article, and nothing else."""
        if self._desk.article_id not in touched.articles:
            return
        here = [c for c in touched.changes if _article_of(c) == self._desk.article_id]
        if any(isinstance(change.record, Article) for change in here):
            self._on_article_changed(here)
            return
        ids = {c.record.id for c in here if isinstance(c.record, Mark)}
        if ids:
            self.view.set_marks_changed(_columns(here), ids)
        if touched.tables & _STYLE_TABLES:
            self._show_styles()

    def _on_article_changed(self, changes: Sequence[Change]) -> None:
        """Follow a change of the article itself: its mask in place, another text from the top."""
        for change in changes:
            before, after = change.before, change.after
            if not isinstance(after, Article):
                continue
            if isinstance(before, Article) and before.text_digest == after.text_digest:
                if before.mask != after.mask:
                    self.view.set_mask(after.mask)
                if _header(before) != _header(after):
                    self._reopen()
            else:
                self._reopen()

    def _reopen(self) -> None:
        """Show the article anew, at the caret."""
        caret = self.view.caret()
        self._on_opened(self._desk.article_id)
        if self._desk.proposals is not None:
            self.view.set_proposals(self._desk.proposals.rows())
        self.view.set_caret(min(caret, len(self.view.text)))

    # -- from the view to the desk ------------------------------------------------------------

    def _on_caret(self, position: int) -> None:
        """Remember the caret; a mark under it is the selected mark, so that its keys work."""
        self._desk.set_text_selection(self.view.selection(), position)
        if self.view.selection() is None:
            self._select_at_caret()

    def _select_at_caret(self) -> None:
        ids = self.marks_at_caret()
        if not any(one in ids for one in self._desk.selection.ids):
            self._desk.select(ids[:1], origin="text")

    def marks_at_caret(self) -> list[str]:
        """Return the marks over the caret, innermost first; at the end of a mark that one too."""
        caret = self.view.caret()
        ids = self.view.marks_at(caret)
        return ids or (self.view.marks_at(caret - 1) if caret else [])

    def _on_text_selected(self, span: Span | None) -> None:
        self._desk.set_text_selection(span, self.view.caret())
        if span is None:
            self._hide_bar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the kinds at the selection when the mouse has made one."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self._show_bar)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._hide_bar()
        return False

    def _show_bar(self) -> None:
        span = self.view.selection()
        if span is None or self._desk.session.project.read_only:
            return
        rects = self.view.rects_of(span)
        if rects:
            whole = rects[0]
            for rect in rects[1:]:
                whole = whole.united(rect)
            self.bar.show_at(whole.translated(self.view.viewport().pos()))

    def _on_clicked(self, ids: list[str]) -> None:
        self._desk.select(ids[:1], origin="text")

    def _on_menu(self, at: QPoint, position: int) -> None:
        del position
        self.menu_asked.emit(at)

    # -- from the desk to the view ------------------------------------------------------------

    def _on_selected(self, selection: Selection) -> None:
        self._lift(selection.ids)

    def _on_hovered(self, ids: tuple[str, ...]) -> None:
        """Lift what is linked to what the pointer is over; nothing else steps back."""
        data = self._desk.data if ids else None
        if data is None:
            self.view.set_lifted(())
            return
        linked = set(ids).union(*(data.linked(one) for one in ids))
        self.view.set_lifted(one for one in linked if one in data.marks)

    def _lift(self, ids: Sequence[str]) -> None:
        if not ids:
            self.view.set_selected(())
            self.view.set_linked(())
            return
        data = self._desk.data
        if data is None:
            return
        linked: set[str] = set()
        for one in ids:
            linked |= data.linked(one)
        self.view.set_selected([one for one in ids if one in data.marks or _waits(data, one)])
        self.view.set_linked([one for one in linked if one in data.marks])

    def _on_theme(self, theme: object) -> None:
        self.view.set_theme(theme)  # type: ignore[arg-type]
        if self._made("bar"):
            self.bar.set_theme(theme)  # type: ignore[arg-type]
        if self._made("chooser"):
            self.chooser.pick.set_theme(theme)  # type: ignore[arg-type]
        self._show_styles()

    def apply_settings(self) -> None:
        """Set the text as the settings say."""
        settings = self._desk.settings
        self.view.set_typography(
            family=settings.text("reading_font"),
            size=settings.number("reading_size"),
            leading=settings.number("line_height"),
            measure=int(settings.number("measure")),
            zoom=float(settings.state("zoom", "1")),
        )
        self.view.snaps_to_words = settings.flag("snap_to_words")
        self.view.set_show_controls(settings.flag("show_invisible"))

    # -- what floats --------------------------------------------------------------------------

    def _anchor(self) -> QRect:
        """Return where the caret or the selected mark stands, in the view."""
        place = self.view.rect_of(self.view.caret())
        return place.translated(self.view.viewport().pos())

    def choose(
        self,
        title: str,
        entries: Sequence[Entry],
        then: Callable[[object], object],
        *,
        on_new: Callable[[str], object] | None = None,
    ) -> None:
        """Ask which of several, beside the caret."""
        self.chooser.ask(title, entries, then, anchor=self._anchor(), on_new=on_new)

    def confirm_delete(self, question: str, then: Callable[[], object]) -> None:
        """Ask beside the caret whether to delete, for whoever wants to be asked."""
        from annotator.gui.pick_list import Entry

        entries = [Entry(tr("window.delete_it"), "yes"), Entry(tr("window.keep_it"), "")]
        self.choose(question, entries, lambda is_sure: then() if is_sure else None)

    def ask_note(self, target: Record) -> None:
        """Ask for a note on a record, beside the caret."""
        self.note.ask(target, self._anchor())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in the window."""
        super().resizeEvent(event)
        self._hide_bar()
        for name in ("chooser", "note"):
            if self._made(name) and getattr(self, name).isVisible():
                getattr(self, name).place()

    # -- find ---------------------------------------------------------------------------------

    def ask_words(self, words: str = "") -> None:
        """Open the find line, with the selected words or those given."""
        span = self.view.selection()
        if not words and span is not None and len(span) < 80:
            words = span.slice(self.view.text)
        self.find_bar.ask(words)
        self._on_words(self.find_bar.field.text())

    def step_hit(self, by: int) -> None:
        """Go to the next hit, or the one before."""
        if not self.find_bar.isVisible():
            self.find_bar.ask()
            return
        caret = self.view.caret()
        hit = self.view.finder.go(caret, by)
        if hit is not None:
            self.view.scroll_to(hit)

    def _on_words(self, words: str) -> None:
        self.view.finder.search(self.view.text, words)
        self.view.viewport().update()

    def _on_hits(self, current: int, total: int) -> None:
        self.find_bar.show_count(current + 1, total)
        self.view.viewport().update()

    def _on_find_left(self) -> None:
        hits = self.view.finder.hits
        at = hits.current
        here = (hits.starts[at], hits.ends[at]) if at >= 0 else None
        self.view.finder.clear()
        if here is not None:
            self.view.select_range(*here)
        self.view.setFocus()


def _header(article: Article) -> Header:
    """Return what stands above the text, as far as it is known."""
    details = [
        article.kicker,
        article.outlet or article.agency,
        long_date(article.published),
        article.dateline,
        article.section,
        ", ".join(article.authors),
    ]
    return Header(
        headline=article.headline,
        details=tuple(word for word in details if word),
    )


def _waits(data: ArticleData, suggestion_id: str) -> bool:
    """Say whether this is a proposal that nobody has decided about."""
    known = data.suggestions.get(suggestion_id)
    return known is not None and not known.decided_at and known.accepted_id is None


def _article_of(change: Change) -> str | None:
    record = change.record
    return record.id if isinstance(record, Article) else getattr(record, "article_id", None)


class _Columns:
    """Hold the spans of a few changed marks in the shape the view takes."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[int] = []
        self.mark_ids: list[str] = []


def _columns(changes: Sequence[Change]) -> _Columns:
    rows = sorted(
        (span.start, span.end, _KINDS[change.after.mark_kind], change.after.id)
        for change in changes
        if isinstance(change.after, Mark)
        for span in change.after.spans
    )
    columns = _Columns()
    for start, end, kind, mark_id in rows:
        columns.starts.append(start)
        columns.ends.append(end)
        columns.kinds.append(kind)
        columns.mark_ids.append(mark_id)
    return columns
