"""Checked claims as ClaimReview (schema.org, JSON-LD): those with a verdict.

Who publishes the review and where is not in the project: ``author`` and ``url`` are for the
publisher to fill in.

Source: https://schema.org/ClaimReview
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from annotator.exporters.base import Format, Scope
from annotator.exporters.reports.index import Index
from annotator.exporters.words import one_line
from annotator.i18n import term
from annotator.model.vocabulary import Verdict

if TYPE_CHECKING:
    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Claim

_RATINGS = {
    Verdict.TRUE: 5,
    Verdict.MOSTLY_TRUE: 4,
    Verdict.MIXTURE: 3,
    Verdict.MOSTLY_FALSE: 2,
    Verdict.FALSE: 1,
}
_BEST, _WORST = 5, 1


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the reviews as one graph."""
    reviews: list[dict[str, Any]] = []
    for records in dossier.articles:
        index = Index(dossier, records)
        reviews += [_review(index, c) for c in index.claims if c.verdict is not Verdict.UNKNOWN]
    tree = {"@context": "https://schema.org", "@graph": reviews}
    stream.write(json.dumps(tree, ensure_ascii=False, indent=1).encode())
    stream.write(b"\n")


def _review(index: Index, claim: Claim) -> dict[str, Any]:
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": term(claim.verdict, lang=index.lang),
    }
    if claim.verdict in _RATINGS:
        rating |= {
            "ratingValue": _RATINGS[claim.verdict],
            "bestRating": _BEST,
            "worstRating": _WORST,
        }
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"urn:uuid:{claim.id}",
        "claimReviewed": one_line(index.words(claim)),
        "inLanguage": index.lang,
        "reviewRating": rating,
        "itemReviewed": _claim(index, claim),
        "url": "",
        "author": {"@type": "Organization", "name": ""},
    }
    dates = sorted(e.date for e in claim.evidence if e.date)
    if dates:
        review["datePublished"] = dates[-1]
    links = [e.link for e in claim.evidence if e.link.startswith(("http://", "https://"))]
    if links:
        review["citation"] = links
    return review


def _claim(index: Index, claim: Claim) -> dict[str, Any]:
    article = index.article
    appearance: dict[str, Any] = {"@type": "NewsArticle", "headline": article.headline}
    if article.url:
        appearance["url"] = article.url
    if article.outlet:
        appearance["publisher"] = {"@type": "Organization", "name": article.outlet}
    item: dict[str, Any] = {"@type": "Claim", "appearance": appearance}
    if article.published is not None:
        item["datePublished"] = appearance["datePublished"] = article.published.value
    behind = index.behind(claim)
    if behind:
        item["author"] = [{"@type": _type(s), "name": index.name(s)} for s in behind]
    return item


def _type(source: Any) -> str:
    name = source.identification.value
    return "Organization" if name in ("named_organisation", "media_report") else "Person"


EXPORTER = Format(
    "claimreview",
    ".jsonld",
    "application/ld+json",
    Scope.PROJECT,
    write,
    losses=("reviewed_only", "reviewer"),
)
