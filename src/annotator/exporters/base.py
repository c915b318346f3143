"""What every exporter gets and is: the dossier of records, the levels of redaction, the protocol.

An exporter knows this module and the report model; it never knows the store, the figures' room or
another exporter. Whoever hands out collects a ``Dossier`` and lets ``hand_out`` do the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    from typing import Self

    from annotator.model.annotations import (
        Actor,
        Attribution,
        Mark,
        Note,
        Source,
        SourceRelation,
    )
    from annotator.model.article import Article, ArticleText
    from annotator.model.suggestion import Suggestion
    from annotator.model.vocabulary import SourcingState


class Redaction(StrEnum):
    """How much leaves the desk. ``docs/cli.md`` says what each level keeps."""

    INTERNAL = "internal"
    REDACTED = "redacted"
    PUBLISH = "publish"


class Scope(StrEnum):
    """What one file of a format holds."""

    ARTICLE = "article"
    PROJECT = "project"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class ArticleRecords:
    """Hold one article with everything that hangs on it; ``marks`` in text order.

    ``original`` is empty unless the format asks for it (``Exporter.needs_originals``).
    """

    article: Article
    text: ArticleText
    marks: tuple[Mark, ...] = ()
    sources: tuple[Source, ...] = ()
    relations: tuple[SourceRelation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    notes: tuple[Note, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    original: bytes = b""


@dataclass(frozen=True, slots=True)
class Reason:
    """Say why a number of sources is a range: a sentence ``analysis.reason.<id>`` on sources."""

    id: str
    source_ids: tuple[str, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """Say how many distinct sources there are, at least and at most; open: perhaps more."""

    low: int
    high: int
    is_open: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """Say what one quote or claim rests on: its state, and the ids of who says and denies it."""

    state: SourcingState
    supporters: tuple[str, ...] = ()
    deniers: tuple[str, ...] = ()
    refusers: tuple[str, ...] = ()
    distinct: Range | None = None
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Count what rests on named, by-office and unnamed sources and on other kinds."""

    named: int = 0
    by_office: int = 0
    unnamed: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """Return the sum of the four."""
        return self.named + self.by_office + self.unnamed + self.other


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one finding of a house-rule pack, its words in the language of the report."""

    rule: str
    severity: str
    title: str
    wording: str
    origin: str = ""
    start: int = -1
    end: int = -1
    question: str = ""
    accepted: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold what the analysis computed for one article, by record id.

    ``comentions`` are ``(actor id, actor id, weight)``, heaviest first; ``unit`` says in what they
    were counted together (``sentence``, ``paragraph``, ``article``). ``unnamed`` counts the
    distinct unnamed sources; none where there is none.
    """

    bases: Mapping[str, Basis] = field(default_factory=dict[str, Basis])
    distinct: Range | None = None
    by_source: Shares = Shares()
    by_sentence: Shares = Shares()
    by_word: Shares = Shares()
    unit: str = "sentence"
    comentions: tuple[tuple[str, str, int], ...] = ()
    findings: tuple[Finding, ...] = ()
    rule_pack: str = ""
    unnamed: Range | None = None


FigureMaker = Callable[[ArticleRecords, "Sequence[Actor]"], Figures]


def no_figures(records: ArticleRecords, actors: Sequence[Actor]) -> Figures:
    """Compute nothing: for formats that only carry records."""
    del records, actors
    return Figures()


@dataclass(frozen=True, slots=True)
class VersionChange:
    """Hold one difference in the sourcing of two versions: a sentence ``analysis.change.<kind>``.

    Ids are of the earlier and the later article's records; ``before`` and ``after`` are words,
    numbers or codes.
    """

    kind: str
    before_id: str = ""
    after_id: str = ""
    before: str = ""
    after: str = ""


ChangeFinder = Callable[
    [ArticleRecords, ArticleRecords, "Sequence[Actor]"], "tuple[VersionChange, ...]"
]


def no_changes(
    earlier: ArticleRecords, later: ArticleRecords, actors: Sequence[Actor]
) -> tuple[VersionChange, ...]:
    """Compare nothing: for everything but the comparison of two versions."""
    del earlier, later, actors
    return ()


class Renamable(Protocol):
    """Be a graph of actors that can be told other ids and names for them (``exporters.graph``)."""

    def renamed(self, actors: Mapping[str, Actor]) -> Renamable:
        """Return it with the actors of these ids as given, the others left out."""
        ...


class Lazy(Sequence[ArticleRecords]):
    """Load the articles of a large project one at a time, each again whenever it is asked for."""

    def __init__(self, length: int, load: Callable[[int], ArticleRecords]) -> None:
        self._length = length
        self._load = load

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._load(i) for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self._load(index % self._length)

    def __iter__(self) -> Iterator[ArticleRecords]:
        return (self._load(i) for i in range(self._length))


@dataclass(frozen=True, slots=True)
class Dossier:
    """Hold what is handed out: articles (sorted by id), actors, and how the export is to speak.

    ``made_on`` is the day of the export (ISO date). ``graph`` is whatever the graph exporters
    take (the co-mention figures of ``analysis``); the other formats leave it alone. ``kind`` names
    the report for the formats that show one (``exporters.reports.KINDS``; empty: the usual one).
    ``left_out`` says how many articles are not in it because they tell a story again.
    """

    articles: Sequence[ArticleRecords]
    actors: tuple[Actor, ...] = ()
    notes: tuple[Note, ...] = ()
    project_name: str = ""
    level: Redaction = Redaction.INTERNAL
    lang: str = "en"
    made_on: str = ""
    version: str = ""
    coder: str = ""
    figures: FigureMaker = no_figures
    changes: ChangeFinder = no_changes
    graph: Renamable | None = None
    kind: str = ""
    left_out: int = 0

    def with_articles(self, articles: Sequence[ArticleRecords]) -> Self:
        """Return the same dossier with other articles."""
        return replace(self, articles=articles)


class Exporter(Protocol):
    """Write a dossier in one format.

    ``losses`` names what the format cannot carry (keys of area ``losses``); a round-trip test
    holds the list to what is really lost. ``level`` is the redaction when nobody says otherwise.
    """

    @property
    def id(self) -> str:
        """Return the id used by ``--format``."""
        ...

    @property
    def suffix(self) -> str:
        """Return the file name's ending, with its point."""
        ...

    @property
    def media_type(self) -> str:
        """Return the media type."""
        ...

    @property
    def scope(self) -> Scope:
        """Return what one file holds."""
        ...

    @property
    def level(self) -> Redaction:
        """Return the redaction when nobody says otherwise."""
        ...

    @property
    def losses(self) -> tuple[str, ...]:
        """Return what the format cannot carry."""
        ...

    @property
    def needs_originals(self) -> bool:
        """Say whether the imported bytes must be loaded."""
        ...

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the file.

        Raises:
            UserError: if the dossier cannot be written in this format (no article, ...).
        """
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """Describe a format and hold the function that writes it: what most exporters are."""

    id: str
    suffix: str
    media_type: str
    scope: Scope
    writer: Callable[[Dossier, BinaryIO], None]
    level: Redaction = Redaction.REDACTED
    losses: tuple[str, ...] = ()
    needs_originals: bool = False

    def write(self, dossier: Dossier, stream: BinaryIO) -> None:
        """Write the file."""
        self.writer(dossier, stream)
