"""The whole project as JSON, and back: nothing lost, the same bytes after a round trip.

One object: ``format``, ``version``, ``name``, ``actors``, ``notes`` (on actors and the project) and
``articles``. An article holds its record, its text with the original bytes in base64, and a list
for each table of records. Lists are sorted by id and every record stands on a line of its own, so
that two exports can be compared line by line. Not in it: the undo history and settings.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar, cast

from annotator.exporters.base import ArticleRecords, Dossier, Format, Redaction, Scope
from annotator.exporters.codec import CodecError, decode, encode
from annotator.exporters.json_check import check
from annotator.model.annotations import (
    Actor,
    Attribution,
    Mark,
    Note,
    Source,
    SourceRelation,
)
from annotator.model.article import Article, ArticleText
from annotator.model.changes import TABLE_OF, TABLES, ChangeSet, NewText, Record, insert
from annotator.model.errors import DataError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.suggestion import Suggestion

FORMAT = "annotator-project"
VERSION = 1
#: How every file of ours begins: enough to tell it from any other JSON.
HEAD = b'{\n"format": "annotator-project",\n'
_BATCH = 500

R = TypeVar("R", bound=Record)

#: Tables of an article's records, in the order of ``TABLES``.
_TABLES = [name for name, kind in TABLES.items() if kind not in (Article, Actor)]
_MARK_TABLES = [name for name, kind in TABLES.items() if issubclass(kind, Mark)]


@dataclass(frozen=True, slots=True)
class ProjectJson:
    """Hold what was read: checked, every reference leading somewhere."""

    name: str
    actors: tuple[Actor, ...]
    notes: tuple[Note, ...]
    articles: tuple[ArticleRecords, ...]

    def change_sets(self, label: str = "import_project") -> Iterator[ChangeSet]:
        """Yield the steps that put everything into a project, a batch of articles a step."""
        shared = [*(insert(a) for a in self.actors), *(insert(n) for n in self.notes)]
        for start in range(0, max(len(self.articles), 1), _BATCH):
            batch = self.articles[start : start + _BATCH]
            changes = [*shared, *(insert(r) for records in batch for r in _records(records))]
            shared = []
            if changes:
                texts = {r.text.digest: NewText(r.text, r.original) for r in batch}
                yield ChangeSet(label, tuple(changes), (), tuple(texts.values()))


def _records(records: ArticleRecords) -> Iterator[Record]:
    """Yield an article's records in an order that respects references."""
    yield records.article
    yield from records.sources
    yield from records.relations
    yield from cast("tuple[Record, ...]", records.marks)
    yield from records.attributions
    yield from records.notes
    yield from records.suggestions


# -- writing ----------------------------------------------------------------------------------


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def _array(records: Iterable[R]) -> Iterator[str]:
    """Yield a list, a record a line, sorted by id."""
    yield "["
    for number, record in enumerate(sorted(records, key=lambda r: r.id)):
        yield ",\n" if number else "\n"
        yield _line(encode(record))
    yield "]"


def _article(records: ArticleRecords) -> Iterator[str]:
    yield f'{{"article": {_line(encode(records.article))},\n"text": {_line(encode(records.text))}'
    yield f',\n"original": "{base64.b64encode(records.original).decode("ascii")}"'
    tables: dict[str, list[Any]] = {name: [] for name in _TABLES}
    for record in _records(records):
        if not isinstance(record, Article):
            tables[TABLE_OF[type(record)]].append(record)
    for name, rows in tables.items():
        if rows:
            yield f',\n"{name}": '
            yield from _array(rows)
    yield "}"


