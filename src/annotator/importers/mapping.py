"""Which column of a table holds what: guessed from the names, shown, corrected, remembered."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from annotator import resources
from annotator.importers.base import METADATA
from annotator.importers.kit.archives import LANGUAGES
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.dates import clean_iso, find_dates
from annotator.importers.kit.language import guess_language
from annotator.importers.kit.news import write_html
from annotator.importers.kit.pagemeta import add_authors, language_tag
from annotator.importers.kit.writer import LineWriter
from annotator.model.errors import UserError
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotator.importers.base import ImportedText

#: The fields that a column can be mapped to; ``text`` is the one that must be.
FIELDS = ("text", "headline", *METADATA, "language")

_SHOWN_COLUMNS = 30
_SEPARATORS = re.compile(r"[\s_\-./:'’()\[\]#]+")
#: "03/2031", as tables write a month.
_MONTH = re.compile(r"(0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)")
#: Seconds or milliseconds since 1970, and what is a day with its hour instead ("2031030314").
_COUNT = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?")
_DAY_HOUR = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])")
_REFERENCE = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE)
#: Between two words of "publishedAt".
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Words of a column's name that say nothing of what it holds.
_FILLERS = frozenset(
    ("txt", "str", "col", "field", "raw", "val", "value", "de", "du", "d", "l", "la", "le", "the",
     "of", "article", "articles", "item", "news", "main", "original", "clean")
)  # fmt: skip


@cache
def _names() -> dict[str, list[str]]:
    """Return names of columns, folded, by field; the first column that fits is taken."""
    return json.loads(resources.read_text("text", "columns.json"))


@dataclass(frozen=True, slots=True)
class TablePreview:
    """Show a table: its columns, its first rows, and the guessed mapping (field -> column)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, str]


def signature(columns: Sequence[str]) -> str:
    """Return a key under which the mapping of tables with these columns can be remembered."""
    joined = "\x1f".join(sorted(fold(column) for column in columns))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def _joined(words: str) -> str:
    return words.replace(" ", "")


def _plain(column: str) -> str:
    """Return a column's name without case, accents and what parts its words."""
    return _joined(_SEPARATORS.sub(" ", fold(column)))


def _core(column: str) -> str:
    """Return a column's name without the words that programs put around it: "HEADLINE_TXT"."""
    words = _SEPARATORS.sub(" ", fold(_HUMP.sub(" ", column))).split()
    return "".join(word for word in words if word.strip("'’") not in _FILLERS)


