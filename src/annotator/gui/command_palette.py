"""Ctrl+K: everything by a few letters - commands, articles, actors, words in the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal

from annotator.gui.actions import ACTIONS
from annotator.gui.fuzzy import match, with_hits
from annotator.gui.parts import Card
from annotator.gui.pick_list import Entry, PickList
from annotator.gui.top_line import keys_of
from annotator.gui.typeset import HIT_ENDS, HIT_STARTS
from annotator.i18n import term, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from annotator.gui.actions import Action
    from annotator.gui.desk import Desk
    from annotator.gui.theme import Theme

_WIDTH, _TOP = 640, 7
#: Searching the project waits for a pause in typing; commands are matched at once.
_PAUSE_MS = 120
_MAX_ACTIONS, _MAX_ARTICLES, _MAX_ACTORS = 6, 6, 4
#: Scattered letters that fit worse than this are chance.
_GOOD = 3.0


class CommandPalette(Card):
    """Offer what fits the typed words; Enter does it.

    ``search_asked(words)`` is for the library, ``find_asked(words)`` for the open article.

    Args:
        theme: its colours.
        actions: the window's actions by id.
        desk: the open project, if there is one.
        parent: the window.
    """

    search_asked = Signal(str)
    find_asked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        actions: Mapping[str, QAction],
        desk: Desk | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._desk = desk
        self.setAccessibleName(tr("window.palette"))
        self.pick = PickList(
            theme, name=tr("window.palette"), placeholder=tr("window.search_or_command")
        )
        self.column.addWidget(self.pick, 1)
        self.pick.typed.connect(self._on_typed)
        self.pick.picked.connect(self._on_picked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search_project)

    def ask(self) -> None:
        """Open with nothing typed: all commands that make sense now, as a list to read."""
        self.pick.clear()
        self.pick.set_entries(self._commands("", len(ACTIONS)))
        self.open_card(self.pick.field)

    def place(self) -> None:
        """Stand over the search field."""
        room = self.over.rect()
        width = min(_WIDTH, room.width() - 16)
        height = min(self.pick.wanted_height() + 2, room.height() - 2 * _TOP)
        self.setGeometry(QRect((room.width() - width) // 2, _TOP, width, height))

    # -- entries ------------------------------------------------------------------------------

    def _on_typed(self, words: str) -> None:
        self._pause.stop()
        commands = self._commands(words, _MAX_ACTIONS if words.strip() else len(ACTIONS))
        if words.strip() and not words.startswith(">") and self._desk is not None:
            commands += self._elsewhere(words.strip())
            self._pause.start()
        self.pick.set_entries(commands)
        self.place()

    def _search_project(self) -> None:
        """Add what the project holds to what is shown."""
        words = self.pick.field.text().strip()
        if self._desk is None or not words:
            return
        self.pick.set_entries(
            [
                *self._commands(words, _MAX_ACTIONS),
                *self._articles(words),
                *self._actors(words),
                *self._elsewhere(words),
            ]
        )
        self.place()

    def _commands(self, words: str, limit: int) -> list[Entry]:
        wanted = words.lstrip("> ")
        found: list[tuple[float, Action, str]] = []
        for action in ACTIONS:
            if not (action.in_palette and self._actions[action.id].isEnabled()):
                continue
            text = tr(action.text_id)
            fit = match(wanted, text)
            if fit is not None and (not wanted or fit.score >= _GOOD):
                shown = with_hits(text, fit.places, HIT_STARTS, HIT_ENDS)
                found.append((fit.score if wanted else 0.0, action, shown))
        found.sort(key=lambda item: -item[0])
        return [
            Entry(
                shown,
                action,
                keys=keys_of(self._actions[action.id].shortcut()),
                section=tr("window.commands")
                if wanted
                else tr(f"actions.menu.{action.menu or 'view'}"),
            )
            for _score, action, shown in found[:limit]
        ]

    def _articles(self, words: str) -> list[Entry]:
        from annotator.store import ArticleQuery

        assert self._desk is not None
        query = ArticleQuery(search=words, limit=_MAX_ARTICLES)
        page = self._desk.session.project.articles(query)
        return [
            Entry(
                row.headline,
                ("article", row.id),
                row.snippet,
                section=tr("window.articles_caption"),
            )
            for row in page.rows
        ]

    def _actors(self, words: str) -> list[Entry]:
        assert self._desk is not None
        colour = self._desk.theme.mark_style("actor").colour
        return [
            Entry(
                actor.name,
                ("actor", actor.id),
                term(actor.kind),
                section=tr("window.actors_caption"),
                colour=colour,
            )
            for actor in self._desk.session.actors.starting_with(words, _MAX_ACTORS)
        ]

    def _elsewhere(self, words: str) -> list[Entry]:
        section = tr("window.search_caption")
        found: list[Entry] = []
        if self._desk is not None and self._desk.article_id:
            text = tr("window.find_here", words=words)
            found.append(Entry(text, ("find", words), section=section))
        text = tr("window.find_everywhere", words=words)
        return [*found, Entry(text, ("search", words), section=section)]

    # -- picking ------------------------------------------------------------------------------

    def _on_picked(self, payload: object) -> None:
        self._pause.stop()
        words = self.pick.field.text().strip()
        self.close_card()
        if isinstance(payload, tuple):
            kind, value = payload
            self._go(kind, value, words)
        else:
            self._actions[payload.id].trigger()  # type: ignore[attr-defined]

    def _go(self, kind: str, value: str, words: str) -> None:
        if kind == "search":
            self.search_asked.emit(value)
        elif kind == "find":
            self.find_asked.emit(value)
        elif self._desk is not None and kind == "article":
            self._desk.open_article(value)
            self.find_asked.emit(words)
        elif self._desk is not None:
            self._show_actor(value)

    def _show_actor(self, actor_id: str) -> None:
        """Open the first article that mentions the actor, and select the actor."""
        assert self._desk is not None
        data = self._desk.data
        if data is None or actor_id not in data.actors:
            mentions = self._desk.session.project.mentions_of(actor_id, limit=1)
            if mentions:
                self._desk.open_article(mentions[0].article_id, mentions[0].spans[0])
        self._desk.select([actor_id], origin="palette")
