"""Articles come in, are read again, and go."""

from __future__ import annotations

from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from annotator.app import furniture
from annotator.app.commands import articles
from annotator.gui.banner import Choice
from annotator.gui.dialogs import ask
from annotator.gui.import_outcome import ImportOutcome
from annotator.gui.import_run import ImportRun, Pasted
from annotator.gui.pick_list import Entry
from annotator.gui.stories import Stories
from annotator.gui.turns import Turns
from annotator.i18n import tr
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError, BugError, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.jobs import JobContext
    from annotator.app.workflows import ImportReport
    from annotator.gui.bringing import Bringing
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle
    from annotator.gui.shell import Shell
    from annotator.gui.splits import Splits
    from annotator.gui.stories import Groups
    from annotator.gui.tables import Tables
    from annotator.model.span import Spans
    from annotator.store import Project

#: The character sets a person is likely to need, most likely first.
CHARSETS = (
    "utf-8",
    "cp1252",
    "iso-8859-15",
    "mac-roman",
    "cp1250",
    "cp1251",
    "cp850",
    "utf-16",
    "shift_jis",
    "gb18030",
)
_HEAD_BYTES = 4096
#: Of more files than these a job finds out which are projects: looking into them takes a while.
_LOOKED_AT = 20


class Imports:
    """Fill a project with articles, and empty it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._running: list[JobHandle] = []
        self._may_close = False
        self._stories = Stories(shell)
        self._outcome = ImportOutcome(
            shell, self._stories, lambda: self._tables, self.import_things
        )

    # Made when they are first needed: nobody waits for their modules before an import begins.

    @cached_property
    def _bringing(self) -> Bringing:
        from annotator.gui.bringing import Bringing

        return Bringing(self._shell)

    @cached_property
    def _splits(self) -> Splits:
        from annotator.gui.splits import Splits

        return Splits(self._shell, lambda path: self.import_things([path], as_format="splitter"))

    @cached_property
    def _tables(self) -> Tables:
        from annotator.gui.tables import Tables

        return Tables(self._shell, lambda path: self.import_things([path]))

    def import_files(self) -> None:
        """Ask for files and import them."""
        from annotator.importers import IMPORTERS

        patterns = sorted({f"*{suffix}" for one in IMPORTERS for suffix in one.suffixes})
        self.import_things(ask.articles_to_import(self._shell.widget, patterns))

    def import_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        folder = ask.folder_to_import(self._shell.widget)
        if folder is not None:
            self.import_things([folder])

    def paste_article(self) -> None:
        """Make an article of the text on the clipboard (its plain text, nothing else)."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._shell.say(tr("window.clipboard_empty"))
            return
        data = text.encode("utf-8", "replace")
        self.import_things([Pasted(tr("window.pasted_name"), data)])

    def import_things(
        self, things: Sequence[Path | Pasted], *, as_format: str | None = None
    ) -> None:
        """Read files, folders and pasted text; progress and result stay in the window.

        Args:
            things: what to read.
            as_format: the id of the import format, where the person chose one.
        """
        if not things:
            return
        maybe = _maybe_projects(things)
        if len(maybe) <= _LOOKED_AT:
            self._import(things, _projects_among(maybe), as_format=as_format)
            return
        self._shell.jobs.start(
            lambda _ctx: _projects_among(maybe),
            lambda projects: self._import(things, projects, as_format=as_format),
            title=tr("window.importing"),
        )

    def _import(
        self, things: Sequence[Path | Pasted], projects: Sequence[Path], *, as_format: str | None
    ) -> None:
        if projects and self._shell.desk is not None:
            # Not articles to read but articles with all their marks.
            for path in projects:
                self._bringing.project(path)
            things = [one for one in things if one not in projects]
        if not things:
            return
        if self._shell.desk is None:
            self._shell.projects.open_own_desk()
        desk = self._shell.desk
        if desk is None:
            return
        if desk.session.project.read_only:
            error = UserError("read-only", file=desk.session.project.path.name)
            self._shell.projects.refuse(error)
            return
        from annotator.gui.tables import remembered

        was_open = desk.article_id
        run = ImportRun(
            desk.session,
            things,
            lambda report: self._on_imported(desk, report, was_open),
            parent=desk,
            remembered=remembered(self._shell.settings),
            as_format=as_format,
        )
        handle = run.start(desk.jobs)
        self._running.append(handle)

        def open_first() -> None:
            # Nothing is open yet: there is something to read long before everything is in.
            if self._shell.desk is desk and not desk.article_id and run.first_id:
                desk.open_article(run.first_id)

        handle.progressed.connect(open_first)
        handle.ended.connect(lambda: self._running.remove(handle))

    def may_close(self) -> bool:
        """Say whether the window may close now; while articles come in, ask first."""
        if self._may_close or not self._running:
            return True
        self._shell.banner.show_notice(
            tr("window.import_running"),
            key="closing",
            choices=(
                Choice(tr("window.stop_and_close"), self._close_all_the_same),
                Choice(tr("window.keep_importing"), lambda: None),
            ),
            is_warning=True,
        )
        return False

    def _close_all_the_same(self) -> None:
        self._may_close = True
        self._shell.widget.close()

    def _on_imported(self, desk: Desk, report: ImportReport, was_open: str) -> None:
        """Open the first new article, list what did not come in, look for the same story."""
        if self._shell.desk is not desk:
            return
        if not report.added:
            if len(report.duplicates) == 1 and not report.refused:
                desk.open_article(report.duplicates[0].article_id)
            self._outcome.tell(desk, report)
            return

        # Nobody is taken away from an article that was turned to meanwhile.
        if desk.article_id == was_open and not desk.selection and not desk.text_selection:
            desk.open_article(report.added[0].id)

        def then(groups: Groups) -> None:
            if groups:
                self._outcome.tell(desk, report, groups)

        shown = Event()
        self._stories.look(desk, [article.id for article in report.added], then, after=shown)
        # An article and a list of lines at once are a stall, the more so beside a job.
        Turns([lambda: self._outcome.tell(desk, report), shown.set], desk)

    def show_stories(self) -> None:
        """Look through the whole project and show which articles look alike."""
        self._stories.show()

    def choose_earlier(self) -> None:
        """Ask which article the open one is a new version of."""
        self._stories.choose_earlier()

    def always_mask(self) -> None:
        """Grey lines like the selected ones in all articles of this outlet, now and later."""
        desk, workspace = self._shell.desk, self._shell.workspace
        data = desk.data if desk is not None else None
        if desk is None or workspace is None or data is None:
            return
        span = workspace.pane.view.selection()
        if span is None:
            desk.say(tr("window.select_words_first"))
            return
        article, project = data.article, desk.session.project
        keys = desk.run(furniture.remember, article, span)
        if keys is None:
            return
        desk.jobs.start(
            lambda ctx: _find_masks(project, article.outlet, keys, ctx),
            lambda masks: self._on_masks(desk, article.outlet, masks),
            title=tr("window.masking"),
            is_wanted=lambda: self._shell.desk is desk,
        )

    def _on_masks(self, desk: Desk, outlet: str, masks: dict[str, Spans]) -> None:
        if masks:
            desk.run(furniture.mask_all, masks)
        desk.say(tr("window.masked_always", count=len(masks), outlet=outlet))

    def import_table(self) -> None:
        """Ask for a table and which of its columns holds what."""
        self._tables.choose()

    def split_file(self) -> None:
        """Show how a file would be cut into articles, and import the pieces."""
        self._splits.choose()

    def bring_project(self) -> None:
        """Add what a project's JSON holds."""
        self._bringing.project()

    def bring_marks(self) -> None:
        """Add annotations made in another program."""
        self._bringing.marks()

    def bring_sheet(self) -> None:
        """Take over what somebody filled in a worksheet."""
        self._bringing.sheet()

    def toggle_reviewed(self) -> None:
        """Tick the selected articles as reviewed; all of them ticked already: take it back."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        project = desk.session.project
        found = [project.get(Article, one) for one in workspace.library.selected_ids()]
        chosen = [article for article in found if article is not None]
        reviewed = not all(article.reviewed for article in chosen)
        desk.run(articles.set_reviewed, chosen, reviewed=reviewed)

    def delete_article(self) -> None:
        """Delete the selected articles; undo brings them back with everything in them."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        project = desk.session.project
        found = [project.get(Article, one) for one in workspace.library.selected_ids()]
        chosen = [article for article in found if article is not None]
        if chosen and desk.settings.flag("confirm_delete"):
            question = tr("window.delete_articles_sure", count=len(chosen))
            workspace.pane.confirm_delete(question, lambda: _delete(desk, chosen))
        elif chosen:
            _delete(desk, chosen)

    def change_charset(self) -> None:
        """Ask for the character set of the open article and read its bytes again."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        used = desk.session.project.text(desk.article_id).charset
        entries = [
            Entry(name, name, tr("window.charset_used") if name == used.lower() else "")
            for name in CHARSETS
        ]
        workspace.pane.choose(
            tr("window.read_as"),
            entries,
            lambda name: self._reread(desk, str(name)),
            on_new=lambda name: self._reread(desk, name),
        )

    def _reread(self, desk: Desk, charset: str) -> None:
        article_id = desk.article_id
        article = desk.session.get(Article, article_id)
        data = desk.session.project.original(article_id)

        def read(_ctx: object) -> object:
            from annotator.importers.worker import ImportWorker

            with ImportWorker() as worker:
                return worker.read(data, article.file_name, charset=charset)

        desk.jobs.start(
            read,
            lambda texts: self._on_reread(desk, article, texts),
            failed=self._on_failed,
            title=tr("window.reading"),
            is_wanted=lambda: desk.article_id == article_id,
        )

    def _on_reread(self, desk: Desk, article: Article, texts: object) -> None:
        if not isinstance(texts, list) or not texts:
            return
        if len(texts) != 1:
            # The kept file holds other articles too: which one is this cannot be told.
            self._shell.projects.refuse(UserError("reread-many", name=article.file_name))
            return
        result = desk.run(articles.replace_text, article, texts[0])
        if result is not None:
            lost = len(result[1])
            words = tr("window.reread_lost", count=lost) if lost else tr("window.reread")
            desk.say(words)

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AnnotatorError) else BugError("bug", what="")
        self._shell.projects.refuse(known)


def _maybe_projects(things: Sequence[Path | Pasted]) -> list[Path]:
    """Return the files that a project handed out as JSON may be among."""
    # By their whole names: taking thousands of paths apart is a stall.
    paths = [one for one in things if not isinstance(one, Pasted)]
    return [path for path in paths if str(path).lower().endswith(".json")]


def _projects_among(paths: Sequence[Path]) -> list[Path]:
    """Return the files that are projects handed out as JSON. Thread: any."""
    return [path for path in paths if _is_project(path)]


def _is_project(path: Path) -> bool:
    from annotator.exporters.json_project import is_project_json

    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return is_project_json(stream.read(_HEAD_BYTES))
    except OSError:
        return False


def _find_masks(
    project: Project, outlet: str, keys: frozenset[str], ctx: JobContext
) -> dict[str, Spans]:
    """Look through an outlet's articles. Thread: a pool thread."""
    with project.reader() as reader:
        return furniture.find_masks(reader, outlet, keys, ctx)


def _delete(desk: Desk, chosen: list[Article]) -> None:
    desk.run(articles.delete_articles, chosen)
    sentence = tr("window.articles_deleted", count=len(chosen))
    desk.say(f"{sentence} {tr('window.undo_brings_back')}")
