"""The sourcing of one article as a handful of numbers, and of many as their sums.

An ``ArticleAudit`` is small and plain: it can be kept, sent to another thread and added up. The
figures of a project are sums of those of its articles, so that one changed article costs one audit.

Source of the transparency class: PEJ 2005 (number of fully identified sources; four or more is the
top class). 50:50's rule: a contributor counts once an item.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from annotator import resources
from annotator.analysis.shares import (
    ArticleShares,
    Openness,
    Shares,
    article_shares,
    openness,
)
from annotator.model.annotations import Claim, Mention, Quote, SourceMention
from annotator.model.vocabulary import Identification, SourcingState
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Self

    from annotator.analysis.case import Case
    from annotator.analysis.rules import Finding
    from annotator.model.annotations import Source
    from annotator.model.article import Article
    from annotator.model.span import Span

K = TypeVar("K")

#: From how many fully identified sources on a class begins: none, one, some, many.
_CLASSES = (0, 1, 2, 4)


@cache
def _determiners() -> re.Pattern[str]:
    """Return what stands before a description and tells nothing of who it is."""
    tables = json.loads(resources.read_text("rules", "words", "determiners.json"))
    words = sorted({word for table in tables.values() for word in table}, key=len, reverse=True)
    elided = "|".join(re.escape(word) for word in words if word.endswith("’"))
    whole = "|".join(re.escape(word) for word in words if not word.endswith("’"))
    return re.compile(rf"^(?:(?:{elided})|(?:{whole})\s+)+")


@dataclass(frozen=True, slots=True)
class ArticleAudit:
    """Hold the figures of one article.

    ``transparency`` is 0 (no fully identified source) to 3 (four and more). ``formulas`` are the
    words that ask for anonymity, ``descriptions`` what the unnamed are called, both folded.
    ``quoted`` and ``mentioned`` are actor ids; ``named_houses`` and ``unnamed_houses`` the
    affiliations of sources with and without a name (an organisation that speaks for itself is
    named, under each of its names). ``by_hand`` and ``from_proposals`` count marks by where they
    came from.
    """

    article_id: str
    outlet: str = ""
    agency: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    month: str = ""
    words: int = 0
    quotes: int = 0
    claims: int = 0
    source_mentions: int = 0
    low: int = 0
    high: int = 0
    is_open: bool = False
    shares: ArticleShares = field(default_factory=ArticleShares)
    states: Mapping[SourcingState, int] = field(default_factory=Counter[SourcingState])
    on_one_unnamed: tuple[str, ...] = ()
    transparency: int = 0
    reasons: Mapping[str, int] = field(default_factory=Counter[str])
    formulas: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    quoted: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    named_houses: frozenset[str] = frozenset()
    unnamed_houses: frozenset[str] = frozenset()
    reviewed: bool = False
    by_hand: int = 0
    from_proposals: int = 0
    findings: Mapping[str, int] = field(default_factory=Counter[str])


def audit(case: Case, words: Sequence[Span], findings: Iterable[Finding] = ()) -> ArticleAudit:
    """Return the figures of an article.

    Args:
        case: the article.
        words: its words in text order.
        findings: what a rule pack found; accepted ones do not count.
    """
    article, sourcing = case.article, case.sourcing
    heads = case.heads
    unnamed = [s for s in heads if s.identification.is_anonymous]
    named = [s for s in heads if openness(s) in (Openness.NAMED, Openness.BY_OFFICE)]
    bases = [sourcing.basis(claim.id) for claim in case.claims]
    alone = [b.content_id for b in bases if b.state is SourcingState.SINGLE_ANONYMOUS]
    marks = list(case.data.marks.values())
    proposed = sum(1 for mark in marks if mark.stamp.origin not in ("human", "import"))
    distinct = sourcing.distinct
    return ArticleAudit(
        article_id=article.id,
        outlet=article.outlet,
        agency=article.agency,
        authors=article.authors,
        section=article.section,
        month=_month(article),
        words=article.word_count,
        quotes=len(case.marks(Quote)),
        claims=len(case.marks(Claim)),
        source_mentions=len(case.marks(SourceMention)),
        low=distinct.low,
        high=distinct.high,
        is_open=distinct.is_open,
        shares=article_shares(sourcing, case.sentences, words),
        states=Counter(basis.state for basis in bases),
        on_one_unnamed=tuple(alone),
        transparency=transparency(heads),
        reasons=Counter(str(s.anonymity_reason) for s in unnamed),
        formulas=_formulas(case, unnamed),
        descriptions=_descriptions(case, unnamed),
        quoted=frozenset(s.actor_id for s in heads if s.actor_id and case.has_content(s)),
        mentioned=frozenset(m.actor_id for m in case.marks(Mention) if m.actor_id),
        named_houses=_houses(named) | _organisations(case, named),
        unnamed_houses=_houses([m for s in unnamed for m in case.family(s)]),
        reviewed=article.reviewed,
        by_hand=len(marks) - proposed,
        from_proposals=proposed,
        findings=Counter(f.rule.check for f in findings if not f.accepted),
    )


def transparency(sources: Iterable[Source]) -> int:
    """Return the class, 0 to 3, by how many sources are fully identified (named persons)."""
    full = sum(1 for s in sources if s.identification is Identification.NAMED_PERSON)
    return max(number for number, least in enumerate(_CLASSES) if full >= least)


def _month(article: Article) -> str:
    """Return "2031-03"; a date known to the year only belongs to no month."""
    value = article.published.value if article.published is not None else ""
    return value[:7] if len(value) >= 7 else ""


def _houses(sources: Iterable[Source]) -> frozenset[str]:
    return frozenset(s.affiliation_name.strip() for s in sources if s.affiliation_name.strip())


def _organisations(case: Case, named: Iterable[Source]) -> frozenset[str]:
    """Return what organisations that speak for themselves are called, by any of their names."""
    found: set[str] = set()
    for source in named:
        if source.identification is Identification.NAMED_ORGANISATION:
            actor = case.actors.get(source.actor_id or "")
            names = [source.label, _bare(source.description)]
            if actor is not None:
                names += [actor.name, *(alias.name for alias in actor.aliases)]
            found |= {name.strip() for name in names if name.strip()}
    return frozenset(found)


def _bare(words: str) -> str:
    """Return a description, folded, without its article or number."""
    return _determiners().sub("", _folded(words)) or words


def _formulas(case: Case, unnamed: Iterable[Source]) -> tuple[str, ...]:
    text = case.data.text
    found = [span for s in unnamed for m in case.family(s) for span in m.formula_spans]
    return tuple(_folded(span.slice(text)) for span in found if span.end <= len(text))


def _descriptions(case: Case, unnamed: Iterable[Source]) -> tuple[str, ...]:
    """Return what unnamed sources are called at first, without articles and numbers."""
    text = case.data.text
    found: list[str] = []
    for source in unnamed:
        mention = case.first_mention(source)
        if mention is not None:
            found.append(_bare(_folded(" ".join(span.slice(text) for span in mention.spans))))
    return tuple(found)


def _folded(words: str) -> str:
    """Return words as they are compared: case, apostrophe and white space do not count."""
    return " ".join(words.casefold().replace("'", "’").split())


# -- many articles ------------------------------------------------------------------------------


@dataclass(slots=True)
class Sums:
    """Hold the sums that articles are compared by; grown and shrunk with ``add``.

    Kept small and quick: a project of ten thousand articles is broken down in five ways.
    """

    articles: int = 0
    reviewed: int = 0
    claims: int = 0
    low: int = 0
    high: int = 0
    on_one_unnamed: int = 0
    #: Twelve numbers: by source, by sentence and by word, each in the order of ``Shares``.
    counts: list[int] = field(default_factory=lambda: [0] * 12)

    @property
    def shares(self) -> ArticleShares:
        """Return the three measures."""
        numbers = self.counts
        return ArticleShares(Shares(*numbers[:4]), Shares(*numbers[4:8]), Shares(*numbers[8:]))

    def add(self, one: ArticleAudit, *, times: int = 1) -> None:
        """Add an article, or take it away again (``times`` -1)."""
        self.articles += times
        self.reviewed += times * one.reviewed
        self.claims += times * one.claims
        self.low += times * one.low
        self.high += times * one.high
        self.on_one_unnamed += times * len(one.on_one_unnamed)
        numbers, at = self.counts, 0
        shares = one.shares
        for part in (shares.by_source, shares.by_sentence, shares.by_word):
            numbers[at] += times * part.named
            numbers[at + 1] += times * part.by_office
            numbers[at + 2] += times * part.unnamed
            numbers[at + 3] += times * part.other
            at += 4

    def copied(self) -> Self:
        """Return the sums as they are now, for somebody who keeps them."""
        return copy.deepcopy(self)


@dataclass(slots=True)
class Totals(Sums):
    """Hold all sums of several articles; grown with ``add``.

    ``articles_of_one`` counts articles that may rest on one source. ``states`` are of claims.
    """

    words: int = 0
    quotes: int = 0
    articles_of_one: int = 0
    by_hand: int = 0
    from_proposals: int = 0
    states: Counter[SourcingState] = field(default_factory=Counter[SourcingState])
    reasons: Counter[str] = field(default_factory=Counter[str])
    transparency: Counter[int] = field(default_factory=Counter[int])
    findings: Counter[str] = field(default_factory=Counter[str])

    def add(self, one: ArticleAudit, *, times: int = 1) -> None:
        """Add an article, or take it away again (``times`` -1)."""
        Sums.add(self, one, times=times)
        self.words += times * one.words
        self.quotes += times * one.quotes
        self.articles_of_one += times * (one.low == 1)
        self.by_hand += times * one.by_hand
        self.from_proposals += times * one.from_proposals
        _shift(self.states, one.states, times)
        _shift(self.reasons, one.reasons, times)
        _shift(self.transparency, {one.transparency: 1}, times)
        _shift(self.findings, one.findings, times)


def _shift(counts: Counter[K], more: Mapping[K, int], times: int) -> None:
    """Add to counts or take away; what is counted no more is gone."""
    for key, count in more.items():
        counts[key] += times * count
        if not counts[key]:
            del counts[key]


def totals(audits: Iterable[ArticleAudit]) -> Totals:
    """Return the sums of all articles."""
    found = Totals()
    for one in audits:
        found.add(one)
    return found


def totals_by(
    audits: Iterable[ArticleAudit], keys: Callable[[ArticleAudit], Iterable[K]]
) -> dict[K, Totals]:
    """Return the sums for each key (an outlet, an author: an article may have several)."""
    found: dict[K, Totals] = {}
    for one in audits:
        for key in keys(one):
            if key not in found:
                found[key] = Totals()
            found[key].add(one)
    return found


#: What a project's figures can be broken down by; an article without the field has the key "".
DIMENSIONS: Mapping[str, Callable[[ArticleAudit], Iterable[str]]] = {
    "outlet": lambda one: (one.outlet,),
    "agency": lambda one: (one.agency,),
    "author": lambda one: dict.fromkeys(one.authors) or ("",),
    "section": lambda one: (one.section,),
    "month": lambda one: (one.month,),
}


@dataclass(frozen=True, slots=True)
class Voices:
    """Say who speaks in a project and who is only spoken of.

    ``quoted`` and ``only_mentioned``: actor id and number of articles, the most first.
    ``only_unnamed``: affiliations of which nobody ever speaks with a name.
    """

    quoted: tuple[tuple[str, int], ...]
    only_mentioned: tuple[tuple[str, int], ...]
    only_unnamed: tuple[tuple[str, int], ...]


def voices(audits: Iterable[ArticleAudit]) -> Voices:
    """Return who is quoted, who is merely mentioned, and who is only ever anonymous."""
    quoted, mentioned, unnamed = Counter[str](), Counter[str](), Counter[str]()
    named: set[str] = set()
    for one in audits:
        quoted.update(one.quoted)
        mentioned.update(one.mentioned)
        unnamed.update(one.unnamed_houses)
        named |= {fold(house) for house in one.named_houses}
    silent = {actor: n for actor, n in mentioned.items() if actor not in quoted}
    hidden = {house: n for house, n in unnamed.items() if fold(house) not in named}
    return Voices(_ranked(quoted), _ranked(silent), _ranked(hidden))


def commonest(audits: Iterable[ArticleAudit], *, most: int = 50) -> tuple[tuple[str, int], ...]:
    """Return what unnamed sources are called and how they ask for it, the commonest first."""
    found = Counter[str]()
    for one in audits:
        found.update(one.descriptions)
        found.update(one.formulas)
    return _ranked(found)[:most]


def _ranked(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
