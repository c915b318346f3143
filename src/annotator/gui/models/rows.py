"""What one line of a list says, before any painting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator import i18n

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Spans

#: Pieces of a discontinuous mark are joined with this, as in its anchor.
PIECES = " […] "
_OPENING = '«“„"‹‘'
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
#: More than any row can show; keeps a whole-article mark from being laid out.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Chip:
    """Put a word in a thin frame at the right; ``tone`` is "" or a mark style key or "danger"."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Say what a row shows.

    ``style`` is a mark style key of the theme ("" for none) and ``swatch`` how it is drawn
    (``dot`` or ``line``). ``title`` is bold if ``strong``; ``tail`` follows it in the plain face.
    ``level`` indents the row under the one above; ``dim`` is for what is settled or gone.
    """

    id: str
    title: str
    tail: str = ""
    detail: str = ""
    chips: tuple[Chip, ...] = ()
    style: str = ""
    swatch: str = "dot"
    level: int = 0
    strong: bool = True
    dim: bool = False

    @property
    def text(self) -> str:
        """Return everything the row says, for filtering and for screen readers."""
        words = (self.title, self.tail, self.detail, *(chip.text for chip in self.chips))
        return ", ".join(word for word in words if word)


def one_line(words: str) -> str:
    """Return words on one line, cut where no row could show more.

    No-break spaces stay: they belong to the typography of the words.
    """
    return _SPACES.sub(" ", words[: 2 * _LONGEST]).strip()[:_LONGEST]


def words_of(text: str, spans: Spans) -> str:
    """Return the words of spans on one line."""
    return one_line(PIECES.join(span.slice(text)[:_LONGEST] for span in spans))


def quoted(words: str) -> str:
    """Return words in the quotation marks of the language in use, unless they have some."""
    if not words or words[0] in _OPENING:
        return words
    return i18n.tr("panels.quoted", words=words)


def detail(*parts: str) -> str:
    """Join what is known with points in the middle."""
    return i18n.tr("panels.separator").join(part for part in parts if part)


def capital(words: str) -> str:
    """Return words with a capital first letter, the rest untouched."""
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str], limit: int = 2) -> str:
    """Return the first few words, and how many more there are."""
    all_words = list(dict.fromkeys(word for word in words if word))
    shown = ", ".join(all_words[:limit])
    more = len(all_words) - limit
    return f"{shown} +{more}" if more > 0 else shown
