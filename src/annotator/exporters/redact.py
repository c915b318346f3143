"""Take out what must stay inside, before anything is formatted.

A redacted dossier says nothing that the article does not say: what a person typed (labels, notes,
names, evidence, who coded it) stays only where the same words stand in the article. Unnamed sources
get an alias that is new for every export; links that would name them are cut. ``publish`` also
takes the words that describe them out of the text itself.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.exporters.aliases import Aliases
from annotator.exporters.base import ArticleRecords, Dossier, Lazy, Redaction
from annotator.exporters.rewrite import Rewriting
from annotator.i18n import tr
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Anchor,
    Claim,
    CouldNotVerify,
    DeclinedComment,
    Hedge,
    Mark,
    Mention,
    Note,
    Source,
    SourceMention,
    SourceRelation,
    Stamp,
)
from annotator.model.article import Article, ArticleText, DatePrecision, FuzzyDate
from annotator.text.anchors import make_anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.model.span import Span, Spans

_SAME = (v.SourceRelationKind.SAME, v.SourceRelationKind.MAY_BE_SAME)
#: What a note on a finding is on (``analysis.rules.FINDING_TABLE``; the rooms do not meet).
_FINDING = "finding"
_OPEN_RULES = (v.GroundRule.ON_RECORD, v.GroundRule.UNKNOWN)
#: What may be named inside a description without telling who is described.
_PUBLIC_KINDS = (v.ActorKind.ORGANISATION, v.ActorKind.STATE, v.ActorKind.PLACE)


def is_protected(source: Source) -> bool:
    """Say whether nothing may lead to this source: unnamed, not on record, or not yet coded."""
    return (
        source.identification.is_anonymous
        or source.identification is v.Identification.UNKNOWN
        or source.ground_rule not in _OPEN_RULES
    )


def plain(words: str) -> str:
    """Return words as they are compared: composed, case folded, white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())


def public_words(records: ArticleRecords) -> str:
    """Return what the article itself tells everybody, ready to compare: text and details."""
    article = records.article
    details = (
        article.headline,
        article.outlet,
        article.agency,
        *article.authors,
        article.translator,
        article.dateline,
        article.section,
        article.url,
    )
    return plain("\n".join((records.text.text, *details)))


def says(public: str, words: str) -> bool:
    """Say whether public words hold these words as whole words."""
    wanted = plain(words)
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", public) is not None


@dataclass(frozen=True, slots=True)
class _Context:
    """What redacting one article needs to know of the whole dossier."""

    level: Redaction
    lang: str
    aliases: Aliases
    actors: dict[str, Actor]


def redact(dossier: Dossier, level: Redaction, *, seed: bytes | None = None) -> Dossier:
    """Return the dossier as it may leave the desk.

    Args:
        dossier: everything, as the project holds it.
        level: how much may leave.
        seed: what aliases and ids are made from; by default new for each export.
    """
    if level is Redaction.INTERNAL:
        return replace(dossier, level=level)
    aliases = Aliases(seed if seed is not None else secrets.token_bytes(16))
    actors = _public_actors(dossier, aliases)
    context = _Context(level, dossier.lang, aliases, actors)
    articles = dossier.articles
    return replace(
        dossier,
        level=level,
        articles=Lazy(len(articles), lambda i: _article(articles[i], context)),
        actors=tuple(sorted(actors.values(), key=lambda a: a.id)),
        notes=(),
        project_name="",
        coder="",
        graph=None if dossier.graph is None else dossier.graph.renamed(actors),
    )


def public_actors(
    dossier: Dossier, level: Redaction, *, seed: bytes | None = None
) -> dict[str, Actor]:
    """Return the actors that a drawing or table of a level may show, by the id they have inside.

    Args:
        dossier: everything, as the project holds it.
        level: how much may leave.
        seed: what new ids are made from; by default new for each export.
    """
    if level is Redaction.INTERNAL:
        return {actor.id: actor for actor in dossier.actors}
    return _public_actors(dossier, Aliases(seed or secrets.token_bytes(16)))


def _public_actors(dossier: Dossier, aliases: Aliases) -> dict[str, Actor]:
    """Return the mentioned actors by their old id, named as the articles name them."""
    known = {actor.id: actor for actor in dossier.actors}
    said: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    for records in dossier.articles:
        public = public_words(records)
        for mark in records.marks:
            if not isinstance(mark, Mention) or mark.actor_id not in known:
                continue
            actor = known[mark.actor_id]
            names = said.setdefault(actor.id, set())
            names |= {n for n in (actor.name, *(a.name for a in actor.aliases)) if says(public, n)}
            shown = _words(mark, records.text.text)
            if len(shown) > len(words.get(actor.id, "")):
                words[actor.id] = shown
    return {i: _named_as_said(known[i], names, words[i], aliases) for i, names in said.items()}


