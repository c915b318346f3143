"""The keys of the top line, apart from the table of actions: it shows them at the first paint."""

from __future__ import annotations

from annotator.model.vocabulary import MarkKind

#: The kinds that are marked all day, in the order of the toolbar.
MARK_KEYS: dict[MarkKind, str] = {
    MarkKind.QUOTE: "Q",
    MarkKind.SOURCE: "S",
    MarkKind.CLAIM: "C",
    MarkKind.ACTOR: "A",
    MarkKind.CUE: "U",
}
RARE_KEYS: dict[MarkKind, str] = {
    MarkKind.HEDGE: "H",
    MarkKind.DECLINED: "D",
    MarkKind.UNVERIFIED: "V",
}
PALETTE_KEYS = "Ctrl+K"
