"""Words that a document holds and does not show: hidden, in the colour of the page, or tiny.

Readers of documents put the words between two marks, which survive joining and cutting of lines;
``LineWriter`` takes the marks out again and greys what stood between them.
"""

from __future__ import annotations

import re

from annotator.model.span import Span, Spans, normalise
from annotator.text.canonical import canonicalise

#: Noncharacters, which no text has; should one have them, they are taken out of it.
OPEN, CLOSE = "\ufdd2", "\ufdd3"
_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_MARKS = str.maketrans("", "", OPEN + CLOSE)
#: Nobody reads type of this size, in points, or smaller.
TINY = 2.0
#: Two colours are one to the eye if no channel differs by more, of 255.
_ALIKE = 16
WHITE = (255, 255, 255)
_NAMES = {
    "white": WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255), "yellow": (255, 255, 0),
    "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255),
    "magenta": (255, 0, 255), "darkblue": (0, 0, 128), "darkcyan": (0, 128, 128),
    "darkgreen": (0, 128, 0), "darkmagenta": (128, 0, 128), "darkred": (128, 0, 0),
    "darkyellow": (128, 128, 0), "darkgray": (128, 128, 128), "lightgray": (192, 192, 192),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*[,/)]")
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})\s*(pt|px|mm|cm|in)?")
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 2.835, "cm": 28.35, "in": 72.0}

Colour = tuple[int, int, int]


def colour(words: str) -> Colour | None:
    """Return the colour that a name, "#fff" or "rgb(255, 255, 255)" means; ``None`` if none."""
    plain = words.strip().lower()
    if plain in _NAMES:
        return _NAMES[plain]
    if (match := _HEX.fullmatch(plain)) is not None:
        digits = match.group(1)
        if len(digits) == 3:
            digits = "".join(2 * digit for digit in digits)
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))
    if (match := _RGB.match(plain)) is not None:
        return (int(match[1]), int(match[2]), int(match[3]))
    return None


def alike(one: Colour | None, other: Colour | None) -> bool:
    """Say whether two known colours cannot be told apart."""
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def points(words: str) -> float | None:
    """Return a length ("1pt", "0", "0.5mm") in points; ``None`` if it depends on others."""
    match = _SIZE.fullmatch(words.strip().lower())
    if match is None:
        return None
    size = float(match[1])
    if match[2] is None:
        return 0.0 if not size else None
    return size * _POINTS[match[2]]


def is_tiny(words: str) -> bool:
    """Say whether type of this size cannot be read."""
    size = points(words)
    return size is not None and size <= TINY


def hide(words: str) -> str:
    """Return words between the marks that say that they are not shown."""
    words = words.translate(_MARKS)
    return f"{OPEN}{words}{CLOSE}" if words.strip() else words


def show(words: str) -> str:
    """Take out of words of a line what ``hide`` put there."""
    return words.translate(_MARKS)


def is_marked(words: str) -> bool:
    """Say whether there is something to take out."""
    return OPEN in words or CLOSE in words


def take_marks(words: str) -> tuple[str, Spans]:
    """Return the words of a line without the marks, and where hidden words stand.

    White space between two hidden stretches is hidden with them.
    """
    parts: list[str] = []
    found: list[Span] = []
    length = at = 0
    for match in _MARKED.finditer(words):
        before = show(words[at : match.start()])
        start = length + len(before)
        if found and not before.strip():
            start = found.pop().start
        length += len(before) + len(match[1])
        parts += (before, match[1])
        if start < length:
            found.append(Span(start, length))
        at = match.end()
    parts.append(show(words[at:]))
    return "".join(parts), normalise(found)


def canonical_marked(words: str) -> tuple[str, Spans]:
    """Return words without the marks, canonical, and where hidden ones stand in that."""
    plain, hidden = take_marks(words)
    text = canonicalise(plain).text
    # Canonical text may be shorter than what was read, never longer.
    places = (
        (len(canonicalise(plain[: part.start]).text), len(canonicalise(plain[: part.end]).text))
        for part in hidden
    )
    return text, normalise(Span(a, min(b, len(text))) for a, b in places if a < min(b, len(text)))


def cut(spans: Spans, holes: Spans) -> Spans:
    """Return normalised spans without what lies in other normalised ones."""
    out: list[Span] = []
    at = 0
    for span in spans:
        while at < len(holes) and holes[at].end <= span.start:
            at += 1
        start, inner = span.start, at
        while inner < len(holes) and holes[inner].start < span.end:
            if start < holes[inner].start:
                out.append(Span(start, holes[inner].start))
            start = max(start, holes[inner].end)
            inner += 1
        at = max(at, inner - 1)
        if start < span.end:
            out.append(Span(start, span.end))
    return tuple(out)
