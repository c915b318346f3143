from dataclasses import replace

import pytest

from annotator.app.commands import articles, links, marks
from annotator.app.commands.articles import import_texts
from annotator.app.view_models import load_article
from annotator.model.annotations import Quote, SourceMention
from annotator.model.article import Article, DatePrecision, FuzzyDate
from annotator.model.errors import UserError
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from helpers.builders import TEXT, imported


def test_the_same_text_is_named_not_added_again(session, article):
    outcome = import_texts(
        session, [(imported(name="b.txt"), b"other bytes"), (imported(name="c.txt"), TEXT.encode())]
    )
    assert outcome.added == ()
    assert [(d.name, d.article_id, d.exact) for d in outcome.duplicates] == [
        ("b.txt", article.id, False),
        ("c.txt", article.id, True),
    ]
    assert session.project.article_count() == 1


def test_twins_within_one_batch_come_in_once(session):
    outcome = import_texts(session, [(imported(), b"a"), (imported(name="b.txt"), b"a")])
    assert (len(outcome.added), len(outcome.duplicates)) == (1, 1)


def test_an_article_without_headline_is_named_by_its_first_words(session):
    text = "Connexion\n\nLe barrage est fermé. " + "mot " * 60
    item = imported(text=text, headline="", mask=(Span(0, 9),))
    article = import_texts(session, [(item, b"x")]).added[0]
    assert article.headline.startswith("Le barrage est fermé.")
    assert article.headline.endswith("…")
    assert article.word_count == 64


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2031", DatePrecision.YEAR),
        ("2031-03", DatePrecision.MONTH),
        ("2031-03-14", DatePrecision.DAY),
        ("2031-03-14T07:42", DatePrecision.MINUTE),
        ("2031-03-14T07:42+01:00", DatePrecision.MINUTE),
        ("2031-03-14T07:42:10Z", DatePrecision.SECOND),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(value, precision):
    assert articles.fuzzy_date(value) == FuzzyDate(value, precision)


@pytest.mark.parametrize("value", ["", "March", "2031-3"])
def test_no_date_is_made_of_other_words(value):
    assert articles.fuzzy_date(value) is None


def test_furniture_is_masked_and_brought_back_without_moving_anything(session, article):
    head = Span(0, 7)
    masked = articles.mask_span(session, article, head)
    assert masked.mask == (head,)
    assert masked.word_count == article.word_count - 1
    back = articles.unmask_span(session, masked, Span(0, 7))
    assert back.mask == ()
    assert session.text(article.id) == TEXT


def test_a_deleted_article_comes_back_with_all_that_was_marked(session, article):
    quote = marks.add_mark(session, article.id, MarkKind.QUOTE, [Span(40, 60)])
    who = marks.add_mark(session, article.id, MarkKind.SOURCE, [Span(70, 80)])
    links.attribute_to_mention(session, [quote], who)
    before = load_article(session.project, article.id)
    articles.delete_articles(session, [article])
    assert session.project.article_count() == 0
    assert load_article(session.project, article.id) is None
    session.undo()
    assert load_article(session.project, article.id) == before


def test_typed_details_are_known_to_come_from_a_person(session, article):
    after = articles.set_details(session, article, outlet="La Gazette")
    assert session.project.get(Article, article.id).outlet == "La Gazette"
    assert [(o.field, o.origin) for o in after.origins] == [("outlet", "person")]


def test_decoding_again_places_every_mark_by_its_words(session):
    wrong = "Été : Ã©tÃ© «\u00a0non\u00a0», a dit une source.\nFin."
    right = "Été : été «\u00a0non\u00a0», a dit une source.\nFin."
    article = import_texts(session, [(imported(text=wrong), right.encode())]).added[0]
    at = wrong.index("une source")
    mention = marks.add_mark(session, article.id, MarkKind.SOURCE, [Span(at, at + 10)])
    broken = marks.add_mark(session, article.id, MarkKind.QUOTE, [Span(6, 13)])
    _after, lost = articles.replace_text(session, article, imported(text=right, charset="utf-8"))
    moved = session.project.get(SourceMention, mention.id)
    assert moved.spans[0].slice(right) == "une source"
    assert [m.id for m in lost] in ([], [broken.id])
    assert session.text(article.id) == right
    session.undo()
    assert session.text(article.id) == wrong
    assert session.project.get(Quote, broken.id) == broken


def test_a_read_only_session_refuses_in_words(tmp_path, session, article):
    from annotator.app.session import Session
    from annotator.store import Project

    with Project.open(session.project.path, read_only=True) as project:
        reader = Session(project)
        with pytest.raises(UserError, match="read-only"):
            articles.set_details(reader, article, outlet="x")
        assert replace(article) == project.get(Article, article.id)
