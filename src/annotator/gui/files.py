"""Projects and articles come and go: new, open, import, paste, back up, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtGui import QGuiApplication

from annotator import i18n
from annotator.app.commands import articles
from annotator.app.session import Session
from annotator.app.workflows import SUFFIX, make_demo
from annotator.gui.banner import Choice, Line
from annotator.gui.dialogs import ask
from annotator.gui.import_run import ImportRun, Pasted
from annotator.gui.pick_list import Entry
from annotator.gui.steps import step_name
from annotator.i18n import tr
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError, BugError, UserError
from annotator.store import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.workflows import ImportReport
    from annotator.gui.desk import Desk
    from annotator.gui.shell import Shell

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
_SHOWN_LINES = 200


def private_folder() -> Path:
    """Return where projects go that nobody chose a place for; only this person may read it."""
    return platformdirs.user_data_path("annotator") / "projects"


class Files:
    """Open, close and fill projects."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    # -- projects -----------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask where a new project goes and make it."""
        path = ask.project_to_make(self._shell.widget)
        if path is not None:
            self._open(lambda: Project.create(path))

    def open_project(self) -> None:
        """Ask for a project and open it."""
        path = ask.project_to_open(self._shell.widget)
        if path is not None:
            self.open_path(path)

    def open_sample(self) -> None:
        """Open the sample project, making it the first time."""
        try:
            path = make_demo(private_folder(), name=tr("window.sample_name"))
        except AnnotatorError as error:
            self._refuse(error)
        else:
            self.open_path(path)

    def open_own_desk(self) -> None:
        """Open the project for articles that nobody made a project for."""
        folder = private_folder()
        path = folder / f"{tr('window.own_desk')}{SUFFIX}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open(lambda: Project.open(path) if path.exists() else Project.create(path))

    def open_path(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a project file; what stands in the way is said in words."""
        return self._open(lambda: Project.open(path, read_only=read_only), path)

    def _open(self, get: Callable[[], Project], path: Path | None = None) -> bool:
        shell = self._shell
        desk = shell.desk
        if desk is not None and path is not None and _same(desk.session.project.path, path):
            return True
        try:
            project = get()
        except AnnotatorError as error:
            self._refuse(error, path)
            return False
        shell.banner.take_back("open")
        shell.open_session(Session(project, author=shell.settings.text("author")))
        self._remember(project.path)
        self._tell_state(project)
        return True

    def _refuse(self, error: AnnotatorError, path: Path | None = None) -> None:
        choices: list[Choice] = []
        if path is not None and error.message_id in ("project-in-use", "project-not-writable"):
            read = Choice(tr("window.open_to_read"), lambda: self.open_path(path, read_only=True))
            choices.append(read)
        self._shell.banner.show_notice(
            i18n.explain(error), key="open", choices=choices, is_warning=True
        )

    def _tell_state(self, project: Project) -> None:
        """Say what a person should know before the first key: read-only, not closed last time."""
        if project.read_only:
            self._shell.banner.show_notice(tr("window.read_only"), key="state")
            return
        last = project.last_action
        if project.was_interrupted:
            sentence = tr("window.interrupted")
            if last is not None:
                step = step_name(last.label, last.label_values)
                sentence = tr("window.interrupted_after", step=step, time=last.made_at[11:16])
            self._shell.banner.show_notice(sentence, key="state")
        unplaced = len(project.unplaced())
        if unplaced:
            self._shell.banner.show_notice(
                tr("window.unplaced", count=unplaced), key="unplaced", is_warning=True
            )

    def _remember(self, path: Path) -> None:
        settings = self._shell.settings
        if settings.flag("recent_list"):
            known = [name for name in settings.state("recent").split("\n") if name]
            names = [str(path), *(name for name in known if name != str(path))][:8]
            settings.set_state("recent", "\n".join(names))
        else:
            settings.set_state("recent", "")

    def recent(self) -> list[Path]:
        """Return the projects opened lately that are still there, if the person wants a list."""
        if not self._shell.settings.flag("recent_list"):
            return []
        names = self._shell.settings.state("recent").split("\n")
        return [Path(name) for name in names if name and Path(name).is_file()]

    def close_project(self) -> None:
        """Close the project and go back to the first page."""
        self._shell.close_session()

    def quit(self) -> None:
        """Close the window."""
        self._shell.widget.close()

    # -- articles -----------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or named on the command line: a project, or articles."""
        projects = [path for path in paths if path.suffix == SUFFIX]
        others = [path for path in paths if path.suffix != SUFFIX]
        if projects and not self.open_path(projects[0]):
            return
        if others:
            self.import_things(others)

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

    def import_things(self, things: Sequence[Path | Pasted]) -> None:
        """Read files, folders and pasted text; progress and result stay in the window."""
        if not things:
            return
        if self._shell.desk is None:
            self.open_own_desk()
        desk = self._shell.desk
        if desk is None:
            return
        if desk.session.project.read_only:
            self._refuse(UserError("read-only", file=desk.session.project.path.name))
            return
        run = ImportRun(
            desk.session, things, lambda report: self._on_imported(desk, report), parent=desk
        )
        run.start(desk.jobs)

    def _on_imported(self, desk: Desk, report: ImportReport) -> None:
        """Open the first new article and list what did not come in."""
        if self._shell.desk is not desk:
            return
        lines = [
            Line(one.name, tr("window.already_there"), self._open_choice(desk, one.article_id))
            for one in report.duplicates
        ]
        lines += [Line(one.name, i18n.explain(one.error)) for one in report.refused]
        if report.added:
            desk.open_article(report.added[0].id)
        elif len(report.duplicates) == 1 and not report.refused:
            desk.open_article(report.duplicates[0].article_id)
        sentence = self._summary(report)
        if lines or report.cancelled:
            self._shell.banner.show_notice(
                sentence, key="import", lines=lines[:_SHOWN_LINES], is_warning=bool(report.refused)
            )
        else:
            self._shell.say(sentence)

    def _open_choice(self, desk: Desk, article_id: str) -> Choice:
        return Choice(tr("window.open_it"), lambda: desk.open_article(article_id))

    def _summary(self, report: ImportReport) -> str:
        parts = [
            tr(f"window.import_{name}", count=len(rows))
            for name, rows in (
                ("added", report.added),
                ("duplicates", report.duplicates),
                ("refused", report.refused),
            )
            if rows
        ]
        if report.cancelled:
            parts.append(tr("window.import_stopped"))
        return " ".join(parts) or tr("window.import_nothing")

    def delete_article(self) -> None:
        """Delete the selected articles; undo brings them back with everything in them."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        project = desk.session.project
        found = [project.get(Article, one) for one in workspace.library.selected_ids()]
        chosen = [article for article in found if article is not None]
        if chosen:
            desk.run(articles.delete_articles, chosen)
            sentence = tr("window.articles_deleted", count=len(chosen))
            desk.say(f"{sentence} {tr('window.undo_brings_back')}")

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
        result = desk.run(articles.replace_text, article, texts[0])
        if result is not None:
            lost = len(result[1])
            words = tr("window.reread_lost", count=lost) if lost else tr("window.reread")
            desk.say(words)

    # -- keeping ------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Write a verified copy beside the project, now."""
        desk = self._shell.desk
        if desk is not None:
            path = desk.run(lambda session: session.project.backup())
            if path is not None:
                desk.say(tr("window.backed_up", file=path.name))

    def check(self) -> None:
        """Verify the whole file on a reader of its own, in the background."""
        desk = self._shell.desk
        if desk is None:
            return
        project = desk.session.project

        def look(ctx: object) -> object:
            with project.reader() as reader:
                return reader.check(ctx.progress)  # type: ignore[attr-defined]

        desk.jobs.start(look, self._on_checked, failed=self._on_failed, title=tr("window.checking"))

    def _on_checked(self, report: object) -> None:
        problems: Sequence[object] = getattr(report, "problems", ())
        if not problems:
            self._shell.say(tr("window.check_ok"))
            return
        lines = [Line("", str(problem)) for problem in problems[:_SHOWN_LINES]]
        self._shell.banner.show_notice(
            tr("window.check_problems", count=len(problems)),
            key="check",
            lines=lines,
            is_warning=True,
        )

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AnnotatorError) else BugError("bug", what="")
        self._refuse(known)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
