"""From a page of a PDF to runs of characters with their places.

Thread: PDFium is not thread-safe; the import worker has one thread.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.importers.kit.unseen import WHITE, alike

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

#: What PDFium gives for a hyphen at the end of a line, and for one that it hid.
_HYPHENS = {0x02: "-", 0xAD: "-", 0x2010: "-", 0xFFFE: "-"}
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
#: A gap wider than this, in sizes of the font, parts two runs of one line.
_RUN_GAP = 1.6
#: A gap wider than this is a space even where PDFium sees none.
_WORD_GAP = 0.6
_LINE_SHIFT = 0.45
_UPRIGHT = 0.2


@dataclass(slots=True)
class Run:
    """Hold a run of characters on one base line.

    Coordinates are points from the top left corner of the page; ``size`` is the font's; ``last``
    is the left edge of the last character; ``is_faint`` says that it is written in the colour of
    paper, or in no colour.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    upright: bool = True
    last: float = 0.0
    is_faint: bool = False

    @property
    def middle(self) -> float:
        """Return the height of the middle of the line."""
        return (self.top + self.bottom) / 2


class _Box:
    """Ask PDFium for the box of a character, with one set of buffers."""

    def __init__(self, text_page: PdfTextPage, height: float, x: float, y: float) -> None:
        from pypdfium2 import raw

        self._get = raw.FPDFText_GetLooseCharBox
        self._page = text_page.raw
        self._rect = raw.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._height, self._x, self._y = height, x, y

    def of(self, index: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom from the page's top left corner."""
        self._get(self._page, index, self._pointer)
        rect = self._rect
        top = self._height - (rect.top - self._y)
        bottom = self._height - (rect.bottom - self._y)
        return rect.left - self._x, top, rect.right - self._x, bottom


def page_runs(page: PdfPage) -> list[Run]:
    """Return the runs of a page in the order of its content."""
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        left, low, _right, high = page.get_bbox()
        box = _Box(text_page, high - low, left, low)
        runs: list[Run] = []
        parts: list[str] = []
        run: Run | None = None
        space = False
        high_half = 0
        for index in range(max(0, count)):
            code = raw.FPDFText_GetUnicode(text_page.raw, index)
            if 0xD800 <= code < 0xDC00:
                high_half = code
                continue
            if 0xDC00 <= code < 0xE000 and high_half:
                code = 0x10000 + ((high_half - 0xD800) << 10) + (code - 0xDC00)
            high_half = 0
            char = _HYPHENS.get(code) or (chr(code) if 0 < code < 0x110000 else "")
            if not char or char.isspace() or char == "\u0000":
                space = True
                continue
            place = box.of(index)
            if run is None or not _continues(run, place):
                _close(run, parts, runs)
                run = _begin(text_page.raw, index, place)
                parts = []
            elif space or place[0] - run.right > _WORD_GAP * run.size:
                parts.append(" ")
            space = False
            parts.append(_LIGATURES.get(char, char))
            run.last, run.right = place[0], max(run.right, place[2])
            run.top, run.bottom = min(run.top, place[1]), max(run.bottom, place[3])
        _close(run, parts, runs)
        return runs
    finally:
        text_page.close()


def _begin(text_page: object, index: int, place: tuple[float, float, float, float]) -> Run:
    from pypdfium2 import raw

    size = raw.FPDFText_GetFontSize(text_page, index) or 0.0
    height = place[3] - place[1]
    # Some files scale a font of size 1: the height of the character tells then.
    size = size if 0.5 * height < size < 2 * height else height / 1.2
    angle = raw.FPDFText_GetCharAngle(text_page, index)
    turned = angle % 6.2832
    upright = turned < _UPRIGHT or turned > 6.2832 - _UPRIGHT
    return Run("", *place, max(size, 1.0), upright, is_faint=_is_faint(text_page, index))


def _is_faint(text_page: object, index: int) -> bool:
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text_page, index, *map(ctypes.byref, parts)):
        return False
    red, green, blue, opaque = (part.value for part in parts)
    return opaque == 0 or alike((red, green, blue), WHITE)


def _continues(run: Run, place: tuple[float, float, float, float]) -> bool:
    """Say whether a character goes on in a run: same line, not far to the right, not back."""
    middle = (place[1] + place[3]) / 2
    gap = place[0] - run.right
    # The letters of a ligature all have the box of the ligature.
    forward = gap > -0.6 * run.size or abs(place[0] - run.last) < 0.5
    on_line = abs(middle - run.middle) < _LINE_SHIFT * run.size
    return on_line and forward and gap < _RUN_GAP * run.size


def _close(run: Run | None, parts: list[str], runs: list[Run]) -> None:
    if run is not None and parts:
        run.text = "".join(parts)
        runs.append(run)
