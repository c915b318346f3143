"""Bring marks in that were made in another program."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from annotator.app.commands.articles import fuzzy_date
from annotator.exporters.cas_types import NOT_XML
from annotator.exporters.exchange_in import Problem, canonical, records_of
from annotator.exporters.readers import read_marks
from annotator.model.annotations import (
    Actor,
    CouldNotVerify,
    DeclinedComment,
    Hedge,
    Mention,
    SourceMention,
)
from annotator.model.article import Article, ArticleText
from annotator.model.changes import ChangeSet, NewText, insert
from annotator.model.span import Span
from annotator.text.canonical import digest
from annotator.text.segments import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.app.session import Session
    from annotator.exporters.exchange import Sheet
    from annotator.exporters.exchange_in import Incoming
    from annotator.model.annotations import Mark
    from annotator.model.changes import Change, Record

R = TypeVar("R")

#: Fields that name a record of this import.
_ID_FIELDS = (
    "id",
    "content_id",
    "source_id",
    "mention_id",
    "claim_id",
    "first_id",
    "second_id",
    "group_id",
    "target_id",
)
_DETAILS = ("headline", "language", "outlet", "agency", "translator", "dateline", "section", "url")


@dataclass(slots=True)
class MarksImport:
    """Say what came in: articles touched, marks added, marks there already, what was left out."""

    articles: list[str] = field(default_factory=list[str])
    added: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])


def import_annotations(
    session: Session, data: bytes, name: str, *, as_format: str | None = None
) -> MarksImport:
    """Add the marks of a file to the project, in one step.

    Marks go to the article with the same text (else with the same id); a text that is not there
    becomes an article. A mark that is there already, of the same kind on the same words, is passed
    over with what hangs on it. One item that cannot be read never keeps the rest out.

    Raises:
        UserError: ``annotations-format`` if the file is in no known format.
    """
    report = MarksImport()
    changes: list[Change] = []
    texts: list[NewText] = []
    # One of the same name is the same actor.
    actors = {actor.name: actor for actor in session.project.find(Actor)}
    for given, what in read_marks(data, name, as_format):
        if given is None:
            report.problems.append(Problem("unreadable", what))
            continue
        sheet = canonical(given)
        article, text = _article(session, sheet, changes, texts, name)
        if article is None:
            report.problems.append(Problem("text", sheet.details.get("headline", "") or sheet.id))
            continue
        incoming = records_of(
            sheet,
            article.id,
            text,
            stamp=session.stamp("import"),
            new_id=session.new_id,
            language=article.language,
        )
        joiner = _Joiner(session, incoming, article.id, actors)
        report.problems += incoming.problems
        report.known += len(incoming.marks) - len(joiner.fresh)
        if joiner.fresh:
            report.articles.append(article.id)
            report.added += len(joiner.fresh)
            changes += joiner.changes()
    if changes:
        session.commit(ChangeSet("import-marks", tuple(changes), (), tuple(texts)))
    return report


def _headline_in(text: str, headline: str) -> Span | None:
    """Return where an article's headline stands as a line of its own."""
    found = re.search(rf"^{re.escape(headline)}$", text, re.MULTILINE) if headline else None
    return Span(*found.span()) if found is not None else None


def _article(
    session: Session, sheet: Sheet, changes: list[Change], texts: list[NewText], name: str
) -> tuple[Article | None, str]:
    """Return the article that a sheet is about, and its text; make it if its text is new."""
    text = sheet.text
    found = session.project.find_by_text(digest(text) if text else sheet.digest)
    article = found[0] if found else session.project.get(Article, sheet.id)
    if article is not None:
        known = session.project.text(article.id).text
        # XML has no place for some characters; each of them is one other character there.
        if not text or text in (known, NOT_XML.sub("\ufffd", known)):
            return article, known
    if not text:
        return None, ""
    original = text.encode()
    kept = ArticleText(digest(text), text, hashlib.sha256(original).hexdigest(), "utf-8", "unknown")
    details: Any = {key: sheet.details[key] for key in _DETAILS if key in sheet.details}
    new = Article(
        session.new_id(),
        kept.digest,
        len(text),
        authors=tuple(a.strip() for a in sheet.details.get("authors", "").split(";") if a.strip()),
        published=fuzzy_date(sheet.details.get("published", "")),
        updated=fuzzy_date(sheet.details.get("updated", "")),
        word_count=len(words(text)),
        mask=tuple(span for span in sheet.mask if span.end <= len(text)),
        headline_span=_headline_in(text, sheet.details.get("headline", "")),
        file_name=name,
        imported_at=session.now(),
    )
    new = replace(new, **details)
    texts.append(NewText(kept, original))
    changes.append(insert(new))
    return new, text


