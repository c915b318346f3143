"""Make training examples for the tagger from the corpora and from our own dispatches."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
from annotator.suggest import lexicon
from annotator.suggest.tagger import LABELS
from annotator.suggest.tokens import Tokens, ends_open, paragraphs, pieces, tokenise

CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", HERE.parent.parent / "shared" / "corpora"))
INDEX = {label: number for number, label in enumerate(LABELS)}
CODES = {"content": 1, "cue": 2, "source": 3}
LETTERS = "OCQS"
NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
NAME_INDEX = {label: number for number, label in enumerate(NAMES)}
UNKNOWN = -1


def load(name: str) -> list[dict]:
    """Return the articles of one corpus file."""
    with (CORPORA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fragments(span: dict) -> list[list[int]]:
    """Return the pieces of a span."""
    return (span.get("extra") or {}).get("fragments") or [[span["start"], span["end"]]]


def paint(article: dict, codes: dict[str, int]) -> tuple[bytearray, list[int]]:
    """Return per character a code and the number of its span; outermost content lies below."""
    size = len(article["text"])
    code, owner = bytearray(size), [0] * size
    spans = sorted(
        (s for s in article["spans"] if s["type"] in codes),
        key=lambda s: (s["type"] != "content", -(s["end"] - s["start"])),
    )
    for number, span in enumerate(spans, 1):
        value = codes[span["type"]]
        for begin, end in fragments(span):
            if value == 1 and any(code[begin:end]):
                continue
            for i in range(begin, min(end, size)):
                code[i], owner[i] = value, number
    return code, owner


def bio(tokens: Tokens, code: bytearray, owner: list[int], letters: list[str]) -> list[str]:
    """Return BIO labels of the tokens of one paragraph."""
    out: list[str] = []
    previous = None
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        at = start if code[start] else end - 1
        value = code[at]
        key = (value, owner[at])
        out.append("O" if not value else ("I-" if key == previous else "B-") + letters[value])
        previous = key if value else None
    return out


def drop_lead(tokens: Tokens, labels: list[str]) -> None:
    """Leave the complementiser out of the content, as French markers do ("said [that] it rains")."""
    for i, label in enumerate(labels):
        if label == "B-C" and tokens.words[i].lower() in ("that", "que", "qu'", "qu’"):
            labels[i] = "O"
            if i + 1 < len(labels) and labels[i + 1] == "I-C":
                labels[i + 1] = "B-C"


def tokens_of(text: str) -> list[Tokens]:
    """Return the paragraphs' tokens, knowing where a quotation is carried over."""
    out: list[Tokens] = []
    for start, line in paragraphs(text):
        out.append(tokenise(line, start, carried=bool(out) and ends_open(out[-1])))
    return out


def name_spans(article: dict) -> list[dict]:
    """Return the named spans of a corpus with entities (GUM, our own), as PER, ORG, LOC."""
    kinds = {
        "person": "PER",
        "organization": "ORG",
        "organisation": "ORG",
        "place": "LOC",
        "state": "LOC",
    }
    out = []
    for span in article["spans"]:
        extra = span.get("extra") or {}
        kind = kinds.get(str(extra.get("etype") or extra.get("kind")))
        words = article["text"][span["start"] : span["end"]]
        if span["type"] in ("entity", "actor") and kind and _is_name(words):
            out.append({"type": kind, "start": span["start"], "end": span["end"], "extra": {}})
    return out


def _is_name(words: str) -> bool:
    """Say whether the words are a name rather than a description (all long words capitalised)."""
    parts = [w.strip("()'’\"") for w in words.replace("'", "' ").replace("’", "’ ").split()]
    parts = [p for p in parts if p and p[0].isalpha()]
    small = {
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "of",
        "the",
        "and",
        "et",
        "for",
        "al",
        "van",
        "von",
        "d",
        "l",
        "der",
        "den",
        "di",
        "da",
        "el",
        "bin",
        "en",
        "sur",
        "pour",
    }
    return (
        bool(parts)
        and parts[0][0].isupper()
        and all(p[0].isupper() or p.lower() in small for p in parts)
    )


