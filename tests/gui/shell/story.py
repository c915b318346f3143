"""The whole job with the keyboard alone, in a process that is killed at its end.

usage: python story.py PROJECT ARTICLE REPORT
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.app.settings import Settings
from annotator.app.workflows import open_or_create
from annotator.gui.application import make_application, prepare
from annotator.gui.dialogs import ask
from annotator.gui.main_window import MainWindow

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

MENTIONS = (
    "deux sources informées",
    "Un ancien haut responsable ostrellien s’exprimant sous couvert d’anonymat",
    "La seconde source",
    "cette source",
)
CLAIMS = (
    "La numéro deux de la diplomatie ostrellienne se rendra avant la fin du mois en Corvanie",
    "Arnal ferait d’abord escale à Port-Salins",
    "celui-ci aurait pour but d’éviter que le blocus ne tourne à l’affrontement armé",
    "La Corvanie importe près de 60 % de ses céréales",
    "Les deux capitales n’ont plus d’ambassadeur",
    "le blé a gagné 3 % mercredi",
)


class Typist:
    """Press keys in the window, wherever the keyboard is."""

    def __init__(self, window):
        self.window = window

    @property
    def desk(self):
        return self.window.desk

    @property
    def view(self):
        return self.window.workspace.pane.view

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, words):
        """Type words; QTest knows no letters beyond ASCII."""
        nothing = Qt.KeyboardModifier.NoModifier
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, K.Key_unknown, nothing, letter)
                QApplication.sendEvent(QApplication.focusWidget(), event)

    def find(self, words):
        """Find words and come back to the text with them selected."""
        self.press(K.Key_F, CTRL)
        self.press(K.Key_A, CTRL)
        self.type(words)
        self.press(K.Key_Return)
        self.press(K.Key_Escape)

    def mark(self, words, key):
        self.find(words)
        assert self.view.selection() is not None, words
        self.press(key)
        return self.desk.selection.ids[0]


def wait_for(signal_):
    """Wait for a signal, but not for ever."""
    loop = QEventLoop()
    signal_.connect(loop.quit)
    QTimer.singleShot(60_000, loop, loop.quit)
    loop.exec()


def work(window, report):
    """Mark, link and hand out one article."""
    typist = Typist(window)
    for words in MENTIONS:
        typist.mark(words, K.Key_S)
    typist.find(MENTIONS[2])
    typist.press(K.Key_Left)
    typist.press(K.Key_J)
    typist.type("l’une de : deux")
    typist.press(K.Key_Return)
    typist.find(MENTIONS[3])
    typist.press(K.Key_Left)
    typist.press(K.Key_J)
    typist.type("la seconde")
    typist.press(K.Key_Return)
    typist.find("dissuader Selgrad")
    typist.press(K.Key_Left)
    typist.press(K.Key_Q)
    typist.press(K.Key_L)
    typist.press(K.Key_1)
    for words in CLAIMS:
        typist.mark(words, K.Key_C)
        typist.press(K.Key_L)
        typist.press(K.Key_1)
    ask.file_to_write = lambda *_: report
    typist.press(K.Key_P, CTRL)
    if window.jobs.is_busy:
        wait_for(window.jobs.idle)
    typist.press(K.Key_Space)
    wait_for(window.jobs.idle)


def main():
    project, article, report = (Path(name) for name in sys.argv[1:])
    app = make_application()
    settings = Settings()
    settings.set("language", "fr")
    settings.set("suggestions", "off")
    prepare(app, settings)
    window = MainWindow(settings)
    window.show()
    window.activateWindow()
    window.open_session(open_or_create(project))
    wait_for(window.filled)
    window.imports.import_things([article])
    wait_for(window.jobs.idle)
    work(window, report)
    sys.stdout.write("done\n")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
