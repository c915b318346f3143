"""The same story again: groups of articles that are near-duplicates of each other.

Finding them changes nothing; what to do with a group is a person's decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from annotator.app.jobs import JobContext
from annotator.model.article import Article
from annotator.text.minhash import groups, likeness, near_pairs, signature

if TYPE_CHECKING:
    from annotator.store import Project
    from annotator.text.minhash import Signature


@dataclass(frozen=True, slots=True)
class Copy:
    """Be one article of a group.

    ``shared`` estimates how much of the shorter of this article and the group's first one is in
    the other, 0 to 1; it is 1 for the first one.
    """

    article: Article
    shared: float


def near_duplicates(project: Project, ctx: JobContext | None = None) -> list[tuple[Copy, ...]]:
    """Find the groups of articles that tell the same story in mostly the same words.

    Page furniture does not count. The earliest published article comes first in its group, the
    group with the most articles first. The cost grows as n log n. Thread: any, with a project of
    that thread.

    Args:
        project: where to look.
        ctx: progress and cancel.
    """
    ctx = ctx or JobContext()
    articles = sorted(project.find(Article), key=_age)
    signatures: list[Signature] = []
    for number, article in enumerate(articles):
        ctx.progress(number, len(articles))
        signatures.append(signature(project.text(article.id).text, article.mask))
    found: list[tuple[Copy, ...]] = []
    for group in groups((one, other) for one, other, _how in near_pairs(signatures)):
        first, *others = sorted(cast("int", member) for member in group)
        copies = [Copy(articles[first], 1.0)]
        for other in others:
            how = likeness(signatures[first], signatures[other])
            copies.append(Copy(articles[other], round(how.containment, 2)))
        found.append(tuple(copies))
    return sorted(found, key=lambda group: (-len(group), _age(group[0].article)))


def _age(article: Article) -> tuple[str, str, str]:
    """Order articles by when they came out; undated ones come last."""
    when = article.published.value if article.published else "~"
    return when, str(article.imported_at), article.id
