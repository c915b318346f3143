"""Join tagged spans: each content to its cue, each cue to its source. Never across paragraphs.

Costs after a reading of PolNeAR (Newell et al. 2018): tokens between, dear steps over sentences and
over other spans. Linear in the paragraph: only the nearest few candidates are weighed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.suggest.tagger import TokenSpan
    from annotator.suggest.tokens import Tokens

_NEAREST, _CLOSE, _OWN_CUE = 5, 2, 3
_STOPS = frozenset((".", "!", "?", "…", "...", ":"))
_BEFORE_WORDS = frozenset(".,;:)")
_CUE_LIMIT, _SOURCE_LIMIT, _FORWARD = 200.0, 60.0, 20.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Join content (in one or more pieces), its cue and its source, as token spans."""

    content: tuple[TokenSpan, ...]
    cue: TokenSpan | None
    source: TokenSpan | None

    @property
    def sure(self) -> float:
        """Return how sure it is: its content's surety, lowered by a doubtful or missing cue."""
        cue = self.cue.sure if self.cue else 0.5
        return min(p.sure for p in self.content) * (0.5 + 0.5 * cue)


@dataclass(frozen=True, slots=True)
class Linked:
    """Hold the attributions of a paragraph and the sources that none of them uses."""

    attributions: tuple[Attribution, ...]
    loose_sources: tuple[TokenSpan, ...]


def _near(spans: Sequence[TokenSpan], firsts: Sequence[int], at: int) -> Sequence[TokenSpan]:
    middle = bisect_left(firsts, at)
    return spans[max(0, middle - _NEAREST) : middle + _NEAREST]


def _gap(a: TokenSpan, b: TokenSpan) -> int:
    """Return the tokens between two spans (negative: they overlap)."""
    return max(a.first - b.stop, b.first - a.stop)


def _between(spans: Sequence[TokenSpan], firsts: Sequence[int], a: TokenSpan, b: TokenSpan) -> int:
    low, high = min(a.stop, b.stop), max(a.first, b.first)
    if low >= high:
        return 0
    return sum(
        1
        for s in spans[bisect_left(firsts, low) : bisect_left(firsts, high)]
        if s.stop <= high and s is not a and s is not b
    )


def _cheapest(spans: Sequence[TokenSpan], cost: Callable[[TokenSpan], float]) -> TokenSpan | None:
    return min(spans, key=cost, default=None)


def link(
    tokens: Tokens, spans: Sequence[TokenSpan], *, joined: bool = True, across: bool = True
) -> Linked:
    """Return the attributions of one paragraph's tagged spans (sorted by first token).

    With ``joined`` the pieces of content that share a cue are one discontinuous content; with
    ``across`` also where a full stop stands between them (« "Oui", dit-elle. "Demain." »): English
    corpora mark one quotation there, French ones two.
    """
    contents = [s for s in spans if s.kind == "C"]
    cues = [s for s in spans if s.kind == "Q"]
    sources = [s for s in spans if s.kind == "S"]
    others = [s for s in spans if s.kind != "S"]
    other_firsts = [s.first for s in others]
    cue_firsts, source_firsts = [s.first for s in cues], [s.first for s in sources]
    sentence = tokens.sentence

    def cue_cost(content: TokenSpan, cue: TokenSpan) -> float:
        steps = min(
            abs(sentence[x] - sentence[y])
            for x in (content.first, content.stop - 1)
            for y in (cue.first, cue.stop - 1)
        )
        crossed = _between(others, other_firsts, content, cue)
        after = _after_cost(tokens, content, cue, across=across)
        beside = _near(sources, source_firsts, cue.first)
        own = _near(cues, cue_firsts, content.stop)
        goes_on = 60 if _goes_on(tokens, own, beside, content, cue) else 0
        return _gap(content, cue) + 40 * steps + 15 * crossed + after - goes_on

    source_cost = partial(_source_cost, tokens, others, other_firsts)
    groups: dict[TokenSpan, list[TokenSpan]] = {}
    alone: list[TokenSpan] = []
    for content in contents:
        near = _near(cues, cue_firsts, content.first)
        best = _cheapest(near, partial(cue_cost, content))
        if best is None or cue_cost(content, best) >= _CUE_LIMIT:
            alone.append(content)
        else:
            groups.setdefault(best, []).append(content)
    out: list[Attribution] = []
    used: set[TokenSpan] = set()
    for cue, found in groups.items():
        parts = _own_parts(tokens, cue, found)
        near = _near(sources, source_firsts, cue.first)
        source = _cheapest(near, partial(source_cost, cue))
        if source is not None and source_cost(cue, source) >= _SOURCE_LIMIT:
            source = None
        if source is not None:
            used.add(source)
        for content in _contents(tokens, parts, across=across) if joined else [[p] for p in parts]:
            out.append(Attribution(tuple(content), cue, source))
    for content in alone:
        out.append(Attribution((content,), None, _free_source(tokens, content, sources, used)))
    out.sort(key=lambda a: a.content[0].first)
    return Linked(tuple(out), tuple(s for s in sources if s not in used))


