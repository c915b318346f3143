"""Say whom "the company", "the audit", "the sources" mean: a body, a document, a group told before.

Only what the article makes plain is joined: a firm by its form ("Inc.") or by what it is known as,
a document by its noun, sources by the nearest group.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.suggest.cast import REACH
from annotator.suggest.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.suggest.cast import Cast, Informant, NamedPlace, SourceMention

_THE = word_set("the le la l' l’ les")
_FIRMS = word_set(
    "company firm group bank airline retailer manufacturer carmaker lender insurer utility startup "
    "entreprise société groupe banque compagnie firme enseigne industriel"
)
_FORM = re.compile(
    r"\b(?:Inc|Ltd|LLC|Corp|Co|plc|PLC|SA|SAS|SARL|AG|GmbH|SE|NV|Group|Groupe|Holdings?|Bank|Banque|"
    r"Airlines?|Motors|Industries|Works|Mining|Energy|Technologies)\b"
)
_CORPORATE = frozenset(("corporate", "unknown"))
_SOURCES = frozenset(("source",))


def is_firm(name: str) -> bool:
    """Say whether a name is a company's by its form."""
    return bool(_FORM.search(name))


def told_before(
    cast: Cast, mention: SourceMention, firms: Sequence[NamedPlace]
) -> Informant | None:
    """Return the informant that a definite mention means, ``None`` where the text leaves it open.

    Args:
        cast: who was met so far.
        mention: the mention.
        firms: the places of companies' names in text order.
    """
    what = mention.what
    if mention.words[0] not in _THE:
        return None
    if what.identification == "named_organisation" and what.head in _FIRMS:
        return _firm(cast, mention, firms) if what.name.lower() == what.head else None
    if what.identification == "document" and what.head:
        return _again(cast, mention, "document")
    if what.identification == "unnamed_group" and what.head in _SOURCES:
        return _group(cast, mention)
    return None


def _firm(cast: Cast, mention: SourceMention, firms: Sequence[NamedPlace]) -> Informant | None:
    if len(mention.words) != 2:
        return None  # "the company behind the dam" is told apart
    met = next(
        (
            i
            for i in reversed(cast.met[-40:])
            if i.what.identification == "named_organisation"
            and mention.sentence - i.sentence <= REACH
            and i.what.affiliation in _CORPORATE
            and not i.what.name.islower()
            and i.what.name
        ),
        None,
    )
    before = [f for f in firms if f.span.end <= mention.span.start]
    named = before[-1] if before and mention.sentence - before[-1].sentence <= REACH else None
    if named is not None and (met is None or named.span.end > met.end):
        met = cast.by_name(named.name, person=False)
        if met is None:
            return cast.new(mention, replace(mention.what, name=named.name))
    return cast.touch(met, mention) if met else None


def _again(cast: Cast, mention: SourceMention, identification: str) -> Informant | None:
    for informant in reversed(cast.met[-60:]):
        what = informant.what
        if (what.identification, what.head) == (identification, mention.what.head):
            return cast.touch(informant, mention)
    return None


def _group(cast: Cast, mention: SourceMention) -> Informant | None:
    for informant in reversed(cast.met[-40:]):
        if mention.sentence - informant.sentence > REACH:
            break
        if informant.what.identification == "unnamed_group" and not informant.group:
            return cast.touch(informant, mention)
    return None
