"""List the places that mention one actor, in the open article first, then in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Row, detail, one_line
from annotator.model.article import Article
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.model.annotations import Mention
    from annotator.model.span import Span

#: Mentions read at most: more than anybody reads through in a side panel.
_LIMIT = 500


class MentionLister(Lister):
    """List the mentions of ``actor_id`` across articles."""

    tables: ClassVar[frozenset[str]] = frozenset({"mention", "actor", "article"})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.actor_id = ""
        self._mentions: dict[str, Mention] = {}
        self._headlines: dict[str, str] = {}

    def ids(self, order: str) -> list[str]:
        """Return the mentions of the open article in text order, then the others'."""
        del order
        found = self.session.project.mentions_of(self.actor_id, _LIMIT) if self.actor_id else []
        here = self.data.article.id if self.data is not None else ""
        self._mentions = {mention.id: mention for mention in found}
        if self.data is not None:
            # The limit must not hide what stands in the open article.
            for mention in self.data.mentions_of_actor(self.actor_id):
                self._mentions[mention.id] = mention
        rows = sorted(
            self._mentions.values(),
            key=lambda m: (m.article_id != here, m.article_id, m.spans[0]),
        )
        return [mention.id for mention in rows]

    def row(self, record_id: str) -> Row:
        """Return the words, how the sentence goes on, and where they stand."""
        mention = self._mentions[record_id]
        is_here = self.data is not None and mention.article_id == self.data.article.id
        where = self.paragraph(mention.spans[0]) if is_here else ""
        return Row(
            id=record_id,
            title=one_line(mention.anchor.quotation),
            tail=f"{one_line(mention.anchor.suffix)}…",
            detail=detail(where, "" if is_here else self._headline(mention.article_id)),
            style=str(MarkKind.ACTOR) if is_here else "",
            strong=is_here,
        )

    def record(self, record_id: str) -> Mention | None:
        """Return a mention."""
        return self._mentions.get(record_id)

    def span(self, record_id: str) -> Span | None:
        """Return where a mention stands in its own article."""
        mention = self._mentions.get(record_id)
        return mention.spans[0] if mention is not None else None

    def _headline(self, article_id: str) -> str:
        if article_id not in self._headlines:
            article = self.session.project.get(Article, article_id)
            self._headlines[article_id] = one_line(article.headline) if article else ""
        return self._headlines[article_id]
