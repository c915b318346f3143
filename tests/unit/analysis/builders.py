"""Short ways to make the records of an invented article."""

from __future__ import annotations

from itertools import count

from annotator.analysis.sourcing import Records
from annotator.model.annotations import (
    Attribution,
    Claim,
    CouldNotVerify,
    DeclinedComment,
    Quote,
    Source,
    SourceRelation,
)
from annotator.model.span import Span
from annotator.model.vocabulary import AttributionAct, Identification, SourceRelationKind

ARTICLE = "art"
_numbers = count()


def source(name, identification=Identification.UNNAMED_PERSON, **fields):
    return Source(id=name, article_id=ARTICLE, identification=identification, **fields)


def named(name, **fields):
    return source(name, Identification.NAMED_PERSON, **fields)


def group(name, stated=2, **fields):
    return source(name, Identification.UNNAMED_GROUP, stated_count=stated, **fields)


def relation(first, second, kind=SourceRelationKind.MAY_BE_SAME):
    return SourceRelation(f"r{next(_numbers)}", ARTICLE, first, second, kind)


def claim(name="c", start=0, end=10, **fields):
    return Claim(name, ARTICLE, (Span(start, end),), **fields)


def quote(name="q", start=0, end=10, **fields):
    return Quote(name, ARTICLE, (Span(start, end),), **fields)


def says(content, who, act=AttributionAct.STATEMENT, **fields):
    return Attribution(f"t{next(_numbers)}", ARTICLE, content, who, act=act, **fields)


def denies(content, who):
    return says(content, who, AttributionAct.DENIAL)


def refuses(content, who):
    return says(content, who, AttributionAct.REFUSAL)


def declined(who=None, start=80):
    return DeclinedComment(f"d{next(_numbers)}", ARTICLE, (Span(start, start + 5),), source_id=who)


def could_not_verify(claim_id=None, start=90):
    spans = (Span(start, start + 5),)
    return CouldNotVerify(f"v{next(_numbers)}", ARTICLE, spans, claim_id=claim_id)


def records(*rows, text=""):
    """Sort any records into the collections of an article."""
    return Records.of(
        marks=[r for r in rows if hasattr(r, "spans")],
        sources=[r for r in rows if isinstance(r, Source)],
        relations=[r for r in rows if isinstance(r, SourceRelation)],
        attributions=[r for r in rows if isinstance(r, Attribution)],
        text=text,
    )
