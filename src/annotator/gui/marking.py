"""What the marking keys do: one gesture, one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.app.commands import articles, marks
from annotator.gui.edges import put, stepped
from annotator.gui.pick_list import Entry
from annotator.gui.targets import spans_to_mark
from annotator.i18n import term, tr
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from annotator.gui.article_pane import ArticlePane
    from annotator.gui.desk import Desk
    from annotator.gui.reviewing import Reviewing
    from annotator.model.annotations import Mark
    from annotator.model.span import Span


class Marking:
    """Mark, widen, change and delete in the open article."""

    def __init__(self, desk: Desk, pane: ArticlePane, reviewing: Reviewing) -> None:
        self._desk = desk
        self._pane = pane
        self._reviewing = reviewing

    # -- what is meant ------------------------------------------------------------------------

    def selected(self) -> list[Mark]:
        """Return the selected marks of the open article, in the order of the selection."""
        data = self._desk.data
        if data is None:
            return []
        return [data.marks[i] for i in self._desk.selection.ids if i in data.marks]

    def _one(self) -> Mark | None:
        found = self.selected()
        return found[0] if found else None

    def _text(self) -> str:
        return self._desk.session.text(self._desk.article_id)

    def _show(self, mark: Mark | None) -> None:
        """Select a mark that was just made or changed; the caret goes to its end."""
        if mark is None:
            return
        self._pane.view.set_caret(mark.spans[-1].end)
        self._desk.select([mark.id], origin="keys")

    # -- marking ------------------------------------------------------------------------------

    def mark(self, kind: str) -> None:
        """Mark the selection, or what stands under the caret, or accept a proposal as this."""
        kind = MarkKind(kind)
        if self._reviewing.takes_kind(kind):
            return
        text = self._text()
        data = self._desk.data
        language = data.article.language if data is not None else "und"
        spans = spans_to_mark(text, language, self._pane.view.selection(), self._desk.caret, kind)
        if not spans:
            self._desk.say(tr("window.nothing_to_mark"))
            return
        self._show(self._desk.run(marks.add_mark, self._desk.article_id, kind, spans))

    def add_fragment(self, kind: str) -> None:
        """Add the selected words to the selected mark of that kind, or to the nearest one."""
        span = self._pane.view.selection()
        if span is None:
            self._desk.say(tr("window.select_words_first"))
            return
        mark = self._nearest(MarkKind(kind), span)
        if mark is None:
            self._desk.say(tr("window.no_mark_to_widen", kind=term(MarkKind(kind))))
            return
        self._show(self._desk.run(marks.add_fragment, mark, span))

    def _nearest(self, kind: MarkKind, span: Span) -> Mark | None:
        chosen = [mark for mark in self.selected() if mark.mark_kind is kind]
        if chosen:
            return chosen[0]
        data = self._desk.data
        found = [m for m in data.marks.values() if m.mark_kind is kind] if data else []
        return min(
            found,
            key=lambda m: min(max(s.start - span.end, span.start - s.end) for s in m.spans),
            default=None,
        )

    # -- edges --------------------------------------------------------------------------------

    def move_edge(self, how: str) -> None:
        """Move the start or the end of the selected mark by a word or a letter."""
        mark = self._one()
        if mark is not None:
            self.drag_edge(mark.id, *stepped(self._text(), mark.spans, how))
        else:
            self._reviewing.takes_edge(how)

    def drag_edge(self, mark_id: str, fragment: int, edge: str, to: int) -> None:
        """Put an edge of a fragment of a mark where the pointer let it go."""
        if self._reviewing.takes_drag(mark_id, fragment, edge, to):
            return
        data = self._desk.data
        mark = data.marks.get(mark_id) if data is not None else None
        if mark is None or fragment >= len(mark.spans):
            return
        spans = put(self._text(), mark.spans, fragment, edge, to)
        if spans is None:
            self._desk.say(tr("window.edge_stays"))
            return
        changed = self._desk.run(marks.set_spans, mark, spans)
        if changed is not None:
            self._desk.select([changed.id], origin="keys")
            self._pane.view.set_caret(to)
            self._desk.select([changed.id], origin="keys")

    # -- changing -----------------------------------------------------------------------------

    def choose_kind(self) -> None:
        """Ask what the selected mark, or the proposal in focus, is instead."""
        if self._reviewing.takes("kind"):
            return
        mark = self._one()
        if mark is None:
            return
        theme = self._desk.theme
        entries = [
            Entry(term(kind), kind, colour=theme.mark_style(kind).colour)
            for kind in MarkKind
            if kind is not mark.mark_kind
        ]
        self._pane.choose(tr("window.change_kind"), entries, lambda kind: self._change(mark, kind))

    def _change(self, mark: Mark, kind: object) -> None:
        changed = self._desk.run(marks.change_kind, mark, MarkKind(str(kind)))
        if changed is not None:
            self._desk.select([changed.id], origin="keys")

    def split(self) -> None:
        """Cut the selected mark at the caret."""
        mark = self._one()
        if mark is not None:
            pair = self._desk.run(marks.split_mark, mark, self._desk.caret)
            if pair is not None:
                self._desk.select([pair[1].id], origin="keys")

    def delete(self) -> None:
        """Delete the selected marks; undo is one key away, so it is only asked who wants it.

        A proposal is turned down.
        """
        if self._reviewing.takes("reject"):
            return
        found = self.selected()
        if found and self._desk.settings.flag("confirm_delete"):
            self._pane.confirm_delete(
                tr("window.delete_marks_sure", count=len(found)), lambda: self._delete(found)
            )
        elif found:
            self._delete(found)

    def _delete(self, found: list[Mark]) -> None:
        self._desk.run(marks.delete_marks, found)

    # -- the article --------------------------------------------------------------------------

    def mask(self) -> None:
        """Grey the selected words as page furniture."""
        span, data = self._pane.view.selection(), self._desk.data
        if span is None or data is None:
            self._desk.say(tr("window.select_words_first"))
            return
        self._desk.run(articles.mask_span, data.article, span)

    def unmask(self, span: Span) -> None:
        """Bring a piece of furniture back."""
        data = self._desk.data
        if data is not None:
            self._desk.run(articles.unmask_span, data.article, span)

    def toggle_reviewed(self) -> None:
        """Tick the article as reviewed, or take the tick away."""
        data = self._desk.data
        if data is not None:
            reviewed = not data.article.reviewed
            self._desk.run(articles.set_reviewed, [data.article], reviewed=reviewed)

    def add_note(self) -> None:
        """Write a note on the selected mark, or on the article."""
        data = self._desk.data
        if data is None:
            return
        target = self._one() or data.article
        self._pane.ask_note(target)
