"""What is asked of the co-mentions. Apart from the answer: asking needs no numpy."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.analysis.unit import Unit
from annotator.store import PlaceQuery


@dataclass(frozen=True, slots=True)
class GraphQuery:
    """Say which mentions count, how close, and how often together at least.

    ``article_id`` restricts to one article; dates are ISO dates cut anywhere.
    """

    article_id: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    unit: Unit = Unit.SENTENCE
    least: int = 1
    with_isolated: bool = True

    def places(self) -> PlaceQuery:
        """Return what to ask the store for."""
        ids = None if self.article_id is None else (self.article_id,)
        return PlaceQuery(ids, self.outlet, self.since, self.until)

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return what was chosen, for a file that must say so."""
        chosen = (
            ("outlet", self.outlet),
            ("since", self.since),
            ("until", self.until),
            ("least", str(self.least) if self.least > 1 else None),
        )
        return tuple((name, value) for name, value in chosen if value is not None)
