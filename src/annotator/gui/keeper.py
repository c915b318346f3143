"""Keep verified backups while a project is open, in the background and without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator import i18n
from annotator.model.errors import AnnotatorError

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.gui.desk import Desk

#: How often it is asked whether a backup is due; the store knows what due means.
_EVERY_MS = 5 * 60 * 1000


class Keeper(QObject):
    """Ask the store for a backup when one is due; only a failure is said."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        if not desk.session.project.read_only:
            self._timer.start()

    def keep(self) -> None:
        """Make a backup now if one is due."""
        project = self._desk.session.project

        def work(_ctx: object) -> Path | None:
            with project.reader() as reader:
                return reader.backup_if_due()

        self._desk.jobs.start(work, lambda _path: None, failed=self._on_failed)

    def stop(self) -> None:
        """Ask no more: the project is being closed."""
        self._timer.stop()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AnnotatorError):
            self._desk.say(i18n.explain(error))
        else:
            self._desk.jobs.broke.emit(error)
