"""brat standoff: a zip of ``.txt`` and ``.ann`` files with the configuration. Both ways.

Text-bound annotations (``T``), attributes for coded values (``A``), relations (``R``) and notes
(``#``). Offsets are code points, pieces of a discontinuous mark are separated by a semicolon.
Values that are free text stand in notes of the type ``AnnotatorField``.

brat compares the words of a line with the text that they stand for, and reads lines as Python does
(a line separator ends one, too). So a mark over a line end is written as brat itself writes it: in
pieces, one a line; its own spans go along in a note.

Source: https://brat.nlplab.org/standoff.html; brat's ``server/src/annotation.py``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from annotator.exporters.archive import entry_name, pack, unpack
from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import (
    LINK_KINDS,
    LOSSES,
    Item,
    Link,
    Sheet,
    restored,
    sheet_of,
    with_spans,
)
from annotator.model import vocabulary as v
from annotator.model.annotations import Claim, Cue, Quote, Source
from annotator.model.span import Span, normalise
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from annotator.exporters.base import Dossier
    from annotator.model.span import Spans

#: Coded fields: what brat shows as attributes.
CODED: dict[str, type[StrEnum]] = {
    "kind": v.QuoteKind,
    "claim_kind": v.ClaimKind,
    "channel": v.Channel,
    "seriousness": v.Seriousness,
    "status": v.VerificationStatus,
    "verdict": v.Verdict,
    "stance": v.CueStance,
    "identification": v.Identification,
    "affiliation": v.Affiliation,
    "role": v.Role,
    "role_status": v.RoleStatus,
    "proximity": v.Proximity,
    "anonymity_reason": v.AnonymityReason,
    "authority_stated": v.Stated,
    "motive_stated": v.Stated,
    "actor_kind": v.ActorKind,
}
#: Where brat ends a line, and where it ends the words of one.
_ENDS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"} | {
    end: f"\\u{ord(end):04x}" for end in _ENDS if end not in "\n\r\t"
}
_BACK = {value: key for key, value in _ESCAPES.items()}
_TO_ESCAPE = re.compile(f"[\\\\{_ENDS}]")
_ESCAPED = re.compile(r"\\(?:[\\nrt]|u[0-9a-f]{4})")
_LINE = re.compile(r"(?P<type>\S+) (?P<pieces>\d+ \d+(?:;\d+ \d+)*)")
_FIELD, _NOTE = "AnnotatorField", "AnnotatorNotes"


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the archive."""
    pack(stream, _entries(dossier))


