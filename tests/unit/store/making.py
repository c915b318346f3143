"""Records, change sets and projects to test the store with."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import fields as fields_of
from datetime import UTC, datetime, timedelta
from typing import get_args, get_type_hints

from hypothesis import strategies as st

from annotator.model.annotations import Mention, Quote
from annotator.model.article import Article, ArticleText, DatePrecision, FuzzyDate
from annotator.model.changes import TABLES, ChangeSet, NewText, insert
from annotator.model.span import Span, Spans, normalise
from annotator.text.anchors import make_anchor

TEXT = (
    "Le barrage restera fermé\n"
    "La remise en eau n’interviendra pas avant juillet, a appris l’agence de deux sources.\n"
    "«\u00a0Personne ne savait\u00a0», a dit la seconde 🙂. Irène Castel dirige Hydrolac.\n"
)
_numbers = itertools.count(1)


def new_id(kind="x"):
    return f"{kind}-{next(_numbers)}"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def new_text(body=TEXT, original=None):
    data = body.encode() if original is None else original
    return NewText(ArticleText(digest(body.encode()), body, digest(data), "utf-8", "utf-8"), data)


def date(value):
    parts = {4: "year", 7: "month", 10: "day"}
    return FuzzyDate(value, DatePrecision(parts.get(len(value), "minute")))


def article(text=None, **fields):
    """Make an article of a text."""
    text = text or new_text()
    if isinstance(fields.get("published"), str):
        fields["published"] = date(fields["published"])
    defaults = {
        "id": new_id("article"),
        "text_digest": text.text.digest,
        "length": len(text.text.text),
        "headline": text.text.text.split("\n")[0][:80],
        "language": "fr",
        "imported_at": "2031-03-14T08:00:00+00:00",
    }
    return Article(**(defaults | fields))


def add_articles(project, *made, texts=None):
    """Commit articles of the standard text (or of theirs)."""
    texts = texts or (new_text(),)
    project.commit(ChangeSet("import", tuple(insert(a) for a in made), texts=tuple(texts)))
    return made


def mark(kind, of, /, *spans, text=TEXT, **fields):
    """Make a mark with its anchor."""
    places = tuple(Span(*span) for span in spans)
    return kind(new_id("mark"), of.id, places, make_anchor(text, places), **fields)


def at(words, text=TEXT):
    """Return where words stand in a text."""
    start = text.index(words)
    return start, start + len(words)


def quote(of, words="Personne ne savait", **fields):
    return mark(Quote, of, at(words), **fields)


def mention(of, actor, words="Hydrolac", **fields):
    return mark(
        Mention, of, at(words), actor_id=actor.id, **{"paragraph": 2, "sentence": 3} | fields
    )


def do(project, label, *changes):
    return project.commit(ChangeSet(label, changes))


def everything(project):
    """Return all records of a project by table, in their order."""
    return {table: project.find(kind) for table, kind in TABLES.items()}


def problems(project):
    """Return what a full check finds, as ids."""
    return [problem.message_id for problem in project.check().problems]


# Hypothesis

#: What SQLite can hold as text: no lone surrogates; NUL is kept, too.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ids = st.uuids().map(str)
a_span = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 900), st.integers(1, 60)
)
some_spans = st.lists(a_span, max_size=4).map(normalise)


PLAIN = {
    Spans: some_spans,
    Span: a_span,
    str: texts,
    float: st.floats(0, 1),
    int: st.integers(-1, 2**40),
}


def of_type(hint):
    """Return a strategy for a field of a record."""
    if hint in PLAIN:
        return PLAIN[hint]
    if getattr(hint, "__dataclass_fields__", None):
        return record_of(hint)
    inner = get_args(hint)
    if not inner:
        return st.from_type(hint)
    if getattr(hint, "__origin__", None) is tuple:
        if inner[-1] is ...:
            return st.lists(of_type(inner[0]), max_size=3).map(tuple)
        return st.tuples(*map(of_type, inner))
    if type(None) in inner:
        return st.none() | of_type(next(a for a in inner if a is not type(None)))
    return st.dictionaries(texts, texts, max_size=3)


def record_of(kind):
    """Return a strategy for any value of a dataclass, built from its type hints."""
    hints = get_type_hints(kind)
    fields = {name: of_type(hints[name]) for name in (f.name for f in fields_of(kind))}
    if "id" in fields:
        fields["id"] = ids
    return st.builds(kind, **fields)


def in_time(minutes):
    """Return a moment some minutes after a fixed one."""
    return datetime(2031, 3, 14, 8, 0, tzinfo=UTC) + timedelta(minutes=minutes)
