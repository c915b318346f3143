"""Learning from decisions that are made up: what is there to learn is learned, and nothing else."""

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.suggest import Proposal
from annotator.suggest.learn import LEAST_DECISIONS, Judged, learn, precision_at
from annotator.suggest.learn_memory import Phrases, Text
from annotator.suggest.learned import Gain, Learned, engine_digest

SALT = "5d0c6a2e"
#: The engine here proposes every word « mot » as a cue, half sure.
LINE = "Le maire a dit mot un. La source du palais a tonné mot deux.\n"


def spans_of(text, words):
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def article(number, verdict, *, lines=5, score=0.5, marks=(), done=True):
    """Return an article with ten cues; ``verdict(cue number, which of the two words)``."""
    text = LINE * lines
    proposals, verdicts = [], []
    for words in ("a dit", "a tonné"):
        for place, span in enumerate(spans_of(text, words)):
            proposals.append(Proposal(MarkKind.CUE, (span,), "tagger", score))
            verdicts.append(verdict(place, words))
    return Judged(
        f"a{number}", text, "fr", tuple(proposals), tuple(verdicts), tuple(marks), is_done=done
    )


def by_word(_place, words):
    return words == "a dit"


def test_a_word_that_is_always_wrong_here_sinks():
    learned = learn([article(n, by_word) for n in range(8)], SALT)
    assert learned.is_on
    assert (learned.gain.precision_before, learned.gain.precision_after) == (0.5, 1.0)
    fresh = article(99, by_word)
    out = learned.apply(fresh.proposals, fresh.text, "fr", SALT)
    scores = {p.spans[0].slice(fresh.text): p.score for p in out}
    assert scores["a dit"] > 0.7
    assert scores["a tonné"] < 0.3


def test_decisions_by_chance_are_not_followed():
    """The score is right as it is: of twenty reviewers at most one is believed to know better."""
    believed = 0
    for seed in range(20):
        rng = random.Random(seed)
        articles = [
            article(n, lambda *_, rng=rng: rng.random() < 0.7, score=0.7) for n in range(12)
        ]
        believed += learn(articles, SALT).is_on
    assert believed <= 1


def test_what_does_not_help_leaves_proposals_as_they_are():
    learned = Learned(weights={"cue": 3.0}, gain=Gain(), is_on=False)
    fresh = article(1, by_word)
    assert learned.apply(fresh.proposals, fresh.text, "fr", SALT) == list(fresh.proposals)


def test_the_order_of_the_articles_does_not_matter():
    articles = [article(n, by_word) for n in range(8)]
    shuffled = articles[:]
    random.Random(1).shuffle(shuffled)
    assert learn(articles, SALT).to_json() == learn(shuffled, SALT).to_json()


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([], id="none"),
        pytest.param([article(n, by_word) for n in range(3)], id="too few articles"),
        pytest.param(
            [article(n, by_word, lines=1) for n in range(LEAST_DECISIONS // 2 - 1)],
            id="too few decisions",
        ),
        pytest.param([article(n, lambda *_: True) for n in range(8)], id="all right"),
        pytest.param([article(n, lambda *_: None) for n in range(8)], id="nothing decided"),
    ],
)
def test_from_too_little_nothing_is_learned(articles):
    learned = learn(articles, SALT)
    assert not learned.is_enough
    assert not learned.is_on
    assert learned.memory.size == 0
    for one in articles:
        assert learned.apply(one.proposals, one.text, "fr", SALT) == list(one.proposals)


def with_source(number, *, mark=True):
    """Return an article whose « La source du palais » the engine never proposes."""
    one = article(number, by_word)
    found = [
        (MarkKind.SOURCE, (span,), "unnamed_person")
        for span in spans_of(one.text, "La source du palais")
    ]
    return replace(one, marks=tuple(found if mark else ()))


def test_words_marked_by_hand_again_and_again_are_proposed():
    learned = learn([with_source(n) for n in range(8)], SALT)
    assert learned.missed == 8 * 5
    assert (learned.gain.added, learned.gain.added_right) == (40, 40)
    text = "On rit. la source du palais se tait, La Source du Palais aussi, pas la source."
    out = learned.apply([], text, "fr", SALT)
    assert [p.spans[0].slice(text) for p in out] == ["la source du palais", "La Source du Palais"]
    assert {p.rule for p in out} == {"memory"}
    assert {p.fields["identification"] for p in out} == {"unnamed_person"}
    assert all(0.6 <= p.score < 1 for p in out)


