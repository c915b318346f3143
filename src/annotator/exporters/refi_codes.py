"""The codebook that marks have in REFI-QDA: kinds of mark, and the coded values under them.

Every code has an id of its own that never changes, so that a file is read back by ids whatever
language its names are in.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.exporters.brat import CODED
from annotator.i18n import tr
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMESPACE = uuid.UUID("8b0f2a6e-1d5c-5f3a-9f0e-6a2d1c7b4e90")
_COLOURS = {
    MarkKind.QUOTE: "#0B6BB5",
    MarkKind.CLAIM: "#00795A",
    MarkKind.SOURCE: "#A3357A",
    MarkKind.CUE: "#8A6D00",
    MarkKind.ACTOR: "#6A6A66",
}
#: The coded fields that each kind of mark may have.
FIELDS: dict[MarkKind, tuple[str, ...]] = {
    MarkKind.QUOTE: ("kind", "channel"),
    MarkKind.CLAIM: ("claim_kind", "seriousness", "status", "verdict"),
    MarkKind.CUE: ("stance",),
    MarkKind.ACTOR: ("actor_kind",),
    MarkKind.SOURCE: (
        "identification",
        "affiliation",
        "role",
        "role_status",
        "proximity",
        "anonymity_reason",
        "authority_stated",
        "motive_stated",
    ),
}


@dataclass(frozen=True, slots=True)
class Code:
    """Hold one code: ``field`` and ``value`` are empty for the kind itself."""

    kind: MarkKind
    field: str = ""
    value: str = ""

    @property
    def guid(self) -> str:
        """Return the code's id."""
        return str(uuid.uuid5(_NAMESPACE, f"{self.kind.value}/{self.field}/{self.value}"))

    @property
    def colour(self) -> str:
        """Return the code's colour."""
        return _COLOURS.get(self.kind, "#5B5A56")

    def name(self, lang: str) -> str:
        """Return the code's name in a language."""
        kinds = CODED
        if self.value:
            return tr(f"vocabulary.{kinds[self.field].__name__}.{self.value}", lang=lang)
        if self.field:
            return tr(f"vocabulary.{kinds[self.field].__name__}", lang=lang)
        return tr(f"vocabulary.MarkKind.{self.kind.value}", lang=lang)


def codes_of(kind: MarkKind) -> Iterator[tuple[Code, list[Code]]]:
    """Yield the fields of a kind with their values."""
    for field in FIELDS.get(kind, ()):
        values = [Code(kind, field, member.value) for member in CODED[field]]
        yield Code(kind, field), values


def all_codes() -> dict[str, Code]:
    """Return every code by its id."""
    found = {Code(kind).guid: Code(kind) for kind in MarkKind}
    for kind in MarkKind:
        for head, values in codes_of(kind):
            found[head.guid] = head
            found |= {code.guid: code for code in values}
    return found
