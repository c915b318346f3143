"""Which words a marking key means: the selection, or what stands under the caret."""

from __future__ import annotations

from annotator.model.span import Span, Spans
from annotator.model.vocabulary import MarkKind
from annotator.text.quotation import quotations, trim_content
from annotator.text.segments import paragraph_at, sentence_at
from annotator.text.words import word_at, words

#: What stands between two words of one name ("Ministère de l’Énergie", "van der Bellen").
_NAME_JOINTS = frozenset(
    {"de", "du", "des", "d’", "d'", "la", "le", "les", "l’", "l'", "of", "the", "van", "von", "der"}
)


def spans_to_mark(
    text: str, language: str, selection: Span | None, caret: int, kind: MarkKind
) -> Spans:
    """Return the spans that a marking key covers; none where there are no words.

    A selected quotation loses the "a dit X" in its middle. Without a selection a quote takes the
    quotation under the caret (or one that opens the sentence), an actor the name, a cue the word;
    everything else takes the sentence.
    """
    if selection is not None:
        return _selected(text, selection, kind)
    if not text.strip():
        return ()
    if kind in (MarkKind.ACTOR, MarkKind.CUE):
        word = _word_near(text, caret)
        if word is not None:
            return (_whole_name(text, word) if kind is MarkKind.ACTOR else word,)
    sentence = sentence_at(text, caret, language)
    return _quoted(text, sentence, caret) if kind is MarkKind.QUOTE else (sentence,)


def _selected(text: str, selection: Span, kind: MarkKind) -> Spans:
    trimmed = _trimmed(text, selection)
    if trimmed is None:
        return ()
    if kind is not MarkKind.QUOTE:
        return (trimmed,)
    return trim_content(text, _without_loose_ends(text, trimmed))


def _trimmed(text: str, span: Span) -> Span | None:
    inside = span.slice(text)
    start = span.start + len(inside) - len(inside.lstrip())
    end = span.end - (len(inside) - len(inside.rstrip()))
    return Span(start, end) if start < end else None


def _outer_quotations(text: str, inside: Span) -> list[Span]:
    """Return the outermost quotations that touch a span of one paragraph."""
    paragraph = paragraph_at(text, inside.start)
    found = [
        q.outer.shifted(paragraph.start) for q in quotations(paragraph.slice(text)) if not q.depth
    ]
    return [outer for outer in found if outer.overlaps(inside)]


def _without_loose_ends(text: str, span: Span) -> Span:
    """Drop the comma or stop that was selected along with a quotation."""
    outer = _outer_quotations(text, span)
    if not outer or not (span.contains(outer[0]) and span.contains(outer[-1])):
        return span
    before = text[span.start : outer[0].start]
    after = text[outer[-1].end : span.end]
    loose_before = not any(char.isalnum() for char in before)
    loose_after = not any(char.isalnum() for char in after)
    start = outer[0].start if loose_before else span.start
    return Span(start, outer[-1].end if loose_after else span.end)


def _quoted(text: str, sentence: Span, caret: int) -> Spans:
    """Return the quotation that the caret or the sentence's beginning stands for."""
    touching = _outer_quotations(text, sentence)
    around = next((span for span in touching if span.start <= caret <= span.end), None)
    outer = [span for span in touching if sentence.contains(span)]
    opens = bool(outer) and not any(c.isalnum() for c in text[sentence.start : outer[0].start])
    if around is None and not opens:
        return (sentence,)
    pieces = trim_content(text, Span(outer[0].start, outer[-1].end)) if outer else ()
    # Quotations with a sentence's own words between them are several quotes, not one.
    return pieces if len(pieces) == len(outer) > 0 else (around or outer[0],)


def _word_near(text: str, caret: int) -> Span | None:
    return word_at(text, caret) or (word_at(text, caret - 1) if caret else None)


def _whole_name(text: str, word: Span) -> Span:
    """Widen a word to the capitalised words around it that belong to the same name."""
    paragraph = paragraph_at(text, word.start)
    found = [span.shifted(paragraph.start) for span in words(paragraph.slice(text))]
    at = next((i for i, span in enumerate(found) if span == word), -1)
    if at < 0 or not _is_name(word.slice(text)):
        return word
    first = _reach(text, found, at, -1)
    last = _reach(text, found, at, 1)
    # "Le Premier ministre" at the head of a sentence is not called "Le".
    while first < at and found[first].slice(text).lower() in _NAME_JOINTS:
        first += 1
    return Span(found[first].start, found[last].end)


def _is_name(word: str) -> bool:
    return word[:1].isupper()


def _reach(text: str, found: list[Span], at: int, step: int) -> int:
    """Return the last word of the name in one direction, over joints but never ending on one."""
    best, here = at, at
    while 0 <= here + step < len(found):
        left, right = sorted((found[here], found[here + step]))
        if text[left.end : right.start].strip():
            break
        here += step
        word = found[here].slice(text)
        if _is_name(word):
            best = here
        elif word.lower() not in _NAME_JOINTS:
            break
    return best
