"""From a tree of markup to lines of text that know where they came from.

Headings, paragraphs, list items and table rows become lines, table cells are parted by tabs. Runs
of white space become one space as a browser shows them; no-break spaces stay. Scripts, styles and
the like are left out, everything else is kept.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.importers.kit.styled import hidden_by_sheets
from annotator.importers.kit.unseen import WHITE, Colour, alike, colour, cut, is_tiny
from annotator.model.span import Span, Spans, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "section",
    "select", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "hl1", "hl2",
    "hedline", "byline", "dateline", "abstract", "tagline", "media", "media-caption", "block",
))  # fmt: skip
#: Elements that are headings, with their level; hl1 and hl2 are NITF's.
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "hl1": 1, "hl2": 2}
_DROPPED = frozenset((
    "script", "style", "head", "template", "svg", "math", "object", "embed", "iframe", "canvas",
    "audio", "video", "source", "track", "map", "area", "link", "meta", "title", "base", "param",
    "datalist", "noframes",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
#: What wraps the words of a cell of a table of data, and how much such a cell holds.
_WRAPPERS = frozenset(("p", "div"))
_CELL_ELEMENTS, _CELL_LENGTH = 12, 200
#: Elements inside a line; where they are not shown, the line goes on without them.
INLINE = frozenset(("span", "font", "b", "i", "em", "strong", "u", "small", "sub", "sup"))
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?<![\w-])opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_INK = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BEHIND = re.compile(r"(?:^|;)\s*background(-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*([^;!]+)", re.IGNORECASE)
#: Classes that word processors and mail programs write, which set no background.
_PLAIN_CLASS = re.compile(r"(?:Mso|western|Apple-|Section\d|WordSection)", re.IGNORECASE)
#: Two thousand levels up, nobody looks for a background any more.
_LEVELS = 60
_UNSEEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?)(?:$|[\s_-])", re.IGNORECASE
)
#: What a sheet hides is at most one part in so many of a text: with scripts in the page, without.
_SCRIPTED, _PLAIN = 5, 2
#: What a style fetches from elsewhere.
_FETCHED = re.compile(r"url\(\s*['\"]?\s*(?:https?:|//)", re.IGNORECASE)
_SPACE = re.compile("[ \t\n\r\f]+")
#: HTML reads the references &#128; to &#159; as cp1252. Source: HTML Standard, 13.2.5.80.
_C1 = {
    code: bytes([code]).decode("cp1252", "replace")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass(slots=True)
class Page:
    """Hold the text of a tree.

    ``headings`` are the spans of heading elements with their level; ``unseen`` what a browser does
    not show, ``inner`` those of them that stand inside a line; ``styled`` what a style sheet in the
    page hides, which a script may show; ``starts`` are the positions where a block begins.
    """

    text: str = ""
    headings: list[tuple[int, Span]] = field(default_factory=list[tuple[int, Span]])
    unseen: Spans = ()
    inner: Spans = ()
    styled: Spans = ()
    starts: frozenset[int] = frozenset()
    remote: bool = False
    has_script: bool = False

    def believed(self, among: Spans) -> bool:
        """Say whether what sheets hide of these parts is hidden for good.

        A script shows what a sheet hid until then: menus, the rest of an article or all of it.
        """
        whole = sum(map(len, among))
        left = sum(map(len, cut(among, self.styled)))
        return (whole - left) * (_SCRIPTED if self.has_script else _PLAIN) <= whole

    def hidden(self) -> Spans:
        """Return all that is not shown, of a page that is read whole."""
        if self.styled and self.believed((Span(0, len(self.text)),)):
            return normalise((*self.unseen, *self.styled))
        return self.unseen


class _Writer:
    """Write text as a browser lays it out, without its widths."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""
        self.starts: set[int] = set()

    @property
    def next_position(self) -> int:
        """Return where the next character will stand."""
        return self._length + len(self._pending)

    @property
    def length(self) -> int:
        """Return how much is written."""
        return self._length

    def text(self, raw: str, *, keep_space: bool) -> None:
        """Write inline text."""
        if keep_space:
            for index, line in enumerate(raw.split("\n")):
                if index:
                    self.line_end()
                self._write(line.rstrip("\r\f"))
            return
        flat = _SPACE.sub(" ", raw)
        if flat.startswith(" "):
            self._space()
        self._write(flat.strip(" "))
        if flat.endswith(" ") and len(flat) > 1:
            self._space()

    def cell(self) -> None:
        """Part two cells of a table."""
        if self._length and self._pending != "\n":
            self._pending = "\t"

    def line_end(self) -> None:
        """Begin a new line, unless one has begun."""
        if self._length:
            self._pending = "\n"

    def _space(self) -> None:
        if self._length and not self._pending:
            self._pending = " "

    def _write(self, words: str) -> None:
        if not words:
            return
        if self._pending:
            self._parts.append(self._pending)
            self._length += len(self._pending)
        if self._pending == "\n" or not self._length:
            self.starts.add(self._length)
        self._pending = ""
        self._parts.append(words)
        self._length += len(words)

    def result(self) -> str:
        return "".join(self._parts)


