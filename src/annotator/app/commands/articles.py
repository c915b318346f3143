"""Bring articles in, take them out, and say which parts of their page are furniture."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.app.commands.draft import Draft
from annotator.app.furniture import Remembered
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
from annotator.model.article import Article, ArticleText, DatePrecision, FieldOrigin, FuzzyDate
from annotator.model.changes import NewText
from annotator.model.errors import UserError
from annotator.model.span import Span, normalise, subtract
from annotator.model.suggestion import Suggestion
from annotator.text.anchors import make_anchor, place
from annotator.text.canonical import readable_name, utf8_of
from annotator.text.segments import Segments
from annotator.text.words import count_unmasked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.session import Session
    from annotator.importers.base import ImportedText

M = TypeVar("M", bound=Mark)

#: Everything that hangs on one article, children before what they refer to.
_BELONGINGS = (
    Note,
    Suggestion,
    Attribution,
    Hedge,
    CouldNotVerify,
    DeclinedComment,
    Mention,
    Cue,
    SourceMention,
    Claim,
    Quote,
    SourceRelation,
    Source,
)
_MARKS = (Quote, Claim, SourceMention, Cue, Mention, Hedge, DeclinedComment, CouldNotVerify)
_PRECISION = {
    4: DatePrecision.YEAR,
    7: DatePrecision.MONTH,
    10: DatePrecision.DAY,
    16: DatePrecision.MINUTE,
    19: DatePrecision.SECOND,
}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Name an article that was there already; ``exact`` if the very bytes were the same."""

    name: str
    article_id: str
    headline: str
    exact: bool


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Say what came in and what was there already."""

    added: tuple[Article, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()


def fuzzy_date(value: str) -> FuzzyDate | None:
    """Read an ISO date cut to its precision (``2031-03``); ``None`` if it is not one."""
    if not value:
        return None
    head = value.replace(" ", "T")
    zone = max(head.find("+", 10), head.find("-", 10), head.find("Z", 10))
    precision = _PRECISION.get(len(head if zone < 0 else head[:zone]))
    return None if precision is None else FuzzyDate(head, precision)


def article_from(
    imported: ImportedText, original: bytes, *, article_id: str, now: str
) -> tuple[Article, NewText]:
    """Make the article record and its text from what an importer read.

    Of a file of many articles only the part is kept that this one was read from, where the importer
    knows it.
    """
    original = original if imported.original is None else imported.original
    text = imported.text
    body = utf8_of(text, original)
    named = hashlib.sha256(body).hexdigest()
    kept = NewText(
        ArticleText(
            named,
            text,
            named if body is original else hashlib.sha256(original).hexdigest(),
            imported.charset,
            imported.charset_origin,
            imported.replaced,
        ),
        original,
    )
    known = imported.metadata
    mask = normalise(imported.mask)
    article = Article(
        id=article_id,
        text_digest=kept.text.digest,
        length=len(text),
        headline=imported.headline or _first_words(text, mask),
        language=imported.language,
        outlet=known.get("outlet", ""),
        agency=known.get("agency", ""),
        authors=tuple(a.strip() for a in known.get("authors", "").split(";") if a.strip()),
        translator=known.get("translator", ""),
        dateline=known.get("dateline", ""),
        section=known.get("section", ""),
        url=known.get("url", ""),
        published=fuzzy_date(known.get("published", "")),
        updated=fuzzy_date(known.get("updated", "")),
        word_count=count_unmasked(text, mask),
        mask=mask,
        headings=imported.headings,
        headline_span=imported.headline_span,
        origins=tuple(imported.origins),
        file_name=readable_name(imported.name),
        media_type=imported.media_type,
        imported_at=now,
        warnings=tuple(imported.warnings),
        kicker=known.get("kicker", ""),
        pages=imported.pages,
        joins=imported.joins,
    )
    return article, kept


def _first_words(text: str, mask: Sequence[Span], limit: int = 90) -> str:
    """Return the first unmasked words, so that no article is nameless in a list."""
    start = 0
    for span in mask:
        if text[start : span.start].strip():
            break
        start = span.end
    line = next((x for x in text[start:].splitlines() if x.strip()), "").strip()
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + "…"


def import_texts(session: Session, items: Iterable[tuple[ImportedText, bytes]]) -> ImportOutcome:
    """Add articles in one step; what is there already is named, not added again.

    Same bytes or same canonical text count as the same article, within the batch as well.
    """
    items = list(items)
    draft = Draft(
        session, "import", count=len(items), name=readable_name(items[0][0].name) if items else ""
    )
    added: list[Article] = []
    duplicates: list[Duplicate] = []
    fresh: dict[str, Article] = {}
    remembered, now = Remembered(session.project), session.now()
    made = [
        article_from(imported, original, article_id=session.new_id(), now=now)
        for imported, original in items
    ]
    stored = _stored_twins(session, [text.text.digest for _article, text in made])
    for (imported, _original), (read, text) in zip(items, made, strict=True):
        article = remembered.masked(read, text.text.text)
        twin = fresh.get(text.text.digest) or stored.get(text.text.digest)
        if twin is not None:
            exact = _same_bytes(session, twin, text.text, fresh)
            duplicates.append(
                Duplicate(readable_name(imported.name), twin.id, twin.headline, exact)
            )
            continue
        fresh[text.text.digest] = draft.insert(article)
        draft.keep_text(text)
        added.append(article)
    draft.commit()
    return ImportOutcome(tuple(added), tuple(duplicates))


def _stored_twins(session: Session, digests: list[str]) -> dict[str, Article]:
    """Return the first article of each text. One file may hold many articles: text decides."""
    found: dict[str, Article] = {}
    for article in session.project.find(Article, text_digest=digests):
        found.setdefault(article.text_digest, article)
    return found


def _same_bytes(
    session: Session, twin: Article, text: ArticleText, fresh: dict[str, Article]
) -> bool:
    if text.digest in fresh:
        return True
    return session.project.text(twin.id).original_digest == text.original_digest


def delete_articles(session: Session, articles: Sequence[Article]) -> None:
    """Delete articles with everything marked in them; undo brings all of it back."""
    draft = Draft(
        session,
        "delete-articles",
        count=len(articles),
        name=articles[0].headline if articles else "",
    )
    for article in articles:
        for kind in _BELONGINGS:
            for record in draft.find(kind, article_id=article.id):
                draft.delete_only(record)
        draft.delete_only(article)
    draft.commit()


# -- furniture ----------------------------------------------------------------------------------


def set_mask(session: Session, article: Article, spans: Iterable[Span]) -> Article:
    """Say which parts of the page are furniture: out of all counts, never deleted."""
    mask = normalise(spans)
    text = session.text(article.id)
    draft = Draft(session, "mask")
    changed = replace(article, mask=mask, word_count=count_unmasked(text, mask))
    after = draft.update(article, changed)
    draft.commit()
    return after


def mask_span(session: Session, article: Article, span: Span) -> Article:
    """Grey a selection as furniture."""
    return set_mask(session, article, (*article.mask, span))


def unmask_span(session: Session, article: Article, span: Span) -> Article:
    """Bring a piece of furniture back into the article."""
    return set_mask(session, article, subtract(article.mask, span))


# -- details ------------------------------------------------------------------------------------


def set_details(session: Session, article: Article, **fields: object) -> Article:
    """Correct details of an article; what a person typed is known to come from a person."""
    origins = tuple(o for o in article.origins if o.field not in fields)
    typed = tuple(FieldOrigin(name, "person") for name in fields)
    draft = Draft(session, "edit-details", field=next(iter(fields), ""))
    after = draft.update(article, replace(article, **fields, origins=origins + typed))  # type: ignore[arg-type]
    draft.commit()
    return after


def set_reviewed(session: Session, articles: Sequence[Article], *, reviewed: bool) -> None:
    """Tick articles as reviewed, or take the tick away."""
    label = "reviewed" if reviewed else "not-reviewed"
    draft = Draft(session, label, count=len(articles))
    for article in articles:
        draft.update(article, replace(article, reviewed=reviewed))
    draft.commit()


# -- decoding again -----------------------------------------------------------------------------


def replace_text(
    session: Session, article: Article, imported: ImportedText
) -> tuple[Article, list[Mark]]:
    """Give an article its text decoded anew and place every mark again by its words.

    Returns the article and the marks whose words were not found; those keep their anchor, cover
    the nearest place, and show up in the list of marks to place again.
    """
    original = session.project.original(article.id)
    fresh, text = article_from(imported, original, article_id=article.id, now=article.imported_at)
    if fresh.text_digest == article.text_digest:
        return article, []
    draft = Draft(session, "redecode", charset=imported.charset)
    draft.keep_text(text)
    after = draft.update(
        article,
        replace(
            article,
            text_digest=fresh.text_digest,
            length=fresh.length,
            mask=fresh.mask,
            headings=fresh.headings,
            headline=fresh.headline if not _typed(article, "headline") else article.headline,
            headline_span=fresh.headline_span,
            word_count=fresh.word_count,
            pages=fresh.pages,
            joins=fresh.joins,
        ),
    )
    segments = Segments(imported.text, article.language)
    lost: list[Mark] = []
    for kind in _MARKS:
        for mark in draft.find(kind, article_id=article.id):
            moved = _replaced(mark, imported.text, segments)
            if moved is None:
                lost.append(mark)
                moved = _clipped(mark, len(imported.text))
            draft.update(mark, moved)
    draft.commit()
    return after, lost


def _typed(article: Article, name: str) -> bool:
    return any(o.field == name and o.origin == "person" for o in article.origins)


def _replaced(mark: M, text: str, segments: Segments) -> M | None:
    pieces = tuple(len(span) for span in mark.spans)
    found = place(text, mark.anchor, near=mark.spans[0].start, pieces=pieces)
    if found is None:
        return None
    anchor = make_anchor(text, found.spans)
    moved = replace(mark, spans=found.spans, anchor=anchor)
    if isinstance(moved, Mention):
        start = found.spans[0].start
        return replace(
            moved, paragraph=segments.paragraph_of(start), sentence=segments.sentence_of(start)
        )
    return moved


def _clipped(mark: M, length: int) -> M:
    """Keep a lost mark inside the text without touching its anchor."""
    spans = tuple(
        Span(min(s.start, max(0, length - 1)), max(min(s.end, length), 1)) for s in mark.spans
    )
    return replace(mark, spans=normalise(spans))


# -- placing again --------------------------------------------------------------------------------


def confirm_place(session: Session, mark: M, spans: Sequence[Span]) -> M:
    """Put a mark that lost its words where the person says they are."""
    placed = normalise(spans)
    if not placed or placed[-1].end > len(session.text(mark.article_id)):
        raise UserError("mark-outside")
    draft = Draft(session, "place-again", kind=mark.mark_kind.value)
    anchor = make_anchor(session.text(mark.article_id), placed)
    after = draft.update(mark, replace(mark, spans=placed, anchor=anchor))
    draft.commit()
    return after
