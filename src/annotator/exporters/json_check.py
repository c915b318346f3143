"""What must hold between the records of a project that comes from outside."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from annotator.exporters.codec import CodecError, Path
from annotator.model.changes import TABLE_OF, Record
from annotator.text.canonical import canonicalise, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters.base import ArticleRecords
    from annotator.model.annotations import Actor, Note
    from annotator.model.span import Span

#: Field of a record and the table of the record that it names.
_REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "source": (("group_id", "source"), ("actor_id", "actor")),
    "source_relation": (("first_id", "source"), ("second_id", "source")),
    "source_mention": (("source_id", "source"),),
    "mention": (("actor_id", "actor"),),
    "hedge": (("claim_id", "claim"),),
    "declined_comment": (("source_id", "source"),),
    "could_not_verify": (("claim_id", "claim"),),
    "attribution": (("source_id", "source"), ("mention_id", "source_mention")),
    "note": (("article_id", "article"),),
}


def check(
    actors: Sequence[Actor], notes: Sequence[Note], articles: Sequence[ArticleRecords]
) -> None:
    """Hold digests, spans, ids and references to what the project file demands.

    Raises:
        CodecError: at the first thing that does not hold.
    """
    ids: dict[str, set[str]] = {}
    for path, record in _all(actors, notes, articles):
        known = ids.setdefault(TABLE_OF[type(record)], set())
        if not record.id or record.id in known:
            raise CodecError((*path, "id"), "duplicate" if record.id else "value")
        known.add(record.id)
    for path, record in _all(actors, notes, articles):
        for field, table in _REFERENCES.get(TABLE_OF[type(record)], ()):
            named = getattr(record, field)
            if named is not None and named not in ids.get(table, set()):
                raise CodecError((*path, field), "reference")
    for number, records in enumerate(articles):
        _check_article(records, ("articles", number))


def _all(
    actors: Sequence[Actor], notes: Sequence[Note], articles: Sequence[ArticleRecords]
) -> Iterator[tuple[Path, Record]]:
    yield from ((("actors", n), actor) for n, actor in enumerate(actors))
    yield from ((("notes", n), note) for n, note in enumerate(notes))
    for number, records in enumerate(articles):
        yield ("articles", number, "article"), records.article
        for row in _rows(records):
            yield ("articles", number, TABLE_OF[type(row)], row.id), row


def _rows(records: ArticleRecords) -> Iterator[Record]:
    yield from records.sources
    yield from records.relations
    yield from records.attributions
    yield from records.notes
    yield from records.suggestions
    for mark in records.marks:
        assert type(mark) in TABLE_OF, "every kind of mark has a table"
        yield mark  # type: ignore[misc]


def _check_article(records: ArticleRecords, path: Path) -> None:
    article, text = records.article, records.text
    if canonicalise(text.text).text != text.text:
        raise CodecError((*path, "text", "text"), "canonical")
    if digest(text.text) != text.digest or article.text_digest != text.digest:
        raise CodecError((*path, "text", "digest"), "digest")
    if hashlib.sha256(records.original).hexdigest() != text.original_digest:
        raise CodecError((*path, "original"), "digest")
    if article.length != len(text.text):
        raise CodecError((*path, "article", "length"), "value")
    _inside((*article.mask, *article.headings), article.length, (*path, "article"))
    for row in _rows(records):
        table = TABLE_OF[type(row)]
        here = (*path, table, row.id)
        if getattr(row, "article_id", article.id) != article.id:
            raise CodecError((*here, "article_id"), "reference")
        if not getattr(row, "spans", True):
            raise CodecError((*here, "spans"), "value")
        for field in _SPAN_FIELDS.get(table, ("spans",)):
            _inside(getattr(row, field, ()), article.length, (*here, field))


#: Fields that hold spans, where they are not just ``spans``.
_SPAN_FIELDS = {"source": ("reason_spans", "formula_spans"), "suggestion": ("spans", "evidence")}


def _inside(spans: Iterable[Span], length: int, path: Path) -> None:
    if any(span.end > length for span in spans):
        raise CodecError(path, "span")
