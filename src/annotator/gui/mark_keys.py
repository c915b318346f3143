"""Keys that somebody shows or hears who must not load the table of actions."""

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

#: Keys of a selected mark that mean the proposal in focus, if there is one.
KIND_KEY, ATTRIBUTE_KEY, JOIN_KEY, DELETE_KEYS = "K", "L", "J", "Del Backspace"

#: Which edge moves, by what and which way (the argument of ``marking.move_edge``).
EDGE_KEYS: dict[str, str] = {
    "end.word.forward": "Alt+Right",
    "end.word.back": "Alt+Left",
    "start.word.back": "Alt+Shift+Left",
    "start.word.forward": "Alt+Shift+Right",
    "end.letter.forward": "Ctrl+Alt+Right",
    "end.letter.back": "Ctrl+Alt+Left",
    "start.letter.back": "Ctrl+Alt+Shift+Left",
    "start.letter.forward": "Ctrl+Alt+Shift+Right",
}

#: The keys of a review, by the name of the action (the first one is shown).
REVIEW_KEYS: dict[str, str] = {
    "accept": "Return Enter Y",
    "reject": "X",
    "next": "Down",
    "previous": "Up",
    "accept_alike": "Shift+Return Shift+Enter Shift+Y",
    "reject_alike": "Shift+Backspace Shift+Del Shift+X",
    "edges": "E",
    "why": "W",
    "leave": "Escape",
}
#: The arrows while the edges of a proposal are being moved.
ARROW_KEYS: dict[str, str] = {
    "end.word.forward": "Right",
    "end.word.back": "Left",
    "start.word.back": "Shift+Left",
    "start.word.forward": "Shift+Right",
}
