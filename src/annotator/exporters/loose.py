"""Take apart JSON from elsewhere: what has another type than expected raises ``TypeError``."""

from __future__ import annotations

from typing import Any, cast

from annotator.model.span import Span, Spans, normalise


def as_dict(value: object) -> dict[str, Any]:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise TypeError(value)
    return cast("dict[str, Any]", value)


def as_list(value: object) -> list[Any]:
    """Return a JSON array."""
    if not isinstance(value, list):
        raise TypeError(value)
    return cast("list[Any]", value)


def one_or_many(value: object) -> list[Any]:
    """Return an array, also where JSON-LD lets a single value stand for one."""
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def dicts(values: list[Any]) -> list[dict[str, Any]]:
    """Return the objects of an array, whatever else is in it left out."""
    return [cast("dict[str, Any]", value) for value in values if isinstance(value, dict)]


def texts(value: object) -> dict[str, str]:
    """Return an object's plain values as texts; ``None`` is an empty object."""
    if value is None:
        return {}
    return {
        str(key): str(item)
        for key, item in as_dict(value).items()
        if isinstance(item, str | int | float)
    }


def span(value: object) -> Span:
    """Return a span given as ``[start, end]``."""
    start, end = as_list(value)
    return Span(int(start), int(end))


def spans(value: object) -> Spans:
    """Return spans given as a list of pairs."""
    return normalise(span(pair) for pair in as_list(value))
