"""The fact-check worksheet: out, filled in by somebody in any order, and back."""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.app.commands.fields import set_fields
from annotator.app.handing_out import export
from annotator.app.project_json import import_project_json
from annotator.app.session import Session
from annotator.app.worksheets import read_worksheet, write_worksheet
from annotator.exporters import find, worksheet_docx, worksheet_xlsx
from annotator.exporters.base import Redaction
from annotator.exporters.hand_out import render
from annotator.exporters.worksheet import column_title
from annotator.model.annotations import Claim, Evidence, Note
from annotator.model.errors import UserError
from annotator.model.vocabulary import Verdict
from annotator.model.vocabulary import VerificationStatus as S
from annotator.store import Project
from helpers.dossiers import dossier, sample, small

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
both = pytest.mark.parametrize("ending", ["xlsx", "docx"])


@contextmanager
def project(path, found=None):
    session = Session(Project.create(path))
    try:
        data = render(found or sample("barrage"), find("json"), level=Redaction.INTERNAL)
        import_project_json(session, data)
        yield session
    finally:
        session.close()


class Xlsx:
    """Fill a workbook as a person would."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def rows(self, claim_id):
        column = self.columns[column_title("id", self.lang)]
        return [
            row[0].row
            for row in self.sheet.iter_rows(min_row=2)
            if row[column - 1].value == claim_id
        ]

    lang = "fr"

    def fill(self, claim_id, **values):
        for key, value in values.items():
            column = self.columns[column_title(key, self.lang)]
            self.sheet.cell(self.rows(claim_id)[0], column).value = value

    def shuffle(self):
        rows = [[c.value for c in row] for row in self.sheet.iter_rows(min_row=2)]
        for number, values in enumerate(reversed(rows), start=2):
            for column, value in enumerate(values, start=1):
                self.sheet.cell(number, column).value = value

    def save(self):
        self.book.save(self.path)
        return self.path.read_bytes()


class Docx:
    """Fill a Word document as a person would."""

    lang = "fr"

    def __init__(self, path):
        self.path = path
        self.document = docx.Document(path)

    def fill(self, claim_id, **values):
        for table in self.document.tables:
            if f"annotator:{claim_id}:" in table.rows[-1].cells[1].text:
                for key, value in values.items():
                    self.field(table, column_title(key, self.lang)).text = str(value)

    @staticmethod
    def field(table, title):
        return next(
            right
            for row in table.rows
            for left, right in pairwise(row.cells)
            if left.text == title and right._tc is not left._tc
        )

    def shuffle(self):
        body = self.document.element.body
        tables = [t._tbl for t in self.document.tables]
        for table in reversed(tables):
            body.append(table)

    def save(self):
        self.document.save(self.path)
        return self.path.read_bytes()


def sheet(session, tmp_path, ending, **how):
    path = tmp_path / f"sheet.{ending}"
    write_worksheet(session.project, path, lang="fr", **how)
    return (Xlsx if ending == "xlsx" else Docx)(path)


def claims_of(session):
    return sorted(session.project.find(Claim), key=lambda c: c.spans)


@both
def test_an_untouched_sheet_changes_nothing(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        before = session.project.history()
        report = read_worksheet(session, sheet(session, tmp_path, ending).save(), f"x.{ending}")
        assert (report.changed, report.conflicts, report.problems) == (0, [], [])
        assert report.same == len(claims_of(session)) == 10
        assert session.project.history() == before


@both
def test_what_was_filled_in_comes_back_whatever_the_order(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        first, second = claims_of(session)[:2]
        filled = sheet(session, tmp_path, ending)
        filled.fill(
            first.id,
            status="confirmée, source primaire",
            verdict="VRAI",
            link="https://example.org/rapport.pdf",
            page=12 if ending == "xlsx" else "12",
            date=date(2031, 3, 20) if ending == "xlsx" else "2031-03-20",
            note="tableau = p. 3",
            new_note="Vu avec la préfecture.",
        )
        filled.fill(second.id, status="contradicted", correction="Le retard est confirmé.")
        filled.shuffle()
        report = read_worksheet(session, filled.save(), f"x.{ending}")
        assert report.problems == []
        assert (report.changed, report.same, report.notes) == (2, 8, 1)
        now = {c.id: c for c in claims_of(session)}
        assert now[first.id].status is S.CONFIRMED_PRIMARY
        assert now[first.id].verdict is Verdict.TRUE
        assert now[first.id].evidence == (
            Evidence(
                "https://example.org/rapport.pdf", "12", date="2031-03-20", note="tableau = p. 3"
            ),
        )
        assert now[second.id].status is S.CONTRADICTED
        assert now[second.id].correction == "Le retard est confirmé."
        (note,) = session.project.find(Note, target_id=first.id)
        assert note.text == "Vu avec la préfecture."
        session.undo()
        assert claims_of(session) == sorted(
            (replace(c) for c in claims_of(session)), key=lambda c: c.spans
        )
        assert {c.status for c in claims_of(session)} == {S.TO_CHECK}
        assert session.project.find(Note, target_id=first.id) == []


@both
def test_the_same_sheet_read_twice_says_nothing_twice(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        filled = sheet(session, tmp_path, ending)
        filled.fill(claims_of(session)[0].id, status="en cours", new_note="Rappeler.", link="x")
        data = filled.save()
        assert read_worksheet(session, data, f"x.{ending}").changed == 1
        again = read_worksheet(session, data, f"x.{ending}")
        assert (again.changed, again.notes, again.conflicts) == (0, 0, [])


@both
def test_what_changed_on_both_sides_is_shown_and_left(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        filled = sheet(session, tmp_path, ending)
        filled.fill(claim.id, status="contredite", correction="Rectifier.")
        set_fields(session, claim, status=S.CONFIRMED_SECONDARY)
        data = filled.save()
        report = read_worksheet(session, data, f"x.{ending}")
        (conflict,) = report.conflicts
        assert (conflict.field, conflict.here, conflict.sheet) == (
            "status",
            S.CONFIRMED_SECONDARY,
            S.CONTRADICTED,
        )
        now = session.project.get(Claim, claim.id)
        assert (now.status, now.correction) == (S.CONFIRMED_SECONDARY, "Rectifier.")
        read_worksheet(session, data, f"x.{ending}", take_sheet=True)
        assert session.project.get(Claim, claim.id).status is S.CONTRADICTED


@both
def test_several_pieces_of_evidence_come_back_in_order(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        pieces = (Evidence("a", "1"), Evidence("b", time="00:10", method="appel"), Evidence("c"))
        claim = set_fields(session, claim, evidence=pieces)
        data = sheet(session, tmp_path, ending).save()
        assert read_worksheet(session, data, f"x.{ending}").changed == 0
        filled = sheet(session, tmp_path, ending)
        filled.fill(claim.id, page="2")
        read_worksheet(session, filled.save(), f"x.{ending}")
        assert session.project.get(Claim, claim.id).evidence == (
            replace(pieces[0], page="2"),
            *pieces[1:],
        )


@both
def test_a_word_that_is_none_costs_that_field_only(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        filled = sheet(session, tmp_path, ending)
        filled.fill(claim.id, status="peut-être", correction="Oui.")
        report = read_worksheet(session, filled.save(), f"x.{ending}")
        assert [(p.id, p.what) for p in report.problems] == [("no_word", "peut-être")]
        now = session.project.get(Claim, claim.id)
        assert (now.status, now.correction) == (S.TO_CHECK, "Oui.")


def test_copied_removed_and_foreign_rows(tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claims = claims_of(session)
        filled = sheet(session, tmp_path, "xlsx")
        table = filled.sheet
        first = [c.value for c in table[filled.rows(claims[0].id)[0]]]
        copy = list(first)
        copy[filled.columns["État"] - 1] = "contredite"
        table.append(copy)
        table.append(["", "", "", "une affirmation sans identifiant"])
        gone = list(first)
        gone[filled.columns[column_title("id", "fr")] - 1] = "00000000-0000-0000-0000-000000000000"
        table.append(gone)
        table.delete_rows(filled.rows(claims[1].id)[0])
        report = read_worksheet(session, filled.save(), "x.xlsx")
        assert sorted(p.id for p in report.problems) == ["gone", "no_id"]
        assert session.project.get(Claim, claims[0].id).status is S.CONTRADICTED
        assert session.project.get(Claim, claims[1].id) == claims[1]


@both
def test_a_redacted_sheet_comes_back_without_losing_what_it_hid(ending, tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        claim = set_fields(session, claim, evidence=(Evidence("intern", checker="Zorxil"),))
        filled = sheet(session, tmp_path, ending, level=Redaction.REDACTED)
        assert b"Zorxil" not in filled.path.read_bytes()
        filled.fill(claim.id, status="en cours")
        report = read_worksheet(session, filled.save(), f"x.{ending}")
        assert report.conflicts == []
        now = session.project.get(Claim, claim.id)
        assert now.status is S.IN_PROGRESS
        assert now.evidence == claim.evidence


@both
def test_other_files_are_refused_in_words(ending, tmp_path):
    other = tmp_path / f"other.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        book.active["A1"] = "x"
        book.save(other)
    else:
        docx.Document().save(other)
    with project(tmp_path / "p.annotator") as session:
        for data in (b"", b"PK\x03\x04", b"text", other.read_bytes()):
            with pytest.raises(UserError) as caught:
                read_worksheet(session, data, f"x.{ending}")
            assert caught.value.message_id == "worksheet-unreadable"
        with pytest.raises(UserError) as caught:
            read_worksheet(session, b"", "x.pdf")
        assert caught.value.message_id == "worksheet-format"
        assert len(session.project.history()) == 1


@both
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.data())
def test_a_damaged_sheet_never_breaks_the_reader(ending, drawn):
    data = bytearray(written(ending))
    for _ in range(drawn.draw(st.integers(1, 5))):
        at = drawn.draw(st.integers(0, len(data) - 1))
        data[at] = drawn.draw(st.integers(0, 255))
    module = worksheet_xlsx if ending == "xlsx" else worksheet_docx
    with suppress(ValueError):
        module.read(bytes(data))


@cache
def written(ending):
    stream = io.BytesIO()
    (worksheet_xlsx if ending == "xlsx" else worksheet_docx).write(small(), stream)
    return stream.getvalue()


def test_hostile_values_stay_text(tmp_path):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        hostile = "=1+1\x07\u202e<b>"
        claim = set_fields(session, claim, correction=hostile)
        for ending in ("xlsx", "docx"):
            data = sheet(session, tmp_path, ending).save()
            assert read_worksheet(session, data, f"x.{ending}").changed == 0
        book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
        cells = [c for row in book.worksheets[0].iter_rows() for c in row]
        assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"}


DATA = Path(__file__).resolve().parents[2] / "data" / "worksheets"


@both
def test_a_sheet_that_another_program_saved_comes_back(ending, tmp_path):
    """The files were filled in and put in another order, then saved by LibreOffice 7.4.

    In the Word document the words between the forms went with the reordering, so that all forms
    are one table.
    """
    with project(tmp_path / "p.annotator") as session:
        first, second, *others = claims_of(session)
        data = (DATA / f"libreoffice.{ending}").read_bytes()
        report = read_worksheet(session, data, f"x.{ending}")
        assert (report.changed, report.same, report.notes) == (2, 8, 1)
        assert (report.conflicts, report.problems) == ([], [])
        now = {c.id: c for c in claims_of(session)}
        assert (now[first.id].status, now[first.id].verdict) == (S.CONFIRMED_PRIMARY, Verdict.TRUE)
        assert now[first.id].evidence == (
            Evidence("https://example.org/r.pdf", "12", date="2031-03-20", note="tableau = p. 3"),
        )
        assert now[second.id].correction == "Le retard est « confirmé »."
        (note,) = session.project.find(Note, target_id=first.id)
        assert note.text == "Vu avec la préfecture.\nDeux fois."
        session.undo()
        assert claims_of(session) == [first, second, *others]


@both
@pytest.mark.parametrize("level", [Redaction.INTERNAL, Redaction.REDACTED])
def test_the_worksheet_report_in_an_office_format_is_the_one_that_comes_back(
    ending, level, tmp_path
):
    with project(tmp_path / "p.annotator") as session:
        claim = claims_of(session)[0]
        path = tmp_path / f"sheet.{ending}"
        export(session.project, ending, path, kind="worksheet", lang="fr", level=level)
        filled = (Xlsx if ending == "xlsx" else Docx)(path)
        filled.fill(claim.id, status="en cours")
        report = read_worksheet(session, filled.save(), f"x.{ending}")
        assert (report.changed, report.same, report.problems) == (1, 9, [])
        assert session.project.get(Claim, claim.id).status is S.IN_PROGRESS


@both
def test_the_worksheet_says_how_it_came_about(ending, tmp_path):
    found = [sample(name) for name in ("barrage", "dam")]
    several = [one.articles[0] for one in found]
    actors = {actor.id: actor for one in found for actor in one.actors}
    both_of_them = dossier(*several, actors=tuple(actors.values()))
    with project(tmp_path / "p.annotator", both_of_them) as session:
        filled = sheet(session, tmp_path, ending)
        if ending == "xlsx":
            said = {c.value for page in filled.book for row in page.iter_rows() for c in row}
        else:
            tables = filled.document.tables
            cells = {c.text for table in tables for row in table.rows for c in row.cells}
            said = cells | {p.text for p in filled.document.paragraphs}
        words = " ".join(str(one) for one in said)
        for records in several:
            assert records.text.digest[:16] in words
        assert "Annotator" in words
        assert column_title("id", "fr") not in words or ending == "xlsx"
