"""A row of text: position -> place -> position, for any text; colour never moves a letter."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from annotator.gui.article import fonts
from annotator.gui.article.text_row import Setting, TextRow, is_right_to_left

LATIN = "abcdefgh ÉÀœfi’«»\u00a0\u202f–1,5."
HARD = LATIN + "😀👩\u200d🚒🇫🇷e\u0301\u0302\u200b\u00ad\tשלוםمرحبا\u202e\u2067中文"
WORDS = st.text(alphabet=st.sampled_from(HARD), min_size=1, max_size=160)
PLAIN = st.text(alphabet=st.sampled_from(LATIN), min_size=1, max_size=200)


@pytest.fixture(scope="module")
def font(qapp):
    fonts.load()
    font = QFont(fonts.SERIF)
    font.setPixelSize(18)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def row_of(text, font, *, width=240.0, start=0):
    setting = Setting(font, width, 28.0, rtl=is_right_to_left(text))
    return TextRow(text, start, setting)


def carets(row):
    """Return the caret positions from start to end."""
    out, at = [row.start], row.start
    while (following := row.step(at, 1)) is not None:
        out.append(following)
        at = following
    return out


@settings(deadline=None)
@given(WORDS, st.integers(0, 5000))
def test_caret_place_and_back(font, text, start):
    row = row_of(text, font, start=start)
    for position in carets(row):
        line, x = row.caret(position)
        found = row.position_in(line, x)
        assert row.caret(found) == pytest.approx((line, x), abs=0.6)


@settings(deadline=None)
@given(PLAIN)
def test_in_text_of_one_direction_the_place_gives_the_very_position(font, text):
    row = row_of(text, font)
    for position in carets(row):
        line, x = row.caret(position)
        beside = [p for p in carets(row) if row.caret(p) == pytest.approx((line, x), abs=0.05)]
        assert row.position_in(line, x) in beside


@settings(deadline=None)
@given(WORDS)
def test_stepping_there_and_back_meets_the_same_positions(font, text):
    row = row_of(text, font)
    forth = carets(row)
    back, at = [row.end], row.end
    while (before := row.step(at, -1)) is not None:
        back.append(before)
        at = before
    assert forth[-1] == row.end
    assert back[::-1] == forth


@settings(deadline=None)
@given(WORDS, st.data())
def test_stretches_lie_in_the_column_and_cover_the_lines_between(font, text, data):
    row = row_of(text, font)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = row.stretches(start, end)
    assert all(-1 <= left <= right <= 242 for _, left, right in found)
    lines = [line for line, _, _ in found]
    assert lines == sorted(lines)
    assert set(lines) <= set(range(len(row.lines)))


@settings(deadline=None)
@given(st.text(alphabet=LATIN.replace("f", ""), min_size=1, max_size=200), st.data())
def test_colour_changes_no_shape(font, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = row_of(text, font)
    plain = picture(row)
    row.set_colours([(start, end, QColor("black"))])
    assert picture(row) == plain


def picture(row):
    image = QImage(260, int(row.height) + 8, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("black"))
    row.draw(painter, 4, 4, QRectF())
    painter.end()
    return image


def test_lines_stand_on_one_grid_whatever_they_hold(font):
    row = row_of("Abc 😀 défghij «\u00a0oui\u00a0» " * 6, font)
    baselines = [line.baseline for line in row.lines]
    assert len(baselines) > 3
    assert {b - a for a, b in itertools.pairwise(baselines)} == {28.0}


def test_right_to_left_paragraph_stands_at_the_right(font):
    row = row_of("שלום עולם, hello", font)
    assert row.rtl
    assert row.caret(0)[1] == pytest.approx(240, abs=0.5)
    (first, left, right) = row.stretches(0, 4)[0]
    assert first == 0
    assert right == pytest.approx(240, abs=0.5)
    assert left < 220


def test_mixed_line_gives_one_stretch_a_run(font):
    row = row_of("abc שלום def", font, width=400.0)
    assert len(row.stretches(0, 12)) == 1
    assert len(row.stretches(2, 6)) == 2


def test_word_too_long_for_the_column_is_broken(font):
    row = row_of("x" * 400, font)
    assert len(row.lines) > 5
    assert all(line.right <= 240.5 for line in row.lines)
