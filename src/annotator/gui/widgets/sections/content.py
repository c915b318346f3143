"""What a quote or claim rests on, and what a cue introduces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QWidget

from annotator import i18n
from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import attribute, detach, nearest_sources, set_cues
from annotator.gui.models.rows import detail, one_line, quoted
from annotator.gui.models.sourced import (
    TONES,
    content_words,
    full_name,
    source_style,
)
from annotator.gui.parts import plain_label
from annotator.gui.widgets.editors import ChoiceEditor, beside
from annotator.gui.widgets.links import WordsLink, cross, line_of
from annotator.gui.widgets.plain import tip
from annotator.gui.widgets.section import FROM_INSPECTOR, OfferBox, Section
from annotator.model.annotations import Cue
from annotator.model.vocabulary import AttributionAct, CueStance

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.model.annotations import Attribution, Claim, Quote, Source


class StateSection(Section):
    """Show the words of a quote or claim and what it rests on."""

    def key(self, record: Quote | Claim) -> object:
        """Return the words and the state."""
        basis = self.data.sourcing.basis(record.id)
        return (record.spans, basis)

    def fill(self, record: Quote | Claim) -> None:
        """Make the link to the words and the line that says the state."""
        link = WordsLink(quoted(content_words(self.data, record)))
        link.clicked.connect(lambda: self.desk.reveal(self.record.spans[0]))
        self.column.addWidget(link)
        basis = self.data.sourcing.basis(record.id)
        words = [i18n.term(basis.state)]
        if basis.distinct.high > 1 or basis.distinct.is_open:
            words.append(i18n.tr("panels.distinct", range=basis.distinct.words()))
        if basis.inherited_from is not None:
            words.append(i18n.tr("panels.inherited"))
        label = self._state_label(detail(*words), TONES.get(basis.state, ""))
        data = self.data
        reasons = basis.distinct.explain(lambda i: full_name(data, data.sources[i]))
        label.setToolTip(tip("\n".join(reasons)))
        label.setAccessibleDescription(" ".join(reasons))
        self.column.addWidget(label)

    def _state_label(self, words: str, tone: str) -> QLabel:
        label = plain_label(f"● {words}" if tone else words, role="small", parent=self)
        label.setWordWrap(True)
        if tone:
            label.setStyleSheet(f"color: {self.dot(tone).name()};")
        return label


class AttributionsSection(Section):
    """Say who a quote or claim comes from, with which words, and add or drop a source."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._acts: dict[str, tuple[ChoiceEditor, ChoiceEditor]] = {}

    def key(self, record: Quote | Claim) -> object:
        """Return the attributions and how their sources and cues are called."""
        data = self.data
        rows = [(row.id, row.cue_ids) for row in data.attributions_of(record.id)]
        names = [(s.id, full_name(data, s), source_style(s)) for s in data.sources_of(record.id)]
        cues = [(cue.id, cue.spans) for cue in self.data.cues]
        return (record.spans, rows, names, cues)

    def show_values(self, record: Quote | Claim) -> None:
        """Show the acts and stances."""
        for row in self.data.attributions_of(record.id):
            if row.id in self._acts:
                act, stance = self._acts[row.id]
                act.show_value(row.act)
                stance.show_value(row.stance)

    def _set(self, row_id: str, **values: object) -> None:
        self.desk.run(set_fields, self.data.attributions[row_id], **values)

    def fill(self, record: Quote | Claim) -> None:
        """Make the lines of each attribution and the box that adds one."""
        self._acts = {}
        for row in self.data.attributions_of(record.id):
            source = self.data.sources.get(row.source_id)
            if source is not None:
                self._add_row(row, source)
        box = OfferBox(i18n.tr("panels.attribute_to"), self._offer, self._attribute)
        self.column.addWidget(box)

    def _add_row(self, row: Attribution, source: Source) -> None:
        name = full_name(self.data, source)
        link = WordsLink(name, dot=self.dot(source_style(source)), arrow=False)
        link.clicked.connect(lambda: self.desk.select((source.id,), origin=FROM_INSPECTOR))
        drop = cross(i18n.tr("panels.detach", name=name), lambda: self._detach(row.id))
        self.column.addWidget(line_of(link, drop))
        act = ChoiceEditor(i18n.tr("panels.act_of", name=name), AttributionAct)
        act.committed.connect(lambda value: self._set(row.id, act=value))
        stance = ChoiceEditor(i18n.tr("panels.stance_of", name=name), CueStance)
        stance.committed.connect(lambda value: self._set(row.id, stance=value))
        self._acts[row.id] = (act, stance)
        both = QWidget()
        both.setLayout(beside(act, stance))
        self.column.addWidget(both)
        self._add_cues(row, name)

    def _add_cues(self, row: Attribution, name: str) -> None:
        for cue_id in row.cue_ids:
            cue = self.data.marks.get(cue_id)
            if isinstance(cue, Cue):
                self.column.addWidget(self._cue_line(row, cue))
        if any(True for _ in self._free_cues(row)):
            words = i18n.tr("panels.cue.add")
            box = OfferBox(
                words,
                lambda: [(quoted(_words(cue)), cue.id) for cue in self._free_cues(row)],
                lambda cue_id: self._set_cues(row.id, (*row.cue_ids, cue_id)),
            )
            box.setAccessibleName(f"{words}, {name}")
            self.column.addWidget(box)

    def _detach(self, row_id: str) -> None:
        self.desk.run(detach, [self.data.attributions[row_id]])

    def _set_cues(self, row_id: str, cue_ids: tuple[str, ...]) -> None:
        self.desk.run(set_cues, self.data.attributions[row_id], cue_ids)

    def _cue_line(self, row: Attribution, cue: Cue) -> QWidget:
        link = WordsLink(quoted(_words(cue)), dot=self.dot("cue"))
        link.clicked.connect(lambda: self.desk.reveal(cue.spans[0]))
        rest = tuple(i for i in row.cue_ids if i != cue.id)
        name = i18n.tr("panels.cue.drop", words=_words(cue))
        return line_of(link, cross(name, lambda: self._set_cues(row.id, rest)))

    def _free_cues(self, row: Attribution) -> list[Cue]:
        """Return the cues of the content's paragraph that the attribution does not have yet."""
        content = self.data.marks[row.content_id]
        segments = self.desk.session.segments(self.desk.article_id)
        paragraph = segments.paragraph_of(content.spans[0].start)
        return [
            cue
            for cue in self.data.cues
            if cue.id not in row.cue_ids and segments.paragraph_of(cue.spans[0].start) == paragraph
        ]

    def _offer(self) -> list[tuple[str, object]]:
        nearest = self.desk.run(nearest_sources, self.record) or []
        taken = {source.id for source in self.data.sources_of(self.record.id)}
        return [(full_name(self.data, s), s.id) for s in nearest if s.id not in taken]

    def _attribute(self, source_id: str) -> None:
        source = self.data.sources.get(source_id)
        if source is not None:
            self.desk.run(attribute, [self.stored], source)


