"""Where an actor is mentioned, here and in other articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from annotator import i18n
from annotator.app.commands.actors import assign_mention, split_actor
from annotator.app.commands.marks import delete_marks
from annotator.gui.models.listing import ListingModel
from annotator.gui.models.mentions import MentionLister
from annotator.gui.parts import plain_label
from annotator.gui.widgets.links import command, line_of
from annotator.gui.widgets.list_view import ListView
from annotator.gui.widgets.plain import caption
from annotator.gui.widgets.section import FROM_INSPECTOR, Section

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from annotator.gui.desk import Desk
    from annotator.model.annotations import Actor, Mention

_HIGHEST_PX = 260
_OFFERED = 8


class MentionsSection(Section):
    """List an actor's mentions; jump to one, split some off, or give them to another actor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lister = MentionLister(desk.session)
        self.model = ListingModel(self.lister, self)
        self.list = ListView(self.model, desk.theme, self)
        self.list.setAccessibleName(i18n.tr("panels.part.mentions"))
        self.list.setDragEnabled(False)
        self.list.set_empty_words(i18n.tr("panels.empty.mentions"))
        self._count = plain_label(role="small", parent=self)
        self._split = command("panels.mention.split", self._split_off)
        self.column.addWidget(self.list)
        self.column.addWidget(line_of(self._count, self._split))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._jump)
        self.list.menu_asked.connect(self._show_menu)
        self.list.delete_asked.connect(self._delete)
        desk.theme_changed.connect(self.list.set_theme)

    def load(self, record: Actor) -> None:
        """Show the mentions of an actor; the list itself sees to what is new."""
        self.record = record
        selected = self.list.selected_ids()
        self.lister.actor_id = record.id
        self.model.load(self.desk.data)
        self.list.select_ids(selected)
        height = min(max(self.list.content_height(), 40), _HIGHEST_PX)
        self.list.setFixedHeight(height)
        self._count.setText(i18n.tr("panels.mention.count", count=self.model.total))
        self._offer_split()

    def _mentions(self) -> list[Mention]:
        found = (self.lister.record(i) for i in self.list.selected_ids())
        return [mention for mention in found if mention is not None]

    def _on_chosen(self, ids: list[str]) -> None:
        self._offer_split()
        if len(ids) == 1:
            self._jump(ids[0])

    def _offer_split(self) -> None:
        """Offer to split some of the mentions off, not all of them."""
        self._split.setVisible(0 < len(self.list.selected_ids()) < self.model.total)

    def _jump(self, mention_id: str) -> None:
        """Show a mention in its article, which opens if need be."""
        mention = self.lister.record(mention_id)
        if mention is not None:
            actor_id = self.record.id
            self.desk.open_article(mention.article_id, mention.spans[0])
            # Another article begins with nothing selected; the walk goes on with this actor.
            self.desk.select((actor_id,), origin=FROM_INSPECTOR)

    def _split_off(self) -> None:
        mentions = self._mentions()
        if mentions:
            name = mentions[0].anchor.quotation
            fresh = self.desk.run(split_actor, self.stored, mentions, name)
            if fresh is not None:
                self.desk.select((fresh.id,), origin=FROM_INSPECTOR)

    def _delete(self) -> None:
        if mentions := self._mentions():
            self.desk.run(delete_marks, mentions)

    def _show_menu(self, at: QPoint) -> None:
        mentions = self._mentions()
        if not mentions:
            return
        menu = QMenu(self)
        menu.setAccessibleName(i18n.tr("panels.part.mentions"))
        menu.addAction(i18n.tr("panels.mention.split")).triggered.connect(self._split_off)
        others = menu.addMenu(i18n.tr("panels.mention.means"))
        words = mentions[0].anchor.quotation
        for actor in self.desk.session.actors.starting_with(words[:1], _OFFERED):
            if actor.id != self.record.id:
                action = others.addAction(caption(actor.name))
                action.triggered.connect(self._giver(mentions[0], actor.id))
        others.setEnabled(not others.isEmpty())
        menu.addAction(i18n.tr("panels.delete")).triggered.connect(self._delete)
        menu.popup(at)

    def _giver(self, mention: Mention, actor_id: str) -> Any:
        return lambda: self.desk.run(assign_mention, mention, actor_id)
