"""A table whose columns nobody can guess: chosen once, remembered for the next one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from annotator.gui.dialogs.columns_sheet import ColumnsSheet
from annotator.gui.splits import SplitSheet
from annotator.gui.tables import remember, remembered
from annotator.i18n import tr
from annotator.model.article import Article
from helpers import exports

pytestmark = pytest.mark.gui

TABLE = "nr;kopf;wörter;tag\n1;Das Tor;Ein kurzer Text über das Tor.;2031-03-0{}\n"


def _import(qtbot, window, path):
    window.imports.import_things([path])
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)


def _sheet(qtbot, window):
    def shown():
        return [s for s in window.findChildren(ColumnsSheet) if s.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20_000)
    return shown()[0]


def test_columns_are_chosen_once_and_remembered(qtbot, window, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(TABLE.format(3), encoding="utf-8")
    two.write_text(TABLE.format(4).replace("kurzer", "langer"), encoding="utf-8")
    _import(qtbot, window, one)
    *_gone, button = [
        b
        for b in window.banner.findChildren(QToolButton)
        if b.text() == tr("window.columns_choose")
    ]
    button.click()
    sheet = _sheet(qtbot, window)
    assert not sheet.read.isEnabled()
    assert sheet.table.cells.row_at(0).words[1] == "Das Tor"
    for field, column in (("text", "wörter"), ("headline", "kopf"), ("published", "tag")):
        sheet.boxes[field].setCurrentText(column)
    sheet.read.click()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    article = window.desk.session.get(Article, window.desk.article_id)
    assert (article.headline, article.published.value) == ("Das Tor", "2031-03-03")
    (mapping,) = remembered(window.settings).values()
    assert mapping["text"] == "wörter"
    before = window.desk.session.project.article_count()
    _import(qtbot, window, two)
    assert window.desk.session.project.article_count() == before + 1
    article = window.desk.session.get(Article, window.desk.article_id)
    assert article.published.value == "2031-03-04"


def test_the_columns_of_the_window_do_not_write_over_those_of_tables(window):
    remember(window.settings, ("a", "b"), {"text": "a"})
    window.workspace.columns.splitterMoved.emit(200, 1)
    (mapping,) = remembered(window.settings).values()
    assert mapping == {"text": "a"}


def test_a_broken_memory_is_no_memory(settings):
    for broken in ("[", "[]", '{"a": 3}'):
        settings.set_state("table_columns", broken)
        assert remembered(settings) == {}


def test_a_file_is_cut_where_the_person_agrees(qtbot, window, tmp_path):
    path = tmp_path / "several.txt"
    stories = exports.stories(3)
    pieces = ["\n".join((story.headline, *story.paragraphs)) for story in stories]
    path.write_text(("\n" + "=" * 30 + "\n").join(pieces), encoding="utf-8")
    before = window.desk.session.project.article_count()
    window.imports._splits.choose(path)

    def shown():
        return [s for s in window.findChildren(SplitSheet) if s.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20_000)
    (sheet,) = shown()
    model = sheet.table.cells
    shown_words = [model.row_at(n).words[1] for n in range(model.rowCount())]
    assert shown_words == [story.headline for story in stories]
    sheet.read.click()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert window.desk.session.project.article_count() == before + 3
