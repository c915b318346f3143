"""Which words of a PDF page nobody sees: white on white, in no ink at all, in the page's colour.

Shapes, pictures, patterns and clips may lie under such words or over them, so a page that has
words of doubtful ink is drawn small, and they are hidden if nothing can be seen where they stand.

Thread: PDFium is not thread-safe; the import worker has one thread.
"""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.importers.kit.unseen import WHITE, alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

#: Forms inside forms are looked into so deep.
_DEPTH = 4
#: Objects of a page that are looked at; maps have more, and no words among the last of them.
_OBJECTS = 50_000
#: A shape is the ground of a page from this share of it on, and so many shapes are asked.
_GROUND, _SHAPES = 0.3, 50
#: Points of a drawn page: one a point of paper, fewer on posters.
_PIXELS = 2_000_000
#: Two shades of 255 are one if they differ by no more.
_SHADE = 16
#: Seconds for drawing pages of one file; after that, doubtful words are only said.
_PATIENCE = 6.0


@dataclass(slots=True)
class Ink:
    """Hold which text objects of a page are hidden, by their addresses.

    ``is_open`` says that there are doubtful ones that nobody looked at.
    """

    hidden: set[int] = field(default_factory=set[int])
    is_open: bool = False


class Patience:
    """Count the time that the pages of a file take to draw."""

    def __init__(self) -> None:
        self._left = _PATIENCE

    @property
    def is_over(self) -> bool:
        """Say whether no more pages are drawn."""
        return self._left <= 0

    def spent(self, seconds: float) -> None:
        """Take time off."""
        self._left -= seconds


def object_at(text_page: PdfTextPage, index: int) -> int:
    """Return the address of the text object that a character belongs to; 0 if there is none."""
    from pypdfium2 import raw

    found: Any = raw.FPDFText_GetTextObject(text_page.raw, index)
    return ctypes.cast(found, ctypes.c_void_p).value or 0


def read_ink(page: PdfPage, text_page: PdfTextPage, patience: Patience) -> Ink:
    """Say which words of a page cannot be seen; most pages have none that are doubtful."""
    doubtful = _doubtful(page)
    if not doubtful:
        return Ink()
    boxes, blank, every = _boxes(text_page, doubtful)
    if 2 * blank > every:
        # Words in no ink over a picture of them: what text recognition found in a scan.
        boxes = {address: box for address, box in boxes.items() if not doubtful[address]}
    if not boxes:
        return Ink()
    if patience.is_over:
        return Ink(is_open=True)
    began = time.monotonic()
    drawn = _Drawing(page)
    hidden = {address for address, box in boxes.items() if drawn.is_blank(box)}
    patience.spent(time.monotonic() - began)
    return Ink(hidden)


