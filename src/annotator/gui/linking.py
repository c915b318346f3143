"""Say who said what: attribute, detach, join. By key the nearest source comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.app.commands import actors, links, sources
from annotator.gui.pick_list import Entry
from annotator.gui.theme import NAMED
from annotator.gui.widgets.dropping import link_dropped
from annotator.i18n import term, tr
from annotator.model.annotations import (
    Actor,
    Claim,
    Mark,
    Mention,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.vocabulary import Identification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.view_models import ArticleData
    from annotator.gui.article_pane import ArticlePane
    from annotator.gui.desk import Desk
    from annotator.gui.marking import Marking
    from annotator.gui.reviewing import Reviewing
    from annotator.gui.theme import Theme


class Linking:
    """Link the marks of the open article to sources and actors."""

    def __init__(
        self, desk: Desk, pane: ArticlePane, marking: Marking, reviewing: Reviewing
    ) -> None:
        self._desk = desk
        self._pane = pane
        self._marking = marking
        self._reviewing = reviewing

    def _content(self) -> list[Quote | Claim]:
        return [mark for mark in self._marking.selected() if isinstance(mark, Quote | Claim)]

    # -- attributing --------------------------------------------------------------------------

    def attribute(self) -> None:
        """Ask whom the selected content, or the proposal in focus, is attributed to."""
        if self._reviewing.takes("source"):
            return
        content, data = self._content(), self._desk.data
        if not content or data is None:
            return
        near = links.nearest_sources(self._desk.session, content[0])
        if not near:
            self._desk.say(tr("window.no_source_yet"))
            return
        taken = {source.id for source in data.sources_of(content[0].id)}
        near.sort(key=lambda source: source.id in taken)
        self._pane.choose(
            tr("window.attribute_to"),
            [
                source_entry(self._desk.theme, data, source, taken=source.id in taken)
                for source in near
            ],
            lambda source: self._attribute(content, source),
        )

    def _attribute(self, content: Sequence[Quote | Claim], source: object) -> None:
        if isinstance(source, Source):
            self._desk.run(links.attribute, content, source)

    def detach(self) -> None:
        """Take back what the selected content is attributed to."""
        data = self._desk.data
        if data is None:
            return
        found = [row for mark in self._content() for row in data.attributions_of(mark.id)]
        if found:
            self._desk.run(links.detach, found)
        else:
            self._desk.say(tr("window.nothing_attributed"))

    # -- joining ------------------------------------------------------------------------------

    def join(self) -> None:
        """Ask which source (or actor) the selected mention names."""
        if self._reviewing.takes("source"):
            return
        data = self._desk.data
        mark = next(iter(self._marking.selected()), None)
        if data is None:
            return
        if isinstance(mark, SourceMention):
            self._join_source(data, mark)
        elif isinstance(mark, Mention):
            self._join_actor(data, mark)

    def _join_source(self, data: ArticleData, mention: SourceMention) -> None:
        others = [source for source in data.sources.values() if source.id != mention.source_id]
        if not others:
            self._desk.say(tr("window.no_other_source"))
            return
        entries = [source_entry(self._desk.theme, data, source) for source in others]
        entries += [self._member_entry(data, group) for group in others if _may_be_group(group)]
        self._pane.choose(
            tr("window.same_source_as"),
            entries,
            lambda chosen: self._run_join_source(mention, chosen),
        )

    def _member_entry(self, data: ArticleData, group: Source) -> Entry:
        """Offer to say that the mention singles one person out of a counted group."""
        name = data.name_of(group) or tr("window.unnamed_source")
        colour = self._desk.theme.mark_style("source.unnamed").colour
        return Entry(tr("window.one_of", group=name), _Member(group), colour=colour)

    def _run_join_source(self, mention: SourceMention, chosen: object) -> None:
        if isinstance(chosen, _Member):
            self._desk.run(sources.add_member, chosen.group, mention=mention)
        elif isinstance(chosen, Source):
            self._desk.run(sources.join_mention, mention, chosen.id)

    def _join_actor(self, data: ArticleData, mention: Mention) -> None:
        suggested = self._desk.session.actors.starting_with(mention.anchor.quotation)
        here = list(data.actors.values())
        known = {actor.id: actor for actor in (*suggested, *here) if actor.id != mention.actor_id}
        colour = self._desk.theme.mark_style("actor").colour
        entries = [
            Entry(actor.name, actor, term(actor.kind), colour=colour) for actor in known.values()
        ]
        self._pane.choose(
            tr("window.same_actor_as"),
            entries,
            lambda actor: self._run_join_actor(mention, actor),
            on_new=lambda name: self._new_actor(mention, name),
        )

    def _run_join_actor(self, mention: Mention, actor: object) -> None:
        if isinstance(actor, Actor):
            self._desk.run(actors.assign_mention, mention, actor.id)

    def _new_actor(self, mention: Mention, name: str) -> None:
        old = self._desk.session.project.get(Actor, mention.actor_id or "")
        if old is not None:
            self._desk.run(actors.split_actor, old, [mention], name)

    # -- dragging -----------------------------------------------------------------------------

    def drop(self, dragged_ids: str, onto_id: str) -> None:
        """Link what was dragged (ids, one a line) to what it was dropped on.

        It does not matter which of the two is the source.
        """
        for dragged_id in dragged_ids.split("\n"):
            data = self._desk.data
            if data is None or dragged_id == onto_id:
                continue
            dragged = data.marks.get(dragged_id) or data.sources.get(dragged_id)
            onto = data.marks.get(onto_id) or data.sources.get(onto_id)
            if dragged is None or onto is None or not self._link(data, dragged, onto):
                self._desk.say(tr("window.cannot_link"))

    def _link(self, data: ArticleData, dragged: Mark | Source, onto: Mark | Source) -> bool:
        """Link two records, whichever of them was dragged; ``False`` if that means nothing."""
        if isinstance(dragged, Quote | Claim):
            return link_dropped(self._desk, [onto], dragged)
        return link_dropped(self._desk, [dragged], _source_behind(data, onto)) or link_dropped(
            self._desk, [onto], _source_behind(data, dragged)
        )


def source_entry(
    theme: Theme,
    data: ArticleData,
    source: Source,
    *,
    taken: bool = False,
    payload: object = None,
) -> Entry:
    """Return a source as a chooser offers it; without ``payload`` the source itself is picked."""
    key = theme.source_style_key(source.identification)
    details = [term(source.identification)]
    description = source.description
    name = data.name_of(source) or description
    if description and description != name:
        quoted = tr("window.quoted", words=description)
        details.insert(0, description if key == NAMED else quoted)
    if taken:
        details.insert(0, tr("window.linked_already"))
    return Entry(
        name or tr("window.unnamed_source"),
        source if payload is None else payload,
        " · ".join(details),
        colour=theme.mark_style(key).colour,
    )


def _source_behind(data: ArticleData, record: Mark | Source) -> Mark | Source:
    """Return the source that a mention names; anything else is itself."""
    if isinstance(record, SourceMention):
        return data.sources.get(record.source_id or "", record)
    return record


@dataclass(frozen=True, slots=True)
class _Member:
    """Stand for one more member of a group in the chooser."""

    group: Source


def _may_be_group(source: Source) -> bool:
    return source.identification in (Identification.UNNAMED_GROUP, Identification.UNKNOWN)
