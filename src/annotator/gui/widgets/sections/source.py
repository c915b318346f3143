"""What rests on a source, who the members of a group are, and where a source is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator import i18n
from annotator.app.commands.fields import set_fields
from annotator.app.commands.links import detach
from annotator.app.commands.sources import (
    add_member,
    join_mention,
    put_in_group,
    split_source,
)
from annotator.gui.models.labels import next_label
from annotator.gui.models.places import place
from annotator.gui.models.rows import one_line, quoted
from annotator.gui.models.sourced import (
    content_words,
    full_name,
    own_words,
    source_style,
)
from annotator.gui.parts import plain_label
from annotator.gui.widgets.editors import LineEditor
from annotator.gui.widgets.links import WordsLink, command, cross, line_of
from annotator.gui.widgets.section import FROM_INSPECTOR, Section, more_button
from annotator.model.vocabulary import Identification

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.desk import Desk
    from annotator.model.annotations import Claim, Quote, Source, SourceMention


class ContentsSection(Section):
    """List the quotes and claims that rest on a source."""

    def key(self, record: Source) -> object:
        """Return the contents and their attributions."""
        data = self.data
        words = [(c.id, content_words(data, c)) for c in data.content_of(record.id)]
        return (words, data.attributions_to(record.id))

    def fill(self, record: Source) -> None:
        """Make a link and a cross for each content."""
        contents = self.data.content_of(record.id)
        for content in contents:
            self.column.addWidget(self._line(content))
        if not contents:
            hint = plain_label(i18n.tr("panels.empty.contents"), role="small", parent=self)
            hint.setWordWrap(True)
            self.column.addWidget(hint)

    def _line(self, content: Quote | Claim) -> Any:
        words = content_words(self.data, content)
        link = WordsLink(quoted(words), dot=self.dot(str(content.mark_kind)))
        link.clicked.connect(self._jump(content))
        rows = [a for a in self.data.attributions_of(content.id) if a.source_id == self.record.id]
        drop = cross(
            i18n.tr("panels.detach_content", words=words), lambda: self.desk.run(detach, rows)
        )
        return line_of(link, drop)

    def _jump(self, content: Quote | Claim) -> Callable[[], None]:
        return lambda: self.desk.reveal(content.spans[0])


class MembersSection(Section):
    """Name the people of a counted group, and say how many they may be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._range = plain_label(role="small", parent=self)
        self._labels: dict[str, LineEditor] = {}

    def key(self, record: Source) -> object:
        """Return the members and their words."""
        data = self.data
        return [(m.id, own_words(data, m), source_style(m)) for m in data.members(record.id)]

    def fill(self, record: Source) -> None:
        """Make a line for each member and the button that adds one."""
        self._labels = {}
        self._range = plain_label(role="small", parent=self)
        self.column.addWidget(self._range)
        for member in self.data.members(record.id):
            self.column.addWidget(self._line(member))
        self.column.addWidget(command("panels.member.add", self._add))

    def show_values(self, record: Source) -> None:
        """Show the labels, and how many people the group may be."""
        reach = self.data.sourcing.range_of([record.id]).words()
        self._range.setText(i18n.tr("panels.distinct", range=reach))
        for member in self.data.members(record.id):
            self._labels[member.id].show_value(member.label)

    def _line(self, member: Source) -> Any:
        words = own_words(self.data, member)
        shown = quoted(words) if words else i18n.tr("panels.member.no_words")
        label = LineEditor(i18n.tr("panels.member.label", words=shown))
        label.setFixedWidth(64)
        label.committed.connect(lambda name: self._set(member.id, label=name))
        self._labels[member.id] = label
        link = WordsLink(shown, dot=self.dot(source_style(member)), arrow=False)
        link.clicked.connect(lambda: self.desk.select((member.id,), origin=FROM_INSPECTOR))
        name = i18n.tr("panels.member.drop", words=shown)
        return line_of(link, label, cross(name, lambda: self._leave(member.id)))

    def _set(self, member_id: str, **values: object) -> None:
        self.desk.run(set_fields, self.data.sources[member_id], **values)

    def _leave(self, member_id: str) -> None:
        self.desk.run(put_in_group, self.data.sources[member_id], None)

    def _add(self) -> None:
        self.desk.run(add_member, self.stored, label=next_label(self.data))


class PlacesSection(Section):
    """List the places that name a source; one of them may turn out to name somebody else."""

    def key(self, record: Source) -> object:
        """Return the places and the other sources on offer."""
        return (self.data.mentions_of(record.id), source_style(record))

    def fill(self, record: Source) -> None:
        """Make a line for each place."""
        mentions = self.data.mentions_of(record.id)
        for mention in mentions:
            self.column.addWidget(self._line(record, mention))
        if not mentions:
            hint = plain_label(i18n.tr("panels.empty.places"), role="small", parent=self)
            hint.setWordWrap(True)
            self.column.addWidget(hint)

    def _line(self, source: Source, mention: SourceMention) -> Any:
        words = one_line(mention.anchor.quotation)
        where = place(self.desk.session, self.data.article, mention.spans[0])
        link = WordsLink(quoted(words), dot=self.dot(source_style(source)))
        link.clicked.connect(lambda: self.desk.reveal(mention.spans[0]))
        name = i18n.tr("panels.place.more", words=words)
        return line_of(
            link,
            plain_label(where, role="small"),
            more_button(name, lambda: self._actions(mention)),
        )

    def _actions(self, mention: SourceMention) -> list[tuple[str, Callable[[], object]]]:
        run, data = self.desk.run, self.data
        source: Source = self.stored
        found: list[tuple[str, Callable[[], object]]] = []
        if len(data.mentions_of(source.id)) > 1:
            found.append(
                (i18n.tr("panels.place.split"), lambda: run(split_source, source, [mention]))
            )
        groups = [source] if source.identification is Identification.UNNAMED_GROUP else []
        if source.group_id is not None and source.group_id in data.sources:
            groups.append(data.sources[source.group_id])
        for group in groups:
            words = i18n.tr("panels.place.member", name=full_name(data, group))
            found.append((words, _adding(self, group, mention)))
        for other in data.sources.values():
            if other.id != source.id:
                words = i18n.tr("panels.place.join", name=full_name(data, other))
                found.append((words, _joining(self, other.id, mention)))
        return found


def _adding(section: Section, group: Source, mention: SourceMention) -> Callable[[], object]:
    return lambda: section.desk.run(
        add_member, group, mention=mention, label=next_label(section.data)
    )


def _joining(section: Section, source_id: str, mention: SourceMention) -> Callable[[], object]:
    return lambda: section.desk.run(join_mention, mention, source_id)
