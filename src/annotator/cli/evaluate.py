"""``evaluate GOLD.jsonl``: how good the proposals are, against a marked corpus."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.kit import argument, command, json_option, option
from annotator.cli.output import data, phrase, say, table

if TYPE_CHECKING:
    from annotator.suggest.evaluate import Table


def build() -> click.Command:
    """Make the command."""
    engines = click.Choice(["default", "rules"])
    return command(
        "evaluate",
        _run,
        argument("gold", metavar="GOLD"),
        option("--engine", key="engine", type=engines, default="default"),
        option("--seed", key="seed", type=int, default=0),
        json_option(),
    )


def _run(gold: str, engine: str, seed: int, *, as_json: bool) -> None:
    from annotator.suggest import Engine
    from annotator.suggest.evaluate import evaluate

    loaded = Engine.load(rules_only=engine == "rules")
    found = evaluate(Path(gold), loaded, seed=seed)
    if as_json:
        data(asdict(found))
    else:
        _print(found)


def _print(found: Table) -> None:
    say(phrase("evaluate.articles", count=found.articles, refused=found.refused))
    head = [phrase(f"evaluate.column.{k}") for k in ("measure", "p", "r", "f", "between", "n")]
    rows = [
        [
            row.measure,
            _percent(row.precision),
            _percent(row.recall),
            _percent(row.f1),
            f"{_percent(row.low)} – {_percent(row.high)}",
            f"{row.right}/{row.found}/{row.gold}",
        ]
        for row in found.rows
    ]
    table([head, *rows], right=frozenset({1, 2, 3, 5}))
    say()
    head = [phrase(f"evaluate.column.{k}") for k in ("rule", "p", "between", "found")]
    rules = [
        [r.rule, _percent(r.precision), f"{_percent(r.low)} – {_percent(r.high)}", str(r.found)]
        for r in found.rules
    ]
    table([head, *rules], right=frozenset({1, 3}))
    say()
    head = [phrase(f"evaluate.column.{k}") for k in ("score", "p", "found")]
    bins = [
        [f"{b.mean_score:.2f}", _percent(b.share_right), str(b.found)] for b in found.reliability
    ]
    table([head, *bins], right=frozenset({0, 1, 2}))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
