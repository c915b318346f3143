"""Tokens in columns (CoNLL-U Plus): a word a line, a column for each kind of mark in BIO form.

Marks that overlap within a kind: the longest one wins. Empty lines stand between sentences.

Source: https://universaldependencies.org/ext-format.html
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.exchange import sheet_of
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.text.segments import sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.base import Dossier
    from annotator.exporters.exchange import Item, Sheet
_HEAD = " ".join(("ID", "FORM", "MISC", *(f"ANNOTATOR:{k.value.upper()}" for k in MarkKind)))
#: Words, and every single sign that stands between them.
_SIGN = re.compile(r"\S")


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the tokens of all articles."""
    stream.write(f"# global.columns = {_HEAD}\n".encode())
    for records in dossier.articles:
        sheet = sheet_of(records, dossier.actors)
        for line in _lines(sheet, records.article.language):
            stream.write(f"{line}\n".encode())


def _lines(sheet: Sheet, language: str) -> Iterator[str]:
    tokens = list(_tokens(sheet.text))
    starts = [token.start for token in tokens]
    columns = [_column(sheet.items, kind, tokens, starts) for kind in MarkKind]
    yield f"# newdoc id = {sheet.id}"
    for number, sentence in enumerate(sentences(sheet.text, language), start=1):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        yield f"# sent_id = {sheet.id}-{number}"
        yield f"# text = {_flat(sentence.slice(sheet.text))}"
        for place, index in enumerate(range(first, last), start=1):
            token = tokens[index]
            is_glued = index + 1 < len(tokens) and tokens[index + 1].start == token.end
            misc = f"Start={token.start}|End={token.end}" + ("|SpaceAfter=No" if is_glued else "")
            cells = (str(place), _flat(token.slice(sheet.text)), misc)
            yield "\t".join((*cells, *(column[index] for column in columns)))
        yield ""


def _tokens(text: str) -> Iterator[Span]:
    at = 0
    for word in words(text):
        yield from (Span(m.start(), m.end()) for m in _SIGN.finditer(text, at, word.start))
        yield word
        at = word.end
    yield from (Span(m.start(), m.end()) for m in _SIGN.finditer(text, at))


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _column(
    items: Sequence[Item], kind: MarkKind, tokens: Sequence[Span], starts: Sequence[int]
) -> list[str]:
    column = ["O"] * len(tokens)
    mine = [item for item in items if item.kind is kind]
    # The longest last, so that it is what stays.
    for item in sorted(mine, key=lambda i: sum(len(s) for s in i.spans)):
        label = item.fields.get("kind") or item.fields.get("identification") or kind.value
        sign = "B"
        for span in item.spans:
            # A token counts if it begins in the mark, or the mark begins in it.
            first = bisect_left(starts, span.start)
            if first and tokens[first - 1].end > span.start:
                first -= 1
            for index in range(first, bisect_left(starts, span.end)):
                column[index] = f"{sign}-{label}"
                sign = "I"
    return column


EXPORTER = Format(
    "conll", ".conllup", "text/plain", Scope.PROJECT, write, losses=("tokens_only", "overlaps")
)
