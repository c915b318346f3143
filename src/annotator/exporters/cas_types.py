"""The UIMA types that marks and links have in a CAS, the same for XMI and JSON.

INCEpTION makes layers of them when it is given the type system: a span layer with the mark's kind
and fields, and a relation layer whose Governor and Dependent are of that span layer, each relation
where its Dependent is. Sentences, tokens and the one document annotation are DKPro Core's. What
only we want to know of the article is no annotation of the text, so no layer, and left alone.

INCEpTION refuses a document with a mark that begins or ends with white space: such a mark is
written without, and its own spans go along among its fields.

Source: INCEpTION's TypeSystemAnalysis and its checks of imported documents (CAS Doctor).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.exporters.exchange import sheet_of, with_spans
from annotator.model.span import Span
from annotator.text.offsets import OffsetMap
from annotator.text.segments import sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters.base import ArticleRecords
    from annotator.exporters.exchange import Item, Sheet
    from annotator.model.annotations import Actor
    from annotator.model.span import Spans

MARK = "custom.AnnotatorMark"
LINK = "custom.AnnotatorLink"
ARTICLE = "custom.AnnotatorArticle"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
ANNOTATION = "uima.tcas.Annotation"
#: What a type is a kind of, where that is not an annotation of some of the text.
SUPERTYPES = {ARTICLE: "uima.cas.AnnotationBase", DOCUMENT: "uima.tcas.DocumentAnnotation"}
#: What has no place in the text.
PLACELESS = (ARTICLE,)

#: Features of each type that are plain texts. ``fields`` and ``notes`` are JSON.
TEXT_FEATURES = {
    MARK: ("mark", "kind", "value", "fields", "notes", "piece"),
    LINK: ("kind", "fields"),
    ARTICLE: ("article", "details", "mask"),
    DOCUMENT: ("documentTitle", "documentId"),
    SENTENCE: (),
    TOKEN: (),
}
#: Features that lead to a mark.
REFERENCES = ("Governor", "Dependent")
#: What XML 1.0 has no place for; each is one UTF-16 unit, so no offset moves.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: What INCEpTION takes for white space although Python does not.
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


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
        yield self._feature(DOCUMENT, 0, len(sheet.text), self._document())
        yield self._feature(ARTICLE, 0, 0, self._article())
        for span in trimmed(sheet.text, sentences(sheet.text, self._language)):
            yield self._feature(SENTENCE, span.start, span.end)
        for span in trimmed(sheet.text, words(sheet.text)):
            yield self._feature(TOKEN, span.start, span.end)
        first: dict[str, tuple[Span, Feature]] = {}
        for own in sheet.items:
            item = with_spans(own, trimmed(sheet.text, own.spans))
            for number, span in enumerate(item.spans):
                feature = self._feature(MARK, span.start, span.end, _texts(item, number))
                first.setdefault(item.id, (span, feature))
                yield feature
        for link in sheet.links:
            governor, (span, dependent) = first[link.first][1], first[link.second]
            said = {"kind": link.kind, "fields": _json(dict(link.fields))}
            ends = (("Governor", governor.id), ("Dependent", dependent.id))
            yield self._feature(LINK, span.start, span.end, said, ends)

    def _document(self) -> dict[str, str]:
        sheet = self._sheet
        title = sheet.details.get("headline", "")
        language = self._language if self._language != "und" else ""
        return {"documentTitle": title, "documentId": sheet.id, "language": language}

    def _article(self) -> dict[str, str]:
        sheet = self._sheet
        return {
            "article": sheet.id,
            "details": _json(dict(sheet.details)),
            "mask": _json([[s.start, s.end] for s in sheet.mask]),
        }


def trimmed(text: str, spans: Iterable[Span]) -> Spans:
    """Return spans without white space at their ends; those of white space alone stay."""
    found: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and _is_white(text[start]):
            start += 1
        while end > start and _is_white(text[end - 1]):
            end -= 1
        found.append(Span(start, end) if start < end else span)
    return tuple(found)


def _is_white(sign: str) -> bool:
    # What becomes another character in XML is none there, so the text that is read says the same.
    return (sign.isspace() or sign in _UNSEEN) and not NOT_XML.match(sign)


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
