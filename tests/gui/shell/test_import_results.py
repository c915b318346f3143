"""What became of each file: listed, saved, tried again; the same story is compared and decided."""

from __future__ import annotations

import csv
import io
import os
import sys
import zipfile

import pytest

from annotator.app.commands import stories
from annotator.app.commands.marks import add_mark
from annotator.gui.dialogs.import_sheet import ImportSheet
from annotator.gui.dialogs.stories_sheet import StoriesSheet
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind

pytestmark = pytest.mark.gui

STORY = (
    "Le pont de Sorn fermera lundi\n\n"
    "Le pont de Sorn fermera lundi pour six mois, a annoncé la mairie, qui promet des navettes.\n"
    "Deux sources proches du dossier ont dit que les câbles étaient usés depuis des années.\n"
    "Les commerçants de la rive gauche redoutent une baisse de leur chiffre d’affaires.\n"
    "La préfecture a refusé de commenter, et l’entreprise n’a pas répondu à nos questions.\n"
)
OTHER = STORY.replace("lundi", "mardi").replace("des navettes", "des autobus")


def _import(qtbot, window, things):
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        window.imports.import_things(things)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)


def _choose(window, words):
    """Press a choice of the one notice."""
    from PySide6.QtWidgets import QToolButton

    *_gone, button = [b for b in window.banner.findChildren(QToolButton) if b.text() == words]
    button.click()


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.txt").write_text(STORY, encoding="utf-8")
    (folder / "two.txt").write_text(OTHER, encoding="utf-8")
    (folder / "three.txt").write_text(STORY, encoding="utf-8")
    (folder / "=empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "four.zip", "w") as archive:
        archive.writestr("inside.txt", "Une autre dépêche\n\nDes mots.\n")
        archive.writestr("broken.docx", b"PK\x03\x04broken")
    return folder


def _sheet(window, kind):
    (sheet,) = [s for s in window.findChildren(kind) if s.isVisible()]
    return sheet


def _list(qtbot, window):
    """Show the list of an import and wait for its rows."""
    _choose(window, "Show the list")
    sheet = _sheet(window, ImportSheet)
    qtbot.waitUntil(lambda: sheet.table.cells.rowCount() > 0, timeout=20_000)
    return sheet


def test_the_list_says_what_became_of_every_file(qtbot, window, files, tmp_path):
    _import(qtbot, window, [files])
    (sentence,) = window.banner.notices()
    assert "2 files could not be read" in sentence
    assert "look" in sentence
    sheet = _list(qtbot, window)
    model = sheet.table.cells
    rows = [model.row_at(n).words for n in range(model.rowCount())]
    found = {words[1]: words for words in rows}
    assert found["=empty.txt"][0] == "refused"
    assert found["four.zip › broken.docx"][0] == "refused"
    assert found["inside.txt"][0] == "added"
    assert found["three.txt"][0] == "duplicate"
    assert found["two.txt"][0] == "near-duplicate"
    assert all(words[3] for words in rows if words[0] != "added")
    path = tmp_path / "list.csv"
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        sheet.save_to(path)
    saved = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(saved) == len(rows) + 1
    assert not any(cell.startswith("=") for line in saved for cell in line)


def test_what_was_refused_is_tried_again(qtbot, window, files):
    _import(qtbot, window, [files])
    (files / "=empty.txt").write_text("Enfin une dépêche\n\nDes mots.\n", encoding="utf-8")
    with zipfile.ZipFile(files / "four.zip", "w") as archive:
        archive.writestr("inside.txt", "Une autre dépêche\n\nDes mots.\n")
    before = window.desk.session.project.article_count()
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        _choose(window, "Try the refused again")
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert window.desk.session.project.article_count() == before + 1
    (sentence,) = window.banner.notices()
    assert "could not be read" not in sentence


def test_the_same_story_is_compared_and_decided(qtbot, window, person, tmp_path):
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text(STORY, encoding="utf-8")
    two.write_text(OTHER, encoding="utf-8")
    _import(qtbot, window, [one])
    session = window.desk.session
    first = session.get(Article, window.desk.article_id)
    at = STORY.index("Deux sources proches")
    add_mark(session, first.id, MarkKind.SOURCE, [Span(at, at + 20)])
    at = STORY.index("des navettes")
    add_mark(session, first.id, MarkKind.CLAIM, [Span(at, at + len("des navettes"))])
    _import(qtbot, window, [two])
    second = window.desk.article_id
    _choose(window, "Compare")
    sheet = _sheet(window, StoriesSheet)
    qtbot.waitUntil(lambda: sheet.marks.cells.rowCount() == 2, timeout=20_000)
    shown = sheet.diff.toPlainText()
    assert "lundi" in shown
    assert "mardi" in shown
    hows = [sheet.marks.cells.row_at(n).words[0] for n in range(2)]
    assert hows[1] == "exact"
    assert hows[0] in ("lost", "changed")
    sheet.version.click()
    now = session.get(Article, second)
    assert now.previous_id == first.id
    carried = session.project.marks(second)
    assert len(carried) == 2 - (hows[0] == "lost")
    session.undo()
    assert session.project.marks(second) == []
    sheet.different.click()
    assert stories.decision(first, session.get(Article, second)) == "different"
    assert sheet.list.cells.row_at(0).words[1] == "different"
    sheet.close_card()


def test_an_article_is_made_a_version_of_one_that_is_chosen(qtbot, window, person, tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    _import(qtbot, window, [tmp_path / "a.txt"])
    window.imports.choose_earlier()
    person.type("Hospital")
    from PySide6.QtCore import Qt

    person.press(Qt.Key.Key_Return)
    sheet = _sheet(window, StoriesSheet)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert "lost" in sheet.counts.text()
    sheet.close_card()


def test_closing_the_window_while_articles_come_in_asks(qtbot, window, tmp_path):
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"Dispatch {number}\n", encoding="utf-8")
    handles = []
    window.jobs.started.connect(handles.append)
    window.imports.import_things(sorted(tmp_path.glob("*.txt")))
    handles[0].pause(paused=True)
    assert not window.close()
    assert window.isVisible()
    assert any("still coming in" in notice for notice in window.banner.notices())
    _choose(window, "Stop and close")
    assert not window.isVisible()


def test_a_paused_import_waits_and_goes_on(qtbot, window, tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"Dispatch {number}\n", encoding="utf-8")
    handles = []
    window.jobs.started.connect(handles.append)
    before = window.desk.session.project.article_count()
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        window.imports.import_things(sorted(tmp_path.glob("*.txt")))
        handles[0].pause(paused=True)
        assert handles[0].is_paused
        handles[0].pause(paused=False)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert window.desk.session.project.article_count() == before + 30


def test_the_chosen_reason_is_told_in_full(qtbot, window, tmp_path):
    (tmp_path / "table.parquet").write_bytes(b"PAR1" + bytes(80) + b"PAR1")
    _import(qtbot, window, [tmp_path / "table.parquet"])
    sheet = _list(qtbot, window)
    assert sheet.told.text() == sheet.table.cells.row_at(0).words[3]
    assert "CSV" in sheet.told.text()
    sheet.close_card()


def test_the_library_counts_what_comes_in_behind_the_articles_that_are_looked_at(
    qtbot, window, tmp_path
):
    for number in range(120):
        words = (
            f"Le pont {number} fermera\n\nPublié le 3 mars 2041\n\nDes mots sur le pont {number}.\n"
        )
        (tmp_path / f"{number:03}.txt").write_text(words, encoding="utf-8")
    _import(qtbot, window, sorted(tmp_path.glob("*.txt")))
    (tmp_path / "old.txt").write_text("Un vieil article\n\nPublié le 3 mars 1999\n\nDes mots.\n")
    _import(qtbot, window, [tmp_path / "old.txt"])
    library = window.workspace.library
    count = window.desk.session.project.article_count()
    assert library.model.total == count
    assert library._count.text() == str(count)


def test_one_kind_of_result_is_listed_alone(qtbot, window, files):
    _import(qtbot, window, [files])
    sheet = _list(qtbot, window)
    everything = sheet.table.cells.rowCount()
    offered = [sheet.kinds.itemText(n) for n in range(sheet.kinds.count())]
    assert offered[0] == f"everything ({everything})"
    assert "refused (2)" in offered
    sheet.kinds.setCurrentIndex(offered.index("refused (2)"))
    rows = [sheet.table.cells.row_at(n).words for n in range(sheet.table.cells.rowCount())]
    assert {words[0] for words in rows} == {"refused"}
    assert sorted(words[1] for words in rows) == ["=empty.txt", "four.zip › broken.docx"]
    assert sheet.told.text() == rows[0][3]
    sheet.kinds.setCurrentIndex(0)
    assert sheet.table.cells.rowCount() == everything
    sheet.close_card()


def test_the_notice_names_what_was_refused_before_what_is_there_already(qtbot, window, files):
    from PySide6.QtWidgets import QLabel

    _import(qtbot, window, [files])
    words = [label.text() for label in window.banner.findChildren(QLabel)]
    assert words.index("=empty.txt") < words.index("three.txt")


def test_all_lines_of_a_long_notice_are_there_in_the_end(qtbot, window, tmp_path):
    from PySide6.QtWidgets import QLabel

    for number in range(12):
        (tmp_path / f"{number:02}.txt").write_bytes(b"")
    _import(qtbot, window, sorted(tmp_path.glob("*.txt")))
    names = {f"{number:02}.txt" for number in range(12)}
    qtbot.waitUntil(lambda: names <= {label.text() for label in window.banner.findChildren(QLabel)})


def test_nobody_is_taken_away_from_an_article_that_was_turned_to_meanwhile(qtbot, window, tmp_path):
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"Dispatch {number}\n", encoding="utf-8")
    other = next(
        article.id
        for article in window.desk.session.project.find(Article)
        if article.id != window.desk.article_id
    )
    handles = []
    window.jobs.started.connect(handles.append)
    before = window.desk.session.project.article_count()
    with qtbot.waitSignal(window.jobs.idle, timeout=20_000):
        window.imports.import_things(sorted(tmp_path.glob("*.txt")))
        handles[0].pause(paused=True)
        window.desk.open_article(other)
        handles[0].pause(paused=False)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=20_000)
    assert window.desk.session.project.article_count() == before + 60
    assert window.desk.article_id == other


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_what_is_refused_has_a_name_that_can_be_read(qtbot, window, tmp_path):
    from PySide6.QtWidgets import QLabel

    folder = tmp_path / "old disk"
    folder.mkdir()
    (folder / os.fsdecode(b"vid\xe9.txt")).write_bytes(b"")
    (folder / "one.txt").write_text(STORY, encoding="utf-8")
    _import(qtbot, window, [folder])
    assert "vidé.txt" in [label.text() for label in window.banner.findChildren(QLabel)]
