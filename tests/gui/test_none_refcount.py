"""Guard the pin of PySide6: 6.12.0 loses a reference to None per void call on Python 3.11."""

import sys

from PySide6.QtGui import QTextCursor, QTextDocument


def test_a_void_call_keeps_the_references_to_none(qapp):
    cursor = QTextCursor(QTextDocument("x" * 100))
    before = sys.getrefcount(None)
    for _ in range(500):
        cursor.setPosition(3)
    assert abs(sys.getrefcount(None) - before) < 50
