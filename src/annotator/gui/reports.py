"""Look at a report before it leaves, and write it; look at the whole project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.gui.dialogs.report_sheet import ReportSheet

if TYPE_CHECKING:
    from annotator.gui.dashboard.window import Dashboard
    from annotator.gui.shell import Shell


class Reports:
    """Open the report sheet (pages on the right, what they are made of left) and the dashboard."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._sheet: ReportSheet | None = None
        self._dashboard: Dashboard | None = None

    def preview(self) -> None:
        """Show the report of the open article."""
        self._open(whole_project=False)

    def export(self) -> None:
        """Show what can be exported; the selected articles, or all of them."""
        desk = self._shell.desk
        self._open(whole_project=desk is not None and not desk.article_id)

    def dashboard(self) -> None:
        """Show who carries the project's articles, in a window of its own."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        if self._dashboard is None or self._dashboard.desk is not desk:
            from annotator.gui.dashboard.window import Dashboard

            self._dashboard = Dashboard(desk, workspace)
            self._dashboard.articles_chosen.connect(self._keep_to)
            workspace.destroyed.connect(self._forget_dashboard)
        self._dashboard.show()
        self._dashboard.raise_()
        self._dashboard.activateWindow()

    def _keep_to(self, article_ids: tuple[str, ...], words: str) -> None:
        """Show in the library what a bar of the dashboard stands for."""
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.show_library(visible=True)
            workspace.library.show_only(article_ids, words)
            self._shell.widget.activateWindow()

    def _forget_dashboard(self) -> None:
        self._dashboard = None

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
