"""What stands beside the words of an article and is not its words, in text without tags.

Captions with the photographer's credit, wherever they stand; and at the end of the text who else
worked on it, who its author is, how to follow them. The forms are French and English, in
``resources/text/trailers.json``. A sentence of the body is told from a line on the author by what
it is about: the author is named over the text, or nowhere else in it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from annotator import resources
from annotator.importers.kit.byline import NAME
from annotator.importers.kit.press import press

if TYPE_CHECKING:
    from annotator.model.span import Span

#: One of them stands in every caption that is told by its words; the look is cheap.
_CAPTION_CUES = (
    "/",
    "©",
    "|",
    "hoto",
    "PHOTO",
    "FILE",
    "rédit",
    "redit",
    "Getty",
    "aption",
    "mage",
    "AFP",
)
#: A caption has its colon no further from its beginning, or the one before who took the picture no
#: further from its end.
_NAMED_BEFORE = 26
_NAMED_BEHIND = 66
#: A line that is shorter may be a name, an agency, or initials.
_SHORT = 40
#: Who pictures are credited to.
_PHOTOS = (
    "(?:AFP|REUTERS|Reuters|AP|Getty(?: Images)?|GETTY(?: IMAGES)?|EPA(?:-EFE)?|SIPA|Sipa|ABACA"
    "|Abaca|BELGA|Belga|Keystone|KEYSTONE|dpa|Xinhua|ANP|PA|MAXPPP|MaxPPP|Shutterstock|Hans Lucas"
    "|(?:The )?Associated Press|Agence France-Presse"
    "|HANS LUCAS|Bloomberg|NurPhoto|Anadolu|Le Monde|The Guardian|Divergence|Magnum|ANSA|EFE)"
)
#: Who took a picture is parted from who sells it by a stroke, which prose may hold as well.
_CREDIT = re.compile(rf"/[ \u00a0]?{_PHOTOS}|(?:REUTERS|Photo|PHOTO|AFP|EPA)[ \u00a0]?/")
_LIMIT = 600
_SENTENCE_END = re.compile(r"(?<=[a-zà-ÿ\d)”»][.!?])[ \u00a0]+(?=[A-ZÀ-Þ@“«])")
_FIRST_NAME = re.compile(rf"(?:By |Par )?(?P<name>{NAME})")
_AUTHORS = re.compile(
    rf"(?:By |Par )?(?P<name>{NAME})(?:(?:,| and| et) {NAME}){{0,4}}(?:,? (?:in|at|à) \w[\w’'.-]+)?"
)
_LEAD = (
    r"(?:(?:The )?(?:Associated Press|AP|Reuters|AFP|New York Times|Times|Staff)(?:['’]s)? "
    r"(?:[a-z-]+ ){0,2}(?:writers?|journalists?|reporters?|correspondents?|staff) )?"
)
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?: (?:(?:van|von|de|du|al|el|ben|bin) )?[A-ZÀ-Þ][\w’'.-]+)*")
#: Words with small letters that may stand between names: "Ann Marlow in Port Essex and Joe Pike".
_BETWEEN = frozenset(
    ("and", "et", "in", "at", "à", "en", "from", "de", "du", "la", "le", "of", "the", "van", "von",
     "al", "el", "ben", "bin", "d", "l")
)  # fmt: skip
_SMALL = re.compile(r"(?<![\w’'.-])[a-zà-ÿ]+")
#: Lines over the text that name who wrote it, and not whom it is about.
_BYLINES = re.compile(
    r"^(?:.{0,60}\b(?:[Bb]y|BY|[Pp]ar|PAR)\b.{1,160}"
    rf"|{NAME}[ \u00a0]*(?:[,(|•–—].{{0,120}})?)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Forms:
    caption: re.Pattern[str]
    signoff: re.Pattern[str]
    told: re.Pattern[str]
    bio: re.Pattern[str]
    scholar: re.Pattern[str]
    opening: re.Pattern[str]
    more: re.Pattern[str]
    notice: re.Pattern[str]
    #: With what a line begins that may be a trailer, and what one holds that tells who helped.
    starts: frozenset[str]
    cues: tuple[str, ...]


@cache
def _forms() -> _Forms:
    """Return the patterns, made on first use."""
    raw: dict[str, list[str]] = json.loads(resources.read_text("text", "trailers.json"))
    starts, cues = frozenset(raw.pop("starts")), tuple(raw.pop("cues"))
    filled = {
        key: "|".join(
            f"(?:{form})".replace("NAME", NAME)
            .replace("PHOTOS", _PHOTOS)
            .replace("AGENCY", press().agency_pattern)
            for form in forms
        )
        for key, forms in raw.items()
    }
    made = {key: re.compile(form, re.IGNORECASE) for key, form in filled.items()}
    return _Forms(
        made["captions"],
        made["signoffs"],
        re.compile(
            rf"{_LEAD}(?P<people>[A-ZÀ-Þ][^.!?«»“”\"]{{2,200}}?),? (?i:{filled['told']})[ .!]*$"
        ),
        re.compile(_who(filled["bios"])),
        re.compile(_who(filled["scholars"])),
        made["openings"],
        made["more"],
        made["notices"],
        starts,
        cues,
    )


def _may_trail(words: str) -> bool:
    """Say whether a line may be a sign-off by its first word: nearly no sentence of a body is."""
    if len(words) < _SHORT or words[0] in "(-–—@" or words.startswith("http"):
        return True
    return words.split(None, 1)[0].rstrip(":,").lower() in _forms().starts


def _who(form: str) -> str:
    return rf"(?P<people>{NAME})(?:, [^,.]{{2,60}},)? ?(?i:{form})[ .!]*$"


def find_captions(text: str, lines: list[Span], odd: list[Span]) -> list[Span]:
    """Return the lines that are captions or credits of pictures.

    Args:
        text: the canonical text.
        lines: its lines.
        odd: those of them that may be anything but a paragraph.
    """
    near = {line for line in odd if _tells_picture(line.slice(text))}
    if "/" in text or ":" in text:
        near |= _signed(text, lines)
    return sorted(
        line
        for line in near
        if len(line) <= _LIMIT and _forms().caption.fullmatch(line.slice(text).strip())
    )


def _tells_picture(words: str) -> bool:
    return len(words) <= _LIMIT and any(cue in words for cue in _CAPTION_CUES)


def _signed(text: str, lines: list[Span]) -> set[Span]:
    """Find paragraphs that may hold who took a picture, or begin or end with it."""
    found: set[Span] = set()
    starts = [line.start for line in lines]
    for sign in "/:":
        at = text.find(sign)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            line = lines[max(0, number)]
            # After a stroke that is none of a credit the rest of the line need not be looked at.
            after = line.end
            if sign == "/":
                is_signed = _CREDIT.search(text, line.start, line.end) is not None
            else:
                # Such as: "The minister on Monday. Photo: Jane Doe", or FILE PHOTO at the head.
                is_near = at - line.start <= _NAMED_BEFORE or line.end - at <= _NAMED_BEHIND
                is_signed = is_near and _tells_picture(line.slice(text))
                after = max(at + 1, line.end - _NAMED_BEHIND)
            if is_signed and number >= 0:
                found.add(line)
            at = text.find(sign, max(at + 1, after))
    return found


class Trailers:
    """Tell the lines behind an article that speak of it and are not it.

    Args:
        text: the canonical text.
        start: where its body begins.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = start
        self._known: dict[tuple[int, str], bool] = {}

    @cached_property
    def _bylines(self) -> str:
        return "\n".join(match.group() for match in _BYLINES.finditer(self._text, 0, self._start))

    def is_signoff(self, line: Span) -> bool:
        """Say whether a line names who else worked on the article."""
        words = line.slice(self._text).strip()
        return 0 < len(words) <= _LIMIT and self._is_signoff(words, line)

    def _is_signoff(self, words: str, line: Span) -> bool:
        if _may_trail(words) and _forms().signoff.fullmatch(words):
            return True
        if not any(cue in words for cue in _forms().cues):
            return False
        return all(self._tells(part, _forms().told, line) for part in _SENTENCE_END.split(words))

    def is_trailer(self, line: Span, below: str) -> bool:
        """Say whether a line is a sign-off, speaks of the author, or invites to something.

        Args:
            line: the last line that is not known to be furniture.
            below: the words of the line under it that was a trailer too, or none.
        """
        known = self._known.get((line.start, below))
        if known is None:
            known = self._is_trailer(line, below)
            self._known[line.start, below] = known
        return known

    def _is_trailer(self, line: Span, below: str) -> bool:
        words = line.slice(self._text).strip()
        if not 0 < len(words) <= _LIMIT:
            return False
        if self._is_signoff(words, line):
            return True
        known = _forms()
        if _may_trail(words) and (known.notice.fullmatch(words) or known.opening.fullmatch(words)):
            return True
        if _FIRST_NAME.match(words) is None:
            # Nearly every line: it begins with nobody's name.
            return False
        return self._is_bio(words, line) or self._is_author(words, below)

    def _is_bio(self, words: str, line: Span) -> bool:
        first, *others = _SENTENCE_END.split(words)
        known = _forms()
        if not all(known.more.fullmatch(other) for other in others):
            return False
        if self._tells(first, known.bio, line) or self._tells(first, known.told, line):
            return True
        # A scholar may well be quoted in the last line; an author is named above the text.
        followed = any("@" in other for other in others)
        return self._tells(first, known.scholar, line, sure=not followed)

    def _is_author(self, words: str, below: str) -> bool:
        """Say whether a line is no more than the names of the authors, perhaps with a place."""
        named = _AUTHORS.fullmatch(words.rstrip(". "))
        if named is None:
            return False
        name = named["name"].casefold()
        return name in self._bylines.casefold() or name in below.casefold()

    def _tells(
        self, sentence: str, form: re.Pattern[str], line: Span, *, sure: bool = False
    ) -> bool:
        """Say whether a sentence has a form, and is about someone whom the body does not name.

        Args:
            sentence: the words.
            form: what they must say of ``people``.
            line: where they stand.
            sure: take only those who are named over the text.
        """
        match = form.match(sentence)
        if match is None or not _BETWEEN.issuperset(_SMALL.findall(match["people"])):
            return False
        named = _RUN.match(match["people"])
        if named is None:
            return False
        first = named.group().split()[-1].rstrip(".,'’")
        name = re.compile(rf"(?<!\w){re.escape(first)}(?!\w)", re.IGNORECASE)
        if name.search(self._bylines):
            return True
        return not sure and not self._is_told_of(name, line.start)

    def _is_told_of(self, name: re.Pattern[str], end: int) -> bool:
        """Say whether the body has a name, in a line that is not behind it itself."""
        known = _forms()
        for match in name.finditer(self._text, self._start, end):
            start = self._text.rfind("\n", 0, match.start()) + 1
            words = self._text[start : self._text.find("\n", match.end())].strip()
            told = any(known.told.match(part) for part in _SENTENCE_END.split(words))
            about = known.bio.match(words) or known.scholar.match(words)
            if not told and not about and not known.signoff.fullmatch(words):
                return True
        return False
