"""What ``undo`` and ``redo`` share."""

from __future__ import annotations

from annotator.app.step_names import step_name
from annotator.cli.codes import Exit
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import writing


def move(project: str, *, back: bool, as_json: bool) -> int:
    """Take the last action back, or do it again, and say which it was."""
    word = "undo" if back else "redo"
    with writing(project) as session:
        touched = session.undo() if back else session.redo()
    name = "" if touched is None else step_name(touched.label, touched.label_values)
    if as_json:
        label = "" if touched is None else touched.label
        articles = [] if touched is None else sorted(touched.articles)
        data({"done": touched is not None, "label": label, "name": name, "articles": articles})
    elif touched is not None:
        say(phrase(f"{word}.done", step=name))
    else:
        warn(phrase(f"{word}.nothing"))
    return Exit.CANNOT if touched is None else Exit.DONE
