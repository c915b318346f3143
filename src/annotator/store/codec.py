"""Turn records into rows and back, from the records' own type hints.

A column is named as the field. Text, numbers and ``None`` are kept as they are, enumerations as
their value, everything else as compact JSON: spans as one flat list of numbers, a nested record as
the list of its fields (so a field added at the end, with a default, reads old rows).
"""

from __future__ import annotations

import dataclasses
import gc
import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, cast, get_args, get_origin, get_type_hints

from annotator.model.annotations import Stamp
from annotator.model.changes import TABLE_OF, TABLES, Record
from annotator.model.errors import DataError
from annotator.model.span import Span, Spans

SqlValue = str | int | float | bytes | None
Row = tuple[SqlValue, ...]
R = TypeVar("R", bound=Record)
_MANY = 1000
_Function = Callable[[Any], Any]

#: Compact JSON with sorted keys: the same record always makes the same row.
dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
loads = json.JSONDecoder().decode


def _same(value: Any) -> Any:
    return value


def _is_optional(hint: Any) -> bool:
    return get_origin(hint) is UnionType and NoneType in get_args(hint)


def _bare(hint: Any) -> Any:
    """Return ``T`` of ``T | None``, any other hint as it is."""
    return next(a for a in get_args(hint) if a is not NoneType) if _is_optional(hint) else hint


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _or_none(inner: _Function) -> _Function:
    return lambda value: None if value is None else inner(value)


def _member_of(kind: type[Enum]) -> _Function:
    return {member.value: member for member in kind}.__getitem__


def _list_of(parts: Iterable[str]) -> str:
    return "[" + ",".join(parts) + "]"


def _to_json(hint: Any) -> _Function:
    """Make the function that writes a value of this type as compact JSON.

    Put together once from the type: a general encoder looks at the type of every value again,
    which costs four times as much.
    """
    if _is_optional(hint):
        inner = _to_json(_bare(hint))
        return lambda value: "null" if value is None else inner(value)
    if hint is str:
        return encode_basestring
    if hint is int:
        return int.__repr__
    if _is_enum(hint):
        return {member: dumps(member.value) for member in hint}.__getitem__
    if hint is Span:
        return lambda span: f"[{span.start},{span.end}]"
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        names = [f.name for f in dataclasses.fields(hint)]
        values = attrgetter(*names)
        parts = [_to_json(hints[name]) for name in names]
        # One value a field: strict would say so again for each of a million records.
        return lambda value: "[" + ",".join([f(v) for f, v in zip(parts, values(value))]) + "]"  # noqa: B905
    if get_origin(hint) is tuple:
        each = [_to_json(a) for a in get_args(hint) if a is not Ellipsis]
        if Ellipsis in get_args(hint):
            one = each[0]
            return lambda value: "[" + ",".join([one(v) for v in value]) + "]" if value else "[]"
        return lambda value: _list_of([f(v) for f, v in zip(each, value, strict=True)])
    return (lambda value: dumps(dict(value))) if get_origin(hint) is Mapping else dumps


def _each(parts: list[_Function], values: Sequence[Any]) -> list[Any]:
    # Fewer values than fields: the row was written before the field existed.
    if len(values) > len(parts):
        message = "more values than fields"
        raise ValueError(message)
    return [convert(value) for convert, value in zip(parts, values, strict=False)]


def _from_plain(hint: Any) -> _Function:
    """Make the function that turns what JSON holds back into a value of this type."""
    if _is_optional(hint):
        return _or_none(_from_plain(_bare(hint)))
    if _is_enum(hint):
        return _member_of(hint)
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        make = cast("_Function", hint)
        parts = [_from_plain(hints[f.name]) for f in dataclasses.fields(hint)]
        if all(part is _same for part in parts):
            return lambda value: make(*value)
        return lambda value: make(*_each(parts, value))
    if get_origin(hint) is tuple:
        each = [_from_plain(a) for a in get_args(hint) if a is not Ellipsis]
        if Ellipsis in get_args(hint):
            return lambda value: tuple([each[0](v) for v in value])
        return lambda value: tuple([f(v) for f, v in zip(each, value, strict=True)])
    return _same


def encode_spans(spans: Spans) -> str:
    """Return spans as a flat JSON list: ``[start,end,start,end]``."""
    if len(spans) == 1:
        return f"[{spans[0].start},{spans[0].end}]"
    return "[" + ",".join([f"{s.start},{s.end}" for s in spans]) + "]"


def decode_spans(text: str) -> Spans:
    """Return the spans of a flat JSON list.

    Raises:
        ValueError: if the list is not pairs of numbers that make spans.
    """
    return spans_of(loads(text))


def spans_of(numbers: list[int]) -> Spans:
    """Return the spans of a flat list of their ends."""
    if len(numbers) == 2:
        return (Span(numbers[0], numbers[1]),)
    return tuple([Span(s, e) for s, e in zip(numbers[::2], numbers[1::2], strict=True)])


def json_column(values: Sequence[str]) -> list[Any]:
    """Return the JSON documents of a column, read as one: three times as fast as one by one.

    Raises:
        ValueError: if one of them is no document.
    """
    found: list[Any] = loads("[" + ",".join(values) + "]")
    if len(found) != len(values):
        message = "more than one document in a value"
        raise ValueError(message)
    return found


def _of_json(convert: _Function) -> _Function:
    return lambda value: None if value is None else convert(loads(value))


def _encoder(hint: Any) -> _Function | None:
    """Return what makes a column value of a field, or ``None`` where nothing has to be done."""
    bare = _bare(hint)
    if bare == Spans:
        return encode_spans
    if bare is bool:
        return int
    if bare in (str, int, float) or _is_enum(bare):
        return None
    write = _to_json(bare)
    return _or_none(write) if bare is not hint else write


