"""Dossiers to hand out: one small and real, the samples, and random ones full of secrets."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from annotator.app.handing_out import figure_maker
from annotator.app.samples import read_dispatch, sample_files
from annotator.exporters.base import ArticleRecords, Dossier
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Alias,
    Attribution,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Evidence,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
    SourceRelation,
    Stamp,
)
from annotator.model.article import Article, ArticleText, DatePrecision, FuzzyDate
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind
from annotator.text.anchors import make_anchor
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from annotator.model.changes import Record

MADE_ON = "2031-04-01"
SEED = b"seed"


def number(name: str) -> str:
    """Return an id made from a name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def article_text(text: str) -> ArticleText:
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return ArticleText(digest, text, digest, "utf-8", "utf-8")


def dossier(*articles: ArticleRecords, actors=(), **fields) -> Dossier:
    fixed = {"made_on": MADE_ON, "version": "0", "figures": figure_maker(), "project_name": "Test"}
    return Dossier(articles, tuple(actors), **(fixed | fields))


class Builder:
    """Build one article's records by the words they stand on."""

    def __init__(self, text: str, name: str = "a", language: str = "fr", **fields) -> None:
        self.text = text
        self.name = name
        kept = article_text(text)
        self.kept = kept
        self.article = Article(
            number(name),
            kept.digest,
            len(text),
            language=language,
            word_count=len(text.split()),
            **fields,
        )
        self.segments = Segments(text, language)
        self.marks: list[Mark] = []
        self.sources: list[Source] = []
        self.relations: list[SourceRelation] = []
        self.attributions: list[Attribution] = []
        self.notes: list[Note] = []
        self.suggestions: list[Suggestion] = []

    def id(self, key: str) -> str:
        return number(f"{self.name}/{key}")

    def at(self, words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def mark(self, record: type[Mark], key: str, *words: str | tuple[str, int], **fields) -> Mark:
        pairs = [w if isinstance(w, tuple) else (w, 0) for w in words]
        spans = tuple(sorted(self.at(*pair) for pair in pairs))
        stamp = fields.pop("stamp", Stamp("", "2031-03-15T10:00:00+00:00"))
        mark = record(self.id(key), self.article.id, spans, make_anchor(self.text, spans), stamp)
        if record is Mention:
            start = spans[0].start
            fields.setdefault("paragraph", self.segments.paragraph_of(start))
            fields.setdefault("sentence", self.segments.sentence_of(start))
        mark = replace(mark, **fields)
        self.marks.append(mark)
        return mark

    def source(self, key: str, identification: v.Identification, **fields) -> Source:
        source = Source(self.id(key), self.article.id, identification=identification, **fields)
        self.sources.append(source)
        return source

    def attribute(self, content: Mark, source: Source, *cues: Mark, **fields) -> Attribution:
        row = Attribution(
            self.id(f"{content.id}/{source.id}"),
            self.article.id,
            content.id,
            source.id,
            cue_ids=tuple(c.id for c in cues),
            **fields,
        )
        self.attributions.append(row)
        return row

    def records(self) -> ArticleRecords:
        return ArticleRecords(
            self.article,
            self.kept,
            tuple(sorted(self.marks, key=lambda m: (m.spans, m.id))),
            tuple(self.sources),
            tuple(self.relations),
            tuple(self.attributions),
            tuple(self.notes),
            tuple(self.suggestions),
            self.text.encode(),
        )


SMALL_TEXT = (
    "Connexion · S’abonner\n"
    "Le pont de Sorn fermera 🌉\n"
    "SORN, 3 mars - Le pont fermera en mai, ont dit deux sources proches du dossier.\n"
    "«\u00a0Rien n’a été testé\u00a0», a dit l’une d’elles, sous couvert d’anonymat, "
    "«\u00a0et nous le savions\u00a0».\n"
    "La ministre Ada Brenn a démenti. Elle n’a pas répondu à nos questions. "
    "Le coût serait de 3\u202f000 euros.\n"
)


def small() -> Dossier:
    """Return a dossier with one short article that has one of nearly everything."""
    b = Builder(
        SMALL_TEXT,
        "small",
        headline="Le pont de Sorn fermera",
        outlet="La Gazette de Sorn",
        authors=("Léa Tolm",),
        dateline="SORN",
        published=FuzzyDate("2031-03-03T08:15", DatePrecision.MINUTE),
        file_name="pont.txt",
        imported_at="2031-03-04T09:00:00+00:00",
    )
    first_line, second_line = Segments(SMALL_TEXT, "fr").paragraphs[:2]
    b.article = replace(
        b.article, mask=(first_line,), headings=(second_line,), headline_span=second_line
    )
    stated = Actor(number("brenn"), "Ada Brenn", v.ActorKind.PERSON, (Alias("Brenn", "fr"),))
    bridge = Actor(number("bridge"), "pont de Sorn", v.ActorKind.PLACE)
    group = b.source("g", v.Identification.UNNAMED_GROUP, label="Les deux", stated_count=2)
    one = b.source(
        "s1",
        v.Identification.UNNAMED_PERSON,
        label="S1",
        group_id=group.id,
        proximity=v.Proximity.FAMILIAR,
        anonymity_reason=v.AnonymityReason.NOT_STATED,
        formula_spans=(b.at("sous couvert d’anonymat"),),
    )
    minister = b.source("s2", v.Identification.NAMED_PERSON, actor_id=stated.id)
    b.mark(SourceMention, "m1", "deux sources proches du dossier", source_id=group.id)
    b.mark(SourceMention, "m2", "l’une d’elles, sous couvert d’anonymat", source_id=one.id)
    b.mark(SourceMention, "m3", "La ministre Ada Brenn", source_id=minister.id)
    claim = b.mark(Claim, "c1", "Le pont fermera en mai", kind=v.ClaimKind.FORECAST)
    cost = b.mark(
        Claim,
        "c2",
        "Le coût serait de 3\u202f000 euros",
        kind=v.ClaimKind.NUMBER,
        evidence=(Evidence("https://example.org/budget", "12", note="à relire"),),
    )
    b.mark(Hedge, "h", "serait", claim_id=cost.id)
    quote = b.mark(
        Quote,
        "q1",
        "«\u00a0Rien n’a été testé\u00a0»",
        "«\u00a0et nous le savions\u00a0»",
        kind=v.QuoteKind.DIRECT,
    )
    told = b.mark(Cue, "u1", "ont dit", stance=v.CueStance.NEUTRAL)
    said = b.mark(Cue, "u2", ("a dit", 0), stance=v.CueStance.NEUTRAL)
    b.mark(Cue, "u3", "a démenti", stance=v.CueStance.NEUTRAL)
    b.mark(DeclinedComment, "d", "Elle n’a pas répondu à nos questions", source_id=minister.id)
    b.mark(Mention, "a1", "Ada Brenn", actor_id=stated.id)
    b.mark(Mention, "a2", ("Le pont", 1), actor_id=bridge.id)
    b.mark(Mention, "a3", "Elle", actor_id=stated.id)
    b.attribute(claim, group, told)
    b.attribute(quote, one, said, act=v.AttributionAct.STATEMENT)
    b.relations.append(
        SourceRelation(
            b.id("r"), b.article.id, group.id, minister.id, v.SourceRelationKind.INDEPENDENT
        )
    )
    b.notes.append(Note(b.id("n"), "claim", claim.id, b.article.id, "Vérifier auprès de la ville."))
    b.suggestions.append(
        Suggestion(
            b.id("p"),
            b.article.id,
            MarkKind.CLAIM,
            (b.at("La ministre"),),
            "rule@1",
            0.25,
            fields={"kind": "number"},
            decision=Decision.REJECTED,
        )
    )
    return dossier(b.records(), actors=(stated, bridge))


def sample(name: str) -> Dossier:
    """Return one of the dispatches that ship."""
    records, actors = _sample(name)
    return dossier(records, actors=actors)


@cache
def _sample(name: str) -> tuple[ArticleRecords, tuple[Actor, ...]]:
    file = next(f for f in sample_files() if name in f.name)
    dispatch = read_dispatch(file, now="2031-03-20T12:00:00+00:00")
    rows: dict[type, list[Record]] = {}
    for record in dispatch.records:
        rows.setdefault(type(record), []).append(record)
    marks = [r for r in dispatch.records if isinstance(r, Mark)]
    records = ArticleRecords(
        dispatch.article,
        dispatch.text.text,
        tuple(sorted(marks, key=lambda m: (m.spans, m.id))),
        tuple(rows.get(Source, ())),
        tuple(rows.get(SourceRelation, ())),
        tuple(rows.get(Attribution, ())),
        original=dispatch.text.original,
    )
    return records, tuple(rows.get(Actor, ()))


# -- secrets ----------------------------------------------------------------------------------

#: Names that no text, template or catalogue of ours holds.
_SYLLABLES = ("Qua", "Xil", "Zor", "Vex", "Jyn", "Wroq", "Kph", "Yzz", "Ûlm", "Éxq", "Ñoz", "ßya")


@st.composite
def names(draw: st.DrawFn) -> str:
    """Draw a name of one or two words that occurs nowhere else."""
    parts = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=3).map("".join)
    words = draw(st.lists(parts, min_size=1, max_size=2))
    return " ".join(word.capitalize() for word in words)


