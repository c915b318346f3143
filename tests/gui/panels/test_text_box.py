"""A box as high as its words must come to rest, whatever its width."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from annotator.gui.widgets.editors import TextEditor

pytestmark = pytest.mark.gui


class Resizes(QObject):
    """Count how often a widget changes its size."""

    count = 0

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        self.count += event.type() == QEvent.Type.Resize
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("lines", [(1, 2), (2, 2), (2, 10)])
def test_a_text_box_comes_to_rest_at_every_width(qtbot, lines):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(460, 400)
    editor = TextEditor("headline", window, lines=lines)
    counter = Resizes()
    editor.box.installEventFilter(counter)
    editor.show_value("Le port de Norport restera fermé jusqu’à nouvel ordre")
    window.show()
    for width in range(90, 420, 6):
        before = counter.count
        editor.resize(width, editor.sizeHint().height())
        qtbot.wait(1)
        assert counter.count - before < 12, width
    settled = counter.count
    qtbot.wait(20)
    assert counter.count == settled
