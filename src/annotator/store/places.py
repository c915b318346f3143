"""Who is mentioned where, as arrays for counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.store.codec import dumps
from annotator.store.dates import place_bounds
from annotator.store.pages import (
    NUMBERS_OF_IDS,
    PAGES_OF_SHELF,
    PLACE_WIDTH,
    article_of_page,
)
from annotator.store.queries import PlaceArrays, PlaceQuery

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from annotator.store.codec import SqlValue
    from annotator.store.connection import Connection


def _chosen(query: PlaceQuery) -> tuple[str, list[SqlValue]]:
    """Return the query for the pages of the chosen articles, and its values."""
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
        conditions.append(f"article IN ({NUMBERS_OF_IDS})")
        values.append(dumps(list(query.article_ids)))
    if not conditions:
        return "SELECT page, places FROM place_page ORDER BY page", []
    # Only the fixed conditions above.
    where = " AND ".join(conditions)
    return f"SELECT page, places FROM {PAGES_OF_SHELF} WHERE {where} ORDER BY page", values  # noqa: S608


def mention_places(connection: Connection, query: PlaceQuery) -> PlaceArrays:
    """Return the mentions in the chosen articles, page furniture left out."""
    import numpy as np

    rows = connection.rows(*_chosen(query))
    table = np.frombuffer(b"".join([packed for _, packed in rows]), dtype="<i4")
    table = table.reshape(-1, PLACE_WIDTH)
    sizes = [len(packed) // (4 * PLACE_WIDTH) for _, packed in rows]
    numbers = np.repeat([article_of_page(page) for page, _ in rows], sizes)
    counted = table[:, 4] == 0
    actor, actor_ids = _dense(connection, "actor", table[counted, 1])
    article, article_ids = _dense(connection, "article", numbers[counted])
    paragraph, sentence = (np.ascontiguousarray(table[counted, i], np.int32) for i in (2, 3))
    return PlaceArrays(actor, article, paragraph, sentence, actor_ids, article_ids)


def _dense(
    connection: Connection, table: str, numbers: NDArray[np.integer]
) -> tuple[NDArray[np.int32], list[str]]:
    """Return row numbers as indices in the list of the ids that occur, and that list."""
    import numpy as np

    if not len(numbers):
        return np.zeros(0, np.int32), []
    # Row numbers are dense: a table of the index of each is quicker than sorting the numbers.
    occurring = np.flatnonzero(np.bincount(numbers))
    index = np.zeros(int(occurring[-1]) + 1, np.int32)
    index[occurring] = np.arange(len(occurring), dtype=np.int32)
    ids = dict(connection.rows(f"SELECT nr, id FROM {table}"))  # noqa: S608 two fixed names
    return index[numbers], [ids[nr] for nr in occurring.tolist()]
