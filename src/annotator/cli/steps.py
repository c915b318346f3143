"""What ``undo`` and ``redo`` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli.codes import Exit
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import writing
from annotator.i18n import has, tr

if TYPE_CHECKING:
    from annotator.model.changes import Touched


def step_name(touched: Touched) -> str:
    """Return what a step is called, as exact as its values allow."""
    values = dict(touched.label_values)
    base = f"actions.{touched.label}"
    variants = [f"{base}.{values[name]}" for name in ("kind", "table") if name in values]
    if "" in (values.get("source"), values.get("name")):
        variants.append(f"{base}.bare")
    return next((tr(v, **values) for v in variants if has(v)), tr(base, **values))


def move(project: str, *, back: bool, as_json: bool) -> int:
    """Take the last action back, or do it again, and say which it was."""
    word = "undo" if back else "redo"
    with writing(project) as session:
        touched = session.undo() if back else session.redo()
    name = "" if touched is None else step_name(touched)
    if as_json:
        label = "" if touched is None else touched.label
        articles = [] if touched is None else sorted(touched.articles)
        data({"done": touched is not None, "label": label, "name": name, "articles": articles})
    elif touched is not None:
        say(phrase(f"{word}.done", step=name))
    else:
        warn(phrase(f"{word}.nothing"))
    return Exit.CANNOT if touched is None else Exit.DONE