def _entries(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    yield "annotation.conf", _configuration().encode()
    yield "visual.conf", _visual().encode()
    for number, records in enumerate(dossier.articles, start=1):
        sheet = sheet_of(records, dossier.actors)
        name = entry_name(number, sheet.details.get("headline", ""), "")
        yield f"{name}.txt", sheet.text.encode()
        yield f"{name}.ann", "".join(f"{line}\n" for line in _lines(sheet)).encode()


def _lines(sheet: Sheet) -> Iterator[str]:
    names: dict[str, str] = {}
    attributes = notes = 0
    for number, own in enumerate(sheet.items, start=1):
        item = with_spans(own, on_lines(sheet.text, own.spans))
        name = names[item.id] = f"T{number}"
        pieces = ";".join(f"{s.start} {s.end}" for s in item.spans)
        words = " ".join(re.sub(f"[{_ENDS}]", " ", s.slice(sheet.text)) for s in item.spans)
        yield f"{name}\t{item.kind.value} {pieces}\t{words}"
        for field, value in item.fields.items():
            coded = _coded_name(item.kind, field)
            if coded:
                attributes += 1
                yield f"A{attributes}\t{coded} {name} {value}"
            else:
                notes += 1
                yield f"#{notes}\t{_FIELD} {name}\t{field}={escaped(value)}"
        for text in item.notes:
            notes += 1
            yield f"#{notes}\t{_NOTE} {name}\t{escaped(text)}"
    for number, link in enumerate(sheet.links, start=1):
        yield f"R{number}\t{link.kind} Arg1:{names[link.first]} Arg2:{names[link.second]}"
        for field, value in link.fields.items():
            notes += 1
            yield f"#{notes}\t{_FIELD} R{number}\t{field}={escaped(value)}"


def on_lines(text: str, spans: Spans) -> Spans:
    """Return spans cut where lines end; those of white space alone cannot be cut and stay."""
    found: list[Span] = []
    for span in spans:
        words = span.slice(text)
        cut = [
            Span(span.start + m.start(), span.start + m.end())
            for m in re.finditer(f"[^{_ENDS}]+", words)
            if not m.group().isspace()
        ]
        found += cut or [span]
    return tuple(found)


def _coded_name(kind: MarkKind, field: str) -> str:
    """Return the attribute that shows a field; a claim's kind has a name of its own."""
    if field == "kind":
        return "claim_kind" if kind is MarkKind.CLAIM else "kind"
    return field if field in CODED else ""


def escaped(words: str) -> str:
    """Return words on one line, tabs and line ends as escapes."""
    return _TO_ESCAPE.sub(lambda m: _ESCAPES[m.group()], words)


def unescaped(words: str) -> str:
    """Return words as they were before ``escaped``."""
    return _ESCAPED.sub(lambda m: _BACK.get(m.group(), m.group()), words)


def _configuration() -> str:
    kinds = "\n".join(kind.value for kind in MarkKind)
    any_kind = "|".join(kind.value for kind in MarkKind)
    relations = "\n".join(f"{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>" for kind in LINK_KINDS)
    attributes = "\n".join(
        f"{name}\tArg:{_carriers(name) or any_kind}, Value:{'|'.join(x.value for x in values)}"
        for name, values in CODED.items()
    )
    return (
        f"[entities]\n{kinds}\n\n[relations]\n{relations}\n\n[events]\n\n"
        f"[attributes]\n{attributes}\n"
    )


def _carriers(name: str) -> str:
    """Return the types that may carry an attribute."""
    if name == "claim_kind":
        return MarkKind.CLAIM.value
    if name == "actor_kind":
        return MarkKind.ACTOR.value
    records = {
        MarkKind.QUOTE: Quote,
        MarkKind.CLAIM: Claim,
        MarkKind.CUE: Cue,
        MarkKind.SOURCE: Source,
    }
    kinds = [
        kind.value
        for kind, record in records.items()
        if name in record.__dataclass_fields__ and (name != "kind" or kind is MarkKind.QUOTE)
    ]
    return "|".join(kinds)


def _visual() -> str:
    colours = {
        MarkKind.QUOTE: "#cfe2f3",
        MarkKind.CLAIM: "#cfe8df",
        MarkKind.SOURCE: "#ecd3e2",
        MarkKind.CUE: "#efe6c4",
        MarkKind.ACTOR: "#e4e4e1",
    }
    labels = "\n".join(f"{kind.value} | {kind.value.replace('_', ' ')}" for kind in MarkKind)
    lines = "\n".join(f"{kind.value}\tbgColor:{colour}" for kind, colour in colours.items())
    return (
        f"[labels]\n{labels}\n\n[drawing]\n"
        "SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken\n"
        "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\nATTRIBUTE_DEFAULT\tglyph:*\n"
        f"{lines}\n"
    )


# -- reading ----------------------------------------------------------------------------------


def read(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield each pair of text and annotations; a line that cannot be read comes as its name.

    Raises:
        ValueError: if it is no archive.
    """
    entries = unpack(data)
    for name in sorted(entries):
        stem, point, ending = name.rpartition(".")
        if not point or ending != "ann":
            continue
        text = entries.get(f"{stem}.txt", b"").decode("utf-8", "replace")
        reader = _Reader(text)
        for line in entries[name].decode("utf-8", "replace").split("\n"):
            if line.strip() and not reader.take(line.rstrip("\r")):
                yield None, f"{name}: {line[:60]}"
        yield reader.sheet(), ""


class _Reader:
    """Gather the lines of one annotation file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._items: dict[str, Item] = {}
        self._fields: dict[str, dict[str, str]] = {}
        self._notes: dict[str, list[str]] = {}
        self._links: list[tuple[str, str, str, str]] = []

    def take(self, line: str) -> bool:
        """Read one line; say whether it could be read."""
        name, _, rest = line.partition("\t")
        try:
            if name.startswith("T"):
                self._text_bound(name, rest)
            elif name[:1] in ("A", "M"):
                self._attribute(rest)
            elif name.startswith("R"):
                self._relation(name, rest)
            elif name.startswith("#"):
                self._note(rest)
            else:
                return False
        except (ValueError, KeyError, IndexError):
            return False
        return True

    def _text_bound(self, name: str, rest: str) -> None:
        match = _LINE.match(rest)
        if match is None:
            raise ValueError(rest)
        spans: list[Span] = []
        for piece in match["pieces"].split(";"):
            start, end = piece.split(" ")
            spans.append(Span(int(start), int(end)))
        self._items[name] = Item(name, MarkKind(match["type"]), normalise(spans))

    def _attribute(self, rest: str) -> None:
        field, target, *value = rest.split(" ")
        if field not in CODED:
            raise ValueError(field)
        plain = "kind" if field == "claim_kind" else field
        self._fields.setdefault(target, {})[plain] = value[0]

    def _relation(self, name: str, rest: str) -> None:
        kind, first, second = rest.split("\t")[0].split(" ")[:3]
        if kind not in LINK_KINDS:
            raise ValueError(kind)
        self._links.append((name, kind, first.partition(":")[2], second.partition(":")[2]))

    def _note(self, rest: str) -> None:
        head, _, text = rest.partition("\t")
        kind, target = head.split(" ")
        if kind == _FIELD:
            field, _, value = text.partition("=")
            self._fields.setdefault(target, {})[field] = unescaped(value)
        else:
            self._notes.setdefault(target, []).append(unescaped(text))

    def sheet(self) -> Sheet:
        """Return what was read."""
        items = tuple(
            restored(
                Item(
                    item.id,
                    item.kind,
                    item.spans,
                    self._fields.get(item.id, {}),
                    tuple(self._notes.get(item.id, ())),
                ),
                self._text,
                on_lines,
            )
            for item in self._items.values()
        )
        links = tuple(
            Link(kind, first, second, self._fields.get(name, {}))
            for name, kind, first, second in self._links
        )
        return Sheet("", self._text, items, links)


EXPORTER = Format(
    "brat",
    ".zip",
    "application/zip",
    Scope.PROJECT,
    write,
    losses=(*LOSSES, "ids", "details", "mask"),
)