def guess_mapping(columns: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Guess the mapping by the columns' names; the text may also be told by its length."""
    mapping: dict[str, str] = {}
    for forms in ({c: _plain(c) for c in columns}, {c: _core(c) for c in columns}):
        for field in ("text", *(f for f in FIELDS if f != "text")):
            free = [column for column in columns if column not in mapping.values()]
            named = (c for name in _names()[field] for c in free if forms[c] == _joined(name))
            column = next(named, None)
            if column is not None and field not in mapping:
                mapping[field] = column
    if "text" not in mapping:
        longest = _longest_column(columns, rows)
        if longest is not None and longest not in mapping.values():
            mapping["text"] = longest
    return mapping


def _longest_column(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """Return the column whose cells are as long as texts are, if one stands out."""
    if not rows:
        return None
    lengths = [
        (sum(len(row[i]) for row in rows if i < len(row)) / len(rows), column)
        for i, column in enumerate(columns)
    ]
    best = max(lengths, default=(0.0, ""))
    return best[1] if best[0] >= 200 else None


def articles_of_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    name: str,
    media_type: str,
    *,
    mapping: Mapping[str, str] | None = None,
    charset: tuple[str, str] = ("utf-8", "declared"),
    written: Callable[[int], str],
) -> list[ImportedText]:
    """Make an article of each row that has text.

    Args:
        columns: their names.
        rows: cells as text, dates in ISO form where the format knows them.
        name: the file's name.
        media_type: of the file.
        mapping: field -> column; guessed without.
        charset: how the file was decoded, and how that was decided.
        written: gives a row, by its number, as a file of its own: what is kept of it.

    Raises:
        UserError: ``import-no-columns`` if no column holds the text, ``import-no-such-columns`` if
            the table lacks one that a person chose, ``import-empty`` if no row has any text.
    """
    guessed = mapping is None
    chosen = guess_mapping(columns, rows[:50]) if mapping is None else dict(mapping)
    missing = [column for column in chosen.values() if column and column not in columns]
    if missing:
        raise UserError(
            "import-no-such-columns",
            name=name,
            columns=", ".join(missing),
            known=", ".join(columns[:_SHOWN_COLUMNS]),
        )
    places = {f: columns.index(c) for f, c in chosen.items() if f in FIELDS and c in columns}
    if "text" not in places:
        raise UserError("import-no-columns", name=name, known=", ".join(columns[:_SHOWN_COLUMNS]))
    found: list[ImportedText] = []
    for number, row in enumerate(rows):
        cells = {f: row[at].strip() for f, at in places.items() if at < len(row)}
        article = _article(cells, name, media_type, charset, guessed=guessed)
        if article is not None:
            found.append(replace(article, original=_bytes(written(number), charset[0])))
    if not found:
        raise UserError("import-empty", name=name)
    return found


def _bytes(words: str, charset: str) -> bytes | None:
    """Encode a row as its file was; ``None``, for the whole file, if characters were lost."""
    if "\ufffd" in words:
        return None
    try:
        return words.encode(charset)
    except (LookupError, UnicodeError):
        return None


def _article(
    cells: Mapping[str, str], name: str, media_type: str, charset: tuple[str, str], *, guessed: bool
) -> ImportedText | None:
    words = cells.get("text", "")
    if not words:
        return None
    writer = LineWriter()
    write_html(words, writer)
    language = cells.get("language", "")
    language = LANGUAGES.get(language.lower(), "") or language_tag(language)
    language = language or guess_language(words)
    fields = Fields()
    for field in ("kicker", "headline", "outlet", "agency", "translator", "dateline", "section"):
        fields.add(field, _one_line(cells.get(field, "")), "markup")
    url = cells.get("url", "")
    fields.add("url", url if url.startswith(("http://", "https://")) else "", "markup")
    for field in ("published", "updated"):
        fields.add(field, _moment(cells.get(field, ""), language), "markup")
    add_authors([" ".join(cells.get("authors", "").split())], "markup", fields)
    draft = Draft(
        writer.text(),
        name,
        media_type,
        charset=charset[0],
        charset_origin=charset[1],
        replaced=writer.replaced,
        headings=tuple(writer.headings),
        fields=fields,
        language=language,
        warnings=["guessed-columns"] if guessed else [],
    )
    try:
        return finish(draft)
    except UserError:
        return None


def _one_line(words: str) -> str:
    """Return a cell as one line; references of HTML, as some archives leave them, are signs."""
    if _REFERENCE.search(words):
        words = html.unescape(words)
    return " ".join(words.split())


def _moment(words: str, language: str) -> str:
    """Read a date cell: ISO, or as newsrooms write it."""
    stated = clean_iso(words) or _counted(words.strip())
    if stated:
        return stated
    month = _MONTH.fullmatch(words.strip())
    if month is not None:
        return f"{month[2]}-{int(month[1]):02}"
    found = find_dates(words, 0, len(words), language=language)
    return found[0].value if found else ""


def _counted(words: str) -> str:
    """Read a moment that a program counted from 1970; empty if it may be something else."""
    match = _COUNT.fullmatch(words)
    if match is None or _DAY_HOUR.fullmatch(match[1]):
        return ""
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    return moment.isoformat(timespec="minutes") if moment.year < 2100 else ""
