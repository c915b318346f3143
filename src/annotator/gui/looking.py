"""Look into a file before it is imported: in the worker that reads it, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from annotator.i18n import explain, tr
from annotator.model.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.jobs import JobContext
    from annotator.gui.shell import Shell
    from annotator.importers.worker import ImportWorker

T = TypeVar("T")


def look_into(shell: Shell, look: Callable[[ImportWorker], T], done: Callable[[T], None]) -> None:
    """Call ``done(look(worker))``; what stands in the way is said in words.

    Args:
        shell: the window; nothing happens without an open project.
        look: asks the worker something. Thread: a pool thread.
        done: gets the answer on the GUI thread, if the project is still the open one.
    """
    desk = shell.desk
    if desk is None:
        return

    def work(_ctx: JobContext) -> T:
        from annotator.importers.worker import ImportWorker

        with ImportWorker() as worker:
            return look(worker)

    def failed(error: Exception) -> None:
        if isinstance(error, AnnotatorError):
            shell.banner.show_notice(explain(error), key="import", is_warning=True)
        else:
            desk.jobs.broke.emit(error)

    desk.jobs.start(
        work,
        done,
        failed=failed,
        title=tr("window.looking_at_file"),
        is_wanted=lambda: shell.desk is desk,
    )
