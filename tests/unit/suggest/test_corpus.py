"""The corpus form, the stream and the evaluation; invented articles."""

from __future__ import annotations

import json
import random

import pytest

from annotator.model.errors import UserError
from annotator.suggest import Engine
from annotator.suggest.corpus import article_of, read_articles, suggest_article, suggest_stream
from annotator.suggest.evaluate import evaluate
from annotator.suggest.scoring import characters, match, overlap, score

ARTICLES = [
    {
        "id": "fr-1",
        "lang": "fr",
        "text": "La ministre a déclaré que le pont fermerait.",
        "meta": {"desk": "x"},
    },
    {
        "id": "en-1",
        "lang": "en",
        "text": "“It is closed,” said a senior official. The firm declined to comment.",
    },
    {"id": "und", "text": "Selon deux sources proches du dossier, le barrage sera vendu."},
]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(a) + "\n" for a in ARTICLES), encoding="utf-8")
    return path


def test_a_stream_writes_every_article_in_order(corpus, tmp_path) -> None:
    out = tmp_path / "out.jsonl"
    done = suggest_stream(corpus, out)
    articles = list(read_articles(out))
    assert (done.written, done.skipped) == (3, 0)
    assert [a["id"] for a in articles] == ["fr-1", "en-1", "und"]
    assert articles[0]["meta"] == {"desk": "x"}
    for article in articles:
        ids = {s["id"] for s in article["spans"]}
        assert all({r["from"], r["to"]} <= ids for r in article["relations"])
        assert all(0 <= s["start"] < s["end"] <= len(article["text"]) for s in article["spans"])
        assert all({"rule", "score"} <= set(s["extra"]) for s in article["spans"])


def test_the_form_of_spans_and_relations(corpus) -> None:
    engine = Engine.load()
    article = suggest_article(engine, ARTICLES[2])
    source = next(s for s in article["spans"] if s["type"] == "source")
    assert source["extra"]["identification"] == "unnamed_group"
    assert source["extra"]["stated_count"] == 2
    assert source["extra"]["cluster"]
    kinds = {r["type"] for r in article["relations"]}
    assert kinds == {"source_of", "cue_of"}
    content = next(s for s in article["spans"] if s["type"] == "content")
    assert content["extra"]["kind"] == "indirect"
    declined = suggest_article(engine, ARTICLES[1])
    assert "declined_comment" in {s["type"] for s in declined["spans"]}


def test_a_bad_line_is_named_and_left_out(tmp_path) -> None:
    path = tmp_path / "in.jsonl"
    lines = [
        json.dumps(ARTICLES[0]),
        "{not json",
        '["a list"]',
        '{"id": 1}',
        "",
        json.dumps(ARTICLES[1]),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    problems: list[int] = []
    done = suggest_stream(path, tmp_path / "out.jsonl", on_error=lambda n, _: problems.append(n))
    assert problems == [2, 3, 4]
    assert (done.written, done.skipped) == (2, 3)


def test_two_processes_write_what_one_writes(corpus, tmp_path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    suggest_stream(corpus, one)
    suggest_stream(corpus, two, jobs=2)
    assert one.read_text(encoding="utf-8") == two.read_text(encoding="utf-8")


def test_a_missing_file_is_a_sentence(tmp_path) -> None:
    with pytest.raises(UserError) as caught:
        suggest_stream(tmp_path / "none.jsonl", tmp_path / "out.jsonl")
    assert caught.value.message_id == "corpus-open"
    with pytest.raises(UserError):
        article_of("[" * 100_000)


def test_gold_against_itself_is_perfect(corpus, tmp_path) -> None:
    engine = Engine.load()
    gold = tmp_path / "gold.jsonl"
    made = [suggest_article(engine, a) for a in ARTICLES]
    gold.write_text("".join(json.dumps(a) + "\n" for a in made), encoding="utf-8")
    table = evaluate(gold, engine)
    assert table.articles == 3
    assert table.refused == 0
    assert all(row.f1 == 1 and row.low == row.high == 1 for row in table.rows if row.gold)
    assert {r.rule for r in table.rules} >= {"tagger.content", "declined.declined_comment"}
    assert sum(b.found for b in table.reliability) == sum(len(a["spans"]) for a in made)


def test_unnamed_sources_are_counted_against_named_ones() -> None:
    text = "A clerk said no. Odile Marchand said yes. Critics said maybe."
    places = {"A clerk": "unnamed_person", "Odile Marchand": "named_person", "Critics": "other"}
    golds = [
        {
            "id": words,
            "type": "source",
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "extra": {"identification": identification},
        }
        for words, identification in places.items()
    ]
    wrong = [s | {"extra": {"identification": "unnamed_group"}} for s in golds]
    gold, found = ({"text": text, "spans": s} for s in (golds, wrong))
    count = score(gold, found, ("source",)).counts["unnamed source"]
    # The generic one is left out; the clerk is right, the named one wrong.
    assert (count.right, count.found, count.gold) == (1, 2, 1)


def test_overlap_counts_shared_over_longer() -> None:
    text = "He said that it rains today."
    assert characters(text, [(8, 28)]) == characters(text, [(13, 27)])
    assert overlap(frozenset(range(8)), frozenset(range(10))) == 0.8
    assert match([frozenset(range(10))], [frozenset(range(7))]) == []


def test_scoring_survives_any_spans() -> None:
    rng = random.Random(4)
    text = "Le maire a dit « non » hier."
    spans = [
        {"id": str(i), "type": "content", "start": a, "end": a + rng.randint(1, 5), "extra": {}}
        for i, a in enumerate(range(0, 20, 2))
    ]
    article = {"text": text, "spans": spans, "relations": []}
    counts = score(article, article, ("content",)).counts
    assert counts["content"].f1 == 1
