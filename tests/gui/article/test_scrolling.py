"""What is read stays where it is: while heights fill in, on resize, on zoom, on folding."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt

from annotator.model.span import Span
from gui.article.pointer import wheel
from gui.article.sample import Columns, span_of

CONTROL = Qt.KeyboardModifier.ControlModifier


def long_text(paragraphs=900, seed=3):
    dice = random.Random(seed)
    words = ("la", "source", "a", "dit", "que", "«", "restera", "»", "jusqu’à", "l’été", "rapport")
    return "\n".join(
        f"{n}. " + " ".join(dice.choices(words, k=dice.randint(3, 160))) for n in range(paragraphs)
    )


def top_line(view):
    """Return the position of the first whole line in view and its y."""
    return view.sheet.top_place()


def places(view):
    return [(row, y) for row, y in view.sheet.visible()]


def test_filling_in_heights_never_moves_the_words(make_view, qtbot):
    view = make_view(long_text())
    view.bar.setValue(view.bar.maximum() // 2)
    before, picture = places(view), view.viewport().grab().toImage()
    assert not view.sheet.is_filled
    told = []
    view.bar.valueChanged.connect(told.append)
    qtbot.waitUntil(lambda: view.idler.is_done, timeout=10_000)
    assert places(view) == before
    assert view.viewport().grab().toImage() == picture
    assert view.bar.value() == round(view.sheet.flow.value)
    assert told == []


def test_scroll_bar_is_exact_when_filled(make_view, qtbot):
    view = make_view(long_text(120))
    qtbot.waitUntil(lambda: view.idler.is_done, timeout=10_000)
    view.bar.setValue(view.bar.maximum())
    row, y = view.sheet.visible()[-1]
    assert row == len(view.sheet.rows) - 1
    assert y + view.sheet.flow.heights[row] == pytest.approx(view.viewport().height())


@pytest.mark.parametrize("steps", [-3, 2])
def test_wheel_scrolls_by_the_px(make_view, steps):
    view = make_view(long_text())
    view.bar.setValue(view.bar.maximum() // 3)
    before = dict(places(view))
    wheel(view, steps)
    after = dict(places(view))
    moved = {after[row] - before[row] for row in before.keys() & after.keys()}
    assert len(moved) == 1
    assert moved.pop() * steps > 0


def test_scrolling_up_into_unmeasured_rows_moves_evenly(make_view):
    view = make_view(long_text())
    view.bar.setValue(view.bar.maximum() // 2)
    for _ in range(60):
        before = dict(places(view))
        view.bar.setValue(view.bar.value() - 40)
        after = dict(places(view))
        assert {after[row] - before[row] for row in before.keys() & after.keys()} == {40.0}


def test_resize_keeps_the_top_line(make_view):
    view = make_view(long_text(), width=1000)
    view.bar.setValue(view.bar.maximum() // 2)
    position, _ = top_line(view)
    y = view.rect_of(position).top()
    for width in (*range(990, 400, -7), 620, 480, 820, 1000):
        view.resize(width, 600)
        row = view.sheet.rows.row_of(position)
        rect = view.rect_of(position)
        assert rect.top() == pytest.approx(y, abs=1), width
        assert row in dict(places(view))


def test_height_alone_moves_nothing(make_view):
    view = make_view(long_text())
    view.bar.setValue(2000)
    before = places(view)[:3]
    view.resize(view.width(), 450)
    assert places(view)[:3] == before


def test_zoom_keeps_the_top_line(make_view, qtbot):
    view = make_view(long_text())
    view.bar.setValue(view.bar.maximum() // 2)
    position, y = top_line(view)
    with qtbot.waitSignal(view.zoom_changed):
        wheel(view, 3, CONTROL)
    assert view.zoom == pytest.approx(1.331)
    again, new_y = top_line(view)
    assert (again, new_y) == pytest.approx((position, y), abs=8) or view.rect_of(
        position
    ).top() < 40
    view.set_zoom(99)
    assert view.zoom == 3.0
    view.set_zoom(1.0)
    assert abs(view.rect_of(position).top()) < 2 * view.sheet.type.pitch


def test_reaching_the_end_and_coming_back(make_view):
    view = make_view(long_text(300))
    view.set_caret(len(view.text))
    assert view.viewport().rect().contains(view.rect_of(len(view.text)).center())
    view.set_caret(0)
    assert view.bar.value() == 0


def test_scroll_to_leaves_what_is_in_view_where_it_is(view):
    before = places(view)
    view.scroll_to(span_of("tout retard"))
    assert places(view) == before


def test_scroll_to_shows_far_words_in_the_upper_part(make_view):
    text = long_text()
    view = make_view(text)
    at = text.index("\n777. ") + 1
    view.scroll_to(Span(at, at + 4))
    top = view.rect_of(at).top()
    assert 0 < top < view.viewport().height() / 2


def test_one_line_of_a_megabyte(make_view, qtbot):
    text = ("La source a dit que le barrage restera fermé. " * 23_000)[:1_000_000]
    view = make_view(text)
    assert len(view.sheet.rows) > 200
    for share in (0.5, 0.99, 0.2):
        view.bar.setValue(round(view.bar.maximum() * share))
        view.viewport().grab()
        position = view.sheet.position_at(view.sheet.columns.text + 40, 200)
        assert abs(position - share * len(text)) < 0.05 * len(text)
    view.set_caret(500_000)
    assert view.viewport().rect().contains(view.rect_of(500_000).center())
    view.find_text("barrage")
    qtbot.waitUntil(lambda: not view.finder.is_searching)
    assert len(view.finder.hits) == text.count("barrage")


def test_one_word_of_a_megabyte(make_view):
    view = make_view("x" * 1_000_000)
    view.bar.setValue(view.bar.maximum() // 2)
    view.viewport().grab()
    at = view.sheet.position_at(view.sheet.columns.text + 200, 300)
    assert 400_000 < at < 600_000
    assert view.rect_of(at).center().y() == pytest.approx(300, abs=view.sheet.type.pitch)


def test_empty_text_and_blank_lines(make_view):
    view = make_view("")
    view.viewport().grab()
    assert view.caret() == 0
    view.set_article("\n\nA\n\n\n\nB\n")
    view.viewport().grab()
    seen = {view.sheet.position_at(200.0, float(y)) for y in range(0, 300, 2)}
    assert seen == {0, 1, 3, 4, 5, 6, 8, 9}


def test_the_column_never_goes(make_view):
    view = make_view()
    for width in (1600, 1000, 830, 700, 560, 420, 300):
        view.resize(width, 500)
        page = view.sheet.columns
        assert page.width >= min(view.sheet.type.measure, width - 100), width
        assert page.text_right <= width
        assert (page.notes_width > 0) == (width >= 830), width


def test_marks_do_not_change_heights(make_view):
    text = long_text(40)
    view = make_view(text)
    before = places(view)
    view.set_spans(Columns.of([(0, len(text), "quote", "q"), (3, 30, "cue", "u")]))
    view.viewport().grab()
    assert places(view) == before
