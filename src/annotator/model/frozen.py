"""What all records have in common: how they compare, hash and show themselves."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import DataclassInstance


@cache
def _values_of(kind: type[DataclassInstance]) -> Callable[[object], object]:
    return attrgetter(*(field.name for field in fields(kind)))


class Frozen:
    """Compare and hash by type and values, as a frozen dataclass does.

    To be used with ``@dataclass(frozen=True, slots=True, eq=False, repr=False)``: dataclasses
    compile a function of each kind for each class, which for some forty records is a tenth of what
    a start may take.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Say whether the other is of the same type and holds the same."""
        if other.__class__ is not self.__class__:
            return NotImplemented
        values = _values_of(cast("Any", self.__class__))
        return values(self) == values(other)

    def __hash__(self) -> int:
        """Return a number that equal records share."""
        return hash(_values_of(cast("Any", self.__class__))(self))

    def __repr__(self) -> str:
        """Return the record as one would make it."""
        names = [field.name for field in fields(cast("Any", self))]
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({inside})"
