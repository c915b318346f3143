"""T12: any sequence of actions, undos, restarts and kills leaves the store equal to a dictionary.

Twelve rules: add, edit and delete an article, mark, move a mark, change its kind, merge actors,
undo, redo, save as (a backup restored under another name), reopen, and a kill in mid-action. After
each, all records must equal those of a plain dictionary with a list of snapshots for the history;
at the end, a full check must find nothing and undoing everything must leave nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.model.annotations import Actor, Claim, Mark, Mention, Quote
from annotator.model.article import Article
from annotator.model.changes import TABLES, ChangeSet, delete, insert, update
from annotator.model.span import Span
from annotator.store import Project, restore
from annotator.text.anchors import make_anchor
from unit.store.making import article, date, new_id, new_text, problems

BODIES = ("Un 🙂 texte court.\n", "Le barrage restera fermé\n" * 3, "« Non », a dit Irène.\n" * 40)
#: A disk in memory, where there is one: this test syncs a thousand times.
FAST = Path("/dev/shm")
dates = st.sampled_from(["2030", "2030-06", "2031-03-14", "2031-03-14T07:42+01:00"])


class ProjectMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=FAST if FAST.is_dir() else None))
        self.project = Project.create(self.folder / "p.annotator")
        self.records = {}
        self.done = []
        self.undone = []
        self.copies = 0

    def teardown(self):
        try:
            assert problems(self.project) == []
            while self.project.undo() is not None:
                self.records = self.done.pop()
                self.same_records()
            assert self.records == {}
            assert problems(self.project) == []
        finally:
            self.project.close()
            shutil.rmtree(self.folder)

    # What the dictionary does

    def act(self, label, *changes, texts=()):
        self.project.commit(ChangeSet(label, changes, texts=texts))
        self.done.append(dict(self.records))
        self.undone = []
        for change in changes:
            key = (change.table, change.record.id)
            if change.after is None:
                del self.records[key]
            else:
                self.records[key] = change.after

    def of(self, kind):
        return [r for r in self.records.values() if isinstance(r, kind)]

    def body(self, of):
        return next(b for b in BODIES if new_text(b).text.digest == of.text_digest)

    def draw_span(self, data, of):
        length = len(self.body(of))
        start = data.draw(st.integers(0, length - 1))
        return Span(start, data.draw(st.integers(start + 1, length)))

    # Rules

    @initialize()
    def begin(self):
        self.add_article(BODIES[0], None)

    @rule(body=st.sampled_from(BODIES), day=st.none() | dates)
    def add_article(self, body, day):
        text = new_text(body)
        made = article(text, published=day and date(day))
        self.act("import", insert(made), texts=(text,))

    @precondition(lambda self: self.of(Article))
    @rule(data=st.data(), day=dates, outlet=st.sampled_from(["", "Le Fanal"]), mask=st.booleans())
    def edit_article(self, data, day, outlet, mask):
        old = data.draw(st.sampled_from(self.of(Article)))
        hole = (Span(0, 5),) if mask else ()
        new = replace(old, published=date(day), outlet=outlet, mask=hole, reviewed=not old.reviewed)
        self.act("edit", update(old, new))

    @precondition(lambda self: self.of(Article))
    @rule(data=st.data())
    def delete_article(self, data):
        gone = data.draw(st.sampled_from(self.of(Article)))
        marks = [r for r in self.of(Mark) if r.article_id == gone.id]
        self.act("delete", *map(delete, marks), delete(gone))

    @precondition(lambda self: self.of(Article))
    @rule(data=st.data(), kind=st.sampled_from([Quote, Claim, Mention]), pieces=st.integers(1, 2))
    def mark(self, data, kind, pieces):
        of = data.draw(st.sampled_from(self.of(Article)))
        spans = tuple(sorted({self.draw_span(data, of) for _ in range(pieces)}))
        anchor = make_anchor(self.body(of), spans)
        if kind is not Mention:
            self.act("mark", insert(kind(new_id("mark"), of.id, spans, anchor)))
            return
        known = self.of(Actor)
        new = not known or data.draw(st.booleans())
        actor = Actor(new_id("actor"), "Irène") if new else data.draw(st.sampled_from(known))
        made = Mention(new_id("mark"), of.id, spans, anchor, actor_id=actor.id, sentence=3)
        self.act("mark", *([insert(actor)] if new else []), insert(made))

    @precondition(lambda self: self.of(Mark))
    @rule(data=st.data())
    def move_mark(self, data):
        old = data.draw(st.sampled_from(self.of(Mark)))
        of = self.records["article", old.article_id]
        spans = (self.draw_span(data, of),)
        new = replace(old, spans=spans, anchor=make_anchor(self.body(of), spans))
        self.act("move", update(old, new))

    @precondition(lambda self: self.of(Quote))
    @rule(data=st.data())
    def change_kind(self, data):
        old = data.draw(st.sampled_from(self.of(Quote)))
        new = Claim(old.id, old.article_id, old.spans, old.anchor)
        self.act("kind", delete(old), insert(new))

    @precondition(lambda self: len(self.of(Actor)) > 1)
    @rule(data=st.data())
    def merge_actors(self, data):
        keep, gone = data.draw(st.permutations(self.of(Actor)))[:2]
        moved = [
            update(m, replace(m, actor_id=keep.id))
            for m in self.of(Mention)
            if m.actor_id == gone.id
        ]
        self.act("merge", *moved, delete(gone))

    @rule()
    def undo(self):
        touched = self.project.undo()
        assert (touched is None) == (not self.done)
        if self.done:
            self.undone.append(self.records)
            self.records = self.done.pop()

    @rule()
    def redo(self):
        touched = self.project.redo()
        assert (touched is None) == (not self.undone)
        if self.undone:
            self.done.append(self.records)
            self.records = self.undone.pop()

    @rule()
    def save_as(self):
        """Go on in a copy: a backup under another name."""
        self.copies += 1
        target = self.folder / f"copy{self.copies}.annotator"
        restore(self.project.backup(), target)
        self.project.close()
        self.project = Project.open(target)

    @rule()
    def reopen(self):
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)
        assert not self.project.was_interrupted

    @rule(data=st.data())
    def kill(self, data):
        """Lose the process in the middle of an action."""
        path, connection = self.project.path, self.project._connection
        connection.run("BEGIN IMMEDIATE")
        for kind in ("quote", "shelf", "journal", "span_page")[: data.draw(st.integers(0, 4))]:
            connection.run(f"DELETE FROM {kind}")  # noqa: S608
        connection.close()
        self.project._lock.abandon()
        self.project = Project.open(path)
        assert self.project.was_interrupted

    # After each rule

    @invariant()
    def same_records(self):
        for table, kind in TABLES.items():
            expected = {key: r for (name, key), r in self.records.items() if name == table}
            assert {r.id: r for r in self.project.find(kind)} == expected

    @invariant()
    def same_views(self):
        for of in self.of(Article):
            rows = self.project.spans(of.id)
            marks = [m for m in self.of(Mark) if m.article_id == of.id]
            pieces = sorted((s.start, s.end, m.id) for m in marks for s in m.spans)
            assert sorted(zip(rows.starts, rows.ends, rows.mark_ids, strict=True)) == pieces
        page = self.project.articles()
        shown = {row.id: (row.quotes, row.claims, row.mentions) for row in page.rows}
        assert shown == {
            of.id: tuple(
                sum(m.article_id == of.id for m in self.of(kind))
                for kind in (Quote, Claim, Mention)
            )
            for of in self.of(Article)
        }
        assert (self.project.undo_entry is None) == (not self.done)
        assert (self.project.redo_entry is None) == (not self.undone)


TestProjectMachine = ProjectMachine.TestCase
TestProjectMachine.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