def _decoder(hint: Any) -> _Function | None:
    """Return what makes a field of a column value, or ``None`` where nothing has to be done."""
    bare = _bare(hint)
    if bare == Spans:
        return decode_spans
    if bare is bool:
        return bool
    if _is_enum(bare):
        return _member_of(bare)
    if bare in (str, int, float):
        return None
    decode = _of_json(_from_plain(bare))
    # Stamps repeat: one import or one accepted batch gives thousands of records the same.
    return lru_cache(maxsize=2048)(decode) if bare is Stamp else decode


def _column_decoder(hint: Any) -> _Function | None:
    """Return what makes a whole column of fields of a column of values."""
    one = _decoder(hint)
    if one is None:
        return None
    if hint == Spans:
        return lambda values: map(spans_of, json_column(values))
    if dataclasses.is_dataclass(hint) and cast("object", hint) is not Stamp:
        convert = _from_plain(hint)
        return lambda values: map(convert, json_column(values))
    return lambda values: map(one, values)


@contextmanager
def no_collection(count: int) -> Generator[None, None, None]:
    """Make many records without Python looking for cycles among them: there are none.

    It would look through all that were made so far again and again, a quarter of the time.
    """
    pauses = count > _MANY and gc.isenabled()
    if pauses:
        gc.disable()
    try:
        yield
    finally:
        if pauses:
            gc.enable()


class Codec(Generic[R]):
    """Know the columns of one kind of record and how to fill and read them."""

    def __init__(self, table: str, kind: type[R]) -> None:
        self.table = table
        self.kind = kind
        hints = get_type_hints(kind)
        self.columns = tuple(f.name for f in dataclasses.fields(kind))
        encoders = [(i, _encoder(hints[name])) for i, name in enumerate(self.columns)]
        decoders = [(i, _decoder(hints[name])) for i, name in enumerate(self.columns)]
        self._encoders = [(i, f) for i, f in encoders if f is not None]
        self._decoders = [(i, f) for i, f in decoders if f is not None]
        many = [(i, _column_decoder(hints[name])) for i, name in enumerate(self.columns)]
        self._many_decoders = [(i, f) for i, f in many if f is not None]
        self._column_encoder = {self.columns[i]: f for i, f in self._encoders}
        self._column_decoder = {self.columns[i]: f for i, f in self._decoders}
        paths = [f"{n}._value_" if _is_enum(hints[n]) else n for n in self.columns]
        self._values = attrgetter(*paths)
        names = ", ".join(self.columns)
        marks = ", ".join("?" * (len(self.columns) + 1))
        settings = ", ".join(f"{name} = ?" for name in self.columns if name != "id")
        self.scalars = frozenset(n for n in self.columns if n not in self._column_encoder) | {
            n for n in self.columns if _bare(hints[n]) is bool
        }
        # The only names in these statements are TABLES' keys and the records' field names.
        self.select = f"SELECT nr, {names} FROM {table}"  # noqa: S608
        self.insert = f"INSERT INTO {table} (nr, {names}) VALUES ({marks})"  # noqa: S608
        self.update = f"UPDATE {table} SET {settings} WHERE nr = ?"  # noqa: S608
        self.delete = f"DELETE FROM {table} WHERE nr = ?"  # noqa: S608

    def encode(self, record: R) -> list[SqlValue]:
        """Return the record's column values, in the order of ``columns``."""
        row: list[Any] = list(self._values(record))
        for index, convert in self._encoders:
            row[index] = convert(row[index])
        return row

    def decode(self, row: Sequence[SqlValue]) -> R:
        """Return the record of a row (the columns, without ``nr``).

        Raises:
            DataError: if the row holds what no record can (a damaged or foreign file).
        """
        values: list[Any] = list(row)
        try:
            for index, convert in self._decoders:
                values[index] = convert(values[index])
            return self.kind(*values)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise DataError("row-unreadable", table=self.table, id=str(row[0])) from error

    def decode_many(self, rows: Sequence[Sequence[SqlValue]]) -> list[R]:
        """Return the records of whole rows (``nr`` first, as ``select`` gives them).

        Raises:
            DataError: as ``decode``.
        """
        if not rows:
            return []
        columns: list[Any] = list(zip(*rows, strict=True))[1:]
        with no_collection(len(rows)):
            try:
                for index, convert in self._many_decoders:
                    columns[index] = convert(columns[index])
                return list(map(self.kind, *columns))
            except (ValueError, TypeError, KeyError, IndexError):
                return [self.decode(row[1:]) for row in rows]  # names the row that is wrong

    def decode_value(self, column: str, value: SqlValue) -> Any:
        """Return the field's value of one column."""
        convert = self._column_decoder.get(column)
        return value if convert is None else convert(value)

    def check_comparable(self, column: str) -> None:
        """Refuse what is no field, or one that holds more than one plain value.

        Raises:
            ValueError: if it is none.
        """
        if column not in self.scalars:
            message = f"{self.table} has no comparable field {column!r}"
            raise ValueError(message)

    def encode_value(self, column: str, value: object) -> SqlValue:
        """Return what a comparable field's value looks like in its column."""
        if isinstance(value, Enum):
            return cast("SqlValue", value.value)
        convert = self._column_encoder.get(column)
        return cast("SqlValue", value if convert is None else convert(value))


_codecs: dict[type[Record], Codec[Any]] = {}


def codec_of(kind: type[R]) -> Codec[R]:
    """Return the codec of a kind of record (made on first use)."""
    codec = _codecs.get(kind)
    if codec is None:
        codec = _codecs[kind] = Codec(TABLE_OF[kind], kind)
    return codec


def codec_for(table: str) -> Codec[Any]:
    """Return the codec of a table."""
    return codec_of(TABLES[table])
