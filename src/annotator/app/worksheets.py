"""Write fact-check worksheets, and take over what somebody filled in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.app.handing_out import collect
from annotator.exporters.base import Format, Redaction, Scope
from annotator.exporters.hand_out import hand_out
from annotator.exporters.worksheet import SheetProblem, base_of, same
from annotator.model.annotations import Claim, Note
from annotator.model.changes import ChangeSet, insert, update
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.session import Session
    from annotator.exporters.base import Dossier
    from annotator.exporters.worksheet import Filled
    from annotator.model.changes import Change
    from annotator.store import Project

_FIELDS = ("status", "verdict", "correction", "evidence")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Show side by side what a field is here and what the sheet says."""

    claim_id: str
    claim: str
    field: str
    here: Any
    sheet: Any


@dataclass(slots=True)
class WorksheetReading:
    """Say what a filled sheet changed, and what it could not."""

    changed: int = 0
    same: int = 0
    notes: int = 0
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    problems: list[SheetProblem] = field(default_factory=list[SheetProblem])


def write_worksheet(
    project: Project,
    out: Path,
    article_ids: Sequence[str] | None = None,
    *,
    lang: str = "en",
    level: Redaction = Redaction.INTERNAL,
) -> int:
    """Write a worksheet (``.xlsx`` or ``.docx``) and return how many claims are in it.

    Raises:
        UserError: ``worksheet-format`` for another ending; what keeps the file from being written.
    """
    kind = _kind(out.name)
    count = [0]

    def write(dossier: Dossier, stream: BinaryIO) -> None:
        count[0] = kind.write(dossier, stream)

    dossier = collect(project, article_ids, lang=lang)
    form = Format("worksheet", out.suffix, "application/octet-stream", Scope.PROJECT, write)
    hand_out(dossier, form, out, level=level, project_path=project.path)
    return count[0]


def _kind(name: str) -> Any:
    from annotator.exporters import worksheet_docx, worksheet_xlsx

    if name.lower().endswith(".xlsx"):
        return worksheet_xlsx
    if name.lower().endswith(".docx"):
        return worksheet_docx
    raise UserError("worksheet-format", file=name)


def read_worksheet(
    session: Session, data: bytes, name: str, *, take_sheet: bool = False
) -> WorksheetReading:
    """Take over what was filled in, in one step.

    A field that changed in the sheet is taken over; one that changed here as well stays as it is
    here and is reported, unless ``take_sheet``. What nobody changed in the sheet stays.

    Raises:
        UserError: ``worksheet-format`` or ``worksheet-unreadable``; nothing has changed then.
    """
    kind = _kind(name)
    try:
        rows, problems = kind.read(data)
    except ValueError as error:
        raise UserError("worksheet-unreadable", file=name) from error
    report = WorksheetReading(problems=problems)
    changes: list[Change] = []
    for row in rows:
        claim = session.project.get(Claim, row.claim_id)
        if claim is None:
            report.problems.append(SheetProblem(0, "gone", row.claim_id))
            continue
        new = _merged(claim, row, report, take_sheet=take_sheet)
        if new != claim:
            report.changed += 1
            changes.append(update(claim, replace(new, stamp=session.restamp(claim.stamp))))
        else:
            report.same += 1
        changes += _notes(session, claim, row, report)
    if changes:
        session.commit(ChangeSet("read-worksheet", tuple(changes), (("file", name),)))
    return report


def _merged(claim: Claim, row: Filled, report: WorksheetReading, *, take_sheet: bool) -> Claim:
    """Return the claim with what the sheet changed."""
    here = base_of(claim)
    taken: dict[str, Any] = {}
    for name in _FIELDS:
        now, base, sheet = getattr(here, name), getattr(row.base, name), getattr(row, name)
        if same(sheet, base) or same(sheet, now):
            continue
        if same(now, base) or take_sheet:
            taken[name] = sheet
        else:
            report.conflicts.append(Conflict(claim.id, claim.anchor.quotation, name, now, sheet))
    return replace(claim, **taken)


def _notes(session: Session, claim: Claim, row: Filled, report: WorksheetReading) -> list[Change]:
    """Add the notes that are not there yet: a sheet that is read twice says nothing twice."""
    there = {n.text for n in session.project.find(Note, target_id=claim.id)}
    fresh = [text for text in row.notes if text not in there]
    report.notes += len(fresh)
    stamp = session.stamp("import")
    return [
        insert(Note(session.new_id(), "claim", claim.id, claim.article_id, text, stamp))
        for text in fresh
    ]
