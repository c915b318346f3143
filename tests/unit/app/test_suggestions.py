from dataclasses import replace

import pytest

from annotator.app.commands import suggestions as verbs
from annotator.app.commands.marks import add_mark, delete_marks
from annotator.app.commands.sources import put_in_group
from annotator.app.proposing import (
    as_suggestions,
    keep_suggestions,
    propose,
    queue,
    rule_records,
    rules_off,
    switch_rule,
)
from annotator.app.view_models import load_article
from annotator.model.annotations import Claim, Quote, Source, SourceMention
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import Identification, MarkKind, QuoteKind
from annotator.suggest import Proposal
from helpers.builders import TEXT


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def proposals():
    return [
        Proposal(
            MarkKind.SOURCE,
            (at("deux sources proches du dossier"),),
            "sources",
            0.9,
            fields={"identification": "unnamed_group", "stated_count": "2"},
            cluster="g",
        ),
        Proposal(
            MarkKind.SOURCE,
            (at("la seconde source"),),
            "sources",
            0.8,
            fields={"identification": "unnamed_person", "role": "no such role", "group": "g"},
            cluster="m",
        ),
        Proposal(MarkKind.CUE, (at("a dit"),), "cues", 0.9),
        Proposal(
            MarkKind.QUOTE,
            (at("Personne ne savait"), at("sauf eux 🙂")),
            "quotes",
            0.95,
            fields={"kind": "direct"},
            links=(("source", 1), ("cue", 2)),
        ),
        Proposal(
            MarkKind.ACTOR,
            (at("Irène Castel"),),
            "actors",
            0.9,
            fields={"actor": "Irène Castel", "kind": "person"},
            cluster="castel",
        ),
        Proposal(
            MarkKind.ACTOR,
            (at("Mme Castel"),),
            "actors",
            0.7,
            fields={"actor": "Irène Castel", "kind": "person"},
            cluster="castel",
        ),
    ]


@pytest.fixture
def waiting(session, article):
    found = as_suggestions(article.id, TEXT, proposals())
    keep_suggestions(session, article.id, found)
    return found


def stored(session, article):
    return {s.id: s for s in session.project.find(Suggestion, article_id=article.id)}


def test_proposals_wait_and_count_nowhere_and_are_no_step_of_undo(session, article, waiting):
    data = load_article(session.project, article.id)
    assert data.marks == {}
    assert len(data.suggestions) == 6
    assert session.undo_entry.label == "import"
    asked = queue(data.suggestions.values(), {})
    assert [s.kind for s in asked] == ["source", "quote", "actor", "actor"]


def test_accepting_a_quote_brings_its_source_cue_and_link_in_one_step(session, article, waiting):
    [quote] = verbs.accept(session, [waiting[3]])
    assert isinstance(quote, Quote)
    assert quote.kind is QuoteKind.DIRECT
    assert quote.stamp.origin.startswith("quotes")
    data = load_article(session.project, article.id)
    [source] = data.sources_of(quote.id)
    assert source.identification is Identification.UNNAMED_PERSON
    assert data.attributions_of(quote.id)[0].cue_ids == (data.cues[0].id,)
    decisions = [s.decision for s in stored(session, article).values()]
    assert decisions.count(Decision.ACCEPTED) == 3
    session.undo()
    assert load_article(session.project, article.id).marks == {}
    assert {s.decision for s in stored(session, article).values()} == {Decision.PENDING}


def test_mentions_of_one_cluster_are_one_actor_even_one_after_the_other(session, article, waiting):
    [first] = verbs.accept(session, [waiting[4]])
    [second] = verbs.accept(session, [stored(session, article)[waiting[5].id]])
    assert first.actor_id == second.actor_id


def test_a_correction_goes_in_with_the_acceptance(session, article, waiting):
    [mark] = verbs.accept(session, [waiting[3]], spans=[at("Personne ne savait")])
    assert mark.anchor.quotation == "Personne ne savait"
    decided = stored(session, article)
    assert decided[waiting[3].id].accepted_id == mark.id
    assert decided[waiting[3].id].decision is Decision.CORRECTED
    assert decided[waiting[3].id].spans == waiting[3].spans, "what was proposed stays on record"
    assert decided[waiting[2].id].decision is Decision.ACCEPTED, "its cue was right"
    record = rule_records(session.project)["quotes"]
    assert (record.accepted, record.corrected, record.rejected) == (0, 1, 0)
    session.undo()
    assert {s.decision for s in stored(session, article).values()} == {Decision.PENDING}


