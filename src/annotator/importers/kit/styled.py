"""Which elements of a page its own style sheets hide, as far as that is sure.

Sheets that the page fetches are not seen, and scripts may show what a sheet hides: whether that is
likely is for the caller to judge (``markup.Page.believed``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.importers.kit.sheets import Rule, classes_of, declarations, read_sheets
from annotator.importers.kit.unseen import TINY, WHITE, Colour, alike, colour, points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

#: How often a rule is tried on an element, in all; a page that needs more hides nothing.
_BUDGET = 2_000_000
_LEVELS = 60
_INVISIBLE = ("hidden", "collapse")
_NO_GROUND = ("none", "transparent", "inherit", "initial", "unset")
#: Elements whose words have a colour of their own, and pictures that may lie behind words.
_OWN_INK = ("a", "font", "button", "input", "select", "textarea", "mark")
_PICTURES = ("img", "picture", "video", "svg", "canvas", "object", "iframe")


def hidden_by_sheets(root: _Element) -> set[_Element]:
    """Return the outermost elements that the style elements of a page hide for certain."""
    rules = read_sheets(root)
    hiding = [rule for rule in rules if rule.is_sure and _may_hide(rule)]
    return _Sheets(root, rules, hiding).hidden() if hiding else set()


def _may_hide(rule: Rule) -> bool:
    says = {name: value for name, (value, _) in rule.says.items()}
    if says.get("display") == "none" or says.get("visibility") in _INVISIBLE:
        return True
    if _is_tiny(says.get("font-size", "")):
        return True
    ink = _opaque(says.get("color", ""))
    return alike(ink, WHITE) or alike(ink, _opaque(says.get("background-color", "")))


def _is_tiny(size: str) -> bool:
    if size.startswith("0") and not size.rstrip("%emr.0"):
        return True
    told = points(size)
    return told is not None and told <= TINY


def _opaque(words: str) -> Colour | None:
    """Return a colour that nothing shines through."""
    return None if "rgba" in words or "/" in words else colour(words)


class _Sheets:
    """Apply rules to the elements of one page."""

    def __init__(self, root: _Element, rules: list[Rule], hiding: list[Rule]) -> None:
        self._root = root
        self._all = _indexed(rules)
        self._hiding = _indexed(hiding)
        self._left = _BUDGET
        links = (str(link.get("rel") or "").lower() for link in root.iter("link"))
        # A sheet that is fetched may lay any colour behind words.
        self._is_whole = not any("stylesheet" in link for link in links)

    def hidden(self) -> set[_Element]:
        """Return the outermost hidden elements."""
        found: set[_Element] = set()
        stack: list[_Element] = [self._root]
        while stack:
            element = stack.pop()
            if not isinstance(element.tag, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                continue
            candidates = self._near(self._hiding, element)
            if any(rule.fits(element) for rule in candidates) and self._is_hidden(element):
                found.add(element)
            else:
                stack.extend(element)
            if self._left < 0:
                return set()
        return found

    def _near(self, index: dict[str, list[Rule]], element: _Element) -> list[Rule]:
        """Return the rules that may be for an element."""
        keys = ["*", str(element.tag)]
        if element.get("id"):
            keys.append(f"#{element.get('id')}")
        keys += [f".{name}" for name in classes_of(element)]
        found = [rule for key in keys for rule in index.get(key, ())]
        self._left -= len(found) + 1
        return found

    def _is_hidden(self, element: _Element) -> bool:
        if self._said(element, "display") == "none":
            return True
        if self._said(element, "visibility") in _INVISIBLE:
            return not self._is_undone(element, ("visibility",))
        if _is_tiny(self._said(element, "font-size") or ""):
            # Gaps between boxes are closed by type of no size, which the boxes do not have.
            return not self._is_undone(element, ("font-size",))
        return self._is_like_ground(element)

    def _said(self, element: _Element, name: str) -> str | None:
        """Return what holds for an element; "?" if that is not sure, ``None`` if nothing does."""
        best = (False, (-1, 0, 0, 0))
        value: str | None = None
        for rule in self._near(self._all, element):
            says = rule.says.get(name) or rule.says.get("all")
            if says is None or not rule.fits(element):
                continue
            if not rule.is_sure and says[0] not in ("none", *_INVISIBLE):
                return "?"
            rank = (says[1], rule.rank)
            if rule.is_sure and rank >= best:
                best, value = rank, says[0]
        own = declarations(element.get("style") or "").get(name)
        # What the element says itself goes before all but what is important elsewhere.
        if own is not None and (own[1] or not best[0]):
            value = own[0]
        return value

    def _is_undone(self, element: _Element, names: Iterable[str]) -> bool:
        """Say whether something inside an element is not as the element itself."""
        for inner in element.iterdescendants():
            self._left -= 1
            if self._left < 0:
                return True
            if not isinstance(inner.tag, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                continue
            if inner.tag in _OWN_INK and "color" in names:
                return True
            if any(self._said(inner, name) is not None for name in names):
                return True
        return False

    def _is_like_ground(self, element: _Element) -> bool:
        """Say whether words have the colour of what lies behind them."""
        if not self._is_whole:
            return False
        ink = _opaque(self._said(element, "color") or "")
        if ink is None or element.tag in _OWN_INK[1:] or not alike(ink, self._ground(element)):
            return False
        around = element.getparent()
        over = around.getparent() if around is not None else None
        for at in (element, around, over):
            if at is not None and at.tag != "body" and next(at.iter(*_PICTURES), None) is not None:
                return False
        names = ("color", "background-color", "background-image")
        return not self._is_undone(element, names)

    def _ground(self, element: _Element) -> Colour | None:
        """Return the colour behind an element, ``None`` if that is not sure."""
        at: _Element | None = element
        for _ in range(_LEVELS):
            if at is None:
                return WHITE
            if at.get("background") or self._said(at, "position") not in (None, "static"):
                return None
            for name in ("background-image", "background-color"):
                said = self._said(at, name)
                if said is not None and said not in _NO_GROUND:
                    return None if name == "background-image" else _opaque(said)
            if at.get("bgcolor"):
                return colour(at.get("bgcolor") or "")
            at = at.getparent()
        return None


def _indexed(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Return rules by what an element must have to be meant: an id, a class, a name, nothing."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        own = rule.steps[0]
        one = min(own.classes, default="")
        key = f"#{own.id}" if own.id else f".{one}" if one else own.tag or "*"
        found[key].append(rule)
    return dict(found)
