"""Compare proposed with gold spans and relations, the way the project's scorer does.

Edges are trimmed of space, marks and punctuation; *overlap* is shared characters over the longer of
the two, at least 0.8; each item is used once, best match first. The engine's own copy, so that
``evaluate`` needs nothing but a gold file; a test holds both against each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Chars = frozenset[int]
_EDGE = frozenset(
    " \t\r\n\u00a0\u202f\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a"
    ".,;:!?\u2026-\u2013\u2014()[]"
)
_LEAD = re.compile(r"(?:que\b\s*|qu['’]\s*|that\b\s*)", re.I)
THRESHOLD, SHARED = 0.8, 0.5
UNNAMED = frozenset(("unnamed_person", "unnamed_group"))
NAMED = frozenset(
    (
        "named_person",
        "named_organisation",
        "person_by_office",
        "document",
        "media_report",
        "vote_or_poll",
    )
)


def fragments(span: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return the pieces of a span."""
    found = (span.get("extra") or {}).get("fragments")
    return [(a, b) for a, b in found] if found else [(span["start"], span["end"])]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def characters(text: str, pieces: Sequence[tuple[int, int]]) -> Chars:
    """Return the places that count: edges trimmed, a leading "that" dropped, no white space."""
    out: set[int] = set()
    for number, (start, end) in enumerate(pieces):
        low, high = _trimmed(text, start, end)
        if low >= high:
            low, high = start, end
        lead = _LEAD.match(text, low, high) if number == 0 else None
        if lead and lead.end() < high:
            low = _trimmed(text, lead.end(), high)[0]
        out.update(i for i in range(low, high) if not text[i].isspace())
    return frozenset(out)


def overlap(a: Chars, b: Chars) -> float:
    """Return shared over longer."""
    return len(a & b) / max(len(a), len(b)) if a or b else 0.0


def match(
    gold: Sequence[Chars], found: Sequence[Chars], threshold: float = THRESHOLD
) -> list[tuple[int, int]]:
    """Return matched pairs (gold index, found index), each used once, best first."""
    by_character: dict[int, list[int]] = defaultdict(list)
    for j, chars in enumerate(found):
        for c in chars:
            by_character[c].append(j)
    pairs: list[tuple[float, int, int]] = []
    for i, chars in enumerate(gold):
        for j in {j for c in chars for j in by_character.get(c, ())}:
            value = overlap(chars, found[j])
            if value >= threshold - 1e-12:
                pairs.append((-value, i, j))
    pairs.sort()
    used_gold: set[int] = set()
    used_found: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, i, j in pairs:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            out.append((i, j))
    return out


@dataclass(slots=True)
class Count:
    """Count right, gold and proposed items."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, other: Count) -> None:
        """Add another count to this one."""
        self.right += other.right
        self.gold += other.gold
        self.found += other.found

    @property
    def precision(self) -> float:
        """Return right over proposed."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return right over gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        total = self.gold + self.found
        return 2 * self.right / total if total else 0.0


@dataclass(slots=True)
class ArticleScore:
    """Hold one article's counts by measure, and (score, right) of every proposal by rule."""

    counts: dict[str, Count] = field(default_factory=dict[str, Count])
    judged: list[tuple[str, float, bool]] = field(default_factory=list[tuple[str, float, bool]])


def _by_type(article: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {kind: [] for kind in wanted}
    for span in article.get("spans", ()):
        if span["type"] in out:
            out[span["type"]].append(span)
    return out


def _relations(
    article: Mapping[str, Any], kind: str, chars: Mapping[str, Chars]
) -> list[tuple[Chars, Chars]]:
    return [
        (chars[r["from"]], chars[r["to"]])
        for r in article.get("relations", ())
        if r["type"] == kind and r["from"] in chars and r["to"] in chars
    ]


def score(gold: Mapping[str, Any], found: Mapping[str, Any], types: Sequence[str]) -> ArticleScore:
    """Compare one article."""
    text = gold["text"]
    out = ArticleScore()
    golds, founds = _by_type(gold, types), _by_type(found, types)
    for kind in types:
        golds[kind] = [s for s in golds[kind] if characters(text, fragments(s))]
        founds[kind] = [s for s in founds[kind] if characters(text, fragments(s))]
        a = [characters(text, fragments(s)) for s in golds[kind]]
        b = [characters(text, fragments(s)) for s in founds[kind]]
        pairs = match(a, b)
        out.counts[kind] = Count(len(pairs), len(a), len(b))
        right = {j for _, j in pairs}
        for j, span in enumerate(founds[kind]):
            extra = span.get("extra") or {}
            out.judged.append(
                (f"{extra.get('rule', '?')}.{kind}", float(extra.get("score", 0.5)), j in right)
            )
        if kind == "content":
            pieces_a = [characters(text, [p]) for s in golds[kind] for p in fragments(s)]
            pieces_b = [characters(text, [p]) for s in founds[kind] for p in fragments(s)]
            out.counts["content, per piece"] = Count(
                len(match(pieces_a, pieces_b)), len(pieces_a), len(pieces_b)
            )
            _recall_by_kind(out, golds[kind], {i for i, _ in pairs})
        if kind == "source":
            _count_unnamed(out, list(zip(golds[kind], a, strict=True)), founds[kind], b)
    _score_relations(out, gold, found)
    return out


def _recall_by_kind(out: ArticleScore, spans: Sequence[Mapping[str, Any]], right: set[int]) -> None:
    for i, span in enumerate(spans):
        kind = (span.get("extra") or {}).get("kind")
        if kind:
            count = out.counts.setdefault(f"content, {kind}", Count())
            count.gold += 1
            # Proposals have no gold kind: only recall can be counted, all three figures are it.
            count.found += 1
            count.right += i in right


def _count_unnamed(
    out: ArticleScore,
    golds: Sequence[tuple[Mapping[str, Any], Chars]],
    founds: Sequence[Mapping[str, Any]],
    found_chars: Sequence[Chars],
) -> None:
    """Count unnamed sources end to end, where the gold file says who is named and who is not.

    A gold source is found by a proposal that shares half of it; generic and unclear ones are left
    out, proposals beside every gold source too (``source`` counts those).
    """
    told = [(_identification(s), chars) for s, chars in golds]
    if not any(k in UNNAMED | NAMED for k, _ in told):
        return
    pairs = dict(match([chars for _, chars in told], found_chars, SHARED))
    count = out.counts.setdefault("unnamed source", Count())
    for i, (identification, _) in enumerate(told):
        unnamed = i in pairs and _identification(founds[pairs[i]]) in UNNAMED
        count.gold += identification in UNNAMED
        count.found += unnamed and identification in UNNAMED | NAMED
        count.right += unnamed and identification in UNNAMED


def _identification(span: Mapping[str, Any]) -> str:
    return str((span.get("extra") or {}).get("identification", ""))


def _score_relations(out: ArticleScore, gold: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    text = gold["text"]
    golds = {s["id"]: characters(text, fragments(s)) for s in gold.get("spans", ())}
    founds = {s["id"]: characters(text, fragments(s)) for s in found.get("spans", ())}
    a, b = _relations(gold, "source_of", golds), _relations(found, "source_of", founds)
    used: set[int] = set()
    right = 0
    for source, content in b:
        for i, (gold_source, gold_content) in enumerate(a):
            touched = i not in used and bool(gold_source & source)
            if touched and overlap(gold_content, content) >= THRESHOLD:
                used.add(i)
                right += 1
                break
    out.counts["source of content"] = Count(right, len(a), len(b))
