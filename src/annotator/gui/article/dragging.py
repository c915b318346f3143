"""Dragging marks onto marks, and files onto the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QFontMetricsF, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from annotator.gui.article.styles import Type, ViewColours
    from annotator.gui.theme import MarkStyle

#: The id of the dragged mark, UTF-8. Panels may offer sources under the same type.
MARK_MIME = "application/x-annotator-mark"
_LONGEST = 40


def mark_mime(mark_id: str) -> QMimeData:
    """Return the data that stands for a mark during a drag: its id, never its words."""
    data = QMimeData()
    data.setData(MARK_MIME, mark_id.encode())
    return data


def dragged_mark(data: QMimeData) -> str:
    """Return the id of the dragged mark (empty: something else is dragged)."""
    if not data.hasFormat(MARK_MIME):
        return ""
    return bytes(data.data(MARK_MIME).data()).decode("utf-8", "replace")


def dropped_files(data: QMimeData) -> list[str]:
    """Return the paths of the local files that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def drag_of(
    source: QWidget, mark_id: str, words: str, style: MarkStyle, kind: Type, colours: ViewColours
) -> QDrag:
    """Make the drag of a mark, with its first words under the pointer."""
    metrics = QFontMetricsF(kind.small)
    first = " ".join(words[:_LONGEST].split()) + ("…" if len(words) > _LONGEST else "")
    width, height = metrics.horizontalAdvance(first) + 22, metrics.height() + 8
    dpr = source.devicePixelRatioF()
    pixmap = QPixmap(round(width * dpr), round(height * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(style.colour, 1.0))
    painter.setBrush(colours.paper)
    painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 6, 6)
    painter.setPen(colours.ink)
    painter.setFont(kind.small)
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, first)
    painter.end()
    drag = QDrag(source)
    drag.setMimeData(mark_mime(mark_id))
    drag.setPixmap(pixmap)
    drag.setHotSpot(QPoint(-8, -8))
    return drag
