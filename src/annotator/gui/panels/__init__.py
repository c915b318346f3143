"""The panels beside the text. One line here and one module make a panel."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import Panel


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """Describe a panel without loading it.

    ``factory`` is ``module:class`` under ``annotator.gui.panels``; ``title_id`` the id of the
    tab's title, ``order`` its place. ``kinds`` are the kinds of mark that the panel lists, so that
    a mark clicked in the text can bring its panel to the front.
    """

    id: str
    title_id: str
    factory: str
    order: int
    kinds: tuple[str, ...] = ()

    def make(self, desk: Desk) -> Panel:
        """Load and make the panel."""
        module, _, kind = self.factory.partition(":")
        return getattr(import_module(f"annotator.gui.panels.{module}"), kind)(desk)


def _spec(panel_id: str, factory: str, order: int, *kinds: str) -> PanelSpec:
    return PanelSpec(panel_id, f"panels.title.{panel_id}", factory, order, kinds)


PANELS: tuple[PanelSpec, ...] = (
    _spec("review", "review:ReviewPanel", 10),
    _spec("quotes", "quotes:QuotesPanel", 20, "quote"),
    _spec("sources", "sources:SourcesPanel", 30, "source"),
    _spec("claims", "claims:ClaimsPanel", 40, "claim"),
    _spec("actors", "actors:ActorsPanel", 50, "actor"),
    _spec("audit", "audit:AuditPanel", 55),
    _spec(
        "phrases",
        "phrases:PhrasesPanel",
        60,
        "cue",
        "hedge",
        "declined_comment",
        "could_not_verify",
    ),
    _spec("notes", "notes:NotesPanel", 70),
    _spec("article", "article:ArticlePanel", 80),
    _spec("unplaced", "unplaced:UnplacedPanel", 90),
)
