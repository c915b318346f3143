"""Attribute content to sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.app.commands.draft import Draft
from annotator.model.annotations import Attribution, Claim, Cue, Quote, Source, SourceMention
from annotator.model.errors import UserError
from annotator.model.vocabulary import AttributionAct, CueStance, MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.app.session import Session
    from annotator.model.annotations import Mark
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion

#: A sentence between content and source weighs as many characters as this when looking nearby.
_SENTENCE_COST = 200


def attribute(
    session: Session,
    contents: Sequence[Quote | Claim],
    source: Source,
    *,
    cue_ids: Sequence[str] | None = None,
    mention_id: str | None = None,
    act: AttributionAct = AttributionAct.UNKNOWN,
    stance: CueStance = CueStance.UNKNOWN,
) -> list[Attribution]:
    """Say that a source said each of the contents.

    Without ``cue_ids`` the nearest cue of the same paragraph is taken, without ``mention_id`` the
    source's nearest mention. A link that is there already gets what is new.

    Raises:
        UserError: ``attribute-nothing`` without content, ``attribute-elsewhere`` if a content is
            of another article.
    """
    if not contents:
        raise UserError("attribute-nothing")
    if any(content.article_id != source.article_id for content in contents):
        raise UserError("attribute-elsewhere")
    draft = Draft(session, "attribute", source=source.label or source.description)
    done: list[Attribution] = []
    for content in contents:
        cues = tuple(cue_ids) if cue_ids is not None else _nearest_cue_ids(session, content)
        place = mention_id or _nearest_mention_id(session, content, source)
        for link in draft.find(Attribution, content_id=content.id, source_id=source.id):
            more = replace(
                link,
                cue_ids=cues or link.cue_ids,
                mention_id=place or link.mention_id,
                act=act if act is not AttributionAct.UNKNOWN else link.act,
                stance=stance if stance is not CueStance.UNKNOWN else link.stance,
            )
            done.append(draft.update(link, more))
            break
        else:
            done.append(
                draft.insert(
                    Attribution(
                        session.new_id(),
                        content.article_id,
                        content.id,
                        source.id,
                        place,
                        cues,
                        act,
                        stance,
                        session.stamp(),
                    )
                )
            )
    draft.commit()
    return done


def attribute_to_mention(
    session: Session, contents: Sequence[Quote | Claim], mention: SourceMention
) -> list[Attribution]:
    """Attribute contents to the source that a mention names.

    Raises:
        UserError: ``mention-without-source`` if the mention has lost its source.
    """
    if mention.source_id is None:
        raise UserError("mention-without-source")
    source = session.get(Source, mention.source_id)
    return attribute(session, contents, source, mention_id=mention.id)


def detach(session: Session, attributions: Sequence[Attribution]) -> None:
    """Take attributions back."""
    draft = Draft(session, "detach", count=len(attributions))
    for attribution in attributions:
        draft.delete(attribution)
    draft.commit()


def set_cues(session: Session, attribution: Attribution, cue_ids: Sequence[str]) -> Attribution:
    """Say which words introduce an attribution."""
    draft = Draft(session, "set-cue")
    after = draft.update(attribution, replace(attribution, cue_ids=tuple(cue_ids)))
    draft.commit()
    return after


# -- what is near -----------------------------------------------------------------------------


def distance(session: Session, a: Mark | Suggestion, b: Mark | Suggestion) -> int:
    """Return how far two marks of an article are apart: characters, plus a price a sentence."""
    first, second = sorted((_nearest_pair(a, b)), key=lambda span: span.start)
    gap = max(0, second.start - first.end)
    segments = session.segments(a.article_id)
    crossed = segments.sentence_of(second.start) - segments.sentence_of(first.start)
    return gap + _SENTENCE_COST * abs(crossed)


def _nearest_pair(a: Mark | Suggestion, b: Mark | Suggestion) -> tuple[Span, Span]:
    return min(
        ((x, y) for x in a.spans for y in b.spans),
        key=lambda pair: max(pair[1].start - pair[0].end, pair[0].start - pair[1].end),
    )


def nearest_sources(session: Session, content: Mark | Suggestion) -> list[Source]:
    """Return the article's sources, the one with the nearest mention first.

    Members of groups follow their own mentions; sources without a mention come last.
    """
    project = session.project
    best: dict[str, int] = {}
    for mark in project.marks(content.article_id, kinds=(MarkKind.SOURCE,)):
        if isinstance(mark, SourceMention) and mark.source_id is not None:
            far = distance(session, content, mark)
            best[mark.source_id] = min(best.get(mark.source_id, far), far)
    sources = project.find(Source, article_id=content.article_id)
    return sorted(sources, key=lambda s: (s.id not in best, best.get(s.id, 0), s.label))


def nearest_cue(session: Session, content: Quote | Claim) -> Cue | None:
    """Return the nearest cue in the content's paragraph, if there is one."""
    segments = session.segments(content.article_id)
    paragraph = segments.paragraph_of(content.hull.start)
    cues = [
        mark
        for mark in session.project.marks(content.article_id, kinds=(MarkKind.CUE,))
        if isinstance(mark, Cue) and segments.paragraph_of(mark.hull.start) == paragraph
    ]
    return min(cues, key=lambda cue: distance(session, content, cue), default=None)


def _nearest_cue_ids(session: Session, content: Quote | Claim) -> tuple[str, ...]:
    cue = nearest_cue(session, content)
    return () if cue is None else (cue.id,)


def _nearest_mention_id(session: Session, content: Quote | Claim, source: Source) -> str | None:
    mentions = session.project.find(SourceMention, source_id=source.id)
    best = min(mentions, key=lambda mention: distance(session, content, mention), default=None)
    return None if best is None else best.id
