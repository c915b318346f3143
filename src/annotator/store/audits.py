"""The audit of each article, as the analysis hands it over: kept until the article changes.

The store does not know what is in a line; it knows which articles a change concerns, and lets go
of their lines in the transaction of the change. So what is there is true, and what is not there is
computed when it is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annotator.model.annotations import Actor
from annotator.model.article import Article
from annotator.model.suggestion import Suggestion
from annotator.store.codec import codec_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.store.connection import Connection
    from annotator.store.derived import Applied

_KEPT = (
    "SELECT a.id, a.outlet, a.agency, a.authors, a.section, a.published, a.reviewed, k.line"
    " FROM article AS a JOIN audit AS k ON k.article = a.nr WHERE k.stamp = ? ORDER BY a.nr"
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


def kept(connection: Connection, stamp: str) -> list[tuple[Article, str]]:
    """Return each line with its article, of which only what a project is sorted by is filled in."""
    # Dates and authors come again and again.
    decode = cache(codec_of(Article).decode_value)
    found: list[tuple[Article, str]] = []
    for row in connection.rows(_KEPT, (stamp,)):
        article_id, outlet, agency, authors, section, published, reviewed, line = row
        article = Article(
            article_id,
            "",
            0,
            outlet=outlet,
            agency=agency,
            authors=decode("authors", authors),
            section=section,
            published=decode("published", published),
            reviewed=bool(reviewed),
        )
        found.append((article, line))
    return found
