"""The context menu of quotes and claims: what both have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator import i18n
from annotator.app.commands.links import attribute, detach, nearest_sources
from annotator.app.commands.marks import change_kind, delete_marks
from annotator.gui.models.sourced import full_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.gui.desk import Desk
    from annotator.model.vocabulary import MarkKind

    MenuLine = tuple[str, Callable[[], object]] | None

#: Sources offered in the menu, the nearest first.
_OFFERED = 5


def content_menu(desk: Desk, records: list[Any], other: MarkKind) -> list[MenuLine]:
    """Offer the nearest sources, another kind of mark, and deletion; ``None`` is a hairline."""
    data, run = desk.data, desk.run
    if not records or data is None:
        return []
    lines: list[MenuLine] = []
    for source in (run(nearest_sources, records[0]) or [])[:_OFFERED]:
        words = i18n.tr("panels.attribute_named", name=full_name(data, source))
        lines.append((words, lambda source=source: run(attribute, records, source)))
    links = [a for record in records for a in data.attributions_of(record.id)]
    if links:
        lines.append((i18n.tr("panels.detach_all"), lambda: run(detach, links)))
    if lines:
        lines.append(None)
    if len(records) == 1:
        words = i18n.tr("panels.make_kind", kind=i18n.term(other))
        lines.append((words, lambda: run(change_kind, records[0], other)))
    lines.append((i18n.tr("panels.delete"), lambda: run(delete_marks, records)))
    return lines
