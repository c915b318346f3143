"""Whether a run of a Word file is shown: by its formatting, its styles, and what lies behind it.

Source: ECMA-376, part 1, 17.3.2 (w:vanish, w:color, w:sz, w:shd, w:highlight), 17.7 (styles).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.importers.kit.unseen import TINY, WHITE, Colour, alike, colour
from annotator.importers.kit.xmls import attribute, find_all, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = ("0", "false", "off")
_PAPER = ("background1", "light1")
_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what formatting says of a run; ``None`` where it says nothing."""

    vanish: bool | None = None
    ink: Colour | None = None
    points: float | None = None
    behind: Colour | None = None

    def over(self, other: Look) -> Look:
        """Return this look, with the other's where this says nothing."""
        return Look(
            other.vanish if self.vanish is None else self.vanish,
            other.ink if self.ink is None else self.ink,
            other.points if self.points is None else self.points,
            other.behind if self.behind is None else self.behind,
        )


_PLAIN = Look()
#: Ink of the text's own colour, which is never that of the paper.
_AUTO: Colour = (-1_000, -1_000, -1_000)
#: Something lies behind the words, and nobody says in which colour.
_UNKNOWN: Colour = (-2_000, -2_000, -2_000)


def _look(properties: _Element) -> Look:
    """Read run properties (w:rPr), and the shading of a paragraph (w:pPr)."""
    vanish = ink = size = behind = None
    for element in properties:
        kind = local(element)
        value = attribute(element, "val")
        if kind == "vanish":
            vanish = value not in _OFF
        elif kind == "color":
            ink = _ink(element, value)
        elif kind == "sz" and value.isdigit():
            size = int(value) / 2
        elif kind == "highlight" and value != "none":
            behind = colour(value) or _UNKNOWN
        elif kind == "shd" and behind is None:
            behind = _shade(element)
    return Look(vanish, ink, size, behind)


def _ink(element: _Element, value: str) -> Colour:
    if value in ("", "auto"):
        return WHITE if attribute(element, "themeColor") in _PAPER else _AUTO
    return colour(value) or _AUTO


def _shade(element: _Element) -> Colour | None:
    """Return the colour of a shading; none if it lets the paper through."""
    fill = attribute(element, "fill")
    if attribute(element, "val") not in ("clear", "nil", ""):
        return _UNKNOWN
    if fill in ("", "auto"):
        return _UNKNOWN if attribute(element, "themeFill") else None
    return colour(fill) or _UNKNOWN


class Looks:
    """Know the styles and the paper of a document.

    Args:
        document: the root of ``word/document.xml``.
        styles: the root of ``word/styles.xml``, if there is one.
    """

    def __init__(self, document: _Element, styles: _Element | None) -> None:
        self._own: dict[str, tuple[Look, str]] = {}
        self._shaded_tables: set[str] = set()
        self._whole: dict[str, Look] = {}
        self._default = _PLAIN
        self._paragraph_style = ""
        if styles is not None:
            self._read_styles(styles)
        papers = [colour(attribute(e, "color")) for e in find_all(document, "background")]
        self._paper: Colour = next((p for p in papers if p is not None), WHITE)

    def _read_styles(self, styles: _Element) -> None:
        for properties in find_all(styles, "docDefaults", "rPrDefault", "rPr"):
            self._default = _look(properties)
        for style in find_all(styles, "style"):
            name, kind = attribute(style, "styleId"), attribute(style, "type")
            if kind == "table":
                if any(_shade(e) for e in find_all(style, "**", "shd")):
                    self._shaded_tables.add(name)
                continue
            if kind == "paragraph" and attribute(style, "default") not in ("", *_OFF):
                self._paragraph_style = name
            look = _merged(style, _PLAIN)
            parent = next((attribute(e, "val") for e in find_all(style, "basedOn")), "")
            self._own[name] = (look, parent)

    def _style(self, name: str) -> Look:
        """Return the look of a style, with what it takes from those it is based on."""
        known = self._whole.get(name)
        if known is not None:
            return known
        look, at = _PLAIN, name
        for _ in range(_CHAIN):
            if at not in self._own:
                break
            own, at = self._own[at]
            look = look.over(own)
        self._whole[name] = look
        return look

    def is_hidden(self, run: _Element) -> bool:
        """Say whether a run's text is not shown, or not so that a reader would see it."""
        paragraph = _above(run, "p")
        look = self._of_run(run)
        if paragraph is not None:
            look = look.over(self._of_paragraph(paragraph))
        look = look.over(self._default)
        if look.vanish or (look.points is not None and look.points <= TINY):
            return True
        if look.ink is None or look.ink == _AUTO:
            return False
        return alike(look.ink, look.behind or self._behind(paragraph))

    def _of_run(self, run: _Element) -> Look:
        look = _PLAIN
        for properties in find_all(run, "rPr"):
            look = look.over(_look(properties))
            for style in find_all(properties, "rStyle"):
                look = look.over(self._style(attribute(style, "val")))
        return look

    def _of_paragraph(self, paragraph: _Element) -> Look:
        named = self._paragraph_style
        look = _PLAIN
        for properties in find_all(paragraph, "pPr"):
            # The run properties in here are those of the paragraph's mark, not of its words.
            look = look.over(Look(behind=_look(properties).behind))
            named = next((attribute(e, "val") for e in find_all(properties, "pStyle")), named)
        return look.over(self._style(named))

    def _behind(self, paragraph: _Element | None) -> Colour:
        """Return the colour behind a paragraph: of its cell, its table, its box, or the paper."""
        at = paragraph
        while at is not None:
            at = at.getparent()
            kind = "" if at is None else local(at)
            if at is None or kind not in ("tc", "tbl", "txbxContent"):
                continue
            if kind == "txbxContent":
                return _UNKNOWN
            shades = [_shade(e) for e in find_all(at, f"{kind}Pr", "shd")]
            shade = next((s for s in shades if s is not None), None)
            if shade is not None:
                return shade
            names = [attribute(e, "val") for e in find_all(at, "tblPr", "tblStyle")]
            if kind == "tbl" and self._shaded_tables.intersection(names):
                return _UNKNOWN
        return self._paper


def _merged(style: _Element, look: Look) -> Look:
    """Read what a style says of runs, and of what lies behind its paragraphs."""
    for properties in find_all(style, "rPr"):
        look = look.over(_look(properties))
    for properties in find_all(style, "pPr"):
        look = look.over(Look(behind=_look(properties).behind))
    return look


def _above(element: _Element, kind: str) -> _Element | None:
    at = element.getparent()
    while at is not None and local(at) != kind:
        at = at.getparent()
    return at
