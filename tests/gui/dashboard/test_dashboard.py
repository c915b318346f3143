"""The dashboard: what it counts, how it follows, and what its bars open."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from annotator.app.commands.fields import set_fields
from annotator.app.commands.stories import decide
from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.app.workflows import make_demo
from annotator.gui.dashboard.sections import SECTIONS
from annotator.gui.dashboard.window import Dashboard
from annotator.gui.desk import Desk
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.i18n import tr
from annotator.model.annotations import Source
from annotator.model.article import Article, StoryKind
from annotator.model.vocabulary import Identification
from annotator.store import Project

pytestmark = pytest.mark.gui


@pytest.fixture(params=["kept", "read only"])
def way(request):
    return request.param


@pytest.fixture
def desk(qapp, tmp_path, way):
    path = make_demo(tmp_path)
    session = Session(Project.open(path, read_only=way == "read only"), author="A. Tester")
    runner = JobRunner()
    yield Desk(session, Settings(tmp_path / "settings.json"), load_theme("light"), runner)
    runner.shut_down()
    qapp.sendPostedEvents(None, 0)
    session.close()


@pytest.fixture
def board(desk, qtbot):
    # A window without a layout: the offscreen platform complains of size limits.
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1120, 760)
    host.show()
    dashboard = Dashboard(desk)
    dashboard.setParent(host)
    dashboard.setGeometry(0, 0, 1120, 760)
    with qtbot.waitSignal(dashboard.shown, timeout=20_000):
        dashboard.show()
    yield dashboard
    dashboard.close()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


def test_every_tab_has_bars_or_a_sentence_and_a_table(board):
    assert board.board.sums.articles == 6
    drawn = set()
    for number, section_id in enumerate(SECTIONS):
        board.tabs.setCurrentIndex(number)
        section = board.section()
        assert section.id == section_id
        assert board.tabs.tabText(number) == section.title
        drawn |= {section_id} if section.bars else set()
        if section.lines:
            assert board.stack.currentWidget() is board.splitter
            assert board.table.lines.rowCount() == len(section.lines)
            for row in range(board.table.lines.rowCount()):
                cells = [
                    board.table.lines.index(row, column).data()
                    for column in range(board.table.lines.columnCount())
                ]
                assert all(cells), (section.id, cells)
        else:
            assert board.stack.currentWidget() is board.words
            assert board.words.text()
    assert drawn >= {"outlet", "month", "alone", "voices"}


def test_a_bar_opens_its_articles(board, desk, qtbot):
    board.show_section("outlet")
    section = board.section()
    place = board.bars.getPlotItem().getViewBox().mapViewToScene(QPointF(0.5, 1.0))
    with qtbot.waitSignal(board.articles_chosen) as chosen:
        qtbot.mouseClick(
            board.bars.viewport(),
            Qt.MouseButton.LeftButton,
            pos=board.bars.mapFromScene(place),
        )
    ids, words = chosen.args
    assert ids == section.bars[1].article_ids
    assert {desk.session.project.get(Article, i).outlet for i in ids} == {section.bars[1].label}
    assert section.bars[1].label in words


def test_a_row_of_a_claim_opens_the_claim(board, desk):
    board.show_section("alone")
    line = board.table.lines.lines[2]
    board.table.activated.emit(board.table.lines.index(2, 0))
    assert desk.article_id == line.article_ids[0]
    assert desk.selection.ids == (line.claim,)


def test_the_table_sorts_by_numbers_and_words(board):
    board.show_section("outlet")
    board.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    numbers = [line.sorts[1] for line in board.table.lines.lines]
    assert numbers == sorted(numbers, reverse=True)
    board.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [line.sorts[0] for line in board.table.lines.lines]
    assert names == sorted(names)


def test_another_measure_is_another_share(board):
    before = board.line.text()
    board.choose_measure("source")
    assert board.line.text() != before
    assert board.measure == "source"


@pytest.mark.parametrize("way", ["kept"], indirect=True)
def test_a_change_is_counted_and_only_its_article_again(board, desk, qtbot):
    session = desk.session
    unnamed = board.board.sums.shares.by_source.unnamed
    source = next(
        s
        for s in session.project.find(Source)
        if s.identification is Identification.UNNAMED_PERSON and s.group_id is None
    )
    with qtbot.waitSignal(board.shown, timeout=20_000):
        set_fields(session, source, identification=Identification.NAMED_PERSON)
    assert board.board.sums.shares.by_source.unnamed == unnamed - 1
    assert board.board.fresh == {}, "it was kept before it was counted"


@pytest.mark.parametrize("way", ["kept"], indirect=True)
def test_each_story_can_count_once(board, desk, qtbot):
    first, second, *_ = desk.session.project.find(Article)
    with qtbot.waitSignal(board.shown, timeout=20_000):
        decide(desk.session, second, first, StoryKind.SAME)
    assert board.board.sums.articles == 6
    with qtbot.waitSignal(board.shown, timeout=20_000):
        qtbot.mouseClick(board.once, Qt.MouseButton.LeftButton)
    assert board.board.sums.articles == 5
    assert tr("dashboard.left_out", count=1, number="1") in board.line.text()
    with qtbot.waitSignal(board.shown, timeout=20_000):
        board.count_once(once=False)
    assert board.board.sums.articles == 6


def test_the_bars_are_told_to_who_does_not_see_them(board):
    for number in range(board.tabs.count()):
        board.tabs.setCurrentIndex(number)
        section = board.section()
        if section.bars:
            assert section.title in board.bars.accessibleName()
            told = board.bars.accessibleDescription()
            assert all(" ".join(line.label.split()) in told for line in section.bars)


def test_the_keyboard_opens_a_row(board, qtbot):
    board.show_section("outlet")
    board.table.setFocus()
    board.table.setCurrentIndex(board.table.lines.index(1, 0))
    with qtbot.waitSignal(board.articles_chosen) as chosen:
        qtbot.keyClick(board.table, Qt.Key.Key_Return)
    assert chosen.args[0] == board.table.lines.lines[1].article_ids


def test_it_stands_still_while_it_is_closed(board, desk, qtbot, way):
    board.close()
    if way == "kept":
        source = desk.session.project.find(Source)[0]
        set_fields(desk.session, source, affiliation_name="Hydrolac")
    assert not board.loader._later.isActive()
    with qtbot.waitSignal(board.shown, timeout=20_000):
        board.show()


def test_other_colours_reach_the_bars(board, desk):
    for name in ("dark", "light"):
        theme = load_theme(name)
        desk.set_theme(theme)
        assert board.bars.backgroundBrush().color() == theme.paper
