"""The figures of a corpus audit, gathered in one walk over the articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.exporters.base import Shares
from annotator.exporters.reports.parts import add
from annotator.exporters.words import one_line
from annotator.i18n import term
from annotator.model import vocabulary as v
from annotator.model.annotations import Mention
from annotator.model.article import DatePrecision
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.reports.index import Index
    from annotator.model.annotations import Source
    from annotator.model.article import Article

#: What articles are brought together by.
GROUPS = ("outlet", "agency", "author", "section", "month")
_OPEN = (v.AnonymityReason.UNKNOWN, v.AnonymityReason.NOT_STATED)
_NOTHING = Shares()


@dataclass(slots=True)
class Sums:
    """Hold the figures of some articles."""

    articles: int = 0
    by_source: Shares = _NOTHING
    by_sentence: Shares = _NOTHING
    by_word: Shares = _NOTHING
    claims: int = 0
    single: int = 0
    bare: int = 0
    quotes: int = 0

    def take(self, index: Index) -> None:
        """Add one article."""
        figures = index.figures
        states = [index.basis(c).state for c in index.claims]
        self.articles += 1
        self.by_source = add(self.by_source, figures.by_source)
        self.by_sentence = add(self.by_sentence, figures.by_sentence)
        self.by_word = add(self.by_word, figures.by_word)
        self.claims += len(states)
        self.single += states.count(v.SourcingState.SINGLE_ANONYMOUS)
        self.bare += states.count(v.SourcingState.UNATTRIBUTED)
        self.quotes += len(index.quotes)


@dataclass(slots=True)
class Corpus:
    """Gather everything in one walk over the articles; no article stays in memory."""

    all: Sums = field(default_factory=Sums)
    groups: dict[str, dict[str, Sums]] = field(
        default_factory=lambda: {name: {} for name in GROUPS}
    )
    reasons: Counter[str] = field(default_factory=Counter[str])
    formulas: Counter[str] = field(default_factory=Counter[str])
    quoted: Counter[str] = field(default_factory=Counter[str])
    mentioned: Counter[str] = field(default_factory=Counter[str])
    single: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    articles: list[tuple[Article, Sums, str]] = field(
        default_factory=list["tuple[Article, Sums, str]"]
    )
    rules: dict[tuple[str, str], Counter[str]] = field(
        default_factory=dict["tuple[str, str]", "Counter[str]"]
    )
    pack: str = ""
    named_houses: set[str] = field(default_factory=set[str])
    unnamed_houses: Counter[str] = field(default_factory=Counter[str])
    _spellings: dict[str, str] = field(default_factory=dict[str, str])
    marks: int = 0
    accepted: int = 0

    def take(self, index: Index) -> None:
        """Add one article."""
        self.all.take(index)
        for name in GROUPS:
            for value in _values(index.article, name):
                self.groups[name].setdefault(value, Sums()).take(index)
        own = Sums()
        own.take(index)
        distinct = index.figures.distinct
        spread = "–" if distinct is None else f"{distinct.low}–{distinct.high}"
        if distinct is not None and distinct.low == distinct.high:
            spread = str(distinct.low)
        self.articles.append((index.article, own, spread))
        self._take_sources(index)
        self._take_actors(index)
        for claim in index.claims:
            if index.basis(claim).state is v.SourcingState.SINGLE_ANONYMOUS:
                self.single.append((index.quoted(index.words(claim), 160), index.article.headline))
        self.pack = self.pack or index.figures.rule_pack
        for finding in index.figures.findings:
            if not finding.accepted:
                found = self.rules.setdefault((finding.severity, finding.wording), Counter())
                found[index.article.id] += 1
        self.marks += len(index.records.marks)
        self.accepted += sum("@" in mark.stamp.origin for mark in index.records.marks)

    def _take_sources(self, index: Index) -> None:
        contents = (*index.quotes, *index.claims)
        heard = {s.id: s for content in contents for s in index.behind(content)}
        for source in heard.values():
            if not source.identification.is_anonymous:
                self.named_houses |= {fold(name) for name in _houses(index, source)}
        self.unnamed_houses.update(
            {
                source.affiliation_name: 1
                for source in index.records.sources
                if source.affiliation_name and source.identification.is_anonymous
            }
        )
        for source in index.records.sources:
            if not source.identification.is_anonymous:
                continue
            reason = source.anonymity_reason
            shown = v.AnonymityReason.NOT_STATED if reason in _OPEN else reason
            self.reasons[term(shown, lang=index.lang)] += 1
            mentions = index.mentions.get(source.id)
            if mentions and not index.depth(source):
                words = one_line(index.words(mentions[0]))
                self.formulas[self._spellings.setdefault(words.casefold(), words)] += 1

    def _take_actors(self, index: Index) -> None:
        contents = (*index.quotes, *index.claims)
        speaking = {s.actor_id for c in contents for s in index.behind(c)} - {None}
        for actor_id in speaking:
            self.quoted[str(actor_id)] += 1
        for mention in index.of_type(Mention):
            if mention.actor_id is not None:
                self.mentioned[mention.actor_id] += 1


def _houses(index: Index, source: Source) -> Iterator[str]:
    """Yield for whom a source speaks; an organisation for itself, by any of its names."""
    yield source.affiliation_name
    if source.identification is v.Identification.NAMED_ORGANISATION:
        yield from (source.label, source.description)
        actor = index.actors.get(source.actor_id or "")
        if actor is not None:
            yield from (actor.name, *(alias.name for alias in actor.aliases))


def _values(article: Article, name: str) -> Sequence[str]:
    """Return what an article counts under; an author counts once an article."""
    if name == "author":
        return tuple(dict.fromkeys(article.authors)) or ("",)
    if name == "month":
        date = article.published
        return (date.value[:7] if date and date.precision is not DatePrecision.YEAR else "",)
    return (getattr(article, name),)
