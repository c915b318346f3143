"""List the proposals of an article that wait for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, detail, one_line, quoted, words_of
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from annotator.app.commands.suggestions import Correction
    from annotator.app.session import Session
    from annotator.app.view_models import ArticleData
    from annotator.gui.review import Alike, Review
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion


#: So much of each end of corrected words is shown.
_END = 32


class SuggestionLister(Lister):
    """List pending proposals in text order, or the surest first."""

    orders: ClassVar[tuple[str, ...]] = ("text", "score", "rule", "kind")
    tables: ClassVar[frozenset[str]] = frozenset({"suggestion"})

    def __init__(self, session: Session, review: Review) -> None:
        super().__init__(session)
        self.review = review

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        waiting = self.review.waiting()
        keys = {
            "score": lambda s: -s.score,
            "rule": lambda s: s.rule,
            "kind": lambda s: list(MarkKind).index(s.kind),
        }
        if order in keys:
            waiting.sort(key=keys[order])
        return [s.id for s in waiting]

    def record(self, record_id: str) -> Suggestion | None:
        """Return a proposal."""
        return self.data.suggestions.get(record_id) if self.data is not None else None

    def span(self, record_id: str) -> Span | None:
        """Return where a proposal stands."""
        suggestion = self.record(record_id)
        return suggestion.spans[0] if suggestion is not None else None

    def row(self, record_id: str) -> Row:
        """Return the words, what they may be, and how sure the rule is."""
        data, suggestion = self.data, self.record(record_id)
        assert data is not None, "rows are asked for only when an article is loaded"
        assert suggestion is not None, "only the article's proposals are listed"
        chips = (Chip(i18n.tr("panels.score", percent=percent(suggestion))),)
        if self.review.correction(record_id):
            chips = (Chip(i18n.tr("panels.review.corrected")), *chips)
        shown = self.review.corrected(suggestion)
        return Row(
            id=record_id,
            title=words_of(data.text, shown.spans),
            detail=detail(
                i18n.term(shown.kind),
                rule_words(suggestion.rule),
                self.paragraph(shown.spans[0]),
            ),
            chips=chips,
            style=str(shown.kind),
            swatch="line",
            strong=False,
        )


def percent(suggestion: Suggestion) -> int:
    """Return the calibrated score in per cent; nothing is certain."""
    return min(99, max(1, round(100 * suggestion.score)))


def alike_words(alike: Alike, *, accepting: bool) -> str:
    """Return what deciding about proposals together would do, and about how many."""
    first = alike.suggestions[0]
    what = i18n.tr(
        f"panels.review.alike.{alike.by}",
        kind=i18n.term(first.kind),
        rule=rule_words(first.rule),
        words=quoted(one_line(first.quotation)),
    )
    name = "accept" if accepting else "reject"
    return i18n.tr(f"panels.review.alike.{name}", count=len(alike.suggestions), what=what)


def goes_with_words(data: ArticleData, suggestion: Suggestion) -> str:
    """Return the sources and cues that a proposal brings along; "" for none."""
    found: list[str] = []
    for role, other in suggestion.links:
        known = data.suggestions.get(other)
        if known is not None:
            words = known.quotation
        elif (source := data.sources.get(other)) is not None:
            words = data.name_of(source)
        else:
            continue
        found.append(i18n.tr(f"panels.review.goes_with.{role}", words=quoted(one_line(words))))
    return i18n.tr("panels.review.goes_with", what=", ".join(found)) if found else ""


def correction_words(data: ArticleData, correction: Correction) -> str:
    """Return what a person has changed about a proposal; "" for nothing."""
    found: list[str] = []
    if correction.kind is not None:
        found.append(i18n.term(correction.kind))
    if correction.spans is not None:
        found.append(quoted(_ends(words_of(data.text, correction.spans))))
    if correction.source == "":
        found.append(i18n.tr("panels.review.now.nobody"))
    elif correction.source is not None:
        found.append(_source_words(data, correction.source))
    return i18n.tr("panels.review.now", what=", ".join(found)) if found else ""


def _ends(words: str) -> str:
    """Return both ends of words that are long: an edge is what was corrected."""
    if len(words) <= 2 * _END:
        return words
    first = words[:_END].rsplit(" ", 1)[0]
    last = words[-_END:].split(" ", 1)[-1]
    return f"{first} … {last}"


def _source_words(data: ArticleData, record_id: str) -> str:
    if record_id in data.suggestions:
        words = data.suggestions[record_id].quotation
    elif record_id in data.sources:
        words = data.name_of(data.sources[record_id])
    else:
        actor = data.actors.get(record_id)
        return i18n.tr("panels.review.now.actor", words=actor.name if actor is not None else "–")
    return i18n.tr("panels.review.now.source", words=quoted(one_line(words)))


def why_words(suggestion: Suggestion, evidence: str) -> str:
    """Return why a rule proposed something, with the words that made it."""
    known = f"suggest.{suggestion.rule.partition('@')[0]}.why"
    return i18n.tr(known, evidence=evidence) if i18n.has(known) else ""


def rule_words(rule: str) -> str:
    """Return a rule in words where it has some, else its id."""
    name = rule.partition("@")[0]
    known = f"suggest.{name}.name"
    return i18n.tr(known) if i18n.has(known) else name
