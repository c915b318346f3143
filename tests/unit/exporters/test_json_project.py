"""The project's JSON: everything out, everything back in, the same bytes; hostile files refused."""

from __future__ import annotations

import json
import uuid
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.app.handing_out import collect
from annotator.app.project_json import import_project_json
from annotator.app.session import Session
from annotator.exporters import find
from annotator.exporters.base import Redaction
from annotator.exporters.hand_out import render
from annotator.exporters.json_project import is_project_json, read_project_json
from annotator.model import vocabulary as v
from annotator.model.annotations import Actor, Alias, Claim, Evidence, Mention, Note, Quote
from annotator.model.article import DatePrecision, FieldOrigin, FuzzyDate
from annotator.model.errors import DataError, UserError
from annotator.model.span import Span
from annotator.store import Project
from annotator.text.canonical import canonicalise
from helpers.dossiers import SEED, Builder, dossier, sample, small
from helpers.strategies import hostile_text

JSON = find("json")


def exported(found, level=Redaction.INTERNAL):
    return render(found, JSON, level=level, seed=SEED)


@contextmanager
def opened(path, name="Test"):
    session = Session(Project.create(path, name=name))
    try:
        yield session
    finally:
        session.close()


def through_a_project(data: bytes, path, name="Test"):
    with opened(path, name) as session:
        import_project_json(session, data, "x.json")
        return exported(collect(session.project, exporter=JSON))


@pytest.mark.parametrize("name", ["small", "barrage", "corridor", "hospital"])
def test_round_trip_gives_the_same_bytes(name, tmp_path):
    data = exported(small() if name == "small" else sample(name))
    assert through_a_project(data, tmp_path / "p.annotator") == data


@pytest.mark.parametrize("level", [Redaction.REDACTED, Redaction.PUBLISH])
def test_a_redacted_copy_is_a_project_too(level, tmp_path):
    data = exported(sample("barrage"), level)
    assert through_a_project(data, tmp_path / "p.annotator", "") == data.replace(
        b'"name": ""', b'"name": "p"', 1
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(hostile_text, min_size=1, max_size=3), words=hostile_text, drawn=st.data())
def test_anything_comes_back(texts, words, drawn, tmp_path_factory):
    records, actors = [], []
    words = canonicalise(words).text
    for number, raw in enumerate(texts):
        text = canonicalise(raw).text or "x"
        b = Builder(text, f"any{number}", headline=words, authors=(words, words))
        b.article = replace(
            b.article,
            published=FuzzyDate("2031-03", DatePrecision.MONTH),
            origins=(FieldOrigin("headline", "text", Span(0, 1)),),
            warnings=(words,),
            reviewed=drawn.draw(st.booleans()),
        )
        actor = Actor(str(uuid.uuid4()), words, v.ActorKind.STATE, (Alias(words, "fr"),))
        actors.append(actor)
        source = b.source("s", drawn.draw(st.sampled_from(v.Identification)), label=words)
        claim = b.mark(Claim, "c", text, evidence=(Evidence(words, note=words),))
        b.mark(Mention, "m", text, actor_id=actor.id, paragraph=0, sentence=0)
        b.mark(Quote, "q", text[0], kind=drawn.draw(st.sampled_from(v.QuoteKind)))
        b.attribute(claim, source)
        b.notes.append(Note(b.id("n"), "claim", claim.id, b.article.id, words))
        records.append(b.records())
    records.sort(key=lambda r: r.article.id)
    data = exported(dossier(*records, actors=actors))
    folder = tmp_path_factory.mktemp("any")
    assert through_a_project(data, folder / "p.annotator") == data


def test_reading_checks_every_level_of_the_file():
    data = exported(small())
    found = read_project_json(data)
    assert found.name == "Test"
    there, here = found.articles[0], small().articles[0]
    assert (there.article, there.text, there.original) == (here.article, here.text, here.original)
    for name in ("marks", "sources", "relations", "attributions", "notes"):
        assert set(getattr(there, name)) == set(getattr(here, name))
    assert there.suggestions == here.suggestions


def test_someone_elses_layout_is_read_too(tmp_path):
    data = exported(small())
    reshaped = json.dumps(json.loads(data), ensure_ascii=True, indent=4).encode()
    assert is_project_json(reshaped)
    assert through_a_project(b"\xef\xbb\xbf" + reshaped, tmp_path / "p.annotator") == data


def test_the_same_file_twice_changes_nothing(tmp_path):
    data = exported(small())
    with opened(tmp_path / "p.annotator") as session:
        first = import_project_json(session, data)
        second = import_project_json(session, data)
        assert (len(first.added), len(first.known)) == (1, 0)
        assert (len(second.added), len(second.known)) == (0, 1)
        assert len(session.project.history()) == 1


