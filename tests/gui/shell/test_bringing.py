"""Work comes back into the window: a project, annotations, a filled worksheet."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton

from annotator.app.commands.fields import set_fields
from annotator.app.commands.marks import add_mark
from annotator.app.handing_out import export
from annotator.app.worksheets import write_worksheet
from annotator.exporters.base import Redaction
from annotator.gui.dialogs import ask
from annotator.i18n import term
from annotator.model.annotations import Claim, Quote
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind, VerificationStatus

pytestmark = pytest.mark.gui


@pytest.fixture
def chosen(monkeypatch):
    """Choose the file that a test puts into the list."""
    paths = []
    monkeypatch.setattr(ask, "work_to_bring", lambda *_: paths[0])
    return paths


def hand_out(window, path, format_id):
    with window.desk.session.project.reader() as reader:
        export(reader, format_id, path, level=Redaction.INTERNAL)


def test_a_project_as_json_is_known_again_and_new_articles_come_in(qtbot, window, tmp_path, chosen):
    path = tmp_path / "all.json"
    hand_out(window, path, "json")
    before = window.desk.session.project.article_count()
    chosen.append(path)
    window.imports.bring_project()
    assert window.desk.session.project.article_count() == before
    assert "all.json" in window.status_line.said()
    article = window.desk.session.project.find(Article)[0]
    from annotator.app.commands.articles import delete_articles

    delete_articles(window.desk.session, [article])
    window.imports.import_things([path])
    assert window.desk.session.project.article_count() == before
    assert window.desk.article_id == article.id


def test_annotations_come_in_and_what_is_no_such_file_is_refused(window, tmp_path, chosen):
    path = tmp_path / "marks.jsonl"
    hand_out(window, path, "w3c")
    session = window.desk.session
    quotes = session.project.find(Quote)
    chosen.append(path)
    window.imports.bring_marks()
    assert session.project.find(Quote) == quotes
    path.write_bytes(b"nothing of the kind")
    window.imports.bring_marks()
    (sentence,) = window.banner.notices()
    assert "marks.jsonl" in sentence


def test_a_filled_worksheet_is_read_back_and_conflicts_are_shown(window, tmp_path, chosen):
    from openpyxl import load_workbook

    session = window.desk.session
    article_id = window.desk.article_id
    claim = add_mark(session, article_id, MarkKind.CLAIM, [Span(300, 340)])
    path = tmp_path / "sheet.xlsx"
    with session.project.reader() as reader:
        write_worksheet(reader, path, [article_id])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    words = session.text(article_id)[300:340]
    header = next(row for row in sheet.iter_rows() if any(c.value == "Status" for c in row))
    status = next(c.column for c in header if c.value == "Status")
    row = next(r for r in sheet.iter_rows() if any(words[:20] in str(c.value or "") for c in r))
    sheet.cell(row[0].row, status).value = term(VerificationStatus.CONTRADICTED)
    book.save(path)
    chosen.append(path)
    window.imports.bring_sheet()
    assert session.get(Claim, claim.id).status is VerificationStatus.CONTRADICTED
    # Meanwhile changed here too: ours is kept until the person says otherwise.
    ours = set_fields(session, session.get(Claim, claim.id), status=VerificationStatus.IN_PROGRESS)
    window.imports.bring_sheet()
    assert session.get(Claim, claim.id) == ours
    *_gone, button = [
        b for b in window.banner.findChildren(QToolButton) if b.text() == "Take what the sheet says"
    ]
    button.click()
    assert session.get(Claim, claim.id).status is VerificationStatus.CONTRADICTED
