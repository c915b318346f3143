"""Projects and articles come and go, with every refusal in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from annotator import i18n
from annotator.app.session import Session
from annotator.gui.dialogs import ask
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.store import SUFFIX, Project
from helpers.articles import FOLDER

pytestmark = pytest.mark.gui

CTRL = Qt.KeyboardModifier.ControlModifier
STORY = "Le barrage\n\nLe maire a dit «\u00a0non\u00a0»\u00a0! Personne n’a répondu 🙂.\n"


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def _imported(qtbot, window, things):
    """Import and wait for the end, and for the look for the same story behind it."""
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        window.imports.import_things(things)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)


def _drop(window, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(200, 200)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_an_imported_file_is_opened_and_undone(qtbot, window, person, story):
    before = window.desk.session.project.article_count()
    _imported(qtbot, window, [story])
    assert person.text == STORY
    assert window.desk.session.project.article_count() == before + 1
    assert window.workspace.library.model.place_of(window.desk.article_id) >= 0
    assert window.banner.notices() == []
    window.desk.session.undo()
    assert window.desk.session.project.article_count() == before
    assert window.desk.article_id == ""


def test_the_same_file_twice_offers_the_one_that_is_there(qtbot, window, person, story):
    _imported(qtbot, window, [story])
    first = window.desk.article_id
    person.open("Hospital")
    _imported(qtbot, window, [story])
    assert window.desk.article_id == first
    (sentence,) = window.banner.notices()
    assert "already there" in sentence


def test_what_cannot_be_read_is_listed_and_nothing_is_written(qtbot, window, story, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    before = window.desk.session.project.article_count()
    things = [tmp_path / "empty.txt", story, tmp_path / "picture.txt", tmp_path / "gone.txt"]
    _imported(qtbot, window, things)
    assert window.desk.session.project.article_count() == before + 1
    (sentence,) = window.banner.notices()
    assert "One article was added" in sentence
    assert "3 files could not be read" in sentence


def test_a_dropped_folder_is_imported(qtbot, window, tmp_path):
    folder = tmp_path / "dispatches"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Dispatch {number}\n\nWords.\n", encoding="utf-8")
    (folder / ".hidden").write_text("no", encoding="utf-8")
    before = window.desk.session.project.article_count()
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        _drop(window, [folder])
    assert window.desk.session.project.article_count() == before + 3


def test_pasted_text_becomes_an_article_as_it_is(qtbot, window, person):
    QGuiApplication.clipboard().setText(STORY)
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        person.press(
            Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert person.text == STORY


def test_an_empty_clipboard_is_said(window):
    QGuiApplication.clipboard().clear()
    window.imports.paste_article()
    assert "clipboard" in window.status_line.said()


def test_articles_dropped_on_the_first_page_get_a_desk_of_their_own(qtbot, empty_window, story):
    with qtbot.waitSignal(empty_window.jobs.idle, timeout=20_000):
        empty_window.projects.take([story])
    assert empty_window.desk.session.project.path.name == f"My desk{SUFFIX}"
    assert empty_window.desk.session.text(empty_window.desk.article_id) == STORY


def test_a_second_window_is_told_at_once_and_may_read(qtbot, empty_window, project):
    with Project.open(project):
        empty_window.projects.open_path(project)
        assert empty_window.desk is None
        (sentence,) = empty_window.banner.notices()
        assert "investigation.annotator" in sentence
        with qtbot.waitSignal(empty_window.filled, timeout=20_000):
            empty_window.projects.open_path(project, read_only=True)
        assert empty_window.desk.session.project.read_only
        assert not empty_window.actions_by_id.by_id["mark.quote"].isEnabled()
        empty_window.close_session()


def test_after_an_abnormal_end_the_stored_step_is_named(qtbot, empty_window, project):
    from annotator.app.commands.marks import add_mark
    from annotator.model.span import Span
    from annotator.model.vocabulary import MarkKind

    session = Session(Project.open(project))
    article = session.project.find(Article)[0]
    add_mark(session, article.id, MarkKind.CLAIM, [Span(300, 330)])
    session.project._lock.abandon()
    session.project._connection.close()
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        assert empty_window.projects.open_path(project)
    (sentence,) = empty_window.banner.notices()
    assert "mark a claim" in sentence
    assert "stored" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [("gone.annotator", None), ("empty.annotator", b""), ("words.annotator", b"hello " * 400)],
)
def test_what_is_no_project_is_refused_in_words(empty_window, tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert not empty_window.projects.open_path(path)
    (sentence,) = empty_window.banner.notices()
    assert name in sentence
    if content is not None:
        assert path.read_bytes() == content


def test_a_new_project_is_made_where_the_person_says(qtbot, empty_window, tmp_path, monkeypatch):
    path = tmp_path / "new.annotator"
    monkeypatch.setattr(ask, "project_to_make", lambda _parent: path)
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.projects.new_project()
    assert path.exists()
    assert empty_window.workspace.library._empty.isVisible()


def test_nothing_about_projects_is_remembered_unless_asked_for(qtbot, empty_window, project):
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.projects.open_path(project)
    assert "investigation" not in empty_window.settings.path.read_text("utf-8")
    empty_window.settings.set("recent_list", True)
    empty_window.close_session()
    with qtbot.waitSignal(empty_window.filled, timeout=20_000):
        empty_window.projects.open_path(project)
    assert empty_window.projects.recent() == [project]


def test_stopping_an_import_keeps_what_was_read(qtbot, window, tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"Dispatch {number}\n", encoding="utf-8")
    handles = []
    window.jobs.started.connect(handles.append)
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        window.imports.import_things(sorted(tmp_path.glob("*.txt")))
        handles[0].cancel()
    qtbot.waitUntil(lambda: bool(window.banner.notices()), timeout=20_000)
    (sentence,) = window.banner.notices()
    assert "stopped" in sentence


def test_a_refusal_of_the_file_is_said_where_work_is(window, person, monkeypatch):
    def full(_session):
        raise UserError("disk-full", file="investigation.annotator")

    window.desk.run(full)
    assert window.status_line.said() == i18n.tr("errors.disk-full", file="investigation.annotator")


def test_an_article_of_a_file_of_many_is_not_decoded_into_another(qtbot, window, person):
    _imported(qtbot, window, [FOLDER / "factiva" / "full.html"])
    before = person.text
    window.imports.change_charset()
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        person.type("utf-8")
        person.press(Qt.Key.Key_Return)
    assert person.text == before
    assert any("several articles" in notice for notice in window.banner.notices())