def examples(
    articles: list[dict], *, names: bool, attributions: bool = True, longest: int = 130
) -> list[dict]:
    """Return one example a piece: tokens, begin, end, y (labels or -1), n (name labels or -1)."""
    out = []
    for article in articles:
        code, owner = paint(article, CODES)
        named = {
            "spans": name_spans(article) if names is True else article.get("names", []),
            "text": article["text"],
        }
        has_names = names is True or "names" in article
        name_code, name_owner = paint(named, {"PER": 1, "ORG": 2, "LOC": 3})
        for tokens in tokens_of(article["text"]):
            labels = bio(tokens, code, owner, list(LETTERS))
            drop_lead(tokens, labels)
            tags = bio(tokens, name_code, name_owner, ["O", "PER", "ORG", "LOC"])
            for begin, end in pieces(tokens, longest):
                out.append(
                    {
                        "lang": article["lang"],
                        "tokens": tokens,
                        "begin": begin,
                        "end": end,
                        "y": [INDEX[x] if attributions else UNKNOWN for x in labels[begin:end]],
                        "n": [NAME_INDEX[x] if has_names else UNKNOWN for x in tags[begin:end]],
                    }
                )
    return out


def with_names(articles: list[dict], name: str) -> list[dict]:
    """Add the silver names of ``training/silver_names.py`` where they have been made."""
    path = HERE / "build" / f"{name}.names.json"
    if not path.exists():
        return articles
    names = json.loads(path.read_text(encoding="utf-8"))
    for article in articles:
        if article["id"] in names:
            article["names"] = [
                {"type": kind, "start": a, "end": b, "extra": {}}
                for kind, a, b in names[article["id"]]
            ]
    return articles


def gum(fold: int = -1) -> list[dict]:
    """Return GUM's Wikinews documents, one third left out, attributions split into cue and source.

    GUM marks whole attributing clauses ("the mayor said"): the verb of speech in one is taken for
    the cue, the longer side of it for the source. Captions with an image credit are left out.
    """
    out = []
    for number, article in enumerate(load("gum_wikinews_en")):
        if number % 3 == fold:
            continue
        text = article["text"]
        kept = []
        for span in article["spans"]:
            words = text[span["start"] : span["end"]]
            if span["type"] == "attribution_clause":
                kept += [] if words.startswith("Image") else _split_clause(text, span)
            elif span["type"] != "content" or not _captioned(text, span):
                kept.append(span)
        out.append({**article, "spans": kept})
    return out


def _captioned(text: str, span: dict) -> bool:
    return "Image:" in text[span["end"] : span["end"] + 12]


def _split_clause(text: str, span: dict) -> list[dict]:
    tokens = tokenise(text[span["start"] : span["end"]], span["start"])
    cue = -1
    for i, word in enumerate(tokens.words):
        kind = lexicon.classes("en").get(word.lower())
        if kind in lexicon.REPORTING or kind == "ACCORD":
            cue = i
    if cue < 0:
        return []
    size = len(tokens)
    stop = cue + 2 if tokens.words[cue].lower() == "according" and cue + 1 < size else cue + 1
    left, right = (0, cue), (stop, size)
    first, last = max((left, right), key=lambda p: p[1] - p[0])
    while last > first and not tokens.words[last - 1][0].isalnum():
        last -= 1
    made = [{"type": "cue", "start": tokens.starts[cue], "end": tokens.ends[stop - 1], "extra": {}}]
    if last > first:
        made.append(
            {
                "type": "source",
                "start": tokens.starts[first],
                "end": tokens.ends[last - 1],
                "extra": {},
            }
        )
    return [{"id": f"{span['id']}{m['type']}", **m} for m in made]
