"""Whatever a person does, undoing all of it gives the first state, redoing all the last."""

import contextlib
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.app.commands import actors, articles, links, marks, notes, sources
from annotator.app.commands.fields import set_fields_many
from annotator.app.session import Session
from annotator.model.annotations import (
    MARK_TYPES,
    Actor,
    Attribution,
    Claim,
    Hedge,
    Mark,
    Mention,
    Note,
    Quote,
    Source,
    SourceMention,
)
from annotator.model.article import Article
from annotator.model.changes import TABLES
from annotator.model.errors import UserError
from annotator.model.span import Span
from annotator.model.vocabulary import Affiliation, MarkKind, SourceRelationKind
from annotator.store import Project
from helpers.builders import TEXT, imported


class Hand:
    """Do random things to one project, the way a person might."""

    def __init__(self, session, seed):
        self.session = session
        self.pick = random.Random(seed)
        self.verbs = [name for name in vars(Hand) if name.startswith("do_")]

    def some(self, kind):
        rows = self.session.project.find(kind)
        return self.pick.choice(rows) if rows else None

    def some_mark(self):
        return self.some(self.pick.choice(list(MARK_TYPES.values())))

    def span(self):
        start = self.pick.randrange(len(TEXT) - 2)
        return Span(start, min(len(TEXT), start + self.pick.randrange(1, 40)))

    def act(self):
        with contextlib.suppress(UserError):
            getattr(self, self.pick.choice(self.verbs))()

    def do_mark(self):
        article = self.some(Article)
        if article:
            kind = self.pick.choice(list(MarkKind))
            marks.add_mark(self.session, article.id, kind, [self.span()])

    do_mark_again = do_mark
    do_mark_more = do_mark

    def do_move(self):
        if mark := self.some_mark():
            marks.set_spans(self.session, mark, [self.span()])

    def do_fragment(self):
        if mark := self.some_mark():
            marks.add_fragment(self.session, mark, self.span())

    def do_split(self):
        if mark := self.some_mark():
            marks.split_mark(self.session, mark, mark.hull.start + 1)

    def do_kind(self):
        if mark := self.some_mark():
            marks.change_kind(self.session, mark, self.pick.choice(list(MarkKind)))

    def do_delete(self):
        if mark := self.some_mark():
            marks.delete_marks(self.session, [mark])

    def do_attribute(self):
        content = self.some(self.pick.choice([Quote, Claim]))
        source = self.some(Source)
        if content and source:
            links.attribute(self.session, [content], source)

    def do_detach(self):
        if link := self.some(Attribution):
            links.detach(self.session, [link])

    def do_join(self):
        mention, source = self.some(SourceMention), self.some(Source)
        if mention and source:
            sources.join_mention(self.session, mention, source.id)

    def do_member(self):
        group, mention = self.some(Source), self.some(SourceMention)
        if group:
            sources.add_member(self.session, group, mention=mention)

    def do_merge_sources(self):
        rows = self.session.project.find(Source)
        if len(rows) > 1:
            keep, other = self.pick.sample(rows, 2)
            sources.merge_sources(self.session, keep, [other])

    def do_link_hedge(self):
        hedge, claim = self.some(Hedge), self.some(Claim)
        if hedge and claim:
            marks.link_claim(self.session, hedge, claim.id)

    def do_relate(self):
        rows = self.session.project.find(Source)
        if len(rows) > 1:
            kind = self.pick.choice(list(SourceRelationKind))
            sources.relate(self.session, *self.pick.sample(rows, 2), kind)

    def do_delete_source(self):
        if source := self.some(Source):
            sources.delete_sources(self.session, [source])

    def do_merge_actors(self):
        rows = self.session.project.find(Actor)
        if len(rows) > 1:
            keep, other = self.pick.sample(rows, 2)
            actors.merge_actors(self.session, keep, [other])

    def do_assign(self):
        mention, actor = self.some(Mention), self.some(Actor)
        if mention and actor:
            actors.assign_mention(self.session, mention, actor.id)

    def do_fields(self):
        rows = self.session.project.find(Source)
        set_fields_many(self.session, rows, affiliation=self.pick.choice(list(Affiliation)))

    def do_note(self):
        if target := (self.some_mark() or self.some(Source)):
            notes.add_note(self.session, target, "une note")

    def do_mask(self):
        if article := self.some(Article):
            articles.mask_span(self.session, article, self.span())

    def do_remove_article(self):
        if article := self.some(Article):
            articles.delete_articles(self.session, [article])


def everything(project):
    return {table: sorted(map(repr, project.find(kind))) for table, kind in TABLES.items()}


def references_hold(project):
    sources_there = {s.id for s in project.find(Source)}
    content = {m.id for kind in (Quote, Claim) for m in project.find(kind)}
    anything = {r.id for kind in TABLES.values() for r in project.find(kind)}
    for link in project.find(Attribution):
        assert link.source_id in sources_there
        assert link.content_id in content
        assert set(link.cue_ids) <= anything
        assert link.mention_id is None or link.mention_id in anything
    for mention in project.find(SourceMention):
        assert mention.source_id in sources_there | {None}
    for mention in project.find(Mention):
        assert mention.actor_id is None or mention.actor_id in anything
    for note in project.find(Note):
        assert note.target_id in anything
        record = project.get(TABLES[note.target_table], note.target_id)
        assert isinstance(record, Mark | Source)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 40))
def test_undo_all_gives_the_first_state_and_redo_all_the_last(seed, steps):
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Project.create(Path(folder) / "p.annotator"))
        try:
            articles.import_texts(session, [(imported(), TEXT.encode())])
            first = everything(session.project)
            hand = Hand(session, seed)
            for _ in range(steps):
                hand.act()
                references_hold(session.project)
            last = everything(session.project)
            count = 0
            while session.undo_entry and session.undo_entry.label != "import":
                session.undo()
                count += 1
            assert everything(session.project) == first
            for _ in range(count):
                session.redo()
            assert everything(session.project) == last
        finally:
            session.close()
