"""Articles come in, are read again, and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from annotator import i18n
from annotator.app.commands import articles
from annotator.gui.banner import Choice, Line
from annotator.gui.dialogs import ask
from annotator.gui.import_run import ImportRun, Pasted
from annotator.gui.pick_list import Entry
from annotator.i18n import tr
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError, BugError, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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


class Imports:
    """Fill a project with articles, and empty it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

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
            self._shell.projects.open_own_desk()
        desk = self._shell.desk
        if desk is None:
            return
        if desk.session.project.read_only:
            error = UserError("read-only", file=desk.session.project.path.name)
            self._shell.projects.refuse(error)
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


def _delete(desk: Desk, chosen: list[Article]) -> None:
    desk.run(articles.delete_articles, chosen)
    sentence = tr("window.articles_deleted", count=len(chosen))
    desk.say(f"{sentence} {tr('window.undo_brings_back')}")