def _named_as_said(actor: Actor, names: set[str], words: str, aliases: Aliases) -> Actor:
    is_named = actor.name in names
    return replace(
        actor,
        id=aliases.id(actor.id),
        name=actor.name if is_named else words,
        aliases=tuple(a for a in actor.aliases if a.name in names),
        wikidata=actor.wikidata if is_named else "",
        stamp=_stamp(actor.stamp),
    )


def _words(mark: Mark, text: str) -> str:
    return " […] ".join(span.slice(text) for span in mark.spans)


def _stamp(stamp: Stamp) -> Stamp:
    """Keep the days and the origin; who it was stays inside."""
    return Stamp("", stamp.made_at[:10], stamp.changed_at[:10], stamp.origin)


def _article(records: ArticleRecords, context: _Context) -> ArticleRecords:
    """Return one article as it may leave the desk."""
    text = records.text.text
    public = public_words(records)
    protected = {s.id for s in records.sources if is_protected(s)}
    codes = context.aliases.codes(records.sources)
    first_words: dict[str, str] = {}
    for mark in records.marks:
        if isinstance(mark, SourceMention) and mark.source_id:
            first_words.setdefault(mark.source_id, _words(mark, text))
    redacted = ArticleRecords(
        article=_metadata(records.article, context.level),
        text=_retold(records.text, text),
        marks=tuple(_marks(records, protected, context)),
        sources=tuple(
            _source(s, codes[s.id], first_words.get(s.id, ""), public, protected, context)
            for s in records.sources
        ),
        relations=tuple(_relations(records.relations, protected, context.aliases)),
        attributions=tuple(
            replace(a, source_id=context.aliases.id(a.source_id), stamp=_stamp(a.stamp))
            for a in records.attributions
        ),
        notes=tuple(_accepted(records, context)),
        original=text.encode("utf-8"),
    )
    if context.level is Redaction.PUBLISH:
        return _undescribed(redacted, protected, codes, context)
    return redacted


def _accepted(records: ArticleRecords, context: _Context) -> Iterator[Note]:
    """Keep that a finding was accepted; the reason stays inside."""
    sources = {s.id for s in records.sources}
    for note in records.notes:
        if note.target_table == _FINDING:
            head, slash, target = note.target_id.rpartition("/")
            target = context.aliases.id(target) if target in sources else target
            yield replace(
                note,
                target_id=f"{head}{slash}{target}",
                text=tr("report.accepted_inside", lang=context.lang),
                stamp=_stamp(note.stamp),
            )


def _metadata(article: Article, level: Redaction) -> Article:
    """Keep the published details; drop what tells about this desk and its files."""
    is_public = level is Redaction.PUBLISH
    return replace(
        article,
        url=re.sub(r"^(\w+://)[^/@]*@", r"\1", re.sub(r"[?#].*$", "", article.url)),
        published=_to_the_day(article.published) if is_public else article.published,
        updated=_to_the_day(article.updated) if is_public else article.updated,
        file_name="",
        imported_at=article.imported_at[:10],
        previous_id=None,
        related=(),
    )


def _to_the_day(date: FuzzyDate | None) -> FuzzyDate | None:
    if date is None or date.precision not in (DatePrecision.MINUTE, DatePrecision.SECOND):
        return date
    return FuzzyDate(date.value.partition("T")[0], DatePrecision.DAY)


def _retold(text: ArticleText, words: str) -> ArticleText:
    """Let the text itself stand for the original file, which may hold names of its own."""
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
    return ArticleText(digest, words, digest, "utf-8", "unknown", text.replaced)


def _marks(records: ArticleRecords, protected: set[str], context: _Context) -> Iterator[Mark]:
    hulls = [
        m.hull for m in records.marks if isinstance(m, SourceMention) and m.source_id in protected
    ]
    for mark in records.marks:
        clean = replace(mark, stamp=_stamp(mark.stamp))
        if isinstance(clean, Mention):
            actor = context.actors.get(clean.actor_id or "")
            if actor is not None and not _would_name(clean, actor, hulls):
                yield replace(clean, actor_id=actor.id)
        elif isinstance(clean, SourceMention | DeclinedComment) and clean.source_id:
            yield replace(clean, source_id=context.aliases.id(clean.source_id))
        elif isinstance(clean, Claim):
            unknown = v.InformationCredibility.UNKNOWN
            yield replace(clean, evidence=(), correction="", credibility=unknown)
        else:
            yield clean


def _would_name(mark: Mention, actor: Actor, hulls: list[Span]) -> bool:
    """Say whether an actor's mention lies on an unnamed source's and would tell who it is."""
    here = mark.hull
    if any(here.contains(hull) for hull in hulls):
        return True
    return actor.kind not in _PUBLIC_KINDS and any(here.overlaps(hull) for hull in hulls)


