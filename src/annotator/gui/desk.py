"""The one object that panels, the library and the article view talk to.

A desk stands for one open project: it knows the session, which article is open, what is selected,
and it passes on what was touched. A new project gets a new desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from annotator import i18n
from annotator.model.errors import AnnotatorError, BugError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.jobs import JobContext
    from annotator.app.session import Session
    from annotator.app.settings import Settings
    from annotator.app.view_models import ArticleData
    from annotator.gui.proposals import Proposals
    from annotator.gui.qt_jobs import JobRunner
    from annotator.gui.theme import Theme
    from annotator.model.changes import Touched
    from annotator.model.span import Span

P = ParamSpec("P")
T = TypeVar("T")

#: The records of an article with more marked stretches are read by a job (these take some 70 ms).
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Say what is selected: ids of marks, sources, actors ..., and who selected it.

    ``origin`` is ``text``, ``library``, ``plot`` or a panel's id; a panel ignores its own.
    """

    ids: tuple[str, ...] = ()
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(self.ids)


class Desk(QObject):
    """Hold what is being worked on and tell everybody about it.

    Signals: ``article_opened(id)`` after another article is open (``""``: none);
    ``touched(Touched)`` after a commit, undo or redo, when ``data`` is already fresh;
    ``selection_changed(Selection)``; ``hover_changed(tuple of ids)``; ``said(sentence)`` for the
    status line; ``text_selection_changed(Span | None)``; ``reveal_asked(Span)`` for the view;
    ``theme_changed(Theme)``; ``data_read(id)`` when the records of a heavily marked article, which
    are read in the background, are there.
    """

    article_opened = Signal(str)
    touched = Signal(object)
    selection_changed = Signal(object)
    hover_changed = Signal(object)
    said = Signal(str)
    text_selection_changed = Signal(object)
    reveal_asked = Signal(object)
    theme_changed = Signal(object)
    data_read = Signal(str)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        theme: Theme,
        jobs: JobRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.settings = settings
        self.theme = theme
        self.jobs = jobs
        self.article_id = ""
        self.selection = Selection()
        self.text_selection: Span | None = None
        self.caret = 0
        #: What is proposed for the open article; the workspace puts it here.
        self.proposals: Proposals | None = None
        self._data: ArticleData | None = None
        self.is_reading = False
        self._is_stale = False
        self._unlisten = session.listen(self._on_touched)

    @property
    def data(self) -> ArticleData | None:
        """Return everything about the open article, read on first use.

        ``None`` where no article is open, and while one with very many marks is being read.
        """
        if self._data is None and self.article_id and not self.is_reading:
            if self.session.project.span_count(self.article_id) > _AT_ONCE:
                self._read_later()
            else:
                from annotator.app.view_models import load_article

                self._data = load_article(self.session.project, self.article_id)
        return self._data

    def _read_later(self) -> None:
        """Read the records on a reader of their own; the text can be read and marked meanwhile."""
        article_id, project = self.article_id, self.session.project
        self.is_reading, self._is_stale = True, False

        def work(ctx: JobContext) -> ArticleData | None:
            from annotator.app.view_models import load_article

            with project.reader() as reader:
                return load_article(reader, article_id, check=ctx.check)

        self.jobs.start(
            work, self._on_read, is_wanted=lambda: self.is_reading and self.article_id == article_id
        )

    def _on_read(self, data: ArticleData | None) -> None:
        if self._is_stale:
            self._read_later()
            return
        self.is_reading, self._data = False, data
        self.data_read.emit(self.article_id)

    def open_article(self, article_id: str, at: Span | None = None) -> None:
        """Open an article, and show a span of it if one is given."""
        if article_id != self.article_id:
            self.article_id = article_id
            self._data, self.is_reading = None, False
            self.selection = Selection()
            self.text_selection = None
            self.caret = 0
            self.article_opened.emit(article_id)
            self.selection_changed.emit(self.selection)
        if at is not None:
            self.reveal(at)

    def select(self, ids: Sequence[str], *, origin: str) -> None:
        """Select records by id; selecting the same ones again tells nobody."""
        if tuple(ids) != self.selection.ids:
            self.selection = Selection(tuple(ids), origin)
            self.selection_changed.emit(self.selection)

    def hover(self, ids: Sequence[str]) -> None:
        """Lift what the pointer is over, and what is linked to it (no ids: nothing)."""
        self.hover_changed.emit(tuple(ids))

    def reveal(self, span: Span) -> None:
        """Bring words of the open article into view."""
        self.reveal_asked.emit(span)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line."""
        self.said.emit(sentence)

    def set_text_selection(self, span: Span | None, caret: int) -> None:
        """Remember what is selected in the text (the view tells; code points)."""
        self.caret = caret
        if span != self.text_selection:
            self.text_selection = span
            self.text_selection_changed.emit(span)

    def set_theme(self, theme: Theme) -> None:
        """Use another theme from now on."""
        self.theme = theme
        self.theme_changed.emit(theme)

    def run(
        self,
        command: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T | None:
        """Call ``command(session, ...)``; what the person can put right is said, not raised.

        Returns:
            What the command returned, or ``None`` when it was refused.
        """
        try:
            return command(self.session, *args, **kwargs)
        except BugError:
            raise
        except AnnotatorError as error:
            self.say(i18n.explain(error))
            return None

    def close(self) -> None:
        """Stop listening to the session (the window closes it)."""
        self._unlisten()

    def _on_touched(self, touched: Touched) -> None:
        """Drop what is stale, let go of what is gone, and pass the news on."""
        # A mark that became another kind is a new record under its old id.
        kept = {change.after.id for change in touched.changes if change.after is not None}
        gone = {change.record.id for change in touched.changes if change.after is None}
        gone -= kept
        if self.article_id in gone:
            self.open_article("")
        elif self.article_id in touched.articles or "actor" in touched.tables:
            self._is_stale = True
            self._data = self._patched(touched)
        self.touched.emit(touched)
        if gone.intersection(self.selection.ids):
            self.select([i for i in self.selection.ids if i not in gone], origin="desk")

    def _patched(self, touched: Touched) -> ArticleData | None:
        """Return the data with a change taken over, where it was read already."""
        if self._data is None:
            return None
        from annotator.app.view_models import refreshed

        return refreshed(self.session.project, self._data, touched)
