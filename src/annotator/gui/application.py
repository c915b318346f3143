"""Start the window: settings, theme, the project or the articles that were named."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication

import annotator
from annotator import i18n
from annotator.app.settings import Settings
from annotator.gui.fonts import interface_font
from annotator.gui.main_window import MainWindow, dress
from annotator.gui.theme import wanted_theme
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the Qt application, made once, in the one style that we dress."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Named here and not by ``setStyle``: that returns a QStyle, whose wrapper takes 6 ms to make.
    app = QApplication(["annotator", "-style", "Fusion", *arguments])
    app.setApplicationName("Annotator")
    app.setApplicationVersion(annotator.__version__)
    app.setDesktopFileName("io.github.annotator.Annotator")
    # Qt's own file dialog would keep a list of the folders looked at, in a file of its own.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    return app


def prepare(app: QApplication, settings: Settings) -> None:
    """Give the program its language, its font and its colours, before any widget is made."""
    language = i18n.set_language(settings.text("language"))
    QLocale.setDefault(QLocale(language))
    app.setFont(interface_font())
    dress(wanted_theme(settings))


def complete(app: QApplication, window: MainWindow) -> None:
    """Do what the first paint need not wait for: the icon, Qt's own words, what bugs get."""
    from PySide6.QtGui import QIcon

    from annotator import resources
    from annotator.gui import crash, garbage, qt_words

    garbage.take_over(window, window.jobs)
    crash.leave_no_core()
    crash.watch_faults()
    crash.watch(lambda path: _tell_crash(window, path))
    app.setWindowIcon(QIcon(str(resources.path("icons", "annotator.svg"))))
    qt_words.speak()


def run(paths: Sequence[Path], *, demo: bool = False, smoke: bool = False) -> int:
    """Open the window and work until it is closed.

    Args:
        paths: a project, or articles to import.
        demo: open the sample project.
        smoke: paint once and leave (what packaging tries a built program with).
    """
    os.umask(0o077)
    if smoke:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    settings = Settings()
    prepare(app, settings)
    window = MainWindow(settings)
    window.painted.connect(lambda: complete(app, window))
    if demo or smoke:
        window.projects.open_sample()
    if paths:
        window.projects.take(list(paths))
    window.show()
    if smoke:
        window.filled.connect(lambda: QTimer.singleShot(0, window, window.close))
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        window.deleteLater()


def _tell_crash(window: MainWindow, path: Path | None) -> None:
    """Say in one sentence that something went wrong, and where the frames are."""
    where = tr("window.crash_file", file=str(path)) if path is not None else ""
    sentence = f"{tr('window.crash')} {where}".strip()
    # Not from inside the event that failed: the window may be in the middle of painting.
    QTimer.singleShot(
        0, window, lambda: window.banner.show_notice(sentence, key="crash", is_warning=True)
    )


def main(arguments: Sequence[str]) -> int:
    """Read the command line of the window and run it."""
    from pathlib import Path

    options = {word for word in arguments if word.startswith("--")}
    unknown = options - {"--demo", "--smoke"}
    if unknown:
        sys.stderr.write(tr("window.unknown_option", option=sorted(unknown)[0]) + "\n")
        return 2
    paths = [Path(word).absolute() for word in arguments if not word.startswith("--")]
    return run(paths, demo="--demo" in options, smoke="--smoke" in options)
