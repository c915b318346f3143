"""List the quotes, and the claims, of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister, sorted_marks
from annotator.gui.models.rows import Chip, Row, detail, listed
from annotator.gui.models.sourced import TONES, content_words, source_name
from annotator.model.annotations import Claim, Quote
from annotator.model.vocabulary import (
    ClaimKind,
    MarkKind,
    QuoteKind,
    Seriousness,
    SourcingState,
    VerificationStatus,
)

if TYPE_CHECKING:
    from annotator.model.changes import Record

_LINKS = frozenset(
    {"source", "source_relation", "attribution", "source_mention", "could_not_verify", "actor"}
)
#: From the state that most needs a look to the one that least does.
_STATES = (
    SourcingState.UNATTRIBUTED,
    SourcingState.SINGLE_ANONYMOUS,
    SourcingState.DECLINED_COMMENT_ONLY,
    SourcingState.OUTLET_COULD_NOT_VERIFY,
    SourcingState.DISPUTED,
    SourcingState.DENIED,
    SourcingState.SEVERAL_NOT_INDEPENDENT,
    SourcingState.SINGLE_NAMED,
    SourcingState.OWN_OBSERVATION,
    SourcingState.DOCUMENTED,
    SourcingState.SEVERAL_INDEPENDENT,
)


class ContentLister(Lister):
    """Share what quotes and claims have in common."""

    orders: ClassVar[tuple[str, ...]] = ("text", "source", "state", "kind")

    def contents(self) -> list[Quote] | list[Claim]:
        """Return the records in text order."""
        raise NotImplementedError

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        if self.data is None:
            return []
        keys = {
            "source": lambda i: (self.names(i) == "", self.names(i).casefold()),
            "state": lambda i: _STATES.index(self.state(i)),
            "kind": lambda i: i18n.term(self.data.marks[i].kind),  # type: ignore[union-attr]
        }
        return sorted_marks(self.contents(), keys.get(order))

    def names(self, record_id: str) -> str:
        """Return who a content is attributed to."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        return listed(source_name(data, source) for source in data.sources_of(record_id))

    def state(self, record_id: str) -> SourcingState:
        """Return what a content rests on."""
        assert self.data is not None, "rows are asked for only when an article is loaded"
        return self.data.sourcing.basis(record_id).state

    def state_chip(self, record_id: str) -> tuple[Chip, ...]:
        """Return a chip for a state that calls for a second look."""
        state = self.state(record_id)
        tone = TONES.get(state)
        return () if tone is None else (Chip(i18n.tr(f"panels.state.{state.value}"), tone),)


class QuoteLister(ContentLister):
    """List the quotes: whose words, and how they are reported."""

    tables: ClassVar[frozenset[str]] = _LINKS | {"quote"}

    def contents(self) -> list[Quote]:
        """Return the quotes in text order."""
        return self.data.quotes if self.data is not None else []

    def record(self, record_id: str) -> Record | None:
        """Return a quote."""
        mark = self.data.marks.get(record_id) if self.data is not None else None
        return mark if isinstance(mark, Quote) else None

    def row(self, record_id: str) -> Row:
        """Return the words, who says them and how."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        quote = data.marks[record_id]
        assert isinstance(quote, Quote), "only quotes are listed"
        kind = "" if quote.kind is QuoteKind.UNKNOWN else i18n.term(quote.kind)
        return Row(
            id=record_id,
            title=content_words(data, quote),
            detail=detail(self.names(record_id), kind, self.paragraph(quote.spans[0])),
            chips=self.state_chip(record_id),
            style=str(MarkKind.QUOTE),
            swatch="line",
            strong=False,
        )


class ClaimLister(ContentLister):
    """List the claims: what they rest on, and where their checking stands."""

    orders: ClassVar[tuple[str, ...]] = ("text", "state", "check", "kind", "source")
    tables: ClassVar[frozenset[str]] = _LINKS | {"claim", "quote", "hedge"}

    def contents(self) -> list[Claim]:
        """Return the claims in text order."""
        return self.data.claims if self.data is not None else []

    def record(self, record_id: str) -> Record | None:
        """Return a claim."""
        mark = self.data.marks.get(record_id) if self.data is not None else None
        return mark if isinstance(mark, Claim) else None

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        if order == "check" and self.data is not None:
            steps = list(VerificationStatus)
            claims = {claim.id: steps.index(claim.status) for claim in self.contents()}
            return sorted(claims, key=claims.__getitem__)
        return super().ids(order)

    def row(self, record_id: str) -> Row:
        """Return the words, what they rest on, and the state of the check."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        claim = data.marks[record_id]
        assert isinstance(claim, Claim), "only claims are listed"
        kind = "" if claim.kind is ClaimKind.UNKNOWN else i18n.term(claim.kind)
        is_begun = claim.status not in (VerificationStatus.TO_CHECK, VerificationStatus.UNKNOWN)
        chips = self.state_chip(record_id)
        if claim.seriousness is Seriousness.SERIOUS:
            chips = (Chip(i18n.tr("panels.serious"), "danger"), *chips)
        return Row(
            id=record_id,
            title=content_words(data, claim),
            detail=detail(
                self.names(record_id),
                kind,
                i18n.term(claim.status) if is_begun else "",
                self.paragraph(claim.spans[0]),
            ),
            chips=chips,
            style=str(MarkKind.CLAIM),
            swatch="line",
            strong=False,
        )
