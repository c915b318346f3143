"""Find in the article: all hits shown, the current one told apart, gone to in a round."""

from __future__ import annotations

from annotator.model.span import Span
from gui.article.sample import TEXT, span_of
from gui.article.test_painting import near, picture, wash_at


def test_all_hits_are_told_and_shown(view, qtbot):
    with qtbot.waitSignal(view.hits_changed) as told:
        view.find_text("source")
    assert told.args == [-1, TEXT.lower().count("source")]
    image = picture(view)
    plain = wash_at(view, image, TEXT.index("couvert") + 2)
    assert not near(wash_at(view, image, TEXT.index("sources proches") + 2), plain, 8)


def test_going_to_a_hit_selects_and_shows_it(view):
    view.set_caret(TEXT.index("deux sources"))
    view.find_text("la région")
    assert view.find_next() == span_of("la Région")
    assert view.selection() == span_of("la Région")
    assert view.finder.hits.current == 0


def test_current_hit_looks_different(view):
    view.find_text("vannes")
    view.set_hits([span_of("vannes"), span_of("vannes de fond")], current=0)
    image = picture(view)
    first = wash_at(view, image, TEXT.index("vannes") + 2)
    view.set_hits([span_of("vannes"), span_of("vannes de fond")], current=1)
    assert wash_at(view, picture(view), TEXT.index("vannes") + 2) != first


def test_no_hits_and_clearing(view, qtbot):
    view.find_text("source")
    with qtbot.waitSignal(view.hits_changed) as told:
        view.find_text("nowhere to be found")
    assert told.args == [-1, 0]
    assert view.find_next() is None
    view.find_text("")
    assert len(view.finder.hits) == 0


def test_another_article_forgets_the_search(view):
    view.find_text("source")
    view.set_article("Une source.")
    assert len(view.finder.hits) == 0


def test_hit_in_folded_furniture_is_unfolded(view):
    view.set_caret(0)
    view.find_text("Partager")
    span = view.find_next()
    assert span == span_of("Partager")
    assert view.rects_of(span)
    assert view.rects_of(Span(span.start, span.start + 1))[0].width() < 20
