"""The audit of each article, as the analysis hands it over: kept until the article changes.

The store does not know what is in a line; it knows which articles a change concerns, and lets go
of their lines in the transaction of the change. So what is there is true, and what is not there is
computed when it is asked for.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model.annotations import Actor
from annotator.model.article import Article
from annotator.model.suggestion import Suggestion
from annotator.store.codec import codec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from annotator.model.article import FuzzyDate, Related
    from annotator.store.connection import Connection
    from annotator.store.derived import Applied

_HEADS = (
    "SELECT a.id, a.outlet, a.agency, a.authors, a.section, a.published, a.reviewed, a.previous_id,"
    " a.related, k.line FROM article AS a LEFT JOIN audit AS k ON k.article = a.nr AND k.stamp = ?"
    " ORDER BY a.id"
)
_MISSING = (
    "SELECT a.id FROM article AS a LEFT JOIN audit AS k ON k.article = a.nr AND k.stamp = ?"
    " WHERE k.article IS NULL ORDER BY a.nr"
)
_OF_ACTOR = (
    "DELETE FROM audit WHERE article IN (SELECT nr FROM article WHERE id IN"
    " (SELECT article_id FROM mention WHERE actor_id = ?1"
    " UNION SELECT article_id FROM source WHERE actor_id = ?1))"
)


class AuditRow(NamedTuple):
    """Be one article and its line as they stand in the file: equal rows, equal figures.

    Read in one go and compared as they are; only what differs is worth decoding. ``line`` is
    ``None`` where none of the stamp is kept.
    """

    article_id: str
    outlet: str
    agency: str
    coded_authors: str
    section: str
    coded_published: str | None
    is_reviewed: int
    previous_id: str | None
    coded_related: str
    line: str | None

    @property
    def authors(self) -> tuple[str, ...]:
        """Return who wrote the article."""
        return _decoded("authors", self.coded_authors)

    @property
    def published(self) -> FuzzyDate | None:
        """Return when the article came out."""
        return _decoded("published", self.coded_published)

    @property
    def related(self) -> tuple[Related, ...]:
        """Return what was decided of other articles."""
        return _decoded("related", self.coded_related)


@cache
def _decode() -> Callable[[str, Any], Any]:
    return codec_of(Article).decode_value


@lru_cache(maxsize=4096)
def _decoded(name: str, value: str | None) -> Any:
    # Dates and authors come again and again.
    return _decode()(name, value)


def forget(connection: Connection, applied: Iterable[Applied]) -> None:
    """Let go of the audits that a change may show in, inside the running transaction."""
    numbers: set[int] = set()
    articles: set[str] = set()
    actors: set[str] = set()
    for one in applied:
        if one.table == "article":
            # By its number: the article may be gone, and its number given again.
            numbers.add(one.nr)
            continue
        for record in (one.before, one.after):
            if isinstance(record, Actor):
                # What names a new or a lost actor changes with it, and counts by itself.
                actors |= {record.id} if one.before and one.after else set()
            elif record is not None and not isinstance(record, Suggestion):
                article_id = getattr(record, "article_id", None)
                articles |= {article_id} if article_id is not None else set()
    connection.many("DELETE FROM audit WHERE article = ?", [(nr,) for nr in numbers])
    connection.many(
        "DELETE FROM audit WHERE article = (SELECT nr FROM article WHERE id = ?)",
        [(article_id,) for article_id in articles],
    )
    connection.many(_OF_ACTOR, [(actor_id,) for actor_id in actors])


def keep(connection: Connection, stamp: str, lines: Mapping[str, str]) -> None:
    """Keep lines by article id, inside the running transaction; articles that are gone are not."""
    connection.many(
        "INSERT OR REPLACE INTO audit (article, stamp, line)"
        " SELECT nr, ?, ? FROM article WHERE id = ?",
        [(stamp, line, article_id) for article_id, line in lines.items()],
    )


def missing(connection: Connection, stamp: str) -> list[str]:
    """Return the ids of the articles that have no line of this stamp."""
    return [article_id for (article_id,) in connection.rows(_MISSING, (stamp,))]


def heads(connection: Connection, stamp: str) -> list[AuditRow]:
    """Return every article as far as a project is sorted by it, with its line, by id."""
    return [AuditRow._make(row) for row in connection.rows(_HEADS, (stamp,))]
