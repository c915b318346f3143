"""Tables of articles: ask which column holds what, and remember the answer for the next one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from annotator.gui.dialogs import ask
from annotator.gui.looking import look_into
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from annotator.app.settings import Settings
    from annotator.gui.dialogs.columns_sheet import ColumnsSheet
    from annotator.gui.shell import Shell
    from annotator.importers.mapping import TablePreview

#: Not "columns": those are the window's, and each would write over the other.
_STATE = "table_columns"
#: Kinds of table remembered; the oldest is forgotten first.
_MOST = 40
_PATTERNS = ("*.csv", "*.tsv", "*.tab", "*.xlsx", "*.xlsm", "*.json", "*.jsonl")


def remembered(settings: Settings) -> dict[str, dict[str, str]]:
    """Return the mappings that were chosen before, by the signature of the columns."""
    try:
        stored = json.loads(settings.state(_STATE, "{}"))
    except ValueError:
        return {}
    if not isinstance(stored, dict):
        return {}
    found: dict[str, dict[str, str]] = {}
    for key, mapping in cast("dict[str, object]", stored).items():
        if isinstance(mapping, dict):
            pairs = cast("dict[object, object]", mapping)
            found[key] = {str(field): str(column) for field, column in pairs.items()}
    return found


def remember(settings: Settings, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep a choice for all tables with these columns."""
    from annotator.importers.mapping import signature

    known = remembered(settings)
    known.pop(signature(columns), None)
    known[signature(columns)] = dict(mapping)
    kept = dict(list(known.items())[-_MOST:])
    settings.set_state(_STATE, json.dumps(kept, ensure_ascii=False))


class Tables:
    """Show a table's columns and hand over what the person chose.

    Args:
        shell: the window.
        take: called with the file; what was chosen is remembered by then.
    """

    def __init__(self, shell: Shell, take: Callable[[Path], object]) -> None:
        self._shell = shell
        self._take = take
        self._sheet: ColumnsSheet | None = None

    def choose(self, path: Path | None = None) -> None:
        """Ask for the columns of a table, and for the table first unless it is given."""
        if self._shell.desk is None:
            return
        file = path or ask.work_to_bring(
            self._shell.widget, "actions.do.articles.table", tr("window.table_files"), _PATTERNS
        )
        if file is None:
            return
        look_into(
            self._shell,
            lambda worker: worker.preview(file, file.name),
            lambda preview: self._show(file, preview),
        )

    def _show(self, path: Path, preview: TablePreview | None) -> None:
        if preview is None or not preview.columns:
            self._shell.say(tr("window.columns_none", file=path.name))
            return
        from annotator.gui.dialogs.columns_sheet import ColumnsSheet

        self._close()
        self._sheet = sheet = ColumnsSheet(self._shell.widget, path.name, preview)
        sheet.chosen.connect(lambda mapping: self._on_chosen(path, preview, mapping))
        sheet.closed.connect(self._close)
        sheet.open_card(sheet.boxes["text"])

    def _on_chosen(self, path: Path, preview: TablePreview, mapping: dict[str, str]) -> None:
        self._close()
        remember(self._shell.settings, preview.columns, mapping)
        self._take(path)

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.discard()