def page_of(root: _Element) -> Page:
    """Read a tree, in document order, without recursion (trees can be a million deep)."""
    writer = _Writer()
    page = Page()
    unseen: list[tuple[Span, bool]] = []
    styled: list[Span] = []
    sheets = hidden_by_sheets(root)
    row: _Element | None = None
    stack: list[tuple[_Element, bool, int, bool]] = [(root, False, 0, False)]
    while stack:
        element, closing, start, hidden = stack.pop()
        name = _name(element)
        if closing:
            row = None if element is row else row
            _close(element, name, start, writer, page, flat=row is not None)
            if writer.length > start:
                span = Span(start, writer.length)
                if hidden:
                    unseen.append((span, name in INLINE))
                elif element in sheets:
                    styled.append(span)
        else:
            page.remote = page.remote or _is_remote(element, name)
        if closing or name is None or name in _DROPPED or _is_note_call(element, name):
            if element is not root and element.tail:
                writer.text(element.tail, keep_space=_keeps_space(element.getparent()))
            continue
        if name == "tr" and row is None and _is_flat(element):
            row = element
        _open(name, writer, flat=row is not None)
        stack.append((element, True, writer.next_position, is_unseen(element, name)))
        if element.text:
            writer.text(element.text, keep_space=_keeps_space(element))
        stack.extend((child, False, 0, False) for child in reversed(element))
    page.text = writer.result().translate(_C1)
    page.unseen = tuple(span for span, _ in unseen)
    page.inner = tuple(span for span, inline in unseen if inline)
    page.styled = normalise(styled)
    page.has_script = bool(styled) and any(map(_is_live, root.iter("script")))
    page.starts = frozenset(writer.starts)
    return page


def _name(element: _Element) -> str | None:
    """Return an element's name without its namespace; comments and instructions have none."""
    tag: Any = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else None


def _is_flat(row: _Element) -> bool:
    """Say whether the cells of a row hold a short line each, as office programs wrap them."""
    for cell in row:
        blocks = length = 0
        for number, inner in enumerate(cell.iter()):
            name = _name(inner)
            blocks += name in _BLOCKS
            length += len(inner.text or "") + (len(inner.tail or "") if number else 0)
            if number > _CELL_ELEMENTS or length > _CELL_LENGTH or blocks > 1:
                return False
            if name in _BLOCKS and name not in _WRAPPERS:
                return False
    return True


def _open(name: str, writer: _Writer, *, flat: bool) -> None:
    if name in _BLOCKS and not (flat and name in _WRAPPERS):
        writer.line_end()
    elif name in _CELLS:
        writer.cell()


def _close(
    element: _Element,
    name: str | None,
    start: int,
    writer: _Writer,
    page: Page,
    *,
    flat: bool,
) -> None:
    end = writer.length
    if end > start and name is not None and name in _HEADINGS:
        page.headings.append((_HEADINGS[name], Span(start, end)))
    if name in _BLOCKS and not (flat and name in _WRAPPERS):
        writer.line_end()