def _doubtful(page: PdfPage) -> dict[int, bool]:
    """Return the addresses of text objects that may be unseen; true: they have no ink at all."""
    from pypdfium2 import raw

    get_type, get_mode = raw.FPDFPageObj_GetType, raw.FPDFTextObj_GetTextRenderMode
    grounds = [WHITE]
    shapes = 0
    found: dict[int, bool] = {}
    fill = _Fill()
    area = page.get_width() * page.get_height()
    for thing in _objects(page):
        kind = get_type(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and shapes < _SHAPES:
            shapes += 1
            ground = fill.of(thing) if _area(thing) > _GROUND * area else None
            grounds += [ground[:3]] if ground is not None else []
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            continue
        mode = get_mode(thing)
        if mode not in (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_INVISIBLE):
            continue
        ink = fill.of(thing)
        no_ink = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (ink is not None and not ink[3])
        if no_ink or (ink is not None and any(alike(ink[:3], one) for one in grounds)):
            found[ctypes.cast(thing, ctypes.c_void_p).value or 0] = no_ink
    return found


class _Fill:
    """Ask for fill colours, with one set of buffers."""

    def __init__(self) -> None:
        from pypdfium2 import raw

        self._get = raw.FPDFPageObj_GetFillColor
        self._parts = [ctypes.c_uint() for _ in range(4)]
        self._pointers = [ctypes.byref(part) for part in self._parts]

    def of(self, thing: Any) -> tuple[int, int, int, int] | None:
        """Return red, green, blue and how opaque, each of 255."""
        if not self._get(thing, *self._pointers):
            return None
        red, green, blue, opaque = (part.value for part in self._parts)
        return red, green, blue, opaque


def _objects(page: PdfPage) -> Iterator[Any]:
    """Give the objects of a page and of the forms in it, in the order they are drawn."""
    from pypdfium2 import raw

    seen = 0
    stack: list[tuple[Any, int, int, int]] = [(page.raw, 0, raw.FPDFPage_CountObjects(page.raw), 0)]
    while stack and seen < _OBJECTS:
        holder, at, count, depth = stack.pop()
        get = raw.FPDFFormObj_GetObject if depth else raw.FPDFPage_GetObject
        while at < count and seen < _OBJECTS:
            thing = get(holder, at)
            at += 1
            seen += 1
            if not thing:
                continue
            yield thing
            if depth < _DEPTH and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
                stack += [
                    (holder, at, count, depth),
                    (thing, 0, max(0, raw.FPDFFormObj_CountObjects(thing)), depth + 1),
                ]
                break


def _area(thing: Any) -> float:
    from pypdfium2 import raw

    left, low, right, high = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, low, right, high):
        return 0.0
    return (right.value - left.value) * (high.value - low.value)


_Box = tuple[float, float, float, float]


def _boxes(text_page: PdfTextPage, doubtful: dict[int, bool]) -> tuple[dict[int, _Box], int, int]:
    """Return where doubtful objects stand; how many characters have no ink, and how many there are.

    Boxes are left, bottom, right, top in points of the page.
    """
    from pypdfium2 import raw

    boxes: dict[int, _Box] = {}
    blank = every = 0
    parts = [ctypes.c_double() for _ in range(4)]
    pointers = [ctypes.byref(part) for part in parts]
    for index in range(max(0, text_page.count_chars())):
        address = object_at(text_page, index)
        every += address != 0
        if address not in doubtful:
            continue
        blank += doubtful[address]
        if not raw.FPDFText_GetCharBox(text_page.raw, index, *pointers):
            continue
        left, right, low, high = (part.value for part in parts)
        if right <= left or high <= low:
            continue
        old = boxes.get(address, (left, low, right, high))
        boxes[address] = (
            min(old[0], left),
            min(old[1], low),
            max(old[2], right),
            max(old[3], high),
        )
    return boxes, blank, every


class _Drawing:
    """Hold a page as shades of grey, as it looks to a reader."""

    def __init__(self, page: PdfPage) -> None:
        width, height = page.get_width(), page.get_height()
        scale = min(1.0, (_PIXELS / max(1.0, width * height)) ** 0.5)
        render: Any = page.render  # declared for whole scales only
        bitmap = render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        try:
            self._shades = bytes(bitmap.buffer)
            self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        finally:
            bitmap.close()
        self._page = page

    def is_blank(self, box: _Box) -> bool:
        """Say whether all of a box has one shade; what lies beside the page is blank."""
        ends = [self._pixel(box[0], box[1]), self._pixel(box[2], box[3])]
        left, right = sorted(x for x, _ in ends)
        top, bottom = sorted(y for _, y in ends)
        left, right = max(0, left), min(self._width, right + 1)
        top, bottom = max(0, top), min(self._height, bottom + 1)
        low, high = 255, 0
        for row in range(top, bottom):
            shades = self._shades[row * self._stride + left : row * self._stride + right]
            if not shades:
                return True
            darkest, lightest = min(shades), max(shades)
            low, high = min(low, darkest), max(high, lightest)
            if high - low > _SHADE:
                return False
        return True

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        from pypdfium2 import raw

        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            self._page.raw, 0, 0, self._width, self._height, 0, x, y, across, down
        )
        return across.value, down.value
