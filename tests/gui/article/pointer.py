"""Move the pointer as a hand would, with real events on the viewport."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def point_of(view, position, *, inside=True):
    """Return a point on the character after a position (or at its left edge)."""
    rect = view.rect_of(position)
    return QPoint(rect.left() + (2 if inside else 0), rect.center().y())


def click(view, position, modifiers=NONE):
    QTest.mouseClick(view.viewport(), LEFT, modifiers, point_of(view, position))


def double_click(view, position):
    at = point_of(view, position)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)


def drag(view, start, end, modifiers=NONE):
    drag_points(view, point_of(view, start), point_of(view, end, inside=False), modifiers)


def drag_points(view, start, end, modifiers=NONE):
    viewport = view.viewport()
    QTest.mousePress(viewport, LEFT, modifiers, start)
    for part in (0.3, 0.7, 1.0):
        move(view, start + (end - start) * part, modifiers)
    QTest.mouseRelease(viewport, LEFT, modifiers, end)


def move(view, point, modifiers=NONE, button=LEFT):
    """Send a move with a button held (QTest's own carries none)."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    viewport = view.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        button,
        modifiers,
    )
    QApplication.sendEvent(viewport, event)


def hover(view, point):
    move(view, point, button=Qt.MouseButton.NoButton)


def wheel(view, steps, modifiers=NONE):
    middle = view.viewport().rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(view.viewport().mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
