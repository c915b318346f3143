"""The table of all that makes proposals; settings, help, tests and the review queue read it."""

from __future__ import annotations

from annotator.model.vocabulary import MarkKind
from annotator.suggest.base import Suggester

_ATTRIBUTION = frozenset({MarkKind.QUOTE, MarkKind.SOURCE, MarkKind.CUE})

SUGGESTERS: tuple[Suggester, ...] = (
    Suggester("tagger", 1, _ATTRIBUTION, trained=True),
    Suggester("rules", 1, _ATTRIBUTION),
    Suggester("interview", 1, frozenset({MarkKind.QUOTE, MarkKind.SOURCE})),
    Suggester("declined", 1, frozenset({MarkKind.DECLINED, MarkKind.SOURCE})),
    Suggester("unverified", 1, frozenset({MarkKind.UNVERIFIED})),
    Suggester("hedge", 1, frozenset({MarkKind.HEDGE})),
    Suggester("conditional", 1, frozenset({MarkKind.HEDGE})),
    Suggester("claims", 2, frozenset({MarkKind.CLAIM}), trained=True),
    Suggester("names", 2, frozenset({MarkKind.ACTOR}), trained=True),
    Suggester("states", 1, frozenset({MarkKind.ACTOR})),
    Suggester("short_name", 1, frozenset({MarkKind.ACTOR})),
    Suggester("description", 1, frozenset({MarkKind.ACTOR})),
    # Found by a language pack alone, where a person has installed one: ``pack_names``.
    Suggester("pack", 1, frozenset({MarkKind.ACTOR}), trained=True),
    # Learned in a project, from what a person marked there again and again: ``learn_memory``.
    Suggester(
        "memory",
        1,
        frozenset(MarkKind) - {MarkKind.QUOTE, MarkKind.CLAIM},
        trained=True,
    ),
)
BY_ID = {suggester.id: suggester for suggester in SUGGESTERS}
