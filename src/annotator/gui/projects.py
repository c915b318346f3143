"""Projects come and go: new, open, back up, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator import i18n
from annotator.app.session import Session
from annotator.i18n import tr
from annotator.model.errors import AnnotatorError, BugError, DataError
from annotator.store import SUFFIX, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.app.jobs import JobContext
    from annotator.gui.banner import Choice
    from annotator.gui.shell import Shell
    from annotator.store.check import CheckReport

_SHOWN_LINES = 200


def private_folder() -> Path:
    """Return where projects go that nobody chose a place for; only this person may read it."""
    import platformdirs

    return platformdirs.user_data_path("annotator") / "projects"


class Projects:
    """Open and close projects; what stands in the way is said in words."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._opened: Project | None = None

    # -- opening ------------------------------------------------------------------------------

    def new_project(self) -> None:
        """Ask where a new project goes and make it."""
        from annotator.gui.dialogs import ask

        path = ask.project_to_make(self._shell.widget)
        if path is not None:
            self._open(lambda: Project.create(path))

    def open_project(self) -> None:
        """Ask for a project and open it."""
        from annotator.gui.dialogs import ask

        path = ask.project_to_open(self._shell.widget)
        if path is not None:
            self.open_path(path)

    def open_sample(self) -> None:
        """Open the sample project, making it the first time."""
        from annotator.app.workflows import make_demo

        try:
            path = make_demo(private_folder(), name=tr("window.sample_name"))
        except AnnotatorError as error:
            self.refuse(error)
        else:
            self.open_path(path)

    def open_own_desk(self) -> None:
        """Open the project for articles that nobody made a project for."""
        folder = private_folder()
        path = folder / f"{tr('window.own_desk')}{SUFFIX}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open(lambda: Project.open(path) if path.exists() else Project.create(path))

    def open_path(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a project file; what stands in the way is said in words."""
        return self._open(lambda: Project.open(path, read_only=read_only), path)

    def _open(self, get: Callable[[], Project], path: Path | None = None) -> bool:
        shell = self._shell
        desk = shell.desk
        if desk is not None and path is not None and _same(desk.session.project.path, path):
            return True
        try:
            project = get()
        except AnnotatorError as error:
            self.refuse(error, path)
            return False
        self._opened = project
        shell.forget_notice("open")
        try:
            shell.open_session(Session(project, author=shell.settings.text("author")))
        except DataError as error:
            self.give_up(error, project)
            return False
        return True

    def give_up(self, error: DataError, project: Project | None = None) -> None:
        """Close a project that turns out damaged at its first reading; say what can be done.

        Args:
            error: what was found.
            project: the one that was being opened, where the window may not have taken it yet.
        """
        desk = self._shell.desk
        if desk is not None:
            project = desk.session.project
        self._opened = None
        self._shell.close_session(remember=False)
        if desk is None and project is not None:
            project.close()
        self.refuse(error, None if project is None else project.path)

    def settle(self) -> None:
        """Do what opening a project leaves for after the paint: remember it, say how it is."""
        project, self._opened = self._opened, None
        if project is not None:
            self._remember(project.path)
            self._tell_state(project)

    def refuse(self, error: AnnotatorError, path: Path | None = None) -> None:
        """Say why something cannot be done, with what can be done instead."""
        from annotator.gui.banner import Choice

        choices: list[Choice] = []
        if path is not None and error.message_id in ("project-in-use", "project-not-writable"):
            read = Choice(tr("window.open_to_read"), lambda: self.open_path(path, read_only=True))
            choices.append(read)
        if path is not None:
            choices += self._ways_out(error, path)
        self._shell.banner.show_notice(
            i18n.explain(error), key="open", choices=choices, is_warning=True
        )

    def _ways_out(self, error: AnnotatorError, path: Path) -> list[Choice]:
        """Offer the newest backup of a file that is not whole, and what can be read of it."""
        from annotator.app import rescue
        from annotator.gui.banner import Choice
        from annotator.gui.dates import moment

        choices: list[Choice] = []
        backup = rescue.newest_backup(path) if error.message_id in rescue.HOPELESS else None
        if backup is not None:
            when = moment(backup.made_at)
            choices.append(
                Choice(
                    tr("window.restore_backup", when=when),
                    lambda: self._rescue(lambda: rescue.restore_backup(path), "restored"),
                )
            )
        if error.message_id in rescue.READABLE:
            choices.append(
                Choice(
                    tr("window.save_readable"),
                    lambda: self._rescue(lambda: rescue.save_readable(path)[0], "saved"),
                )
            )
        return choices

    def _rescue(self, make: Callable[[], Path], how: str) -> None:
        """Make another project in the background, open it and say what it is."""

        def done(target: Path) -> None:
            if self.open_path(target):
                sentence = tr(f"window.{how}_project", file=target.name)
                self._shell.banner.show_notice(sentence, key="rescue")

        self._shell.jobs.start(
            lambda _ctx: make(), done, failed=self._on_failed, title=tr(f"window.{how}_title")
        )

    def _tell_state(self, project: Project) -> None:
        """Say what a person should know before the first key: read-only, not closed last time."""
        if project.read_only:
            self._shell.banner.show_notice(tr("window.read_only"), key="state")
            return
        last = project.last_action
        if project.was_interrupted:
            from annotator.app.step_names import step_name

            sentence = tr("window.interrupted")
            if last is not None:
                step = step_name(last.label, last.label_values)
                sentence = tr("window.interrupted_after", step=step, time=last.made_at[11:16])
            self._shell.banner.show_notice(sentence, key="state")
        unplaced = len(project.unplaced())
        if unplaced:
            self._shell.banner.show_notice(
                tr("window.unplaced", count=unplaced), key="unplaced", is_warning=True
            )

    def _remember(self, path: Path) -> None:
        settings = self._shell.settings
        if settings.flag("recent_list"):
            known = [name for name in settings.state("recent").split("\n") if name]
            names = [str(path), *(name for name in known if name != str(path))][:8]
            settings.set_state("recent", "\n".join(names))
        else:
            settings.set_state("recent", "")

    def recent(self) -> list[Path]:
        """Return the projects opened lately that are still there, if the person wants a list."""
        if not self._shell.settings.flag("recent_list"):
            return []
        names = self._shell.settings.state("recent").split("\n")
        return [Path(name) for name in names if name and Path(name).is_file()]

    def close_project(self) -> None:
        """Close the project and go back to the first page."""
        self._shell.close_session()

    def quit(self) -> None:
        """Close the window."""
        self._shell.widget.close()

    def take(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or named on the command line: a project, or articles."""
        # By their whole names: taking thousands of paths apart is a stall.
        projects = [path for path in paths if str(path).endswith(SUFFIX)]
        others = [path for path in paths if path not in projects] if projects else paths
        if projects and not self.open_path(projects[0]):
            return
        if others:
            self._shell.imports.import_things(others)

    # -- keeping ------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Write a verified copy beside the project, now."""
        desk = self._shell.desk
        if desk is not None:
            path = desk.run(lambda session: session.project.backup())
            if path is not None:
                desk.say(tr("window.backed_up", file=path.name))

    def check(self) -> None:
        """Verify the whole file on a reader of its own, in the background."""
        desk = self._shell.desk
        if desk is None:
            return
        project = desk.session.project

        def look(ctx: JobContext) -> CheckReport:
            from annotator.app.checking import check_project

            with project.reader() as reader:
                return check_project(reader, ctx)

        desk.jobs.start(look, self._on_checked, failed=self._on_failed, title=tr("window.checking"))

    def _on_checked(self, report: CheckReport) -> None:
        problems = report.problems
        if not problems:
            self._shell.say(tr("window.check_ok"))
            return
        from annotator.gui.banner import Line

        lines = [Line("", str(problem)) for problem in problems[:_SHOWN_LINES]]
        self._shell.banner.show_notice(
            tr("window.check_problems", count=len(problems)),
            key="check",
            lines=lines,
            is_warning=True,
        )

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AnnotatorError) else BugError("bug", what="")
        self.refuse(known)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
