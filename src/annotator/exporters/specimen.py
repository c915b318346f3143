"""A dossier about nobody, with one of everything: to see what a format writes of its own accord."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from annotator.exporters.base import (
    ArticleRecords,
    Basis,
    Dossier,
    Figures,
    Range,
    Redaction,
    Shares,
)
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mention,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.article import Article, ArticleText
from annotator.model.span import Span
from annotator.text.anchors import make_anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.annotations import Mark

_TEXT = "One\n“Two three”, said four. Five six.\nSeven eight nine."
_WORDS: dict[str, tuple[type[Mark], str]] = {
    "quote": (Quote, "“Two three”"),
    "cue": (Cue, "said"),
    "source": (SourceMention, "four"),
    "claim": (Claim, "Five six"),
    "actor": (Mention, "Five"),
    "hedge": (Hedge, "six"),
    "declined": (DeclinedComment, "Seven"),
    "unverified": (CouldNotVerify, "eight nine"),
}


def specimen(*, lang: str = "en", level: Redaction = Redaction.INTERNAL, kind: str = "") -> Dossier:
    """Return the dossier; ``lang`` and ``kind`` as the real one has them."""
    data = _TEXT.encode()
    digest = hashlib.sha256(data).hexdigest()
    text = ArticleText(digest, _TEXT, digest, "utf-8", "utf-8")
    article = Article("article", digest, len(_TEXT), "One", "en", word_count=8)
    marks: dict[str, Mark] = {}
    for name, (record, words) in _WORDS.items():
        start = _TEXT.index(words)
        spans = (Span(start, start + len(words)),)
        marks[name] = record(name, "article", spans, make_anchor(_TEXT, spans))
    source = Source("s", "article", identification=v.Identification.NAMED_PERSON)
    link = Attribution("link", "article", "quote", "s", cue_ids=("cue",))
    records = ArticleRecords(
        article, text, tuple(marks.values()), (source,), (), (link,), original=data
    )
    actor = Actor("actor", "Five")
    return Dossier(
        (records,), (actor,), lang=lang, level=level, kind=kind, version="0", figures=_figures
    )


def _figures(records: ArticleRecords, actors: Sequence[Actor]) -> Figures:
    del records, actors
    one = Range(1, 1)
    named = Basis(v.SourcingState.SINGLE_NAMED, ("s",), distinct=one)
    shares = Shares(named=1)
    return Figures({"quote": named}, one, shares, shares, shares)
