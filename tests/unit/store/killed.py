"""A program that works on a project until it is killed, and says what was acknowledged.

``python killed.py OPERATION PROJECT``: does the operation over and over; after each return of the
store it writes a line with the number of the action. Each action touches several rows, so that a
torn one would show.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from annotator.model.annotations import Actor, Mention, Note, Quote
from annotator.model.article import Article, ArticleText
from annotator.model.changes import ChangeSet, NewText, delete, insert, update
from annotator.model.span import Span
from annotator.store import Project
from annotator.text.anchors import make_anchor

BODY = "Le barrage restera fermé, ont dit deux sources. " * 60
#: What ``prepare`` makes for the operations that take away or change.
STEPS = 400
GROUP = 3


def new_text(number):
    import hashlib

    body = f"{number} {BODY}"
    name = hashlib.sha256(body.encode()).hexdigest()
    return NewText(ArticleText(name, body, name, "utf-8"), body.encode())


def imported(number):
    """Return an action that imports three articles."""
    texts = tuple(new_text(number * GROUP + i) for i in range(GROUP))
    made = [
        Article(f"new-{number}-{i}", t.text.digest, len(t.text.text), headline=f"{number}")
        for i, t in enumerate(texts)
    ]
    return ChangeSet(f"{number}", tuple(map(insert, made)), texts=texts)


def marks(number, kind=Quote, **fields):
    spans = (Span(5, 12),)
    anchor = make_anchor(new_text(0).text.text, spans)
    return [kind(f"mark-{number}-{i}", "new-0-0", spans, anchor, **fields) for i in range(GROUP)]


def marked(number):
    """Return an action that adds three marks and a note."""
    note = Note(f"note-{number}", "quote", f"mark-{number}-0", "new-0-0", "n")
    return ChangeSet(f"{number}", (*map(insert, marks(number)), insert(note)))


def prepare(project, operation):
    """Make what the operation needs, before the clock runs."""
    project.commit(imported(0))
    if operation in ("delete", "undo"):
        for number in range(1, STEPS if operation == "undo" else 2):
            project.commit(marked(number))
        made = [mark for number in range(2, STEPS) for mark in marks(number)]
        if operation == "delete":
            project.commit(ChangeSet("many", tuple(map(insert, made))))
    if operation == "edit":
        project.commit(ChangeSet("marks", tuple(map(insert, marks(0)))))
    if operation == "merge":
        actors = [Actor(f"actor-{number}", "A") for number in range(STEPS)]
        made = [m for n in range(1, STEPS) for m in marks(n, Mention, actor_id=f"actor-{n}")]
        project.commit(ChangeSet("many", tuple(map(insert, [*actors, *made]))))


def edit(project, number):
    found = project.find(Quote)
    new = [replace(q, spans=(Span(5, 12 + number),)) for q in found]
    body = new_text(0).text.text
    new = [replace(q, anchor=make_anchor(body, q.spans)) for q in new]
    return ChangeSet(f"{number}", tuple(map(update, found, new)))


def merge(project, number):
    gone = project.get(Actor, f"actor-{number}")
    moved = [
        update(m, replace(m, actor_id="actor-0")) for m in project.find(Mention, actor_id=gone.id)
    ]
    return ChangeSet(f"{number}", (*moved, delete(gone)))


def migration(db):
    """Change the schema and every row of a table, as a later version might."""
    db.conn.execute("CREATE TABLE later (article TEXT)")
    db.conn.execute("INSERT INTO later SELECT id FROM article")
    db.conn.execute("UPDATE article SET section = 'later'")


def run(project, operation, number):
    """Do one action."""
    if operation == "undo":
        project.undo()
    elif operation == "backup":
        project.commit(marked(number))
        project.backup()
    elif operation == "delete":
        gone = [project.get(Quote, mark.id) for mark in marks(number)]
        project.commit(ChangeSet(f"{number}", tuple(map(delete, gone))))
    elif operation == "migrate":
        from annotator.store.migrations import MIGRATIONS, migrate

        migrate(project._connection, (*MIGRATIONS, migration))
    else:
        make = {"import": imported, "mark": marked}.get(operation)
        change = (
            make(number) if make else {"edit": edit, "merge": merge}[operation](project, number)
        )
        project.commit(change)


def main():
    operation, path = sys.argv[1], Path(sys.argv[2])
    project = Project.open(path)
    print("ready", flush=True)  # noqa: T201 - the parent reads it
    for number in range(1, 2 if operation == "migrate" else STEPS):
        run(project, operation, number)
        print(number, flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    main()
