"""What became of an import: said in a notice, listed, tried again; what looks alike is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator import i18n
from annotator.gui.banner import Choice, Line
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from annotator.app.workflows import ImportReport
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.import_sheet import ImportSheet
    from annotator.gui.shell import Shell
    from annotator.gui.stories import Groups, Stories
    from annotator.gui.tables import Tables

#: More lines than these are in the list that the notice offers.
_SHOWN_LINES = 12


class ImportOutcome:
    """Tell of imports that are over.

    Args:
        shell: the window.
        stories: compares articles that look alike.
        tables: asks for the columns of a table.
        again: imports files once more.
    """

    def __init__(
        self,
        shell: Shell,
        stories: Stories,
        tables: Callable[[], Tables],
        again: Callable[[Sequence[Path]], object],
    ) -> None:
        self._shell = shell
        self._stories = stories
        self._tables = tables
        self._again = again
        self._sheet: ImportSheet | None = None

    def tell(self, desk: Desk, report: ImportReport, groups: Groups = ()) -> None:
        """Say what became of the files: in the status line, or where something can be done."""
        lines = self._lines(desk, report)
        alike = _count_alike(report, groups)
        sentence = _summary(report)
        if alike:
            sentence = f"{sentence} {tr('window.import_alike', count=alike)}"
        if not lines and not report.cancelled and not alike:
            self._shell.say(sentence)
            return
        self._shell.banner.show_notice(
            sentence,
            key="import",
            lines=lines,
            choices=self._choices(desk, report, groups, sentence, is_alike=bool(alike)),
            is_warning=bool(report.refused),
        )

    def _lines(self, desk: Desk, report: ImportReport) -> list[Line]:
        lines = [Line(one.name, i18n.explain(one.error)) for one in report.refused[:_SHOWN_LINES]]
        there = tr("window.already_there")
        return lines + [
            Line(one.name, there, self._open_choice(desk, one.article_id))
            for one in report.duplicates[: _SHOWN_LINES - len(lines)]
        ]

    def _open_choice(self, desk: Desk, article_id: str) -> Choice:
        return Choice(tr("window.open_it"), lambda: desk.open_article(article_id))

    def _choices(
        self, desk: Desk, report: ImportReport, groups: Groups, sentence: str, *, is_alike: bool
    ) -> list[Choice]:
        def show_list() -> None:
            self._show_list(desk, report, groups, sentence)

        choices = [Choice(tr("window.import_show_list"), show_list)]
        if is_alike:
            choices.append(Choice(tr("window.import_compare"), lambda: self._compare(desk, groups)))
        table = _table_to_map(report)
        if table is not None:
            choices.append(
                Choice(tr("window.columns_choose"), lambda: self._tables().choose(table))
            )
        if any(one.path is not None for one in report.refused):
            choices.append(Choice(tr("window.import_retry"), lambda: self._retry(report)))
        return choices

    def _retry(self, report: ImportReport) -> None:
        """Read what was refused again, as the files are now."""
        from annotator.app.import_results import paths_to_retry

        self._close_list()
        self._shell.banner.take_back("import")
        self._again(paths_to_retry(report))

    def _show_list(self, desk: Desk, report: ImportReport, groups: Groups, summary: str) -> None:
        """Show every file and what became of it."""
        from annotator.gui.dialogs.import_sheet import ImportSheet

        self._close_list()
        self._sheet = sheet = ImportSheet(desk, self._shell.widget, summary=summary)
        sheet.retry_asked.connect(lambda: self._retry(report))
        sheet.compare_asked.connect(lambda: self._compare(desk, groups))
        sheet.article_asked.connect(lambda article_id: self._open(desk, article_id))
        sheet.closed.connect(self._close_list)
        sheet.show_report(report, groups)
        sheet.open_card(sheet.table)

    def _compare(self, desk: Desk, groups: Groups) -> None:
        from annotator.gui.stories import pairs_of

        self._close_list()
        self._stories.compare(desk, pairs_of(groups))

    def _open(self, desk: Desk, article_id: str) -> None:
        self._close_list()
        desk.open_article(article_id)

    def _close_list(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()


def _summary(report: ImportReport) -> str:
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


def _count_alike(report: ImportReport, groups: Groups) -> int:
    """Return how many pairs hold an article that just came in."""
    if not groups:
        return 0
    added = {article.id for article in report.added}
    return sum(
        len(others)
        if first.article.id in added
        else sum(other.article.id in added for other in others)
        for first, *others in groups
    )


def _table_to_map(report: ImportReport) -> Path | None:
    """Return a table of which it could not be told which column holds the texts."""
    unclear = ("import-no-columns", "import-no-such-columns")
    for one in report.refused:
        if one.path is not None and one.error.message_id in unclear:
            return one.path
    return None