def test_a_correction_that_changes_nothing_is_none(session, article, waiting):
    quote = waiting[3]
    verbs.accept(session, [quote], spans=quote.spans, kind=quote.kind, source=waiting[1].id)
    assert stored(session, article)[quote.id].decision is Decision.ACCEPTED


def test_another_kind_is_a_correction_and_its_mark_is_found(session, article, waiting):
    [claim] = verbs.accept(session, [waiting[3]], kind=MarkKind.CLAIM)
    decided = stored(session, article)[waiting[3].id]
    assert isinstance(claim, Claim)
    assert (decided.kind, decided.decision) == (MarkKind.QUOTE, Decision.CORRECTED)
    assert decided.is_accepted
    assert verbs.accepted_mark(session.project, decided) == claim
    data = load_article(session.project, article.id)
    assert len(data.sources_of(claim.id)) == 1, "content keeps whom it is attributed to"


def test_content_of_another_kind_that_names_nobody_leaves_its_source_waiting(
    session, article, waiting
):
    verbs.accept(session, [waiting[3]], kind=MarkKind.HEDGE)
    assert stored(session, article)[waiting[1].id].decision is Decision.PENDING


@pytest.mark.parametrize("is_marked", [True, False])
def test_another_source_goes_in_with_the_acceptance(session, article, waiting, is_marked):
    wanted = waiting[0].id
    if is_marked:
        [mention] = verbs.accept(session, [waiting[0]])
        wanted = mention.source_id
    [quote] = verbs.accept(session, [waiting[3]], source=wanted)
    data = load_article(session.project, article.id)
    [source] = data.sources_of(quote.id)
    assert source.stated_count == 2
    assert data.attributions_of(quote.id)[0].mention_id == data.mentions_of(source.id)[0].id
    assert data.attributions_of(quote.id)[0].cue_ids == (data.cues[0].id,)
    now = stored(session, article)
    assert now[waiting[3].id].decision is Decision.CORRECTED
    assert now[waiting[1].id].decision is Decision.PENDING


def test_nobody_can_be_the_source(session, article, waiting):
    [quote] = verbs.accept(session, [waiting[3]], source="")
    assert load_article(session.project, article.id).sources_of(quote.id) == []


def test_a_mention_can_be_of_a_source_that_is_there(session, article, waiting):
    [group] = verbs.accept(session, [waiting[0]])
    [mention] = verbs.accept(session, [waiting[1]], source=group.source_id)
    assert mention.source_id == group.source_id
    assert stored(session, article)[waiting[1].id].decision is Decision.CORRECTED


def test_what_was_turned_down_does_not_come_back_with_an_edge_moved(session, article, waiting):
    verbs.reject(session, [waiting[0]])
    moved = proposals()
    moved[0] = replace(moved[0], spans=(at("deux sources proches du dossier."),))
    again = keep_suggestions(session, article.id, as_suggestions(article.id, TEXT, moved))
    assert waiting[0].spans[0].start not in {s.spans[0].start for s in again}


def test_what_was_turned_down_is_not_proposed_again(session, article, waiting):
    verbs.reject(session, [waiting[3]])
    verbs.accept(session, [waiting[0]])
    add_mark(session, article.id, MarkKind.ACTOR, [at("Irène Castel")])
    again = keep_suggestions(session, article.id, as_suggestions(article.id, TEXT, proposals()))
    assert {s.id for s in again} == {waiting[i].id for i in (1, 2, 5)}
    assert stored(session, article)[waiting[3].id].decision is Decision.REJECTED
    assert load_article(session.project, article.id).quotes == []


