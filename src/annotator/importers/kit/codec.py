"""Imported texts and errors as JSON, for the pipe between the program and its worker."""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import Any

from annotator.importers.base import ImportedText, Readings, refused_parts
from annotator.importers.mapping import TablePreview
from annotator.importers.splitter import Preview
from annotator.model.article import FieldOrigin
from annotator.model.errors import AnnotatorError, DataError, UserError
from annotator.model.span import Span, Spans


def dump_texts(texts: list[ImportedText]) -> bytes:
    """Return the answer for articles that were read."""
    refused = [_error(error) for error in refused_parts(texts)]
    return json.dumps({"ok": [_plain(text) for text in texts], "refused": refused}).encode()


def dump_preview(preview: TablePreview | None) -> bytes:
    """Return the answer for the columns of a table; ``None``: it is no table."""
    if preview is None:
        return json.dumps({"preview": None}).encode()
    rows = [list(row) for row in preview.rows]
    plain = {"columns": list(preview.columns), "rows": rows, "mapping": dict(preview.mapping)}
    return json.dumps({"preview": plain}).encode()


def load_preview(raw: bytes) -> TablePreview | None:
    """Return the columns of an answer.

    Raises:
        UserError: the error that the answer carries.
        ValueError: if the answer is not one of ours.
    """
    try:
        answer = json.loads(raw)
        _raise_error(answer)
        found = answer["preview"]
        if found is None:
            return None
        return TablePreview(
            tuple(map(str, found["columns"])),
            tuple(tuple(map(str, row)) for row in found["rows"]),
            {str(k): str(v) for k, v in found["mapping"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "not an answer of the import worker"
        raise ValueError(message) from error


def dump_cuts(preview: Preview) -> bytes:
    """Return the answer for where a file would be cut."""
    return json.dumps({"rule": preview.rule, "pieces": list(preview.pieces)}).encode()


def load_cuts(raw: bytes) -> Preview:
    """Return where a file would be cut.

    Raises:
        UserError: the error that the answer carries.
        ValueError: if the answer is not one of ours.
    """
    try:
        answer = json.loads(raw)
        _raise_error(answer)
        return Preview(str(answer["rule"]), tuple(map(str, answer["pieces"])))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "not an answer of the import worker"
        raise ValueError(message) from error


def _raise_error(answer: dict[str, Any]) -> None:
    if "error" in answer:
        error = answer["error"]
        kind = DataError if error["kind"] == "data" else UserError
        raise kind(str(error["id"]), **error["values"])


def dump_error(error: AnnotatorError) -> bytes:
    """Return the answer for a file that was refused."""
    return json.dumps({"error": _error(error)}).encode()


def _error(error: AnnotatorError) -> dict[str, Any]:
    values = {key: _simple(value) for key, value in error.values.items()}
    kind = "data" if isinstance(error, DataError) else "user"
    return {"kind": kind, "id": error.message_id, "values": values}


def load_answer(raw: bytes) -> list[ImportedText]:
    """Return the articles of an answer.

    Raises:
        UserError: the error that the answer carries.
        ValueError: if the answer is not one of ours.
    """
    try:
        answer = json.loads(raw)
        _raise_error(answer)
        return _readings(answer)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "not an answer of the import worker"
        raise ValueError(message) from error


def _readings(answer: dict[str, Any]) -> Readings:
    found = Readings()
    found += [_text(item) for item in answer["ok"]]
    found.refused += [UserError(str(e["id"]), **e["values"]) for e in answer["refused"]]
    return found


def _simple(value: object) -> object:
    return value if isinstance(value, (int, float, str)) else str(value)


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _plain(text: ImportedText) -> dict[str, Any]:
    fields = {f.name: getattr(text, f.name) for f in dataclasses.fields(text)}
    fields["mask"] = [_pair(span) for span in text.mask]
    fields["headings"] = [_pair(span) for span in text.headings]
    fields["headline_span"] = _pair(text.headline_span)
    fields["metadata"] = dict(text.metadata)
    if text.original is not None:
        fields["original"] = base64.b64encode(text.original).decode()
    fields["origins"] = [[o.field, o.origin, _pair(o.span)] for o in text.origins]
    return fields


def _span(pair: Any, length: int) -> Span | None:
    if pair is None:
        return None
    start, end = pair
    if not isinstance(start, int) or not isinstance(end, int) or end > length:
        message = "a span outside the text"
        raise ValueError(message)
    return Span(start, end)


def _spans(pairs: Any, length: int) -> Spans:
    return tuple(span for pair in pairs if (span := _span(pair, length)) is not None)


def _text(item: dict[str, Any]) -> ImportedText:
    length = len(item["text"])
    return ImportedText(
        text=str(item["text"]),
        charset=str(item["charset"]),
        charset_origin=str(item["charset_origin"]),
        replaced=int(item["replaced"]),
        mask=_spans(item["mask"], length),
        headings=_spans(item["headings"], length),
        language=str(item["language"]),
        headline=str(item["headline"]),
        headline_span=_span(item["headline_span"], length),
        metadata={str(k): str(v) for k, v in item["metadata"].items()},
        origins=tuple(FieldOrigin(str(f), str(o), _span(s, length)) for f, o, s in item["origins"]),
        warnings=tuple(map(str, item["warnings"])),
        media_type=str(item["media_type"]),
        name=str(item["name"]),
        pages=tuple((int(at), str(label)) for at, label in item["pages"]),
        joins=tuple(int(at) for at in item["joins"]),
        original=None if item["original"] is None else base64.b64decode(item["original"]),
    )
