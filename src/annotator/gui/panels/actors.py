"""Who is in the article, and in the other articles, under which names?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.actors import add_actor, delete_actors, merge_actors, rename_actor
from annotator.gui.models.actors import ActorLister
from annotator.gui.models.rows import one_line
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import flat_button, row
from annotator.gui.widgets.links import command
from annotator.gui.widgets.mention_preview import MentionPreview
from annotator.model.annotations import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.desk import Desk, Selection
    from annotator.gui.panels.base import MenuLine


class ActorsPanel(ListPanel):
    """List actors; mark every mention of one, merge two, split one by its mentions."""

    panel_id: ClassVar[str] = "actors"
    can_rename: ClassVar[bool] = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.scope = flat_button(i18n.tr("panels.scope.project"), role="second")
        self.scope.setCheckable(True)
        self.scope.setToolTip(i18n.tr("panels.scope.help"))
        self.scope.toggled.connect(self._on_scope)
        self.bar.extra.addWidget(self.scope)
        self._every = command("panels.found.open", self.mark_every)
        self.column.addLayout(row(self._every, None, margins=(14, 4, 14, 8), spacing=0))
        self.preview = MentionPreview(desk, self)
        self.preview.hide()
        self.preview.closed.connect(self.show_inspector)
        self.splitter.addWidget(self.preview)
        self.attach()

    def make_lister(self) -> ActorLister:
        """List the actors."""
        return ActorLister(self.desk.session)

    def several_words(self, count: int) -> str:
        """Say how many actors are edited at once."""
        return i18n.tr("panels.count.actors", count=count)

    def _on_scope(self, is_project: bool) -> None:  # noqa: FBT001 - Qt's signal
        lister = self.lister
        assert isinstance(lister, ActorLister), "this panel made it"
        lister.is_project = is_project
        selected = self.list.selected_ids()
        self.model.load(self.desk.data)
        self.list.select_ids(selected)
        self._after_load()

    def _after_load(self) -> None:
        super()._after_load()
        # The switch to the whole project must be there even when the article has no actor.
        self.bar.setVisible(True)

    def _say_empty(self) -> None:
        if self.scope.isChecked() and not self.model.total:
            self.list.set_empty_words(i18n.tr("panels.empty.project_actors"))
        else:
            super()._say_empty()

    # -- preview ------------------------------------------------------------------------------

    def show_inspector(self) -> None:
        """Show the fields, unless a preview is open."""
        super().show_inspector()
        records = self.records()
        is_previewing = self.preview.isVisibleTo(self)
        self.inspector.setVisible(self.inspector.isVisibleTo(self) and not is_previewing)
        self._every.setVisible(len(records) == 1 and not is_previewing)

    def mark_every(self) -> None:
        """Look for the unmarked places of the selected actor's names."""
        records = self.records()
        if len(records) == 1 and isinstance(records[0], Actor):
            self.preview.open_for(records[0])
            self.show_inspector()
            height = self.splitter.height()
            self.splitter.setSizes([height // 3, 0, height - height // 3])

    def on_selection(self, selection: Selection) -> None:
        """Follow the selection; a preview of another actor is given up."""
        if self.preview.isVisibleTo(self) and selection.origin != self.panel_id:
            return
        super().on_selection(selection)

    def _on_chosen(self, ids: list[str]) -> None:
        if self.preview.isVisibleTo(self):
            self.preview.close_preview()
        super()._on_chosen(ids)

    # -- menu, renaming, deleting -------------------------------------------------------------

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer marking, merging and deletion."""
        run = self.desk.run
        if not records:
            return [(i18n.tr("panels.actor.add"), self._add)]
        lines: list[MenuLine] = []
        if len(records) == 1:
            actor = records[0]
            lines = [
                (i18n.tr("panels.found.open"), self.mark_every),
                (i18n.tr("panels.rename"), lambda: self.list.begin_rename(actor.id)),
            ]
        else:
            keep = records[0]
            words = i18n.tr("panels.merge_into", name=one_line(keep.name))
            lines = [(words, lambda: run(merge_actors, keep, records[1:]))]
        delete = (i18n.tr("panels.actor.delete"), lambda: self.delete_records(records))
        return [*lines, (i18n.tr("panels.actor.add"), self._add), None, delete]

    def _add(self) -> None:
        """Add an actor named by the selected words, else by a name to be changed at once."""
        span, data = self.desk.text_selection, self.desk.data
        words = span.slice(data.text) if span is not None and data is not None else ""
        name = one_line(words) or i18n.tr("panels.actor.new_name")
        actor = self.desk.run(add_actor, name)
        if actor is not None:
            # An actor without mentions is in no article: show it where it is listed.
            self.scope.setChecked(True)
            self.list.select_ids([actor.id])
            self._on_chosen([actor.id])
            self.list.begin_rename(actor.id)

    def title_of(self, record_id: str) -> str:
        """Return the name."""
        actor = self.lister.record(record_id)
        return actor.name if isinstance(actor, Actor) else ""

    def rename(self, record_id: str, words: str) -> None:
        """Store another name; the old one stays as an alias."""
        actor = self.lister.record(record_id)
        if isinstance(actor, Actor):
            self.desk.run(rename_actor, actor, words)

    def delete_records(self, records: list[Any]) -> None:
        """Delete actors with their mentions."""
        self.desk.run(delete_actors, records)
