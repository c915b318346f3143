"""Files inside files: members of archives and attachments, each read as a file of its own."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.importers.base import Readings, refused_parts
from annotator.importers.kit.zips import safe_name
from annotator.model.errors import AnnotatorError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How deep files may lie inside each other, and how many a file may hold.
DEPTH_LIMIT = 4
PART_LIMIT = 5_000
_depth: ContextVar[int] = ContextVar("depth", default=0)


def read_parts(parts: Iterable[tuple[str, bytes | UserError]], name: str) -> Readings:
    """Read the files inside a file; one that cannot be read costs itself only.

    Args:
        parts: names as the outer file spells them (never used as paths), with bytes or the error
            that stands for them.
        name: the outer file's name.

    Raises:
        UserError: ``import-bomb`` if they lie too deep or are too many.
    """
    from annotator.importers import read_bytes

    depth = _depth.get()
    if depth >= DEPTH_LIMIT:
        raise UserError("import-bomb", name=name, broken="depth", limit=DEPTH_LIMIT)
    found = Readings()
    token = _depth.set(depth + 1)
    try:
        for number, (member, data) in enumerate(parts):
            if number >= PART_LIMIT:
                raise UserError("import-bomb", name=name, broken="entries", limit=PART_LIMIT)
            shown = safe_name(member)
            try:
                if isinstance(data, UserError):
                    raise data
                inner = read_bytes(data, shown)
            except AnnotatorError as error:
                if error.message_id == "import-bomb":
                    # The whole file is refused, and the person knows it by its own name.
                    raise UserError("import-bomb", **{**error.values, "name": name}) from error
                values = {**error.values, "name": f"{name} › {shown}"}
                found.refused.append(UserError(error.message_id, **values))
                continue
            found.refused += refused_parts(inner)
            found += [t if t.original is not None else replace(t, original=data) for t in inner]
    finally:
        _depth.reset(token)
    return found
