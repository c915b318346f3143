"""The same story again: look for it after an import or when asked, compare, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.pick_list import Entry
from annotator.i18n import tr
from annotator.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from threading import Event

    from annotator.app.duplicates import Copy, Looked
    from annotator.app.jobs import JobContext
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.stories_sheet import Pair, StoriesSheet
    from annotator.gui.shell import Shell
    from annotator.store import Project
    from annotator.store.likeness import KeptLikeness

Groups = tuple[tuple["Copy", ...], ...]
#: Signatures written in one go: some 10 ms of the GUI thread.
_KEPT_AT_ONCE = 200
#: How often a look that waits asks whether it should stop.
_WAIT_S = 0.1
#: Articles offered when a version's earlier article is chosen.
_OFFERED = 200


class Stories:
    """Find articles that look alike, and let the person decide about each pair."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._sheet: StoriesSheet | None = None

    def show(self) -> None:
        """Look through the whole project and show what looks alike."""
        desk = self._shell.desk
        if desk is not None:
            self.look(desk, None, lambda groups: self.compare(desk, pairs_of(groups)))

    def look(
        self,
        desk: Desk,
        among: Collection[str] | None,
        then: Callable[[Groups], object],
        *,
        after: Event | None = None,
    ) -> None:
        """Look for near-duplicates off the GUI thread; ``then(groups)``.

        Args:
            desk: the open project.
            among: the articles that just came in, or ``None`` for all.
            then: called if the project is still open.
            after: the look begins when this is set: the window has something to show first.
        """
        project = desk.session.project
        wanted = None if among is None else frozenset(among)

        def work(ctx: JobContext) -> Looked:
            from annotator.app.duplicates import look

            while after is not None and not after.wait(_WAIT_S):
                ctx.check()
            with project.reader() as reader:
                looked = look(reader, ctx, among=wanted)
            if looked.fresh and not project.read_only:
                _keep(project, looked.fresh, ctx)
            return looked

        def done(looked: Looked) -> None:
            then(looked.groups)

        desk.jobs.start(
            work,
            done,
            title=tr("window.stories_looking"),
            is_wanted=lambda: self._shell.desk is desk,
        )

    def compare(self, desk: Desk, pairs: Sequence[Pair]) -> None:
        """Show pairs of articles."""
        if self._shell.desk is not desk:
            return
        if not pairs:
            self._shell.say(tr("window.stories_none"))
            return
        from annotator.gui.dialogs.stories_sheet import StoriesSheet

        self._close()
        self._sheet = StoriesSheet(desk, self._shell.widget)
        self._sheet.closed.connect(self._close)
        self._sheet.article_asked.connect(lambda article_id: self._open(desk, article_id))
        self._sheet.show_pairs(pairs)
        self._sheet.open_card(self._sheet.list)

    def _open(self, desk: Desk, article_id: str) -> None:
        self._close()
        desk.open_article(article_id)

    def choose_earlier(self) -> None:
        """Ask which article the open one is a new version of."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        from annotator.gui.dialogs.stories_sheet import Pair
        from annotator.store import ArticleQuery

        later = desk.article_id
        page = desk.session.project.articles(ArticleQuery(limit=_OFFERED))
        entries = [
            Entry(r.headline, r.id, r.outlet or r.agency) for r in page.rows if r.id != later
        ]
        article = desk.session.project.get(Article, later)
        known = article.previous_id if article is not None else None
        entries.sort(key=lambda entry: entry.payload != known)
        if not entries:
            self._shell.say(tr("window.version_none"))
            return
        workspace.pane.choose(
            tr("window.version_of"),
            entries,
            lambda earlier: self.compare(desk, [Pair(str(earlier), later)]),
        )

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()


def pairs_of(groups: Groups) -> list[Pair]:
    """Return each article of a group with the group's first."""
    from annotator.gui.dialogs.stories_sheet import Pair

    return [
        Pair(first.article.id, other.article.id, other.shared)
        for first, *others in groups
        for other in others
    ]


def _keep(project: Project, fresh: Sequence[KeptLikeness], ctx: JobContext) -> None:
    """Store what was computed, a handful at a time: others write too. Thread: a pool thread."""
    with project.writer() as writer:
        for first in range(0, len(fresh), _KEPT_AT_ONCE):
            ctx.check()
            writer.keep_likenesses(fresh[first : first + _KEPT_AT_ONCE])
