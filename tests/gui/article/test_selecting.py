"""Caret and selection by mouse and keyboard, in the text a French newsroom prints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.article.view import ArticleView
from annotator.model.span import Span
from gui.article.pointer import LEFT, NONE, click, double_click, drag, drag_points, point_of
from gui.article.sample import PARAGRAPHS, TEXT, span_of

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
HARD = "Là-bas 😀👩\u200d🚒 e\u0301te\u0301 «\u00a0Non\u202f!\u00a0» fin."


def press(view, key, modifiers=NONE, times=1):
    for _ in range(times):
        QTest.keyClick(view, key, modifiers)


def words(view):
    span = view.selection()
    return span.slice(view.text) if span else ""


def test_a_click_puts_the_caret_there_and_tells_the_marks(view, qtbot):
    at = TEXT.index("deux sources") + 5
    with qtbot.waitSignal(view.mark_clicked) as clicked, qtbot.waitSignal(view.caret_moved):
        click(view, at)
    assert view.caret() == at
    assert clicked.args == [["s1"]]


def test_a_click_beside_all_marks_says_so(view, qtbot):
    with qtbot.waitSignal(view.mark_clicked) as told:
        click(view, TEXT.index("jeudi"))
    assert told.args == [[]]


def test_a_click_on_nested_marks_tells_the_innermost_first(view, qtbot):
    with qtbot.waitSignal(view.mark_clicked) as told:
        click(view, TEXT.index("études complémentaires") + 3)
    assert told.args == [["q3", "q2"]]


def test_drag_selects_whole_words(view, qtbot):
    start = TEXT.index("Région avait") + 2
    with qtbot.waitSignal(view.selection_changed):
        drag(view, start, TEXT.index("informée") + 3)
    assert words(view) == "Région avait été informée"


def test_drag_backwards_leaves_the_caret_at_the_front(view):
    drag(view, TEXT.index("informée") + 3, TEXT.index("Région avait") + 2)
    assert words(view) == "Région avait été informée"
    assert view.caret() == view.selection().start


def test_alt_selects_exactly(view):
    start, end = TEXT.index("Région") + 2, TEXT.index("informée") + 3
    drag(view, start, end, ALT)
    assert view.selection() == Span(start, end)


def test_snapping_is_a_setting(view):
    view.snaps_to_words = False
    start, end = TEXT.index("Région") + 2, TEXT.index("informée") + 3
    drag(view, start, end)
    assert view.selection() == Span(start, end)


def test_double_click_takes_the_word(view, qtbot):
    with qtbot.waitSignal(view.mark_double_clicked) as told:
        double_click(view, TEXT.index("secoNDE".lower()) + 2)
    assert words(view) == "seconde"
    assert told.args == [["s4"]]


def test_third_and_fourth_click_take_sentence_and_paragraph(view):
    at = TEXT.index("dirige")
    double_click(view, at)
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_of(view, at))
    assert words(view).startswith("Irène Castel, qui dirige")
    assert words(view).endswith("commentaire.")
    QTest.mouseClick(view.viewport(), LEFT, NONE, point_of(view, at))
    assert words(view) == PARAGRAPHS[2]


def test_drag_after_a_double_click_goes_on_by_words(view):
    at, to = TEXT.index("Région") + 2, TEXT.index("informée") + 1
    start, end = point_of(view, at), point_of(view, to)
    view.snaps_to_words = False
    QTest.mouseClick(view.viewport(), LEFT, NONE, start)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, start)
    from gui.article.pointer import move

    move(view, end)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    assert words(view) == "Région avait été informée"


def test_shift_click_extends(view):
    click(view, TEXT.index("La seconde"))
    click(view, TEXT.index("que la Région"), SHIFT)
    assert words(view) == "La seconde source a précisé "


def test_drag_below_the_window_scrolls_and_selects(make_view, qtbot):
    text = "\n".join(f"Paragraph {n} with some words." for n in range(200))
    view = make_view(text, height=300)
    start = point_of(view, 3)
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    from gui.article.pointer import move

    move(view, QPoint(start.x() + 90, 420))
    qtbot.waitUntil(lambda: view.bar.value() > 400)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(start.x() + 90, 420))
    assert view.selection().start == 0
    assert view.selection().end > 500
    value = view.bar.value()
    qtbot.wait(80)
    assert view.bar.value() == value


def test_copy_is_plain_text_only(view):
    span = span_of("«\u00a0On nous a promis des “études complémentaires” 🌊")
    view.select(span)
    press(view, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == span.slice(TEXT)
    assert not data.hasHtml()


def test_arrows_step_over_whole_characters(make_view):
    view = make_view(HARD)
    view.set_caret(0)
    seen = [0]
    while seen[-1] != len(HARD):
        press(view, Qt.Key.Key_Right)
        seen.append(view.caret())
    inside = {
        HARD.index("\u200d"),
        HARD.index("🚒"),
        *(i for i, c in enumerate(HARD) if c == "\u0301"),
    }
    assert not inside & set(seen)
    back = [len(HARD)]
    while back[-1]:
        press(view, Qt.Key.Key_Left)
        back.append(view.caret())
    assert back[::-1] == seen


def test_shift_arrows_select_and_arrows_leave_the_selection(make_view):
    view = make_view(HARD)
    at = HARD.index("😀")
    view.set_caret(at)
    press(view, Qt.Key.Key_Right, SHIFT, times=2)
    assert words(view) == "😀👩\u200d🚒"
    press(view, Qt.Key.Key_Left)
    assert (view.selection(), view.caret()) == (None, at)


def test_word_keys(make_view):
    view = make_view("Est-ce l’homme ?\nUne «\u00a0ligne\u00a0».")
    view.set_caret(0)
    stops = []
    for _ in range(6):
        press(view, Qt.Key.Key_Right, CONTROL)
        stops.append(view.text[view.caret() :][:6])
    assert stops == ["l’homm", "homme ", "\nUne «", "Une «\u00a0", "ligne\u00a0", ""]
    press(view, Qt.Key.Key_Left, CONTROL)
    assert view.text[view.caret() :].startswith("ligne")


def test_down_and_up_keep_the_column(view):
    view.set_caret(TEXT.index("barrage de Verne n") + 4)
    start = view.caret()
    x = view.rect_of(start).left()
    for _ in range(5):
        press(view, Qt.Key.Key_Down)
    for _ in range(5):
        press(view, Qt.Key.Key_Up)
    assert view.caret() == start
    press(view, Qt.Key.Key_Down)
    assert abs(view.rect_of(view.caret()).left() - x) < 14


def test_home_end_and_document_keys(view):
    at = TEXT.index("du barrage")
    view.set_caret(at)
    press(view, Qt.Key.Key_End)
    line_end = view.caret()
    press(view, Qt.Key.Key_Home)
    assert view.caret() < at < line_end
    assert view.rect_of(view.caret()).top() == view.rect_of(line_end).top()
    press(view, Qt.Key.Key_End, CONTROL)
    assert view.caret() == len(TEXT)
    press(view, Qt.Key.Key_Home, CONTROL | SHIFT)
    assert words(view) == TEXT


def test_page_keys_keep_the_caret_in_view(make_view):
    text = "\n".join(f"Paragraph {n}. " + "Some words. " * 20 for n in range(100))
    view = make_view(text, height=400)
    view.set_caret(0)
    for _ in range(6):
        before = view.caret()
        press(view, Qt.Key.Key_PageDown)
        assert view.caret() > before
        assert view.viewport().rect().contains(view.rect_of(view.caret()).center())
    for _ in range(7):
        press(view, Qt.Key.Key_PageUp)
    assert view.caret() < 100


def test_paragraph_keys(view):
    second = TEXT.index(PARAGRAPHS[1])
    view.set_caret(second + 5)
    press(view, Qt.Key.Key_Down, CONTROL)
    assert view.caret() == TEXT.index(PARAGRAPHS[2])
    press(view, Qt.Key.Key_Up, CONTROL, times=2)
    assert view.caret() == TEXT.index(PARAGRAPHS[0])


def test_keys_that_are_not_the_carets_go_to_the_window(qtbot):
    class Window(QWidget):
        keys = ()

        def keyPressEvent(self, event):  # noqa: N802
            self.keys += (event.key(),)

    window = Window()
    qtbot.addWidget(window)
    view = ArticleView(window)
    view.set_article("Abc.")
    window.show()
    for key in (Qt.Key.Key_Q, Qt.Key.Key_S, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        press(view, key)
    press(view, Qt.Key.Key_Right)
    assert window.keys == (Qt.Key.Key_Q, Qt.Key.Key_S, Qt.Key.Key_Escape, Qt.Key.Key_Delete)


def test_escape_first_leaves_the_selection(view):
    view.select(span_of("La seconde source"))
    press(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_context_menu_is_asked_for_with_its_position(view, qtbot):
    from PySide6.QtGui import QContextMenuEvent

    at = TEXT.index("ministère")
    point = point_of(view, at)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point)
    )
    with qtbot.waitSignal(view.context_menu) as told:
        QApplication.sendEvent(view.viewport(), event)
    assert told.args[1] == at
    assert view.caret() == at


def test_context_menu_leaves_a_selection_that_it_is_asked_on(view, qtbot):
    from PySide6.QtGui import QContextMenuEvent

    view.select(span_of("Le ministère de l’Énergie"))
    point = point_of(view, TEXT.index("ministère"))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point)
    )
    QApplication.sendEvent(view.viewport(), event)
    assert words(view) == "Le ministère de l’Énergie"


@pytest.mark.parametrize("edge", ["start", "end"])
def test_dragging_a_handle_moves_an_edge_to_a_word(view, qtbot, edge):
    view.set_selected(["s4"])
    grip = next(g for g in view.painter().grips() if g.edge == edge)
    to = TEXT.index("précisé") + 5 if edge == "end" else TEXT.index("seconde") + 1
    target = QPoint(point_of(view, to).x(), int(grip.bottom) - 4)
    knob = QPoint(int(grip.x), int(grip.top if edge == "start" else grip.bottom))
    with qtbot.waitSignal(view.edge_dragged) as told:
        drag_points(view, knob, target)
    expected = TEXT.index("précisé") + 7 if edge == "end" else TEXT.index("seconde")
    assert told.args == ["s4", 0, edge, expected]
    assert view.selection() is None
