"""Right-to-left paragraphs and mixed lines: places, marks and the arrow keys."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.article.sample import Columns

TEXT = (
    "The minister said.\nאמר השר כי הסכר יישאר סגור, according to Reuters, עד הקיץ.\n"
    "قال الوزير إن السد سيبقى مغلقا حتى الصيف."
)


@pytest.fixture
def mixed(make_view):
    return make_view(TEXT, height=300)


def test_paragraph_of_hebrew_begins_at_the_right(mixed):
    page = mixed.sheet.columns
    start = TEXT.index("אמר")
    assert mixed.rect_of(start).left() == pytest.approx(page.text_right, abs=2)
    assert mixed.rect_of(0).left() == pytest.approx(page.text, abs=1)


def test_every_caret_place_leads_back(mixed):
    for position in range(len(TEXT) + 1):
        rect = mixed.sheet.caret_rect(position)
        found = mixed.sheet.position_at(rect.left(), rect.center().y())
        assert mixed.sheet.caret_rect(found) == rect


def test_mark_across_the_turn_of_direction(mixed):
    start, end = TEXT.index("סגור"), TEXT.index("Reuters") + 7
    mixed.set_spans(Columns.of([(start, end, "quote", "q")]))
    assert len(mixed.sheet.span_rects(start, end)) >= 1
    total = sum(r.width() for r in mixed.sheet.span_rects(start, end))
    parts = sum(r.width() for p in range(start, end) for r in mixed.sheet.span_rects(p, p + 1))
    assert total == pytest.approx(parts, abs=3)
    mixed.viewport().grab()


def test_arrow_to_the_left_reads_on_in_hebrew(mixed):
    start = TEXT.index("אמר")
    mixed.set_caret(start)
    QTest.keyClick(mixed, Qt.Key.Key_Left)
    assert mixed.caret() == start + 1
    QTest.keyClick(mixed, Qt.Key.Key_Right)
    assert mixed.caret() == start


def test_split_paragraph_keeps_its_direction(make_view):
    text = "שלום " * 3000
    view = make_view(text)
    view.bar.setValue(view.bar.maximum() // 2)
    view.viewport().grab()
    assert all(view.sheet.text_row(row).rtl for row, _ in view.sheet.visible())


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.text(alphabet="ab é«»\u00a0😀e\u0301שלمر,.\u200b\t👩\u200d🚒", max_size=120), max_size=6
    ).map("\n".join)
)
def test_position_to_place_to_position_for_any_text(mixed, text):
    mixed.set_article(text)
    sheet = mixed.sheet
    seen = set()
    for position in range(len(text) + 1):
        rect = sheet.caret_rect(position)
        found = sheet.position_at(rect.left(), rect.center().y())
        again = sheet.caret_rect(found)
        assert (again.left(), again.top()) == pytest.approx((rect.left(), rect.top()), abs=0.6)
        seen.add(found)
    plain = text.isascii() and "\t" not in text
    if plain:
        assert len(seen) >= len(text.replace(" ", "")) - text.count("\n")
    for start in range(0, len(text), 7):
        for rect in sheet.span_rects(start, min(len(text), start + 9)) if start < len(text) else ():
            assert rect.left() >= sheet.columns.text - 1
            assert rect.right() <= sheet.columns.text_right + 1
