"""What an editor should ask the reporter, from what the marks leave open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.exporters.report import Item, Listing
from annotator.exporters.reports.findings import quoted_places
from annotator.exporters.words import joined, listing
from annotator.i18n import tr
from annotator.model import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters.base import Finding
    from annotator.exporters.reports.index import Index
    from annotator.model.annotations import Claim, Source
    from annotator.model.span import Span

#: Claims of these kinds need nobody to stand behind them.
_NO_SOURCE_NEEDED = (v.ClaimKind.OPINION, v.ClaimKind.BACKGROUND_FACT)
#: Claims or sources whose words are quoted under one question.
_QUOTED = 6
_OPEN = (v.AnonymityReason.UNKNOWN, v.AnonymityReason.NOT_STATED)
#: What the checks of the house rules ask about, where the marks alone make us ask the same.
_TOPICS = {
    "any_on_one_unnamed": "confirm",
    "serious_on_one_unnamed": "confirm",
    "corroboration_unsaid": "confirm",
    "claim_without_attribution": "origin",
    "hedge_without_source": "origin",
    "plural_with_one": "count",
    "no_reason": "why",
}


@dataclass(frozen=True, slots=True)
class _Question:
    """Hold a question, what it is about in a word, and the places that it is asked of."""

    item: Item
    topic: str = ""
    spans: tuple[Span, ...] = ()


def questions(index: Index, *, limit: int = 0) -> Listing:
    """List the questions, the gravest first, none twice; ``limit`` 0 means all."""
    own = [
        *_serious(index),
        *_single(index),
        *_unattributed(index),
        *_how_many(index),
        *_may_be_same(index),
        *_unnamed(index),
    ]
    items = _merged([*(question.item for question in own), *_of_findings(index, own)])
    more = len(items) - limit if limit and len(items) > limit else 0
    shown = items[: len(items) - more] if more else items
    return Listing(
        "questions",
        tr("report.questions", lang=index.lang),
        tuple(shown),
        intro=tr("report.questions.more", lang=index.lang, count=more) if more else "",
        empty=tr("report.questions.empty", lang=index.lang),
        numbered=True,
    )


def _merged(items: Iterable[Item]) -> list[Item]:
    """Ask each question once, of everything that raises it."""
    found: dict[str, Item] = {}
    for item in items:
        first = found.get(item.words)
        if first is None:
            found[item.words] = item
            continue
        quotes = dict.fromkeys((first.quote, item.quote))
        refs = tuple(dict.fromkeys((*first.refs, *item.refs)))
        found[item.words] = replace(first, quote=joined(quotes), refs=refs)
    return list(found.values())


# -- claims -----------------------------------------------------------------------------------


def _about(index: Index, claims: Sequence[Claim], key: str, topic: str) -> Iterator[_Question]:
    """Ask one question about all claims that raise it, with their words."""
    if not claims:
        return
    codes = [index.codes[c.id] for c in claims]
    refs = tuple(index.content_ref(c) for c in claims)
    if len(claims) == 1:
        refs += tuple(index.ref(s) for s in index.behind(claims[0]))
    values = {"count": len(claims), "codes": listing(codes, index.lang)}
    words = tr(f"report.question.{key}", lang=index.lang, **values)
    limit = 140 if len(claims) == 1 else 64
    quotes = joined(index.quoted(index.words(c), limit) for c in claims[:_QUOTED])
    spans = tuple(span for claim in claims for span in claim.spans)
    yield _Question(Item(words, quotes, refs=refs, tone="warn"), topic, spans)


def _is_serious(claim: Claim) -> bool:
    return claim.seriousness is v.Seriousness.SERIOUS


def _in_state(index: Index, state: v.SourcingState) -> list[Claim]:
    return [c for c in index.claims if index.basis(c).state is state]


def _serious(index: Index) -> Iterator[_Question]:
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    yield from _about(index, [c for c in single if _is_serious(c)], "serious", "confirm")


def _single(index: Index) -> Iterator[_Question]:
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    yield from _about(index, [c for c in single if not _is_serious(c)], "single", "confirm")


def _unattributed(index: Index) -> Iterator[_Question]:
    bare = _in_state(index, v.SourcingState.UNATTRIBUTED)
    asked = [c for c in bare if c.kind not in _NO_SOURCE_NEEDED]
    yield from _about(index, asked, "unattributed", "origin")


# -- sources ----------------------------------------------------------------------------------


def _of_sources(index: Index, sources: Sequence[Source], key: str, topic: str) -> _Question:
    """Ask one question about all sources that raise it, with the article's words for them."""
    refs = tuple(index.ref(s) for s in sources)
    codes = listing([ref.code for ref in refs], index.lang)
    words = tr(f"report.question.{key}", lang=index.lang, count=len(sources), codes=codes)
    limit = 90 if len(sources) == 1 else 56
    quotes = (index.called(source, limit) for source in sources[:_QUOTED])
    spans = tuple(
        span for s in sources for mark in index.mentions.get(s.id, []) for span in mark.spans
    )
    return _Question(Item(words, joined(dict.fromkeys(quotes)), refs=refs), topic, spans)


