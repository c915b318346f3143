"""The real window over a real copy of the sample project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import i18n
from annotator.app.settings import Settings
from annotator.app.workflows import make_demo, open_session
from annotator.gui.application import prepare
from annotator.gui.main_window import MainWindow
from annotator.model.span import Span


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Return the sample project, made once; tests get copies."""
    i18n.set_language("en")
    return make_demo(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def project(sample, tmp_path):
    """Return a copy of the sample project."""
    return Path(shutil.copy(sample, tmp_path / "investigation.annotator"))


@pytest.fixture
def settings(tmp_path):
    """Return settings of the test's own, in English and light."""
    settings = Settings(tmp_path / "settings.json")
    settings.set("language", "en")
    settings.set("theme", "light")
    # Proposals come by themselves, from a job: tests that wait for other jobs do without.
    settings.set("suggestions", "off")
    return settings


@pytest.fixture
def empty_window(qtbot, settings):
    """Return the window as it is before any project."""
    prepare(QApplication.instance(), settings)
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    i18n.set_language("en")


@pytest.fixture
def window(empty_window, project, qtbot):
    """Return the window with the sample open, panels and plot filled."""
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.open_session(open_session(project))
    return empty_window


class Person:
    """Do what a person does: keys in the text, words found and selected."""

    def __init__(self, qtbot, window):
        self._qtbot = qtbot
        self._window = window

    @property
    def desk(self):
        return self._window.desk

    @property
    def view(self):
        return self._window.workspace.pane.view

    @property
    def text(self):
        return self.desk.session.text(self.desk.article_id)

    def span_of(self, words):
        at = self.text.index(words)
        return Span(at, at + len(words))

    def select(self, words):
        span = self.span_of(words)
        self.view.setFocus()
        self.view.select(span)
        return span

    def put_caret(self, words, offset=0):
        self.view.setFocus()
        self.view.set_caret(self.span_of(words).start + offset)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        target = QApplication.focusWidget() or self._window
        self._qtbot.keyClick(target, key, modifiers)

    def type(self, words):
        self._qtbot.keyClicks(QApplication.focusWidget(), words)

    def open(self, part):
        """Open the first article whose headline holds some words."""
        model = self._window.workspace.library.model
        for number in range(model.rowCount()):
            row = model.row_at(number)
            if part in row.headline:
                self.desk.open_article(row.id)
                return row.id
        raise AssertionError(part)

    def selected(self):
        """Return the selected marks."""
        return self._window.workspace.marking.selected()


@pytest.fixture
def person(qtbot, window):
    """Return somebody to press keys."""
    window.activateWindow()
    return Person(qtbot, window)
