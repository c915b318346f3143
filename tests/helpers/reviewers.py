"""Play a reviewer: decide about proposals as the marks of our own dispatches say."""

import sys
from functools import cache
from pathlib import Path

from annotator.app.commands.articles import import_texts
from annotator.app.commands.suggestions import accept, reject
from annotator.app.proposing import keep_suggestions, propose
from annotator.model.span import Span, covered
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind
from helpers.builders import imported

TRAINING = Path(__file__).resolve().parents[2] / "training"
KINDS = {kind.value: kind for kind in MarkKind} | {"content": MarkKind.QUOTE}


@cache
def dispatches(count):
    """Return the first French dispatches, with their marks."""
    sys.path.insert(0, str(TRAINING))
    try:
        import corpus_xml
    finally:
        sys.path.remove(str(TRAINING))
    return [corpus_xml.read(path) for path in sorted(TRAINING.glob("corpus/fr/*.xml"))[:count]]


def is_marked(gold, kind, spans):
    """Say whether the dispatch has a mark of the kind on these words, give or take an edge."""
    length = sum(map(len, spans))
    for span in gold["spans"]:
        if KINDS.get(span["type"]) is not kind:
            continue
        pieces = span["extra"].get("fragments") or [[span["start"], span["end"]]]
        there = tuple(Span(a, b) for a, b in pieces)
        shared = sum(covered(there, s) for s in spans)
        if shared >= 0.8 * max(length, sum(map(len, there))):
            return True
    return False


def add(session, golds):
    """Import dispatches; returns the ids of their articles."""
    texts = [
        (imported(g["text"], name=f"{g['id']}.txt", headline=g["id"]), g["text"].encode())
        for g in golds
    ]
    return [article.id for article in import_texts(session, texts).added]


def review(session, article_id, gold, engine, *, leave=frozenset()):
    """Propose for an article and decide about all of it, by the marks of its dispatch.

    Proposals of the kinds in ``leave`` are not decided about.
    """
    keep_suggestions(session, article_id, propose(session.project, article_id, engine))
    waiting = session.project.find(Suggestion, article_id=article_id, decision=Decision.PENDING)
    asked = [s for s in waiting if s.kind not in leave]
    wrong = [s for s in asked if not is_marked(gold, s.kind, s.spans)]
    reject(session, wrong)
    turned_down = {s.id for s in wrong}
    accept(session, [s for s in asked if s.id not in turned_down])
