"""Compare the derived tables with what the records say they should be."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from annotator.model.annotations import Claim, Mark, Mention, Quote
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError
from annotator.store import marks, pages, texts, unplaced
from annotator.store.codec import codec_of
from annotator.store.connection import translate
from annotator.store.dates import first_place
from annotator.store.derived import is_masked, span_rows
from annotator.store.schema import SEARCH_OPTIONS
from annotator.store.shelf import facets, filter_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.store.codec import Row
    from annotator.store.connection import Connection
    from annotator.store.pages import PlaceRow


class Notes(Protocol):
    """What takes the problems down."""

    def add(self, message_id: str, **values: object) -> None:
        """Note a problem."""
        ...


def check_articles(connection: Connection, findings: Notes, step: Callable[[], None]) -> None:
    """Compare, article by article, marks with their text and derived rows with the records."""
    codec = codec_of(Article)
    actors: dict[str, int] = dict(connection.rows("SELECT id, nr FROM actor"))
    for row in connection.rows(codec.select):
        step()
        try:
            article = codec.decode(row[1:])
        except AnnotatorError:
            continue  # found with the other rows
        try:
            _check_article(connection, findings, int(row[0] or 0), article, actors)
        except AnnotatorError:
            findings.add("row", table="article", id=article.id)
    if connection.value("SELECT count(*) FROM audit WHERE article NOT IN (SELECT nr FROM article)"):
        findings.add("derived", name="audit", article="")
    owners = "SELECT count(*) FROM {} WHERE page >> {} NOT IN (SELECT nr FROM article)"
    for table, bits in (("span_page", pages.SPAN_PAGE_BITS), ("place_page", pages.PLACE_PAGE_BITS)):
        if connection.value(owners.format(table, bits)):
            findings.add("derived", name=table, article="")


def _check_article(
    connection: Connection, findings: Notes, nr: int, article: Article, actors: dict[str, int]
) -> None:
    found = marks.marks(connection, article.id)
    kept = texts.text_by_digest(connection, article.text_digest)
    body = "" if kept is None else kept.text
    _check_words(connection, findings, nr, article, found, body)
    if _expected_shelf(connection, article, found) != _shelf(connection, nr, article):
        findings.add("derived", name="shelf", article=article.headline)
    spans = pages.read_spans(connection, nr)
    stored = list(zip(spans.starts, spans.ends, spans.kinds, spans.mark_ids, strict=True))
    if stored != sorted(row for mark in found for row in span_rows(mark)):
        findings.add("derived", name="span_page", article=article.headline)
    places = _expected_places(connection, article, actors)
    if pages.read_article_places(connection, nr) != places:
        findings.add("derived", name="place_page", article=article.headline)


def _check_words(
    connection: Connection,
    findings: Notes,
    nr: int,
    article: Article,
    found: list[Mark],
    body: str,
) -> None:
    misplaced: list[tuple[str, str]] = []
    for mark in found:
        if not mark.anchor.quotation:
            findings.add("wordless", id=mark.id, article=article.headline)
            continue
        reason = unplaced.reason_of(body, mark.spans, mark.anchor)
        if reason:
            misplaced.append((mark.id, reason))
            findings.add("words", id=mark.id, article=article.headline)
    listed = connection.rows("SELECT mark, reason FROM unplaced WHERE article = ?", (nr,))
    if sorted(listed) != sorted(misplaced):
        findings.add("derived", name="unplaced", article=article.headline)


def _expected_shelf(connection: Connection, article: Article, found: list[Mark]) -> Row:
    kinds = Counter(map(type, found))
    sources = connection.value("SELECT count(*) FROM source WHERE article_id = ?", (article.id,))
    counts = (kinds[Quote], sources, kinds[Claim], kinds[Mention])
    return (True, *filter_values(article), *counts)


def _shelf(connection: Connection, nr: int, article: Article) -> Row:
    row = connection.row(
        "SELECT place, outlet, language, reviewed, headline_key, imported_at, dated, quotes,"
        " sources, claims, mentions FROM shelf WHERE article = ?",
        (nr,),
    )
    return () if row is None else (row[0] >= first_place(article), *row[1:])


def _expected_places(
    connection: Connection, article: Article, actors: dict[str, int]
) -> list[PlaceRow]:
    codec = codec_of(Mention)
    rows: list[PlaceRow] = []
    for nr, *row in connection.rows(
        f"{codec.select} WHERE article_id = ? AND actor_id IS NOT NULL ORDER BY nr", (article.id,)
    ):
        mention = codec.decode(row)
        masked = int(is_masked(article.mask, mention.spans))
        actor = actors.get(mention.actor_id or "", -1)
        rows.append((nr, actor, mention.paragraph, mention.sentence, masked))
    return rows


def check_search(connection: Connection, findings: Notes) -> None:
    """Index all texts again, in memory, and compare the two indexes word by word.

    The index keeps no text, so there is nothing else to compare it with.
    """
    try:
        with closing(sqlite3.connect(":memory:", uri=True, isolation_level=None)) as fresh:
            fresh.execute("PRAGMA trusted_schema = OFF")
            fresh.execute(
                "ATTACH ? AS project", (f"{connection.path.absolute().as_uri()}?mode=ro",)
            )
            if _differences(connection, fresh):
                findings.add("derived", name="search", article="")
    except sqlite3.DatabaseError as error:
        findings.add("pages", detail=str(translate(error, connection.path.name)))


def _differences(connection: Connection, fresh: sqlite3.Connection) -> bool:
    fresh.execute(f"CREATE VIRTUAL TABLE again USING fts5({SEARCH_OPTIONS})")
    codec = codec_of(Article)
    places = connection.rows("SELECT place, article FROM shelf ORDER BY place")
    fresh.execute("BEGIN")
    for place, nr in places:
        row = connection.row(f"{codec.select} WHERE nr = ?", (nr,))
        if row is None:
            return True
        article = codec.decode(row[1:])
        kept = texts.text_by_digest(connection, article.text_digest)
        words = (place, article.headline, kept.text if kept else "", facets(article))
        fresh.execute(
            "INSERT INTO again (rowid, headline, body, facets) VALUES (?, ?, ?, ?)", words
        )
    fresh.execute("COMMIT")
    fresh.execute("CREATE VIRTUAL TABLE temp.ours USING fts5vocab('main', 'again', 'col')")
    fresh.execute("CREATE VIRTUAL TABLE temp.theirs USING fts5vocab('project', 'search', 'col')")
    for one, other in (("ours", "theirs"), ("theirs", "ours")):
        query = f"SELECT * FROM temp.{one} EXCEPT SELECT * FROM temp.{other} LIMIT 1"  # noqa: S608
        if fresh.execute(query).fetchone() is not None:
            return True
    sizes = "SELECT id, sz FROM {} ORDER BY id"
    return (
        fresh.execute(sizes.format("main.again_docsize")).fetchall()
        != fresh.execute(sizes.format("project.search_docsize")).fetchall()
    )
