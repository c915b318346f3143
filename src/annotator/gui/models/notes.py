"""List the notes of an article, whatever they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Row, detail, one_line, quoted
from annotator.gui.models.sourced import full_name, style_of
from annotator.model.annotations import Actor, Mark, Note, Source
from annotator.model.changes import TABLES
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.session import Session
    from annotator.model.changes import Record
    from annotator.model.span import Span

_FAR = 1 << 60


class NoteLister(Lister):
    """List notes in the order of what they are about, or the newest first."""

    orders: ClassVar[tuple[str, ...]] = ("text", "newest")
    tables: ClassVar[frozenset[str]] = frozenset(TABLES)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._notes: dict[str, Note] = {}

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order: notes on the article itself first."""
        data = self.data
        self._notes = dict(data.notes) if data is not None else {}
        self._add_notes_on_actors()
        notes = list(self._notes.values())
        if order == "newest":
            notes.sort(key=lambda note: note.stamp.made_at, reverse=True)
        else:
            notes.sort(key=self._place)
        return [note.id for note in notes]

    def _add_notes_on_actors(self) -> None:
        """Add the notes on the article's actors: they belong to no article."""
        if self.data is None or not self.data.actors:
            return
        found = self.session.project.find(Note, target_id=tuple(self.data.actors))
        self._notes |= {note.id: note for note in found}

    def _place(self, note: Note) -> int:
        if note.target_table == "article":
            return -1
        span = self.span(note.id)
        return span.start if span is not None else _FAR

    def target(self, record_id: str) -> Record | None:
        """Return what a note is about."""
        data, note = self.data, self._notes.get(record_id)
        if data is None or note is None:
            return None
        if note.target_id == data.article.id:
            return data.article
        for records in (data.marks, data.sources, data.actors):
            if note.target_id in records:
                return records[note.target_id]  # type: ignore[return-value]
        return None

    def record(self, record_id: str) -> Note | None:
        """Return a note."""
        return self._notes.get(record_id)

    def rows_for(self, record_ids: Iterable[str]) -> list[str]:
        """Return the notes on the selected records."""
        wanted = set(record_ids)
        return [note.id for note in self._notes.values() if note.target_id in wanted]

    def span(self, record_id: str) -> Span | None:
        """Return where a note leads."""
        data, target = self.data, self.target(record_id)
        if data is None or target is None:
            return None
        if isinstance(target, Mark):
            return target.spans[0]
        if isinstance(target, Source):
            mentions = data.mentions_of(target.id)
        elif isinstance(target, Actor):
            mentions = data.mentions_of_actor(target.id)
        else:
            mentions = []
        return mentions[0].spans[0] if mentions else None

    def row(self, record_id: str) -> Row:
        """Return the note, and what it is about."""
        data, note = self.data, self._notes[record_id]
        assert data is not None, "rows are asked for only when an article is loaded"
        target = self.target(record_id)
        return Row(
            id=record_id,
            title=one_line(note.text),
            detail=detail(*self._about(target), note.stamp.author),
            style=self._style(target),
            strong=False,
        )

    def _style(self, target: Record | None) -> str:
        if isinstance(target, Mark | Source) and self.data is not None:
            return style_of(self.data, target)
        return str(MarkKind.ACTOR) if isinstance(target, Actor) else ""

    def _about(self, target: Record | None) -> tuple[str, ...]:
        data = self.data
        if target is None or data is None:
            return ()
        if isinstance(target, Mark):
            words = quoted(one_line(target.anchor.quotation))
            return (i18n.term(target.mark_kind), words, self.paragraph(target.spans[0]))
        if isinstance(target, Source):
            return (i18n.term(MarkKind.SOURCE), full_name(data, target))
        if isinstance(target, Actor):
            return (i18n.term(MarkKind.ACTOR), one_line(target.name))
        return (i18n.tr("panels.note.on_article"),)