def test_the_memory_keeps_out_of_furniture_and_of_what_is_proposed():
    learned = learn([with_source(n) for n in range(8)], SALT)
    text = "La source du palais. La source du palais. La source du palais."
    first, second, third = spans_of(text, "La source du palais")
    proposed = Proposal(MarkKind.SOURCE, (second,), "tagger", 0.9)
    out = learned.apply([proposed], text, "fr", SALT, mask=(first,))
    assert [(p.rule, p.spans[0]) for p in out] == [("tagger", second), ("memory", third)]


def test_links_find_their_ends_where_the_memory_adds_something():
    learned = learn([with_source(n) for n in range(8)], SALT)
    text = "La source du palais. Le maire a dit mot un."
    cue = Proposal(MarkKind.CUE, tuple(spans_of(text, "a dit")), "tagger", 0.9)
    quote = Proposal(
        MarkKind.QUOTE, tuple(spans_of(text, "mot un")), "tagger", 0.9, links=(("cue", 0),)
    )
    out = learned.apply([cue, quote], text, "fr", SALT)
    assert [p.kind for p in out] == [MarkKind.SOURCE, MarkKind.CUE, MarkKind.QUOTE]
    assert out[2].links == (("cue", 1),)


def test_another_project_does_not_know_the_words():
    learned = learn([with_source(n) for n in range(8)], SALT)
    assert learned.apply([], LINE, "fr", "another") == []


MARK = (MarkKind.ACTOR, (Span(0, 4),), "")


@pytest.mark.parametrize(
    ("texts", "size"),
    [
        pytest.param([Text("Kaya est là.", [MARK], (), True)], 0, id="once"),
        pytest.param([Text("Kaya est là.", [MARK], (), True)] * 2, 1, id="twice"),
        pytest.param(
            [Text("Kaya est là.", [MARK])] * 2 + [Text("Kaya, Kaya.", (), (), True)],
            0,
            id="unmarked in an article read through",
        ),
        pytest.param(
            [Text("Kaya est là.", [MARK])] * 2 + [Text("Kaya, Kaya.")], 1, id="not read through"
        ),
        pytest.param(
            [Text("Kaya est là.", [MARK])] * 2
            + [Text("Kaya.", (), [(MarkKind.ACTOR, Span(0, 4))])] * 2,
            0,
            id="turned down",
        ),
        pytest.param(
            [Text("Kaya est là.", [(MarkKind.ACTOR, (Span(0, 3),), "")])] * 2, 0, id="half a word"
        ),
        pytest.param(
            [Text("Kaya est là.", [(MarkKind.QUOTE, (Span(0, 4),), "")])] * 2, 0, id="a quote"
        ),
    ],
)
def test_what_is_remembered(texts, size):
    assert Phrases(texts).memory(range(len(texts)), SALT).size == size


def test_a_name_is_itself_only_with_its_capitals():
    text = "Pierre est là."
    memory = Phrases([Text(text, [(MarkKind.ACTOR, (Span(0, 6),), "")], (), True)] * 2).memory(
        (0, 1), SALT
    )
    found = memory.propose("pierre, Pierre", SALT, {}, {MarkKind.ACTOR: 0.9})
    assert [p.spans[0] for p in found] == [Span(8, 14)]


LEARNED = learn([with_source(n) for n in range(8)], SALT)
PIECES = ["la source du palais", "a dit", " ", "\n", "’", "é", "\U0001f642", "source", "La"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.data())
def test_any_text_gets_the_same_places_inside_it(text, data):
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    given_ = [
        Proposal(MarkKind.CUE, (Span(a, b),), "tagger", data.draw(st.floats(0, 1)))
        for a, b in itertools.pairwise(ends)
    ]
    out = LEARNED.apply(given_, text, "fr", SALT)
    assert out == LEARNED.apply(given_, text, "fr", SALT)
    assert [p.spans for p in out if p.rule != "memory"] == [p.spans for p in given_]
    assert all(0 <= p.score <= 1 and p.spans[-1].end <= len(text) for p in out)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40))
def test_the_share_right_at_equal_recall(pairs):
    scores, right = [s for s, _ in pairs], [r for _, r in pairs]
    value = precision_at(0.9, scores, right)
    assert 0 <= value <= 1
    if right and all(right):
        assert value == 1


def test_what_was_kept_comes_back_and_nothing_else_does():
    kept = LEARNED.to_json()
    assert Learned.from_json(kept) == LEARNED
    assert LEARNED.engine == engine_digest()
    for broken in ("", "[]", "null", "{}", kept[:-2], kept.replace('"version":1', '"version":2')):
        assert Learned.from_json(broken) is None
    assert Learned.from_json(kept.replace(engine_digest(), "0" * 24)) is None
    assert "palais" not in kept
