"""Put the names that a language pack finds beside the engine's own.

Which of the two is heard where they differ was chosen by measurement (``docs/suggest.md``): the
engine's own names stay as they are, but for the edges of an organisation of which the pack sees
more; a name that both see is surer, and one that only the pack sees is added as a proposal of its
own rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from annotator.suggest import names
from annotator.suggest.places import ORGANISATION, PERSON, PLACE, NameFind
from annotator.suggest.tagger import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.read import Reading
    from annotator.suggest.tokens import Tokens

RULE = "pack"
#: What a name that both see is worth at least, and how often one that only the pack sees was right
#: (first halves of FENEC's texts and our held-out dispatches; in English the pack was a teacher).
_AGREED = 0.8
_ALONE = {
    "fr": {PERSON: 0.45, ORGANISATION: 0.45, PLACE: 0.35},
    "en": {PERSON: 0.2, ORGANISATION: 0.2, PLACE: 0.25},
}
_SURE = 0.7


class PackName(NamedTuple):
    """Name one stretch that a pack takes for a name: code points, ``PER``, ``ORG`` or ``LOC``."""

    start: int
    end: int
    kind: str


def merged(
    readings: Sequence[tuple[int, Reading]],
    found: Sequence[PackName],
    language: str,
    *,
    common: names.Common | None = None,
) -> list[tuple[int, Reading]]:
    """Return the readings with a pack's names in them; the readings given stay as they are.

    Args:
        readings: (start, reading) of every paragraph, in text order.
        found: the pack's names, counted from the start of the text.
        language: ``en`` or ``fr``.
        common: says whether a lower-case word is an ordinary one (see ``names.find``).
    """
    ordered = sorted(found)
    starts = [name.start for name in ordered]
    out: list[tuple[int, Reading]] = []
    for start, reading in readings:
        low = bisect_left(starts, start)
        high = bisect_left(starts, start + len(reading.text))
        if low == high:
            out.append((start, reading))
            continue
        spans = _as_tokens(reading.tokens, ordered[low:high], start)
        both = _beside(reading, names.cleaned(reading.tokens, spans, common=common), language)
        out.append((start, replace(reading, names=both)))
    return out


def _as_tokens(tokens: Tokens, found: Sequence[PackName], start: int) -> list[TokenSpan]:
    """Return the tokens that each name touches; one that leaves its paragraph is none.

    Of names that overlap, which no sound pack tells, the first one counts.
    """
    out: list[TokenSpan] = []
    for name in found:
        first = bisect_right(tokens.ends, name.start - start)
        stop = bisect_left(tokens.starts, name.end - start)
        inside = not tokens.ends or name.end - start <= tokens.ends[-1]
        free = not out or out[-1].stop <= first
        if stop > first and inside and free and not _is_mixed(tokens, first, stop):
            out.append(TokenSpan(name.kind, first, stop, _SURE))
    return out


def _is_mixed(tokens: Tokens, first: int, stop: int) -> bool:
    """Say whether numbers or dashes stand inside: a listing that was taken for one name."""
    return any(w.isdigit() or w in ("–", "—", "|", ":", ";") for w in tokens.words[first:stop])


def _beside(reading: Reading, found: Sequence[NameFind], language: str) -> list[NameFind]:
    """Return own names, surer where the pack sees the same, and the pack's where there are none."""
    firsts = [n.first for n in reading.names]
    agreed: set[int] = set()
    alone: list[NameFind] = []
    longer: dict[int, NameFind] = {}
    for name in found:
        at = max(0, bisect_right(firsts, name.first) - 1)
        touched = [
            i
            for i in range(at, bisect_left(firsts, name.stop))
            if reading.names[i].stop > name.first
        ]
        if not touched:
            sure = _ALONE["fr" if language == "fr" else "en"][name.kind]
            alone.append(replace(name, sure=sure, rule=RULE))
        elif any(_is_same(reading.names[i], name) for i in touched):
            agreed.update(touched)
        elif len(touched) == 1 and _is_longer(name, reading.names[touched[0]]):
            longer[touched[0]] = name
    own = [
        replace(n, sure=max(n.sure, _AGREED))
        if i in agreed and not n.code
        else replace(n, first=longer[i].first, stop=longer[i].stop)
        if i in longer
        else n
        for i, n in enumerate(reading.names)
    ]
    return sorted([*own, *alone], key=lambda n: n.first)


def _is_longer(name: NameFind, own: NameFind) -> bool:
    """Say whether a pack sees more of an organisation's name (« Académie des sciences d'Ulm »)."""
    holds = name.first <= own.first and own.stop <= name.stop
    return holds and name.kind == own.kind == ORGANISATION and not own.code


def _is_same(own: NameFind, name: NameFind) -> bool:
    return (own.kind, own.first, own.stop) == (name.kind, name.first, name.stop)
