"""While many articles come in, the library stays where somebody reads it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint

from annotator.app.commands import articles
from annotator.gui.library_model import ID_ROLE
from annotator.importers import read_bytes
from annotator.model.article import Article

pytestmark = pytest.mark.gui


@pytest.fixture
def come_in(window):
    """Return what brings in articles of a year in one step; later years stand first in the list."""

    def come_in(count, year):
        items = []
        for number in range(count):
            words = f"Le pont {number} de {year}\n\nPublié le 3 mars {year}\n\nDes mots.\n"
            (read,) = read_bytes(words.encode(), f"{number:03}.txt")
            items.append((read, words.encode()))
        return articles.import_texts(window.desk.session, items)

    return come_in


def _top(library):
    return library.list.indexAt(QPoint(1, 1)).data(ID_ROLE)


def _is_new(library, year):
    row = library.model.row_at(0)
    return row is not None and row.headline.endswith(f"de {year}")


def test_at_the_top_the_newest_are_seen_at_once(qtbot, window, come_in):
    library = window.workspace.library
    come_in(30, 2041)
    qtbot.waitUntil(lambda: _is_new(library, 2041))
    assert library.model.total == window.desk.session.project.article_count()


def test_rows_that_are_read_stay_in_place_and_selected(qtbot, window, come_in):
    library = window.workspace.library
    come_in(60, 2041)
    qtbot.waitUntil(lambda: _is_new(library, 2041))
    chosen = [library.model.row_at(number).id for number in (9, 10, 12)]
    window.desk.open_article(chosen[0])
    selection = library.list.selectionModel()
    for one in chosen[1:]:
        index = library.model.index(library.model.place_of(one))
        selection.select(index, selection.SelectionFlag.Select)
    library.list.scrollTo(library.model.index(8), library.list.ScrollHint.PositionAtTop)
    seen = _top(library)
    come_in(25, 2042)
    qtbot.waitUntil(lambda: library.model.place_of(seen) >= 25)
    assert _top(library) == seen
    assert set(library.selected_ids()) == set(chosen)
    assert window.desk.article_id == chosen[0]


def test_far_down_the_rows_stay_and_only_the_count_rises(qtbot, window, come_in):
    library, project = window.workspace.library, window.desk.session.project
    come_in(150, 2041)
    qtbot.waitUntil(lambda: _is_new(library, 2041))
    while library.model.rowCount() <= 120:
        library.model.fetchMore(QModelIndex())
    library.list.scrollTo(library.model.index(110), library.list.ScrollHint.PositionAtTop)
    seen, rows = _top(library), library.model.rowCount()
    come_in(30, 2042)
    qtbot.waitUntil(lambda: library._count.text() == str(project.article_count()))
    assert (_top(library), library.model.rowCount()) == (seen, rows)
    # Further down the list goes on where it was, with no article twice.
    while library.model.canFetchMore(QModelIndex()) and library.model.rowCount() < rows + 30:
        library.model.fetchMore(QModelIndex())
    ids = [library.model.row_at(number).id for number in range(library.model.rowCount())]
    assert len(set(ids)) == len(ids)
    library.list.scrollToTop()
    qtbot.waitUntil(lambda: _is_new(library, 2042))


def test_an_article_that_is_opened_is_found_among_those_that_came_in(qtbot, window, come_in):
    library = window.workspace.library
    come_in(150, 2041)
    qtbot.waitUntil(lambda: _is_new(library, 2041))
    while library.model.rowCount() <= 120:
        library.model.fetchMore(QModelIndex())
    library.list.scrollTo(library.model.index(110), library.list.ScrollHint.PositionAtTop)
    report = come_in(30, 2042)
    qtbot.waitUntil(lambda: library._is_behind)
    newest = library._desk.session.project.articles(library._query()).rows[0].id
    assert newest in {article.id for article in report.added}
    window.desk.open_article(newest)
    assert library.list.currentIndex().data(ID_ROLE) == newest


def test_what_is_deleted_is_gone_at_once(qtbot, window, come_in):
    library = window.workspace.library
    report = come_in(30, 2041)
    qtbot.waitUntil(lambda: _is_new(library, 2041))
    articles.delete_articles(window.desk.session, report.added)
    assert not _is_new(library, 2041)
    assert library.model.total == len(window.desk.session.project.find(Article))
