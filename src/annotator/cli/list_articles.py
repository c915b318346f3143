"""``list PROJECT``: what articles a project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say, table
from annotator.cli.projects import reading

if TYPE_CHECKING:
    import click

    from annotator.store import ArticleRow

_PAGE = 1000


def build() -> click.Command:
    """Make the command."""
    return command(
        "list", _run, project_argument(), option("--search", key="search"), json_option()
    )


def _run(project: str, search: str | None, *, as_json: bool) -> None:
    with reading(project) as opened:
        from annotator.store import ArticleQuery

        rows: list[ArticleRow] = []
        while True:
            query = ArticleQuery(search=search or "", limit=_PAGE, offset=len(rows))
            page = opened.articles(query)
            rows += page.rows
            if len(page.rows) < _PAGE:
                break
        name = opened.name
    if as_json:
        data({"project": name, "total": len(rows), "articles": [_item(row) for row in rows]})
    elif not rows:
        say(phrase("list.empty"))
    else:
        _print(rows)


def _item(row: ArticleRow) -> dict[str, object]:
    return {
        "id": row.id,
        "headline": row.headline,
        "outlet": row.outlet,
        "agency": row.agency,
        "published": row.published.value if row.published else None,
        "language": row.language,
        "reviewed": row.reviewed,
        "words": row.word_count,
        "quotes": row.quotes,
        "sources": row.sources,
        "claims": row.claims,
        "mentions": row.mentions,
        "imported_at": row.imported_at,
    }


def _print(rows: list[ArticleRow]) -> None:
    keys = ("id", "published", "language", "outlet", "quotes", "sources", "claims", "headline")
    lines = [[phrase(f"list.column.{key}") for key in keys]]
    for row in rows:
        item = _item(row)
        lines.append([str(item[key] if item[key] is not None else "") for key in keys])
    table(lines, right=frozenset({4, 5, 6}))
    say(phrase("list.total", count=len(rows)))
