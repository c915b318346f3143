"""Answer what a report asks of one article: who is who, what stands where, what it is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from annotator.exporters.base import Basis, Redaction
from annotator.exporters.redact import public_words, says
from annotator.exporters.report import Ref
from annotator.exporters.words import number as counted
from annotator.exporters.words import quoted, shorten
from annotator.i18n import term, tr
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    Cue,
    Mark,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.span import covered
from annotator.text.pages import page_at
from annotator.text.segments import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.exporters.base import ArticleRecords, Dossier, Figures
    from annotator.model.span import Span

M = TypeVar("M", bound=Mark)

#: What a person (or an alias) calls a source is a code if it looks like one.
_CODE = re.compile(r"[A-Z]\d{1,3}(?:-\d+|[a-z])?")
_BODY, _HEADING, _FURNITURE = "body", "heading", "furniture"
_UNATTRIBUTED = Basis(v.SourcingState.UNATTRIBUTED)

WARN_STATES = frozenset(
    {
        v.SourcingState.UNATTRIBUTED,
        v.SourcingState.SINGLE_ANONYMOUS,
        v.SourcingState.DECLINED_COMMENT_ONLY,
    }
)


class Index:
    """Look things up in one article's records.

    Args:
        dossier: the (redacted) dossier, for its language and figures.
        records: the article.
    """

    def __init__(self, dossier: Dossier, records: ArticleRecords) -> None:
        self.lang = dossier.lang
        self.dossier = dossier
        self.records = records
        self.article = records.article
        self.text = records.text.text
        self.actors = {actor.id: actor for actor in dossier.actors}
        self.figures: Figures = dossier.figures(records, dossier.actors)
        self.marks = {mark.id: mark for mark in records.marks}
        self.sources = {source.id: source for source in records.sources}
        self._actor_names: dict[str, str] = {}

    # -- text ---------------------------------------------------------------------------------

    @cached_property
    def paragraphs(self) -> list[tuple[Span, str, int]]:
        """Return each paragraph with its kind and its number (0 for what is not numbered)."""
        found: list[tuple[Span, str, int]] = []
        number = 0
        headings = {s.start for s in self.article.headings}
        if self.article.headline_span is not None:
            headings.add(self.article.headline_span.start)
        for span in paragraphs(self.text):
            kind = _BODY
            if covered(self.article.mask, span) == len(span):
                kind = _FURNITURE
            elif span.start in headings:
                kind = _HEADING
            number += kind == _BODY
            found.append((span, kind, number if kind == _BODY else 0))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span, _, _ in self.paragraphs]

    def paragraph_of(self, position: int) -> int:
        """Return the number of the paragraph at a position, 0 in headings and furniture."""
        at = bisect_right(self._starts, position) - 1
        return self.paragraphs[at][2] if at >= 0 else 0

    def page_of(self, position: int) -> str:
        """Return the page of the file at a position, "" where the file has no pages."""
        return page_at(self.article.pages, position)

    def place(self, position: int) -> str:
        """Say in which paragraph, and on which page, a position is; "" where there is neither."""
        parts: list[str] = []
        if at := self.paragraph_of(position):
            parts.append(tr("report.in_paragraph", lang=self.lang, number=counted(at, self.lang)))
        if page := self.page_of(position):
            parts.append(tr("report.on_page", lang=self.lang, page=page))
        return ", ".join(parts)

    def words(self, mark: Mark) -> str:
        """Return the marked words; pieces are joined with an ellipsis in brackets."""
        return " […] ".join(span.slice(self.text) for span in mark.spans)

    # -- marks --------------------------------------------------------------------------------

    def of_type(self, kind: type[M]) -> list[M]:
        """Return the marks of one type in text order, those inside furniture left out."""
        return [m for m in self.records.marks if isinstance(m, kind) and not self._is_masked(m)]

    def _is_masked(self, mark: Mark) -> bool:
        mask = self.article.mask
        return bool(mask) and all(covered(mask, span) == len(span) for span in mark.spans)

    @cached_property
    def claims(self) -> list[Claim]:
        """Return the claims in text order."""
        return self.of_type(Claim)

    @cached_property
    def quotes(self) -> list[Quote]:
        """Return the quotes in text order."""
        return self.of_type(Quote)

    @cached_property
    def mentions(self) -> dict[str, list[SourceMention]]:
        """Return the places that name each source, in text order."""
        found: dict[str, list[SourceMention]] = defaultdict(list)
        for mark in self.of_type(SourceMention):
            if mark.source_id is not None:
                found[mark.source_id].append(mark)
        return found

    # -- links --------------------------------------------------------------------------------

    @cached_property
    def _attributions(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = defaultdict(list)
        for row in self.records.attributions:
            found[row.content_id].append(row)
        return found

    def attributions_of(self, content: Mark) -> list[Attribution]:
        """Return a content's own attributions."""
        return self._attributions.get(content.id, [])

    def basis(self, content: Mark) -> Basis:
        """Return what a quote or claim rests on, as the figures say."""
        return self.figures.bases.get(content.id, _UNATTRIBUTED)

    def behind(self, content: Mark) -> list[Source]:
        """Return everybody a content is attributed to, supporters first."""
        basis = self.basis(content)
        ids = (*basis.supporters, *basis.deniers, *basis.refusers)
        return [self.sources[i] for i in dict.fromkeys(ids) if i in self.sources]

    def resting_on(self, source: Source, contents: Iterable[M]) -> list[M]:
        """Return those of the contents that are attributed to a source."""
        return [c for c in contents if any(s.id == source.id for s in self.behind(c))]

    def cue_words(self, content: Mark) -> list[str]:
        """Return the words that introduce a content."""
        ids = [i for row in self.attributions_of(content) for i in row.cue_ids]
        return [
            self.words(m) for i in dict.fromkeys(ids) if isinstance(m := self.marks.get(i), Cue)
        ]

    # -- names --------------------------------------------------------------------------------

    @cached_property
    def ordered_sources(self) -> list[Source]:
        """Return the sources by first appearance, each group followed by its members."""
        first = {i: marks[0].spans[0].start for i, marks in self.mentions.items()}
        for content in (*self.claims, *self.quotes):
            for source in self.behind(content):
                first.setdefault(source.id, content.spans[0].start)
        last = len(self.text)
        heads = [s for s in self.records.sources if s.group_id not in self.sources]
        members: dict[str | None, list[Source]] = defaultdict(list)
        for source in self.records.sources:
            if source.group_id in self.sources:
                members[source.group_id].append(source)

        def place(source: Source) -> tuple[int, str]:
            own = first.get(source.id, last)
            return min([own, *(first.get(m.id, last) for m in members[source.id])]), source.id

        ordered: list[Source] = []
        for head in sorted(heads, key=place):
            ordered.append(head)
            ordered += sorted(members.pop(head.id, []), key=place)
        # Groups inside groups, or in a ring: shown all the same, at the end.
        ordered += [s for rest in members.values() for s in rest if s not in ordered]
        return ordered

    def depth(self, source: Source) -> int:
        """Return 1 for a member of a group that is there, else 0."""
        return int(source.group_id in self.sources)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Return the short code of every source, quote and claim."""
        codes = {c.id: f"C{n}" for n, c in enumerate(self.claims, start=1)}
        codes |= {q.id: f"Q{n}" for n, q in enumerate(self.quotes, start=1)}
        labels = [s.label for s in self.records.sources if _CODE.fullmatch(s.label)]
        own = {label for label in labels if labels.count(label) == 1}
        numbers: dict[str, int] = defaultdict(int)
        for source in self.ordered_sources:
            if source.label in own and source.label not in codes.values():
                codes[source.id] = source.label
                continue
            is_group = source.identification is v.Identification.UNNAMED_GROUP
            letter = "G" if is_group else "S"
            numbers[letter] += 1
            while f"{letter}{numbers[letter]}" in own:
                numbers[letter] += 1
            codes[source.id] = f"{letter}{numbers[letter]}"
        return codes

    def name(self, source: Source) -> str:
        """Return what a reader would call a source."""
        if source.label and source.label != self.codes[source.id]:
            return source.label
        if source.actor_id in self.actors:
            return self.actor_name(self.actors[source.actor_id])
        if source.description:
            return source.description
        mentions = self.mentions.get(source.id)
        if mentions:
            return self.words(mentions[0])
        return self.kind(source)

    def actor_name(self, actor: Actor) -> str:
        """Return an actor's name as this article has it: an alias where it uses that."""
        if actor.id not in self._actor_names:
            aliases = [a.name for a in actor.aliases if says(self._public, a.name)]
            is_said = not aliases or says(self._public, actor.name)
            self._actor_names[actor.id] = actor.name if is_said else max(aliases, key=len)
        return self._actor_names[actor.id]

    @cached_property
    def _public(self) -> str:
        return public_words(self.records)

    def short_name(self, source: Source) -> str:
        """Return a name for the middle of a sentence: the code of an unnamed source."""
        if source.identification.is_anonymous:
            return self.codes[source.id]
        return shorten(self.name(source), 48)

    def code_and_words(self, source: Source) -> str:
        """Return a source's code with the article's first words for it, where those may leave."""
        mentions = self.mentions.get(source.id)
        if not mentions or self.dossier.level is Redaction.PUBLISH:
            return self.codes[source.id]
        return f"{self.codes[source.id]} {self.quoted(self.words(mentions[0]), 36)}"

    def called(self, source: Source, limit: int = 48) -> str:
        """Return what the article calls a source, short; nothing where that may not leave."""
        if not source.identification.is_anonymous:
            return shorten(self.name(source), limit)
        mentions = self.mentions.get(source.id)
        if not mentions or self.dossier.level is Redaction.PUBLISH:
            return ""
        return self.quoted(self.words(mentions[0]), limit)

    def tone(self, source: Source) -> str:
        """Return the colour of a source: as in the article view, unnamed or named."""
        return "source.unnamed" if source.identification.is_anonymous else "source.named"

    def ref(self, source: Source) -> Ref:
        """Return the reference to a source's row."""
        return Ref(self.codes[source.id], f"source-{source.id}", self.tone(source))

    def content_ref(self, content: Mark) -> Ref:
        """Return the reference to a claim's row; a quote has none, its code stands in the text."""
        if isinstance(content, Claim):
            return Ref(self.codes[content.id], f"claim-{content.id}", "claim")
        return Ref(self.codes[content.id], "", "quote")

    def kind(self, source: Source) -> str:
        """Return how far a reader can tell who it is; a group says its number."""
        if source.identification is v.Identification.UNNAMED_GROUP:
            if source.stated_count > 0:
                return tr("report.group_of", lang=self.lang, count=source.stated_count)
            if source.stated_count < 0:
                return tr("report.group_of_several", lang=self.lang)
        return term(source.identification, lang=self.lang)

    def said(self, value: v.StrEnum) -> str:
        """Return the word for a coded value, nothing for ``unknown``."""
        return "" if value.value == "unknown" else term(value, lang=self.lang)

    def quoted(self, words: str, limit: int = 0) -> str:
        """Return the article's words between quotation marks, cut where a limit is given."""
        return quoted(shorten(words, limit) if limit else words, self.lang)

    def names(self, sources: Sequence[Source]) -> list[str]:
        """Return short names, each once."""
        return list(dict.fromkeys(self.short_name(s) for s in sources))

    def in_order(self, source_ids: Iterable[str]) -> list[Source]:
        """Return sources in the order of the table."""
        wanted = set(source_ids)
        return [s for s in self.ordered_sources if s.id in wanted]
