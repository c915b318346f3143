"""What is asked for, and what comes back: the plain data of the store's reading side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from annotator.model.frozen import Frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from annotator.model.annotations import Mark
    from annotator.model.article import FuzzyDate

Order = Literal["newest", "oldest", "headline", "imported", "relevance"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArticleQuery(Frozen):
    """Ask for a page of the library.

    ``since`` and ``until`` are ISO dates cut anywhere ("2031", "2031-03"); both periods belong to
    the answer whole, and articles without a date of their own do not. ``outlet=""`` asks for
    articles without one, ``None`` for all. ``article_ids`` keeps to these articles.
    """

    search: str = ""
    outlet: str | None = None
    language: str | None = None
    reviewed: bool | None = None
    since: str | None = None
    until: str | None = None
    order: Order = "newest"
    limit: int = 200
    offset: int = 0
    article_ids: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArticleRow(Frozen):
    """Show one article in the library. ``snippet`` has U+0002 and U+0003 around each hit."""

    id: str
    headline: str
    outlet: str
    agency: str
    published: FuzzyDate | None
    language: str
    reviewed: bool
    word_count: int
    quotes: int
    sources: int
    claims: int
    mentions: int
    snippet: str
    imported_at: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArticlePage(Frozen):
    """Hold a page of the library. ``capped``: there are more hits than ``total``.

    A search counts up to 1,000 hits, or to the end of the page where ``reviewed`` is asked for.
    Of more hits, the order by relevance ranks the newest 1,000.
    """

    rows: list[ArticleRow]
    total: int
    capped: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpanRows(Frozen):
    """Hold what is where in an article: columns of equal length, sorted by start, then end.

    ``kinds`` are indices in ``tuple(MarkKind)``. A discontinuous mark has a row a piece.
    """

    starts: list[int]
    ends: list[int]
    kinds: list[int]
    mark_ids: list[str]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlaceQuery(Frozen):
    """Choose the articles whose mentions count; ``None`` is all. Dates as in ``ArticleQuery``."""

    article_ids: Sequence[str] | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlaceArrays(Frozen):
    """Hold every mention outside page furniture, sorted by article.

    ``actor`` and ``article``: int32 indices in ``actor_ids`` and ``article_ids``. ``paragraph``
    and ``sentence``: int32 ordinals in the article, -1 where not computed. All of one length.
    """

    actor: NDArray[np.int32]
    article: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    sentence: NDArray[np.int32]
    actor_ids: list[str]
    article_ids: list[str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unplaced(Frozen):
    """Name a mark whose words are not where it stands. ``reason``: ``moved`` or ``gone``.

    ``moved``: the words stand elsewhere in the text; ``gone``: nowhere that convinces.
    """

    mark: Mark
    reason: str
