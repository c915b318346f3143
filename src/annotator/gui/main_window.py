"""The window. It builds and wires; what a key does lives in the controllers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from annotator import i18n
from annotator.gui.desk import Desk
from annotator.gui.frame import Frame
from annotator.gui.parts import Following
from annotator.gui.projects import Projects
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import wanted_theme
from annotator.gui.workspace import Workspace
from annotator.model.article import Article
from annotator.model.errors import DataError

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QShowEvent

    from annotator.app.session import Session
    from annotator.app.settings import Settings
    from annotator.gui.action_set import ActionSet
    from annotator.gui.actions import Action
    from annotator.gui.banner import Banner
    from annotator.gui.imports import Imports
    from annotator.gui.navigation import Navigation
    from annotator.gui.qt_jobs import JobHandle
    from annotator.gui.status_line import StatusLine
    from annotator.gui.theme import Theme
    from annotator.gui.top_line import TopLine

_SIZE = QSize(1440, 900)
_LEAST = QSize(480, 360)
#: Controllers that wait for the first key: their modules are not needed for the first paint.
_CONTROLLERS = {
    "appearance": "Appearance",
    "imports": "Imports",
    "navigation": "Navigation",
    "reports": "Reports",
}


class MainWindow(Following, QMainWindow):
    """Be the one window of a project.

    ``painted()`` after the first paint, ``filled()`` once everything that waited for it is there.
    """

    painted = Signal()
    filled = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.theme: Theme = wanted_theme(settings)
        self.jobs = JobRunner(self)
        self._workspace: Workspace | None = None
        self._is_painted = False
        self._after_paint = QTimer(self, singleShot=True, interval=0)
        self._after_paint.timeout.connect(self._on_first_paint)
        self.setMinimumSize(_LEAST)
        self.setAcceptDrops(True)
        self._restore_size()
        self._build()
        self.jobs.started.connect(self._on_job)
        self.jobs.broke.connect(self._on_broke)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_theme)

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        """Make everything that speaks the language in use."""
        self._actions: ActionSet | None = None
        self.frame = Frame()
        self.setCentralWidget(self.frame)
        self.projects = Projects(self)
        self._controllers: dict[str, object] = {"projects": self.projects}

    @property
    def actions_by_id(self) -> ActionSet:
        """Return Qt's actions, made when the first one is asked for."""
        if self._actions is None:
            from annotator.gui.action_set import ActionSet

            self._actions = ActionSet(self, self._do)
        return self._actions

    @property
    def top(self) -> TopLine:
        """Return the line above."""
        return self.frame.top

    @property
    def status_line(self) -> StatusLine:
        """Return the line below."""
        return self.frame.status_line

    @property
    def banner(self) -> Banner:
        """Return the place for notices."""
        return self.frame.banner

    def _show_welcome(self) -> None:
        from annotator.gui import qt_words
        from annotator.gui.welcome import Welcome

        qt_words.speak()
        actions = self.actions_by_id.by_id
        welcome = Welcome(actions, self.projects.recent(), self.projects.open_path)
        self.frame.show_widget(welcome)
        welcome.buttons[0].setFocus()
        self.setWindowTitle("Annotator")
        self.top.show_project("", None)
        self.frame.status.follow(None)
        self._update_actions()

    # -- what the controllers may ask (see ``Shell``) -----------------------------------------

    @property
    def desk(self) -> Desk | None:
        """Return the desk of the open project."""
        return None if self._workspace is None else self._workspace.desk

    @property
    def workspace(self) -> Workspace | None:
        """Return the widgets of the open project."""
        return self._workspace

    @property
    def widget(self) -> QWidget:
        """Return the window."""
        return self

    @property
    def imports(self) -> Imports:
        """Return what brings articles in."""
        return cast("Imports", self.controller("imports"))

    def forget_notice(self, key: str) -> None:
        """Take a notice back, if there is one."""
        if self.frame.has_banner():
            self.banner.take_back(key)

    def say(self, sentence: str) -> None:
        """Say something in the status line."""
        self.status_line.say(sentence)

    def open_session(self, session: Session) -> None:
        """Work on another project; the one before is closed."""
        self._drop_workspace(close=True)
        desk = Desk(session, self.settings, self.theme, self.jobs, self)
        self._workspace = workspace = Workspace(desk)
        self.frame.show_widget(workspace)
        desk.said.connect(self.say)
        desk.touched.connect(self._on_touched)
        workspace.situation_changed.connect(self._update_actions)
        workspace.pane.menu_asked.connect(self._show_text_menu)
        workspace.pane.files_dropped.connect(lambda names: self.projects.take(_paths(names)))
        self.setWindowTitle(f"{session.project.name} – Annotator")
        self._open_first(desk)
        workspace.pane.view.setFocus()
        if self._is_painted:
            QTimer.singleShot(0, self, self._come_alive)

    def _open_first(self, desk: Desk) -> None:
        """Open where the person left off, else the first article of the library."""
        project = desk.session.project
        last = project.setting("article")
        if last and project.get(Article, last) is not None:
            desk.open_article(last)
            return
        from annotator.store import ArticleQuery

        for first in project.articles(ArticleQuery(limit=1)).rows:
            desk.open_article(first.id)

    def close_session(self, *, remember: bool = True) -> None:
        """Close the project and show the first page; a damaged file is not written to."""
        self._drop_workspace(close=True, remember=remember)
        self._show_welcome()

    def _drop_workspace(self, *, close: bool, remember: bool = True) -> None:
        workspace, self._workspace = self._workspace, None
        if workspace is None:
            return
        self.jobs.cancel_all()
        session = workspace.desk.session
        if close and remember and not session.project.read_only:
            session.project.set_setting("article", workspace.desk.article_id)
        workspace.close()
        # Nothing that still waits may read a project that is closed.
        for timer in (*workspace.findChildren(QTimer), *workspace.desk.findChildren(QTimer)):
            timer.stop()
        workspace.desk.deleteLater()
        if close:
            session.close()

    def retranslate(self) -> None:
        """Build the window anew in the language of the settings."""
        from annotator.gui import qt_words

        i18n.set_language(self.settings.text("language"))
        qt_words.speak()
        desk = self.desk
        session, article_id = (desk.session, desk.article_id) if desk else (None, "")
        self._drop_workspace(close=False)
        for action in self.actions_by_id.by_id.values():
            self.removeAction(action)
            action.deleteLater()
        self._build()
        self.top.use(self.actions_by_id)
        if session is None:
            self._show_welcome()
        else:
            self.open_session(session)
            if article_id and self.desk is not None:
                self.desk.open_article(article_id)

    def use_theme(self, theme: Theme) -> None:
        """Use other colours from now on."""
        self.theme = theme
        dress(theme)
        if self.desk is not None:
            self.desk.set_theme(theme)

    # -- actions ------------------------------------------------------------------------------

    def controller(self, name: str) -> object | None:
        """Return a controller by the name the table uses; it is made when it is first asked for."""
        if name in _CONTROLLERS and name not in self._controllers:
            module = import_module(f"annotator.gui.{name}")
            self._controllers[name] = getattr(module, _CONTROLLERS[name])(self)
        found = self._controllers.get(name)
        return found if found is not None else getattr(self._workspace, name, None)

    def _do(self, action: Action) -> None:
        name, _, method = action.handler.partition(".")
        controller = self.controller(name)
        if controller is not None:
            arguments = (action.argument,) if action.argument else ()
            getattr(controller, method)(*arguments)
        self._update_actions()

    def _update_actions(self) -> None:
        workspace = self._workspace
        if not self._is_painted:
            return
        now = workspace.situation() if workspace is not None else None
        self.actions_by_id.update(now)
        if workspace is None or now is None:
            self.top.undo.show_step("")
            return
        self.actions_by_id.check(
            view_library=not workspace.library.isHidden(),
            view_panels=not workspace.panels.isHidden(),
            view_plot=workspace.panels.is_plot_shown(),
            view_plot_large=workspace.is_plot_large(),
            view_full=self.isFullScreen(),
            reviewed=workspace.is_reviewed(),
        )
        self.top.undo.show_step(workspace.history.undo_name() if now.can_undo else "")

    def _show_text_menu(self, at: object) -> None:
        navigation = cast("Navigation", self.controller("navigation"))
        menu = self.actions_by_id.context_menu(self, before=navigation.marks_here())
        menu.popup(at)  # type: ignore[arg-type]

    def _show_library_menu(self, at: object) -> None:
        groups = (
            ("articles.reviewed", "report.export", "article.delete"),
            ("articles.import", "articles.paste"),
        )
        self.actions_by_id.context_menu(self, groups).popup(at)  # type: ignore[arg-type]

    # -- following ----------------------------------------------------------------------------

    def _on_touched(self, touched: object) -> None:
        if "article" in getattr(touched, "tables", ()):
            self._show_counts()

    def _show_counts(self) -> None:
        if self.desk is not None:
            project = self.desk.session.project
            self.top.show_project(project.name, project.article_count())

    def _on_system_theme(self) -> None:
        if self.settings.text("theme") == "system":
            self.use_theme(wanted_theme(self.settings))

    def _on_job(self, handle: JobHandle) -> None:
        self.banner.follow(handle)

    def _on_broke(self, error: Exception) -> None:
        """Hand a failure of a job that nobody expected to the one place for bugs."""
        from annotator.gui.crash import report

        report(type(error), error, error.__traceback__)

    # -- after the first paint ----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and go on with what the first paint need not wait for."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # A timer, not ``singleShot(0)``: that one posts an event, which would come before
            # the keys and clicks that are waiting, and before what shows the painted frame.
            self._after_paint.start()

    def _on_first_paint(self) -> None:
        self.top.use(self.actions_by_id)
        self._come_alive()
        self.painted.emit()

    def _come_alive(self) -> None:
        """Give an open project its keys, its panels and its plot: they bring the heavy imports."""
        workspace = self._workspace
        if workspace is not None and not workspace.panels.ids():
            try:
                workspace.wake()
                self._show_counts()
            except DataError as error:
                self.projects.give_up(error)
                return
            workspace.library.context_asked.connect(self._show_library_menu)
            workspace.panels.filled.connect(self._on_filled)
            self.frame.status.follow(workspace)
            workspace.pane.use(self.actions_by_id)
            workspace.panels.fill()
            self.projects.settle()
        self._update_actions()

    def _on_filled(self) -> None:
        self.filled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first page if no project was opened."""
        super().showEvent(event)
        if self.frame.stack.currentWidget() is None:
            self._show_welcome()

    # -- the window ---------------------------------------------------------------------------

    def _restore_size(self) -> None:
        self.resize(_SIZE)
        stored = self.settings.state("geometry")
        if stored:
            self.restoreGeometry(QByteArray.fromBase64(stored.encode("ascii", "replace")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open or import what was dropped."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.projects.take(_paths(names))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the jobs, close the project, remember the size; first ask if articles come in."""
        if "imports" in self._controllers and not self.imports.may_close():
            event.ignore()
            return
        geometry = self.saveGeometry().toBase64().toStdString()
        self.settings.set_state("geometry", geometry)
        self.jobs.shut_down()
        self._drop_workspace(close=True)
        super().closeEvent(event)


def dress(theme: Theme) -> None:
    """Give the whole program a theme: palette and the one style sheet."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setPalette(theme.palette())
        app.setStyleSheet(theme.style_sheet())


def _paths(names: list[str]) -> list[Path]:
    return [Path(name) for name in names]
