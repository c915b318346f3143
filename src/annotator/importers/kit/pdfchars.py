"""From a page of a PDF to runs of characters with their places.

Thread: PDFium is not thread-safe; the import worker has one thread.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.importers.kit.pdfink import Patience, object_at, read_ink
from annotator.importers.kit.symbols import SYMBOLS
from annotator.importers.kit.unseen import CLOSE, OPEN, TINY, hide, show

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

#: What PDFium gives for a hyphen at the end of a line, and for one that it hid.
_HYPHENS = {0x02: "-", 0xAD: "-", 0x2010: "-", 0xFFFE: "-"}
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", **SYMBOLS,
}  # fmt: skip
#: A gap wider than this, in sizes of the font, parts two runs of one line.
_RUN_GAP = 1.6
#: A gap wider than this is a space even where PDFium sees none.
_WORD_GAP = 0.6
_LINE_SHIFT = 0.45
#: The longer side of a page, in points, on which type has its usual sizes.
_USUAL = 300.0
_UPRIGHT = 0.2


@dataclass(slots=True)
class Run:
    """Hold a run of characters on one base line.

    Coordinates are points from the top left corner of the page; ``size`` is the font's; ``last``
    is the left edge of the last character. Words that nobody sees stand between the marks of
    ``unseen.hide``.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    upright: bool = True
    last: float = 0.0

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


def page_runs(page: PdfPage, patience: Patience) -> tuple[list[Run], bool]:
    """Return the runs of a page in the order of its content.

    And whether there are words of which it is not known whether they can be seen.
    """
    from pypdfium2 import raw

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        left, low, right, high = page.get_bbox()
        sheet = (right - left, high - low)
        ink = read_ink(page, text_page, patience)
        unseen = False
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
                _close(run, parts, runs, sheet)
                run = _begin(text_page.raw, index, place)
                parts, unseen = [], False
            elif space or place[0] - run.right > _WORD_GAP * run.size:
                parts.append(" ")
            space = False
            if ink.hidden and unseen != (object_at(text_page, index) in ink.hidden):
                unseen = not unseen
                gap = parts.pop() if parts and parts[-1] == " " else ""
                parts += (gap, OPEN) if unseen else (CLOSE, gap)
            parts.append(_LIGATURES.get(char, char))
            run.last, run.right = place[0], max(run.right, place[2])
            run.top, run.bottom = min(run.top, place[1]), max(run.bottom, place[3])
        _close(run, parts, runs, sheet)
        return runs, ink.is_open
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
    return Run("", *place, max(size, 1.0), upright)


def _continues(run: Run, place: tuple[float, float, float, float]) -> bool:
    """Say whether a character goes on in a run: same line, not far to the right, not back."""
    middle = (place[1] + place[3]) / 2
    gap = place[0] - run.right
    # The letters of a ligature all have the box of the ligature.
    forward = gap > -0.6 * run.size or abs(place[0] - run.last) < 0.5
    on_line = abs(middle - run.middle) < _LINE_SHIFT * run.size
    return on_line and forward and gap < _RUN_GAP * run.size


def _close(run: Run | None, parts: list[str], runs: list[Run], sheet: tuple[float, float]) -> None:
    """Finish a run; one beside the page, or of tiny type on a page of usual size, is hidden."""
    if run is None or not parts:
        return
    words = "".join(parts)
    if words.rfind(OPEN) > words.rfind(CLOSE):
        words += CLOSE
    beside = run.right <= 0 or run.left >= sheet[0] or run.bottom <= 0 or run.top >= sheet[1]
    if beside or (run.size <= TINY and max(sheet) > _USUAL):
        words = hide(show(words))
    run.text = words
    runs.append(run)
