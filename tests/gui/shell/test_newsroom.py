"""A stranger drops a folder of two hundred files on the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QToolButton

from annotator.app.duplicates import look
from annotator.gui.dialogs.import_sheet import ImportSheet
from annotator.i18n import tr
from annotator.model.article import Article
from helpers.newsroom import BOMBS, BROKEN, COPIES, make_folder

pytestmark = [pytest.mark.gui, pytest.mark.slow]


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, modifier = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    at = QPointF(QPoint(200, 200))
    window.dropEvent(QDropEvent(at, action, data, Qt.MouseButton.LeftButton, modifier))


def test_every_article_is_readable_dated_and_counted_once(qtbot, empty_window, tmp_path):
    window = empty_window
    folder = tmp_path / "reçu"
    folder.mkdir()
    room = make_folder(folder)
    drop(window, folder)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=240_000)
    session = window.desk.session
    found = {article.headline: article for article in session.project.find(Article)}
    assert session.project.article_count() == len(found) == room.articles
    for told in (*room.told, *room.exported):
        article = found[told.headline]
        text = session.project.text(article.id).text
        assert all(words in text for words in told.paragraphs), told.headline
        assert article.published is not None, article.file_name
        assert article.published.value[:10] == f"2031-03-{told.day:02}", article.file_name
        greyed = {span.slice(text) for span in article.mask}
        assert not greyed & set(told.paragraphs)

    # The copies are found, each with its own story, and nothing else is.
    groups = look(session.project).groups
    alike = {frozenset(copy.article.headline for copy in group) for group in groups}
    assert alike == {frozenset(told.headline for told in group) for group in room.copies}
    assert sum(len(group) - 1 for group in alike) == COPIES

    # The window says all of it, and the list a reason for every refusal.
    refused = tr("window.import_refused", count=BROKEN + BOMBS)
    (sentence,) = [notice for notice in window.banner.notices() if refused in notice]
    assert tr("window.import_alike", count=COPIES) in sentence
    *_gone, button = [
        b
        for b in window.banner.findChildren(QToolButton)
        if b.text() == tr("window.import_show_list")
    ]
    button.click()
    (sheet,) = [s for s in window.findChildren(ImportSheet) if s.isVisible()]
    cells = sheet.table.cells
    qtbot.waitUntil(lambda: cells.rowCount() > 0, timeout=20_000)
    rows = [cells.row_at(n).words for n in range(cells.rowCount())]
    reasons = {row[1]: row[3] for row in rows if row[0] == tr("window.became.refused")}
    assert sorted(reasons) == room.refused
    for name, why in reasons.items():
        assert name in why
        assert why.endswith(".")
        assert "Traceback" not in why
    assert len(rows) == room.articles + len(reasons)
    # Broken files are as they were: nothing was written to them, nothing of them was added.
    assert (folder / "vide.txt").read_bytes() == b""
