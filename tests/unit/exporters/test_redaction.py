"""Nothing that must stay inside leaves: the redaction, and the search of what was written."""

from __future__ import annotations

import base64
import io
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.exporters import EXPORTERS, find
from annotator.exporters.base import Format, Redaction, Scope
from annotator.exporters.canary import Hidden, found_in, hidden_in
from annotator.exporters.hand_out import hand_out, render
from annotator.exporters.redact import is_protected, redact
from annotator.exporters.reports import KINDS
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Claim,
    Mention,
    Note,
    SourceMention,
    SourceRelation,
)
from annotator.model.errors import UserError
from annotator.text.anchors import verify
from helpers.dossiers import SEED, Builder, dossier, sample, secrets, small
from helpers.leaks import leaked

#: More of everything at night: T5_EXAMPLES=5000.
EXAMPLES = int(os.environ.get("T5_EXAMPLES", "200"))
SLOW = {"pdf", "docx", "xlsx", "refi-qda", "cas-xmi", "cas-json"}
QUICK_FORMATS = [e for e in EXPORTERS if e.scope is not Scope.GRAPH and e.id not in SLOW]
SLOW_FORMATS = [e for e in EXPORTERS if e.id in SLOW]
OUTGOING = [Redaction.REDACTED, Redaction.PUBLISH]


def relaxed(examples: int):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=checks)


def reported(found, kind, exporter):
    """Return a dossier for a kind of report; two versions are the same article twice."""
    if "report" not in exporter.losses:
        return found
    if kind == "versions":
        (records,) = found.articles
        found = found.with_articles((records, records))
    return replace(found, kind=kind)


@relaxed(EXAMPLES)
@given(
    secrets(),
    st.sampled_from(QUICK_FORMATS),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(OUTGOING),
)
def test_no_hidden_name_leaves(drawn, exporter, kind, level):
    found, hidden = drawn
    found = reported(found, kind, exporter)
    data = render(found, exporter, level=level, seed=SEED)
    assert leaked(data, hidden) == []


