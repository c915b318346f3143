"""Make a project with one long article and many marks of all kinds, as a careful desk leaves it."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

from annotator.app.session import new_uuid
from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    Cue,
    Mention,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.article import Article, ArticleText
from annotator.model.changes import ChangeSet, NewText, insert
from annotator.model.span import Span
from annotator.store import Project
from annotator.text.anchors import make_anchor
from annotator.text.canonical import digest
from annotator.text.words import count_words

if TYPE_CHECKING:
    from pathlib import Path

_SOURCES, _ACTORS, _STEP = 40, 60, 5_000


def make(path: Path, text: str, places: list[tuple[int, int]], seed: int = 3) -> str:
    """Write the project and return the article's id.

    Args:
        path: where; it must not exist.
        text: canonical text of the article.
        places: starts and ends of the marks, code points.
        seed: decides their kinds and links.
    """
    dice = random.Random(seed)
    original = text.encode()
    kept = ArticleText(
        digest=digest(text),
        text=text,
        original_digest=hashlib.sha256(original).hexdigest(),
        charset="utf-8",
    )
    article = Article(
        id=new_uuid(),
        text_digest=digest(text),
        headline="A long inquiry",
        language="fr",
        length=len(text),
        word_count=count_words(text),
    )
    sources = [Source(id=new_uuid(), article_id=article.id, label=f"S{n}") for n in range(_SOURCES)]
    actors = [Actor(id=new_uuid(), name=f"Actor {n}") for n in range(_ACTORS)]
    with Project.create(path) as project:
        records = [insert(one) for one in (article, *sources, *actors)]
        new = NewText(kept, original)
        project.commit(ChangeSet("articles-import", tuple(records), texts=(new,)))
        made = []
        for start, end in places:
            made += _marks(dice, text, Span(start, end), article.id, sources, actors)
            if len(made) >= _STEP:
                project.commit(ChangeSet("mark", tuple(made)))
                made = []
        project.commit(ChangeSet("mark", tuple(made)))
    return article.id


def _marks(dice, text, span, article_id, sources, actors):
    """Return the changes that mark one place, a content with its attribution."""
    common = {
        "id": new_uuid(),
        "article_id": article_id,
        "spans": (span,),
        "anchor": make_anchor(text, (span,)),
    }
    kind = dice.randrange(8)
    if kind < 3:
        content = (Quote if kind < 2 else Claim)(**common)
        link = Attribution(
            id=new_uuid(),
            article_id=article_id,
            content_id=content.id,
            source_id=dice.choice(sources).id,
        )
        return [insert(content), insert(link)]
    if kind < 5:
        return [insert(SourceMention(**common, source_id=dice.choice(sources).id))]
    if kind < 7:
        return [insert(Mention(**common, actor_id=dice.choice(actors).id))]
    return [insert(Cue(**common))]
