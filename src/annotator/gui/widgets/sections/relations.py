"""How a source relates to the others, and how many people that may make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator import i18n
from annotator.app.commands.sources import relate, unrelate
from annotator.gui.models.sourced import full_name, source_style
from annotator.gui.parts import plain_label
from annotator.gui.widgets.choices import HELP_ROLE, QuietCombo, meaning_of
from annotator.gui.widgets.links import WordsLink, cross, line_of
from annotator.gui.widgets.section import FROM_INSPECTOR, OfferBox, Section
from annotator.model.vocabulary import SourceRelationKind

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.annotations import Source, SourceRelation

#: What a person can say of a pair, as read from the source shown: kind, and whether turned round.
_SAYABLE = (
    *((kind, False) for kind in SourceRelationKind),
    (SourceRelationKind.DERIVED_FROM, True),
)


class RelationsSection(Section):
    """Say of other sources whether they may be the same person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._boxes: dict[str, QuietCombo] = {}
        self._count = plain_label(role="small", parent=self)

    def key(self, record: Source) -> object:
        """Return the relations and how the others are called."""
        data = self.data
        rows = [(r.id, o.id, full_name(data, o), source_style(o)) for r, o in self._rows(record)]
        return (rows, len(data.sources) > 1)

    def show_values(self, record: Source) -> None:
        """Show what is said of each pair, and how many people that makes."""
        for relation, _ in self._rows(record):
            box = self._boxes[relation.id]
            is_derived = relation.kind is SourceRelationKind.DERIVED_FROM
            shown = (relation.kind, is_derived and relation.second_id == record.id)
            box.setCurrentIndex(_SAYABLE.index(shown))
            box.set_unset(unset=relation.kind is SourceRelationKind.UNKNOWN)
        words, reasons = self._range(record)
        said = [i18n.tr("panels.distinct", range=words), *reasons] if words else []
        self._count.setText("\n".join(said))
        self._count.setVisible(bool(said))

    def _rows(self, source: Source) -> list[tuple[SourceRelation, Source]]:
        found: list[tuple[SourceRelation, Source]] = []
        for relation in self.data.relations.values():
            if source.id in (relation.first_id, relation.second_id):
                is_first = relation.first_id == source.id
                other = self.data.sources.get(relation.second_id if is_first else relation.first_id)
                if other is not None:
                    found.append((relation, other))
        return found

    def _range(self, source: Source) -> tuple[str, tuple[str, ...]]:
        """Return how many people this source and those it is related to may be, and why."""
        ids = [source.id, *(other.id for _, other in self._rows(source))]
        found = self.data.sourcing.range_of(ids)
        reasons = found.explain(lambda i: full_name(self.data, self.data.sources[i]))
        return (found.words(), tuple(reasons)) if len(ids) > 1 else ("", ())

    def fill(self, record: Source) -> None:
        """Make a line for each relation, the box that adds one, and the count."""
        self._boxes = {}
        for relation, other in self._rows(record):
            self._add_row(relation, other)
        self._count = plain_label(role="small", parent=self)
        self._count.setWordWrap(True)
        self.column.addWidget(self._count)
        if len(self.data.sources) > 1:
            self.column.addWidget(OfferBox(i18n.tr("panels.relate"), self._offer, self._relate))

    @property
    def is_worth_showing(self) -> bool:
        """Say whether there is another source to relate to."""
        return len(self.data.sources) > 1

    def _add_row(self, relation: SourceRelation, other: Source) -> None:
        name = full_name(self.data, other)
        box = QuietCombo()
        box.setAccessibleName(i18n.tr("panels.relation_to", name=name))
        for kind, is_turned in _SAYABLE:
            if is_turned:
                box.addItem(i18n.tr("panels.relation.origin_of"))
            else:
                box.addItem(i18n.term(kind))
                word_id = f"vocabulary.SourceRelationKind.{kind.value}"
                box.setItemData(box.count() - 1, meaning_of(word_id), HELP_ROLE)
        box.activated.connect(lambda at: self._say(other.id, *_SAYABLE[at]))
        self._boxes[relation.id] = box
        self.column.addWidget(box)
        link = WordsLink(name, dot=self.dot(source_style(other)), arrow=False)
        link.clicked.connect(lambda: self.desk.select((other.id,), origin=FROM_INSPECTOR))
        words = i18n.tr("panels.relation.drop", name=name)
        self.column.addWidget(line_of(link, cross(words, lambda: self._forget(relation.id))))

    def _say(self, other_id: str, kind: SourceRelationKind, is_turned: Any) -> None:
        source, other = self.stored, self.data.sources[other_id]
        first, second = (other, source) if is_turned else (source, other)
        self.desk.run(relate, first, second, kind)

    def _forget(self, relation_id: str) -> None:
        self.desk.run(unrelate, [self.data.relations[relation_id]])

    def _offer(self) -> list[tuple[str, object]]:
        related = {other.id for _, other in self._rows(self.record)} | {self.record.id}
        return [
            (full_name(self.data, other), other.id)
            for other in self.data.sources.values()
            if other.id not in related
        ]

    def _relate(self, other_id: str) -> None:
        other = self.data.sources.get(other_id)
        if other is not None:
            self.desk.run(relate, self.stored, other, SourceRelationKind.UNKNOWN)