@pytest.mark.parametrize("exporter", SLOW_FORMATS, ids=lambda e: e.id)
@relaxed(max(3, EXAMPLES // 20))
@given(secrets(), st.sampled_from(sorted(KINDS)), st.sampled_from(OUTGOING))
def test_no_hidden_name_leaves_in_a_packed_format(exporter, drawn, kind, level):
    found, hidden = drawn
    found = reported(found, kind, exporter)
    data = render(found, exporter, level=level, seed=SEED)
    assert leaked(data, hidden) == []


@pytest.mark.parametrize("level", Redaction)
@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda e: e.id)
def test_no_format_names_this_machine(exporter, level, tmp_path):
    project = tmp_path / "Enquete-Qwxz" / "Projet-Zwxq.annotator"
    done = hand_out(small(), exporter, tmp_path / "out", level=level, project_path=project)
    data = done.path.read_bytes()
    assert leaked(data, [str(project), "Enquete-Qwxz", str(Path.home() / "x")]) == []


def test_the_default_level_is_redacted():
    records = {e.id: e.level for e in EXPORTERS if e.scope is not Scope.GRAPH}
    assert records.pop("json") is Redaction.INTERNAL
    assert set(records.values()) == {Redaction.REDACTED}


@pytest.mark.parametrize("level", OUTGOING)
def test_private_fields_are_gone(level):
    found = redact(small(), level, seed=SEED)
    records = found.articles[0]
    assert records.notes == ()
    assert records.suggestions == ()
    assert records.article.file_name == ""
    assert found.notes == ()
    assert (found.coder, found.project_name) == ("", "")
    for claim in (m for m in records.marks if isinstance(m, Claim)):
        assert claim.evidence == ()
    assert {m.stamp.made_at for m in records.marks} == {"2031-03-15"}


def test_internal_keeps_everything():
    assert redact(small(), Redaction.INTERNAL).articles == small().articles


def test_aliases_are_new_for_each_export():
    labels = set()
    for _ in range(12):
        found = redact(small(), Redaction.REDACTED)
        group = next(s for s in found.articles[0].sources if s.stated_count == 2)
        labels.add((group.id, group.label))
    assert len(labels) == 12
    assert len({label for _, label in labels}) > 1


def test_same_seed_gives_the_same_export():
    for exporter in EXPORTERS:
        level = Redaction.REDACTED
        first = render(small(), exporter, level=level, seed=SEED)
        assert first == render(small(), exporter, level=level, seed=SEED), exporter.id


def test_a_label_that_the_article_says_is_kept():
    base = small()
    records = base.articles[0]
    named = next(s for s in records.sources if not is_protected(s))
    sources = tuple(
        replace(s, label="Ada Brenn" if s == named else s.label) for s in records.sources
    )
    found = redact(
        base.with_articles((replace(records, sources=sources),)), Redaction.REDACTED, seed=SEED
    )
    assert "Ada Brenn" in [s.label for s in found.articles[0].sources]


def test_an_unnamed_source_is_never_joined_to_an_actor_or_a_named_one():
    b = Builder("Un proche de Vara Quil a parlé. Vara Quil a démenti.", "j", "fr")
    actor = Actor("x", "Vara Quil", v.ActorKind.PERSON)
    unnamed = b.source("u", v.Identification.UNNAMED_PERSON, actor_id="x")
    named = b.source("n", v.Identification.NAMED_PERSON, actor_id="x")
    b.mark(SourceMention, "m", "Un proche de Vara Quil", source_id=unnamed.id)
    b.mark(Mention, "over", "Un proche de Vara Quil", actor_id="x")
    b.mark(Mention, "later", ("Vara Quil", 1), actor_id="x")
    for kind in v.SourceRelationKind:
        b.relations.append(SourceRelation(b.id(kind), b.article.id, unnamed.id, named.id, kind))
    found = redact(dossier(b.records(), actors=(actor,)), Redaction.REDACTED, seed=SEED)
    records = found.articles[0]
    kinds = {r.kind for r in records.relations}
    assert not kinds & {v.SourceRelationKind.SAME, v.SourceRelationKind.MAY_BE_SAME}
    assert [s.actor_id is None for s in records.sources] == [True, False]
    assert [m.spans[0].start for m in records.marks if isinstance(m, Mention)] == [32]


def test_an_actor_is_called_what_the_article_calls_it():
    b = Builder("Le numéro deux du ministère est parti.", "k", "fr")
    actor = Actor("x", "Vara Quil", v.ActorKind.PERSON)
    b.mark(Mention, "m", "Le numéro deux du ministère", actor_id="x")
    found = redact(dossier(b.records(), actors=(actor,)), Redaction.REDACTED, seed=SEED)
    assert [a.name for a in found.actors] == ["Le numéro deux du ministère"]


@pytest.mark.parametrize("name", ["barrage", "corridor", "courriels", "hospital", "dam"])
def test_publish_takes_the_descriptions_out_of_the_text(name):
    before = sample(name)
    protected = {s.id for s in before.articles[0].sources if is_protected(s)}
    text = before.articles[0].text.text
    described = [
        span.slice(text)
        for m in before.articles[0].marks
        if isinstance(m, SourceMention) and m.source_id in protected
        for span in m.spans
    ]
    after = redact(before, Redaction.PUBLISH, seed=SEED).articles[0]
    assert described
    assert [w for w in described if len(w) > 20 and w in after.text.text] == []
    for mark in after.marks:
        assert verify(after.text.text, mark.spans, mark.anchor)
    ids = {m.id for m in after.marks}
    assert {a.content_id for a in after.attributions} <= ids


# -- the search -------------------------------------------------------------------------------

NAME = "Zorxil Éxqua"
HIDDEN = [Hidden(NAME.casefold(), "unnamed")]


def zipped(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", data)
    return stream.getvalue()


DISGUISES = {
    "utf-8": NAME.encode(),
    "utf-16": b"x" * 2 + NAME.encode("utf-16-le"),
    "utf-16-be": NAME.encode("utf-16-be"),
    "decomposed": "Zorxil E\u0301xqua".encode(),
    "upper": NAME.upper().encode(),
    "no-break space": NAME.replace(" ", "\u00a0").encode(),
    "latin-1": NAME.encode("latin-1"),
    "entities": b"Zorxil &#201;xqua",
    "percent": b"Zorxil%20%C3%89xqua",
    "json": b'"Zorxil \\u00c9xqua"',
    "hex": NAME.encode().hex().encode(),
    "pdf hex": NAME.encode("utf-16-be").hex().encode(),
    "base64": base64.b64encode(b"the name is " + NAME.encode()),
    "zip": zipped(NAME.encode()),
    "zip in zip": zipped(zipped(NAME.encode())),
    "split runs": zipped("<w:t>Zorx</w:t></w:r><w:r><w:t>il Éxqua</w:t>".encode()),
    "soft hyphen": "Zor\u00adxil Éxqua".encode(),
    "broken at the line end": "Zor-\nxil Éxqua".encode(),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_search_sees_through(disguise):
    assert found_in(DISGUISES[disguise], HIDDEN)


def test_search_sees_through_pdf_streams():
    assert found_in(b"%PDF-1.7\nstream\n" + zlib.compress(NAME.encode()) + b"\nendstream", HIDDEN)


def leaky(disguise: bytes) -> Format:
    """Return a format that gives the secret away, but only of the article that has one."""

    def write(found, stream):
        secret = found.articles[0].article.headline == small().articles[0].article.headline
        stream.write(disguise if secret else b"nothing")

    return Format("leaky", ".x", "x/x", Scope.ARTICLE, write)


def test_a_leak_blocks_the_export_and_leaves_the_old_file(tmp_path):
    base = small()
    records = base.articles[0]
    note = Note("n", "claim", "c", records.article.id, f"appeler {NAME}")
    found = base.with_articles((replace(records, notes=(note,)),))
    path = tmp_path / "report.x"
    path.write_bytes(b"old")
    for data in DISGUISES.values():
        with pytest.raises(UserError) as caught:
            hand_out(found, leaky(data), path, level=Redaction.REDACTED)
        assert caught.value.message_id == "export-leak"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.x"]


def test_what_the_article_says_or_the_program_says_is_no_leak(tmp_path):
    base = small()
    records = base.articles[0]
    # A note in the article's words, a source called as a word of every report.
    notes = (Note("n", "claim", "c", records.article.id, "Ada Brenn"),)
    sources = tuple(replace(s, label="Unknown Sources Quote") for s in records.sources)
    found = base.with_articles((replace(records, notes=notes, sources=sources),))
    for exporter in QUICK_FORMATS:
        hand_out(found, exporter, tmp_path / "out", level=Redaction.REDACTED)


def test_hidden_words_are_those_of_private_fields():
    hidden = {h.words for h in hidden_in(small(), Redaction.REDACTED)}
    assert {"pont.txt", "à relire"} <= hidden
    assert "ada brenn" not in hidden
    assert hidden_in(small(), Redaction.INTERNAL) == frozenset()


def test_find_names_the_formats_it_knows():
    with pytest.raises(UserError) as caught:
        find("nothing")
    assert caught.value.message_id == "export-format"
