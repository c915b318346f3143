"""Measure actors and claims: ``python training/actors.py [looked|blind|held|seen]...``.

``looked`` and ``blind`` are the halves of ``training/blind``; ``held`` and ``seen`` our dispatches that stay out of
training and the others. Prints in per cent: mentions of actors found (overlap of half the characters or more),
how many of those stand under the right actor and are of the right kind; claims found (40 per cent of the shorter of
the two, and 30 of both), how many of those are of the right kind and voice.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
sys.path.insert(0, str(HERE))
import corpus_xml

import data
from annotator.suggest.corpus import suggest_article
from annotator.suggest.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKED = ("001", "002", "003")
#: Kinds that count as the same: a background fact is a checkable one, a group an organisation.
SAME = {"background_fact": "fact_checkable", "group": "organisation"}


def articles(name: str) -> list[dict]:
    """Return the articles of one set."""
    if name in ("looked", "blind"):
        paths = sorted((HERE / "blind").glob("*/*.xml"))
        return [corpus_xml.read(p) for p in paths if (p.stem[-3:] in LOOKED) == (name == "looked")]
    return [a for a in corpus_xml.read_all() if corpus_xml.held_out(a["id"]) == (name == "held")]


def characters(span: dict) -> set[int]:
    """Return the characters of a span."""
    return {i for a, b in data.fragments(span) for i in range(a, b)}


def shared(a: set[int], b: set[int]) -> float:
    """Return the characters in both as a share of those in either."""
    return len(a & b) / len(a | b)


def of_shorter(a: set[int], b: set[int]) -> float:
    """Return the characters in both as a share of the shorter one, where they are much alike."""
    return len(a & b) / min(len(a), len(b)) if shared(a, b) >= 0.3 else shared(a, b)


def matched(
    gold: list[dict], found: list[dict], least: float, like: Callable[[set[int], set[int]], float]
) -> list[tuple[dict, dict]]:
    """Return pairs of a marked and a found span, the most alike first, each span once."""
    pairs = sorted(
        (
            (like(characters(g), characters(f)), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g["start"] < f["end"] and f["start"] < g["end"]
        ),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    used_gold, used_found, out = set(), set(), []
    for value, i, j in pairs:
        if value >= least and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((gold[i], found[j]))
    return out


def kind(span: dict) -> str:
    """Return the kind of an actor or a claim."""
    value = str(span["extra"].get("kind"))
    return SAME.get(value, value)


def voice(span: dict, contents: set[int]) -> str:
    """Return the voice of a claim: as marked, else by whether somebody is said to say it."""
    told = span["extra"].get("voice")
    inside = characters(span)
    return told or ("source" if 2 * len(inside & contents) > len(inside) else "reporter")


def right_actors(pairs: list[tuple[dict, dict]]) -> int:
    """Count mentions whose cluster is the one that most mentions of their actor are in."""
    seen = Counter((g["extra"]["actor"], f["extra"]["cluster"]) for g, f in pairs)
    taken: dict[str, str] = {}
    for (actor, cluster), _ in sorted(seen.items(), key=lambda x: (-x[1], x[0])):
        if actor not in taken and cluster not in taken.values():
            taken[actor] = cluster
    return sum(taken.get(g["extra"]["actor"]) == f["extra"]["cluster"] for g, f in pairs)


def count(gold: dict, found: dict) -> Counter[str]:
    """Return the counts of one article."""
    out: Counter[str] = Counter()
    spans = {
        name: [[s for s in x["spans"] if s["type"] == name] for x in (gold, found)]
        for name in ("actor", "claim", "content")
    }
    actors = matched(*spans["actor"], 0.5, shared)
    claims = matched(*spans["claim"], 0.4, of_shorter)
    contents = {i for s in spans["content"][0] for i in characters(s)}
    for name, pairs in (("actor", actors), ("claim", claims)):
        out[f"{name} marked"], out[f"{name} found"] = map(len, spans[name])
        out[f"{name} matched"] = len(pairs)
        out[f"{name} kind"] = sum(kind(g) == kind(f) for g, f in pairs)
    out["actor right"] = right_actors(actors)
    out["claim voice"] = sum(voice(g, contents) == f["extra"]["voice"] for g, f in claims)
    return out


def line(total: Counter[str]) -> str:
    """Return one line of figures."""

    def share(part: str, whole: str) -> str:
        return f"{100 * total[part] / max(1, total[whole]):.0f}"

    parts = [
        f"{name} {total[f'{name} marked']} P {share(f'{name} matched', f'{name} found')} "
        f"R {share(f'{name} matched', f'{name} marked')} "
        f"kind {share(f'{name} kind', f'{name} matched')} "
        f"{extra} {share(f'{name} {extra}', f'{name} matched')}"
        for name, extra in (("actor", "right"), ("claim", "voice"))
    ]
    return "  ".join(parts)


def main() -> None:
    """Print the figures of every set, by language and together."""
    engine = Engine.load()
    for name in sys.argv[1:] or ("looked", "blind", "held"):
        totals: dict[str, Counter[str]] = {}
        for gold in articles(name):
            found = suggest_article(engine, {k: gold[k] for k in ("id", "lang", "text")})
            for group in (gold["lang"], "all"):
                totals.setdefault(group, Counter()).update(count(gold, found))
        for group, total in totals.items():
            print(f"{name:7} {group:4} {line(total)}", flush=True)


if __name__ == "__main__":
    main()
