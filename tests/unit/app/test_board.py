"""The project's sums: kept lines say what was counted, and incremental sums equal full ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.audit import ArticleAudit
from annotator.analysis.audit_rows import from_lines, to_line
from annotator.analysis.shares import ArticleShares, Shares
from annotator.app.board import fresh_lines, keep_audits, read_board, wrong_audits
from annotator.app.checking import check_project
from annotator.app.commands.articles import delete_articles
from annotator.app.commands.fields import set_fields
from annotator.app.commands.marks import delete_marks
from annotator.app.commands.stories import decide, make_version
from annotator.app.handing_out import collect, export
from annotator.app.jobs import Cancelled, JobContext
from annotator.app.ledger import Ledger
from annotator.app.session import Session
from annotator.app.telling import repeated_articles
from annotator.app.workflows import make_demo
from annotator.model.annotations import Claim, Source
from annotator.model.article import Article, StoryKind
from annotator.model.vocabulary import Identification, SourcingState
from annotator.store import Project

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
count = st.integers(0, 10**6)
shares = st.builds(Shares, count, count, count, count)
audits = st.builds(
    ArticleAudit,
    article_id=words,
    outlet=words,
    authors=st.lists(words, max_size=2).map(tuple),
    month=words,
    words=count,
    quotes=count,
    claims=count,
    low=count,
    high=count,
    is_open=st.booleans(),
    shares=st.builds(ArticleShares, shares, shares, shares),
    states=st.dictionaries(st.sampled_from(list(SourcingState)), count, max_size=4),
    on_one_unnamed=st.lists(words, max_size=3).map(tuple),
    transparency=st.integers(0, 3),
    reasons=st.dictionaries(words, count, max_size=3),
    formulas=st.lists(words, max_size=3).map(tuple),
    descriptions=st.lists(words, max_size=3).map(tuple),
    quoted=st.frozensets(words, max_size=3),
    mentioned=st.frozensets(words, max_size=3),
    named_houses=st.frozensets(words, max_size=3),
    unnamed_houses=st.frozensets(words, max_size=3),
    reviewed=st.booleans(),
    by_hand=count,
    from_proposals=count,
    findings=st.dictionaries(words, count, max_size=3),
)


@given(st.lists(audits, max_size=4))
def test_a_line_says_everything_that_was_counted(made):
    heads = [
        (
            ArticleAudit(
                one.article_id,
                one.outlet,
                authors=one.authors,
                month=one.month,
                reviewed=one.reviewed,
            ),
            to_line(one),
        )
        for one in made
    ]
    assert from_lines(heads) == made


@pytest.fixture
def session(tmp_path):
    session = Session(Project.open(make_demo(tmp_path)))
    yield session
    session.close()


def everything(project):
    """Count all articles anew."""
    return read_board(project, JobContext())


def test_what_is_kept_counts_as_what_is_computed(session):
    project = session.project
    whole = everything(project)
    assert len(whole.fresh) == whole.sums.articles == 6
    keep_audits(project, whole.fresh)
    again = everything(project)
    assert again == whole
    assert again.fresh == {}


def test_after_any_change_the_sums_are_those_of_a_full_count(session):
    project, ledger = session.project, Ledger()
    keep_audits(project, read_board(project, JobContext(), ledger=ledger).fresh)
    claim = project.find(Claim)[0]
    source = next(s for s in project.find(Source) if s.identification.is_anonymous)
    for change in (
        lambda: delete_marks(session, [claim]),
        lambda: set_fields(session, source, identification=Identification.NAMED_PERSON),
        session.undo,
        session.undo,
        session.redo,
    ):
        change()
        found = read_board(project, JobContext(), ledger=ledger)
        assert len(found.fresh) == 1, "one article changed"
        assert found.changed == 1, "and only its share of the sums was looked at"
        keep_audits(project, found.fresh)
        assert read_board(project, JobContext(), ledger=ledger).changed == 0
        project.rebuild()
        assert everything(project) == found
        keep_audits(project, everything(project).fresh)


def test_counting_goes_on_where_it_was_stopped(session):
    project = session.project
    first = fresh_lines(project, JobContext(), most=4)
    assert len(first.lines) == 4
    assert first.left == 2
    keep_audits(project, first.lines)
    assert len(fresh_lines(project, JobContext()).lines) == 2
    known = fresh_lines(project, JobContext()).lines
    assert fresh_lines(project, JobContext(), without=known).lines == {}
    assert read_board(project, JobContext(), known).sums.articles == 6


def test_a_cancelled_count_ends(session):
    with pytest.raises(Cancelled):
        read_board(session.project, JobContext(is_cancelled=lambda: True))


def test_a_claim_is_named_with_its_article(session):
    board = everything(session.project)
    assert len(board.alone) == board.sums.on_one_unnamed > 0
    for one in board.alone:
        claim = session.project.get(Claim, one.claim_id)
        assert claim.article_id == one.article_id
        assert one.words == claim.anchor.quotation
        assert one.headline


def test_every_group_adds_up_to_the_whole(session):
    board = everything(session.project)
    for name in ("outlet", "agency", "section", "month"):
        assert sum(len(g.article_ids) for g in board.groups[name]) == board.sums.articles
    assert len(board.reviewed) + len(board.unreviewed) + len(board.unmarked) == 6


def test_a_check_finds_a_line_that_is_not_true(session):
    project = session.project
    lines = dict(everything(project).fresh)
    keep_audits(project, lines)
    assert wrong_audits(project) == []
    article_id, line = next(iter(lines.items()))
    keep_audits(project, {article_id: line.replace("[", "[ ", 1)})
    assert wrong_audits(project) == [article_id]
    project.rebuild()
    assert wrong_audits(project) == []


def test_the_check_of_a_project_compares_what_is_kept(session):
    project = session.project
    lines = dict(everything(project).fresh)
    keep_audits(project, lines)
    assert check_project(project, JobContext()).ok
    article_id, line = next(iter(lines.items()))
    keep_audits(project, {article_id: line.replace("[", "[ ", 1)})
    with project.reader() as reader:
        (problem,) = check_project(reader, JobContext()).problems
    assert problem.values == {"name": "audit", "article": article_id}
    with pytest.raises(Cancelled):
        check_project(project, JobContext(is_cancelled=lambda: True))


def test_each_story_counts_once_when_asked(session):
    project, ledger = session.project, Ledger()

    def counted(once):
        return read_board(project, JobContext(), ledger=ledger, once=once)

    first, second, third, *_ = sorted(project.find(Article), key=lambda a: a.id)
    assert counted(once=True).left_out == ()
    decide(session, second, first, StoryKind.SAME)
    decide(session, third, project.get(Article, first.id), StoryKind.DIFFERENT)
    board = counted(once=True)
    assert len(board.left_out) == 1
    assert set(board.left_out) < {first.id, second.id}
    assert board.sums.articles == 5
    assert counted(once=False).sums.articles == 6
    make_version(session, project.get(Article, third.id), project.get(Article, first.id))
    assert len(counted(once=True).left_out) == 2
    session.undo()
    session.undo()
    session.undo()
    assert counted(once=True) == read_board(project, JobContext(), once=True)
    assert counted(once=True).left_out == ()


def test_a_report_leaves_out_what_the_dashboard_leaves_out(session, tmp_path):
    project = session.project
    first, second, third, *_ = sorted(project.find(Article), key=lambda a: a.id)
    assert repeated_articles(project) == frozenset()
    decide(session, second, first, StoryKind.SAME)
    make_version(session, third, project.get(Article, first.id))
    board = read_board(project, JobContext(), once=True)
    assert repeated_articles(project) == set(board.left_out)
    dossier = collect(project, kind="corpus", once=True)
    assert (len(dossier.articles), dossier.left_out) == (4, 2)
    out = tmp_path / "corpus.md"
    export(project, "md", out, kind="corpus", once=True)
    assert "Left out: 2." in out.read_text(encoding="utf-8")
    export(project, "md", out, kind="corpus")
    assert "Left out" not in out.read_text(encoding="utf-8")


def test_an_article_that_is_deleted_takes_its_share_along(session):
    project, ledger = session.project, Ledger()
    before = read_board(project, JobContext(), ledger=ledger)
    delete_articles(session, [project.find(Article)[0]])
    after = read_board(project, JobContext(), ledger=ledger)
    assert after.sums.articles == 5
    assert after == read_board(project, JobContext())
    session.undo()
    assert read_board(project, JobContext(), ledger=ledger) == before
