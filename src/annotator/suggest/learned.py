"""What was learned in one project: how it is kept, and what it does to the engine's proposals."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from annotator import resources
from annotator.model.vocabulary import MarkKind
from annotator.suggest.base import in_text_order
from annotator.suggest.learn_features import features
from annotator.suggest.learn_fit import probability
from annotator.suggest.learn_memory import Memory
from annotator.suggest.table import SUGGESTERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.model.span import Span, Spans
    from annotator.suggest.base import Proposal

#: Raised whenever features or the form below change; other versions are not used.
VERSION = 1


@cache
def engine_digest() -> str:
    """Return a digest of what makes proposals: models, lexicons and versions of the rules."""
    found = blake2b(digest_size=12)
    for folder in ("models", "lexicons"):
        for path in sorted(resources.path(folder).rglob("*")):
            if path.is_file():
                found.update(path.name.encode())
                found.update(path.read_bytes())
    found.update(" ".join(s.origin for s in SUGGESTERS).encode())
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Gain:
    """Say what learning was worth on decisions held out of it, article by article.

    ``precision_before`` and ``precision_after``: the share right among the proposals that stand
    first, as many as it takes to keep nine of ten right ones. ``sureness`` is the share of draws
    of articles (bootstrap) in which the loss fell. ``added`` and ``added_right`` count proposals
    out of memory. Losses are means over decisions.
    """

    precision_before: float = 0.0
    precision_after: float = 0.0
    loss_before: float = 0.0
    loss_after: float = 0.0
    brier_before: float = 0.0
    brier_after: float = 0.0
    sureness: float = 0.0
    added: int = 0
    added_right: int = 0

    @property
    def is_positive(self) -> bool:
        """Say whether the new order is better beyond chance, and nothing got worse."""
        return (
            self.loss_after < self.loss_before
            and self.brier_after < self.brier_before
            and self.precision_after >= self.precision_before
            and self.sureness >= 0.9
        )


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold what was learned. ``is_on``: it speaks; else the engine's proposals stay as they are.

    ``weights`` are by feature, ``shares`` say which kinds the memory may propose and how often it
    was right on articles it had not seen. ``seen``: how many decisions the project had then.
    """

    decisions: int = 0
    articles: int = 0
    missed: int = 0
    is_on: bool = False
    gain: Gain = Gain()
    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    memory: Memory = field(default_factory=Memory)
    shares: Mapping[MarkKind, float] = field(default_factory=dict[MarkKind, float])
    engine: str = ""
    seen: int = 0

    @property
    def is_enough(self) -> bool:
        """Say whether there were enough decisions to learn anything from."""
        return bool(self.weights)

    def apply(
        self,
        proposals: Sequence[Proposal],
        text: str,
        language: str,
        salt: str,
        *,
        mask: Spans = (),
    ) -> list[Proposal]:
        """Return the proposals with learned scores, and those of the memory, in text order.

        Args:
            proposals: what the engine proposes for the article.
            text: its canonical text.
            language: ``fr`` or ``en``.
            salt: what the digests of words were keyed with.
            mask: page furniture, where nothing is proposed.
        """
        if not self.is_on:
            return list(proposals)
        rows = features(proposals, text, language, salt)
        scored = [
            replace(p, score=round(probability(row, self.weights), 4))
            for p, row in zip(proposals, rows, strict=True)
        ]
        taken = places(proposals)
        for kind in self.shares:
            taken.setdefault(kind, []).extend(mask)
        more = self.memory.propose(text, salt, taken, self.shares)
        return in_text_order([*scored, *more]) if more else scored

    def to_json(self) -> str:
        """Return the form that is kept, the same for the same contents."""
        plain: dict[str, Any] = {
            "version": VERSION,
            "engine": self.engine,
            "decisions": self.decisions,
            "articles": self.articles,
            "missed": self.missed,
            "seen": self.seen,
            "on": self.is_on,
            "gain": asdict(self.gain),
            "weights": dict(self.weights),
            "phrases": {k.value: dict(v) for k, v in self.memory.phrases.items()},
            "firsts": sorted(self.memory.firsts),
            "longest": self.memory.longest,
            "shares": {k.value: v for k, v in self.shares.items()},
        }
        return json.dumps(plain, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, kept: str) -> Learned | None:
        """Read what was kept; ``None`` if it is of another version or engine, or not readable."""
        try:
            raw = json.loads(kept)
            if raw["version"] != VERSION or raw["engine"] != engine_digest():
                return None
            phrases = {MarkKind(k): dict(v) for k, v in raw["phrases"].items()}
            return cls(
                int(raw["decisions"]),
                int(raw["articles"]),
                int(raw["missed"]),
                bool(raw["on"]),
                Gain(**raw["gain"]),
                {str(k): float(v) for k, v in raw["weights"].items()},
                Memory(phrases, frozenset(raw["firsts"]), int(raw["longest"])),
                {MarkKind(k): float(v) for k, v in raw["shares"].items()},
                str(raw["engine"]),
                int(raw["seen"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def places(proposals: Sequence[Proposal]) -> dict[MarkKind, list[Span]]:
    """Return where proposals of each kind stand."""
    out: dict[MarkKind, list[Span]] = {}
    for one in proposals:
        out.setdefault(one.kind, []).extend(one.spans)
    return out
