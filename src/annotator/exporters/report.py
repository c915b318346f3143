"""The one report model: plain data in the words of one language, ready to be set.

A report is a masthead and blocks. Whoever builds one (``exporters.reports``) decides what it says;
whoever sets one (HTML, PDF, DOCX, XLSX, Markdown) knows only the blocks. ``tone`` names a colour of
the themes' ``marks`` table ("claim", "source.unnamed", ...) or ``warn``, ``good``, ``quiet``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier

#: C0 and C1 controls but tab and line end, lone surrogates and non-characters.
_CONTROLS = dict.fromkeys(
    [
        *(c for c in range(0x20) if c not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ],
    "\ufffd",
)


@dataclass(frozen=True, slots=True)
class Ref:
    """Point at a row of a table by the code that both places show ("C3")."""

    code: str
    target: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class RunMark:
    """Say that a run of text lies under a mark; ``level`` 0 to 2 is how deep its line stands."""

    id: str
    style: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Hold consecutive characters under the same marks; ``refs`` are shown behind them."""

    text: str
    marks: tuple[RunMark, ...] = ()
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """Say in words, beside a paragraph, what a reader must know of marks in it."""

    refs: tuple[Ref, ...]
    words: str
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold one paragraph: ``kind`` is ``body``, ``heading`` or ``furniture`` (number 0)."""

    number: int
    kind: str
    runs: tuple[Run, ...]
    margins: tuple[Margin, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Hold the article's text with its marks; ``legend`` is ``(style, word)``.

    ``is_dense``: to be looked up in, not to be read: small, and on paper in two columns without
    the notes of the margin (the tables say what they say).
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    legend: tuple[tuple[str, str], ...] = ()
    lang: str = "und"
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Give one thing to know at a glance: a figure, what it counts, and why."""

    figure: str
    words: str
    detail: str = ""
    tone: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Hold the figures at the top."""

    id: str
    items: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of a stacked bar."""

    tone: str
    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Stack:
    """Hold one stacked bar; its parts are in the order of the legend."""

    label: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """Hold stacked bars that share a legend of ``(tone, word)``."""

    id: str
    title: str
    rows: tuple[Stack, ...]
    legend: tuple[tuple[str, str], ...]
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar of a ranking."""

    label: str
    value: int
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Hold a ranking, longest bar first."""

    id: str
    title: str
    rows: tuple[Bar, ...]
    intro: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column; ``kind`` is ``code``, ``text``, ``quote`` or ``number``."""

    key: str
    title: str
    weight: float = 1.0
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what stands in one cell; ``detail`` is a second, smaller line.

    ``value`` is the number that the text is rounded or grouped from, for programs that compute.
    """

    text: str
    detail: str = ""
    tone: str = ""
    refs: tuple[Ref, ...] = ()
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row; ``depth`` indents members of a group under it."""

    id: str
    cells: tuple[Cell, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table; ``empty`` is the sentence that stands there when it has no rows."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    intro: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one entry of a list: words of our own, and words of the article under them."""

    words: str
    quote: str = ""
    detail: str = ""
    tone: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Hold a list of sentences: questions to the reporter, findings, notes.

    ``is_minor``: its title stands under a larger one (an article's, a letter's). ``is_dense``: on
    paper in two columns, to save room.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    intro: str = ""
    empty: str = ""
    numbered: bool = False
    is_minor: bool = False
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold short lists that stand side by side."""

    id: str
    lists: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Begin a part of the report: an article among several, with its details."""

    id: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold the method sheet or other pairs of label and value, and sentences under them."""

    id: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...] = ()


Block = Answers | Stacks | Bars | MarkedText | Table | Listing | Beside | Heading | Facts


@dataclass(frozen=True, slots=True)
class Report:
    """Hold a whole report.

    ``kicker`` says what it is, ``headline`` what it is about, ``standfirst`` what it found;
    ``byline`` are the article's details. ``foot`` stands under every page. ``is_wide``: its tables
    want a page that lies on its side.
    """

    kind: str
    lang: str
    level: str
    kicker: str
    headline: str
    byline: tuple[str, ...]
    standfirst: str
    blocks: tuple[Block, ...]
    foot: str
    text_lang: str = "und"
    is_wide: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Return what a reference can lead to: the rows of the report's tables."""
        return tuple(row.id for b in self.blocks if isinstance(b, Table) for row in b.rows)


def build_report(dossier: Dossier) -> Report:
    """Build the report that the dossier asks for (``dossier.kind``; see ``exporters.reports``).

    Control characters of the text and of names are shown as U+FFFD: no format can carry them all.

    Raises:
        UserError: ``report-no-article`` for an empty dossier, ``report-unknown`` for a kind that
            does not exist.
    """
    from annotator.exporters.reports import build

    return cast("Report", _printable(build(dossier)))


def printable(words: str) -> str:
    """Return words with every control character shown as U+FFFD."""
    return words.translate(_CONTROLS)


def _printable(value: object) -> object:
    """Return the value with every text in it made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(_printable(v) for v in cast("tuple[object, ...]", value))
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: _printable(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changes)
    return value