class IntroducedSection(Section):
    """Show what a cue introduces, and from whom."""

    def key(self, record: Cue) -> object:
        """Return the contents and sources that the cue links."""
        return self._lines(record)

    def fill(self, record: Cue) -> None:
        """Make a link for each content."""
        for record_id, words, style_key in self._lines(record):
            link = WordsLink(words, dot=self.dot(style_key))
            link.clicked.connect(self._jump(record_id))
            self.column.addWidget(link)

    @property
    def is_worth_showing(self) -> bool:
        """Say whether the cue introduces anything."""
        return self.record is not None and bool(self._lines(self.record))

    def _lines(self, cue: Cue) -> list[tuple[str, str, str]]:
        data = self.data
        found: list[tuple[str, str, str]] = []
        for row in data.attributions.values():
            content = data.marks.get(row.content_id)
            source = data.sources.get(row.source_id)
            if cue.id in row.cue_ids and content is not None and source is not None:
                words = quoted(content_words(data, content))  # type: ignore[arg-type]
                name = full_name(data, source)
                found.append((content.id, f"{name} {words}", str(content.mark_kind)))
        return found

    def _jump(self, record_id: str) -> Any:
        return lambda: self.desk.reveal(self.data.marks[record_id].spans[0])


def _words(cue: Cue) -> str:
    return one_line(cue.anchor.quotation)
