"""Who is mentioned where, as arrays for counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.store.codec import dumps
from annotator.store.dates import place_bounds
from annotator.store.queries import PlaceArrays, PlaceQuery

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from annotator.store.codec import SqlValue
    from annotator.store.connection import Connection


_PLACES = "SELECT actor, article, paragraph, sentence FROM mention_place WHERE masked = 0"


def _chosen(query: PlaceQuery) -> tuple[str, list[SqlValue]]:
    """Return the SQL that picks the numbers of the chosen articles; empty picks all."""
    conditions: list[str] = []
    values: list[SqlValue] = []
    for column, value in (("outlet", query.outlet), ("language", query.language)):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if query.since or query.until:
        conditions.append("dated = 1 AND place BETWEEN ? AND ?")
        values += place_bounds(query.since, query.until)
    if query.article_ids is not None:
        conditions.append(
            "article IN (SELECT nr FROM article WHERE id IN (SELECT value FROM json_each(?)))"
        )
        values.append(dumps(list(query.article_ids)))
    if not conditions:
        return "", []
    # Only the fixed conditions above.
    where = " AND ".join(conditions)
    return f" AND article IN (SELECT article FROM shelf WHERE {where})", values  # noqa: S608


def mention_places(connection: Connection, query: PlaceQuery) -> PlaceArrays:
    """Return the mentions in the chosen articles, page furniture left out."""
    import numpy as np

    chosen, values = _chosen(query)
    rows = connection.rows(
        f"{_PLACES}{chosen} ORDER BY article, mention",
        values,
    )
    table = np.array(rows, dtype=np.int32).reshape(-1, 4)
    actor, actor_ids = _dense(connection, "actor", table[:, 0])
    article, article_ids = _dense(connection, "article", table[:, 1])
    return PlaceArrays(actor, article, table[:, 2], table[:, 3], actor_ids, article_ids)


def _dense(
    connection: Connection, table: str, numbers: NDArray[np.int32]
) -> tuple[NDArray[np.int32], list[str]]:
    """Return row numbers as indices in the list of the ids that occur, and that list."""
    import numpy as np

    occurring, index = np.unique(numbers, return_inverse=True)
    ids = dict(connection.rows(f"SELECT nr, id FROM {table}"))  # noqa: S608 two fixed names
    return index.astype(np.int32), [ids[nr] for nr in occurring.tolist()]
