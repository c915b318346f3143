"""What every export format must do, whichever it is."""

from __future__ import annotations

import io
import socket
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from annotator import i18n
from annotator.exporters import EXPORTERS, find
from annotator.exporters.base import Redaction, Scope
from annotator.exporters.hand_out import render
from annotator.exporters.redact import redact
from annotator.model import vocabulary as v
from annotator.model.annotations import Actor, Claim, Mention, Note, Quote, SourceMention
from annotator.text.canonical import canonicalise
from helpers.dossiers import SEED, Builder, dossier, sample, small
from helpers.strategies import hostile_text

each = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda e: e.id)

#: What a spreadsheet, a browser, a terminal or a parser would obey.
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><svg/onload=alert(1)>",
    "]]>&amp;&#0;",
    "#set page(fill: red)",
    "{{ 7*7 }}{% include 'x' %}",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31m\x07\x85\ufffe\uffff",
    "| a | b |\n---\n# x",
    "%PDF-1.7 (\\) %EOF",
    "👩‍👩‍👧🇫🇷 e\u0301 ﬁ İ ß",
)


def hostile():
    """Return a dossier in which every name and the text itself are hostile."""
    text = canonicalise("\n".join((*HOSTILE, "«\u00a0Oui\u00a0», a dit X."))).text
    b = Builder(text, "hostile", headline=text[:80], outlet=HOSTILE[0], authors=HOSTILE)
    actors: list[Actor] = []
    for number, words in enumerate(HOSTILE):
        line = canonicalise(words).text.split("\n")[0]
        source = b.source(
            f"s{number}",
            list(v.Identification)[number % len(v.Identification)],
            label=words,
            description=words,
            affiliation_name=words,
        )
        claim = b.mark(Claim, f"c{number}", line, correction=words)
        quote = b.mark(Quote, f"q{number}", line, "Oui")
        b.mark(SourceMention, f"m{number}", line, source_id=source.id)
        actor = Actor(f"actor-{number}", words)
        actors.append(actor)
        b.mark(Mention, f"a{number}", line, actor_id=actor.id)
        b.attribute(claim, source)
        b.attribute(quote, source)
        b.notes.append(Note(b.id(f"n{number}"), "claim", claim.id, b.article.id, words))
    return dossier(b.records(), actors=actors, project_name=HOSTILE[0], coder=HOSTILE[0])


def written(exporter, found, level=Redaction.INTERNAL):
    stream = io.BytesIO()
    exporter.write(redact(found, level, seed=SEED), stream)
    return stream.getvalue()


def test_ids_are_unique_and_lead_to_their_format():
    ids = [exporter.id for exporter in EXPORTERS]
    assert len(set(ids)) == len(ids)
    for exporter in EXPORTERS:
        assert find(exporter.id) is exporter


@each
def test_describes_itself(exporter):
    assert exporter.id.replace("-", "").isalnum()
    assert exporter.id == exporter.id.lower()
    assert exporter.suffix.startswith(".")
    assert exporter.media_type.count("/") == 1
    assert isinstance(exporter.scope, Scope)


@each
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_has_a_name_and_names_its_losses_in_both_languages(exporter, lang):
    for key in (f"report.format.{exporter.id}", *(f"losses.{x}" for x in exporter.losses)):
        assert i18n.tr(key, lang=lang) != key


@each
@pytest.mark.parametrize("level", Redaction)
def test_writes_the_same_bytes_again(exporter, level):
    found = sample("barrage")
    assert written(exporter, found, level) == written(exporter, found, level)


@each
def test_touches_no_network(exporter, monkeypatch):
    def refuse(*_args, **_kwargs):
        pytest.fail("an exporter opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert written(exporter, small())


@each
@pytest.mark.parametrize("level", Redaction)
def test_survives_hostile_names_and_text(exporter, level):
    assert render(hostile(), exporter, level=level, seed=SEED)


@each
def test_survives_an_article_without_marks_and_one_without_text(exporter):
    bare = dossier(Builder("Un texte.", "bare").records())
    empty = dossier(Builder("", "empty").records())
    for found in (bare, empty):
        assert written(exporter, found)


QUICK = [e for e in EXPORTERS if e.id in ("html", "md", "csv", "json")]


@pytest.mark.parametrize("exporter", QUICK, ids=lambda e: e.id)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_text)
def test_survives_any_text(exporter, raw):
    text = canonicalise(raw).text
    b = Builder(text, "any", headline=text[:40])
    if text.strip():
        whole = text.strip()
        source = b.source("s", v.Identification.UNNAMED_PERSON, label=text[:20])
        b.mark(SourceMention, "m", whole, source_id=source.id)
        b.attribute(b.mark(Quote, "q", whole), source)
    for level in Redaction:
        assert render(dossier(b.records()), exporter, level=level, seed=SEED)


def test_reports_speak_both_languages():
    for exporter in EXPORTERS:
        if exporter.scope is Scope.ARTICLE and exporter.id in ("html", "md"):
            english = written(exporter, replace(small(), lang="en")).decode()
            french = written(exporter, replace(small(), lang="fr")).decode()
            assert "Source audit" in english
            assert "Audit des sources" in french
            assert "report." not in english + french
