"""``duplicates PROJECT``: which articles tell the same story in mostly the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, project_argument
from annotator.cli.output import data, phrase, say, table
from annotator.cli.projects import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click

    from annotator.app.duplicates import Copy

_KEYS = ("id", "published", "outlet", "shared", "headline")


def build() -> click.Command:
    """Make the command."""
    return command("duplicates", _run, project_argument(), json_option())


def _run(project: str, *, as_json: bool) -> None:
    from annotator.app.duplicates import near_duplicates

    with reading(project) as opened:
        groups = [[_item(copy) for copy in group] for group in near_duplicates(opened)]
    if as_json:
        data({"groups": groups})
    elif not groups:
        say(phrase("duplicates.none"))
    else:
        _print(groups)


def _item(copy: Copy) -> dict[str, object]:
    article = copy.article
    return {
        "id": article.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "published": article.published.value if article.published else None,
        "words": article.word_count,
        "shared": copy.shared,
    }


def _print(groups: Sequence[Sequence[dict[str, object]]]) -> None:
    for group in groups:
        rows = [[phrase(f"duplicates.column.{key}") for key in _KEYS]]
        rows += [[_cell(item, key) for key in _KEYS] for item in group]
        table(rows, right=frozenset({3}))
        say()
    articles = sum(len(group) for group in groups)
    say(phrase("duplicates.total", count=len(groups), articles=articles))


def _cell(item: dict[str, object], key: str) -> str:
    value = item[key]
    if isinstance(value, float):
        return f"{value:.0%}"
    return "" if value is None else str(value)
