"""Which articles are left out where each story counts once.

Articles belong to one story where a person said so: one is a new version of the other, or both
were found to be the same. Of a story the article counts that is coded furthest: a reviewed one
before a marked one, that before an untouched one; of equals the newest version, then the one
published last. Without this, a dispatch that nine papers printed is nine articles.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Teller:
    """Be one article as far as it tells a story: ``same`` are ids of articles that tell it, too.

    ``coded`` is 0 for an untouched article, 1 for a marked and 2 for a reviewed one.
    """

    article_id: str
    previous_id: str | None = None
    same: tuple[str, ...] = ()
    coded: int = 0
    published: str = ""


def repeats(tellers: Iterable[Teller]) -> frozenset[str]:
    """Return the ids of the articles that tell a story again; those without a link never do."""
    known = {teller.article_id: teller for teller in tellers}
    roots = {article_id: article_id for article_id in known}

    def root(article_id: str) -> str:
        while roots[article_id] != article_id:
            roots[article_id] = article_id = roots[roots[article_id]]
        return article_id

    for teller in known.values():
        for other in (*teller.same, teller.previous_id):
            if other in known:
                roots[root(teller.article_id)] = root(other)
    stories: dict[str, list[Teller]] = defaultdict(list)
    for teller in known.values():
        stories[root(teller.article_id)].append(teller)
    replaced = {teller.previous_id for teller in known.values()}
    left_out: set[str] = set()
    for story in stories.values():
        counted = max(
            story,
            key=lambda t: (t.coded, t.article_id not in replaced, t.published, t.article_id),
        )
        left_out |= {t.article_id for t in story} - {counted.article_id}
    return frozenset(left_out)
