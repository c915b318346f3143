"""Bring a project in that was handed out as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.exporters.json_project import read_project_json
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.model.changes import Change, ChangeSet


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """Say how many articles came in, and how many were there already with all their records."""

    added: tuple[str, ...]
    known: tuple[str, ...]


def import_project_json(session: Session, data: bytes, name: str = "") -> ProjectImport:
    """Add the articles, marks and actors of a project's JSON to the open project.

    Records that are there already, exactly so, are passed over: the same file twice changes
    nothing.

    Raises:
        UserError: ``json-not-ours``, ``json-newer``; ``json-conflict`` if a record is there with
            other contents. Nothing is added then.
        DataError: ``json-broken``.
    """
    found = read_project_json(data, name)
    project = session.project
    known = {
        records.article.id
        for records in found.articles
        if project.get(type(records.article), records.article.id) is not None
    }
    steps: list[ChangeSet] = []
    for step in found.change_sets("import-project"):
        changes = tuple(c for c in step.changes if _is_new(session, c, name))
        if changes:
            steps.append(replace(step, changes=changes))
    for step in steps:
        session.commit(step)
    ids = [records.article.id for records in found.articles]
    return ProjectImport(
        tuple(i for i in ids if i not in known), tuple(i for i in ids if i in known)
    )


def _is_new(session: Session, change: Change, name: str) -> bool:
    record = change.record
    there = session.project.get(type(record), record.id)
    if there is not None and there != record:
        raise UserError("json-conflict", file=name)
    return there is None
