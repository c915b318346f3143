"""Work that takes a while or touches more than the project: import, export, the sample project.

Each is a plain function with a job context; who runs it, and where, is another's business.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.app.commands.articles import Duplicate, import_texts
from annotator.app.jobs import Cancelled, JobContext
from annotator.app.samples import read_dispatch, sample_files
from annotator.app.session import Session
from annotator.collector import few_collections
from annotator.importers.base import refused_parts
from annotator.importers.worker import ImportPool
from annotator.model.annotations import Actor
from annotator.model.changes import ChangeSet, insert
from annotator.model.errors import AnnotatorError, UserError
from annotator.store import SUFFIX, Project
from annotator.text.canonical import readable_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.importers.base import ImportedText
    from annotator.model.article import Article
    from annotator.model.changes import Change, NewText

#: Characters committed together when many files come in: nothing half done, little lost if the
#: program dies. About what the word index gathers in memory: smaller pieces of it would be merged.
_BATCH = 16_000_000
#: What slow files gave is committed after so long, however little it is.
_BATCH_S = 5.0
#: Of so many new objects Python looks for cycles among them while files come in: there are next to
#: none, and the usual 700 are made by twenty files.
_NEW_OBJECTS = 500_000


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

    def refuse_parts(self, path: Path | None, read: list[ImportedText]) -> None:
        """Count what a file held and could not be read: members of archives, attachments."""
        for error in refused_parts(read):
            self.refused.append(Refused(str(error.values.get("name", "")), path, error))


def files_under(paths: Iterable[Path], report: ImportReport | None = None) -> list[Path]:
    """Return the files to read: the given files, and those inside given folders, sorted.

    Hidden files are left out, and links to what the same folder holds anyway. A missing path, a
    link to nothing, or a folder that may not be looked into, stays in the list, so that it is
    refused by name and not passed over.

    Args:
        paths: files and folders.
        report: gets the links inside a folder that lead out of it; they are not followed.
    """
    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir costs twice as much
            files, links = _files_in(path)
            found += sorted(files)
            outside = sorted(link for link in links if _leads_out(link, path))
            if report is not None:
                # Without a path: nobody asks again for what is not followed.
                names = [readable_name(link.name) for link in outside]
                report.refused += [
                    Refused(name, None, UserError("import-link", name=name)) for name in names
                ]
        else:
            found.append(path)
    return found


def _files_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder, however deep, and the links.

    Among the files are links to nothing, and folders that may not be looked into.
    """
    found: list[Path] = []
    links: list[Path] = []

    def shut(error: OSError) -> None:
        found.append(Path(error.filename))

    for at, folders, names in os.walk(folder, onerror=shut):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links += [link for name in folders if (link := Path(at, name)).is_symlink()]
        for name in names:
            if name.startswith("."):
                continue
            file = Path(at, name)
            if file.is_symlink():
                (links if file.exists() else found).append(file)
            elif file.is_file():
                found.append(file)
    return found, links


def _leads_out(link: Path, folder: Path) -> bool:
    try:
        return not link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


@few_collections(_NEW_OBJECTS)
def import_paths(
    session: Session,
    paths: Iterable[Path],
    ctx: JobContext | None = None,
    *,
    as_format: str | None = None,
    workers: int | None = None,
    mapping: Mapping[str, str] | None = None,
) -> ImportReport:
    """Read files and folders and add them to the project, a batch a step.

    A file that cannot be read costs itself only. Cancelling keeps what is stored already and says
    so in the report.

    Args:
        session: where the articles go.
        paths: files and folders.
        ctx: progress and cancel.
        as_format: id of the import format that a person chose; by default the content decides.
        workers: how many processes read; by default one a core.
        mapping: field -> column, for tables; by default guessed from their names.
    """
    ctx = ctx or JobContext()
    report = ImportReport()
    files = files_under(paths, report)
    batch: list[tuple[ImportedText, bytes]] = []
    size, kept_at = 0, time.monotonic()
    try:
        with ImportPool(workers) as pool:
            items = ((file, readable_name(file.name)) for file in files)
            outcomes = pool.read_many(items, as_format=as_format, mapping=mapping)
            for number, (file, (data, read)) in enumerate(zip(files, outcomes, strict=True)):
                ctx.progress(number, len(files), "import")
                if isinstance(read, AnnotatorError):
                    report.refused.append(Refused(readable_name(file.name), file, read))
                    continue
                report.refuse_parts(file, read)
                batch += [(item, data) for item in read]
                size += sum(len(item.text) for item in read)
                if size >= _BATCH or time.monotonic() - kept_at > _BATCH_S:
                    _keep(session, batch, report)
                    batch, size, kept_at = [], 0, time.monotonic()
    except Cancelled:
        report.cancelled = True
    _keep(session, batch, report)
    return report


def _keep(session: Session, batch: list[tuple[ImportedText, bytes]], report: ImportReport) -> None:
    if batch:
        outcome = import_texts(session, batch)
        report.added += outcome.added
        report.duplicates += outcome.duplicates


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
