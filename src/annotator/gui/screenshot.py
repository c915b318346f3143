"""Take a picture of the real window, for the manual, the tests and whoever looks from afar."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QCursor, QImage, QImageWriter, QPainter

from annotator import i18n
from annotator.app.workflows import open_session
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.gui.main_window import MainWindow

#: What is not there after this long is not coming; the picture is taken anyway.
_LIMIT_MS = 60_000
_SETTLE_MS = 80
#: Longer than any pause after which the window begins something by itself.
_QUIET_MS = 560


def take(
    project_path: Path,
    out: Path,
    *,
    article: str | None = None,
    panel: str | None = None,
    theme: str = "light",
    lang: str = "en",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
) -> Path:
    """Write a PNG of the window with a project open.

    Args:
        project_path: the project.
        out: where the picture goes.
        article: an article's id; the first of the library by default.
        panel: a panel's id.
        theme: ``light`` or ``dark``.
        lang: ``en`` or ``fr``.
        size: of the window, in px at scale 1.
        scale: device pixels a px.

    Raises:
        UserError: what keeps the project from being opened; ``screenshot-failed`` if the picture
            cannot be written; ``article-unknown`` for an id that is not there.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from annotator.gui.application import make_application

    make_application()
    QCursor.setPos(QPoint(*size))
    # A copy, so that the picture shows a project at work and the project itself is not touched.
    with tempfile.TemporaryDirectory() as folder, _window(theme, lang, size) as window:
        window.open_session(open_session(_copied(project_path, Path(folder))))
        _wait(window)
        desk = window.desk
        assert desk is not None
        if article is not None:
            _open(window, article)
        if panel is not None and window.workspace is not None:
            _show_panel(window, panel)
        if article is not None or panel is not None:
            _wait_for_quiet(window)
        image = picture(window, scale)
    if not QImageWriter(str(out), QByteArray(b"png")).write(image):
        raise UserError("screenshot-failed", file=out.name)
    return out


def _copied(project_path: Path, folder: Path) -> Path:
    """Copy a project that may be open elsewhere: the file first, then what is not yet in it."""
    open_session(project_path, read_only=True).close()
    for suffix in ("", "-wal"):
        part = project_path.with_name(project_path.name + suffix)
        if part.is_file():
            shutil.copyfile(part, folder / part.name)
    return folder / project_path.name


def picture(window: MainWindow, scale: float = 1.0) -> QImage:
    """Return the window as an image."""
    image = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0))
    painter.end()
    return image


def _open(window: MainWindow, article_id: str) -> None:
    from annotator.model.article import Article

    desk = window.desk
    if desk is None or desk.session.project.get(Article, article_id) is None:
        raise UserError("article-unknown", article=article_id)
    desk.open_article(article_id)


def _show_panel(window: MainWindow, panel_id: str) -> None:
    workspace = window.workspace
    if workspace is None or panel_id not in workspace.panels.ids():
        known = ", ".join(workspace.panels.ids()) if workspace is not None else ""
        raise UserError("panel-unknown", panel=panel_id, known=known)
    workspace.panels.show_panel(panel_id)


@contextmanager
def _window(theme: str, lang: str, size: tuple[int, int]) -> Iterator[MainWindow]:
    """Make a window whose settings are its own and forgotten afterwards."""
    from annotator.app.settings import Settings
    from annotator.gui.application import make_application, prepare
    from annotator.gui.main_window import MainWindow

    language = i18n.language()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.json")
        settings.set("theme", theme)
        settings.set("language", lang)
        prepare(make_application(), settings)
        window = MainWindow(settings)
        window.resize(QSize(*size))
        window.show()
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            # Before the next window dresses the program: this one's project is closed.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            i18n.set_language(language)


def _wait(window: MainWindow) -> None:
    """Wait for panels and plot, and then until nothing has been going on for a while."""
    loop = QEventLoop()
    window.filled.connect(loop.quit)
    QTimer.singleShot(_LIMIT_MS, loop, loop.quit)
    loop.exec()
    _wait_for_quiet(window)


def _wait_for_quiet(window: MainWindow) -> None:
    """Wait until no job runs and the view has filled in its heights and its overview."""
    quiet = 0
    for _turn in range(_LIMIT_MS // _SETTLE_MS):
        _settle()
        workspace = window.workspace
        is_reading = workspace is not None and not workspace.pane.view.idler.is_done
        quiet = 0 if window.jobs.is_busy or is_reading else quiet + 1
        if quiet * _SETTLE_MS >= _QUIET_MS:
            return


def _settle() -> None:
    """Let what is queued happen: timers of a moment, layouts, paints."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop, loop.quit)
    loop.exec()
