"""What a person does in a panel, done with real events."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit


def rows(panel):
    """Return what the rows of a panel say."""
    return [panel.model.row_of(i).text for i in panel.model.shown_ids]


def click_row(panel, number, *, add=False):
    """Click a row of the list (with Ctrl: add it to the selection)."""
    index = panel.model.index(number)
    panel.list.scrollTo(index)
    key = Qt.KeyboardModifier.ControlModifier if add else Qt.KeyboardModifier.NoModifier
    place = panel.list.visualRect(index).topLeft() + QPoint(40, 10)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, key, place)


def named(root, kind, name):
    """Return the one shown control of a type with an accessible name."""
    QTest.qWait(0)  # what was added to a layout just now shows with the next event
    found = [w for w in root.findChildren(kind) if w.isVisibleTo(root) and name == accessible(w)]
    assert len(found) == 1, (name, [accessible(w) for w in root.findChildren(kind)])
    return found[0]


def accessible(widget):
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def choose(root, name, words):
    """Choose a line of a combo box."""
    box = named(root, QComboBox, name)
    if hasattr(box, "fill"):
        box.fill()
    at = box.findText(words)
    assert at >= 0, (words, [box.itemText(i) for i in range(box.count())])
    box.setCurrentIndex(at)
    box.activated.emit(at)


def write(root, name, words):
    """Type a line and press Enter."""
    line = named(root, QLineEdit, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    line.insert(words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def write_text(root, name, words):
    """Type some lines and press Ctrl+Enter."""
    box = named(root, QPlainTextEdit, name)
    box.setFocus()
    box.selectAll()
    box.insertPlainText(words)
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def press(root, name):
    """Click a button by its name."""
    named(root, QAbstractButton, name).click()


def menu_line(panel, words):
    """Do what a line of the context menu does."""
    lines = dict(line for line in panel.menu_lines(panel.records()) if line is not None)
    assert words in lines, list(lines)
    return lines[words]()


def drop_on(panel, number, mime_type, ids):
    """Drag ids from elsewhere and drop them on a row, with the events Qt would send."""
    mime = QMimeData()
    mime.setData(mime_type, "\n".join(ids).encode())
    view = panel.list
    place = view.visualRect(view.model().index(number)).center()
    link, left = Qt.DropAction.LinkAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place, link, mime, left, none),
        QDragMoveEvent(place, link, mime, left, none),
        QDropEvent(QPointF(place), link, mime, left, none),
    ):
        QApplication.sendEvent(view.viewport(), event)
