"""Bring work back in: a whole project, annotations of other programs, a filled worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator import i18n
from annotator.gui.banner import Choice, Line
from annotator.gui.dialogs import ask
from annotator.i18n import term, tr
from annotator.model.errors import AnnotatorError, BugError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from enum import StrEnum
    from pathlib import Path
    from typing import TypeVar

    from annotator.app.session import Session
    from annotator.app.worksheets import Conflict
    from annotator.gui.desk import Desk
    from annotator.gui.shell import Shell

    T = TypeVar("T")

_SHOWN_LINES = 200
#: Endings of the formats that annotations are exchanged in.
_MARKS = ("*.json", "*.jsonl", "*.xmi", "*.zip", "*.ann", "*.tsv", "*.conll", "*.qdpx", "*.xml")
_KEY = "brought"


class Bringing:
    """Read files that hold work, not articles. What cannot be taken over is listed, in words."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def project(self, path: Path | None = None) -> None:
        """Add the articles and marks of a project's JSON."""
        desk = self._shell.desk
        if desk is None:
            return
        path = path or ask.work_to_bring(
            self._shell.widget, "actions.do.bring.project", tr("window.json_files"), ("*.json",)
        )
        if path is None:
            return
        from annotator.app.project_json import import_project_json

        found = self._read(desk, path, import_project_json)
        if found is not None:
            told = tr(
                "window.brought_project",
                file=path.name,
                added=len(found.added),
                known=len(found.known),
            )
            self._tell(told, ())
            for article_id in found.added[:1]:
                desk.open_article(article_id)

    def marks(self, path: Path | None = None) -> None:
        """Add marks that were made in another program."""
        desk = self._shell.desk
        if desk is None:
            return
        path = path or ask.work_to_bring(
            self._shell.widget, "actions.do.bring.marks", tr("window.marks_files"), _MARKS
        )
        if path is None:
            return
        from annotator.app.annotations_in import import_annotations

        found = self._read(desk, path, import_annotations)
        if found is not None:
            told = tr(
                "window.brought_marks",
                file=path.name,
                added=found.added,
                articles=len(found.articles),
                known=found.known,
            )
            lines = [Line(p.what, tr(f"losses.problem.{p.id}")) for p in found.problems]
            self._tell(told, lines)
            for article_id in found.articles[:1]:
                desk.open_article(article_id)

    def sheet(self, path: Path | None = None, *, take_sheet: bool = False) -> None:
        """Take over what somebody filled in a worksheet; where both changed, ask."""
        desk = self._shell.desk
        if desk is None:
            return
        path = path or ask.work_to_bring(
            self._shell.widget,
            "actions.do.bring.sheet",
            tr("window.sheet_files"),
            ("*.xlsx", "*.docx"),
        )
        if path is None:
            return
        from annotator.app.worksheets import read_worksheet

        def read(session: Session, data: bytes, name: str) -> Any:
            return read_worksheet(session, data, name, take_sheet=take_sheet)

        found = self._read(desk, path, read)
        if found is None:
            return
        told = tr(
            "window.brought_sheet",
            file=path.name,
            changed=found.changed,
            same=found.same,
            notes=found.notes,
        )
        lines = [_conflict_line(one) for one in found.conflicts]
        lines += [
            Line(tr("window.sheet_row", row=p.row), tr(f"report.sheet.{p.id}", what=p.what))
            for p in found.problems
        ]
        chosen = path
        again = Choice(tr("window.take_sheet"), lambda: self.sheet(chosen, take_sheet=True))
        self._tell(told, lines, (again,) if found.conflicts else ())

    def _read(self, desk: Desk, path: Path, read: Callable[[Session, bytes, str], T]) -> T | None:
        """Load a file and hand it over; a refusal is one sentence."""
        from annotator.importers.worker import load_file

        try:
            return read(desk.session, load_file(path), path.name)
        except BugError:
            raise
        except AnnotatorError as error:
            self._shell.banner.show_notice(i18n.explain(error), key=_KEY, is_warning=True)
            return None

    def _tell(self, told: str, lines: Sequence[Line], choices: Sequence[Choice] = ()) -> None:
        if lines:
            self._shell.banner.show_notice(
                told, key=_KEY, lines=lines[:_SHOWN_LINES], choices=choices
            )
        else:
            self._shell.forget_notice(_KEY)
            self._shell.say(told)


def _conflict_line(one: Conflict) -> Line:
    words = tr(
        "window.sheet_conflict",
        field=tr(f"report.sheet.column.{one.field}"),
        here=_shown(one.here),
        sheet=_shown(one.sheet),
    )
    return Line(" ".join(one.claim.split())[:80], words)


def _shown(value: str | StrEnum | tuple[Any, ...]) -> str:
    """Return what a field says: words, a term, or pieces of evidence."""
    if isinstance(value, tuple):
        parts = ((e.link, e.page, e.time, e.date, e.note) for e in value)
        return "; ".join(" ".join(p for p in one if p) for one in parts)
    return value if type(value) is str else term(value)  # type: ignore[arg-type]
