"""The project file as SQL: what a new file is made of and what an opened one must look like.

``nr`` is the dense number of a row: derived tables and order use it, records never do. Record
tables have one column a field, in the field order (``tests/unit/store/test_schema.py`` compares).
Everything below the line "derived" can be computed again from the record tables and ``text``.
"""

from __future__ import annotations

APPLICATION_ID = 0x416E6E6F  # "Anno"
VERSION = 3
#: Bytes of new words that the search index gathers before it writes them out. FTS5's own 1 MB makes
#: the import of 10,000 articles a third slower, by merging what it wrote too soon.
INDEX_BUFFER = 16 * 1024 * 1024

#: Keeps no text of its own; accents and case do not matter. ``facets`` are an article's outlet and
#: language as words, so that a filtered search is one search.
SEARCH_OPTIONS = "headline, body, facets, content='', tokenize='unicode61 remove_diacritics 2'"

_ARTICLE = "article_id TEXT NOT NULL REFERENCES article(id) DEFERRABLE INITIALLY DEFERRED"
_MARK = f"""nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {_ARTICLE},
  spans TEXT NOT NULL, anchor TEXT NOT NULL, stamp TEXT NOT NULL"""


def _reference(column: str, table: str, *, null: bool = True) -> str:
    """Declare a column that names a record. Checked at COMMIT: order inside an action is free."""
    needed = "" if null else "NOT NULL "
    return f"{column} TEXT {needed}REFERENCES {table}(id) DEFERRABLE INITIALLY DEFERRED"