def _how_many(index: Index) -> Iterator[_Question]:
    """Ask how many people stand behind "sources", once for all such words."""
    distinct = index.figures.distinct
    reasons = distinct.reasons if distinct is not None else ()
    ids = [i for r in reasons if r.id in ("group", "several") for i in r.source_ids[:1]]
    groups = index.in_order(ids)
    if groups:
        yield _of_sources(index, groups, "group", "count")


def _may_be_same(index: Index) -> Iterator[_Question]:
    """Ask who may be one and the same; reasons that share somebody are one question."""
    distinct = index.figures.distinct
    circles: list[set[str]] = []
    counts: list[int] = []
    for reason in distinct.reasons if distinct is not None else ():
        if reason.id not in ("may_be_same", "unknown"):
            continue
        circle, count = set(reason.source_ids), 1
        for n in reversed(range(len(circles))):
            if circles[n] & circle:
                circle |= circles.pop(n)
                count += counts.pop(n)
        circles.append(circle)
        counts.append(count)
    for circle, count in zip(circles, counts, strict=True):
        known = index.in_order(circle)
        if len(known) > 1:
            refs = tuple(index.ref(s) for s in known)
            names = listing([ref.code for ref in refs], index.lang)
            key = "same" if count == 1 else "same_some"
            words = tr(f"report.question.{key}", lang=index.lang, names=names)
            yield _Question(Item(words, refs=refs))


def _unnamed(index: Index) -> Iterator[_Question]:
    """Ask who knows the unnamed, and why they are not named where nothing says it."""
    told: list[Source] = []
    untold: list[Source] = []
    for source in index.ordered_sources:
        if not source.identification.is_anonymous or index.depth(source):
            continue
        members = [s for s in index.records.sources if s.group_id == source.id]
        given = [s.anonymity_reason for s in (members or [source])]
        (untold if any(reason in _OPEN for reason in given) else told).append(source)
    if untold:
        yield _of_sources(index, untold, "who_and_why", "why")
    if told:
        yield _of_sources(index, told, "who", "who")


# -- house rules ------------------------------------------------------------------------------


def _of_findings(index: Index, asked: Sequence[_Question]) -> Iterator[Item]:
    """Ask what the rules ask; what was asked about the same words is not asked again."""
    groups: dict[str, list[Finding]] = {}
    for finding in index.figures.findings:
        if not finding.accepted and not _is_asked(finding, asked):
            groups.setdefault(finding.question, []).append(finding)
    for question, group in groups.items():
        yield Item(question, quoted_places(index, group), tone="warn")


def _is_asked(finding: Finding, asked: Sequence[_Question]) -> bool:
    topic = _TOPICS.get(finding.check)
    return topic is not None and any(
        question.topic == topic
        and any(span.start < finding.end and finding.start < span.end for span in question.spans)
        for question in asked
    )
