"""The tables that several reports show of one article: sources, claims, quotes, actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Bar, Bars, Cell, Row, Table
from annotator.exporters.reports.marked import tone_of
from annotator.exporters.reports.parts import columns
from annotator.exporters.words import capital, joined, listing, number, range_words
from annotator.i18n import term, tr
from annotator.model import vocabulary as v
from annotator.model.annotations import Claim, Hedge, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.exporters.reports.index import Index
    from annotator.model.annotations import Source

#: Pairs of actors shown in a report; the graph formats have them all.
PAIRS = 12


def sources_table(index: Index) -> Table:
    """Show every source, a group followed by its members."""
    lang = index.lang
    rows = tuple(_source_row(index, source) for source in index.ordered_sources)
    return Table(
        "sources",
        tr("report.sources", lang=lang),
        columns(
            lang,
            ("code", 0.7, "code"),
            ("source", 2.9, "text"),
            ("who", 2.4, "text"),
            ("reason", 2.3, "text"),
            ("first", 0.72, "number"),
            ("says", 1.4, "code"),
        ),
        rows,
        empty=tr("report.sources.empty", lang=lang),
    )


def reasons(index: Index) -> list[str]:
    """Return one sentence for each reason why the number of sources is not certain.

    A source is called by its code, and where it comes up first by the article's words too.
    """
    distinct = index.figures.distinct
    if distinct is None:
        return []
    several = [i for r in distinct.reasons if r.id == "several" for i in r.source_ids]
    told: set[str] = set()

    def names(source_ids: Iterable[str]) -> str:
        known = index.in_order(source_ids)
        shown = [index.codes[s.id] if s.id in told else index.code_and_words(s) for s in known]
        told.update(s.id for s in known)
        return listing(shown, index.lang)

    found: list[str] = []
    if several:
        found.append(tr("analysis.reason.several", lang=index.lang, names=names(several)))
    for reason in distinct.reasons:
        # How many there are of "several" is not known: that they may be one goes without saying.
        is_said = reason.id == "group" and reason.source_ids[0] in several
        if reason.id != "several" and not is_said:
            values = {"names": names(reason.source_ids), "number": reason.count}
            found.append(tr(f"analysis.reason.{reason.id}", lang=index.lang, **values))
    return found


def _source_row(index: Index, source: Source) -> Row:
    lang = index.lang
    claims = index.resting_on(source, index.claims)
    quotes = index.resting_on(source, index.quotes)
    mentions = index.mentions.get(source.id, [])
    first = index.paragraph_of(mentions[0].spans[0].start) if mentions else 0
    words = index.words(mentions[0]) if mentions else source.description
    name = capital(index.name(source))
    is_news = bool(words) and words.casefold() != name.casefold()
    who = joined(
        (
            index.said(source.affiliation),
            source.affiliation_name,
            index.said(source.role),
            index.said(source.role_status) if source.role_status is v.RoleStatus.FORMER else "",
            index.said(source.proximity),
        )
    )
    cells = (
        Cell(index.codes[source.id], tone=index.tone(source)),
        Cell(name, index.quoted(words, 90) if is_news else ""),
        Cell(index.kind(source), who),
        _reason_cell(index, source),
        Cell(number(first, lang) if first else ""),
        Cell("", refs=tuple(index.content_ref(c) for c in (*claims, *quotes))),
    )
    return Row(f"source-{source.id}", cells, index.depth(source))


def _reason_cell(index: Index, source: Source) -> Cell:
    """Say why a source is not named, with the words that say so."""
    if not source.identification.is_anonymous:
        return Cell("")
    given = source.anonymity_reason
    is_open = given in (v.AnonymityReason.UNKNOWN, v.AnonymityReason.NOT_STATED)
    shown = v.AnonymityReason.NOT_STATED if is_open else given
    spans = (*source.formula_spans, *source.reason_spans)
    words = " […] ".join(span.slice(index.text) for span in sorted(spans))
    return Cell(
        term(shown, lang=index.lang),
        index.quoted(words, 90) if words else "",
        "warn" if is_open else "",
    )


#: Most characters of a claim: the whole of it stands in the text.
_QUOTED = 180
#: What a claim rests on, the frailest first: a desk asks about those.
_FRAILEST = (
    v.SourcingState.UNATTRIBUTED,
    v.SourcingState.SINGLE_ANONYMOUS,
    v.SourcingState.DECLINED_COMMENT_ONLY,
    v.SourcingState.DISPUTED,
    v.SourcingState.DENIED,
    v.SourcingState.OUTLET_COULD_NOT_VERIFY,
    v.SourcingState.SEVERAL_NOT_INDEPENDENT,
)


def frailest_first(index: Index) -> list[Claim]:
    """Return the claims, those that rest on least first, else in text order."""
    order = {state: place for place, state in enumerate(_FRAILEST)}
    return sorted(index.claims, key=lambda c: order.get(index.basis(c).state, len(order)))


def claims_table(index: Index, claims: Sequence[Claim] | None = None) -> Table:
    """Show every claim with who is behind it and on what it rests.

    What was checked has a column as soon as anything was.
    """
    lang = index.lang
    shown = index.claims if claims is None else claims
    is_checked = any(claim.status is not v.VerificationStatus.TO_CHECK for claim in shown)
    check = (("check", 1.5, "text"),) if is_checked else ()
    return Table(
        "claims",
        tr("report.claims", lang=lang),
        columns(
            lang,
            ("code", 0.6, "code"),
            ("claim", 5.2, "quote"),
            ("state", 2.6, "text"),
            ("behind", 2.4, "code"),
            *check,
            ("paragraph", 0.4, "number"),
        ),
        tuple(_claim_row(index, claim, is_checked=is_checked) for claim in shown),
        empty=tr("report.claims.empty", lang=lang),
    )


def _claim_row(index: Index, claim: Claim, *, is_checked: bool) -> Row:
    lang = index.lang
    basis = index.basis(claim)
    hedges = [index.quoted(index.words(h)) for h in index.of_type(Hedge) if h.claim_id == claim.id]
    detail = joined(
        (
            index.said(claim.kind),
            index.said(claim.seriousness) if claim.seriousness is v.Seriousness.SERIOUS else "",
            tr("report.hedge", lang=lang, words=listing(hedges, lang)) if hedges else "",
        )
    )
    distinct = basis.distinct
    people = ""
    if distinct is not None and (distinct.low != distinct.high or distinct.low > 1):
        people = tr("report.people", lang=lang, range=range_words(distinct, lang))
    at = index.paragraph_of(claim.spans[0].start)
    check = (Cell(term(claim.status, lang=lang), index.said(claim.verdict)),)
    cells = (
        Cell(index.codes[claim.id], tone="claim"),
        Cell(index.quoted(index.words(claim), _QUOTED)),
        Cell(term(basis.state, lang=lang), joined((people, detail)), tone_of(basis.state)),
        _behind_cell(index, claim),
        *(check if is_checked else ()),
        Cell(number(at, lang) if at else ""),
    )
    return Row(f"claim-{claim.id}", cells)


def _behind_cell(index: Index, claim: Claim) -> Cell:
    """Say who is behind a claim: their codes, and what the article calls them."""
    behind = index.behind(claim)
    words = list(dict.fromkeys(index.called(source) for source in behind))
    return Cell("", joined(words, ", "), refs=tuple(index.ref(source) for source in behind))


def actors_table(index: Index) -> Table:
    """Show who is mentioned, most often first, and whether they speak."""
    lang = index.lang
    counts: dict[str, list[Mention]] = {}
    for mention in index.of_type(Mention):
        if mention.actor_id in index.actors:
            counts.setdefault(mention.actor_id, []).append(mention)
    speaking = {s.actor_id for c in (*index.quotes, *index.claims) for s in index.behind(c)}
    rows: list[Row] = []
    for actor_id, mentions in sorted(
        counts.items(), key=lambda item: (-len(item[1]), item[1][0].spans[0])
    ):
        actor = index.actors[actor_id]
        speaks = "quoted" if actor_id in speaking else "mentioned"
        first = index.paragraph_of(mentions[0].spans[0].start)
        cells = (
            Cell(index.actor_name(actor)),
            Cell(index.said(actor.kind)),
            Cell(number(len(mentions), lang)),
            Cell(tr(f"report.actor.{speaks}", lang=lang)),
            Cell(number(first, lang) if first else ""),
        )
        rows.append(Row(f"actor-{actor_id}", cells))
    return Table(
        "actors",
        tr("report.actors", lang=lang),
        columns(
            lang,
            ("actor", 3.0, "text"),
            ("kind", 1.5, "text"),
            ("mentions", 1.0, "number"),
            ("voice", 1.5, "text"),
            ("first", 1.0, "number"),
        ),
        tuple(rows),
        empty=tr("report.actors.empty", lang=lang),
    )


def comentions(index: Index) -> Bars:
    """Show which actors are mentioned together most."""
    lang = index.lang
    pairs = [
        (index.actor_name(index.actors[a]), index.actor_name(index.actors[b]), weight)
        for a, b, weight in index.figures.comentions
        if a in index.actors and b in index.actors
    ]
    rows = tuple(
        Bar(f"{first} – {second}", weight, number(weight, lang), "actor")
        for first, second, weight in pairs[:PAIRS]
    )
    intro = tr(f"report.comentions.{index.figures.unit}", lang=lang)
    if len(pairs) > PAIRS:
        intro += " " + tr("report.comentions.more", lang=lang, shown=PAIRS, all=len(pairs))
    empty = tr("report.comentions.empty", lang=lang)
    return Bars("comentions", tr("report.comentions", lang=lang), rows, intro, empty)
