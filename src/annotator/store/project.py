"""The project file: the store's one door."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from annotator.model.changes import Change
from annotator.model.errors import UserError
from annotator.model.suggestion import Suggestion
from annotator.store import opening
from annotator.store.lock import WriterLock
from annotator.store.reading import Reading
from annotator.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from annotator.model.changes import ChangeSet, Touched
    from annotator.store.backup import BackupInfo
    from annotator.store.connection import Connection
    from annotator.store.likeness import KeptLikeness


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Project(Reading):
    """Hold one open project; make one with ``create`` or ``open``, and close it."""

    def __init__(
        self, connection: Connection, lock: WriterLock | None, *, was_interrupted: bool = False
    ) -> None:
        super().__init__(connection)
        self._lock = lock
        self._tidies = False
        #: Whether the last writer did not get to close the file.
        self.was_interrupted = was_interrupted

    @classmethod
    def create(cls, path: Path, *, name: str = "") -> Project:
        """Make a new project file and open it for writing.

        Raises:
            UserError: ``project-exists``, ``project-not-writable``, ``disk-full``.
        """
        if path.exists():
            raise UserError("project-exists", file=path.name)
        lock = WriterLock(path)
        try:
            return cls(opening.make(path, name or path.stem, _now()), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Project:
        """Open a project; for writing only if no other process has it so.

        Raises:
            UserError: ``project-missing``, ``project-empty``, ``project-not-ours``,
                ``project-newer``, ``project-unreadable``; for reading ``project-older``; for
                writing ``project-in-use``, ``project-not-writable``, ``project-no-lock``.
            DataError: ``project-damaged``, ``project-foreign-parts``: nothing was written to it.
        """
        opening.check_file(path)
        if read_only:
            if opening.inspect(path, thorough=False) < VERSION:
                raise UserError("project-older", file=path.name)
            project = cls(opening.connect_to_read(path), None)
            project._tidies = True
            return project
        lock = WriterLock(path)
        try:
            version = opening.inspect(path, thorough=lock.was_left_behind)
            connection = opening.connect_to_write(path, version)
        except BaseException:
            # What was found damaged stays marked as not closed: the next look is thorough too.
            lock.abandon() if lock.was_left_behind else lock.release()
            raise
        return cls(connection, lock, was_interrupted=lock.was_left_behind)

    def close(self) -> None:
        """Close the file and let others write it. A second call does nothing."""
        lock, self._lock = self._lock, None
        if lock is None:
            super().close()
            if self._tidies:
                opening.tidy(self.path)
            return
        try:
            self._connection.fold_log()
            super().close()
        except BaseException:
            lock.abandon()  # the disk is gone, or full: the next look is thorough
            raise
        lock.release()

    def reader(self) -> Project:
        """Open the same file a second time, read-only, for a worker thread."""
        return Project(opening.connect_to_read(self.path), None)

    def writer(self) -> Project:
        """Open the same file a second time for writing, for a worker thread of this process.

        The two write in turns. Whoever holds this one has to be told what the other one touched.

        Raises:
            UserError: ``project-read-only``.
        """
        return Project(opening.connect_beside(self._writable()), None)

    def _writable(self) -> Connection:
        if self.read_only:
            raise UserError("project-read-only", file=self.path.name)
        return self._connection

    def commit(self, changes: ChangeSet) -> Touched:
        """Store one action with its undo step; it is on the disk when this returns.

        Raises:
            BugError: ``stale-change`` if a record is not as the caller thinks, and others that
                say the same of references and digests. Nothing is stored then.
            UserError: ``disk-full``, ``disk-error``, ``project-read-only``. Nothing is stored, the
                caller still has its records.
        """
        from annotator.store import commit

        return commit.commit(self._writable(), self._bodies, changes, _now())

    def undo(self) -> Touched | None:
        """Take the last action back; ``None`` where there is none."""
        from annotator.store import commit

        return commit.move(self._writable(), self._bodies, back=True, made_at=_now())

    def redo(self) -> Touched | None:
        """Do the last undone action again; ``None`` where there is none."""
        from annotator.store import commit

        return commit.move(self._writable(), self._bodies, back=False, made_at=_now())

    def put_suggestions(self, article_id: str, suggestions: Sequence[Suggestion]) -> Touched:
        """Keep fresh proposals of an article in place of those that wait for a decision.

        No step of undo: proposals are not the person's work. What a step may still be redone on
        stays as it is; decided suggestions are never touched.

        Raises:
            UserError: as ``commit``.
        """
        from annotator.store import commit

        known = {s.id: s for s in self.find(Suggestion, article_id=article_id)}
        fresh = {s.id: s for s in suggestions}
        changes = [Change(None, s) for s in fresh.values() if s.id not in known]
        if self.redo_entry is None:
            waiting = (s for s in known.values() if not s.decided_at)
            changes += [Change(s, fresh.get(s.id)) for s in waiting if s != fresh.get(s.id)]
        return commit.put(self._writable(), self._bodies, changes)

    def backup(self, now: datetime | None = None) -> Path:
        """Write a verified backup beside the project, thin the older ones, return its path.

        A ``reader()`` can do this too, in a worker.

        Raises:
            UserError: ``backup-no-space``, ``backup-failed``.
            DataError: ``backup-not-good``.
        """
        from annotator.store import backup

        return backup.back_up(self._connection, self.project_id, now or datetime.now(UTC))

    def backup_if_due(self, now: datetime | None = None) -> Path | None:
        """Write a backup if something changed and the last one is half an hour old."""
        moment = now or datetime.now(UTC)
        from annotator.store import backup

        due = backup.is_due(self._connection, self.project_id, moment)
        return self.backup(moment) if due else None

    def backups(self) -> list[BackupInfo]:
        """Return the project's backups, newest first."""
        from annotator.store import backup

        return backup.backups(self.path, self.project_id)

    def keep_audits(self, stamp: str, lines: Mapping[str, str]) -> None:
        """Keep the audits of articles (by article id) until those change; no step of undo."""
        from annotator.store import audits

        connection = self._writable()
        with connection.transaction():
            audits.keep(connection, stamp, lines)

    def rebuild(self) -> None:
        """Compute everything again that can be computed from the records (after ``check``)."""
        from annotator.store.derived import rebuild

        connection = self._writable()
        with connection.transaction():
            rebuild(connection, self._bodies)

    def keep_likenesses(self, found: Sequence[KeptLikeness]) -> None:
        """Keep what near-duplicates are found by (a cache, no action)."""
        from annotator.store import likeness

        connection = self._writable()
        with connection.transaction():
            likeness.keep(connection, found)

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this project (not an action: undo leaves it alone)."""
        connection = self._writable()
        with connection.transaction():
            connection.run(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value)
            )