def _source(
    source: Source,
    code: str,
    words: str,
    public: str,
    protected: set[str],
    context: _Context,
) -> Source:
    """Return a source with the article's own words for it; an unnamed one with its alias."""
    hidden = source.id in protected
    actor = context.actors.get(source.actor_id or "")
    has_group = source.group_id is not None and (hidden or source.group_id not in protected)
    clean = replace(
        source,
        id=context.aliases.id(source.id),
        label=code if hidden else _said(source.label, public),
        description=_said(source.description, public) or words,
        affiliation_name=_said(source.affiliation_name, public),
        ground_rule=v.GroundRule.UNKNOWN,
        reliability=v.SourceReliability.UNKNOWN,
        actor_id=None if hidden or actor is None else actor.id,
        group_id=context.aliases.id(source.group_id) if source.group_id and has_group else None,
        stamp=_stamp(source.stamp),
    )
    if hidden and context.level is Redaction.PUBLISH:
        return replace(
            clean,
            description="",
            affiliation=v.Affiliation.UNKNOWN,
            affiliation_name="",
            role=v.Role.UNKNOWN,
            role_status=v.RoleStatus.UNKNOWN,
        )
    return clean


def _said(words: str, public: str) -> str:
    return words if says(public, words) else ""


def _relations(
    relations: Iterable[SourceRelation], protected: set[str], aliases: Aliases
) -> Iterator[SourceRelation]:
    """Keep the relations, except those that say which named person an unnamed one may be."""
    for relation in relations:
        sides = {relation.first_id in protected, relation.second_id in protected}
        if relation.kind in _SAME and len(sides) > 1:
            continue
        yield replace(
            relation,
            first_id=aliases.id(relation.first_id),
            second_id=aliases.id(relation.second_id),
            stamp=_stamp(relation.stamp),
        )


def _undescribed(
    records: ArticleRecords, protected: set[str], codes: dict[str, str], context: _Context
) -> ArticleRecords:
    """Put an alias in the place of every description of an unnamed source, in the text too."""
    named = {context.aliases.id(i): codes[i] for i in protected}
    replacements: list[tuple[Span, str]] = []
    for mark in records.marks:
        if isinstance(mark, SourceMention) and mark.source_id in named:
            alias = tr("report.alias", lang=context.lang, code=named[mark.source_id])
            replacements += [(s, alias if n == 0 else "…") for n, s in enumerate(mark.spans)]
    text = records.text.text
    new = Rewriting(text, replacements)
    headline, kicker = records.article.headline, records.article.kicker
    for span, alias in replacements:
        headline = headline.replace(span.slice(text), alias)
        kicker = kicker.replace(span.slice(text), alias)
    retold = _retold(records.text, new.text)
    marks = tuple(_moved_marks(records.marks, new))
    left = {mark.id for mark in marks}
    return replace(
        records,
        article=_moved_article(
            replace(records.article, headline=headline, kicker=kicker), new, retold.digest
        ),
        text=retold,
        marks=tuple(_without_gone(mark, left) for mark in marks),
        sources=tuple(
            replace(
                s,
                reason_spans=_kept(s.reason_spans, new),
                formula_spans=_kept(s.formula_spans, new),
            )
            for s in records.sources
        ),
        attributions=tuple(
            replace(a, cue_ids=tuple(i for i in a.cue_ids if i in left))
            for a in records.attributions
            if a.content_id in left
        ),
        original=new.text.encode("utf-8"),
    )


def _kept(spans: Spans, new: Rewriting) -> Spans:
    return new.spans(tuple(s for s in spans if not new.is_gone(s)))


def _without_gone(mark: Mark, left: set[str]) -> Mark:
    if isinstance(mark, Hedge | CouldNotVerify) and mark.claim_id not in left:
        return replace(mark, claim_id=None)
    return mark


def _moved_article(article: Article, new: Rewriting, digest: str) -> Article:
    headline_span = article.headline_span
    return replace(
        article,
        text_digest=digest,
        length=len(new.text),
        mask=new.spans(article.mask),
        headings=tuple(s for h in article.headings if (s := new.span(h)) is not None),
        headline_span=None if headline_span is None else new.span(headline_span),
        origins=tuple(
            replace(o, span=None if o.span is None else new.span(o.span)) for o in article.origins
        ),
        pages=tuple((new.position(at), label) for at, label in article.pages),
        joins=(),
    )


def _moved_marks(marks: Iterable[Mark], new: Rewriting) -> Iterator[Mark]:
    """Carry the marks over; what stood inside a description would go on describing."""
    for mark in marks:
        is_source = isinstance(mark, SourceMention)
        spans = new.spans(mark.spans) if is_source else _kept(mark.spans, new)
        if spans:
            anchor = make_anchor(new.text, spans) if mark.anchor != Anchor() else Anchor()
            yield replace(mark, spans=spans, anchor=anchor)
