"""List the sources of an article, the members of a counted group under their group."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, capital, detail, quoted
from annotator.gui.models.sourced import (
    NAMED,
    UNNAMED,
    acts_of,
    source_name,
    source_style,
    words_beside_label,
)
from annotator.model.annotations import Quote, Source
from annotator.model.vocabulary import AnonymityReason, Identification, Proximity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.view_models import ArticleData
    from annotator.model.span import Span

_FAR = 1 << 60
#: Anonymous ones first: those are the ones to look at.
_KINDS = (
    Identification.UNNAMED_GROUP,
    Identification.UNNAMED_PERSON,
    Identification.UNKNOWN,
    Identification.PERSON_BY_OFFICE,
    Identification.NAMED_PERSON,
    Identification.NAMED_ORGANISATION,
)


class SourceLister(Lister):
    """List sources in text order, by name, by how they are identified, or by what rests on them."""

    orders: ClassVar[tuple[str, ...]] = ("text", "name", "identification", "weight")
    tables: ClassVar[frozenset[str]] = frozenset(
        {"source", "source_relation", "source_mention", "attribution", "quote", "claim", "actor"}
    )

    # -- which and in what order --------------------------------------------------------------

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order; members always follow their group."""
        data = self.data
        if data is None:
            return []
        keys = {
            "name": lambda s: source_name(data, s).casefold(),
            "identification": lambda s: _rank(s.identification),
            "weight": lambda s: -len(data.content_of(s.id)),
        }
        first = {source.id: self._first_place(source) for source in data.sources.values()}
        in_text = sorted(data.sources.values(), key=lambda s: first[s.id])
        if order in keys:
            in_text.sort(key=keys[order])
        return list(_grouped(in_text, data))

    def _first_place(self, source: Source) -> int:
        """Return where a source, or the first of its members, is named."""
        data = self.data
        assert data is not None, "asked for only when an article is loaded"
        places = [m.spans[0].start for m in data.mentions_of(source.id)]
        for member in data.members(source.id):
            places += [m.spans[0].start for m in data.mentions_of(member.id)]
        return min(places, default=_FAR)

    def record(self, record_id: str) -> Source | None:
        """Return a source."""
        return self.data.sources.get(record_id) if self.data is not None else None

    def rows_for(self, record_ids: Iterable[str]) -> list[str]:
        """Return the sources among the ids, and those that the marks among them name."""
        data = self.data
        if data is None:
            return []
        found: dict[str, None] = {}
        for record_id in record_ids:
            mark = data.marks.get(record_id)
            source_id = record_id if mark is None else getattr(mark, "source_id", None)
            if source_id is not None and source_id in data.sources:
                found[source_id] = None
        return list(found)

    def span(self, record_id: str) -> Span | None:
        """Return the first place that names a source."""
        mentions = self.data.mentions_of(record_id) if self.data is not None else []
        return mentions[0].spans[0] if mentions else None

    # -- what a row says ----------------------------------------------------------------------

    def row(self, record_id: str) -> Row:
        """Return a source's name, how it is identified, and what rests on it."""
        data = self.data
        assert data is not None, "rows are asked for only when an article is loaded"
        source = data.sources[record_id]
        style = source_style(source)
        return Row(
            id=record_id,
            title=source.label or capital(source_name(data, source)),
            tail=quoted(words_beside_label(data, source)),
            detail=detail(*self._details(data, source)),
            chips=self._chips(data, source, style),
            style=style,
            level=1 if source.group_id in data.sources else 0,
        )

    def _details(self, data: ArticleData, source: Source) -> list[str]:
        is_member = source.group_id in data.sources
        said = [] if is_member else [i18n.tr(f"panels.openness.is_{_openness(source)}")]
        if source.identification is Identification.UNNAMED_GROUP:
            reach = data.sourcing.range_of([source.id])
            said.append(i18n.tr("panels.distinct.short", range=reach.words()))
        if source.proximity is not Proximity.UNKNOWN:
            said.append(i18n.term(source.proximity))
        if source_style(source) == UNNAMED:
            if source.anonymity_reason is AnonymityReason.NOT_STATED:
                said.append(i18n.tr("panels.reason.not_stated"))
            elif source.anonymity_reason is not AnonymityReason.UNKNOWN:
                said.append(i18n.term(source.anonymity_reason))
        said += list(dict.fromkeys(acts_of(data, source)))
        mentions = data.mentions_of(source.id)
        return [*said, self.paragraph(mentions[0].spans[0]) if mentions else ""]

    def _chips(self, data: ArticleData, source: Source, style: str) -> tuple[Chip, ...]:
        if source.identification is Identification.UNNAMED_GROUP:
            return (Chip(group_words(data, source), style),)
        contents = data.content_of(source.id)
        if contents:
            return (Chip(_weight(sum(isinstance(c, Quote) for c in contents), len(contents))),)
        if style == NAMED:
            return (Chip(i18n.tr(f"panels.sort.of_{source.identification.value}")),)
        return ()


def group_words(data: ArticleData, source: Source) -> str:
    """Return what a group is called: "group of 2", "group"."""
    if source.stated_count < 0:
        return i18n.tr("panels.group.several")
    count = source.stated_count or len(data.members(source.id))
    return i18n.tr("panels.group.of", number=count) if count else i18n.tr("panels.group.open")


def _weight(quotes: int, contents: int) -> str:
    if quotes == contents:
        return i18n.tr("panels.count.quotes", count=quotes)
    if not quotes:
        return i18n.tr("panels.count.claims", count=contents)
    return i18n.tr("panels.count.contents", count=contents)


def _openness(source: Source) -> str:
    kind = source.identification
    if kind is Identification.UNNAMED_GROUP:
        return "anonymous.several"
    if kind is Identification.UNNAMED_PERSON:
        return "anonymous"
    if kind in (Identification.NAMED_PERSON, Identification.NAMED_ORGANISATION):
        return "named"
    return kind.value


def _rank(kind: Identification) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _grouped(sources: list[Source], data: ArticleData) -> Iterable[str]:
    """Yield the ids with each group's members right after it, however deep."""
    by_group: dict[str, list[str]] = {}
    tops: list[str] = []
    for source in sources:
        if source.group_id is not None and source.group_id in data.sources:
            by_group.setdefault(source.group_id, []).append(source.id)
        else:
            tops.append(source.id)
    seen: set[str] = set()
    todo = list(reversed(tops))
    while todo:
        record_id = todo.pop()
        if record_id not in seen:
            seen.add(record_id)
            yield record_id
            todo += reversed(by_group.get(record_id, []))
    # Groups that contain each other have no top; a damaged file must not hide them.
    yield from (source.id for source in sources if source.id not in seen)
