"""Who speaks in the article, and how many people may that be?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.commands.fields import set_fields
from annotator.app.commands.sources import (
    add_member,
    delete_sources,
    merge_sources,
    put_in_group,
    relate,
)
from annotator.gui.models.labels import next_label
from annotator.gui.models.listing import SOURCE_MIME
from annotator.gui.models.sourced import full_name
from annotator.gui.models.sources import SourceLister
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import plain_label
from annotator.gui.widgets.plain import tip
from annotator.model.annotations import Source
from annotator.model.vocabulary import Identification, SourceRelationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine

_PAIR = 2
_SAYABLE = (
    SourceRelationKind.MAY_BE_SAME,
    SourceRelationKind.INDEPENDENT,
    SourceRelationKind.SAME_INSTITUTION,
)


class SourcesPanel(ListPanel):
    """List the sources, members under their group, with how many people they may be."""

    panel_id: ClassVar[str] = "sources"
    can_rename: ClassVar[bool] = True
    mime_type: ClassVar[str] = SOURCE_MIME

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._range = plain_label(role="small", parent=self)
        self.bar.extra.addWidget(self._range)
        self.attach()

    def make_lister(self) -> SourceLister:
        """List the sources."""
        return SourceLister(self.desk.session)

    def several_words(self, count: int) -> str:
        """Say how many sources are edited at once."""
        return i18n.tr("panels.count.sources", count=count)

    def show_inspector(self) -> None:
        """Show the fields of what is selected, and the range of distinct sources above."""
        super().show_inspector()
        data = self.desk.data
        self._range.setVisible(data is not None and len(data.sources) > 1)
        if data is not None and data.sources:
            reach = data.sourcing.distinct
            self._range.setText(i18n.tr("panels.distinct.short", range=reach.words()))
            said = i18n.tr("panels.distinct.all", range=reach.words())
            reasons = reach.explain(lambda i: full_name(data, data.sources[i]))
            self._range.setToolTip(tip("\n".join((said, *reasons))))
            self._range.setAccessibleDescription(" ".join((said, *reasons)))

    # -- renaming, deleting ---------------------------------------------------------------

    def title_of(self, record_id: str) -> str:
        """Return the label."""
        source = self.lister.record(record_id)
        return source.label if isinstance(source, Source) else ""

    def rename(self, record_id: str, words: str) -> None:
        """Store another label."""
        source = self.lister.record(record_id)
        if isinstance(source, Source):
            self.desk.run(set_fields, source, label=words)

    def delete_records(self, records: list[Any]) -> None:
        """Delete sources with the places that name them."""
        self.desk.run(delete_sources, records)

    # -- menu ---------------------------------------------------------------------------------

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer members, merging, relations, and deletion."""
        if not records:
            return ()
        lines = self._single(records[0]) if len(records) == 1 else self._several(records)
        return [*lines, None, (i18n.tr("panels.delete"), lambda: self.delete_records(records))]

    def _single(self, source: Source) -> list[MenuLine]:
        run, data = self.desk.run, self.desk.data
        assert data is not None, "there is a source, so an article is open"
        add = lambda: run(add_member, source, label=next_label(data))  # noqa: E731
        lines: list[MenuLine] = [
            (i18n.tr("panels.rename_label"), lambda: self.list.begin_rename(source.id)),
        ]
        kind = source.identification
        if kind in (Identification.UNNAMED_GROUP, Identification.UNKNOWN):
            lines.append((i18n.tr("panels.member.add"), add))
        if source.group_id is not None:
            lines.append((i18n.tr("panels.member.leave"), lambda: run(put_in_group, source, None)))
        return lines

    def _several(self, records: list[Source]) -> list[MenuLine]:
        run, data = self.desk.run, self.desk.data
        assert data is not None, "there are sources, so an article is open"
        keep = records[0]
        words = i18n.tr("panels.merge_into", name=full_name(data, keep))
        lines: list[MenuLine] = [(words, lambda: run(merge_sources, keep, records[1:]))]
        if len(records) == _PAIR:
            lines.append(None)
            for kind in _SAYABLE:
                said = i18n.tr("panels.relate_as", relation=i18n.term(kind))
                lines.append((said, lambda kind=kind: run(relate, records[0], records[1], kind)))
        return lines
