"""Verify a project: what the store can verify, then what only the analysis can compute again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.app.jobs import JobContext
    from annotator.store import Project
    from annotator.store.check import CheckReport


def check_project(project: Project, context: JobContext) -> CheckReport:
    """Verify everything that can be verified. Thread: any, with a reader of that thread.

    The kept audits are compared with newly computed ones where the rest is sound: of records that
    cannot be read nothing can be computed.

    Raises:
        Cancelled: when the job was cancelled.
    """
    from annotator.app.board import wrong_audits
    from annotator.store.check import Problem

    report = project.check(context.progress)
    if report.ok:
        wrong = wrong_audits(project, context)
        report.problems.extend(Problem("derived", {"name": "audit", "article": i}) for i in wrong)
    return report
