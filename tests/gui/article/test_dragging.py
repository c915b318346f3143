"""Marks are carried onto marks, files onto the article."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.article.dragging import MARK_MIME, drag_of, dragged_mark, mark_mime
from gui.article.pointer import LEFT, NONE, hover, move, point_of
from gui.article.sample import TEXT

ACTIONS = Qt.DropAction.LinkAction | Qt.DropAction.CopyAction


def send(view, kind, data, point):
    at = QPointF(point) if kind is QDropEvent else point
    event = kind(at, ACTIONS, data, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), event)
    return event


def drop(view, data, point):
    entered = send(view, QDragEnterEvent, data, point)
    moved = send(view, QDragMoveEvent, data, point)
    return entered.isAccepted() and moved.isAccepted(), lambda: send(view, QDropEvent, data, point)


def test_dropping_a_mark_on_a_mark_tells_both(view, qtbot):
    taken, let_go = drop(view, mark_mime("s2"), point_of(view, TEXT.index("tout le monde")))
    assert taken
    assert view.layer.emphasis.drop_target == "q1"
    with qtbot.waitSignal(view.dropped_mark) as told:
        let_go()
    assert told.args == ["s2", "q1"]
    assert view.layer.emphasis.drop_target == ""


def test_a_mark_is_not_dropped_on_itself_or_on_nothing(view, qtbot):
    for words in ("tout le monde", "jeudi"):
        taken, let_go = drop(view, mark_mime("q1"), point_of(view, TEXT.index(words)))
        assert not taken
        with qtbot.assertNotEmitted(view.dropped_mark):
            let_go()


def test_files_dropped_are_told(view, qtbot, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.html")), QUrl("https://example.org/x")])
    taken, let_go = drop(view, data, QPoint(300, 300))
    assert taken
    with qtbot.waitSignal(view.files_dropped) as told:
        let_go()
    assert told.args == [[str(tmp_path / "a.html")]]


def test_other_things_are_not_taken(view):
    data = QMimeData()
    data.setText("words")
    assert not send(view, QDragEnterEvent, data, QPoint(300, 300)).isAccepted()


def test_a_dragged_mark_carries_its_id_and_no_words(view):
    style = view.layer.styles.style("quote")
    drag = drag_of(view, "q1", TEXT, style, view.sheet.type, view.colours)
    data = drag.mimeData()
    assert data.formats() == [MARK_MIME]
    assert dragged_mark(data) == "q1"
    assert not drag.pixmap().isNull()
    drag.deleteLater()


def bar_of(view, words, mark_id):
    row = view.sheet.rows.row_of(TEXT.index(words))
    top = dict(view.sheet.visible())[row] + view.sheet.before(row)
    boxes = {bar.mark_id: box for bar, box in view.painter().bars(view.sheet.text_row(row), top)}
    return boxes[mark_id].center().toPoint()


@pytest.mark.parametrize("by", ["bar", "control", "hold"])
def test_a_mark_is_taken_by_its_bar_with_control_or_after_a_while(view, qtbot, by):
    """Press, move, let go over another mark.

    Offscreen there is no drag, only its beginning; X delivers only the first that has no real hand.
    """
    words = point_of(view, TEXT.index("sous couvert"))
    target = point_of(view, TEXT.index("tout le monde"))
    start = bar_of(view, "Les vannes", "s2") if by == "bar" else words
    held = Qt.KeyboardModifier.ControlModifier if by == "control" else NONE
    viewport, dropped = view.viewport(), []
    view.dropped_mark.connect(lambda one, onto: dropped.append((one, onto)))

    def let_go():
        at = viewport.mapTo(view, target)
        QTest.mouseMove(view.windowHandle(), at)
        QTest.mouseRelease(view.windowHandle(), LEFT, NONE, at)

    QTest.mousePress(viewport, LEFT, held, start)
    if by == "hold":
        qtbot.waitUntil(lambda: viewport.cursor().shape() == Qt.CursorShape.ClosedHandCursor)
    QTimer.singleShot(50, view, let_go)
    with qtbot.waitSignal(view.mark_drag_started) as told:
        move(view, start + QPoint(25, 3), held)
    assert told.args == ["s2"]
    assert view.selection() is None
    if QGuiApplication.platformName() != "offscreen" and by == "bar":
        assert dropped == [("s2", "q1")]


def test_a_click_on_a_bar_tells_its_mark(view, qtbot):
    with qtbot.waitSignal(view.mark_clicked) as told:
        QTest.mouseClick(view.viewport(), LEFT, NONE, bar_of(view, "Le ministère", "s3"))
    assert told.args == [["s3"]]


def test_a_click_on_a_note_tells_its_place(view, qtbot):
    note = view.painter().placed_notes(view.sheet.visible())[1]
    with qtbot.waitSignal(view.note_clicked) as told:
        QTest.mouseClick(view.viewport(), LEFT, NONE, note.box.center().toPoint())
    assert told.args == [TEXT.index("«\u00a0Les vannes")]


def test_hovering_tells_marks_and_shows_the_hand(view, qtbot):
    with qtbot.waitSignal(view.mark_hovered) as told:
        hover(view, point_of(view, TEXT.index("études complémentaires") + 3))
    assert told.args == [["q3", "q2"]]
    assert view.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    hover(view, bar_of(view, "Le ministère", "s3"))
    assert view.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    with qtbot.waitSignal(view.mark_hovered) as told:
        hover(view, QPoint(view.width() - 40, 20))
    assert told.args == [[]]
