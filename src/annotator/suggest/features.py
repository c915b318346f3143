"""Turn tokens into the integer inputs of the tagger; shared by the program and its training.

Every input comes from the token's own letters, a word class, the layout and the quotation marks:
no parser, no tagger. A change here needs the model trained again (``VERSION``).
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from annotator.suggest import lexicon
from annotator.suggest.lexicon import word_list
from annotator.suggest.tokens import Tokens, shape

VERSION = 2
WORD_ROWS, PREFIX_ROWS, SUFFIX_ROWS = 12_000, 4_000, 4_000
_SHAPES = word_list(
    "0 0. x X XX Xx xX p p, p. p: p; p? p! p( p) p[ p] p- p– p— p“ p” p« p» p\" p' p’ p‘ p$ p€ p£ "
    "p% p/ p… p--"
)
CLASS_INDEX = {name: index + 2 for index, name in enumerate([*lexicon.CLASS_NAMES, *_SHAPES])}
SHAPE_INDEX = {name: index + 2 for index, name in enumerate(_SHAPES)}
CLASS_ROWS = len(CLASS_INDEX) + 2
SHAPE_ROWS = len(SHAPE_INDEX) + 2
# Columns of one token's inputs.
(
    WORD_A,
    WORD_B,
    PREFIX,
    SUFFIX_3,
    SUFFIX_4,
    CLASS,
    SHAPE,
    VECTOR,
    STATE,
    SINCE,
    UNTIL,
    FROM_START,
) = range(12)
TO_END, PLACE = 12, 13
COLUMNS = 14
PLACE_ROWS = 32


def _row(text: str, rows: int) -> int:
    """Return a stable row, 1 to rows - 1 (0 is padding)."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % (rows - 1) + 1


def vector_key(lowered: str) -> int:
    """Return the 32-bit key of a word in the vector table."""
    return zlib.crc32(lowered.encode("utf-8", "surrogatepass"))


@lru_cache(200_000)
def word_class(word: str, lowered: str, language: str) -> str:
    """Return the lexicon class of a token, else its shape."""
    found = lexicon.classes(language).get(lowered)
    if found is not None:
        return found
    if lowered.endswith("n't"):
        return "NEG"
    if lowered in lexicon.demonyms(language):
        return "NAT"
    look = shape(word)
    return lexicon.name_classes().get(lowered, look) if look in ("Xx", "XX") else look


class Encoder:
    """Encode tokens of one language; remembers the words that it has seen.

    Args:
        language: ``en`` or ``fr``.
        vectors: vector key -> row of the table of word vectors.
    """

    def __init__(self, language: str, vectors: dict[int, int]) -> None:
        self.language = language
        self._vectors = vectors
        self._french = language == "fr"
        self.word = lru_cache(100_000)(self._word)

    def _word(self, word: str) -> tuple[int, ...]:
        lowered = word.lower().replace("’", "'")
        plain = "".join("0" if c.isdigit() else c for c in lowered)
        kind = word_class(word, lowered, self.language)
        look = shape(word)
        return (
            _row(plain, WORD_ROWS),
            _row("~" + plain, WORD_ROWS),
            _row(plain[:4], PREFIX_ROWS),
            _row(plain[-3:], SUFFIX_ROWS),
            _row(plain[-4:], SUFFIX_ROWS),
            CLASS_INDEX.get(kind, 1),
            SHAPE_INDEX.get(look, 1),
            self._vectors.get(vector_key(lowered), 0),
        )

    def encode(self, tokens: Tokens, begin: int, end: int) -> list[tuple[int, ...]]:
        """Return the inputs of the tokens ``begin`` to ``end`` (shape: n, ``COLUMNS``)."""
        sentence = tokens.sentence
        first, last = _sentence_edges(sentence, begin, end)
        base = sentence[begin]
        layout = 4 * tokens.carried + 8 * tokens.dashed + 16 * self._french
        state, word = tokens.state, self.word
        out: list[tuple[int, ...]] = []
        for i in range(begin, end):
            here = state[i]
            changed = i > begin and state[i - 1] != here
            since, until = tokens.since[i], tokens.until[i]
            done, left = i - first[i - begin], last[i - begin] - i
            number = sentence[i] - base
            # Comparisons, not min(): this runs for every token of every article.
            out.append(
                (
                    *word(tokens.words[i]),
                    here + 4 if changed else here,
                    since if since < 9 else 9,
                    until if until < 9 else 9,
                    done if done < 7 else 7,
                    left if left < 7 else 7,
                    (number if number < 3 else 3) + layout,
                )
            )
        return out


def _sentence_edges(sentence: list[int], begin: int, end: int) -> tuple[list[int], list[int]]:
    """Return for each token the index of its sentence's first and last token in the piece."""
    first: list[int] = []
    start = begin
    for i in range(begin, end):
        if sentence[i] != sentence[start]:
            start = i
        first.append(start)
    last = [0] * (end - begin)
    stop = end - 1
    for i in range(end - 1, begin - 1, -1):
        if sentence[i] != sentence[stop]:
            stop = i
        last[i - begin] = stop
    return first, last
