"""Mark words, and change what a mark covers or is."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.app.commands.draft import Draft
from annotator.model.annotations import (
    MARK_TYPES,
    Actor,
    Attribution,
    Claim,
    CouldNotVerify,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.changes import TABLE_OF
from annotator.model.errors import UserError
from annotator.model.span import Span, Spans, normalise, subtract
from annotator.model.vocabulary import MarkKind
from annotator.text.anchors import make_anchor
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session import Session

M = TypeVar("M", bound=Mark)


def add_mark(
    session: Session,
    article_id: str,
    kind: MarkKind,
    spans: Sequence[Span],
    *,
    source_id: str | None = None,
    actor_id: str | None = None,
) -> Mark:
    """Mark words. The same kind on the same words again returns the mark that is there.

    A source mention without ``source_id`` makes its source; an actor mention without ``actor_id``
    takes the actor that has this name, or makes one.

    Raises:
        UserError: ``mark-outside`` if the spans do not lie in the text.
    """
    return add_marks(session, article_id, [(kind, spans)], source_id=source_id, actor_id=actor_id)[
        0
    ]


def add_marks(
    session: Session,
    article_id: str,
    wanted: Sequence[tuple[MarkKind, Sequence[Span]]],
    *,
    source_id: str | None = None,
    actor_id: str | None = None,
) -> list[Mark]:
    """Mark several places in one step; see ``add_mark``."""
    draft = Draft(session, "mark", kind=wanted[0][0].value if wanted else "", count=len(wanted))
    marks: list[Mark] = []
    for kind, spans in wanted:
        placed = checked(session, article_id, spans)
        there = twin(session, article_id, kind, placed)
        marks.append(
            there
            or draft_mark(draft, article_id, kind, placed, source_id=source_id, actor_id=actor_id)
        )
    draft.commit()
    return marks


def draft_mark(
    draft: Draft,
    article_id: str,
    kind: MarkKind,
    spans: Spans,
    *,
    source_id: str | None = None,
    actor_id: str | None = None,
    origin: str = "human",
) -> Mark:
    """Add a mark (and its source or actor) to a draft; the spans are checked already."""
    session = draft.session
    mark = MARK_TYPES[kind](
        id=session.new_id(),
        article_id=article_id,
        spans=spans,
        anchor=make_anchor(session.text(article_id), spans),
        stamp=session.stamp(origin),
    )
    return draft.insert(_completed(draft, mark, source_id=source_id, actor_id=actor_id))


def _completed(
    draft: Draft, mark: Mark, *, source_id: str | None = None, actor_id: str | None = None
) -> Mark:
    """Give a mark what its type needs: a source, an actor, its place in the text."""
    if isinstance(mark, SourceMention):
        return replace(mark, source_id=source_id or _new_source(draft, mark).id)
    if isinstance(mark, Mention):
        actor_id = actor_id or actor_named(draft, mark.anchor.quotation).id
        return _placed(draft.session, replace(mark, actor_id=actor_id))
    return mark


def _placed(session: Session, mention: Mention) -> Mention:
    segments = session.segments(mention.article_id)
    start = mention.spans[0].start
    return replace(
        mention, paragraph=segments.paragraph_of(start), sentence=segments.sentence_of(start)
    )


def _new_source(draft: Draft, mention: SourceMention) -> Source:
    session = draft.session
    return draft.insert(
        Source(
            id=session.new_id(),
            article_id=mention.article_id,
            description=mention.anchor.quotation,
            stamp=mention.stamp,
        )
    )


def actor_named(draft: Draft, name: str) -> Actor:
    """Return the actor with this name or alias, or add one to the draft."""
    session = draft.session
    for actor in session.actors.named(name):
        return actor
    wanted = fold(name)
    for actor in draft.pending(Actor):
        if fold(actor.name) == wanted:
            return actor
    return draft.insert(Actor(id=session.new_id(), name=name, stamp=session.stamp()))


def checked(session: Session, article_id: str, spans: Iterable[Span]) -> Spans:
    """Return the spans sorted and joined, or refuse them.

    Raises:
        UserError: ``mark-empty`` without spans or with white space only, ``mark-outside`` beyond
            the text.
    """
    text = session.text(article_id)
    placed = normalise(spans)
    if placed and placed[-1].end > len(text):
        raise UserError("mark-outside")
    if not any(span.slice(text).strip() for span in placed):
        raise UserError("mark-empty")
    return placed


def twin(session: Session, article_id: str, kind: MarkKind, spans: Spans) -> Mark | None:
    """Return the mark of this kind that covers just these words, if there is one."""
    for mark in marks_touching(session, article_id, spans[0]):
        if mark.mark_kind is kind and mark.spans == spans:
            return mark
    return None


def marks_touching(session: Session, article_id: str, span: Span) -> list[Mark]:
    """Return the marks that share a character with a span, in text order."""
    rows = session.project.spans(article_id, start=span.start, end=span.end)
    kinds = tuple(MarkKind)
    found: list[Mark] = []
    for mark_id, kind in dict(zip(rows.mark_ids, rows.kinds, strict=True)).items():
        mark = session.project.get(MARK_TYPES[kinds[kind]], mark_id)
        if mark is not None:
            found.append(mark)
    return found


def set_spans(session: Session, mark: M, spans: Sequence[Span]) -> M:
    """Move a mark's edges."""
    draft = Draft(session, "move-edge", kind=mark.mark_kind.value)
    after = draft.update(mark, _moved(session, mark, checked(session, mark.article_id, spans)))
    draft.commit()
    return after


