"""Decide about proposals. Nothing counts until accepted; a rejection is remembered."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, get_type_hints

from annotator.app.commands.draft import Draft
from annotator.app.commands.links import distance
from annotator.app.commands.marks import checked, draft_mark, twin
from annotator.model.annotations import (
    MARK_TYPES,
    Actor,
    Attribution,
    Claim,
    Mark,
    Mention,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.span import Span, Spans, normalise
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import ActorKind, AttributionAct, CueStance, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session import Session
    from annotator.store import Project

_CONTENT = (MarkKind.QUOTE, MarkKind.CLAIM)
#: Cues and sources come before the content they introduce, so that links find their ends.
_ORDER = {MarkKind.SOURCE: 0, MarkKind.CUE: 1, MarkKind.ACTOR: 2}


def with_links(
    suggestions: Iterable[Suggestion], all_of_article: Iterable[Suggestion]
) -> list[Suggestion]:
    """Return the suggestions with the pending cues and sources that they link to."""
    known = {s.id: s for s in all_of_article}
    chosen: dict[str, Suggestion] = {}
    queue = list(suggestions)
    while queue:
        one = queue.pop()
        if one.id in chosen:
            continue
        chosen[one.id] = one
        for _role, other in one.links:
            linked = known.get(other)
            if linked is not None and linked.decision is Decision.PENDING:
                queue.append(linked)
    return sorted(chosen.values(), key=lambda s: (_ORDER.get(s.kind, 3), s.spans[0]))


@dataclass(frozen=True, slots=True)
class Correction:
    """Say what a person changes about a proposal before taking it over; ``None``: as proposed.

    ``source`` is the id of a ``Source`` or of a waiting proposal of one; for content "" means that
    nobody is named. For a proposed source mention it is the source that the mention names, for an
    actor mention the id of an ``Actor``.
    """

    spans: Spans | None = None
    kind: MarkKind | None = None
    source: str | None = None

    def __bool__(self) -> bool:
        return self != Correction()

    def apply(self, suggestion: Suggestion) -> Suggestion:
        """Return the proposal as it will be taken over; only content keeps links."""
        kind = self.kind or suggestion.kind
        spans = self.spans or suggestion.spans
        links = suggestion.links if kind in _CONTENT else ()
        if self.source is not None and kind in _CONTENT:
            links = tuple(link for link in links if link[0] != "source")
            links += (("source", self.source),) if self.source else ()
        return replace(suggestion, spans=spans, kind=kind, links=links)

    def reduced(self, suggestion: Suggestion) -> Correction:
        """Return the correction without what is as proposed anyway."""
        proposed = tuple(other for role, other in suggestion.links if role == "source")
        is_as_proposed = suggestion.kind in _CONTENT and proposed == tuple(
            filter(None, (self.source,))
        )
        return Correction(
            None if self.spans == suggestion.spans else self.spans,
            None if self.kind is suggestion.kind else self.kind,
            None if is_as_proposed else self.source,
        )


def accept(
    session: Session,
    suggestions: Sequence[Suggestion],
    *,
    spans: Sequence[Span] | None = None,
    kind: MarkKind | None = None,
    source: str | None = None,
) -> list[Mark]:
    """Accept proposals, with the cues and sources they link to, in one step.

    ``spans``, ``kind`` and ``source`` correct the (single) proposal on the way in (see
    ``Correction``); it then is remembered as corrected. Mentions of one cluster become mentions of
    one source or one actor, whether accepted together or one after the other.
    """
    if not suggestions:
        return []
    article_id = suggestions[0].article_id
    everything = session.project.find(Suggestion, article_id=article_id)
    correction = Correction()
    if len(suggestions) == 1:
        wanted = Correction(normalise(spans) if spans else None, kind, source)
        correction = wanted.reduced(suggestions[0])
        suggestions = [correction.apply(suggestions[0])]
    draft = Draft(session, "accept", count=len(suggestions))
    work = _Acceptance(draft, everything)
    chosen = with_links(suggestions, everything)
    for suggestion in chosen:
        is_corrected = bool(correction) and suggestion.id == suggestions[0].id
        work.take(suggestion, correction if is_corrected else Correction())
    for suggestion in chosen:
        work.link(suggestion)
    draft.commit()
    ids = {s.id for s in suggestions}
    return [work.marks[s.id] for s in chosen if s.id in ids]


class _Acceptance:
    """Turn accepted proposals of one article into marks, sources, actors and attributions."""

    def __init__(self, draft: Draft, everything: Sequence[Suggestion]) -> None:
        self.draft = draft
        self.session = draft.session
        self.known = {s.id: s for s in everything}
        self.marks: dict[str, Mark] = {}
        self._clusters: dict[tuple[MarkKind, str], str] = {}
        for suggestion in everything:
            if suggestion.is_accepted and suggestion.cluster:
                self._remember(suggestion)

    def _remember(self, suggestion: Suggestion) -> None:
        mark = self._mark_of(suggestion)
        owner = self._owner(mark)
        if mark is not None and owner is not None:
            self._clusters[mark.mark_kind, suggestion.cluster] = owner

    @staticmethod
    def _owner(mark: Mark | None) -> str | None:
        if isinstance(mark, SourceMention):
            return mark.source_id
        return mark.actor_id if isinstance(mark, Mention) else None

    def _mark_of(self, suggestion: Suggestion) -> Mark | None:
        """Return the mark a suggestion became, in this step or an earlier one."""
        if suggestion.id in self.marks:
            return self.marks[suggestion.id]
        return accepted_mark(self.session.project, suggestion)

    def take(self, suggestion: Suggestion, correction: Correction) -> None:
        """Make the mark of one proposal, or find the one that is there."""
        article_id = suggestion.article_id
        spans = checked(self.session, article_id, suggestion.spans)
        mark = twin(self.session, article_id, suggestion.kind, spans)
        if mark is None:
            mark = self._new_mark(suggestion, correction.source)
        self.marks[suggestion.id] = mark
        owner = self._owner(mark)
        if owner is not None and suggestion.cluster:
            self._clusters[suggestion.kind, suggestion.cluster] = owner
            if suggestion.kind is MarkKind.SOURCE:
                self._take_members_in(suggestion.cluster, owner)
        stored = self.known.get(suggestion.id)
        if stored is not None:
            decided = replace(
                stored,
                decision=Decision.CORRECTED if correction else Decision.ACCEPTED,
                accepted_id=mark.id,
                decided_at=self.session.now(),
            )
            self.draft.update(stored, decided)

    def _new_mark(self, suggestion: Suggestion, owner: str | None = None) -> Mark:
        if suggestion.kind in _CONTENT or not owner:
            owner = self._clusters.get((suggestion.kind, suggestion.cluster))
            owner = owner if suggestion.cluster else None
        known = owner
        if suggestion.kind is MarkKind.ACTOR and known is None:
            known = self._actor(suggestion)
        mark = draft_mark(
            self.draft,
            suggestion.article_id,
            suggestion.kind,
            checked(self.session, suggestion.article_id, suggestion.spans),
            source_id=known if suggestion.kind is MarkKind.SOURCE else None,
            actor_id=known if suggestion.kind is MarkKind.ACTOR else None,
            origin=suggestion.rule,
        )
        if isinstance(mark, SourceMention):
            self._describe_source(mark, suggestion)
            return mark
        values = typed_fields(type(mark), suggestion.fields)
        return self.draft.insert(replace(mark, **values)) if values else mark

    def _actor(self, suggestion: Suggestion) -> str:
        """Return the actor a mention proposes: the one of that name, or a new one."""
        name = suggestion.fields.get("actor") or suggestion.quotation
        for actor in self.session.actors.named(name):
            return actor.id
        for actor in self.draft.pending(Actor):
            if actor.name == name:
                return actor.id
        kind = _value(ActorKind, suggestion.fields.get("kind", "")) or ActorKind.UNKNOWN
        stamp = self.session.stamp(suggestion.rule)
        return self.draft.insert(Actor(self.session.new_id(), name, kind, stamp=stamp)).id

    def _describe_source(self, mention: SourceMention, suggestion: Suggestion) -> None:
        """Give the source what the proposal knows and nobody has said yet."""
        assert mention.source_id is not None
        source = self._source(mention.source_id)
        if source is None:
            return
        blank = Source("", "")
        proposed = typed_fields(Source, suggestion.fields) | self._links_of_source(suggestion)
        values = {
            name: value
            for name, value in proposed.items()
            if getattr(source, name) == getattr(blank, name)
        }
        if values:
            self._change_source(replace(source, **values))

    def _source(self, source_id: str) -> Source | None:
        """Return a source as it is by now in this step."""
        pending = (s for s in self.draft.pending(Source) if s.id == source_id)
        return next(pending, None) or self.session.project.get(Source, source_id)

    def _change_source(self, changed: Source) -> None:
        stored = self.session.project.get(Source, changed.id)
        if stored is None:
            self.draft.insert(changed)
        else:
            self.draft.update(stored, changed)

    def _take_members_in(self, group: str, source_id: str) -> None:
        """Put members that were accepted before their counted group, or with it, into it."""
        for other in self.known.values():
            if other.fields.get("group") != group:
                continue
            member_id = self._owner(self._mark_of(other))
            member = self._source(member_id) if member_id else None
            if member is not None and member.group_id is None and member.id != source_id:
                self._change_source(replace(member, group_id=source_id))

    def _links_of_source(self, suggestion: Suggestion) -> dict[str, Any]:
        """Return what a proposal says of a source in words of its own.

        ``group`` names the cluster of the counted group that it is a member of, ``actor`` the
        person or body that it is, ``anonymity_span`` the words that withhold the name.
        """
        values: dict[str, Any] = {}
        group = self._clusters.get((MarkKind.SOURCE, suggestion.fields.get("group", "")))
        if group is not None:
            values["group_id"] = group
        for actor in self.session.actors.named(suggestion.fields.get("actor", "")):
            values["actor_id"] = actor.id
        if "anonymity_span" in suggestion.fields:
            values["formula_spans"] = _spans(suggestion.fields["anonymity_span"])
        return values

    def link(self, suggestion: Suggestion) -> None:
        """Attribute accepted content to the accepted sources it links to."""
        content = self.marks[suggestion.id]
        if not isinstance(content, Quote | Claim):
            return
        ends = [(role, self._end(other)) for role, other in suggestion.links]
        cues = tuple(m.id for role, m in ends if role == "cue" and m is not None)
        stored = self.session.project.find(Attribution, content_id=content.id)
        taken = {a.source_id for a in stored}
        named = [(m.source_id, m.id) for _, m in ends if isinstance(m, SourceMention)]
        named += [self._place_of(content, o) for _, o in suggestion.links if self._is_source(o)]
        for source_id, mention_id in named:
            if source_id is None or source_id in taken:
                continue
            taken.add(source_id)
            self.draft.insert(
                Attribution(
                    self.session.new_id(),
                    content.article_id,
                    content.id,
                    source_id,
                    mention_id,
                    cues,
                    _value(AttributionAct, suggestion.fields.get("act", ""))
                    or AttributionAct.UNKNOWN,
                    _value(CueStance, suggestion.fields.get("stance", "")) or CueStance.UNKNOWN,
                    self.session.stamp(suggestion.rule),
                )
            )

    def _is_source(self, record_id: str) -> bool:
        return record_id not in self.known and bool(self.session.project.get(Source, record_id))

    def _place_of(self, content: Mark, source_id: str) -> tuple[str, str | None]:
        """Return a source that is there already, with the mention of it nearest to the content."""
        mentions = self.session.project.find(SourceMention, source_id=source_id)
        near = min(mentions, key=lambda m: distance(self.session, content, m), default=None)
        return source_id, None if near is None else near.id

    def _end(self, suggestion_id: str) -> Mark | None:
        suggestion = self.known.get(suggestion_id)
        return None if suggestion is None else self._mark_of(suggestion)


def accepted_mark(project: Project, suggestion: Suggestion) -> Mark | None:
    """Return the mark that a proposal became, whatever its kind is now; ``None``: there is none."""
    if suggestion.accepted_id is None:
        return None
    for kind in (suggestion.kind, *(kind for kind in MARK_TYPES if kind is not suggestion.kind)):
        mark = project.get(MARK_TYPES[kind], suggestion.accepted_id)
        if mark is not None:
            return mark
    return None


def reject(session: Session, suggestions: Sequence[Suggestion]) -> None:
    """Turn proposals down; the same words are not proposed again."""
    draft = Draft(session, "reject", count=len(suggestions))
    for suggestion in suggestions:
        if suggestion.decision is Decision.PENDING:
            decided = replace(suggestion, decision=Decision.REJECTED, decided_at=session.now())
            draft.update(suggestion, decided)
    draft.commit()


def typed_fields(record: type, proposed: Any) -> dict[str, Any]:
    """Return the proposed values that are fields of the record, in their types.

    A value the vocabulary does not know is left out, never forced. Spans are given as
    ``"start-end start-end"``.
    """
    hints = get_type_hints(record)
    names = {f.name for f in fields(record)} - {"id", "article_id", "spans", "anchor", "stamp"}
    values: dict[str, Any] = {}
    for name, text in proposed.items():
        if name not in names:
            continue
        if name.endswith("_spans"):
            values[name] = _spans(text)
        elif isinstance(hints[name], type):
            value = _value(hints[name], text)
            if value is not None:
                values[name] = value
    return values


def _value(kind: Any, text: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        return None


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in text.split())
    return tuple(Span(int(a), int(b)) for a, b in pairs)
