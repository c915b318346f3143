"""Alike articles: decided by a person; marks carried to a new version, lost ones listed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.app import duplicates
from annotator.app.commands import links, marks, sources, stories
from annotator.app.commands.articles import import_texts
from annotator.model.annotations import Attribution, Claim, Mention, Quote, Source, SourceMention
from annotator.model.article import Article, StoryKind
from annotator.model.errors import UserError
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from helpers.builders import imported

OLD = (
    "Le barrage restera fermé\n"
    "La remise en eau n’interviendra pas avant juillet, a dit Irène Castel.\n"
    "« Personne ne savait », a dit un responsable qui a requis l’anonymat.\n"
    "Une dernière phrase que la version suivante ne reprend pas du tout.\n"
)
NEW = (
    "Le barrage ne rouvrira pas\n"
    "Une phrase toute neuve ouvre la seconde version de la dépêche.\n"
    "La remise en eau n’interviendra pas avant le mois de juillet, a dit Irène Castel.\n"
    "« Personne ne savait », a dit un responsable qui a requis l’anonymat.\n"
)


def span_of(text, words):
    return Span(text.index(words), text.index(words) + len(words))


@pytest.fixture
def versions(session):
    outcome = import_texts(
        session,
        [
            (imported(text=t, name=f"{n}.txt", language="fr"), t.encode())
            for n, t in enumerate((OLD, NEW))
        ],
    )
    return outcome.added


def add(session, article, kind, words):
    return marks.add_mark(session, article.id, kind, [span_of(OLD, words)])


@pytest.fixture
def marked(session, versions):
    old, _ = versions
    quote = add(session, old, MarkKind.QUOTE, "Personne ne savait")
    mention = add(session, old, MarkKind.SOURCE, "un responsable")
    claim = add(session, old, MarkKind.CLAIM, "La remise en eau n’interviendra pas avant juillet")
    lost = add(session, old, MarkKind.CLAIM, "Une dernière phrase que la version")
    actor = add(session, old, MarkKind.ACTOR, "Irène Castel")
    source = sources.name_source(session, mention, label="S1")
    links.attribute(session, [quote], source)
    return quote, mention, claim, lost, actor


def test_each_mark_is_said_to_be_exact_changed_or_lost(session, versions, marked):
    plan = stories.plan_carriage(session.project, *(a.id for a in versions))
    found = {one.mark.id: (one.how, one.after) for one in plan}
    quote, mention, claim, lost, actor = marked
    assert found[quote.id] == ("exact", "Personne ne savait")
    assert found[mention.id][0] == "exact"
    assert found[claim.id][0] == "changed"
    assert found[lost.id] == ("lost", "")
    assert found[actor.id][1] == "Irène Castel"
    assert [one.how for one in plan] == sorted((o.how for o in plan), key=stories.HOW.index)
    assert stories.counts(plan)["lost"] == 1


def test_a_new_version_gets_copies_with_their_sources_in_one_step(session, versions, marked):
    old, new = versions
    before = {k: session.project.find(k, article_id=old.id) for k in (Quote, Claim, Mention)}
    plan = stories.plan_carriage(session.project, old.id, new.id)
    made = stories.make_version(session, new, old, plan)
    assert made.previous_id == old.id
    (quote,) = session.project.find(Quote, article_id=new.id)
    (source,) = session.project.find(Source, article_id=new.id)
    (link,) = session.project.find(Attribution, article_id=new.id)
    (mention,) = session.project.find(SourceMention, article_id=new.id)
    assert quote.spans == (span_of(NEW, "Personne ne savait"),)
    assert (link.content_id, link.source_id) == (quote.id, source.id)
    assert mention.source_id == source.id
    assert source.label == "S1"
    assert len(session.project.find(Claim, article_id=new.id)) == 1
    (actor,) = session.project.find(Mention, article_id=new.id)
    assert actor.paragraph == 2
    assert {k: session.project.find(k, article_id=old.id) for k in before} == before
    assert session.project.unplaced() == []
    session.undo()
    assert session.project.marks(new.id) == []
    assert session.project.get(Article, new.id) == new
    session.redo()
    assert len(session.project.marks(new.id)) == 4


def test_a_mark_that_is_there_is_not_doubled(session, versions, marked):
    old, new = versions
    plan = stories.plan_carriage(session.project, old.id, new.id)
    made = stories.make_version(session, new, old, plan)
    stories.make_version(session, made, old, plan)
    assert len(session.project.marks(new.id)) == 4


def test_versions_cannot_go_round_in_circles(session, versions):
    old, new = versions
    made = stories.make_version(session, new, old)
    with pytest.raises(UserError, match="version-of-itself"):
        stories.make_version(session, old, made)


def test_a_decision_replaces_the_one_before_and_is_undone(session, versions):
    old, new = versions
    assert stories.decision(old, new) == ""
    new = stories.decide(session, new, old, StoryKind.SAME)
    assert stories.decision(old, new) == "same"
    old = stories.decide(session, old, new, StoryKind.DIFFERENT)
    new = session.get(Article, new.id)
    assert stories.decision(old, new) == "different"
    assert new.related == ()
    made = stories.make_version(session, new, old)
    old = session.get(Article, old.id)
    assert (stories.decision(old, made), old.related) == ("version", ())
    session.undo()
    assert stories.decision(session.get(Article, old.id), session.get(Article, new.id)) == (
        "different"
    )


def test_what_is_looked_at_once_is_kept(session, versions):
    looked = duplicates.look(session.project)
    assert [one.article_id for one in looked.fresh] == [a.id for a in versions]
    session.project.keep_likenesses(looked.fresh)
    again = duplicates.look(session.project)
    assert again.fresh == ()
    assert again.groups == looked.groups
    masked = replace(versions[0], mask=(Span(0, 24),))
    from annotator.app.commands.articles import set_mask

    set_mask(session, versions[0], masked.mask)
    assert [one.article_id for one in duplicates.look(session.project).fresh] == [versions[0].id]


@settings(max_examples=60)
@given(
    st.integers(0, len(OLD)),
    st.text("abc é«»\n", min_size=0, max_size=30),
    st.integers(0, 20),
)
def test_any_edit_outside_a_mark_leaves_it_on_the_same_words(at, added, cut):
    from annotator.text.anchors import carry

    mark = span_of(OLD, "Personne ne savait")
    end = min(len(OLD), at + cut)
    if at < mark.end and end > mark.start:
        at = end = mark.end
    new = OLD[:at] + added + OLD[end:]
    (found,) = carry(OLD, new, [(mark,)])
    assert [span.slice(new) for span in found.spans] == ["Personne ne savait"]


MOVED = (
    "Le barrage ne rouvrira pas\n"
    "« Personne ne le savait vraiment alors », a dit un responsable qui a requis l’anonymat.\n"
    "Irène Castel l’a redit : la remise en eau du barrage n’interviendra pas avant juillet.\n"
)


def test_what_is_moved_and_changed_comes_along_with_notes_links_and_attributes(session, versions):
    from annotator.app.commands import notes
    from annotator.app.commands.fields import set_fields
    from annotator.model.annotations import Note, SourceRelation
    from annotator.model.vocabulary import SourceRelationKind

    old, _ = versions
    (new,) = import_texts(
        session, [(imported(text=MOVED, name="3.txt", language="fr"), MOVED.encode())]
    ).added
    claim = add(session, old, MarkKind.CLAIM, "La remise en eau n’interviendra pas avant juillet")
    mention = add(session, old, MarkKind.SOURCE, "un responsable")
    lost = add(session, old, MarkKind.CLAIM, "Une dernière phrase que la version")
    source = sources.name_source(session, mention, label="S1")
    source = set_fields(session, source, reason_spans=(span_of(OLD, "requis l’anonymat"),))
    other = sources.name_source(
        session, add(session, old, MarkKind.SOURCE, "Irène Castel"), label="S2"
    )
    sources.relate(session, source, other, next(iter(SourceRelationKind)))
    links.attribute(session, [claim], source)
    for target, words in ((claim, "à vérifier"), (source, "rappeler"), (lost, "perdue de vue")):
        notes.add_note(session, target, words)
    plan = stories.plan_carriage(session.project, old.id, new.id)
    found = {one.mark.id: one for one in plan}
    assert found[claim.id].how == "moved-changed"
    assert found[claim.id].after == ("la remise en eau du barrage n’interviendra pas avant juillet")
    assert (found[lost.id].how, found[lost.id].notes) == ("lost", ("perdue de vue",))
    stories.make_version(session, new, old, plan)
    (copied,) = session.project.find(Claim, article_id=new.id)
    kept = session.project.find(Source, article_id=new.id)
    told = {n.text: n.target_id for n in session.project.find(Note, article_id=new.id)}
    first = next(s for s in kept if s.label == "S1")
    assert told == {"à vérifier": copied.id, "rappeler": first.id}
    assert [s.slice(MOVED) for s in first.reason_spans] == ["requis l’anonymat"]
    (relation,) = session.project.find(SourceRelation, article_id=new.id)
    assert {relation.first_id, relation.second_id} == {s.id for s in kept}
    (link,) = session.project.find(Attribution, article_id=new.id)
    assert (link.content_id, link.source_id) == (copied.id, first.id)
    # The lost one stays listed, with its note, whenever the two versions are compared again.
    again = stories.plan_carriage(session.project, old.id, new.id)
    assert [(o.how, o.notes) for o in again if o.how == "lost"] == [("lost", ("perdue de vue",))]
    session.undo()
    assert session.project.find(Note, article_id=new.id) == []
    assert session.project.marks(new.id) == []


_BARS = tuple(f"La phrase numéro {n} parle de tout autre chose que la voisine." for n in range(9))
_CLAIM = "le conseil municipal a voté mardi la fermeture provisoire du vieux bassin"


@settings(max_examples=60)
@given(st.permutations(range(9)), st.integers(0, 9), st.integers(1, 10), st.text("xyz", min_size=1))
def test_moved_with_one_word_changed_is_found_wherever_it_went(order, at, word, put):
    from annotator.text.anchors import carry

    old = "\n".join((_BARS[0], f"Selon nous, {_CLAIM}.", *_BARS[1:]))
    words = _CLAIM.split(" ")
    words[word] = put
    changed = " ".join(words)
    lines = [_BARS[n] for n in order]
    lines.insert(at, f"Hier soir, {changed}.")
    new = "\n".join(lines)
    start = old.index(_CLAIM)
    (found,) = carry(old, new, [(Span(start, start + len(_CLAIM)),)])
    assert found.how in ("changed", "moved-changed")
    assert [span.slice(new) for span in found.spans] == [changed]


@settings(max_examples=40)
@given(st.permutations(range(9)))
def test_what_is_gone_is_never_put_elsewhere(order):
    from annotator.text.anchors import carry

    old = "\n".join((f"Selon nous, {_CLAIM}.", *_BARS))
    (found,) = carry(old, "\n".join(_BARS[n] for n in order), [(Span(12, 12 + len(_CLAIM)),)])
    assert (found.how, found.spans) == ("lost", ())


def test_two_equally_good_places_are_none():
    from annotator.text.anchors import carry

    twice = f"Un {_CLAIM} hier.\nEncore {_CLAIM} demain.".replace("mardi", "jeudi")
    old = f"Selon nous, {_CLAIM}."
    (found,) = carry(old, "\n".join((*_BARS, twice)), [(Span(12, 12 + len(_CLAIM)),)])
    assert found.how == "lost"
