"""Marks from other programs join the project: once, where they belong, and one undo takes them."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import contextmanager
from dataclasses import replace

import pytest

from annotator.app.annotations_in import import_annotations
from annotator.app.project_json import import_project_json
from annotator.app.session import Session
from annotator.exporters import find
from annotator.exporters.base import Redaction
from annotator.exporters.hand_out import render
from annotator.exporters.readers import READERS
from annotator.model.annotations import Actor, Attribution, Quote, Source
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.store import Project
from helpers.dossiers import sample, small

each = pytest.mark.parametrize("format_id", READERS)


@contextmanager
def project(path, found=None):
    session = Session(Project.create(path))
    try:
        if found is not None:
            data = render(found, find("json"), level=Redaction.INTERNAL)
            import_project_json(session, data)
        yield session
    finally:
        session.close()


def written(found, format_id):
    stream = io.BytesIO()
    find(format_id).write(found, stream)
    return stream.getvalue()


def bare(found):
    """Return the dossier with its articles unmarked."""
    records = found.articles[0]
    empty = replace(
        records,
        marks=(),
        sources=(),
        relations=(),
        attributions=(),
        notes=(),
        suggestions=(),
    )
    return replace(found, articles=(empty,), actors=())


@each
@pytest.mark.parametrize("name", ["small", "barrage", "hospital"])
def test_marks_join_the_article_with_the_same_text(format_id, name, tmp_path):
    found = small() if name == "small" else sample(name)
    records = found.articles[0]
    with project(tmp_path / "p.annotator", bare(found)) as session:
        report = import_annotations(session, written(found, format_id), "marks")
        assert report.problems == []
        assert report.articles == [records.article.id]
        marks = session.project.marks(records.article.id)
        assert sorted((m.mark_kind, m.spans) for m in marks) == sorted(
            (m.mark_kind, m.spans) for m in records.marks
        )
        assert {m.stamp.origin for m in marks} == {"import"}
        assert len(session.project.find(Attribution)) == len(records.attributions)
        assert {a.name for a in session.project.find(Actor)} == {
            a.name for a in found.actors if any(a.id == getattr(m, "actor_id", 0) for m in marks)
        } or format_id == "brat"
        session.undo()
        assert session.project.marks(records.article.id) == []
        assert session.project.find(Source) == []


@each
def test_the_same_file_twice_adds_nothing(format_id, tmp_path):
    data = written(small(), format_id)
    with project(tmp_path / "p.annotator", bare(small())) as session:
        first = import_annotations(session, data, "marks")
        second = import_annotations(session, data, "marks")
        assert first.added == second.known
        assert second.added == 0
        assert len(session.project.history()) == 2


@each
def test_a_text_that_is_not_there_becomes_an_article(format_id, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        report = import_annotations(session, written(small(), format_id), "marks.x")
        (article,) = session.project.find(Article)
        assert report.articles == [article.id]
        assert session.project.text(article.id).text == small().articles[0].text.text
        assert session.project.check().ok
        if format_id != "brat":
            assert article.headline == "Le pont de Sorn fermera"


@each
def test_marks_join_others_that_are_there(format_id, tmp_path):
    with project(tmp_path / "p.annotator", bare(small())) as session:
        article_id = small().articles[0].article.id
        quote = next(m for m in small().articles[0].marks if isinstance(m, Quote))
        from annotator.app.commands.marks import add_mark

        mine = add_mark(session, article_id, quote.mark_kind, quote.spans)
        report = import_annotations(session, written(small(), format_id), "marks")
        assert report.known == 1
        quotes = session.project.find(Quote)
        assert [q.id for q in quotes] == [mine.id]
        assert session.project.check().ok


def test_marks_whose_text_is_elsewhere_are_listed(tmp_path):
    tree = json.loads(written(small(), "w3c"))
    del tree["annotator:articles"]
    data = json.dumps(tree).encode()
    with project(tmp_path / "p.annotator") as session:
        report = import_annotations(session, data, "marks")
        assert [p.id for p in report.problems] == ["text"]
        assert session.project.find(Article) == []
    with project(tmp_path / "q.annotator", bare(small())) as session:
        assert import_annotations(session, data, "marks").problems == []
        assert session.project.find(Quote)


def test_a_corpus_with_windows_line_ends_lands_on_the_right_words(tmp_path):
    text = "\ufeffUn.\r\n« Non », a dit Ada.\r\n"
    start = text.index("«")
    line = {
        "id": "a",
        "lang": "fr",
        "text": text,
        "spans": [
            {"id": "1", "type": "content", "start": start, "end": start + 7, "extra": {}},
            {"id": "2", "type": "content", "start": 900, "end": 999, "extra": {}},
        ],
        "relations": [],
    }
    foreign = [{"id": "3", "type": "nonsense", "start": 0, "end": 1}]
    broken = json.dumps(line | {"text": 3})
    lines = [broken, "nonsense", json.dumps(line | {"spans": line["spans"] + foreign})]
    with project(tmp_path / "p.annotator") as session:
        report = import_annotations(session, "\n".join(lines).encode(), "x.jsonl")
        (quote,) = session.project.find(Quote)
        assert quote.anchor.quotation == "« Non »"
        told = [p.id for p in report.problems]
        assert told == ["unreadable", "unreadable", "unreadable", "outside"]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"<html/>", b"PK\x03\x04junk", b"\x00\x01", b"[1, 2]"]
)
def test_other_files_are_refused_in_words(data, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        with pytest.raises(UserError) as caught:
            import_annotations(session, data, "x")
        assert caught.value.message_id == "annotations-format"


def test_a_brat_archive_by_somebody_else(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "Ada said no.")
        archive.writestr(
            "a.ann", "T1\tsource 0 3\tAda\nT2\tPerson 0 3\tAda\nE1\tSay:T1\n*\tEquiv T1 T2\n"
        )
    with project(tmp_path / "p.annotator") as session:
        report = import_annotations(session, stream.getvalue(), "x.zip")
        assert report.added == 1
        assert len(report.problems) == 3


@pytest.mark.parametrize("format_id", ["w3c", "cas-xmi", "refi-qda", "corpus"])
def test_a_new_article_knows_its_headline(format_id, tmp_path):
    """Or the headline would be its lead, and the house rules would find no source in it."""
    with project(tmp_path / "p.annotator") as session:
        import_annotations(session, written(small(), format_id), "marks.x")
        (article,) = session.project.find(Article)
        text = session.project.text(article.id).text
        assert article.headline == "Le pont de Sorn fermera"
        # It stands with a sign after it there: no line of its own.
        assert article.headline_span is None
        plain = sample("barrage")
        import_annotations(session, written(plain, format_id), "marks.y")
        (other,) = [a for a in session.project.find(Article) if a.id != article.id]
        text = session.project.text(other.id).text
        assert other.headline_span.slice(text) == other.headline
