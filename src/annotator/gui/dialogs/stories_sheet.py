"""Articles that look alike, two by two: what differs, and the person's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.app.commands import stories
from annotator.gui.dates import long_date
from annotator.gui.models.cells import Cells
from annotator.gui.models.rows import one_line
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.gui.widgets.cells_view import CellsView
from annotator.gui.widgets.diff_view import DiffView
from annotator.i18n import term, tr
from annotator.model.article import Article, StoryKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.commands.stories import Carriage
    from annotator.app.jobs import JobContext
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.store import Project
    from annotator.text.alignment import Difference

#: Longer texts are not compared word by word in the window: nobody reads that.
_LONGEST = 400_000
_SIDE_PX = 320
#: Articles read in one go.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pair:
    """Be two articles that look alike, the earlier one first; ``shared`` is 0 where not known."""

    earlier_id: str
    later_id: str
    shared: float = 0.0


@dataclass(frozen=True, slots=True)
class _Listed:
    """Be a row of the list: the pair, what is decided of it, and what the list shows."""

    pair: Pair
    decided: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class _Compared:
    """Hold what a job found out of a pair."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    plan: tuple[Carriage, ...]


class StoriesSheet(Sheet):
    """Show pairs and decide them. ``article_asked(str)``: open an article."""

    article_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, size=QSize(1240, 780))
        self._desk = desk
        self._listed: list[_Listed] = []
        self._pair: Pair | None = None
        self._job: JobHandle | None = None
        self._looking: JobHandle | None = None
        self._plan: tuple[Carriage, ...] = ()
        self.setAccessibleName(tr("window.stories"))
        self.list = CellsView(
            (tr("window.stories_pairs"), ""), (190,), tr("window.stories_pairs"), self
        )
        self.list.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.told = plain_label(role="second")
        self.told.setWordWrap(True)
        self.diff = DiffView(desk.theme, tr("window.stories_diff"), self)
        titles = (
            "",
            "",
            tr("window.stories_earlier"),
            tr("window.stories_later"),
            tr("window.stories_notes"),
        )
        self.marks = CellsView(titles, (140, 110, 250, 250), tr("window.stories_marks"), self)
        self.marks.cells.ticks_changed.connect(self._name_version)
        self.counts = plain_label(role="small")
        self.same = self._button("window.stories_same", self._decide_same)
        self.different = self._button("window.stories_different", self._decide_different)
        self.version = self._button("window.stories_version", self._make_version)
        self.version.setProperty("role", "default")
        self.swap = flat_button(tr("window.stories_swap"), role="link")
        self.swap.clicked.connect(self._swap)
        self.open_later = flat_button(tr("window.stories_open_later"), role="link")
        self.open_later.clicked.connect(self._open_later)
        self._lay_out()

    # -- building -----------------------------------------------------------------------------

    def _button(self, text_id: str, do: Any) -> QPushButton:
        button = QPushButton(tr(text_id))
        button.setProperty("role", "plain")
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("window.stories"), role="title")
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 12), spacing=8))
        self.column.addWidget(hairline())
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        self._marks_title = plain_label(tr("window.stories_marks"), role="caption")
        column.addLayout(row(self._marks_title, None, self.counts, margins=(0, 0, 0, 0), spacing=8))
        column.addWidget(self.marks, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.diff)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        links = row(self.swap, self.open_later, None, margins=(24, 0, 24, 6), spacing=16)
        column.addLayout(row(self.told, margins=(24, 10, 24, 4), spacing=0))
        column.addLayout(links)
        column.addWidget(hairline())
        column.addWidget(split, 1)
        column.addWidget(hairline())
        buttons = (self.different, self.same, None, self.version)
        column.addLayout(row(*buttons, margins=(24, 10, 24, 12), spacing=8))
        self.list.setFixedWidth(_SIDE_PX)
        self.column.addLayout(
            row(self.list, hairline(vertical=True), right, margins=(0, 0, 0, 0), spacing=0), 1
        )

    def place(self) -> None:
        """Use most of the window."""
        super().place()
        room = self.over.rect()
        size = QSize(1240, room.height() - 40).boundedTo(room.size() - QSize(40, 40))
        self.setGeometry(QRect((room.width() - size.width()) // 2, 20, size.width(), size.height()))

    # -- the pairs ----------------------------------------------------------------------------

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show pairs, the undecided ones first; a job looks them up, there may be thousands."""
        wanted, project = tuple(pairs), self._desk.session.project
        self._enable(enabled=False)

        def work(ctx: JobContext) -> list[_Listed]:
            with project.reader() as reader:
                return _look_up(reader, wanted, ctx)

        self._looking = self._desk.jobs.start(work, self._show_listed)

    def _show_listed(self, listed: list[_Listed]) -> None:
        self._looking = None
        self._listed = listed
        self.list.show_rows([one.cells for one in listed])
        if listed:
            self.list.selectRow(0)
        else:
            self._show_none()

    def _show_none(self) -> None:
        self._pair = None
        self.told.setText(tr("window.stories_none"))
        self.diff.show_words("")
        self._show_plan(())
        self._enable(enabled=False)

    def _enable(self, *, enabled: bool) -> None:
        for widget in (self.same, self.different, self.version, self.swap, self.open_later):
            widget.setEnabled(enabled)

    def _articles(self, pair: Pair) -> tuple[Article, Article] | None:
        project = self._desk.session.project
        earlier = project.get(Article, pair.earlier_id)
        later = project.get(Article, pair.later_id)
        return None if earlier is None or later is None else (earlier, later)

    def _on_chosen(self) -> None:
        cells = self.list.chosen()
        if cells is not None and isinstance(cells.payload, Pair):
            self.show_pair(cells.payload)

    def show_pair(self, pair: Pair) -> None:
        """Compare two articles, off the GUI thread."""
        self._pair = pair
        both = self._articles(pair)
        if both is None:
            return
        self.told.setText("\n".join(self._line(article, n) for n, article in enumerate(both)))
        self._enable(enabled=not self._desk.session.project.read_only)
        project = self._desk.session.project
        if self._job is not None:
            self._job.cancel()

        def work(ctx: JobContext) -> _Compared:
            from annotator.text.alignment import diff

            with project.reader() as reader:
                old, new = (reader.text(a.id).text for a in both)
                ctx.check()
                is_short = len(old) + len(new) <= _LONGEST
                differences = tuple(diff(old, new)) if is_short else ()
                plan = tuple(stories.plan_carriage(reader, *(a.id for a in both)))
            return _Compared(old, new, differences, plan)

        self._job = self._desk.jobs.start(work, self._show_compared)

    def _line(self, article: Article, number: int) -> str:
        which = tr("window.stories_later" if number else "window.stories_earlier")
        date = long_date(article.published)
        parts = (article.outlet or article.agency, date, one_line(article.headline))
        words = " · ".join(part for part in parts if part)
        return tr("window.stories_line", which=which, words=words)

    def _show_compared(self, compared: _Compared) -> None:
        self._job = None
        if compared.differences:
            self.diff.show_diff(compared.old, compared.new, compared.differences)
        else:
            self.diff.show_words(tr("window.stories_diff_long"))
        self._show_plan(compared.plan)

    def _show_plan(self, plan: tuple[Carriage, ...]) -> None:
        """List what becomes of the marks; lost ones can only be looked at."""
        self._plan = plan
        theme = self._desk.theme
        colours = {
            "lost": theme.danger,
            "moved-changed": theme.accent,
            "changed": theme.accent,
            "moved": theme.ink,
        }
        self.marks.show_rows(
            [
                Cells(
                    (
                        tr(f"window.carried.{one.how}"),
                        term(one.mark.mark_kind),
                        one_line(one.before),
                        one_line(one.after),
                        one_line(" · ".join(one.notes)),
                    ),
                    one,
                    ticked=None if one.how == "lost" else True,
                    colour=colours.get(one.how),
                )
                for one in plan
            ]
        )
        found = stories.counts(plan)
        told = tr(
            "window.stories_counts",
            exact=found["exact"],
            moved=found["moved"],
            changed=found["changed"],
            both=found["moved-changed"],
            lost=found["lost"],
        )
        self.counts.setText(told if plan else tr("window.stories_no_marks"))
        self.marks.setVisible(bool(plan))
        self._name_version()

    def _carried(self) -> list[Carriage]:
        return [cells.payload for cells in self.marks.cells.ticked()]  # type: ignore[misc]

    def _name_version(self) -> None:
        count = len(self._carried())
        words = tr("window.stories_version_carry", count=count) if count else None
        self.version.setText(words or tr("window.stories_version"))

    # -- deciding -----------------------------------------------------------------------------

    def _decide_same(self) -> None:
        self._decide(StoryKind.SAME)

    def _decide_different(self) -> None:
        self._decide(StoryKind.DIFFERENT)

    def _decide(self, kind: StoryKind) -> None:
        both = self._now()
        if both is not None:
            earlier, later = both
            if self._desk.run(stories.decide, later, earlier, kind) is not None:
                self._go_on(f"window.stories_done_{kind.value}")

    def _make_version(self) -> None:
        both = self._now()
        if both is not None:
            earlier, later = both
            if self._desk.run(stories.make_version, later, earlier, self._carried()) is not None:
                self._go_on("window.stories_done_version")

    def _now(self) -> tuple[Article, Article] | None:
        return self._articles(self._pair) if self._pair is not None else None

    def _go_on(self, sentence_id: str) -> None:
        """Say what was kept and show the next pair that waits."""
        self._desk.say(tr(sentence_id))
        at, both = self._at(), self._now()
        if both is not None:
            self._list(at, _listed(self._listed[at].pair, *both))
        after = [*range(at + 1, len(self._listed)), *range(at)]
        following = next((n for n in after if not self._listed[n].decided), at)
        self.list.selectRow(following)
        if following == at and self._pair is not None:
            self.show_pair(self._pair)

    def _at(self) -> int:
        return next((n for n, one in enumerate(self._listed) if one.pair == self._pair), 0)

    def _list(self, at: int, one: _Listed) -> None:
        self._listed[at] = one
        self.list.cells.change_row(at, one.cells)

    def _swap(self) -> None:
        both = self._now()
        if self._pair is None or both is None:
            return
        turned = Pair(self._pair.later_id, self._pair.earlier_id, self._pair.shared)
        self._list(self._at(), _listed(turned, *reversed(both)))
        self.show_pair(turned)

    def _open_later(self) -> None:
        if self._pair is not None:
            self.article_asked.emit(self._pair.later_id)

    def close_card(self) -> None:
        """Close; what is still being compared is not wanted any more."""
        for job in (self._job, self._looking):
            if job is not None:
                job.cancel()
        self._job = self._looking = None
        super().close_card()


def _look_up(project: Project, pairs: Sequence[Pair], ctx: JobContext) -> list[_Listed]:
    """Read what is listed of pairs; those that are gone are left out. Thread: a pool thread."""
    ids = list({one for pair in pairs for one in (pair.earlier_id, pair.later_id)})
    articles: dict[str, Article] = {}
    for first in range(0, len(ids), _AT_ONCE):
        ctx.check()
        found = project.find(Article, id=ids[first : first + _AT_ONCE])
        articles.update((article.id, article) for article in found)
    listed = [
        _listed(pair, articles[pair.earlier_id], articles[pair.later_id])
        for pair in pairs
        if pair.earlier_id in articles and pair.later_id in articles
    ]
    return sorted(listed, key=lambda one: bool(one.decided))


def _listed(pair: Pair, earlier: Article, later: Article) -> _Listed:
    decided, told = stories.decision(earlier, later), ""
    if decided:
        told = tr(f"window.decided.{decided}")
    elif pair.shared:
        told = tr("window.stories_shared", percent=round(100 * pair.shared))
    return _Listed(pair, decided, Cells((one_line(later.headline), told), pair))