class _Joiner:
    """Add what is new of one article's records; ids that are taken in the project are replaced."""

    def __init__(
        self, session: Session, incoming: Incoming, article_id: str, actors: dict[str, Actor]
    ) -> None:
        self._incoming = incoming
        self._actors = actors
        there = {(m.mark_kind, m.spans) for m in session.project.marks(article_id)}
        self.fresh = [m for m in incoming.marks if (m.mark_kind, m.spans) not in there]
        self._kept = {m.id for m in self.fresh}
        used = {m.source_id for m in self.fresh if isinstance(m, SourceMention)}
        used |= {s.group_id for s in incoming.sources if s.id in used}
        self._sources = {s.id for s in incoming.sources if s.id in used}
        self._actor_ids: dict[str, str] = {}
        rows: list[Record] = [
            *incoming.actors,
            *incoming.sources,
            *incoming.relations,
            *cast("list[Record]", incoming.marks),
            *incoming.attributions,
            *incoming.notes,
        ]
        self._ids = {
            row.id: session.new_id() if session.project.get(type(row), row.id) else row.id
            for row in rows
        }

    def changes(self) -> Iterator[Change]:
        """Yield what is to be inserted."""
        for actor in self._incoming.actors:
            if actor.name not in self._actors:
                self._actors[actor.name] = self._renamed(actor)
                yield insert(self._actors[actor.name])
            self._actor_ids[actor.id] = self._actors[actor.name].id
        for row in self._rows():
            yield insert(self._renamed(row))

    def _rows(self) -> Iterator[Record]:
        """Yield the records that hang together with the fresh marks."""
        incoming = self._incoming
        for source in incoming.sources:
            if source.id in self._sources:
                actor_id = self._actor_ids.get(source.actor_id or "")
                group_id = source.group_id if source.group_id in self._sources else None
                yield replace(source, actor_id=actor_id, group_id=group_id)
        yield from (r for r in incoming.relations if {r.first_id, r.second_id} <= self._sources)
        for mark in self.fresh:
            yield self._linked(mark)
        for row in incoming.attributions:
            if row.content_id in self._kept and row.source_id in self._sources:
                cues = tuple(i for i in row.cue_ids if i in self._kept)
                mention = row.mention_id if row.mention_id in self._kept else None
                yield replace(row, cue_ids=cues, mention_id=mention)
        yield from (n for n in incoming.notes if n.target_id in self._kept)

    def _linked(self, mark: Mark) -> Any:
        """Cut references to what is not taken over."""
        if isinstance(mark, Mention):
            # Actors keep their own ids: they were renamed already.
            return replace(mark, actor_id=self._actor_ids.get(mark.actor_id or ""))
        if isinstance(mark, SourceMention | DeclinedComment):
            is_there = mark.source_id in self._sources
            return replace(mark, source_id=mark.source_id if is_there else None)
        if isinstance(mark, Hedge | CouldNotVerify):
            return replace(mark, claim_id=mark.claim_id if mark.claim_id in self._kept else None)
        return mark

    def _renamed(self, record: R) -> R:
        """Return the record with free ids, its own and those that it names."""
        changes: dict[str, Any] = {
            name: self._ids.get(value, value)
            for name in _ID_FIELDS
            if isinstance(value := getattr(record, name, None), str)
        }
        if cues := getattr(record, "cue_ids", ()):
            changes["cue_ids"] = tuple(self._ids.get(cue, cue) for cue in cues)
        return cast("R", replace(cast("Any", record), **changes))
