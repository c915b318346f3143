"""Which proposal is in focus, what is corrected about it, and what is decided.

The queue and the text are two faces of this one object: a decision is the same from either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.app.commands.suggestions import Correction, accept, reject
from annotator.app.proposing import queue
from annotator.gui.edges import put, stepped
from annotator.i18n import tr
from annotator.model.suggestion import Decision, Suggestion
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.desk import Desk, Selection
    from annotator.model.changes import Touched
    from annotator.model.span import Spans
    from annotator.model.vocabulary import MarkKind

#: Who selects when a decision moves on: the queue follows it, and the text does.
_ORIGIN = "keys"
#: The queue's own selections begin a review.
_QUEUE = "review"


@dataclass(frozen=True, slots=True)
class Alike:
    """Hold the waiting proposals that can be decided together, and by what they are alike.

    ``by`` is ``rule`` (and kind), ``words`` (and kind) or ``whole_rule``.
    """

    by: str
    suggestions: tuple[Suggestion, ...]


class Review(QObject):
    """Walk through the open article's proposals.

    ``changed()`` when the focus, a correction or the mode is another. ``asked(what)`` wants a
    choice beside the words: ``kind``, ``source``, ``accept_alike``, ``reject_alike`` or ``why``.

    While ``is_on`` the marking keys mean the proposal in focus; while ``is_edging`` the arrows
    move its edges.
    """

    changed = Signal()
    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.is_on = False
        self.is_edging = False
        self._is_deciding = False
        self._last: tuple[str, ...] = ()
        self.corrections: dict[str, Correction] = {}
        #: The order of whoever shows the queue; without one it is the order of the text.
        self.order: Callable[[], Sequence[str]] | None = None
        desk.selection_changed.connect(self._on_selection)
        desk.article_opened.connect(self._on_opened)
        desk.touched.connect(self._on_touched)

    # -- what waits, what is in focus ---------------------------------------------------------

    def waiting(self) -> list[Suggestion]:
        """Return the open article's proposals that wait for a decision."""
        proposals, data = self._desk.proposals, self._desk.data
        if proposals is not None:
            return proposals.waiting()
        return [] if data is None else queue(data.suggestions.values(), {})

    def _known(self, suggestion_id: str) -> Suggestion | None:
        """Return a proposal of the open article that nobody has decided about."""
        data = self._desk.data
        found = data.suggestions.get(suggestion_id) if data is not None else None
        return found if found is not None and found.decision is Decision.PENDING else None

    def chosen(self) -> list[Suggestion]:
        """Return the selected proposals, as they are proposed."""
        if not self._desk.selection:
            return []
        found = (self._known(one) for one in self._desk.selection.ids)
        return [one for one in found if one is not None]

    @property
    def focus(self) -> Suggestion | None:
        """Return the one proposal in focus, as it is proposed."""
        chosen = self.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def correction(self, suggestion_id: str) -> Correction:
        """Return what was corrected about a proposal so far."""
        return self.corrections.get(suggestion_id, Correction())

    def corrected(self, suggestion: Suggestion) -> Suggestion:
        """Return a proposal as it would be taken over now."""
        return self.correction(suggestion.id).apply(suggestion)

    def served(self) -> list[Suggestion]:
        """Return the waiting sources and cues that would be accepted with the one in focus."""
        focus = self.focus
        if focus is None:
            return []
        found = (self._known(other) for _role, other in self.corrected(focus).links)
        return [one for one in found if one is not None]

    # -- moving on ----------------------------------------------------------------------------

    def _ids(self) -> list[str]:
        waiting = [one.id for one in self.waiting()]
        if self.order is None:
            return waiting
        left = set(waiting)
        return [one for one in self.order() if one in left] or waiting

    def start(self) -> None:
        """Review from the caret on; what is in focus stays in focus."""
        focus = self.focus
        if focus is not None:
            self.go(focus.id)
            return
        waiting = sorted(self.waiting(), key=lambda s: (s.spans[0].start, -s.spans[-1].end))
        caret = self._desk.caret
        after = [one for one in waiting if one.spans[-1].end > caret]
        if waiting:
            self.go((after or waiting)[0].id)
        else:
            self._desk.say(tr("panels.review.none"))

    def skip(self, by: int = 1) -> None:
        """Leave a proposal for later and go to the next one (or back)."""
        ids, chosen = self._ids(), self.chosen()
        if not ids:
            return
        if not chosen:
            self.go(ids[0] if by > 0 else ids[-1])
        elif chosen[-1].id in ids:
            self.go(ids[(ids.index(chosen[-1].id) + by) % len(ids)])
        else:
            # A source or cue that is decided with its quote: on from where it stands.
            self.go(ids[self._place(ids) - (by < 0)])

    def go(self, suggestion_id: str) -> None:
        """Put a proposal into focus and bring it into view."""
        suggestion = self._known(suggestion_id)
        if suggestion is None:
            return
        self.is_on = True
        if self._desk.selection.ids == (suggestion_id,):
            self.changed.emit()
        else:
            self._desk.select([suggestion_id], origin=_ORIGIN)
        self._desk.reveal(self.corrected(suggestion).spans[0])

    def leave(self) -> None:
        """Drop the correction that was begun; without one end the review."""
        focus = self.focus
        if self.is_edging or (focus is not None and self.correction(focus.id)):
            self.is_edging = False
            if focus is not None:
                self.corrections.pop(focus.id, None)
            self.changed.emit()
        elif self.is_on:
            self.is_on = False
            self._desk.select((), origin=_ORIGIN)
            self.changed.emit()

    # -- deciding -----------------------------------------------------------------------------

    def accept(self) -> None:
        """Make the proposals in focus marks, as they are corrected."""
        chosen = self.chosen()
        if len(chosen) != 1:
            self._decide(chosen, lambda: self._desk.run(accept, chosen))
            return
        it = self.correction(chosen[0].id)
        self._decide(
            chosen,
            lambda: self._desk.run(accept, chosen, spans=it.spans, kind=it.kind, source=it.source),
        )

    def accept_as(self, kind: MarkKind) -> None:
        """Make the proposal in focus a mark of another kind."""
        focus = self.focus
        if focus is not None:
            self._correct(focus, replace(self.correction(focus.id), kind=kind), tell=False)
            self.accept()

    def reject(self) -> None:
        """Turn the proposals in focus down."""
        chosen = self.chosen()
        self._decide(chosen, lambda: self._desk.run(reject, chosen))

    def _decide(self, chosen: Sequence[Suggestion], act: Callable[[], object]) -> None:
        """Do it, and go to the proposal after it; a refusal leaves everything where it is."""
        if not chosen:
            self.skip()
            return
        ids, gone = self._ids(), {one.id for one in chosen}
        at = self._place(ids)
        rest = [one for one in (*ids[at:], *ids[:at]) if one not in gone]
        self.is_on = True
        self._is_deciding = True
        try:
            act()
        finally:
            self._is_deciding = False
        if any(self._known(one) for one in gone):
            return
        for one in gone:
            self.corrections.pop(one, None)
        self.is_edging = False
        left = {one.id for one in self.waiting()}
        following = next((one for one in rest if one in left), "")
        if following:
            self.go(following)
        else:
            self.is_on = False
            self._desk.select((), origin=_ORIGIN)
            self.changed.emit()
            self._desk.say(tr("panels.review.all_decided"))

    def _place(self, ids: Sequence[str]) -> int:
        """Return where in the queue the focus stands, or would stand by its place in the text."""
        chosen = self.chosen()
        for one in chosen:
            if one.id in ids:
                return ids.index(one.id)
        start = chosen[0].spans[0].start if chosen else 0
        found = (self._known(one) for one in ids)
        after = (n for n, one in enumerate(found) if one and one.spans[0].start >= start)
        return next(after, 0)

    # -- all alike ----------------------------------------------------------------------------

    def alike(self) -> list[Alike]:
        """Return what can be decided together with the one in focus, the closest kin first."""
        focus = self.focus
        if focus is None:
            return []
        waiting = self.waiting()
        words = fold(focus.quotation)
        groups = (
            ("words", [s for s in waiting if s.kind is focus.kind and fold(s.quotation) == words]),
            ("rule", [s for s in waiting if s.kind is focus.kind and s.rule == focus.rule]),
            ("whole_rule", [s for s in waiting if s.rule == focus.rule]),
        )
        found: dict[frozenset[str], Alike] = {}
        for by, members in groups:
            if len(members) > 1:
                found.setdefault(frozenset(s.id for s in members), Alike(by, tuple(members)))
        return list(found.values())

    def decide_alike(self, alike: Alike, *, accepting: bool) -> None:
        """Accept or reject proposals together, as one step of undo, and say how many."""
        act = accept if accepting else reject
        members = alike.suggestions
        self._decide(members, lambda: self._desk.run(act, members))
        if not any(self._known(one.id) for one in members):
            said = "panels.review.accepted_many" if accepting else "panels.review.rejected_many"
            self._desk.say(tr(said, count=len(members)))

    def ask(self, what: str) -> None:
        """Ask for a choice about the proposal in focus (see ``asked``)."""
        if self.focus is not None:
            self.asked.emit(what)

    # -- correcting ---------------------------------------------------------------------------

    def edit_edges(self) -> None:
        """Let the arrows move the edges of the proposal in focus, or no more."""
        if self.focus is not None:
            self.is_on = True
            self.is_edging = not self.is_edging
            self.changed.emit()

    def move_edge(self, how: str) -> None:
        """Move an edge of the proposal in focus by a word or a letter (see ``edges.stepped``)."""
        focus = self.focus
        if focus is not None:
            spans = self.corrected(focus).spans
            self.put_edge(focus.id, *stepped(self._text(), spans, how))

    def put_edge(self, suggestion_id: str, fragment: int, edge: str, to: int) -> None:
        """Put an edge of a proposal where the pointer let it go."""
        suggestion = self._known(suggestion_id)
        if suggestion is None:
            return
        spans = put(self._text(), self.corrected(suggestion).spans, fragment, edge, to)
        if spans is None:
            self._desk.say(tr("window.edge_stays"))
        else:
            self.set_spans(suggestion, spans)

    def set_spans(self, suggestion: Suggestion, spans: Spans) -> None:
        """Correct which words a proposal covers."""
        self._correct(suggestion, replace(self.correction(suggestion.id), spans=spans))

    def set_source(self, suggestion: Suggestion, source: str) -> None:
        """Correct who a proposal is attributed to, or whom it names ("": nobody)."""
        self._correct(suggestion, replace(self.correction(suggestion.id), source=source))

    def _correct(self, suggestion: Suggestion, to: Correction, *, tell: bool = True) -> None:
        reduced = to.reduced(suggestion)
        if reduced:
            self.corrections[suggestion.id] = reduced
        else:
            self.corrections.pop(suggestion.id, None)
        if tell:
            self.changed.emit()

    def _text(self) -> str:
        return self._desk.session.text(self._desk.article_id)

    # -- following ----------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self.corrections.clear()
        self.is_on = self.is_edging = False
        self._last = ()

    def _on_selection(self, selection: Selection) -> None:
        has_focus = bool(self.chosen())
        if self.is_on and not selection and not self._is_deciding and self._is_focus_gone():
            # Fresh proposals have come in place of the one in focus: go on where it was.
            QTimer.singleShot(0, self, self.start)
        self._last = selection.ids
        self.is_on = has_focus and (self.is_on or selection.origin == _QUEUE)
        self.is_edging = False
        self.changed.emit()

    def _is_focus_gone(self) -> bool:
        data = self._desk.data
        return data is not None and not any(one in data.suggestions for one in self._last)

    def _on_touched(self, touched: Touched) -> None:
        """Go back to a proposal whose decision was taken back, on from one decided again."""
        if "suggestion" not in touched.tables:
            return
        pairs = [
            (change.before, change.after)
            for change in touched.changes
            if isinstance(change.after, Suggestion) and isinstance(change.before, Suggestion)
        ]
        back = [after for before, after in pairs if before.decided_at and not after.decided_at]
        again = [after for before, after in pairs if after.decided_at and not before.decided_at]
        if again and self.is_on and not self._is_deciding:
            # History shows what it did first.
            QTimer.singleShot(0, self, self.start)
        waiting = {one.id for one in self.waiting()} if back else set[str]()
        first = min((s for s in back if s.id in waiting), key=lambda s: s.spans[0], default=None)
        if first is not None and first.article_id == self._desk.article_id:
            self.go(first.id)
        elif self._desk.selection and not self.chosen():
            self.changed.emit()


def review_of(desk: Desk) -> Review:
    """Return the desk's review, made with whoever asks first."""
    found = desk.findChild(Review)
    return found if isinstance(found, Review) else Review(desk)
