"""A simulated reviewer decides about dispatches; what is learned must be worth it, or be silent."""

import json

import pytest

from annotator.app.commands.suggestions import reject
from annotator.app.jobs import Cancelled, JobContext
from annotator.app.learning import (
    asking,
    choose,
    keep,
    learn_project,
    refresh,
    speaking,
    standing,
)
from annotator.app.proposing import keep_suggestions, propose
from annotator.app.session import Session
from annotator.model.errors import UserError
from annotator.model.suggestion import Decision, Suggestion
from annotator.store import Project
from annotator.suggest import Engine
from annotator.suggest.learned import Learned
from helpers.reviewers import add, dispatches, review

DECIDED, ALL = 8, 10


@pytest.fixture(scope="module")
def engine():
    return Engine.load()


@pytest.fixture(scope="module")
def project_file(tmp_path_factory, engine):
    """A project of ten dispatches, eight of them reviewed, closed again."""
    path = tmp_path_factory.mktemp("learning") / "p.annotator"
    session = Session(Project.create(path))
    golds = dispatches(ALL)
    for number, (article_id, gold) in enumerate(zip(add(session, golds), golds, strict=True)):
        if number < DECIDED:
            review(session, article_id, gold, engine)
        else:
            keep_suggestions(session, article_id, propose(session.project, article_id, engine))
    session.close()
    return path


@pytest.fixture
def reviewed(project_file, tmp_path):
    """A session on a copy of that project."""
    path = tmp_path / "p.annotator"
    path.write_bytes(project_file.read_bytes())
    session = Session(Project.open(path))
    yield session
    session.close()


def waiting(session):
    return sorted(session.project.find(Suggestion, decision=Decision.PENDING), key=lambda s: s.id)


def taught(session, engine):
    learned = learn_project(session.project, asking(engine))
    keep(session, learned)
    return learned


def test_what_is_learned_helps_on_articles_held_out(reviewed, engine):
    learned = taught(reviewed, engine)
    assert learned.decisions > 300
    assert learned.articles == DECIDED
    assert learned.gain.loss_after < learned.gain.loss_before
    assert learned.gain.precision_after > learned.gain.precision_before
    assert learned.is_on


def test_the_same_decisions_teach_the_same(reviewed, engine):
    first = learn_project(reviewed.project, asking(engine))
    again = learn_project(reviewed.project, asking(Engine.load()))
    assert first.to_json() == again.to_json()
    assert Learned.from_json(first.to_json()) == first


def test_learning_changes_what_waits_and_the_factory_state_comes_back_whole(reviewed, engine):
    factory = waiting(reviewed)
    assert factory
    taught(reviewed, engine)
    refresh(reviewed, engine)
    learned = waiting(reviewed)
    assert [s.score for s in learned] != [s.score for s in factory]
    choose(reviewed, factory=True)
    assert speaking(reviewed.project) is None
    refresh(reviewed, engine)
    assert waiting(reviewed) == factory
    choose(reviewed, factory=False)
    refresh(reviewed, engine)
    assert waiting(reviewed) == learned


def test_learning_does_not_touch_decisions_marks_or_the_history(reviewed, engine):
    project = reviewed.project

    def state():
        decided = [s for s in project.find(Suggestion) if s.decision is not Decision.PENDING]
        return decided, [project.marks(a) for a in project.article_ids()], project.history()

    before = state()
    taught(reviewed, engine)
    refresh(reviewed, engine)
    assert state() == before


def test_what_is_kept_holds_no_words(reviewed, engine):
    kept = taught(reviewed, engine).to_json()
    for gold in dispatches(ALL):
        for span in gold["spans"]:
            if span["type"] in ("source", "actor"):
                name = gold["text"][span["start"] : span["end"]]
                assert len(name) < 4 or name not in kept


def test_what_another_engine_taught_is_not_used(reviewed, engine):
    kept = json.loads(taught(reviewed, engine).to_json())
    assert speaking(reviewed.project) is not None
    for change in ({"engine": "another"}, {"version": 0}, {"weights": 3}):
        raw = kept | change
        reviewed.project.set_setting("learned", json.dumps(raw))
        assert speaking(reviewed.project) is None
        assert standing(reviewed.project).learned is None
    reviewed.project.set_setting("learned", "no JSON at all")
    assert speaking(reviewed.project) is None


def test_nothing_is_learned_from_a_few_decisions(session, engine):
    golds = dispatches(2)
    for article_id, gold in zip(add(session, golds), golds, strict=True):
        review(session, article_id, gold, engine)
    learned = learn_project(session.project, asking(engine))
    assert learned.decisions > 0
    assert not learned.is_enough
    assert not learned.is_on
    assert learned.weights == {}
    assert learned.memory.size == 0


def test_a_project_without_decisions_teaches_nothing(session, engine):
    assert learn_project(session.project, asking(engine)).decisions == 0
    assert standing(session.project).learned is None
    assert not standing(session.project).is_due


def test_it_is_time_to_learn_again_after_more_decisions(reviewed, engine):
    assert standing(reviewed.project).is_due
    learned = taught(reviewed, engine)
    assert not standing(reviewed.project).is_due
    assert standing(reviewed.project).decisions == learned.seen
    reject(reviewed, waiting(reviewed)[:30])
    assert standing(reviewed.project).is_due


def test_a_stopped_job_keeps_nothing(reviewed, engine):
    with pytest.raises(Cancelled):
        learn_project(reviewed.project, asking(engine), JobContext(is_cancelled=lambda: True))
    assert standing(reviewed.project).learned is None


def test_a_project_open_for_reading_keeps_its_state(reviewed, engine):
    path = reviewed.project.path
    reader = Session(Project.open(path, read_only=True))
    learned = learn_project(reader.project, asking(engine))
    with pytest.raises(UserError, match="read-only"):
        keep(reader, learned)
    with pytest.raises(UserError, match="read-only"):
        choose(reader, factory=True)
    reader.close()