def _pieces(dossier: Dossier) -> Iterator[str]:
    yield HEAD.decode()
    yield f'"version": {VERSION},\n"name": {_line(dossier.project_name)},\n"actors": '
    yield from _array(dossier.actors)
    yield ',\n"notes": '
    yield from _array(dossier.notes)
    yield ',\n"articles": ['
    for number, records in enumerate(dossier.articles):
        yield ",\n" if number else "\n"
        yield from _article(records)
    yield "]\n}\n"


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the project, one article in memory at a time."""
    for piece in _pieces(dossier):
        stream.write(piece.encode("utf-8"))


# -- reading ----------------------------------------------------------------------------------


def is_project_json(data: bytes) -> bool:
    """Say whether bytes are one of these files, whoever laid out the JSON."""
    if data.startswith(HEAD):
        return True
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and f'"{FORMAT}"'.encode() in head


def read_project_json(data: bytes, name: str = "") -> ProjectJson:
    """Read a project.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.

    Raises:
        UserError: ``json-not-ours`` or ``json-newer``.
        DataError: ``json-broken`` with the place where it stopped.
    """
    try:
        root = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DataError("json-broken", file=name, where=_position(error)) from error
    if not isinstance(root, dict) or cast("dict[str, Any]", root).get("format") != FORMAT:
        raise UserError("json-not-ours", file=name)
    tree = cast("dict[str, Any]", root)
    version = tree.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UserError("json-newer", file=name)
    try:
        found = _project(tree)
        check(found.actors, found.notes, found.articles)
    except CodecError as error:
        place = str(error)
        raise DataError("json-broken", file=name, where=place) from error
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _position(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.lineno}:{error.colno}"
    return "."


def _project(tree: dict[str, Any]) -> ProjectJson:
    known = {"format", "version", "name", "actors", "notes", "articles"}
    for key in tree:
        if key not in known:
            raise CodecError((key,), "unknown")
    if tree.get("version") != VERSION:
        raise CodecError(("version",), "value")
    name = tree.get("name", "")
    if not isinstance(name, str):
        raise CodecError(("name",), "type")
    items = _list(tree, "articles")
    return ProjectJson(
        name,
        _read_array(Actor, _list(tree, "actors"), ("actors",)),
        _read_array(Note, _list(tree, "notes"), ("notes",)),
        tuple(_read_article(item, ("articles", n)) for n, item in enumerate(items)),
    )


def _list(tree: dict[str, Any], key: str, path: tuple[str | int, ...] = ()) -> list[Any]:
    value = tree.get(key, [])
    if not isinstance(value, list):
        raise CodecError((*path, key), "type")
    return cast("list[Any]", value)


def _read_array(kind: type[R], items: Sequence[Any], path: tuple[str | int, ...]) -> tuple[R, ...]:
    return tuple(decode(kind, item, (*path, n)) for n, item in enumerate(items))


def _read_article(value: Any, path: tuple[str | int, ...]) -> ArticleRecords:
    if not isinstance(value, dict):
        raise CodecError(path, "type")
    tree = cast("dict[str, Any]", value)
    known = {"article", "text", "original", *_TABLES}
    for key in tree:
        if key not in known:
            raise CodecError((*path, key), "unknown")
    tables: dict[str, Any] = {
        name: _read_array(TABLES[name], _list(tree, name, path), (*path, name)) for name in _TABLES
    }
    marks = [mark for name in _MARK_TABLES for mark in tables[name]]
    return ArticleRecords(
        article=decode(Article, tree.get("article"), (*path, "article")),
        text=decode(ArticleText, tree.get("text"), (*path, "text")),
        marks=tuple(sorted(marks, key=lambda m: (m.spans, m.id))),
        sources=cast("tuple[Source, ...]", tables["source"]),
        relations=cast("tuple[SourceRelation, ...]", tables["source_relation"]),
        attributions=cast("tuple[Attribution, ...]", tables["attribution"]),
        notes=cast("tuple[Note, ...]", tables["note"]),
        suggestions=cast("tuple[Suggestion, ...]", tables["suggestion"]),
        original=_original(tree.get("original", ""), (*path, "original")),
    )


def _original(value: Any, path: tuple[str | int, ...]) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise CodecError(path, "base64") from error


EXPORTER = Format(
    "json",
    ".json",
    "application/json",
    Scope.PROJECT,
    write,
    # A copy of the project itself: it loses nothing unless it is asked to.
    level=Redaction.INTERNAL,
    losses=("history",),
    needs_originals=True,
)
