"""What near-duplicates are found by, kept so that each text is looked at once.

A cache: it follows from the texts, is filled when somebody asks for near-duplicates, and is
believed only where ``of`` still names the text and its mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.store.connection import Connection


@dataclass(frozen=True, slots=True)
class KeptLikeness:
    """Hold the signature of one article; ``of`` says of which text and mask."""

    article_id: str
    of: str
    size: int
    hashes: bytes


def read(connection: Connection) -> list[KeptLikeness]:
    """Return what is kept, in the order of the articles."""
    rows = connection.rows(
        "SELECT a.id, l.of, l.size, l.hashes FROM likeness AS l JOIN article AS a"
        " ON a.nr = l.article ORDER BY l.article"
    )
    return [KeptLikeness(*row) for row in rows]


def keep(connection: Connection, found: Iterable[KeptLikeness]) -> None:
    """Keep signatures inside the running transaction; forget those of articles that are gone."""
    connection.many(
        "INSERT OR REPLACE INTO likeness (article, of, size, hashes)"
        " SELECT nr, ?, ?, ? FROM article WHERE id = ?",
        [(one.of, one.size, one.hashes, one.article_id) for one in found],
    )
    connection.run("DELETE FROM likeness WHERE article NOT IN (SELECT nr FROM article)")
