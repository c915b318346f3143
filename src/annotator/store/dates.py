"""Where an article stands in the library: one whole number that orders by date."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.article import Article

#: Articles that can share one minute before one of them spills into the next minute's numbers.
#: Few bits, because the search index stores the distance between neighbours (2 bytes more a word
#: and article than numbering from 1; 24 bits cost 4).
_BITS = 14
SLOTS = 1 << _BITS
_MINUTES_A_DAY = 1440
_START = "0001-01-01T00:00"
_END = "9999-12-31T23:59"


@lru_cache(maxsize=4096)
def minute_of(value: str) -> int | None:
    """Return the minute (UTC where the zone is known) in which a date cut anywhere begins.

    Args:
        value: ISO 8601 cut to its precision: "2031", "2031-03", ..., "2031-03-14T07:42+01:00".
    """
    padded = value + _START[len(value) :] if len(value) < len(_START) else value
    try:
        moment = datetime.fromisoformat(padded)
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.toordinal() * _MINUTES_A_DAY + moment.hour * 60 + moment.minute


def last_minute_of(value: str) -> int | None:
    """Return the minute in which a date cut anywhere ends ("2031-02": the 28th, 23:59)."""
    if len(value) >= len(_END):
        return minute_of(value)
    for day in ("31", "30", "29", "28"):
        end = _END[:8] + day + _END[10:]
        found = minute_of(value + end[len(value) :])
        if found is not None:
            return found
    return None


def first_place(article: Article) -> int:
    """Return the first number an article may take: by its date, else by when it was imported."""
    minute = minute_of(article.published.value) if article.published is not None else None
    if minute is None:
        minute = minute_of(article.imported_at) if article.imported_at else None
    return (minute or 0) << _BITS


def place_bounds(since: str | None, until: str | None) -> tuple[int, int]:
    """Return the first and last number of a period; both of its ends belong to it whole."""
    first = minute_of(since) if since else None
    last = last_minute_of(until) if until else None
    low = 0 if first is None else first << _BITS
    high = (1 << 62) if last is None else ((last + 1) << _BITS) - 1
    return low, high
