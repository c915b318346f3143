"""List the proposals of an article that wait for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, detail, words_of
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.session import Session
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion


class SuggestionLister(Lister):
    """List pending proposals in text order, or the surest first."""

    orders: ClassVar[tuple[str, ...]] = ("text", "score", "rule", "kind")
    tables: ClassVar[frozenset[str]] = frozenset({"suggestion"})

    def __init__(self, session: Session, waiting: Callable[[], list[Suggestion]]) -> None:
        super().__init__(session)
        self.waiting = waiting

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        waiting = self.waiting()
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
        return Row(
            id=record_id,
            title=words_of(data.text, suggestion.spans),
            detail=detail(
                i18n.term(suggestion.kind),
                rule_words(suggestion.rule),
                self.paragraph(suggestion.spans[0]),
            ),
            chips=(Chip(i18n.tr("panels.score", percent=round(100 * suggestion.score))),),
            style=str(suggestion.kind),
            swatch="line",
            strong=False,
        )


def why_words(suggestion: Suggestion, evidence: str) -> str:
    """Return why a rule proposed something, with the words that made it."""
    known = f"suggest.{suggestion.rule.partition('@')[0]}.why"
    return i18n.tr(known, evidence=evidence) if i18n.has(known) else ""


def rule_words(rule: str) -> str:
    """Return a rule in words where it has some, else its id."""
    name = rule.partition("@")[0]
    known = f"suggest.{name}.name"
    return i18n.tr(known) if i18n.has(known) else name
