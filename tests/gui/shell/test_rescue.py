"""A project that is not whole: the window offers a backup, or what can still be read."""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from annotator.store import Project

pytestmark = pytest.mark.gui


def _damage(path, from_page=4):
    content = bytearray(path.read_bytes())
    for page in range(from_page, len(content) // 4096, 3):
        content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    path.write_bytes(content)
    return bytes(content)


def _buttons(window):
    found = window.banner.findChildren(QToolButton) + window.banner.findChildren(QPushButton)
    return {button.text(): button for button in found if button.text()}


def _click(qtbot, window, words):
    button = next(b for text, b in _buttons(window).items() if text.startswith(words))
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_newest_backup_is_restored_beside_the_damaged_file(qtbot, empty_window, project):
    with Project.open(project) as whole:
        whole.backup()
        count = whole.article_count()
    content = _damage(project)
    empty_window.projects.take([project])
    (sentence,) = empty_window.banner.notices()
    assert "is damaged" in sentence
    _click(qtbot, empty_window, "Restore the backup of")
    opened = empty_window.desk.session.project
    assert opened.path.name == "investigation (restored).annotator"
    assert opened.article_count() == count
    assert project.read_bytes() == content
    assert any("restored into a new project" in said for said in empty_window.banner.notices())


def test_what_can_be_read_is_saved_where_there_is_no_backup(qtbot, empty_window, project):
    content = _damage(project, from_page=60)
    empty_window.projects.take([project])
    assert not [text for text in _buttons(empty_window) if text.startswith("Restore")]
    _click(qtbot, empty_window, "Save what can be read")
    assert empty_window.desk.session.project.path.name == "investigation (saved).annotator"
    assert empty_window.desk.session.project.article_count() > 0
    assert project.read_bytes() == content


def test_an_empty_file_offers_its_backup(qtbot, empty_window, project):
    with Project.open(project) as whole:
        whole.backup()
    project.write_bytes(b"")
    empty_window.projects.take([project])
    assert list(_buttons(empty_window))
    _click(qtbot, empty_window, "Restore the backup of")
    assert empty_window.desk.session.project.article_count() == 6