@st.composite
def secrets(draw: st.DrawFn) -> tuple[Dossier, list[str]]:
    """Draw a dossier with secret names in every field that a person types into."""
    hidden: list[str] = []

    def secret(pattern: str = "{}") -> str:
        name = draw(names())
        hidden.append(name)
        return pattern.format(name)

    base = small()
    records = base.articles[0]
    by = secret()
    stamp = Stamp(by, "2031-03-15T10:00:00+00:00", "2031-03-16T11:00:00+00:00")

    def stamped(rows):
        return tuple(replace(row, stamp=stamp) for row in rows)

    sources = tuple(
        replace(
            s,
            label=secret("{}"),
            description=secret("le contact {}"),
            affiliation_name=secret(),
            actor_id=s.actor_id or base.actors[0].id,
            ground_rule=draw(st.sampled_from(v.GroundRule)),
            stamp=stamp,
        )
        for s in records.sources
    )
    marks = tuple(
        replace(
            m,
            stamp=stamp,
            correction=secret("Rectifié : {}"),
            evidence=(
                Evidence(
                    f"https://{draw(names()).split()[0].lower()}.example/x",
                    note=secret("voir {}"),
                    checker=secret(),
                ),
            ),
        )
        if isinstance(m, Claim)
        else replace(m, stamp=stamp)
        for m in records.marks
    )
    notes = (
        replace(records.notes[0], text=secret("Rappeler {} demain."), stamp=stamp),
        Note(number("n2"), "source", sources[0].id, records.article.id, secret(), stamp),
    )
    hidden_actor = Actor(number("x"), secret(), aliases=(Alias(secret(), "fr"),), stamp=stamp)
    mention = Mention(
        number("xm"),
        records.article.id,
        records.marks[0].spans,
        records.marks[0].anchor,
        stamp,
        actor_id=hidden_actor.id,
    )
    article = replace(records.article, file_name=secret("{}.txt"))
    changed = replace(
        records,
        article=article,
        sources=sources,
        marks=(*marks, mention),
        notes=notes,
        relations=stamped(records.relations),
        attributions=stamped(records.attributions),
        original=secret("original {}").encode(),
    )
    found = replace(
        base,
        articles=(changed,),
        actors=(*base.actors, hidden_actor),
        notes=(Note(number("n3"), "actor", hidden_actor.id, None, secret(), stamp),),
        project_name=secret("Enquête {}"),
        coder=by,
        lang=draw(st.sampled_from(["en", "fr"])),
    )
    return found, hidden


__all__ = [
    "MADE_ON",
    "SEED",
    "SMALL_TEXT",
    "Builder",
    "CouldNotVerify",
    "article_text",
    "dossier",
    "names",
    "number",
    "sample",
    "secrets",
    "small",
]
