"""Read one paragraph: everything that can be found without the rest of the article.

A reading counts characters from the start of its paragraph, so it can be kept and reused wherever
the paragraph stands.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.suggest import (
    anonymous,
    cue_edges,
    dialogue,
    doubtful,
    floating,
    interview,
    link,
    names,
    nested,
    phrases,
    repair,
    sources,
    speakers,
    standing,
)
from annotator.suggest.anonymity import Anonymity, anonymity
from annotator.suggest.features import word_class
from annotator.suggest.lexicon import word_set
from annotator.suggest.mention import Mention
from annotator.suggest.places import ORGANISATION, PERSON, PLACE, STATE
from annotator.suggest.tagger import TokenSpan
from annotator.suggest.tokens import CLOSES, INSIDE, OPENS, Tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from annotator.suggest.claims import ClaimFind
    from annotator.suggest.tagger import Tagged

MODEL, RULES, INTERVIEW = "model", "rules", "interview"


def rule_of(origin: str) -> str:
    """Return the rule that stands for an attribution's origin."""
    return "tagger" if origin == MODEL else origin


@dataclass(slots=True)
class Reading:
    """Hold what one paragraph says by itself; ``origin`` tells model from rules per attribution.

    ``telling`` are the mentions of which something is reported, ``in_person`` those that say "I",
    ``told`` the sentences with a verb that reports.
    """

    text: str
    tokens: Tokens
    attributions: list[link.Attribution]
    origin: list[str]
    sources: list[TokenSpan]
    described: dict[TokenSpan, sources.Description]
    anonymous: dict[TokenSpan, Anonymity]
    names: list[names.NameFind]
    phrases: list[phrases.Phrase]
    claims: list[ClaimFind] = field(default_factory=list["ClaimFind"])
    turn: interview.Turn = interview.NONE
    telling: frozenset[TokenSpan] = frozenset()
    in_person: frozenset[TokenSpan] = frozenset()
    told: frozenset[int] = frozenset()

    @property
    def rule(self) -> str:
        """Return what found the sources that no attribution uses."""
        return rule_of(MODEL if MODEL in self.origin else RULES)

    def span(self, first: int, stop: int) -> Span:
        """Return the characters of a stretch of tokens."""
        return Span(self.tokens.starts[first], self.tokens.ends[stop - 1])


def read(
    text: str,
    tagged: Tagged,
    language: str,
    origin: str,
    *,
    fiction: bool = False,
    personal: bool = False,
    turn: interview.Turn = interview.NONE,
    common: names.Common | None = None,
) -> Reading:
    """Put together what the tagger (or the rules) and the phrase lists find in a paragraph."""
    tokens = tagged.tokens
    spans = list(tagged.spans)
    origins = origin
    if fiction:
        spans, origins = dialogue.speech(tokens, language), RULES
    spans = [_tidied(tokens, s) if s.kind == "S" else s for s in spans]
    if not fiction:
        spans = repair.repaired(text, tokens, spans, language)
    if personal:
        spans = cue_edges.first_clauses(tokens, spans)
    spans = _with_anonymous(text, tokens, spans, language)
    across = language == "en"
    linked = link.link(tokens, spans, joined=not fiction, across=across)
    if not fiction:
        more = speakers.missing(tokens, linked, language)
        if more:
            spans = sorted([*spans, *more], key=lambda s: s.first)
            linked = link.link(tokens, spans, across=across)
    found_names = names.find(tokens, tagged.names, language, common=common)
    kept = linked.attributions
    if origins == MODEL:
        kept = doubtful.without_doubtful(tokens, linked.attributions, language, personal=personal)
    if not fiction and (language == "fr" or not turn.role):
        known = [s for s in spans if s.kind == "S"]
        own = floating.settled if language == "fr" else standing.with_speakers
        kept = own(tokens, kept, known, found_names)
    attributions = interview.with_answer(tokens, kept, turn)
    quoted = [] if fiction else nested.inner(text, tokens, attributions, language)
    attributions = [*attributions, *quoted]
    inner = frozenset(quoted)
    telling = {a.source for a in attributions if a.source}
    used = telling | _loose(tokens, linked, attributions, telling, turn)
    linkless = {a.source for a in linked.attributions if a.source} - used
    described = _described(tokens, used | linkless, found_names, language)
    # Who is not named stays a mention, whatever becomes of the words that hung on it.
    mentions = [m for m, what in described.items() if m in used or what.is_anonymous]
    anonymous = {
        m: anonymity(text, *_sentence_of(tokens, m), language)
        for m, what in described.items()
        if what.identification not in ("named_person", "named_organisation", "document")
    }
    return Reading(
        text,
        tokens,
        list(attributions),
        [_origin(a, origins, inner, turn) for a in attributions],
        mentions,
        described,
        anonymous,
        found_names,
        _hearsay(tokens, phrases.find(text, tokens, language), attributions, language),
        turn=turn,
        telling=frozenset(telling),
        in_person=frozenset(
            a.source for a in attributions if a.source and floating.speaks_in_person(tokens, a)
        ),
        told=frozenset(tokens.sentence[a.cue.first] for a in attributions if a.cue),
    )


def _loose(
    tokens: Tokens,
    linked: link.Linked,
    attributions: Sequence[link.Attribution],
    telling: Collection[TokenSpan],
    turn: interview.Turn,
) -> set[TokenSpan]:
    """Return the sources that tell nothing, beside those that do: no label, no byline."""
    loose = {s for s in linked.loose_sources if tokens.starts[s.first] >= turn.label}
    loose -= set(doubtful.idle(tokens, linked.loose_sources, attributions))
    heard = {i for t in telling for i in range(t.first, t.stop)}
    return {s for s in loose if heard.isdisjoint(range(s.first, s.stop))}


