"""Records as JSON objects and back, from the records' own type hints.

Every field is written under its name, in the order of the record: the same record always makes the
same object. Spans are pairs ``[start, end]``. Reading checks every type and says where it stopped.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from annotator.model.span import Span

T = TypeVar("T")
Path = tuple[str | int, ...]
_Reader = Callable[[Any, Path], Any]


class CodecError(ValueError):
    """Say what in a JSON value is not as it must be, and where.

    Args:
        path: the keys and indices that lead there.
        reason: a short word for what is wrong (``type``, ``value``, ``missing``, ``unknown``).
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{where(path)}: {reason}")
        self.path = path
        self.reason = reason


def where(path: Path) -> str:
    """Return a path as people write it: ``articles[3].quote[0].kind``."""
    words = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path)
    return words.lstrip(".") or "."


def encode(value: object) -> Any:
    """Return what JSON can hold of a record or of a value in one."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [encode(v) for v in cast("tuple[object, ...]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return {key: encode(pairs[key]) for key in sorted(pairs)}
    return value


def decode(kind: type[T], value: object, path: Path = ()) -> T:
    """Return the record that a JSON object holds.

    Raises:
        CodecError: if the object does not fit the record.
    """
    return cast("T", _reader(kind)(value, path))


@cache
def _reader(hint: Any) -> _Reader:
    """Make the function that reads a value of this type."""
    origin = get_origin(hint)
    if origin in (types.UnionType,):
        inner = _reader(next(a for a in get_args(hint) if a is not types.NoneType))
        return lambda value, path: None if value is None else inner(value, path)
    if hint is Span:
        return _read_span
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_reader(hint)
    if dataclasses.is_dataclass(cast("object", hint)):
        return _record_reader(cast("type[Any]", hint))
    if origin is tuple:
        return _tuple_reader(get_args(hint))
    if origin is Mapping:
        return _read_mapping
    return _plain_reader(cast("type[Any]", hint))


def _read_span(value: Any, path: Path) -> Span:
    try:
        start, end = value
        if type(start) is int and type(end) is int:
            return Span(start, end)
    except (TypeError, ValueError) as error:
        raise CodecError(path, "span") from error
    raise CodecError(path, "span")


def _enum_reader(hint: type[Enum]) -> _Reader:
    members = {member.value: member for member in hint}

    def read(value: Any, path: Path) -> Enum:
        if not isinstance(value, str) or value not in members:
            raise CodecError(path, "value")
        return members[value]

    return read


def _record_reader(hint: type[Any]) -> _Reader:
    hints = get_type_hints(hint)
    parts = {f.name: _reader(hints[f.name]) for f in dataclasses.fields(hint)}
    needed = {
        f.name
        for f in dataclasses.fields(hint)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }

    def read(value: Any, path: Path) -> object:
        if not isinstance(value, dict):
            raise CodecError(path, "type")
        given = cast("dict[str, Any]", value)
        for name in given:
            if name not in parts:
                raise CodecError((*path, name), "unknown")
        for name in needed:
            if name not in given:
                raise CodecError((*path, name), "missing")
        return hint(**{name: parts[name](v, (*path, name)) for name, v in given.items()})

    return read


def _tuple_reader(arguments: tuple[Any, ...]) -> _Reader:
    readers = [_reader(a) for a in arguments if a is not Ellipsis]
    is_open = Ellipsis in arguments

    def read(value: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise CodecError(path, "type")
        items = cast("list[Any]", value)
        if not is_open and len(items) != len(readers):
            raise CodecError(path, "length")
        each = readers * len(items) if is_open else readers
        return tuple(each[n](item, (*path, n)) for n, item in enumerate(items))

    return read


def _read_mapping(value: Any, path: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise CodecError(path, "type")
    pairs = cast("dict[Any, Any]", value)
    for key, item in pairs.items():
        if not isinstance(key, str) or not isinstance(item, str):
            raise CodecError((*path, str(key)), "type")
    return dict(sorted(cast("dict[str, str]", pairs).items()))


def _plain_reader(hint: type[Any]) -> _Reader:
    def read(value: Any, path: Path) -> Any:
        if hint is float and type(value) is int:
            return float(value)
        if type(value) is not hint:
            raise CodecError(path, "type")
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise CodecError(path, "surrogate")
        return value

    return read
