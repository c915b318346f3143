"""The pages of a report as pictures: a document's bytes in, images out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from annotator.app.jobs import JobContext
    from annotator.gui.theme import Theme

_GAP = 20
#: Pages drawn for a preview; who wants to read more writes the file.
_MOST = 40


def draw_pages(document: bytes, width_px: int, ctx: JobContext) -> list[QImage]:
    """Draw the pages of a PDF. Thread: any, one job at a time (the library is not made for more).

    Args:
        document: the file.
        width_px: how wide a page is drawn, in device pixels.
        ctx: stops the work between two pages.
    """
    import pypdfium2

    images: list[QImage] = []
    pdf = pypdfium2.PdfDocument(document)
    try:
        for number in range(min(len(pdf), _MOST)):
            ctx.check()
            page = pdf[number]
            picture = page.render(scale=width_px / page.get_width(), prefer_bgrx=True)
            image = QImage(
                bytes(picture.buffer),
                picture.width,
                picture.height,
                picture.stride,
                QImage.Format.Format_RGB32,
            )
            images.append(image.copy())
            picture.close()
            page.close()
    finally:
        pdf.close()
    return images


class _Page(QWidget):
    """Show one page."""

    def __init__(self, image: QImage, number: int, theme: Theme) -> None:
        super().__init__()
        self._image = image
        self._theme = theme
        self.setAccessibleName(tr("window.page", number=number))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        size = image.size() / image.devicePixelRatio()
        self.setFixedSize(size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page with a hairline around it."""
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._image)
        painter.setPen(self._theme.line)
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))


class Pages(QScrollArea):
    """Show pages under each other, or a sentence where they will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("window.pages"))
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        self._column.setSpacing(_GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inside)

    def show_widget(self, widget: QWidget) -> None:
        """Show one widget instead of pages."""
        self._clear()
        self._column.addWidget(widget)

    def show_pages(self, images: list[QImage], ratio: float) -> None:
        """Show pages; ``ratio`` is how many of their pixels make one of ours."""
        self._clear()
        for number, image in enumerate(images, 1):
            image.setDevicePixelRatio(ratio)
            self._column.addWidget(_Page(image, number, self._theme))
        self.verticalScrollBar().setValue(0)

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return len(self._inside.findChildren(_Page))

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
