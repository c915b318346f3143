"""``learn PROJECT``: learn from the decisions of a project, or go back to the factory state."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from annotator.cli.kit import command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say
from annotator.cli.projects import writing

if TYPE_CHECKING:
    import click

    from annotator.app.learning import Standing


def build() -> click.Command:
    """Make the command."""
    return command(
        "learn",
        _run,
        project_argument(),
        option("--reset", key="learn_reset", is_flag=True),
        json_option(),
    )


def _run(project: str, *, reset: bool, as_json: bool) -> None:
    from annotator.app import learning
    from annotator.suggest import Engine

    with writing(project) as session:
        engine: Engine = Engine.load()
        if not reset:
            found = learning.learn_project(session.project, learning.asking(engine))
            learning.keep(session, found)
        learning.choose(session, factory=reset)
        waiting = learning.refresh(session, engine)
        now = learning.standing(session.project)
    if as_json:
        data(_plain(now) | {"suggestions": waiting})
        return
    for words in [phrase("learn.reset")] if reset else learning.words_of(now):
        say(words)
    say(phrase("suggest.kept", count=waiting))


def _plain(now: Standing) -> dict[str, object]:
    learned = now.learned
    known: dict[str, object] = {"on": now.is_speaking, "factory": now.is_factory}
    if learned is None:
        return known | {"decisions": 0, "articles": 0, "missed": 0, "gain": None, "memory": {}}
    return known | {
        "decisions": learned.decisions,
        "articles": learned.articles,
        "missed": learned.missed,
        "gain": asdict(learned.gain) if learned.is_enough else None,
        "memory": {str(kind): share for kind, share in learned.shares.items()},
    }
