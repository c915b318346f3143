"""What an importer is and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl, urlencode

from annotator.i18n import tr
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.model.article import FieldOrigin
    from annotator.model.span import Span, Spans

#: No single file may be larger; the sentence for it names the figure.
LIMIT_MB = 64
LIMIT_BYTES = LIMIT_MB * 1024 * 1024

#: Keys of ``ImportedText.metadata`` beside the headline and the language.
METADATA = (
    "kicker",
    "outlet",
    "agency",
    "authors",
    "translator",
    "dateline",
    "section",
    "url",
    "published",
    "updated",
)


@dataclass(frozen=True, slots=True)
class ImportedText:
    """Hold one article as an importer read it.

    ``text`` is canonical; every span counts its code points. ``charset_origin`` is one of ``bom``,
    ``utf-8``, ``declared``, ``cp1252``, ``detected``, ``person``. ``mask`` is the page furniture,
    ``headings`` what the markup calls a heading. ``metadata`` has keys of ``METADATA``: authors
    joined by ``"; "``, dates as ISO 8601 cut to their precision. A field that was not found is not
    there. ``origins`` says of each field where it came from, one entry a span. ``warnings`` are ids
    of sentences in the catalogue area ``importers``, some with values (``explain_warning``).
    ``pages`` are the places where the pages of
    the file begin, with what each page calls itself. ``original`` holds the bytes of the part that
    the article was read from, where that is not the whole file (a member of an archive). ``joins``
    are the positions where a word divided at a line end was joined.
    """

    text: str
    charset: str
    charset_origin: str
    replaced: int = 0
    mask: Spans = ()
    headings: Spans = ()
    language: str = "und"
    headline: str = ""
    headline_span: Span | None = None
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    origins: tuple[FieldOrigin, ...] = ()
    warnings: tuple[str, ...] = ()
    media_type: str = "text/plain"
    name: str = ""
    pages: tuple[tuple[int, str], ...] = ()
    original: bytes | None = None
    joins: tuple[int, ...] = ()


def warning(message_id: str, **values: object) -> str:
    """Return a warning that names something; ``explain_warning`` puts it into words."""
    return f"{message_id}?{urlencode({key: str(value) for key, value in values.items()})}"


def explain_warning(warned: str, *, lang: str | None = None) -> str:
    """Return the sentence of a warning of an ``ImportedText``."""
    message_id, _, values = warned.partition("?")
    return tr(f"importers.{message_id}", lang=lang, **dict(parse_qsl(values)))


class Readings(list[ImportedText]):
    """Be the articles of a file that holds other files, with the parts that were refused."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[UserError] = []


def refused_parts(read: list[ImportedText]) -> list[UserError]:
    """Return the errors of the parts of a file that could not be read; most files have no parts."""
    return read.refused if isinstance(read, Readings) else []


class Importer(Protocol):
    """Read one format. An importer is stateless and gives the same result for the same bytes."""

    @property
    def id(self) -> str:
        """Return the format's name for programs; people read ``importers.format.<id>``."""
        ...

    @property
    def media_types(self) -> tuple[str, ...]:
        """Return the media types, the chief one first."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return the endings of file names, lower case, with the point."""
        ...

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is that the bytes are of this format, in [0, 1]. Never raises."""
        ...

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the articles of a file.

        Args:
            data: the bytes of the file.
            name: the file's name, for the sentences only: never used as a path.
            charset: the encoding that a person chose, where the format leaves it open.

        Raises:
            UserError: if there is nothing to read, or the file is damaged.
        """
        ...


def has_suffix(name: str, suffixes: tuple[str, ...]) -> bool:
    """Say whether a file's name has one of the endings."""
    return name.lower().endswith(suffixes)


def check_size(data: bytes, name: str) -> None:
    """Refuse what is empty or larger than any single file may be.

    Raises:
        UserError: ``import-empty`` or ``import-too-big``.
    """
    if not data:
        raise UserError("import-empty", name=name, broken="bytes")
    if len(data) > LIMIT_BYTES:
        raise UserError("import-too-big", name=name, limit=LIMIT_MB)
