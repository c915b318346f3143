"""What an editor should ask the reporter, from what the marks leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Item, Listing, Ref
from annotator.exporters.reports.findings import quoted_places
from annotator.exporters.words import joined, listing
from annotator.i18n import tr
from annotator.model import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.base import Finding
    from annotator.exporters.reports.index import Index
    from annotator.model.annotations import Claim

#: Claims of these kinds need nobody to stand behind them.
_NO_SOURCE_NEEDED = (v.ClaimKind.OPINION, v.ClaimKind.BACKGROUND_FACT)
#: Claims whose words are quoted under one question.
_QUOTED = 6
_OPEN = (v.AnonymityReason.UNKNOWN, v.AnonymityReason.NOT_STATED)


def questions(index: Index, *, limit: int = 0) -> Listing:
    """List the questions, the gravest first; ``limit`` 0 means all."""
    items = [
        *_serious(index),
        *_single(index),
        *_unattributed(index),
        *_may_be_same(index),
        *_unnamed(index),
        *_of_findings(index),
    ]
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


def _about(index: Index, claims: Sequence[Claim], key: str) -> Iterator[Item]:
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
    yield Item(words, quotes, refs=refs, tone="warn")


def _is_serious(claim: Claim) -> bool:
    return claim.seriousness is v.Seriousness.SERIOUS


def _in_state(index: Index, state: v.SourcingState) -> list[Claim]:
    return [c for c in index.claims if index.basis(c).state is state]


def _serious(index: Index) -> Iterator[Item]:
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    yield from _about(index, [c for c in single if _is_serious(c)], "serious")


def _single(index: Index) -> Iterator[Item]:
    single = _in_state(index, v.SourcingState.SINGLE_ANONYMOUS)
    yield from _about(index, [c for c in single if not _is_serious(c)], "single")


def _unattributed(index: Index) -> Iterator[Item]:
    bare = _in_state(index, v.SourcingState.UNATTRIBUTED)
    yield from _about(index, [c for c in bare if c.kind not in _NO_SOURCE_NEEDED], "unattributed")


def _of_findings(index: Index) -> Iterator[Item]:
    """Ask what the rules ask, once a question; what was asked about a claim is not asked again."""
    asked = {
        (span.start, span.end)
        for state in (v.SourcingState.SINGLE_ANONYMOUS, v.SourcingState.UNATTRIBUTED)
        for claim in _in_state(index, state)
        for span in claim.spans
    }
    groups: dict[str, list[Finding]] = {}
    for finding in index.figures.findings:
        if not finding.accepted and (finding.start, finding.end) not in asked:
            groups.setdefault(finding.question, []).append(finding)
    for question, group in groups.items():
        yield Item(question, quoted_places(index, group), tone="warn")


def _may_be_same(index: Index) -> Iterator[Item]:
    distinct = index.figures.distinct
    for reason in distinct.reasons if distinct is not None else ():
        known = index.in_order(reason.source_ids)
        if reason.id in ("may_be_same", "unknown") and len(known) > 1:
            refs = tuple(index.ref(s) for s in known)
            names = listing([ref.code for ref in refs], index.lang)
            yield Item(tr("report.question.same", lang=index.lang, names=names), refs=refs)
        elif reason.id in ("group", "several") and known:
            code = index.codes[known[0].id]
            words = tr("report.question.group", lang=index.lang, code=code)
            yield Item(words, _source_words(index, known[0].id), refs=(index.ref(known[0]),))


def _unnamed(index: Index) -> Iterator[Item]:
    for source in index.ordered_sources:
        if not source.identification.is_anonymous or index.depth(source):
            continue
        ref: Ref = index.ref(source)
        members = [s for s in index.records.sources if s.group_id == source.id]
        given = [s.anonymity_reason for s in (members or [source])]
        key = "who_and_why" if any(reason in _OPEN for reason in given) else "who"
        words = tr(f"report.question.{key}", lang=index.lang, code=ref.code)
        yield Item(words, _source_words(index, source.id), refs=(ref,))


def _source_words(index: Index, source_id: str) -> str:
    mentions = index.mentions.get(source_id, [])
    return index.quoted(index.words(mentions[0]), 90) if mentions else ""
