"""Lines that are always furniture in an outlet: remembered, masked now and as articles come in."""

from __future__ import annotations

import pytest

from annotator.app import furniture
from annotator.app.commands.articles import import_texts
from annotator.app.jobs import JobContext
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.span import Span
from helpers.builders import imported

BODY = "Le barrage\n12 commentaires\nUne phrase de l’article, la {}e.\nSuivez-nous partout\n"


def add(session, number, outlet="Le Fanal"):
    text = BODY.format(number).replace("12", str(number))
    item = imported(text=text, name=f"{number}.txt", metadata={"outlet": outlet} if outlet else {})
    return import_texts(session, [(item, text.encode())]).added[0]


def masked(session, article):
    now = session.get(Article, article.id)
    return [span.slice(session.text(article.id)) for span in now.mask]


def test_a_line_is_masked_in_all_articles_of_its_outlet_now_and_later(session):
    one, two, other = add(session, 1), add(session, 2), add(session, 3, "Autre")
    at = session.text(one.id).index("commentaires")
    keys = furniture.remember(session, one, Span(at, at + 3))
    masks = furniture.find_masks(session.project, "Le Fanal", keys, JobContext())
    assert furniture.mask_all(session, masks) == 2
    assert masked(session, one) == ["1 commentaires"]
    assert masked(session, two) == ["2 commentaires"]
    assert masked(session, other) == []
    assert session.get(Article, two.id).word_count == two.word_count - 2
    late = add(session, 44)
    assert masked(session, late) == ["44 commentaires"]
    assert late.word_count == two.word_count - 2
    assert furniture.find_masks(session.project, "Le Fanal", keys, JobContext()) == {}


def test_undo_brings_the_lines_back_and_forgetting_ends_the_rule(session):
    one, two = add(session, 1), add(session, 2)
    keys = furniture.remember(session, one, Span(11, 14))
    furniture.mask_all(
        session, furniture.find_masks(session.project, "Le Fanal", keys, JobContext())
    )
    session.undo()
    assert masked(session, one) == masked(session, two) == []
    assert furniture.rules_of(session.project, "le fanal") == keys
    furniture.forget(session, "Le Fanal")
    assert masked(session, add(session, 5)) == []


def test_a_rule_needs_an_outlet_and_words(session):
    nowhere = add(session, 1, "")
    with pytest.raises(UserError, match="no-outlet"):
        furniture.remember(session, nowhere, Span(0, 5))
    somewhere = add(session, 2)
    with pytest.raises(UserError, match="furniture-no-line"):
        furniture.remember(session, somewhere, Span(10, 11))


def test_a_broken_setting_is_no_rule(session):
    session.project.set_setting("furniture/le fanal", '{"not": "a list"}')
    assert furniture.rules_of(session.project, "Le Fanal") == frozenset()
    session.project.set_setting("furniture/le fanal", "[")
    assert furniture.rules_of(session.project, "Le Fanal") == frozenset()
