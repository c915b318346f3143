"""A screen reader gets the words, the caret, the selection and the mark under the caret."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QAccessible

from annotator.model.span import Span
from gui.article.sample import TEXT, span_of


@pytest.fixture
def asked(view):
    view.answer_screen_readers()
    return QAccessible.queryAccessibleInterface(view)


@pytest.fixture
def words(asked):
    return asked.textInterface()


def utf16(position):
    return len(TEXT[:position].encode("utf-16-le")) // 2


def test_it_is_a_document_with_a_name(asked):
    assert asked.role() == QAccessible.Role.Document
    assert asked.text(QAccessible.Text.Name) == "Article"
    assert asked.state().readOnly
    assert asked.state().focusable


def test_text_is_the_canonical_text_counted_as_qt_counts(words):
    assert words.characterCount() == utf16(len(TEXT))
    assert words.text(0, words.characterCount()) == TEXT
    wave = TEXT.index("🌊")
    assert words.text(utf16(wave), utf16(wave) + 2) == "🌊"
    assert words.text(utf16(wave) + 2, -1) == TEXT[wave + 1 :]


def test_caret_both_ways(view, words):
    after = TEXT.index("puis plus rien")
    view.set_caret(after)
    assert words.cursorPosition() == utf16(after)
    words.setCursorPosition(utf16(5))
    assert view.caret() == 5


def test_selection_both_ways(view, words):
    assert words.selectionCount() == 0
    span = span_of("puis plus rien")
    view.select(span)
    assert words.selectionCount() == 1
    assert words.selection(0) == (utf16(span.start), utf16(span.end))
    words.setSelection(0, 3, 9)
    assert view.selection() == Span(3, 9)
    words.removeSelection(0)
    assert view.selection() is None


def test_marks_under_the_caret_are_told_in_words(view, asked, words):
    at = TEXT.index("études complémentaires")
    view.set_caret(at)
    assert asked.text(QAccessible.Text.Description) == "quote, quote"
    told, start, end = words.attributes(utf16(at))
    assert told == "mark:quote, quote;"
    assert start <= utf16(at) < end
    view.set_caret(TEXT.index("deux sources"))
    assert asked.text(QAccessible.Text.Description) == "unnamed source"
    view.set_caret(TEXT.index("jeudi"))
    assert asked.text(QAccessible.Text.Description) == ""


def test_places_on_the_screen_lead_back(view, words):
    at = utf16(TEXT.index("ministère"))
    rect = words.characterRect(at)
    assert rect.width() > 3
    assert words.offsetAtPoint(rect.topLeft()) == at


def test_scrolling_to_a_stretch(make_view):
    text = "\n".join(f"Paragraph {n}." for n in range(300))
    view = make_view(text)
    words = QAccessible.queryAccessibleInterface(view).textInterface()
    words.scrollToSubstring(len(text) - 5, len(text))
    assert view.rects_of(Span(len(text) - 5, len(text)))


def test_events_are_sent_to_a_reader_that_listens(view):
    QAccessible.setActive(True)
    try:
        view.set_caret(TEXT.index("deux sources"))
        view.select(span_of("puis plus rien"))
        view.set_article("Autre.")
    finally:
        QAccessible.setActive(False)


def test_views_come_and_go(qtbot):
    from annotator.gui.article.view import ArticleView

    for number in range(5):
        view = ArticleView()
        view.set_article(f"Article {number}")
        words = QAccessible.queryAccessibleInterface(view).textInterface()
        assert words.text(0, 7) == "Article"
        gone = []
        view.destroyed.connect(lambda *_, g=gone: g.append(1))
        view.deleteLater()
        del view, words
        qtbot.waitUntil(lambda g=gone: bool(g))
        gc.collect()
