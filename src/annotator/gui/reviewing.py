"""Review in the text: what the keys do there, what is shown of the proposal in focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.commands.links import distance, nearest_sources
from annotator.app.commands.suggestions import typed_fields
from annotator.gui.linking import source_entry
from annotator.gui.pick_list import Entry
from annotator.gui.review import review_of
from annotator.i18n import term, tr
from annotator.model.annotations import Source
from annotator.model.suggestion import Decision
from annotator.model.vocabulary import Identification, MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.view_models import ArticleData
    from annotator.gui.review import Alike
    from annotator.gui.workspace import Workspace
    from annotator.model.annotations import SourceMention
    from annotator.model.suggestion import Suggestion

_CONTENT = (MarkKind.QUOTE, MarkKind.CLAIM)
#: Words in a menu or a chooser are no longer than this.
_LETTERS = 48


class Reviewing:
    """Turn the keys of the text into decisions, and show the proposal in focus there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._desk = workspace.desk
        self._pane = workspace.pane
        self.review = review_of(self._desk)
        self._shown = ""
        self.review.changed.connect(self._show)
        self.review.asked.connect(self._ask)

    # -- what the text shows ------------------------------------------------------------------

    def follow(self) -> None:
        """Light what is in focus again where other proposals have come."""
        if self.review.chosen():
            self._show()

    def _show(self) -> None:
        """Show the proposal in focus as it is corrected, what goes with it and its evidence."""
        review, view = self.review, self._pane.view
        focus = review.focus
        proposals = self._desk.proposals
        if proposals is not None:
            proposals.corrections = review.corrections
            proposals.also = [*review.served(), *review.chosen()]
            view.set_proposals(proposals.rows())
        view.set_evidence(focus.evidence if focus is not None else ())
        if focus is not None:
            view.set_selected([focus.id])
            view.set_linked(self._linked(focus))
            if review.is_on and focus.id != self._shown:
                view.set_caret(review.corrected(focus).spans[0].start)
        self._shown = focus.id if focus is not None and review.is_on else ""
        self._workspace.situation_changed.emit()

    def _linked(self, focus: Suggestion) -> set[str]:
        """Return the proposals and marks that the focus would be linked to."""
        data = self._desk.data
        if data is None:
            return set()
        found: set[str] = set()
        for _role, other in self.review.corrected(focus).links:
            known = data.suggestions.get(other)
            if known is not None:
                found.add(known.accepted_id or known.id)
            else:
                found |= {mention.id for mention in data.mentions_of(other)}
        return found

    # -- keys of its own ----------------------------------------------------------------------

    def start(self) -> None:
        """Begin to review, at the caret; where no panel shows the keys, they are said."""
        self.review.start()
        if self.review.is_on and not self._workspace.panels.isVisible():
            self._desk.say(tr("panels.review.keys"))

    def leave(self) -> None:
        """Drop the correction that was begun, or end the review."""
        self.review.leave()

    def accept(self) -> None:
        """Accept what is in focus."""
        self.review.accept()

    def reject(self) -> None:
        """Reject what is in focus."""
        self.review.reject()

    def skip(self, by: str) -> None:
        """Go to the next proposal (``1``) or to the one before (``-1``)."""
        self.review.skip(int(by))

    def edit_edges(self) -> None:
        """Move the edges with the arrows, or no more."""
        self.review.edit_edges()

    def move_edge(self, how: str) -> None:
        """Move an edge of the proposal in focus."""
        self.review.move_edge(how)

    def accept_alike(self) -> None:
        """Accept all that are alike."""
        self._ask("accept_alike")

    def reject_alike(self) -> None:
        """Reject all that are alike."""
        self._ask("reject_alike")

    def why(self) -> None:
        """Show why something is proposed."""
        self._ask("why")

    # -- marking keys that mean the proposal in focus -----------------------------------------

    def takes_kind(self, kind: MarkKind) -> bool:
        """Accept as another kind, where a review goes on and no words are selected."""
        review = self.review
        if not review.is_on or review.focus is None or self._pane.view.selection() is not None:
            return False
        review.accept_as(kind)
        return True

    def takes_edge(self, how: str) -> bool:
        """Move an edge of the proposal in focus, if there is one."""
        focus = self.review.focus
        if focus is not None:
            self.review.move_edge(how)
        return focus is not None

    def takes_drag(self, suggestion_id: str, fragment: int, edge: str, to: int) -> bool:
        """Put an edge of a proposal where the pointer let it go, if it is one."""
        focus = self.review.focus
        if focus is None or focus.id != suggestion_id:
            return False
        self.review.put_edge(suggestion_id, fragment, edge, to)
        return True

    def takes(self, what: str) -> bool:
        """Reject the proposal in focus, or ask for its ``kind`` or ``source``, if there is one."""
        if not self.review.chosen():
            return False
        if what == "reject":
            self.review.reject()
        else:
            self._ask(what)
        return True

    # -- choices beside the words -------------------------------------------------------------

    def _ask(self, what: str) -> None:
        focus = self.review.focus
        if focus is None:
            return
        {
            "kind": self._ask_kind,
            "source": self._ask_source,
            "accept_alike": self._accept_alike,
            "reject_alike": self._reject_alike,
            "why": self._show_why,
        }[what](focus)

    def _show_why(self, focus: Suggestion) -> None:
        del focus
        self._workspace.show_panels(visible=True)
        self._workspace.panels.show_panel("review")

    def _ask_kind(self, focus: Suggestion) -> None:
        theme, now = self._desk.theme, self.review.corrected(focus).kind
        entries = [
            Entry(term(kind), kind, colour=theme.mark_style(kind).colour)
            for kind in MarkKind
            if kind is not now
        ]
        self._pane.choose(
            tr("panels.review.accept_as_which"),
            entries,
            lambda kind: self.review.accept_as(MarkKind(str(kind))),
        )

    def _accept_alike(self, focus: Suggestion) -> None:
        self._ask_alike(focus, accepting=True)

    def _reject_alike(self, focus: Suggestion) -> None:
        self._ask_alike(focus, accepting=False)

    def _ask_alike(self, focus: Suggestion, *, accepting: bool) -> None:
        from annotator.gui.models.suggestions import alike_words

        groups = self.review.alike()
        if not groups:
            self._desk.say(tr("panels.review.none_alike"))
            return
        theme = self._desk.theme
        colour = theme.mark_style(focus.kind).colour
        entries = [
            Entry(alike_words(group, accepting=accepting), group, colour=colour) for group in groups
        ]
        name = "accept" if accepting else "reject"

        def then(chosen: object) -> None:
            group: Alike = chosen  # type: ignore[assignment] - what the entries carry
            self.review.decide_alike(group, accepting=accepting)

        self._pane.choose(tr(f"panels.review.{name}_alike"), entries, then)

    # -- another source -----------------------------------------------------------------------

    def _ask_source(self, focus: Suggestion) -> None:
        data = self._desk.data
        if data is None:
            return
        kind = self.review.corrected(focus).kind
        if kind in _CONTENT:
            entries = self._content_entries(data, focus)
            entries.append(Entry(tr("panels.review.nobody"), ""))
            title = tr("window.attribute_to")
        elif kind is MarkKind.SOURCE:
            entries = [
                source_entry(self._desk.theme, data, source, payload=source.id)
                for source in nearest_sources(self._desk.session, focus)
            ]
            title = tr("window.same_source_as")
        elif kind is MarkKind.ACTOR:
            entries = self._actor_entries(data, focus)
            title = tr("window.same_actor_as")
        else:
            self._desk.say(tr("panels.review.no_source"))
            return
        if not entries:
            self._desk.say(tr("window.no_other_source"))
            return
        self._pane.choose(title, entries, lambda one: self.review.set_source(focus, str(one)))

    def _content_entries(self, data: ArticleData, focus: Suggestion) -> list[Entry]:
        """Return the article's sources and those that wait, nearest first; the present one last."""
        session = self._desk.session
        taken = {other for _role, other in self.review.corrected(focus).links}
        found: list[tuple[bool, int, Entry]] = []
        for source in data.sources.values():
            mentions = data.mentions_of(source.id)
            far = min((distance(session, focus, m) for m in mentions), default=1_000_000)
            is_taken = source.id in taken or any(_is_behind(data, one, mentions) for one in taken)
            entry = source_entry(self._desk.theme, data, source, taken=is_taken, payload=source.id)
            found.append((is_taken, far, entry))
        for far, one in self._nearest_waiting(data, focus):
            found.append((one.id in taken, far, self._waiting_entry(one, taken=one.id in taken)))
        return [entry for _taken, _far, entry in sorted(found, key=lambda item: item[:2])]

    def _nearest_waiting(
        self, data: ArticleData, focus: Suggestion
    ) -> list[tuple[int, Suggestion]]:
        """Return the proposed sources that wait, nearest first, one a cluster."""
        session = self._desk.session
        known = [
            (distance(session, focus, one), one)
            for one in data.suggestions.values()
            if one.kind is MarkKind.SOURCE
            and one.decision is Decision.PENDING
            and one.id != focus.id
        ]
        best: dict[str, tuple[int, Suggestion]] = {}
        for far, one in sorted(known, key=lambda pair: pair[0]):
            best.setdefault(one.cluster or one.id, (far, one))
        return list(best.values())

    def _waiting_entry(self, one: Suggestion, *, taken: bool) -> Entry:
        details = [tr("panels.review.proposed_source")]
        if taken:
            details.insert(0, tr("window.linked_already"))
        theme = self._desk.theme
        proposed = typed_fields(Source, one.fields).get("identification")
        key = theme.source_style_key(proposed or Identification.UNKNOWN)
        colour = theme.mark_style(key).colour
        return Entry(_shortened(one.quotation), one.id, " · ".join(details), colour=colour)

    def _actor_entries(self, data: ArticleData, focus: Suggestion) -> list[Entry]:
        alike = self._desk.session.actors.starting_with(focus.quotation)
        colour = self._desk.theme.mark_style("actor").colour
        known = {actor.id: actor for actor in (*alike, *data.actors.values())}
        return [
            Entry(actor.name, actor.id, term(actor.kind), colour=colour) for actor in known.values()
        ]

    # -- the menu of the text -----------------------------------------------------------------

    def menu_lines(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """Return the lines of the context menu for the proposal under the caret."""
        focus = self.review.focus
        if focus is None:
            return ()
        shown = self.review.corrected(focus)
        words = {"kind": term(shown.kind), "words": _shortened(focus.quotation)}
        lines: list[tuple[str, Callable[[], object]]] = [
            (tr("panels.review.menu.accept", **words), self.accept),
            (tr("panels.review.menu.reject"), self.reject),
            (tr("panels.review.menu.accept_as"), lambda: self._ask("kind")),
            (tr("panels.review.menu.source"), lambda: self._ask("source")),
        ]
        if self.review.alike():
            lines += [
                (tr("panels.review.menu.accept_alike"), self.accept_alike),
                (tr("panels.review.menu.reject_alike"), self.reject_alike),
            ]
        lines.append((tr("panels.review.menu.why"), self.why))
        return lines


def _is_behind(data: ArticleData, suggestion_id: str, mentions: Sequence[SourceMention]) -> bool:
    """Say whether a proposal became one of a source's mentions."""
    known = data.suggestions.get(suggestion_id)
    return known is not None and known.accepted_id in {mention.id for mention in mentions}


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LETTERS else words[:_LETTERS].rstrip() + "…"