def test_other_contents_under_the_same_id_are_refused_whole(tmp_path):
    data = exported(small())
    with opened(tmp_path / "p.annotator") as session:
        import_project_json(session, data)
        changed = data.replace(b'pont de Sorn", "kind"', b'autre pont", "kind"')
        assert changed != data
        with pytest.raises(UserError) as caught:
            import_project_json(session, changed, "x.json")
        assert caught.value.message_id == "json-conflict"
        assert exported(collect(session.project, exporter=JSON)) == data


def test_undo_takes_the_import_back(tmp_path):
    with opened(tmp_path / "p.annotator") as session:
        import_project_json(session, exported(small()))
        session.undo()
        assert session.project.article_count() == 0
        assert session.project.find(Actor) == []


def _edit(change):
    tree = json.loads(exported(small()))
    change(tree)
    return json.dumps(tree).encode()


def _article(tree):
    return tree["articles"][0]


BROKEN = {
    "nothing": b"",
    "no json": b'{"format": "annotator-project", ',
    "deep": b'{"format": "annotator-project", "x": ' + b"[" * 100_000,
    "not utf-8": b'{"format": "annotator-project", "name": "\xff"}',
    "nan": _edit(lambda t: _article(t)["suggestion"][0].update(score=float("nan"))),
    "no version": _edit(lambda t: t.pop("version")),
    "unknown key": _edit(lambda t: t.update(extra=1)),
    "unknown table": _edit(lambda t: _article(t).update(tricks=[])),
    "unknown field": _edit(lambda t: _article(t)["claim"][0].update(colour="red")),
    "missing field": _edit(lambda t: _article(t)["claim"][0].pop("spans")),
    "wrong type": _edit(lambda t: _article(t)["claim"][0].update(correction=5)),
    "bool for number": _edit(lambda t: _article(t)["article"].update(length=True)),
    "wrong value": _edit(lambda t: _article(t)["claim"][0].update(kind="joke")),
    "reversed span": _edit(lambda t: _article(t)["claim"][0].update(spans=[[9, 3]])),
    "span beyond the text": _edit(lambda t: _article(t)["claim"][0].update(spans=[[0, 99999]])),
    "no span": _edit(lambda t: _article(t)["claim"][0].update(spans=[])),
    "mask beyond the text": _edit(lambda t: _article(t)["article"].update(mask=[[0, 99999]])),
    "no such source": _edit(lambda t: _article(t)["attribution"][0].update(source_id="x")),
    "no such actor": _edit(lambda t: t.update(actors=[])),
    "two of one id": _edit(lambda t: t["actors"].append(t["actors"][0])),
    "empty id": _edit(lambda t: t["actors"][0].update(id="")),
    "other article": _edit(lambda t: _article(t)["claim"][0].update(article_id="x")),
    "text changed": _edit(lambda t: _article(t)["text"].update(text="autre")),
    "text not canonical": _edit(lambda t: _article(t)["text"].update(text="a\r\nb")),
    "length wrong": _edit(lambda t: _article(t)["article"].update(length=3)),
    "original changed": _edit(lambda t: _article(t).update(original="AAAA")),
    "original no base64": _edit(lambda t: _article(t).update(original="é")),
    "articles no list": _edit(lambda t: t.update(articles={})),
    "surrogate": exported(small()).replace(b"Ada Brenn", b"\\ud800"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_are_refused_with_a_place(what, tmp_path):
    with opened(tmp_path / "p.annotator") as session:
        with pytest.raises((DataError, UserError)) as caught:
            import_project_json(session, BROKEN[what], "x.json")
        assert caught.value.message_id == "json-broken"
        assert caught.value.values["where"]
        assert session.project.article_count() == 0
        assert session.project.history() == []


def test_other_json_is_not_ours():
    for data in (b"{}", b"[]", b'{"format": "x"}', b"1", b'"annotator-project"'):
        assert not is_project_json(data)
        with pytest.raises(UserError) as caught:
            read_project_json(data, "x.json")
        assert caught.value.message_id == "json-not-ours"


def test_a_newer_file_is_refused_in_words():
    with pytest.raises(UserError) as caught:
        read_project_json(_edit(lambda t: t.update(version=99)))
    assert caught.value.message_id == "json-newer"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_is_one_clear_error(drawn):
    data = bytearray(exported(small()))
    for _ in range(drawn.draw(st.integers(1, 4))):
        at = drawn.draw(st.integers(0, len(data) - 1))
        if drawn.draw(st.booleans()):
            data[at] = drawn.draw(st.integers(0, 255))
        else:
            del data[at : at + drawn.draw(st.integers(1, 40))]
    try:
        read_project_json(bytes(data), "x.json")
    except (DataError, UserError) as error:
        assert error.message_id in ("json-broken", "json-not-ours", "json-newer")  # noqa: PT017