TABLE_STATEMENTS: dict[str, str] = {
    "meta": "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "setting": (
        "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
    ),
    # As sqlite-utils makes it: a new file says which migrations it has no need of.
    "_sqlite_migrations": (
        'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n'
        '   "migration_set" TEXT,\n   "name" TEXT,\n   "applied_at" TEXT\n)'
    ),
    # ``original`` comes last, so that reading a body never walks over the bytes it came from.
    "text": """CREATE TABLE text (nr INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
  original_digest TEXT NOT NULL, charset TEXT NOT NULL, charset_origin TEXT NOT NULL,
  replaced INTEGER NOT NULL, packing INTEGER NOT NULL, body TEXT NOT NULL, original BLOB) STRICT""",
    "article": """CREATE TABLE article (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  text_digest TEXT NOT NULL REFERENCES text(digest), length INTEGER NOT NULL,
  headline TEXT NOT NULL, language TEXT NOT NULL, outlet TEXT NOT NULL, agency TEXT NOT NULL,
  authors TEXT NOT NULL, translator TEXT NOT NULL, dateline TEXT NOT NULL, section TEXT NOT NULL,
  url TEXT NOT NULL, published TEXT, updated TEXT, word_count INTEGER NOT NULL,
  mask TEXT NOT NULL, headings TEXT NOT NULL, headline_span TEXT, origins TEXT NOT NULL,
  file_name TEXT NOT NULL, media_type TEXT NOT NULL, imported_at TEXT NOT NULL,
  reviewed INTEGER NOT NULL, previous_id TEXT, warnings TEXT NOT NULL,
  kicker TEXT NOT NULL DEFAULT '', pages TEXT NOT NULL DEFAULT '[]',
  joins TEXT NOT NULL DEFAULT '[]', related TEXT NOT NULL DEFAULT '[]') STRICT""",
    "actor": """CREATE TABLE actor (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, wikidata TEXT NOT NULL,
  stamp TEXT NOT NULL) STRICT""",
    "source": f"""CREATE TABLE source (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {_ARTICLE},
  label TEXT NOT NULL, description TEXT NOT NULL, identification TEXT NOT NULL,
  affiliation TEXT NOT NULL, affiliation_name TEXT NOT NULL, role TEXT NOT NULL,
  role_status TEXT NOT NULL, proximity TEXT NOT NULL, ground_rule TEXT NOT NULL,
  anonymity_reason TEXT NOT NULL, reason_spans TEXT NOT NULL, formula_spans TEXT NOT NULL,
  authority_stated TEXT NOT NULL, motive_stated TEXT NOT NULL, reliability TEXT NOT NULL,
  stated_count INTEGER NOT NULL, {_reference("group_id", "source")},
  {_reference("actor_id", "actor")}, stamp TEXT NOT NULL) STRICT""",
    "source_relation": f"""CREATE TABLE source_relation (nr INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, {_ARTICLE}, {_reference("first_id", "source", null=False)},
  {_reference("second_id", "source", null=False)}, kind TEXT NOT NULL,
  stamp TEXT NOT NULL) STRICT""",
    "quote": f"CREATE TABLE quote ({_MARK}, kind TEXT NOT NULL, channel TEXT NOT NULL) STRICT",
    "claim": f"""CREATE TABLE claim ({_MARK}, kind TEXT NOT NULL, seriousness TEXT NOT NULL,
  status TEXT NOT NULL, verdict TEXT NOT NULL, evidence TEXT NOT NULL, correction TEXT NOT NULL,
  credibility TEXT NOT NULL) STRICT""",
    "source_mention": (
        f"CREATE TABLE source_mention ({_MARK}, {_reference('source_id', 'source')}) STRICT"
    ),
    "cue": f"CREATE TABLE cue ({_MARK}, stance TEXT NOT NULL) STRICT",
    "mention": f"""CREATE TABLE mention ({_MARK}, {_reference("actor_id", "actor")},
  paragraph INTEGER NOT NULL, sentence INTEGER NOT NULL) STRICT""",
    "hedge": f"CREATE TABLE hedge ({_MARK}, {_reference('claim_id', 'claim')}) STRICT",
    "declined_comment": (
        f"CREATE TABLE declined_comment ({_MARK}, {_reference('source_id', 'source')}) STRICT"
    ),
    "could_not_verify": (
        f"CREATE TABLE could_not_verify ({_MARK}, {_reference('claim_id', 'claim')}) STRICT"
    ),
    "attribution": f"""CREATE TABLE attribution (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  {_ARTICLE}, content_id TEXT NOT NULL, {_reference("source_id", "source", null=False)},
  {_reference("mention_id", "source_mention")}, cue_ids TEXT NOT NULL, act TEXT NOT NULL,
  stance TEXT NOT NULL, stamp TEXT NOT NULL) STRICT""",
    "note": f"""CREATE TABLE note (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  target_table TEXT NOT NULL, target_id TEXT NOT NULL, {_reference("article_id", "article")},
  text TEXT NOT NULL, stamp TEXT NOT NULL) STRICT""",
    # Proposals come and go without a step of undo: they go with their article, and the number of
    # one that a step took away is never given again.
    "suggestion": f"""CREATE TABLE suggestion (nr INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, {_ARTICLE.replace("(id)", "(id) ON DELETE CASCADE")},
  kind TEXT NOT NULL, spans TEXT NOT NULL, rule TEXT NOT NULL, score REAL NOT NULL,
  quotation TEXT NOT NULL, evidence TEXT NOT NULL, fields TEXT NOT NULL, cluster TEXT NOT NULL,
  links TEXT NOT NULL, decision TEXT NOT NULL, accepted_id TEXT,
  decided_at TEXT NOT NULL) STRICT""",
    # One row an action. ``state``: 0 done, 1 undone, 2 undone and then cut off by a new action.
    # ``changes`` is JSON, or zlib of it: [table, id] for an insert whose row is still in its
    # table, else [table, id, row before or null, row after or null].
    "journal": """CREATE TABLE journal (nr INTEGER PRIMARY KEY, label TEXT NOT NULL,
  label_values TEXT NOT NULL, made_at TEXT NOT NULL, state INTEGER NOT NULL, changes ANY NOT NULL)
  STRICT""",
    # ---- derived ----
    # The library: ``place`` orders the articles by date and is the row number in ``search``.
    "shelf": """CREATE TABLE shelf (place INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE,
  outlet TEXT NOT NULL, language TEXT NOT NULL, reviewed INTEGER NOT NULL,
  headline_key TEXT NOT NULL, imported_at TEXT NOT NULL, dated INTEGER NOT NULL,
  quotes INTEGER NOT NULL,
  sources INTEGER NOT NULL, claims INTEGER NOT NULL, mentions INTEGER NOT NULL) STRICT""",
    "search": f"CREATE VIRTUAL TABLE search USING fts5({SEARCH_OPTIONS})",
    # The list "to place again": marks whose words do not stand where the mark does.
    "unplaced": """CREATE TABLE unplaced (mark TEXT PRIMARY KEY, mark_table TEXT NOT NULL,
  article INTEGER NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    # What near-duplicates are found by, computed when it is asked for: ``of`` names the text and
    # its mask, so that an old one is known to be old.
    "likeness": """CREATE TABLE likeness (article INTEGER PRIMARY KEY, of TEXT NOT NULL,
  size INTEGER NOT NULL, hashes BLOB NOT NULL) STRICT""",
    # The audit of an article, until the article changes (``audits.py``): ``stamp`` names what was
    # counted and by which rules, ``line`` is the analysis' own business.
    "audit": """CREATE TABLE audit (article INTEGER PRIMARY KEY, stamp TEXT NOT NULL,
  line TEXT NOT NULL) STRICT""",
    # Packed: ``pages.py`` says how and why.
    "span_page": """CREATE TABLE span_page (page INTEGER PRIMARY KEY, until INTEGER NOT NULL,
  starts BLOB NOT NULL, ends BLOB NOT NULL, kinds BLOB NOT NULL, marks TEXT NOT NULL) STRICT""",
    "place_page": """CREATE TABLE place_page (page INTEGER PRIMARY KEY, places BLOB NOT NULL)
  STRICT""",
}

#: ``(table, columns, partial)``: partial indexes leave out the rows that name nothing.
_INDEXED: tuple[tuple[str, str, bool], ...] = (
    ("text", "original_digest", False),
    ("article", "text_digest", False),
    ("article", "previous_id", True),
    ("source", "article_id", False),
    ("source", "group_id", True),
    ("source", "actor_id", True),
    ("source_relation", "article_id", False),
    ("source_relation", "first_id", False),
    ("source_relation", "second_id", False),
    ("quote", "article_id", False),
    ("claim", "article_id", False),
    ("source_mention", "article_id", False),
    ("source_mention", "source_id", True),
    ("cue", "article_id", False),
    ("mention", "article_id", False),
    ("mention", "actor_id", True),
    ("hedge", "article_id", False),
    ("hedge", "claim_id", True),
    ("declined_comment", "article_id", False),
    ("declined_comment", "source_id", True),
    ("could_not_verify", "article_id", False),
    ("could_not_verify", "claim_id", True),
    ("attribution", "article_id", False),
    ("attribution", "content_id", False),
    ("attribution", "source_id", False),
    ("attribution", "mention_id", True),
    ("note", "article_id", True),
    ("note", "target_id", False),
    ("suggestion", "article_id", False),
    # Without it, asking whether there is something to redo reads the whole history.
    ("journal", "state", False),
    ("unplaced", "article", False),
    ("shelf", "outlet", False),
    ("shelf", "language", False),
    ("shelf", "reviewed", False),
    ("shelf", "headline_key", False),
    ("shelf", "imported_at", False),
)

INDEX_STATEMENTS: dict[str, str] = {
    # As sqlite-utils makes it.
    "idx__sqlite_migrations_migration_set_name": (
        'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"\n'
        '    ON "_sqlite_migrations" ("migration_set", "name")'
    ),
} | {
    f"{table}_{column}": f"CREATE INDEX {table}_{column} ON {table}({column})"
    + (f" WHERE {column} IS NOT NULL" if partial else "")
    for table, column, partial in _INDEXED
}

#: What FTS5 makes beside ``search``; its SQL is SQLite's own business.
SHADOW_TABLES = frozenset(f"search_{part}" for part in ("data", "idx", "docsize", "config"))

STATEMENTS: dict[str, str] = TABLE_STATEMENTS | INDEX_STATEMENTS
