"""Ask for files. Tests replace these functions; nothing else of the program opens a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.i18n import tr
from annotator.store import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


def _project_filter() -> str:
    return f"{tr('window.project_files')} (*{SUFFIX})"


def project_to_open(parent: QWidget) -> Path | None:
    """Ask which project to open."""
    name, _chosen = QFileDialog.getOpenFileName(
        parent, tr("actions.do.project.open").rstrip("…"), "", _project_filter()
    )
    return Path(name) if name else None


def project_to_make(parent: QWidget) -> Path | None:
    """Ask where a new project goes."""
    name, _chosen = QFileDialog.getSaveFileName(
        parent, tr("actions.do.project.new").rstrip("…"), "", _project_filter()
    )
    if not name:
        return None
    return Path(name if name.endswith(SUFFIX) else name + SUFFIX)


def articles_to_import(parent: QWidget, patterns: Sequence[str]) -> list[Path]:
    """Ask which files to import; ``patterns`` are what the importers read."""
    known = f"{tr('window.article_files')} ({' '.join(patterns)})"
    names, _chosen = QFileDialog.getOpenFileNames(
        parent,
        tr("actions.do.articles.import").rstrip("…"),
        "",
        f"{known};;{tr('window.all_files')} (*)",
    )
    return [Path(name) for name in names]


def folder_to_import(parent: QWidget) -> Path | None:
    """Ask which folder to import."""
    name = QFileDialog.getExistingDirectory(parent, tr("actions.do.articles.folder").rstrip("…"))
    return Path(name) if name else None


def work_to_bring(
    parent: QWidget, title_id: str, kind: str, patterns: Sequence[str]
) -> Path | None:
    """Ask which file of somebody's work to read."""
    known = f"{kind} ({' '.join(patterns)})"
    name, _chosen = QFileDialog.getOpenFileName(
        parent, tr(title_id).rstrip("…"), "", f"{known};;{tr('window.all_files')} (*)"
    )
    return Path(name) if name else None


def pack_to_install(parent: QWidget) -> Path | None:
    """Ask which file of a language pack to install."""
    name, _chosen = QFileDialog.getOpenFileName(
        parent,
        tr("packs.file").rstrip("…"),
        "",
        f"{tr('packs.files')} (*.whl *.tar.gz *.zip);;{tr('window.all_files')} (*)",
    )
    return Path(name) if name else None


def file_to_write(parent: QWidget, suggested: str, kind: str, suffix: str) -> Path | None:
    """Ask where an export goes."""
    name, _chosen = QFileDialog.getSaveFileName(
        parent, tr("actions.do.report.export").rstrip("…"), suggested, f"{kind} (*{suffix})"
    )
    if not name:
        return None
    return Path(name if Path(name).suffix else name + suffix)
