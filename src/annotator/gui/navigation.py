"""Move about: articles, marks, hits, panes, the palette and the keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.command_palette import CommandPalette
from annotator.gui.keys_overlay import KeysOverlay
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from annotator.gui.shell import Shell
    from annotator.model.annotations import Mark

#: A line of the menu of marks is no longer than this.
_MENU_LETTERS = 48


class Navigation:
    """Go places; nothing here changes data."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.palette: CommandPalette | None = None
        self._keys: KeysOverlay | None = None

    # -- articles and panes -------------------------------------------------------------------

    def next_article(self) -> None:
        """Open the next article of the library."""
        if self._shell.workspace is not None:
            self._shell.workspace.library.step(1)

    def previous_article(self) -> None:
        """Open the article before."""
        if self._shell.workspace is not None:
            self._shell.workspace.library.step(-1)

    def focus_text(self) -> None:
        """Give the keyboard to the text."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.view.setFocus()

    def focus_inspector(self) -> None:
        """Give the keyboard to the fields of what is selected."""
        if self._shell.workspace is not None:
            self._shell.workspace.panels.focus_inspector()

    def show_panel(self, panel_id: str) -> None:
        """Bring a panel to the front and give it the keyboard."""
        workspace = self._shell.workspace
        if workspace is not None and panel_id in workspace.panels.ids():
            workspace.show_panels(visible=True)
            workspace.panels.show_panel(panel_id)
            workspace.panels.main_focus().setFocus()

    def next_pane(self) -> None:
        """Give the keyboard to the library, the text and the panels in turn."""
        workspace = self._shell.workspace
        if workspace is None:
            return
        panes: list[tuple[QWidget, QWidget]] = [
            (workspace.library, workspace.library.list),
            (workspace.pane, workspace.pane.view),
            (workspace.panels, workspace.panels.main_focus()),
        ]
        focus = self._shell.widget.focusWidget()
        here = next(
            (n for n, (pane, _) in enumerate(panes) if focus and pane.isAncestorOf(focus)), 0
        )
        for step in range(1, len(panes) + 1):
            pane, target = panes[(here + step) % len(panes)]
            if pane.isVisible():
                target.setFocus()
                return

    # -- marks --------------------------------------------------------------------------------

    def next_mark(self) -> None:
        """Select the next mark after the caret."""
        self._step(1)

    def previous_mark(self) -> None:
        """Select the mark before the caret."""
        self._step(-1)

    def _step(self, by: int) -> None:
        desk, workspace = self._shell.desk, self._shell.workspace
        data = desk.data if desk is not None else None
        if desk is None or workspace is None or data is None:
            return
        marks = sorted(data.marks.values(), key=lambda m: (m.spans[0], m.id))
        if not marks:
            desk.say(tr("window.no_marks"))
            return
        chosen = set(desk.selection.ids)
        here = next((n for n, mark in enumerate(marks) if mark.id in chosen), None)
        if here is None:
            after = [n for n, mark in enumerate(marks) if mark.spans[0].start >= desk.caret]
            here = (after[0] if after else len(marks)) - (1 if by > 0 else 0)
        self._show(marks[(here + by) % len(marks)])

    def cycle_marks(self) -> None:
        """Select the next of the marks that overlap under the caret."""
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is None or workspace is None:
            return
        ids = workspace.pane.marks_at_caret()
        if not ids:
            desk.say(tr("window.no_mark_here"))
            return
        chosen = next((n for n, one in enumerate(ids) if one in desk.selection.ids), -1)
        desk.select([ids[(chosen + 1) % len(ids)]], origin="keys")

    def marks_here(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the menu says of the words under the caret.

        The decisions about the proposal in focus, and a line for each of several marks and
        proposals that overlap here: what it is, its words.
        """
        desk, workspace = self._shell.desk, self._shell.workspace
        data = desk.data if desk is not None else None
        if desk is None or workspace is None or data is None:
            return []
        lines = list(workspace.reviewing.menu_lines())
        ids = workspace.pane.marks_at_caret()
        found = [(i, m.mark_kind, m.anchor.quotation) for i in ids if (m := data.marks.get(i))]
        found += [(i, s.kind, s.quotation) for i in ids if (s := data.suggestions.get(i))]
        if len(found) < 2:
            return lines
        return lines + [
            (
                tr("window.mark_line", kind=term(kind), words=_shortened(words)),
                partial(desk.select, [record_id], origin="keys"),
            )
            for record_id, kind, words in found
        ]

    def _show(self, mark: Mark) -> None:
        desk, workspace = self._shell.desk, self._shell.workspace
        if desk is not None and workspace is not None:
            workspace.pane.view.set_caret(mark.spans[0].start)
            desk.select([mark.id], origin="keys")
            desk.reveal(mark.spans[0])

    # -- searching ----------------------------------------------------------------------------

    def find(self) -> None:
        """Open the find line with the selected words."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.ask_words()

    def find_words(self, words: str) -> None:
        """Show the hits of some words in the open article."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.ask_words(words)

    def next_hit(self) -> None:
        """Go to the next hit."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.step_hit(1)

    def previous_hit(self) -> None:
        """Go to the hit before."""
        if self._shell.workspace is not None:
            self._shell.workspace.pane.step_hit(-1)

    def search(self) -> None:
        """Go to the library's search field."""
        if self._shell.workspace is not None:
            self._shell.workspace.show_library(visible=True)
            self._shell.workspace.library.search.setFocus()
            self._shell.workspace.library.search.selectAll()

    def search_words(self, words: str) -> None:
        """Show the articles that hold some words."""
        if self._shell.workspace is not None:
            self._shell.workspace.show_library(visible=True)
            self._shell.workspace.library.search_for(words)

    def show_palette(self) -> None:
        """Open the palette; it is made anew each time, for the project that is open now."""
        self._drop_palette()
        shell = self._shell
        actions = shell.actions_by_id.by_id
        self.palette = palette = CommandPalette(shell.theme, actions, shell.desk, shell.widget)
        palette.search_asked.connect(self.search_words)
        palette.find_asked.connect(self.find_words)
        palette.closed.connect(self._drop_palette)
        palette.ask()

    def _drop_palette(self) -> None:
        palette, self.palette = self.palette, None
        if palette is not None:
            palette.hide()
            palette.deleteLater()

    def show_keys(self) -> None:
        """Show every key there is."""
        if self._keys is None:
            self._keys = KeysOverlay(self._shell.widget)
            self._keys.closed.connect(self._drop_keys)
            self._keys.open_card(self._keys.area)
        else:
            self._keys.close_card()

    def _drop_keys(self) -> None:
        if self._keys is not None:
            self._keys.deleteLater()
            self._keys = None


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MENU_LETTERS else words[:_MENU_LETTERS].rstrip() + "…"
