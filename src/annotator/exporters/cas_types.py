"""The UIMA types that marks and links have in a CAS, the same for XMI and JSON.

Names are those that INCEpTION gives to custom layers: a span layer with the mark's kind and fields,
a relation layer with Governor and Dependent. Sentences and tokens are DKPro Core's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.exporters.exchange import sheet_of
from annotator.text.offsets import OffsetMap
from annotator.text.segments import sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.base import ArticleRecords
    from annotator.exporters.exchange import Item, Sheet
    from annotator.model.annotations import Actor
    from annotator.model.span import Span

MARK = "custom.AnnotatorMark"
LINK = "custom.AnnotatorLink"
ARTICLE = "custom.AnnotatorArticle"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
ANNOTATION = "uima.tcas.Annotation"

#: Features of each type that are plain texts. ``fields`` and ``notes`` are JSON.
TEXT_FEATURES = {
    MARK: ("mark", "kind", "value", "fields", "notes", "piece"),
    LINK: ("kind", "fields"),
    ARTICLE: ("article", "details", "mask"),
    SENTENCE: (),
    TOKEN: (),
}
#: Features that lead to an annotation.
REFERENCES = ("Governor", "Dependent")


@dataclass(frozen=True, slots=True)
class Feature:
    """Hold one annotation of the CAS: its type, where it stands (UTF-16), and its features."""

    id: int
    type: str
    begin_utf16: int
    end_utf16: int
    texts: tuple[tuple[str, str], ...] = ()
    references: tuple[tuple[str, int], ...] = ()


def features(records: ArticleRecords, actors: Sequence[Actor]) -> Iterator[Feature]:
    """Yield the annotations of one article, ids from 3 on (1 and 2 are the sofa and the view)."""
    sheet = sheet_of(records, actors)
    return _Maker(sheet, records.article.language).features()


class _Maker:
    def __init__(self, sheet: Sheet, language: str) -> None:
        self._sheet = sheet
        self._language = language
        self._offsets = OffsetMap(sheet.text)
        self._next = 2

    def _feature(
        self,
        kind: str,
        start: int,
        end: int,
        texts: dict[str, str] | None = None,
        references: tuple[tuple[str, int], ...] = (),
    ) -> Feature:
        self._next += 1
        begin, finish = self._offsets.to_utf16(start), self._offsets.to_utf16(end)
        said = tuple((name, value) for name, value in (texts or {}).items() if value)
        return Feature(self._next, kind, begin, finish, said, references)

    def features(self) -> Iterator[Feature]:
        sheet = self._sheet
        yield self._feature(ARTICLE, 0, len(sheet.text), self._article())
        for span in sentences(sheet.text, self._language):
            yield self._feature(SENTENCE, span.start, span.end)
        for span in words(sheet.text):
            yield self._feature(TOKEN, span.start, span.end)
        first: dict[str, tuple[Span, Feature]] = {}
        for item in sheet.items:
            for number, span in enumerate(item.spans):
                feature = self._feature(MARK, span.start, span.end, _texts(item, number))
                first.setdefault(item.id, (span, feature))
                yield feature
        for link in sheet.links:
            governor, (span, dependent) = first[link.first][1], first[link.second]
            said = {"kind": link.kind, "fields": _json(dict(link.fields))}
            ends = (("Governor", governor.id), ("Dependent", dependent.id))
            yield self._feature(LINK, span.start, span.end, said, ends)

    def _article(self) -> dict[str, str]:
        sheet = self._sheet
        return {
            "article": sheet.id,
            "details": _json(dict(sheet.details)),
            "mask": _json([[s.start, s.end] for s in sheet.mask]),
        }


def _texts(item: Item, piece: int) -> dict[str, str]:
    """Return a mark's features; its fields stand on its first piece."""
    said = {"mark": item.id, "kind": item.kind.value, "piece": str(piece)}
    if piece == 0:
        said["value"] = item.fields.get("kind", item.fields.get("identification", ""))
        said["fields"] = _json(dict(item.fields))
        said["notes"] = _json(list(item.notes))
    return said


def _json(value: dict[str, str] | list[str] | list[list[int]]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
