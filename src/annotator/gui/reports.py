"""Look at a report before it leaves, and write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.dialogs.report_sheet import ReportSheet

if TYPE_CHECKING:
    from annotator.gui.shell import Shell


class Reports:
    """Open the report sheet: pages on the right, what they are made of on the left."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._sheet: ReportSheet | None = None

    def preview(self) -> None:
        """Show the report of the open article."""
        self._open(whole_project=False)

    def export(self) -> None:
        """Show what can be exported; the selected articles, or all of them."""
        desk = self._shell.desk
        self._open(whole_project=desk is not None and not desk.article_id)

    def _open(self, *, whole_project: bool) -> None:
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        self._close()
        self._sheet = ReportSheet(
            desk,
            self._shell.widget,
            article_ids=workspace.library.selected_ids(),
            whole_project=whole_project,
        )
        self._sheet.closed.connect(self._close)
        self._sheet.open_card()

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()
