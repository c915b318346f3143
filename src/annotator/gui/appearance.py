"""How the window looks: theme, zoom, which panes are open, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

import annotator
from annotator.app.settings import settings_path
from annotator.gui.dialogs.settings_sheet import SettingsSheet
from annotator.gui.parts import Sheet, flat_button, plain_label, row
from annotator.gui.theme import wanted_theme
from annotator.i18n import tr

if TYPE_CHECKING:
    from annotator.gui.shell import Shell

_ZOOM_STEP = 1


class Appearance:
    """Change what is seen, never what is stored in the project."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._sheet: Sheet | None = None

    # -- text size ----------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Make the text larger."""
        self._zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make the text smaller."""
        self._zoom_by(-_ZOOM_STEP)

    def zoom_reset(self) -> None:
        """Show the text at its own size."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.view.set_zoom(1.0)

    def _zoom_by(self, steps: int) -> None:
        if self._shell.workspace is not None:
            self._shell.workspace.pane.view.zoom_by(steps)

    # -- panes --------------------------------------------------------------------------------

    def show_library(self) -> None:
        """Show or hide the library."""
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.show_library(visible=workspace.library.isHidden())

    def show_panels(self) -> None:
        """Show or hide the panels."""
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.show_panels(visible=workspace.panels.isHidden())

    def show_plot(self) -> None:
        """Show or hide the docked plot."""
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.show_plot(visible=not workspace.panels.is_plot_shown())

    def enlarge_plot(self) -> None:
        """Give the plot the whole window, or put it back."""
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.enlarge_plot(large=not workspace.is_plot_large())

    def full_screen(self) -> None:
        """Use the whole screen, or go back."""
        window = self._shell.widget
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- theme and settings -------------------------------------------------------------------

    def switch_theme(self) -> None:
        """Change between light and dark."""
        settings = self._shell.settings
        settings.set("theme", "light" if self._shell.theme.is_dark else "dark")
        self._shell.use_theme(wanted_theme(settings))

    def show_settings(self) -> None:
        """Open the settings; each takes effect at once."""
        shell = self._shell
        links = {"marking": (tr("actions.do.packs"), self.show_packs)}
        self._open(SettingsSheet(shell.settings, self._apply, shell.widget, links=links))

    def show_packs(self) -> None:
        """Open the language packs: what is installed, what can be."""
        from annotator.gui.dialogs.packs_sheet import PacksSheet

        sheet = PacksSheet(self._shell.jobs, self._packs_changed, self._shell.widget)
        self._open(sheet, sheet.file)

    def _packs_changed(self) -> None:
        workspace = self._shell.workspace
        if workspace is not None:
            workspace.proposals.packs_changed()

    def _apply(self, key: str) -> None:
        shell = self._shell
        if key == "language":
            self._close()
            shell.retranslate()
        elif key == "theme":
            shell.use_theme(wanted_theme(shell.settings))
        elif key == "author" and shell.desk is not None:
            shell.desk.session.author = shell.settings.text("author")
        elif key == "recent_list" and not shell.settings.flag("recent_list"):
            shell.settings.set_state("recent", "")
        elif shell.workspace is not None:
            shell.workspace.pane.apply_settings()

    def show_about(self) -> None:
        """Say which version this is and where it keeps what."""
        sheet = Sheet(self._shell.widget, size=QSize(460, 250))
        sheet.setAccessibleName(tr("actions.do.help.about"))
        title = plain_label(f"Annotator {annotator.__version__}", role="title")
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(sheet.close_card)
        sheet.column.addLayout(row(title, None, close, margins=(24, 16, 12, 8), spacing=8))
        for words in (
            tr("window.about"),
            tr("window.about_licence"),
            tr("window.about_network"),
            tr("window.about_settings", folder=str(settings_path().parent)),
        ):
            line = plain_label(words)
            line.setWordWrap(True)
            line.setContentsMargins(24, 0, 24, 8)
            sheet.column.addWidget(line)
        sheet.column.addStretch(1)
        self._open(sheet, close)

    def _open(self, sheet: Sheet, focus: object = None) -> None:
        self._close()
        self._sheet = sheet
        sheet.closed.connect(self._close)
        sheet.open_card(focus)  # type: ignore[arg-type]

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()
