"""What is around the middle of the window: a line above, notices, a line below."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.parts import hairline

if TYPE_CHECKING:
    from annotator.gui.banner import Banner
    from annotator.gui.status import Status
    from annotator.gui.status_line import StatusLine
    from annotator.gui.top_line import TopLine

#: How tall the lines above and below are, each with its hairline.
TOP_PX, BOTTOM_PX = 45, 27


class Frame(QWidget):
    """Hold one widget at a time; the first paint leaves room for the lines, which come after it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, TOP_PX, 0, BOTTOM_PX)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)

    @cached_property
    def top(self) -> TopLine:
        """Return the line above."""
        from annotator.gui.top_line import TopLine

        top = TopLine()
        self._put(0, top, hairline())
        return top

    @cached_property
    def status_line(self) -> StatusLine:
        """Return the line below."""
        from annotator.gui.status_line import StatusLine

        line = StatusLine()
        self._put(self._column.count(), hairline(), line)
        return line

    @cached_property
    def status(self) -> Status:
        """Return what keeps the line below true."""
        from annotator.gui.status import Status

        return Status(self.status_line)

    @cached_property
    def banner(self) -> Banner:
        """Return the place for notices, made with the first one."""
        from annotator.gui.banner import Banner

        banner = Banner()
        self._column.insertWidget(self._column.indexOf(self.stack), banner)
        return banner

    def has_banner(self) -> bool:
        """Say whether anything was noted yet."""
        return "banner" in self.__dict__

    def _put(self, place: int, *widgets: QWidget) -> None:
        """Put a line where room was left for it."""
        column, margins = self._column, self._column.contentsMargins()
        above, below = (0, margins.bottom()) if place == 0 else (margins.top(), 0)
        column.setContentsMargins(0, above, 0, below)
        for number, widget in enumerate(widgets):
            column.insertWidget(place + number, widget)

    def show_widget(self, widget: QWidget) -> None:
        """Show another widget in the middle and let go of the one that was there."""
        old = self.stack.currentWidget()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
