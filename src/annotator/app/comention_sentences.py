"""The sentences behind an actor or a pair of actors: what one reads after a click in the plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from annotator.analysis.comention import Unit
from annotator.model.annotations import Mention
from annotator.model.article import Article
from annotator.model.span import Span, normalise
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.app.comentions import GraphData
    from annotator.model.article import FuzzyDate
    from annotator.store import Project

Indices = npt.NDArray[np.int64]

#: Names inside a passage stand between these two.
NAME_STARTS, NAME_ENDS = "\x02", "\x03"
LIMIT = 200
#: Articles whose dates are looked up to put the newest first.
_DATED = 2_000
_BATCH = 500
#: A passage is cut around its names beyond so many characters.
_LONG = 320


@dataclass(frozen=True, slots=True)
class Passage:
    """Be one unit that mentions the actor, or both.

    ``text`` has the names between ``NAME_STARTS`` and ``NAME_ENDS``; ``at`` is where to open the
    article (the first name).
    """

    article_id: str
    headline: str
    outlet: str
    published: FuzzyDate | None
    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Passages:
    """Hold the newest passages and how many there are in all."""

    rows: tuple[Passage, ...]
    total: int


def read_passages(
    project: Project,
    data: GraphData,
    actor_id: str,
    other_id: str | None = None,
    *,
    limit: int = LIMIT,
    check: Callable[[], None] | None = None,
) -> Passages:
    """Return the passages that the number in the plot counts, the newest articles first.

    For one actor every sentence that mentions it; for two every unit of the query that mentions
    both, each told by its sentences with a name in them.

    Args:
        project: a reader of the project.
        data: what is shown; its filters hold.
        actor_id: an actor.
        other_id: the second one of a pair.
        limit: passages read at most.
        check: called between articles; whatever it raises stops the work.
    """
    unit = data.query.unit if other_id is not None else Unit.SENTENCE
    ids = [actor_id] if other_id is None else [actor_id, other_id]
    found = _units(data, ids, unit)
    articles = _newest_first(project, data, found)
    rows: list[Passage] = []
    for article, ordinals in articles:
        if check is not None:
            check()
        rows += _passages(project, article, ordinals, ids, unit)
        if len(rows) >= limit:
            break
    return Passages(tuple(rows[:limit]), len(found))


def _units(data: GraphData, ids: Sequence[str], unit: Unit) -> list[tuple[int, int]]:
    """Return the units that mention all the actors, as (article number, ordinal)."""
    places = data.places
    ordinal = {
        Unit.SENTENCE: places.sentence,
        Unit.PARAGRAPH: places.paragraph,
        Unit.ARTICLE: np.zeros_like(places.article),
    }[unit]
    common: set[tuple[int, int]] | None = None
    for actor_id in ids:
        if actor_id not in places.actor_ids:
            return []
        rows = places.actor == places.actor_ids.index(actor_id)
        units = set(zip(places.article[rows].tolist(), ordinal[rows].tolist(), strict=True))
        common = units if common is None else common & units
    return sorted(common or ())


def _newest_first(
    project: Project, data: GraphData, units: Iterable[tuple[int, int]]
) -> list[tuple[Article, list[int]]]:
    by_article: dict[str, list[int]] = {}
    for number, ordinal in units:
        by_article.setdefault(data.places.article_ids[number], []).append(ordinal)
    # Of very many articles the ones imported last.
    ids = list(by_article)[-_DATED:]
    articles: list[Article] = []
    for start in range(0, len(ids), _BATCH):
        articles += project.find(Article, id=tuple(ids[start : start + _BATCH]))

    def age(article: Article) -> tuple[str, str]:
        return (article.published.value if article.published else "", article.imported_at)

    return [(a, by_article[a.id]) for a in sorted(articles, key=age, reverse=True)]


def _passages(
    project: Project, article: Article, ordinals: Sequence[int], ids: Sequence[str], unit: Unit
) -> list[Passage]:
    """Return the passages of one article in text order."""
    mentions = project.find(Mention, article_id=article.id, actor_id=tuple(ids))
    text = project.text(article.id).text
    segments = Segments(text, article.language)
    found: list[Passage] = []
    for ordinal in sorted(ordinals):
        inside = [m for m in mentions if _ordinal(m, unit) == ordinal]
        names = normalise(span for mention in inside for span in mention.spans)
        if not names:
            continue
        numbers = sorted({segments.sentence_of(span.start) for span in names})
        sentences = [segments.sentences[n] for n in numbers if n >= 0]
        words = " […] ".join(_marked(text, sentence, names) for sentence in sentences)
        found.append(
            Passage(
                article.id, article.headline, article.outlet, article.published, words, names[0]
            )
        )
    return found


def _ordinal(mention: Mention, unit: Unit) -> int:
    if unit is Unit.ARTICLE:
        return 0
    return mention.sentence if unit is Unit.SENTENCE else mention.paragraph


def _marked(text: str, sentence: Span, names: Sequence[Span]) -> str:
    """Return a sentence with the names in it marked, cut around them if it is long."""
    inside = [span for span in names if span.overlaps(sentence)]
    start, end = sentence.start, sentence.end
    cut_before = cut_after = False
    if len(sentence) > _LONG and inside:
        room = (_LONG - (inside[-1].end - inside[0].start)) // 2
        first = max(start, min(inside[0].start - max(room, 40), end - _LONG))
        last = min(end, max(first + _LONG, inside[-1].end + 40))
        cut_before, cut_after = first > start, last < end
        start, end = first, last
    pieces: list[str] = ["…"] if cut_before else []
    at = start
    for span in inside:
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        pieces += [_plain(text[at:low]), NAME_STARTS, _plain(text[low:high]), NAME_ENDS]
        at = high
    pieces.append(_plain(text[at:end]))
    return "".join(pieces) + ("…" if cut_after else "")


def _plain(words: str) -> str:
    """Take out what would read as a mark of ours."""
    return words.replace(NAME_STARTS, " ").replace(NAME_ENDS, " ").replace("\n", " ")