def _described(
    tokens: Tokens,
    mentions: Collection[TokenSpan],
    found: Sequence[names.NameFind],
    language: str,
) -> dict[TokenSpan, sources.Description]:
    """Return what the words of each mention say, in text order."""
    tags = [TokenSpan(_TAGS[n.kind], n.first, n.stop, n.sure) for n in found]
    firsts = [t.first for t in tags]
    return {
        m: sources.describe(tokens, m, _within(tags, firsts, m), language)
        for m in sorted(mentions, key=lambda s: s.first)
    }


def _origin(
    attribution: link.Attribution,
    found: str,
    quoted: Collection[link.Attribution],
    turn: interview.Turn,
) -> str:
    """Return what an attribution rests on: the network, surface rules, an interview's print."""
    if attribution in quoted:
        return RULES
    return INTERVIEW if attribution.cue is None and turn.role else found


_TAIL = word_set("s' s’ se , qu' que a ont ;")


def _tidied(tokens: Tokens, span: TokenSpan) -> TokenSpan:
    """Leave the beginning of the verb that follows out of a source."""
    stop = span.stop
    while stop > span.first + 1 and tokens.words[stop - 1].lower() in _TAIL:
        stop -= 1
    return span._replace(stop=stop)


_OF = word_set("de d' du des auprès from of by")


def _with_anonymous(
    text: str, tokens: Tokens, spans: list[TokenSpan], language: str
) -> list[TokenSpan]:
    """Add unnamed sources that were missed, and cut a source down to one that it swallowed."""
    lowered = text.lower()
    if not any(word in lowered for word in _UNNAMED):
        return spans
    known = [s for s in spans if s.kind == "S"]
    firsts = [s.first for s in known]
    changed: dict[TokenSpan, TokenSpan] = {}
    added: list[TokenSpan] = []
    for phrase in anonymous.find(text, tokens, language):
        touching = _within(known, firsts, phrase)
        if not touching:
            added.append(phrase)
        elif _swallowed(tokens, touching[0], phrase, language):
            changed[touching[0]] = phrase._replace(sure=touching[0].sure)
    return sorted([*(changed.get(s, s) for s in spans), *added], key=lambda s: s.first)


def _swallowed(tokens: Tokens, source: TokenSpan, phrase: TokenSpan, language: str) -> bool:
    """Say whether a source holds an unnamed one behind its "of": « auprès de deux sources ».

    « Un proche de la maire » is not the mayor.
    """
    if source.first >= phrase.first or tokens.words[phrase.first - 1].lower() not in _OF:
        return False
    head = source._replace(stop=phrase.first - 1)
    return Mention(tokens, head, (), language).head()[1] not in ("person", "persons", "people")


_UNNAMED = word_set(
    "source anonym interview spoke interrog rencontr named identif nommé cité name authori cleared "
    "autoris habilit familiar briefed knowledge proche informé courant fait"
)
_TAGS = {PERSON: "PER", ORGANISATION: "ORG", STATE: "LOC", PLACE: "LOC"}


def _within(tags: Sequence[TokenSpan], firsts: Sequence[int], span: TokenSpan) -> list[TokenSpan]:
    """Return the tags that touch a span; both lists are in text order and do not overlap."""
    low = max(0, bisect_left(firsts, span.first) - 1)
    near = tags[low : bisect_left(firsts, span.stop)]
    return [t for t in near if t.stop > span.first]


def _sentence_of(tokens: Tokens, span: TokenSpan) -> tuple[int, int]:
    """Return the characters of the sentence that holds a span's first token."""
    number = tokens.sentence[span.first]
    first = last = span.first
    while first and tokens.sentence[first - 1] == number:
        first -= 1
    while last + 1 < len(tokens) and tokens.sentence[last + 1] == number:
        last += 1
    return tokens.starts[first], tokens.ends[last]


def _hearsay(
    tokens: Tokens,
    found: list[phrases.Phrase],
    attributions: Sequence[link.Attribution],
    language: str,
) -> list[phrases.Phrase]:
    """Leave simple conditionals out that only follow a past tense (« a dit que X viendrait »)."""
    reported = sorted(
        (tokens.starts[part.first], tokens.ends[part.stop - 1])
        for a in attributions
        if a.cue is not None and not _introduces(tokens, a.cue, language)
        for part in a.content
    )
    out: list[phrases.Phrase] = []
    for phrase in found:
        simple = phrase.family == phrases.CONDITIONAL and phrase.score < phrases.SURE
        at = bisect_left(reported, (phrase.span.start + 1, 0)) - 1
        if not (simple and at >= 0 and phrase.span.start < reported[at][1]):
            out.append(phrase)
    return out


def _introduces(tokens: Tokens, cue: TokenSpan, language: str) -> bool:
    """Say whether a cue is "according to" and no verb."""
    word = tokens.words[cue.first]
    return word_class(word, word.lower().replace("’", "'"), language) == "ACCORD"


def quote_kind(tokens: Tokens, parts: Sequence[TokenSpan]) -> str:
    """Return direct, mixed or indirect by how much of the content stands between marks."""
    quoted = total = 0
    for part in parts:
        for i in range(part.first, part.stop):
            if tokens.words[i][0].isalnum():
                total += 1
                quoted += tokens.state[i] in (INSIDE, OPENS, CLOSES)
    if tokens.dashed and not quoted:
        return "direct"
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * total else "mixed"
