import pytest

from annotator.app.commands import actors, links, marks, notes, sources
from annotator.app.commands.fields import set_fields, set_fields_many
from annotator.app.view_models import load_article, refreshed
from annotator.model.annotations import (
    Actor,
    Attribution,
    Claim,
    Mention,
    Note,
    Quote,
    Source,
)
from annotator.model.errors import BugError, UserError
from annotator.model.span import Span
from annotator.model.vocabulary import (
    ActorKind,
    Identification,
    MarkKind,
    QuoteKind,
    SourceRelationKind,
)


def span(session, article, words, nth=0):
    text = session.text(article.id)
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def mark(session, article, kind, words, nth=0, **more):
    return marks.add_mark(session, article.id, kind, [span(session, article, words, nth)], **more)


def test_a_mark_keeps_its_words_and_surroundings(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    stored = session.project.get(Quote, quote.id)
    assert stored == quote
    assert stored.anchor.quotation == "Personne ne savait"
    assert stored.anchor.prefix.endswith("«\u00a0")
    assert stored.stamp.author == "A. Tester"


def test_the_same_mark_twice_is_one_mark(session, article):
    first = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    assert mark(session, article, MarkKind.QUOTE, "Personne ne savait").id == first.id
    assert len(session.project.find(Quote)) == 1


def test_marks_outside_or_of_nothing_are_refused_and_nothing_is_written(session, article):
    steps = len(session.project.history())
    with pytest.raises(UserError, match="mark-outside"):
        marks.add_mark(session, article.id, MarkKind.QUOTE, [Span(5, 10_000)])
    with pytest.raises(UserError, match="mark-empty"):
        marks.add_mark(session, article.id, MarkKind.QUOTE, [])
    assert len(session.project.history()) == steps


def test_a_source_mention_brings_its_source_and_takes_it_away(session, article):
    mention = mark(session, article, MarkKind.SOURCE, "deux sources proches du dossier")
    source = session.project.get(Source, mention.source_id)
    assert source.description == "deux sources proches du dossier"
    marks.delete_marks(session, [mention])
    assert session.project.find(Source) == []
    session.undo()
    assert session.project.get(Source, source.id) == source


def test_two_mentions_of_one_name_are_one_actor(session, article):
    first = mark(session, article, MarkKind.ACTOR, "Hydrolac")
    second = mark(session, article, MarkKind.ACTOR, "Hydrolac", nth=1)
    assert first.actor_id == second.actor_id
    assert first.paragraph == second.paragraph == 3
    assert second.sentence == first.sentence + 1


def test_a_discontinuous_quote_grows_splits_and_shrinks(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    quote = marks.add_fragment(session, quote, span(session, article, "sauf eux 🙂"))
    assert quote.anchor.quotation == "Personne ne savait […] sauf eux 🙂"
    left, right = marks.split_mark(session, quote, quote.spans[1].start)
    assert (left.anchor.quotation, right.anchor.quotation) == ("Personne ne savait", "sauf eux 🙂")
    session.undo()
    quote = session.project.get(Quote, quote.id)
    assert len(quote.spans) == 2
    quote = marks.remove_fragment(session, quote, quote.spans[0])
    assert quote.anchor.quotation == "sauf eux 🙂"
    with pytest.raises(UserError, match="split-nothing"):
        marks.split_mark(session, quote, quote.spans[0].start)


def test_a_quote_made_a_claim_keeps_its_id_links_and_notes(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    who = mark(session, article, MarkKind.SOURCE, "la seconde source")
    links.attribute_to_mention(session, [quote], who)
    notes.add_note(session, quote, "à vérifier")
    claim = marks.change_kind(session, quote, MarkKind.CLAIM)
    assert isinstance(claim, Claim)
    assert claim.id == quote.id
    data = load_article(session.project, article.id)
    assert [s.id for s in data.sources_of(claim.id)] == [who.source_id]
    assert [n.target_table for n in data.notes_on(claim.id)] == ["claim"]
    session.undo()
    assert isinstance(load_article(session.project, article.id).marks[quote.id], Quote)


def test_a_quote_made_a_cue_loses_its_attributions_and_undo_brings_them_back(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "a dit")
    who = mark(session, article, MarkKind.SOURCE, "la seconde source")
    links.attribute_to_mention(session, [quote], who)
    marks.change_kind(session, quote, MarkKind.CUE)
    assert session.project.find(Attribution) == []
    session.undo()
    assert len(session.project.find(Attribution)) == 1


def test_attributing_takes_the_nearest_cue_and_mention(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    far = mark(session, article, MarkKind.CUE, "a appris")
    near = mark(session, article, MarkKind.CUE, "a dit")
    group = mark(session, article, MarkKind.SOURCE, "deux sources proches du dossier")
    second = mark(session, article, MarkKind.SOURCE, "la seconde source")
    offered = links.nearest_sources(session, quote)
    assert [s.id for s in offered] == [second.source_id, group.source_id]
    [link] = links.attribute(session, [quote], offered[0])
    assert link.cue_ids == (near.id,)
    assert link.mention_id == second.id
    again = links.attribute(session, [quote], offered[0])
    assert [a.id for a in again] == [link.id]
    marks.delete_marks(session, [near, far])
    assert session.project.get(Attribution, link.id).cue_ids == ()


def test_linked_goes_both_ways(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    cue = mark(session, article, MarkKind.CUE, "a dit")
    who = mark(session, article, MarkKind.SOURCE, "la seconde source")
    links.attribute_to_mention(session, [quote], who)
    data = load_article(session.project, article.id)
    assert data.linked(quote.id) == {cue.id, who.id, who.source_id}
    assert quote.id in data.linked(who.id)
    assert quote.id in data.linked(cue.id)


def test_the_second_source_becomes_a_member_of_the_counted_group(session, article):
    group_mention = mark(session, article, MarkKind.SOURCE, "deux sources proches du dossier")
    second = mark(session, article, MarkKind.SOURCE, "la seconde source")
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    links.attribute_to_mention(session, [quote], second)
    group = session.project.get(Source, group_mention.source_id)
    member = sources.add_member(session, group, mention=second, label="S2")
    data = load_article(session.project, article.id)
    assert [m.id for m in data.members(group.id)] == [member.id]
    assert data.sources[group.id].identification is Identification.UNNAMED_GROUP
    assert [c.id for c in data.content_of(member.id)] == [quote.id]
    assert second.source_id not in data.sources
    session.undo()
    assert load_article(session.project, article.id).members(group.id) == []


def test_merging_sources_moves_everything_once(session, article):
    a = mark(session, article, MarkKind.SOURCE, "deux sources proches du dossier")
    b = mark(session, article, MarkKind.SOURCE, "la seconde source")
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    links.attribute_to_mention(session, [quote], a)
    links.attribute_to_mention(session, [quote], b)
    first, second = (session.project.get(Source, m.source_id) for m in (a, b))
    sources.relate(session, first, second, SourceRelationKind.MAY_BE_SAME)
    kept = sources.merge_sources(session, first, [second])
    data = load_article(session.project, article.id)
    assert list(data.sources) == [kept.id]
    assert len(data.mentions_of(kept.id)) == 2
    assert len(data.attributions) == 1
    assert data.relations == {}


def test_actors_merge_split_rename_and_keep_names_of_both_languages(session, article):
    castel = mark(session, article, MarkKind.ACTOR, "Irène Castel")
    madame = mark(session, article, MarkKind.ACTOR, "Mme Castel")
    keep, other = (session.project.get(Actor, m.actor_id) for m in (castel, madame))
    merged = actors.merge_actors(session, keep, [other])
    assert [a.name for a in merged.aliases] == ["Mme Castel"]
    assert session.project.get(Mention, madame.id).actor_id == merged.id
    assert session.actors.named("mme castel") == [merged]
    renamed = actors.rename_actor(session, merged, "I. Castel")
    assert "Irène Castel" in [a.name for a in renamed.aliases]
    madame = session.project.get(Mention, madame.id)
    fresh = actors.split_actor(session, renamed, [madame], "Mme Castel")
    assert session.project.get(Mention, madame.id).actor_id == fresh.id
    with pytest.raises(UserError, match="name-empty"):
        actors.rename_actor(session, fresh, "  ")


def test_every_mention_of_a_name_is_previewed_and_marked_in_one_step(session, article):
    mention = mark(session, article, MarkKind.ACTOR, "Hydrolac")
    actor = session.project.get(Actor, mention.actor_id)
    found = actors.preview_mentions(session.project, actor)
    assert [(f.words, f.after[:4]) for f in found] == [("Hydrolac", " est")]
    assert actors.mark_mentions(session, actor, found) == 1
    assert actors.preview_mentions(session.project, actor, article_id=article.id) == []
    session.undo()
    assert len(session.project.find(Mention)) == 1


def test_fields_are_set_in_one_step_and_links_are_not_fields(session, article):
    first = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    second = mark(session, article, MarkKind.QUOTE, "sauf eux 🙂")
    both = set_fields_many(session, [first, second], kind=QuoteKind.DIRECT)
    assert {q.kind for q in both} == {QuoteKind.DIRECT}
    assert both[0].stamp.changed_at
    session.undo()
    assert session.project.get(Quote, first.id).kind is QuoteKind.UNKNOWN
    steps = len(session.project.history())
    set_fields(session, first, kind=QuoteKind.UNKNOWN)
    assert len(session.project.history()) == steps
    with pytest.raises(BugError):
        set_fields(session, first, spans=())


def test_notes_follow_what_they_are_on(session, article):
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    note = notes.add_note(session, quote, "pourquoi ?")
    note = notes.set_note(session, note, "pourquoi maintenant ?")
    marks.delete_marks(session, [quote])
    assert session.project.find(Note) == []
    session.undo()
    assert session.project.find(Note) == [note]
    assert notes.set_note(session, note, " ") is None


def test_refreshing_after_a_change_equals_reading_anew(session, article):
    data = load_article(session.project, article.id)
    seen = []
    session.listen(seen.append)
    quote = mark(session, article, MarkKind.QUOTE, "Personne ne savait")
    who = mark(session, article, MarkKind.SOURCE, "la seconde source")
    mark(session, article, MarkKind.ACTOR, "Hydrolac")
    links.attribute_to_mention(session, [quote], who)
    marks.delete_marks(session, [quote])
    session.undo()
    marks.change_kind(session, session.project.get(Quote, quote.id), MarkKind.CLAIM)
    for touched in seen:
        data = refreshed(session.project, data, touched)
    fresh = load_article(session.project, article.id)
    for part in ("marks", "sources", "attributions", "actors", "article"):
        assert getattr(data, part) == getattr(fresh, part), part


def test_an_actor_known_elsewhere_by_an_alias_is_found(session, article):
    actor = actors.add_actor(session, "Hydrolac SA", ActorKind.ORGANISATION)
    mention = mark(session, article, MarkKind.ACTOR, "Hydrolac")
    assert mention.actor_id != actor.id
    after = actors.assign_mention(session, mention, actor.id)
    assert after.actor_id == actor.id
    assert [a.name for a in session.project.get(Actor, actor.id).aliases] == ["Hydrolac"]
    assert len(session.project.find(Actor)) == 1


def test_an_actor_is_called_what_the_article_calls_it(demo):
    for row in demo.project.articles().rows:
        data = load_article(demo.project, row.id)
        names = {data.actor_name(actor) for actor in data.actors.values()}
        if "barrage" in row.headline:
            assert "ministère de l’Énergie" in {n.replace("'", "’") for n in names}
        if "Verne dam" in row.headline:
            assert "Energy Ministry" in names
