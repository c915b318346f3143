"""Qt's own words, names of keys among them, in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from annotator import i18n


def speak() -> None:
    """Let Qt speak the language in use, if it can; what it spoke before is taken back.

    Not before the first paint where a project is open: the file of words takes milliseconds.
    """
    app = QCoreApplication.instance()
    assert app is not None, "words are asked for once there is a program"
    wanted = f"qtbase_{i18n.language()}"
    for former in app.findChildren(QTranslator):
        if former.objectName() == wanted:
            return
        app.removeTranslator(former)
        former.setObjectName("")
        former.deleteLater()
    translator = QTranslator(app)
    translator.setObjectName(wanted)
    if translator.load(wanted, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
