"""An article's audit as one short line of JSON, to be kept beside it and read by thousands.

``STAMP`` is part of what is kept: a line of another stamp is computed again, never read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from annotator.analysis.audit import ArticleAudit
from annotator.analysis.shares import ArticleShares, Shares
from annotator.model.vocabulary import SourcingState

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Raise the number when what is counted, or how, becomes another.
STAMP = "audit-4"

_NO_SHARES = Shares()
_STATES = {state.value: state for state in SourcingState}


def to_line(one: ArticleAudit) -> str:
    """Return an audit as JSON. Who published the article is not in it: the article says that."""
    shares = one.shares
    row = [
        [one.words, one.quotes, one.claims, one.source_mentions, one.low, one.high],
        [int(one.is_open), one.transparency, one.by_hand, one.from_proposals],
        [_numbers(s) for s in (shares.by_source, shares.by_sentence, shares.by_word)],
        {str(state): count for state, count in one.states.items()},
        list(one.on_one_unnamed),
        dict(one.reasons),
        list(one.formulas),
        list(one.descriptions),
        *(
            sorted(names)
            for names in (one.quoted, one.mentioned, one.named_houses, one.unnamed_houses)
        ),
        dict(one.findings),
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _numbers(shares: Shares) -> list[int]:
    return [shares.named, shares.by_office, shares.unnamed, shares.other]


def from_lines(heads: Iterable[tuple[ArticleAudit, str]]) -> list[ArticleAudit]:
    """Return audits from their lines.

    Args:
        heads: for each article an audit that holds what the article says of itself (id, outlet,
            agency, authors, section, month, reviewed), and its line.
    """
    known = list(heads)
    rows: list[list[Any]] = json.loads(f"[{','.join(line for _, line in known)}]")
    return [_filled(head, row) for (head, _), row in zip(known, rows, strict=True)]


def _filled(head: ArticleAudit, row: list[Any]) -> ArticleAudit:
    counts, more, shares, states, alone, reasons, formulas, descriptions, *rest = row
    quoted, mentioned, named, unnamed, findings = rest
    words, quotes, claims, mentions, low, high = counts
    is_open, transparency, by_hand, from_proposals = more
    return ArticleAudit(
        head.article_id,
        head.outlet,
        head.agency,
        head.authors,
        head.section,
        head.month,
        words,
        quotes,
        claims,
        mentions,
        low,
        high,
        bool(is_open),
        ArticleShares(*(Shares(*numbers) if any(numbers) else _NO_SHARES for numbers in shares)),
        {_STATES[state]: count for state, count in states.items()},
        tuple(alone),
        transparency,
        reasons,
        tuple(formulas),
        tuple(descriptions),
        frozenset(quoted),
        frozenset(mentioned),
        frozenset(named),
        frozenset(unnamed),
        head.reviewed,
        by_hand,
        from_proposals,
        findings,
    )
