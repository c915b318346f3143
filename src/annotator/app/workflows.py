"""Work that takes a while or touches more than the project: import, export, the sample project.

Each is a plain function with a job context; who runs it, and where, is another's business.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.articles import Duplicate, import_texts
from annotator.app.jobs import Cancelled, JobContext
from annotator.app.samples import read_dispatch, sample_files
from annotator.app.session import Session
from annotator.model.annotations import Actor
from annotator.model.changes import ChangeSet, insert
from annotator.model.errors import AnnotatorError, UserError
from annotator.store import Project

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText
    from annotator.model.article import Article
    from annotator.model.changes import Change, NewText

#: Articles committed together when many files come in: nothing half done, little lost on cancel.
_BATCH = 500

#: What a project file's name ends in.
SUFFIX = ".annotator"


@dataclass(frozen=True, slots=True)
class Refused:
    """Name a file that could not be read, and why (an error with its own sentence)."""

    name: str
    path: Path | None
    error: AnnotatorError


@dataclass(slots=True)
class ImportReport:
    """Say what became of each file: added, there already, refused."""

    added: list[Article] = field(default_factory=list["Article"])
    duplicates: list[Duplicate] = field(default_factory=list[Duplicate])
    refused: list[Refused] = field(default_factory=list[Refused])
    cancelled: bool = False


Read = Callable[[Path], "tuple[list[ImportedText], bytes]"]


def files_under(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: the given files, and those inside given folders, sorted.

    Hidden files and links that lead outside are left out; a missing path stays in the list, so
    that it is refused by name and not passed over.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and not file.is_symlink()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        else:
            found.append(path)
    return found


def read_files(
    paths: Sequence[Path], read: Read, ctx: JobContext, report: ImportReport
) -> Iterator[tuple[Path, list[ImportedText], bytes]]:
    """Read files one by one; a file that cannot be read costs itself only."""
    for number, path in enumerate(paths):
        ctx.progress(number, len(paths), "import")
        try:
            items, data = read(path)
        except AnnotatorError as error:
            report.refused.append(Refused(path.name, path, error))
            continue
        yield path, items, data


def import_paths(
    session: Session,
    paths: Iterable[Path],
    ctx: JobContext | None = None,
    *,
    read: Read | None = None,
    as_format: str | None = None,
) -> ImportReport:
    """Read files and folders and add them to the project, a batch a step.

    Without ``read`` the files go through an import worker of their own. Cancelling keeps what is
    stored already and says so in the report.
    """
    ctx = ctx or JobContext()
    report = ImportReport()
    files = files_under(paths)
    if read is not None:
        _import_all(session, files, read, ctx, report)
        return report
    from annotator.importers.worker import ImportWorker

    with ImportWorker() as worker:

        def through_worker(path: Path) -> tuple[list[ImportedText], bytes]:
            data = read_file(path)
            return worker.read(data, path.name, as_format=as_format), data

        _import_all(session, files, through_worker, ctx, report)
    return report


def _import_all(
    session: Session, files: list[Path], read: Read, ctx: JobContext, report: ImportReport
) -> None:
    batch: list[tuple[ImportedText, bytes]] = []
    try:
        for _path, items, data in read_files(files, read, ctx, report):
            batch += [(item, data) for item in items]
            if len(batch) >= _BATCH:
                _keep(session, batch, report)
                batch = []
    except Cancelled:
        report.cancelled = True
    _keep(session, batch, report)


def _keep(session: Session, batch: list[tuple[ImportedText, bytes]], report: ImportReport) -> None:
    if batch:
        outcome = import_texts(session, batch)
        report.added += outcome.added
        report.duplicates += outcome.duplicates


def read_file(path: Path, limit: int = 256 * 1024 * 1024) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: ``import-missing``, ``import-unreadable`` or ``import-too-big``.
    """
    try:
        with path.open("rb") as file:
            if not path.is_file():
                raise UserError("import-unreadable", name=path.name)
            if os.fstat(file.fileno()).st_size > limit:
                raise UserError("import-too-big", name=path.name, limit=limit // 2**20)
            return file.read()
    except FileNotFoundError as error:
        raise UserError("import-missing", name=path.name) from error
    except OSError as error:
        raise UserError("import-unreadable", name=path.name) from error


def open_session(path: Path, *, author: str = "", read_only: bool = False) -> Session:
    """Open a project file for work."""
    return Session(Project.open(path, read_only=read_only), author=author)


def open_or_create(path: Path, *, author: str = "") -> Session:
    """Open a project file for work, making it if it is not there."""
    project = Project.open(path) if path.exists() else Project.create(path)
    return Session(project, author=author)


def make_demo(folder: Path, *, name: str = "sample") -> Path:
    """Make the sample project in a folder and return its path; one that is there is kept.

    Raises:
        UserError: ``folder-unwritable``.
    """
    path = folder / f"{name}{SUFFIX}"
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        session = Session(Project.create(path))
    except OSError as error:
        raise UserError("folder-unwritable", folder=folder.name) from error
    try:
        session.commit(_demo_changes(session))
    finally:
        session.close()
    return path


def _demo_changes(session: Session) -> ChangeSet:
    """Gather all dispatches in one step; an actor named in several is one actor."""
    changes: list[Change] = []
    texts: list[NewText] = []
    actors: dict[str, Actor] = {}
    for file in sample_files():
        dispatch = read_dispatch(file, now=session.now())
        texts.append(dispatch.text)
        changes.append(insert(dispatch.article))
        for record in dispatch.records:
            if isinstance(record, Actor):
                actors[record.id] = _joined(actors.get(record.id), record)
            else:
                changes.append(insert(record))
    changes = [insert(actor) for actor in actors.values()] + changes
    return ChangeSet("demo", tuple(changes), (), tuple(texts))


def _joined(known: Actor | None, actor: Actor) -> Actor:
    if known is None:
        return actor
    more = tuple(a for a in actor.aliases if a not in known.aliases and a.name != known.name)
    return Actor(known.id, known.name, known.kind, known.aliases + more, stamp=known.stamp)