def test_a_rule_is_known_by_its_record_and_can_be_switched_off(session, article, waiting):
    verbs.reject(session, waiting[4:])
    verbs.accept(session, [waiting[0]])
    records = rule_records(session.project)
    assert (records["actors"].rejected, records["sources"].accepted) == (2, 1)
    assert not records["actors"].is_mostly_wrong
    switch_rule(session, "quotes", on=False)
    assert rules_off(session.project) == {"quotes"}
    left = queue(stored(session, article).values(), records, off=rules_off(session.project))
    assert MarkKind.QUOTE not in {s.kind for s in left}
    switch_rule(session, "quotes", on=True)
    assert rules_off(session.project) == frozenset()


def test_the_cue_of_a_rejected_quote_is_not_asked(session, article, waiting):
    verbs.reject(session, [waiting[3]])
    asked = queue(stored(session, article).values(), {})
    assert [s.kind for s in asked] == ["source", "source", "actor", "actor"]


def test_redo_survives_proposals_made_in_between(session, article, waiting):
    verbs.accept(session, [waiting[3]])
    session.undo()
    keep_suggestions(session, article.id, [])
    session.redo()
    assert len(load_article(session.project, article.id).quotes) == 1
    session.undo()
    assert session.redo_entry is not None


def test_the_engine_proposes_for_a_stored_article(session, article):
    from annotator.suggest import Engine

    found = propose(session.project, article.id, Engine.load(rules_only=True))
    assert MarkKind.QUOTE in {s.kind for s in found}
    assert all(s.quotation for s in found)
    mentions = keep_suggestions(session, article.id, found)
    verbs.accept(session, mentions)
    assert session.project.find(SourceMention)
    assert keep_suggestions(session, article.id, found) == []


def test_the_second_source_is_accepted_as_a_member_of_its_group(session, article, waiting):
    verbs.accept(session, [waiting[0]])
    verbs.accept(session, [stored(session, article)[waiting[1].id]])
    data = load_article(session.project, article.id)
    group = next(s for s in data.sources.values() if s.stated_count == 2)
    assert [m.identification for m in data.members(group.id)] == [Identification.UNNAMED_PERSON]


@pytest.mark.parametrize("together", [True, False])
def test_a_member_accepted_before_its_group_joins_it(session, article, waiting, together):
    group, member = waiting[:2]
    if together:
        verbs.accept(session, [member, group])
    else:
        verbs.accept(session, [member])
        verbs.accept(session, [group])
    data = load_article(session.project, article.id)
    group = next(s for s in data.sources.values() if s.stated_count == 2)
    assert [m.identification for m in data.members(group.id)] == [Identification.UNNAMED_PERSON]
    session.undo()
    assert not any(s.group_id for s in load_article(session.project, article.id).sources.values())


def test_who_was_taken_out_of_a_group_stays_out(session, article, waiting):
    verbs.accept(session, [waiting[0]])
    verbs.accept(session, [waiting[1]])
    member = next(s for s in session.project.find(Source, article_id=article.id) if s.group_id)
    put_in_group(session, member, None)
    verbs.accept(session, [w for w in waiting if w.kind is MarkKind.ACTOR])
    assert session.project.get(Source, member.id).group_id is None


def test_a_quote_links_to_the_source_that_is_marked_already(session, article):
    mention = add_mark(session, article.id, MarkKind.SOURCE, [at("la seconde source")])
    found = keep_suggestions(session, article.id, as_suggestions(article.id, TEXT, proposals()))
    assert mention.spans not in {s.spans for s in found}
    [quote] = verbs.accept(session, [s for s in found if s.kind is MarkKind.QUOTE])
    data = load_article(session.project, article.id)
    assert [s.id for s in data.sources_of(quote.id)] == [mention.source_id]
    assert "sources" not in rule_records(session.project)


def test_words_are_proposed_again_when_their_mark_is_gone(session, article):
    mention = add_mark(session, article.id, MarkKind.SOURCE, [at("la seconde source")])
    keep_suggestions(session, article.id, as_suggestions(article.id, TEXT, proposals()))
    delete_marks(session, [mention])
    again = keep_suggestions(session, article.id, as_suggestions(article.id, TEXT, proposals()))
    assert mention.spans in {s.spans for s in again}
