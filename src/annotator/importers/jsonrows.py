"""Articles in JSON or JSON Lines: an object an article, its keys mapped to fields."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from annotator.importers.base import Readings, check_size, has_suffix
from annotator.importers.kit.charset import decode
from annotator.importers.mapping import TablePreview, articles_of_rows, guess_mapping
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.importers.base import ImportedText
    from annotator.importers.kit.charset import Decoded

_ROW_LIMIT = 200_000
_KEY_LIMIT = 400
#: Keys under which a file keeps its list.
_LISTS = (
    "articles", "items", "data", "results", "documents", "docs", "hits", "records", "rows",
    "entries",
)  # fmt: skip


#: How databases write a value with its type. Source: MongoDB Extended JSON v2.
_TYPED = frozenset(("$date", "$oid", "$numberLong", "$numberInt"))
_GAP = re.compile(r"\s+")


class JsonRows:
    """Read each object as one article."""

    id = "json"
    media_types = ("application/json", "application/x-ndjson")
    suffixes = (".json", ".jsonl", ".ndjson")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: objects with a key that holds text."""
        head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        if not head.startswith((b"{", b"[")):
            return 0.0
        if has_suffix(name, self.suffixes):
            return 0.7
        return 0.66 if head.startswith((b'{"', b"[{", b"{\n", b"[\n", b"{ ")) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the objects with the guessed mapping.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``,
                ``import-no-columns``, ``import-charset``.
        """
        return self.read_mapped(data, name, charset=charset)

    def read_mapped(
        self,
        data: bytes,
        name: str,
        *,
        charset: str | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> list[ImportedText]:
        """Read the objects with a mapping that a person chose (field -> key).

        Raises:
            UserError: as ``read``.
        """
        decoded = _decoded(data, name, charset)
        objects, refused = _objects(decoded.text, name)
        columns, rows = _rows(objects)
        found = Readings()
        found += articles_of_rows(
            columns, rows, name, self.media_types[0], mapping=mapping,
            charset=(decoded.charset, decoded.origin),
            written=lambda number: json.dumps(objects[number], ensure_ascii=False),
        )  # fmt: skip
        found.refused += refused
        return found


def preview_json(data: bytes, name: str, *, charset: str | None = None) -> TablePreview:
    """Show the keys, the first objects and the guessed mapping.

    Raises:
        UserError: as ``JsonRows.read``.
    """
    columns, rows = _rows(_objects(_decoded(data, name, charset).text, name)[0])
    shown = tuple(tuple(cell[:200] for cell in row) for row in rows[:20])
    return TablePreview(tuple(columns), shown, guess_mapping(columns, rows[:50]))


def _decoded(data: bytes, name: str, charset: str | None) -> Decoded:
    check_size(data, name)
    return decode(data, name, charset=charset)


def _rows(objects: list[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    flat = [_flat(item) for item in objects]
    columns = list(dict.fromkeys(key for item in flat for key in item))[:_KEY_LIMIT]
    return columns, [[item.get(column, "") for column in columns] for item in flat]


def _objects(text: str, name: str) -> tuple[list[dict[str, Any]], list[UserError]]:
    """Return the objects of a JSON document, or of one document a line, and the broken lines."""
    refused: list[UserError] = []
    try:
        try:
            content = json.loads(text, strict=False)
        except ValueError:
            content = _values(text)
            if content is None:
                content, refused = _lines(text, name)
    except (ValueError, RecursionError) as error:
        raise UserError("import-damaged", name=name) from error
    if isinstance(content, dict):
        content = _turned(content)
    if isinstance(content, dict):
        inner = _list_in(content)
        outer = [value for value in content.values() if isinstance(value, dict)]
        for value in outer if inner is None and len(outer) == 1 else ():
            inner = _list_in(value)
        content = [content] if inner is None else inner
    items: list[Any] = content if isinstance(content, list) else []
    return [item for item in items if isinstance(item, dict)][:_ROW_LIMIT], refused


def _values(text: str) -> list[Any] | None:
    """Return documents that follow each other, each over many lines; ``None`` if some is broken."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            return None
        found.append(value)
        rest = _GAP.match(text, end)
        at = end if rest is None else rest.end()
    return found


def _turned(content: dict[str, Any]) -> dict[str, Any] | list[Any]:
    """Return rows of a table that is written by columns, as pandas does; else what was given."""
    columns, data = content.get("columns"), content.get("data")
    if isinstance(columns, list) and isinstance(data, list):
        names = [str(column) for column in columns]
        return [dict(zip(names, row, strict=False)) for row in data if isinstance(row, list)]
    cells = list(content.values())
    if len(cells) < 2 or not all(isinstance(value, dict) and value for value in cells):
        return content
    keys = list(cells[0])
    if not all(key.isdigit() for key in keys) or any(
        value.keys() != cells[0].keys() for value in cells
    ):
        return content
    return [{name: value[key] for name, value in content.items()} for key in keys]


def _list_in(content: dict[str, Any]) -> list[Any] | None:
    """Return the list of articles that an answer of an archive holds."""
    found = (content[key] for key in _LISTS if isinstance(content.get(key), list))
    return next(found, None)


def _lines(text: str, name: str) -> tuple[list[Any], list[UserError]]:
    """Read a document a line; one that is broken costs itself, unless it is one of many."""
    found: list[Any] = []
    broken: list[UserError] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += [json.loads(line, strict=False)] if line.strip() else []
        except ValueError:
            values = {"name": name, "format_id": JsonRows.id, "broken": "row", "line": number}
            broken.append(UserError("import-damaged", **values))
    if len(broken) * 2 > len(found) or not any(isinstance(item, dict) for item in found):
        message = "no JSON Lines"
        raise ValueError(message)
    return found, broken


def _flat(item: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Return an object's texts; keys of inner objects get their outer key in front."""
    out: dict[str, str] = {}
    for key, value in item.items():
        name = f"{prefix}{key}"
        while isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPED:
            value = next(iter(value.values()))  # noqa: PLW2901 - unwrapped
        if isinstance(value, dict) and depth < 3:
            out.update(_flat(value, f"{name}.", depth + 1))
        elif isinstance(value, list):
            out[name] = _joined(value)
        elif value is not None and not isinstance(value, dict):
            out[name] = str(value)
    return out


def _joined(values: list[Any]) -> str:
    """Join a list: paragraphs with line ends, names with semicolons."""
    words = [
        str(v.get("name") or v.get("value") or v.get("text") or "")
        if isinstance(v, dict)
        else str(v)
        for v in values[:2_000]
        if v is not None
    ]
    long = any(len(word) > 120 for word in words)
    return ("\n" if long else "; ").join(word for word in words if word)
