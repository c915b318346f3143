"""Page furniture is greyed, folded to a line, peeked into and brought back."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from annotator.gui.article import rows as r
from annotator.gui.article.header import FoldBlock
from gui.article.pointer import LEFT, NONE
from gui.article.sample import FURNITURE, HEADLINE, PARAGRAPHS, TEXT, span_of


def fold_places(view):
    """Return a point on the chip and one on the words of the first fold."""
    row, y = next(
        (a, b) for a, b in view.sheet.visible() if view.sheet.rows.kinds[a] in (r.FOLD, r.OPEN)
    )
    block = view.sheet.block(row)
    assert isinstance(block, FoldBlock)
    left, top = view.sheet.columns.text, y + view.sheet.before(row)
    chip = block.chip.translated(left, top).center().toPoint()
    return chip, QPoint(int(left) + 30, chip.y())


def test_the_chip_asks_to_bring_it_back(view, qtbot):
    chip, _ = fold_places(view)
    with qtbot.waitSignal(view.mask_clicked) as told:
        QTest.mouseClick(view.viewport(), LEFT, NONE, chip)
    assert told.args == [span_of(FURNITURE)]


def test_bringing_it_back_keeps_the_words_in_view(make_view):
    view = make_view(height=240)
    view.scroll_px(120)
    at = TEXT.index(PARAGRAPHS[1])
    before = view.rect_of(at).top()
    view.set_mask(())
    assert abs(view.rect_of(at).top() - before) <= 1
    assert r.FOLD not in view.sheet.rows.kinds
    assert view.sheet.rows.number(view.sheet.rows.row_of(0)) == 1


def test_a_click_beside_the_chip_unfolds_and_folds(view, qtbot):
    _, words = fold_places(view)
    with qtbot.assertNotEmitted(view.mask_clicked):
        QTest.mouseClick(view.viewport(), LEFT, NONE, words)
        assert r.MASKED in view.sheet.rows.kinds
        _, words = fold_places(view)
        QTest.mouseClick(view.viewport(), LEFT, NONE, words)
    assert r.MASKED not in view.sheet.rows.kinds


def test_going_to_hidden_words_unfolds_them(view):
    view.scroll_to(span_of("Partager"))
    row = view.sheet.rows.row_of(TEXT.index("Partager"))
    assert view.sheet.rows.kinds[row] == r.MASKED


def test_caret_steps_over_what_is_folded(view):
    from PySide6.QtCore import Qt

    view.set_caret(TEXT.index(HEADLINE))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.caret() == TEXT.index(HEADLINE)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.caret() in (0, TEXT.index(HEADLINE))


def test_headline_of_the_text_is_not_said_twice(view, make_view):
    assert r.HEADLINE in view.sheet.rows.kinds
    with_one = view.sheet.block(view.sheet.rows.kinds.index(r.HEADER)).height
    other = make_view("Body.", header=view.sheet.header)
    assert other.sheet.block(0).height > with_one + 20


def test_colour_of_furniture_inside_a_paragraph(make_view):
    from annotator.model.span import Span

    view = make_view("Words (advertisement) words.", mask=(Span(6, 21),), height=200)
    image = view.viewport().grab().toImage()
    inside = view.rects_of(Span(7, 20))[0]
    colours = {
        image.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right())
        for y in range(inside.top(), inside.bottom())
    }
    assert view.colours.ink.name() not in colours
    assert len(colours) > 3
