"""A mark dragged onto another in the text means what it means in the panels."""

import pytest

from annotator.app.commands.fields import set_fields
from annotator.app.commands.marks import add_mark
from annotator.model.annotations import Source, SourceMention
from annotator.model.vocabulary import Identification, MarkKind

pytestmark = pytest.mark.gui

TEXT = (
    "Le barrage restera fermé, ont dit deux sources informées. "
    "La seconde source a refusé d’en dire plus.\n"
)


@pytest.fixture
def drop(window, person, qtbot, tmp_path):
    """Return a drop of some words on others, each marked as a kind."""
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.imports.import_things([story])

    def mark(kind, words):
        return window.desk.run(add_mark, window.desk.article_id, kind, [person.span_of(words)])

    def act(dragged, onto):
        one, other = mark(*dragged), mark(*onto)
        window.workspace.pane.view.dropped_mark.emit(one.id, other.id)
        return one, other

    act.mark = mark
    return act


def test_a_claim_dropped_on_a_source_or_a_source_on_a_claim_is_attributed(window, drop):
    claim = (MarkKind.CLAIM, "Le barrage restera fermé")
    source = (MarkKind.SOURCE, "deux sources informées")
    one, other = drop(claim, source)
    [link] = window.desk.data.attributions_of(one.id)
    assert (link.source_id, link.mention_id) == (other.source_id, other.id)
    window.desk.session.undo()
    drop(source, claim)
    assert len(window.desk.data.attributions_of(one.id)) == 1


def test_the_second_source_dropped_on_the_two_is_one_of_them(window, drop):
    group = drop.mark(MarkKind.SOURCE, "deux sources informées")
    session = window.desk.session
    source = session.project.get(Source, group.source_id)
    set_fields(session, source, identification=Identification.UNNAMED_GROUP, stated_count=2)
    second, _ = drop(
        (MarkKind.SOURCE, "La seconde source"), (MarkKind.SOURCE, "deux sources informées")
    )
    [member] = window.desk.data.members(source.id)
    assert session.project.get(SourceMention, second.id).source_id == member.id


def test_what_means_nothing_is_said(window, drop):
    said = []
    window.desk.said.connect(said.append)
    drop((MarkKind.CUE, "ont dit"), (MarkKind.SOURCE, "deux sources informées"))
    assert said