def _source_cost(
    tokens: Tokens,
    others: Sequence[TokenSpan],
    firsts: Sequence[int],
    cue: TokenSpan,
    source: TokenSpan,
) -> float:
    """Return how far a source is from a cue; « dit-on » is said by « on », whoever is near."""
    if source.first == cue.stop and tokens.words[source.first].startswith("-"):
        return -1.0
    steps = abs(tokens.sentence[cue.first] - tokens.sentence[source.first])
    crossed = _between(others, firsts, cue, source)
    return _gap(cue, source) + 40 * steps + 12 * crossed + (source.first >= cue.stop)


def _after_cost(tokens: Tokens, content: TokenSpan, cue: TokenSpan, *, across: bool) -> float:
    """Return what it costs a cue to stand behind content: « jugeant que » reports what follows."""
    if cue.first < content.stop:
        return 0.0
    participle = not across and tokens.words[cue.first].lower().endswith("ant")
    return _FORWARD if participle else 0.5


def _goes_on(
    tokens: Tokens,
    cues: Sequence[TokenSpan],
    sources: Sequence[TokenSpan],
    content: TokenSpan,
    cue: TokenSpan,
) -> bool:
    """Say whether a quotation stands right behind an aside that ended: '..., she said. "And'.

    One with a cue of its own behind it ('"And ...," he replied') does not. ``cues`` and ``sources``
    are the near ones.
    """
    if cue.stop > content.first or tokens.state[content.first] != OPENS:
        return False
    last = tokens.sentence[max(content.first, content.stop - 2)]  # before a closing mark
    own = (s for s in cues if tokens.sentence[s.first] == last)
    if any(0 <= s.first - content.stop <= _OWN_CUE for s in own):
        return False
    near = [s for s in sources if s.first == cue.stop or s.stop == cue.first]
    stop = max([cue.stop, *(s.stop for s in near)])
    first = min([cue.first, *(s.first for s in near)])
    ended = tokens.words[stop : content.first] in (["."], ["!"], ["?"])
    return ended and CLOSES in tokens.state[max(0, first - 2) : first]


def _own_parts(tokens: Tokens, cue: TokenSpan, parts: list[TokenSpan]) -> list[TokenSpan]:
    """Tell a cue's content from what only stands before it, and leave that out.

    In "Looking ahead, X said that Y" content follows the cue at once, so plain words on its other
    side are not its content; with quotation marks or an aside ("Y, said X, Z") they are.
    """
    follows = [p for p in parts if p.first >= cue.stop and _at_once(tokens, cue.stop, p.first)]
    if len(parts) < 2 or not follows:
        return parts
    foreign = [
        p
        for p in parts
        if p.stop <= cue.first and all(tokens.state[i] == OUTSIDE for i in range(p.first, p.stop))
    ]
    return [p for p in parts if p not in foreign]


def _contents(tokens: Tokens, parts: list[TokenSpan], *, across: bool) -> list[list[TokenSpan]]:
    """Return the contents that a cue's pieces make: a quotation and plain words apart are two."""
    out: list[list[TokenSpan]] = []
    for part in sorted(parts, key=lambda p: p.first):
        last = out[-1][-1] if out else None
        apart = last is not None and (
            {_quoted(tokens, last), _quoted(tokens, part)} == {0.0, 1.0}
            and part.first - last.stop > _CLOSE
        )
        stopped = last is not None and not across and _another(tokens, last, part)
        if last is None or apart or stopped:
            out.append([part])
        else:
            out[-1].append(part)
    return [[_begun(tokens, part) for part in parts] for parts in out]


def _begun(tokens: Tokens, part: TokenSpan) -> TokenSpan:
    """Return a piece from its first word or mark on: not ". And then", « , car »."""
    first = part.first
    while first < part.stop - 1 and tokens.words[first] in _BEFORE_WORDS:
        first += 1
    return part._replace(first=first)


def _another(tokens: Tokens, last: TokenSpan, part: TokenSpan) -> bool:
    """Say whether a piece is another thing said: behind a stop, or in another sentence."""
    marked = {OPENS, CLOSES}.intersection(tokens.state[last.stop : part.first])
    within = tokens.state[part.first] == INSIDE and not marked
    apart = tokens.sentence[last.stop - 1] != tokens.sentence[part.first] and not within
    return apart or tokens.words[part.first - 1] in _STOPS


def _quoted(tokens: Tokens, part: TokenSpan) -> float:
    """Return the share of a piece's words that stand between quotation marks."""
    words = [i for i in range(part.first, part.stop) if tokens.words[i][0].isalnum()]
    return sum(tokens.state[i] != OUTSIDE for i in words) / len(words) if words else 1.0


def _at_once(tokens: Tokens, stop: int, first: int) -> bool:
    return all(tokens.words[i].lower() in ("that", "que", "qu'", "qu’") for i in range(stop, first))


def _free_source(
    tokens: Tokens, content: TokenSpan, sources: Sequence[TokenSpan], used: set[TokenSpan]
) -> TokenSpan | None:
    """Return an unused source beside content without a cue ("- X:" before a quotation)."""
    near = [s for s in sources if s not in used and -1 < _gap(content, s) < 6]
    best = min(near, key=lambda s: _gap(content, s), default=None)
    if best is not None:
        used.add(best)
    return best
