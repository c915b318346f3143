"""What the controllers may ask of the window, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.app.session import Session
    from annotator.app.settings import Settings
    from annotator.gui.action_set import ActionSet
    from annotator.gui.banner import Banner
    from annotator.gui.desk import Desk
    from annotator.gui.imports import Imports
    from annotator.gui.projects import Projects
    from annotator.gui.qt_jobs import JobRunner
    from annotator.gui.theme import Theme
    from annotator.gui.workspace import Workspace


class Shell(Protocol):
    """Be the window as its controllers see it."""

    jobs: JobRunner
    settings: Settings
    theme: Theme
    projects: Projects

    @property
    def banner(self) -> Banner:
        """Return the place for notices."""
        ...

    @property
    def actions_by_id(self) -> ActionSet:
        """Return Qt's actions."""
        ...

    @property
    def imports(self) -> Imports:
        """Return what brings articles in."""
        ...

    @property
    def desk(self) -> Desk | None:
        """Return the desk of the open project."""
        ...

    @property
    def workspace(self) -> Workspace | None:
        """Return the widgets of the open project."""
        ...

    @property
    def widget(self) -> QWidget:
        """Return the window itself, as the parent of cards and dialogs."""
        ...

    def open_session(self, session: Session) -> None:
        """Work on another project; the one before is closed."""
        ...

    def close_session(self, *, remember: bool = True) -> None:
        """Close the project and show the first page."""
        ...

    def forget_notice(self, key: str) -> None:
        """Take a notice back, if there is one."""
        ...

    def say(self, sentence: str) -> None:
        """Say something in the status line."""
        ...

    def retranslate(self) -> None:
        """Build the window anew in the language of the settings."""
        ...

    def use_theme(self, theme: Theme) -> None:
        """Use other colours from now on."""
        ...
