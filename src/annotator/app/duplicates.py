"""The same story again: groups of articles that are near-duplicates of each other.

Finding them changes nothing; what to do with a group is a person's decision
(``app.commands.stories``). What a text is compared by is computed once and kept in the project.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from annotator.app.jobs import JobContext
from annotator.model.article import Article
from annotator.store.likeness import KeptLikeness
from annotator.text.minhash import Signature, groups, likeness, near_pairs, signature

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from annotator.store import Project

#: Signatures that were made otherwise are made again.
_MADE = 2


@dataclass(frozen=True, slots=True)
class Copy:
    """Be one article of a group.

    ``shared`` estimates how much of the shorter of this article and the group's first one is in
    the other, 0 to 1; it is 1 for the first one.
    """

    article: Article
    shared: float


@dataclass(frozen=True, slots=True)
class Looked:
    """Hold the groups that were found, and what was computed for it and may be kept.

    Keep it with ``Project.keep_likenesses``: the next look is at new articles only.
    """

    groups: tuple[tuple[Copy, ...], ...]
    fresh: tuple[KeptLikeness, ...]


def near_duplicates(project: Project, ctx: JobContext | None = None) -> list[tuple[Copy, ...]]:
    """Find the groups of articles that tell the same story in mostly the same words.

    As ``look``, of all articles.
    """
    return list(look(project, ctx).groups)


def look(
    project: Project, ctx: JobContext | None = None, *, among: Collection[str] | None = None
) -> Looked:
    """Find the groups of articles that tell the same story in mostly the same words.

    Page furniture does not count. The earliest published article comes first in its group, the
    group with the most articles first. The cost grows as n log n. Thread: any, with a project of
    that thread.

    Args:
        project: where to look.
        ctx: progress and cancel.
        among: only groups that hold one of these articles (those that just came in).
    """
    articles = sorted(project.find(Article), key=_age)
    signatures, fresh = _signatures(project, articles, ctx or JobContext())
    found: list[tuple[Copy, ...]] = []
    for group in groups((one, other) for one, other, _how in near_pairs(signatures)):
        first, *others = sorted(cast("int", member) for member in group)
        if among is not None and not any(articles[n].id in among for n in (first, *others)):
            continue
        copies = [Copy(articles[first], 1.0)]
        for other in others:
            how = likeness(signatures[first], signatures[other])
            copies.append(Copy(articles[other], round(how.containment, 2)))
        found.append(tuple(copies))
    found.sort(key=lambda group: (-len(group), _age(group[0].article)))
    return Looked(tuple(found), tuple(fresh))


def _signatures(
    project: Project, articles: Sequence[Article], ctx: JobContext
) -> tuple[list[Signature], list[KeptLikeness]]:
    """Return the signature of each article, and those that were not kept yet."""
    kept = {one.article_id: one for one in project.likenesses()}
    found: list[Signature] = []
    fresh: list[KeptLikeness] = []
    for number, article in enumerate(articles):
        of = _name(article)
        known = kept.get(article.id)
        if known is not None and known.of == of:
            found.append(Signature(known.hashes, known.size))
            continue
        ctx.progress(number, len(articles), "likeness")
        made = signature(project.text(article.id).text, article.mask)
        found.append(made)
        fresh.append(KeptLikeness(article.id, of, made.size, made.hashes))
    return found, fresh


def _name(article: Article) -> str:
    """Name what a signature is of: the text, what of it is masked, and how it was made."""
    mask = ",".join(f"{span.start}-{span.end}" for span in article.mask)
    return f"{article.text_digest[:32]}/{zlib.crc32(mask.encode()):08x}/{_MADE}"


def _age(article: Article) -> tuple[str, str]:
    """Order articles by when they came out, undated ones last; then by when they came in."""
    when = article.published.value if article.published else "~"
    return when, article.imported_at