def _moved(session: Session, mark: M, spans: Spans) -> M:
    anchor = make_anchor(session.text(mark.article_id), spans)
    moved = replace(mark, spans=spans, anchor=anchor)
    return _placed(session, moved) if isinstance(moved, Mention) else moved  # type: ignore


def add_fragment(session: Session, mark: M, span: Span) -> M:
    """Add one more piece to a mark."""
    draft = Draft(session, "add-fragment", kind=mark.mark_kind.value)
    spans = checked(session, mark.article_id, (*mark.spans, span))
    after = draft.update(mark, _moved(session, mark, spans))
    draft.commit()
    return after


def remove_fragment(session: Session, mark: M, span: Span) -> M:
    """Take words out of a mark.

    Raises:
        UserError: ``mark-empty`` if nothing would be left; delete the mark instead.
    """
    draft = Draft(session, "remove-fragment", kind=mark.mark_kind.value)
    spans = checked(session, mark.article_id, subtract(mark.spans, span))
    after = draft.update(mark, _moved(session, mark, spans))
    draft.commit()
    return after


def split_mark(session: Session, mark: M, at: int) -> tuple[M, M]:
    """Cut a mark in two at a position; both keep its links.

    Raises:
        UserError: ``split-nothing`` if the position does not lie inside the mark.
    """
    text = session.text(mark.article_id)
    left = _trimmed(text, (Span(s.start, min(s.end, at)) for s in mark.spans if s.start < at))
    right = _trimmed(text, (Span(max(s.start, at), s.end) for s in mark.spans if s.end > at))
    if not left or not right:
        raise UserError("split-nothing")
    draft = Draft(session, "split", kind=mark.mark_kind.value)
    first = draft.update(mark, _moved(session, mark, left))
    second = draft.insert(replace(_moved(session, mark, right), id=session.new_id()))
    for attribution in draft.find(Attribution, content_id=mark.id):
        draft.insert(replace(attribution, id=session.new_id(), content_id=second.id))
    draft.commit()
    return first, second


def _trimmed(text: str, spans: Iterable[Span]) -> Spans:
    out: list[Span] = []
    for span in spans:
        words = span.slice(text)
        start = span.start + len(words) - len(words.lstrip())
        end = span.end - (len(words) - len(words.rstrip()))
        if start < end:
            out.append(Span(start, end))
    return tuple(out)


def change_kind(session: Session, mark: Mark, kind: MarkKind) -> Mark:
    """Make a mark another kind: same id, same words, same notes.

    Links stay where they still mean something (between quote and claim); others go with the kind.
    """
    if mark.mark_kind is kind:
        return mark
    draft = Draft(session, "change-kind", kind=kind.value)
    common = {f.name: getattr(mark, f.name) for f in fields(Mark)}
    after = _completed(draft, MARK_TYPES[kind](**common))
    draft.insert(after)
    notes = draft.find(Note, target_id=mark.id)
    attributions = draft.find(Attribution, content_id=mark.id)
    draft.delete(mark)
    for note in notes:
        draft.update(note, replace(note, target_table=TABLE_OF[type(after)]))  # type: ignore
    if isinstance(after, Quote | Claim):
        for record in attributions:
            draft.restore(record)
    draft.commit()
    return after


def delete_marks(session: Session, marks: Sequence[Mark]) -> None:
    """Delete marks, their links, and the sources that nothing names any more."""
    draft = Draft(session, "delete-marks", count=len(marks))
    for mark in marks:
        draft.delete(mark)  # type: ignore[arg-type]
    draft.commit()


def link_claim(
    session: Session, mark: Hedge | CouldNotVerify, claim_id: str | None
) -> Hedge | CouldNotVerify:
    """Say which claim a hedge (or a could-not-verify line) is about."""
    draft = Draft(session, "link-hedge")
    after = draft.update(mark, replace(mark, claim_id=claim_id))
    draft.commit()
    return after
