"""Whether a line is page furniture, by its words alone.

The rules are French and English regular expressions in ``resources/text/furniture.json``:
``lines`` and ``paragraphs`` fit a whole line, ``sections`` head a list of links, ``phrases`` are
looked for only in front of the body, where menus and prompts are glued to the headline. What ends
in a full stop is a sentence ("Share prices fell.") unless it is one of ``closed``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from annotator import resources
from annotator.importers.kit.openings import Openings
from annotator.importers.kit.press import press

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Span

#: A line longer than this is no menu entry and no button.
SHORT = 170
_FIRST_WORD = re.compile("[^'’ \u00a0]{1,16}")
#: What a button ends in: perhaps a colon, never the full stop of a sentence.
_BUTTON_END = r"(?<!\w\.)(?<!\w\.[”\"»’])[ \u00a0]?:?"


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the patterns; all of them are without case."""

    line: re.Pattern[str]
    line_openings: Openings
    #: The forms of lines that may begin with anything, and what each holds one of.
    line_blind: re.Pattern[str]
    cues: tuple[str, ...]
    paragraph: re.Pattern[str]
    paragraph_openings: Openings
    section: re.Pattern[str]
    phrase: re.Pattern[str]
    phrase_openings: Openings
    #: A phrase at the first word.
    phrase_first: re.Pattern[str]
    credit: re.Pattern[str]
    end: re.Pattern[str]
    #: A line that stands over the comments of readers.
    comments: re.Pattern[str]
    #: A button or a time under the comment of a reader.
    button: re.Pattern[str]
    #: A line behind which no article goes on: its topics, who may reprint it.
    last: re.Pattern[str]
    #: A line that ends a box of links or of an invitation.
    over: re.Pattern[str]
    #: With what a line begins that may be the turn from the article to what stands behind it.
    turn_openings: Openings
    #: The words that a paragraph of furniture can begin with.
    starts: frozenset[str]
    #: With what a line may begin that is too long for a button and is no prose all the same.
    long_openings: Openings


@cache
def rules() -> Rules:
    """Return the patterns, made on first use."""
    text = resources.read_text("text", "furniture.json").replace("'", "['’]")
    raw: dict[str, list[str]] = json.loads(text)
    starts, cues = frozenset(raw.pop("paragraph_starts")), tuple(raw.pop("cues"))
    joined = {key: _joined(forms) for key, forms in raw.items()}
    openings = Openings((*raw["lines"], *raw["closed"]))
    closed = frozenset(raw["closed"])
    blind = [form for form in openings.blind if form not in closed]
    blind_closed = [form for form in openings.blind if form in closed]
    agency = press().agency_pattern
    space = "[ \u00a0\u202f]*"
    return Rules(
        re.compile(_buttons(joined["lines"], joined["closed"]), re.IGNORECASE),
        openings,
        re.compile(_buttons(_joined(blind), _joined(blind_closed)), re.IGNORECASE),
        cues,
        re.compile(joined["paragraphs"], re.IGNORECASE),
        Openings(raw["paragraphs"]),
        re.compile(rf"(?:{joined['sections']}){space}:?", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{joined['phrases']})(?!\w)", re.IGNORECASE),
        Openings(raw["phrases"]),
        re.compile(rf"[\W_]*+(?:{joined['phrases']})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?:(?:publié|mis en ligne|mis à jour|modifié|published|posted|updated|"
            rf"last updated|créé|par|by|source|avec|with|le|on|à|at|par la rédaction|{agency})\b"
            rf"[ :,•·|–-]*){{1,6}}",
            re.IGNORECASE,
        ),
        re.compile(joined["ends"], re.IGNORECASE),
        re.compile(rf"(?:{joined['comments']}){space}:?", re.IGNORECASE),
        re.compile(joined["buttons"], re.IGNORECASE),
        re.compile(rf"(?:{joined['lasts']}){space}:?", re.IGNORECASE),
        re.compile(joined["overs"], re.IGNORECASE),
        Openings([*raw["ends"], *raw["sections"], *raw["comments"], *raw["lasts"]]),
        starts,
        Openings([*raw["paragraphs"], *raw["ends"], *raw["lasts"]]),
    )


def _joined(forms: Iterable[str]) -> str:
    return "|".join(f"(?:{form})" for form in forms)


def _buttons(lines: str, closed: str) -> str:
    return rf"(?:{lines}){_BUTTON_END}|{closed}"


def is_plain_paragraph(text: str, line: Span) -> bool:
    """Say whether a line can be nothing but a paragraph, by its length and first characters.

    A cheap look, which settles it for nearly all lines. One with white space around it is none.
    """
    start, end = line.start, line.end
    return (
        end - start > SHORT
        and not rules().long_openings.may_begin(text, start)
        and not text[start].isspace()
        and not text[end - 1].isspace()
    )


def is_furniture(text: str, line: Span) -> bool:
    """Say whether a whole line is furniture."""
    return are_furniture(line.slice(text).strip())


def are_furniture(words: str) -> bool:
    """Say whether the words of a whole line, without space around them, are furniture."""
    return _is_short_furniture(words) if len(words) <= SHORT else _is_long_furniture(words)


def is_section(text: str, line: Span) -> bool:
    """Say whether a line heads a list of links: "À lire aussi", "Related stories"."""
    return rules().section.fullmatch(line.slice(text).strip()) is not None


def _has_cue(words: str, cues: tuple[str, ...]) -> bool:
    small = words.lower()
    return any(cue in small for cue in cues)


@lru_cache(maxsize=4_096)
def _is_short_furniture(words: str) -> bool:
    known = rules()
    if known.line_openings.may_begin(words):
        if known.line.fullmatch(words):
            return True
    elif _has_cue(words, known.cues) and known.line_blind.fullmatch(words):
        return True
    if known.phrase_first.match(words):
        left, phrases = known.phrase.subn(" ", words)
        if phrases > 1 and not any(char.isalnum() for char in left):
            return True
    return _is_long_furniture(words)


def _is_long_furniture(words: str) -> bool:
    known = rules()
    if not known.paragraph_openings.may_begin(words) or known.paragraph.fullmatch(words) is None:
        return False
    first = _FIRST_WORD.match(words)
    return first is not None and first.group().lower() in known.starts
