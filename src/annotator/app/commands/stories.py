"""The same story again: decide what two alike articles are, and carry marks to a new version.

What is carried is a copy: the earlier version keeps its marks, so that both can be compared. Notes,
attributes and relations come along. A mark whose words are not in the new version is never put
anywhere; it stays listed as lost, with its notes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.app.commands.draft import Draft
from annotator.model.annotations import (
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    SourceRelation,
)
from annotator.model.article import Article, Related, StoryKind
from annotator.model.errors import UserError
from annotator.text.anchors import carry, make_anchor
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from annotator.app.session import Session
    from annotator.model.span import Spans
    from annotator.store import Project

R = TypeVar("R", Source, SourceRelation, Attribution, Mark, Note)

#: What can become of a mark, in the order in which a person wants to hear of it.
HOW = ("lost", "moved-changed", "changed", "moved", "exact")
_MARKS = (Claim, Quote, SourceMention, Cue, Mention, Hedge, DeclinedComment, CouldNotVerify)


@dataclass(frozen=True, slots=True)
class Carriage:
    """Say where a mark of the earlier version belongs in the later one.

    ``how`` is one of ``HOW``; a lost one has no spans. ``before`` and ``after`` are its words,
    ``notes`` what was written about it.
    """

    mark: Mark
    spans: Spans
    how: str
    before: str
    after: str
    notes: tuple[str, ...] = ()


def plan_carriage(project: Project, earlier_id: str, later_id: str) -> list[Carriage]:
    """Find every mark of one version in the other; nothing is changed.

    What needs a look comes first, in the order of ``HOW``; each in text order.
    """
    old, new = project.text(earlier_id).text, project.text(later_id).text
    marks = project.marks(earlier_id)
    notes = _notes(project, earlier_id)
    found = [
        Carriage(
            mark,
            one.spans,
            one.how,
            _words(old, mark.spans),
            _words(new, one.spans),
            tuple(note.text for note in notes[mark.id]),
        )
        for mark, one in zip(marks, carry(old, new, [m.spans for m in marks]), strict=True)
    ]
    return sorted(found, key=lambda one: (HOW.index(one.how), one.mark.spans[0].start))


def _notes(project: Project, article_id: str) -> defaultdict[str, list[Note]]:
    """Return the notes of an article by what they are about."""
    notes: defaultdict[str, list[Note]] = defaultdict(list)
    for note in project.find(Note, article_id=article_id):
        notes[note.target_id].append(note)
    return notes


def _words(text: str, spans: Spans) -> str:
    return " […] ".join(span.slice(text) for span in spans)


def decide(session: Session, article: Article, other: Article, kind: StoryKind) -> Article:
    """Keep that two articles tell the same story, or different ones; a later word replaces it."""
    draft = Draft(session, "story", kind=kind.value)
    _forget(draft, other, article.id)
    kept = tuple(one for one in article.related if one.article_id != other.id)
    previous = None if article.previous_id == other.id else article.previous_id
    after = draft.update(
        article,
        replace(article, related=(*kept, Related(other.id, kind)), previous_id=previous),
    )
    draft.commit()
    return after


def _forget(draft: Draft, article: Article, other_id: str) -> None:
    """Take back what is kept about another article."""
    kept = tuple(one for one in article.related if one.article_id != other_id)
    previous = None if article.previous_id == other_id else article.previous_id
    draft.update(article, replace(article, related=kept, previous_id=previous))


def decision(one: Article, other: Article) -> str:
    """Return what is decided of two articles: ``same``, ``different``, ``version`` or ""."""
    if one.previous_id == other.id or other.previous_id == one.id:
        return "version"
    for article, than in ((one, other), (other, one)):
        for related in article.related:
            if related.article_id == than.id:
                return related.kind.value
    return ""


def make_version(
    session: Session, later: Article, earlier: Article, carried: Sequence[Carriage] = ()
) -> Article:
    """Make an article the new version of another and copy marks over, in one step.

    Sources, attributions, relations and notes come along where what they belong to came. A mark
    that is there already, with the same kind and the same words, is not doubled.

    Args:
        session: the open project.
        later: the new version.
        earlier: the version before it.
        carried: of ``plan_carriage``, those to carry; lost ones are passed over.

    Raises:
        UserError: ``version-of-itself`` if the earlier one is itself a version of the later one.
    """
    _check_order(session, later, earlier)
    draft = Draft(session, "new-version", count=sum(1 for one in carried if one.spans))
    _forget(draft, earlier, later.id)
    related = tuple(one for one in later.related if one.article_id != earlier.id)
    after = draft.update(later, replace(later, previous_id=earlier.id, related=related))
    _Copier(draft, session, earlier.id, later).copy(carried)
    draft.commit()
    return after


def _check_order(session: Session, later: Article, earlier: Article) -> None:
    seen: set[str] = set()
    at: Article | None = earlier
    while at is not None and at.id not in seen:
        if at.id == later.id:
            raise UserError("version-of-itself")
        seen.add(at.id)
        at = session.project.get(Article, at.previous_id) if at.previous_id else None


class _Copier:
    """Copy marks and what links them from one article to another."""

    def __init__(self, draft: Draft, session: Session, earlier_id: str, later: Article) -> None:
        self._draft = draft
        self._session = session
        self._earlier_id = earlier_id
        self._later = later
        self._text = session.project.text(later.id).text
        self._segments = Segments(self._text, later.language)
        self._ids: dict[str, str] = {}

    def copy(self, carried: Sequence[Carriage]) -> None:
        """Copy in an order that respects what refers to what."""
        there = Counter((m.mark_kind, m.spans) for m in self._session.project.marks(self._later.id))
        placed = [one for one in carried if one.spans and not there[one.mark.mark_kind, one.spans]]
        links = self._session.project.find(Attribution, article_id=self._earlier_id)
        contents = {one.mark.id for one in placed}
        links = [link for link in links if link.content_id in contents]
        self._copy_sources(placed, links)
        for kind in _MARKS:
            for one in placed:
                if type(one.mark) is kind:
                    self._copy_mark(one)
        for link in links:
            self._insert(
                link,
                content_id=self._ids[link.content_id],
                source_id=self._ids[link.source_id],
                mention_id=self._new(link.mention_id),
                cue_ids=tuple(new for cue in link.cue_ids if (new := self._ids.get(cue))),
            )
        for target_id, notes in _notes(self._session.project, self._earlier_id).items():
            if target_id in self._ids:
                for note in notes:
                    self._insert(note, target_id=self._ids[target_id])

    def _copy_sources(self, placed: Sequence[Carriage], links: Sequence[Attribution]) -> None:
        """Copy the sources that are needed, with their groups, and how they relate."""
        needed = {link.source_id for link in links}
        needed |= {source for one in placed if (source := getattr(one.mark, "source_id", None))}
        project = self._session.project
        sources = {s.id: s for s in project.find(Source, article_id=self._earlier_id)}
        groups = {g for s in needed if s in sources and (g := sources[s].group_id)}
        for source_id in sorted(needed | groups, key=lambda s: (s not in groups, s)):
            source = sources[source_id]
            reason, formula = self._reasons(source)
            self._insert(
                source,
                group_id=self._new(source.group_id),
                reason_spans=reason,
                formula_spans=formula,
            )
        for relation in project.find(SourceRelation, article_id=self._earlier_id):
            if relation.first_id in self._ids and relation.second_id in self._ids:
                self._insert(
                    relation,
                    first_id=self._ids[relation.first_id],
                    second_id=self._ids[relation.second_id],
                )

    def _reasons(self, source: Source) -> tuple[Spans, Spans]:
        """Return where the words that give a reason for anonymity stand now, if they still do."""
        asked = [source.reason_spans, source.formula_spans]
        if not any(asked):
            return (), ()
        old = self._session.project.text(self._earlier_id).text
        found = carry(old, self._text, [spans for spans in asked if spans])
        same = [one.spans if one.how in ("exact", "moved") else () for one in found]
        reason = same.pop(0) if source.reason_spans else ()
        return reason, (same.pop(0) if source.formula_spans else ())

    def _copy_mark(self, one: Carriage) -> None:
        fields: dict[str, object] = {
            "spans": one.spans,
            "anchor": make_anchor(self._text, one.spans),
        }
        for name in ("source_id", "claim_id"):
            if hasattr(one.mark, name):
                fields[name] = self._new(getattr(one.mark, name))
        if isinstance(one.mark, Mention):
            start = one.spans[0].start
            fields["paragraph"] = self._segments.paragraph_of(start)
            fields["sentence"] = self._segments.sentence_of(start)
        self._insert(one.mark, **fields)

    def _new(self, record_id: str | None) -> str | None:
        return None if record_id is None else self._ids.get(record_id)

    def _insert(self, record: R, **fields: object) -> None:
        new_id = self._session.new_id()
        self._ids[record.id] = new_id
        copy = replace(record, id=new_id, article_id=self._later.id, **fields)  # type: ignore[arg-type]
        self._draft.insert(copy)  # pyright: ignore[reportArgumentType]


def counts(carried: Sequence[Carriage]) -> Mapping[str, int]:
    """Count what became of the marks, by ``HOW``."""
    found = Counter(one.how for one in carried)
    return {how: found[how] for how in HOW}


def undecided(groups: Collection[Sequence[Article]]) -> list[tuple[Article, Article]]:
    """Return the pairs of each group, with its first article, that nobody decided about yet."""
    return [
        (first, other)
        for first, *others in groups
        for other in others
        if not decision(first, other)
    ]