def _is_live(script: _Element) -> bool:
    """Say whether a script may change the page; data for machines is none."""
    return "json" not in (script.get("type") or "").lower()


def is_unseen(element: _Element, name: str) -> bool:
    """Say whether a browser does not show an element, or not so that a reader would see it."""
    if name == "noscript" or element.get("hidden") is not None:
        return True
    style = element.get("style") or ""
    if style and (_UNSEEN_STYLE.search(style) or _is_like_paper(element, style)):
        return True
    if name == "font" and _is_like_paper(element, f"color:{element.get('color') or ''}"):
        return True
    return _UNSEEN_CLASS.search(element.get("class") or "") is not None


def _is_like_paper(element: _Element, style: str) -> bool:
    """Say whether words are tiny, or of the colour that lies behind them.

    Only where that is sure: a style sheet may give any element with a class another background, and
    the elements in this one another look.
    """
    size, ink = _SIZE.search(style), _INK.search(style)
    tiny = size is not None and is_tiny(size[1])
    drawn = colour(ink[1]) if ink is not None else None
    if not tiny and (drawn is None or not alike(drawn, _behind(element, style))):
        return False
    return not any(inner.get("style") or inner.get("class") for inner in element.iterdescendants())


def _behind(element: _Element, style: str) -> Colour | None:
    """Return the colour behind an element; ``None`` if a style sheet may say it."""
    at: _Element | None = element
    for _ in range(_LEVELS):
        if at is None:
            return WHITE
        said = _BEHIND.search(style)
        if said is not None:
            return colour(said[2])
        if at.get("bgcolor"):
            return colour(at.get("bgcolor") or "")
        named = at.get("class") or at.get("id")
        if named and _PLAIN_CLASS.match(named) is None:
            return None
        at = at.getparent()
        style = "" if at is None else at.get("style") or ""
    return None


def _is_note_call(element: _Element, name: str) -> bool:
    """Say whether an element is only the number of a footnote, which would stick to a word."""
    if name != "a":
        return False
    kind = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return kind == "noteref" or element.get("role") == "doc-noteref"


def _keeps_space(element: _Element | None) -> bool:
    """Say whether line ends and spaces of an element are shown as they are."""
    for _ in range(4):
        if element is None:
            return False
        if _name(element) in ("pre", "textarea", "listing"):
            return True
        element = element.getparent()
    return False


def _is_remote(element: _Element, name: str | None) -> bool:
    if _FETCHED.search(element.get("style") or ""):
        return True
    if name not in ("img", "iframe", "video", "audio", "object", "embed", "source"):
        return False
    target = (element.get("src") or element.get("data") or "").strip().lower()
    return target.startswith(("http:", "https:", "//"))


def parse_html(text: str) -> tuple[_Element | None, bool]:
    """Parse a page leniently.

    The parser never opens anything: it gets bytes of ours and no address.

    Returns:
        The root, or ``None`` if there is none; and whether the parser got to the end (it gives up
        on elements nested thousands deep).

    Raises:
        MemoryError: if the page is too large for the memory there is.
    """
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]
    from lxml.html import HTMLParser

    parser = HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    errors = [entry.type_name for entry in parser.error_log]
    if "ERR_NO_MEMORY" in errors:
        raise MemoryError
    return root, root is not None and "ERR_RESOURCE_LIMIT" not in errors


_SCRIPTS = re.compile(r"<(script|style|template|noscript)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINE_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|blockquote|title)\b[^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<(?:!--.*?--|[^<>]*)>", re.DOTALL)


def without_tags(text: str) -> str:
    """Return the words of a page that no parser can build a tree of."""
    words = _LINE_TAG.sub("\n", _SCRIPTS.sub(" ", text))
    lines = (_SPACE.sub(" ", line).strip() for line in _ANY_TAG.sub("", words).split("\n"))
    return html.unescape("\n".join(line for line in lines if line))
