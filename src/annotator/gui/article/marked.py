"""A surface with an article on it: what is shown and what is marked, without any gesture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from annotator.gui.article.header import Header
from annotator.gui.article.marks import MarkIndex, SpanColumns
from annotator.gui.article.paint_margins import Notes
from annotator.gui.article.rows import BODY, Outline
from annotator.gui.article.surface import Surface
from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.gui.theme import Theme


class MarkedSurface(Surface):
    """Show one article and its marks. Positions are code points of its text.

    Signals: ``mark_hovered(ids)``, innermost first, empty beside all marks;
    ``article_shown()`` after another text is there.
    """

    mark_hovered = Signal(list)
    article_shown = Signal()

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent, theme=theme)
        self.language = "und"
        self._outline = Outline()
        self._hovered: tuple[str, ...] = ()

    # -- content ---------------------------------------------------------------------------

    def set_article(
        self,
        text: str,
        *,
        header: Header | None = None,
        mask: Spans = (),
        headings: Spans = (),
        headline: Span | None = None,
        language: str = "und",
        paragraphs: Sequence[Span] | None = None,
    ) -> None:
        """Show a text from its top, without marks.

        Args:
            text: the canonical text.
            header: what stands above it.
            mask: page furniture, folded to one line each run.
            headings: lines that are headings.
            headline: the line that is the headline, where the text itself has it.
            language: for sentences under the pointer.
            paragraphs: what paragraph numbers count; without it, the article's own paragraphs
                (no furniture, no headings), from 1.
        """
        header = header or Header()
        self.finder.clear()
        self._outline = Outline(
            mask=normalise(mask),
            headings=headings,
            headline=headline,
            has_header=bool(header),
            paragraphs=paragraphs,
        )
        self.layer.mask = normalise(mask)
        self.layer.kept, self.layer.proposals = MarkIndex(), MarkIndex()
        self.layer.emphasis.clear()
        self._hovered = ()
        self.state.notes, self.state.evidence = Notes(), ()
        self.state.hovered_chip = -1
        self.language = language
        self.sheet.set_text(text, self._outline, header)
        self.article_shown.emit()
        self.refresh_all(ticks=True)

    def first_position(self) -> int:
        """Return where the article's own words begin."""
        row = self.sheet.rows.kinds.find(BODY)
        return self.sheet.rows.starts[row] if row >= 0 else 0

    @property
    def text(self) -> str:
        """Return the text that is shown."""
        return self.sheet.text

    def set_mask(self, mask: Spans) -> None:
        """Change what is page furniture; the words in view stay where they are."""
        self._fold(mask=normalise(mask))

    def toggle_furniture(self, span: Span) -> None:
        """Unfold a run of furniture (it stays furniture), or fold it again."""
        unfolded = set(self._outline.unfolded)
        self._fold(unfolded=frozenset(unfolded ^ {span.start}))

    def _fold(self, *, mask: Spans | None = None, unfolded: Collection[int] | None = None) -> None:
        now = self._outline
        self._outline = replace(
            now,
            mask=now.mask if mask is None else mask,
            unfolded=now.unfolded if unfolded is None else unfolded,
        )
        self.layer.mask = tuple(self._outline.mask)
        self.state.hovered_chip = -1
        self.sheet.set_outline(self._outline)
        self.refresh_all(ticks=True)

    def unfold_at(self, span: Span) -> None:
        """Unfold furniture that hides a span which somebody wants to see."""
        for row in self.sheet.rows.of(span):
            if self.sheet.rows.hides(row):
                self.toggle_furniture(self.sheet.rows.furniture(row))
                return

    # -- marks -----------------------------------------------------------------------------

    def set_spans(self, rows: SpanColumns) -> None:
        """Show the marks of the article: columns sorted by start."""
        self.layer.kept = MarkIndex(rows)
        self._marks_replaced()

    def set_proposals(self, rows: SpanColumns) -> None:
        """Show proposals: a thin dashed line, no wash."""
        self.layer.proposals = MarkIndex(rows)
        self._marks_replaced()

    def _marks_replaced(self) -> None:
        self.sheet.forget_marks()
        self.refresh_all(ticks=True)

    def add_mark(self, mark_id: str, kind: int, spans: Sequence[Span]) -> None:
        """Show one mark more; only its lines are drawn again."""
        self.layer.kept.add(mark_id, kind, spans)
        self._marks_changed(spans)

    def remove_marks(self, mark_ids: Collection[str]) -> None:
        """Take marks away; only their lines are drawn again."""
        self._marks_changed(self.layer.kept.remove(mark_ids))

    def set_marks_changed(self, rows: SpanColumns, mark_ids: Collection[str]) -> None:
        """Show marks as they are now: ``rows`` has their spans, none for a mark that is gone."""
        spans = self.layer.kept.remove(mark_ids)
        fresh: dict[str, tuple[int, list[Span]]] = {}
        columns = zip(rows.starts, rows.ends, rows.kinds, rows.mark_ids, strict=True)
        for start, end, kind, mark_id in columns:
            if mark_id in mark_ids:
                fresh.setdefault(mark_id, (kind, []))[1].append(Span(start, end))
        for mark_id, (kind, new) in fresh.items():
            self.layer.kept.add(mark_id, kind, new)
            spans += new
        self._marks_changed(spans)

    def _marks_changed(self, spans: Iterable[Span]) -> None:
        self.refresh_marks(spans)
        self.idler.wake(ticks=True)

    def set_mark_style_overrides(self, keys: Mapping[str, str]) -> None:
        """Give marks another style than their kind's, by id (a named source, an unnamed one)."""
        old, new = self.layer.styles.overrides, dict(keys)
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        if changed:
            self.layer.styles.overrides = new
            self.refresh_marks(self.layer.spans_of_all(changed))
            self.idler.wake(ticks=True)

    def set_selected(self, mark_ids: Iterable[str]) -> None:
        """Lift the selected marks and show handles at their edges; the others step back."""
        self._emphasise("selected", set(mark_ids))

    def set_linked(self, mark_ids: Iterable[str]) -> None:
        """Lift the marks that what is selected is linked to; the others step back."""
        self._emphasise("linked", set(mark_ids))

    def set_lifted(self, mark_ids: Iterable[str]) -> None:
        """Lift marks while the pointer is on something they belong to; nothing steps back."""
        self._emphasise("lifted", set(mark_ids))

    def _emphasise(self, name: str, mark_ids: set[str]) -> None:
        if getattr(self.layer.emphasis, name) != mark_ids:
            setattr(self.layer.emphasis, name, mark_ids)
            self.viewport().update()

    def set_evidence(self, spans: Spans) -> None:
        """Light up the words that made a rule propose what is in focus."""
        if self.state.evidence != spans:
            self.state.evidence = spans
            self.viewport().update()

    def set_margin_notes(self, notes: Iterable[tuple[int, str, str]]) -> None:
        """Show words in the right margin: ``(position, words, style key)``.

        The first line up to " · " is drawn in the colour of the key with a dot (plain for an
        empty key); what follows, and further lines, are plain.
        """
        self.state.notes = Notes.of(notes)
        self.viewport().update()

    def marks_at(self, position: int) -> list[str]:
        """Return the ids of the marks over a character, innermost first."""
        return self.layer.at(position)

    def set_hovered_marks(self, mark_ids: tuple[str, ...]) -> None:
        """Lift the marks under the pointer and tell who listens."""
        if mark_ids != self._hovered:
            gone, self._hovered = self._hovered, mark_ids
            self.layer.emphasis.hovered = set(mark_ids[:1])
            self.repaint_spans(self.layer.spans_of_all({*gone[:1], *mark_ids[:1]}))
            self.mark_hovered.emit(list(mark_ids))
