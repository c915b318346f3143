"""Style sheets inside a page, as far as they say what is shown: rules of simple selectors.

A small reader that is never wrong on the side of hiding: what it does not understand (media with
conditions, states of the pointer, siblings) hides nothing, and may show anything.

Source: CSS Syntax Level 3, CSS Cascade Level 4, Selectors Level 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: More of it than this is not looked at.
_LIMIT = 2_000_000
_RULES = 20_000
#: Nobody looks for ancestors further up.
_LEVELS = 60
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_BRACE = re.compile(r"[{};]")
_MEDIA_SHOWN = re.compile(r"(?:only\s+)?(?:all|screen)", re.IGNORECASE)
_MEDIA_ELSEWHERE = re.compile(
    r"(?:only\s+)?(?:print|speech|aural|tty|braille|embossed|handheld|projection|tv)\b[^,]*",
    re.IGNORECASE,
)
_NAME = r"(?:[\w-]|[^\x00-\x7f]|\\[^\n])+"
_PART = re.compile(
    rf"(?P<tag>{_NAME}|\*)|\.(?P<cls>{_NAME})|\#(?P<id>{_NAME})"
    rf"|\[\s*(?P<att>[\w-]+)\s*(?:=\s*(?P<val>[^\]]*?)\s*)?\]|(?P<odd>\[[^\]]*\]"
    rf"|::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?)"
)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_PSEUDO_ELEMENT = re.compile(
    r"::?(?:before|after|first-line|first-letter|marker|placeholder|selection)", re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(.)")
#: What a rule may say that is of interest here.
_PROPERTIES = frozenset((
    "display", "visibility", "font-size", "font", "color", "background", "background-color",
    "background-image", "position", "all",
))  # fmt: skip
#: Properties that set others, and which of them is of interest.
_SHORT = {"font": "font-size", "background": "background-color"}
_FONT_SIZE = re.compile(r"(0[\w%.]*)(?:[\s/]|$)")


@dataclass(frozen=True, slots=True)
class Step:
    """Hold what a selector asks of one element; ``is_parent``: of the next one's parent."""

    tag: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str | None], ...] = ()
    is_parent: bool = False

    def fits(self, element: _Element, classes: frozenset[str]) -> bool:
        """Say whether an element with these classes is meant."""
        if self.tag and self.tag != element.tag:
            return False
        if self.id and self.id != element.get("id"):
            return False
        if not self.classes <= classes:
            return False
        return all(
            element.get(name) is not None if value is None else element.get(name) == value
            for name, value in self.attributes
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a rule with one selector.

    ``steps`` go from the element itself outwards; ``is_sure`` is false if there is more to it than
    they say; ``rank`` are specificity and place.
    """

    steps: tuple[Step, ...]
    is_sure: bool
    rank: tuple[int, int, int, int]
    says: dict[str, tuple[str, bool]] = field(default_factory=dict[str, tuple[str, bool]])

    def fits(self, element: _Element) -> bool:
        """Say whether the rule is for an element (one that is not sure: whether it may be)."""
        own, *outer = self.steps
        if not own.fits(element, classes_of(element)):
            return False
        at: _Element | None = element.getparent()
        for step in outer:
            for _ in range(_LEVELS):
                if at is None:
                    return False
                fits = step.fits(at, classes_of(at))
                at = at.getparent()
                if fits:
                    break
                if step.is_parent:
                    return False
            else:
                return False
        return True


def classes_of(element: _Element) -> frozenset[str]:
    """Return the classes of an element."""
    named = element.get("class")
    return frozenset(named.split()) if named else frozenset()


def read_sheets(root: _Element) -> list[Rule]:
    """Return the rules of the style elements of a page that say something of interest, in order."""
    rules: list[Rule] = []
    left = _LIMIT
    for element in root.iter("style"):
        words = element.text or ""
        kind = (element.get("type") or "text/css").strip().lower()
        left -= len(words)
        if left < 0:
            return []
        if kind != "text/css" or _is_aside(element):
            continue
        certain = _media(element.get("media") or "")
        if certain is None:
            continue
        plain = _STRING.sub(_harmless, _COMMENT.sub(" ", words))
        for selectors, body, sure in _blocks(plain, sure=certain):
            says = declarations(body)
            if says:
                _add(rules, selectors, says, sure=sure)
            if len(rules) > _RULES:
                return []
    return rules


def _is_aside(element: _Element) -> bool:
    """Say whether a style element is for browsers without scripts, or only a pattern."""
    return any(True for _ in element.iterancestors("noscript", "template", "svg"))


def _harmless(match: re.Match[str]) -> str:
    """Keep a string unless it has signs that have a meaning outside strings."""
    words = match.group()
    return '""' if _BRACE.search(words) or "," in words else words


def _media(query: str) -> bool | None:
    """Return whether media are a screen without conditions, ``None`` if they are no screen."""
    queries = [one.strip() for one in query.split(",")]
    if not query.strip() or any(_MEDIA_SHOWN.fullmatch(one) for one in queries):
        return True
    return None if all(_MEDIA_ELSEWHERE.fullmatch(one) for one in queries) else False


def _blocks(css: str, *, sure: bool) -> Iterator[tuple[str, str, bool]]:
    """Give the rules of a sheet: selectors, declarations, and whether it is sure that they hold.

    Rules inside other rules are passed over.
    """
    start = 0
    #: What stands open: how sure what is inside is, ``None`` if nothing inside counts.
    groups: list[bool | None] = []
    at = 0
    while (brace := _BRACE.search(css, at)) is not None:
        at = brace.end()
        if brace.group() == ";":
            start = at
            continue
        if brace.group() == "}":
            if groups:
                groups.pop()
            start = at
            continue
        prelude = css[start : brace.start()].strip()
        outer = groups[-1] if groups else sure
        if prelude.startswith("@"):
            groups.append(_inside(prelude, outer))
            start = at
            continue
        end, at = _end_of(css, at)
        start = at
        if outer is not None and prelude:
            yield prelude, css[brace.end() : end], outer


def _inside(prelude: str, outer: bool | None) -> bool | None:  # noqa: FBT001 - a state, not a flag
    """Return how sure the rules inside a group are."""
    name, _, rest = prelude[1:].partition(" ") if " " in prelude else (prelude[1:], "", "")
    name, bracket, more = name.partition("(")
    rest = f"({more} {rest}" if bracket else rest
    kind = name.strip().lower()
    if outer is None:
        return None
    if kind == "media":
        shown = _media(rest)
        return None if shown is None else shown and outer
    return False if kind in ("supports", "layer", "container", "scope", "starting-style") else None


def _end_of(css: str, at: int) -> tuple[int, int]:
    """Return where the declarations of a rule end, and what is behind the rule."""
    depth, end = 1, -1
    while (brace := _BRACE.search(css, at)) is not None:
        at = brace.end()
        if brace.group() == "{":
            # A rule inside: only what stands in front of it is read.
            end = end if end >= 0 else brace.start()
            depth += 1
        elif brace.group() == "}":
            depth -= 1
            if not depth:
                return (end if end >= 0 else brace.start()), at
    return (end if end >= 0 else len(css)), len(css)


def declarations(body: str) -> dict[str, tuple[str, bool]]:
    """Return what declarations say, by property: the value, and whether it is important."""
    says: dict[str, tuple[str, bool]] = {}
    for line in body.split(";"):
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if not colon or name not in _PROPERTIES:
            continue
        value = value.strip().lower()
        words, bang, grade = value.rpartition("!")
        important = bool(bang) and grade.strip() == "important"
        value = words.strip() if important else value
        if name == "font":
            size = _FONT_SIZE.match(value)
            value = size[1] if size is not None else "?"
        name = _SHORT.get(name, name)
        known = says.get(name)
        if known is None or important or not known[1]:
            says[name] = (value, important)
    return says


def _add(
    rules: list[Rule], selectors: str, says: dict[str, tuple[str, bool]], *, sure: bool
) -> None:
    found: list[tuple[tuple[Step, ...], bool]] = []
    for selector in _split(selectors):
        pseudo = _PSEUDO_ELEMENT.search(selector)
        if pseudo is not None and pseudo.end() == len(selector):
            continue
        # A browser passes over a rule of which it cannot read one selector.
        sure = sure and bool(selector) and "::" not in selector
        steps, understood = _steps(selector)
        sure = sure and steps != (Step(),)
        found.append((steps, understood))
    for steps, understood in found:
        rank = (
            sum(1 for step in steps if step.id),
            sum(len(step.classes) + len(step.attributes) for step in steps),
            sum(1 for step in steps if step.tag),
            len(rules),
        )
        rules.append(Rule(steps, understood and sure, rank, says))


def _split(selectors: str) -> list[str]:
    """Part selectors at commas that stand in no brackets."""
    if "(" not in selectors and "[" not in selectors:
        return [one.strip() for one in selectors.split(",")]
    found: list[str] = [""]
    depth = 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth <= 0:
            found.append("")
        else:
            found[-1] += sign
    return [one.strip() for one in found]


def _steps(selector: str) -> tuple[tuple[Step, ...], bool]:
    """Return what a selector asks, from the element itself outwards, and whether that is all.

    Of a selector that is not understood only what its last part asks counts.
    """
    compounds: list[tuple[str, str]] = [("", "")]
    at = 0
    while at < len(selector):
        part = _PART.match(selector, at)
        if part is not None:
            compounds[-1] = (compounds[-1][0], compounds[-1][1] + part.group())
            at = part.end()
            continue
        combinator = _COMBINATOR.match(selector, at)
        if combinator is None or not combinator.group():
            return (Step(),), False
        compounds.append((combinator.group(1) or " ", ""))
        at = combinator.end()
    steps: list[Step] = []
    link, understood = " ", True
    for before, words in reversed(compounds):
        step, whole = _step(words, is_parent=link == ">")
        if link in "+~":
            return (steps[0],), False
        steps.append(step)
        understood = understood and whole
        link = before or " "
    return (tuple(steps), True) if understood else ((steps[0],), False)


def _step(words: str, *, is_parent: bool) -> tuple[Step, bool]:
    """Return what one part of a selector asks, and whether that is all of it."""
    tag = element_id = ""
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []
    understood = bool(words)
    for part in _PART.finditer(words):
        if part["odd"]:
            if part["odd"].lower() == ":root":
                tag = tag or "html"
            else:
                understood = False
        elif part["cls"]:
            classes.append(_ESCAPE.sub(r"\1", part["cls"]))
        elif part["id"]:
            element_id = _ESCAPE.sub(r"\1", part["id"])
        elif part["att"]:
            value = part["val"]
            attributes.append((part["att"].lower(), None if value is None else value.strip("\"'")))
        elif part["tag"] != "*":
            tag = part["tag"].lower()
    step = Step(tag, element_id, frozenset(classes), tuple(attributes), is_parent)
    return step, understood
