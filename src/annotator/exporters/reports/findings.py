"""What the house rules found, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.report import Item, Listing
from annotator.exporters.words import joined, number
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.exporters.base import Finding
    from annotator.exporters.reports.index import Index


#: Words quoted of the places where one rule is broken.
_QUOTED = 5


def findings(index: Index, *, always: bool = False, is_dense: bool = False) -> list[Listing]:
    """Return the list of findings, those of one rule together, the gravest rules first.

    Nothing where no pack was applied, unless ``always``.
    """
    found = index.figures.findings
    if not found and not index.figures.rule_pack and not always:
        return []
    lang = index.lang
    pack = index.figures.rule_pack
    empty = tr("report.findings.empty" if pack else "report.findings.no_pack", lang=lang)
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.rule, finding.title, finding.accepted), []).append(finding)
    ranked = sorted(groups.values(), key=lambda g: (bool(g[0].accepted), _rank(g[0])))
    title = tr("report.findings", lang=lang)
    items = tuple(_item(index, group) for group in ranked)
    name, words = f"findings-{index.article.id}", joined((title, pack))
    return [Listing(name, words, items, empty=empty, is_dense=is_dense)]


def _rank(finding: Finding) -> int:
    order = ("blocking", "warning", "advice")
    return order.index(finding.severity) if finding.severity in order else len(order)


def quoted_places(index: Index, group: Sequence[Finding]) -> str:
    """Return the words of a rule's places, cut so that several fit."""
    limit = 110 if len(group) == 1 else 72
    places = [f for f in group if 0 <= f.start < f.end]
    words = (index.quoted(index.text[f.start : f.end], limit) for f in places[:_QUOTED])
    return joined(dict.fromkeys(words))


def _item(index: Index, group: Sequence[Finding]) -> Item:
    lang = index.lang
    first = group[0]
    numbers = [index.paragraph_of(f.start) for f in group if f.start >= 0]
    shown = [number(n, lang) for n in dict.fromkeys(numbers) if n]
    where = f"¶\u00a0{', '.join(shown)}" if shown else ""
    severity = tr(f"rules.severity.{first.severity}", lang=lang)
    accepted = tr("report.accepted", lang=lang, reason=first.accepted) if first.accepted else ""
    # One house's rules: the title names it already, and each need not.
    origins = {finding.origin for finding in index.figures.findings}
    origin = first.origin if len(origins) > 1 else ""
    return Item(
        tr("report.pair", lang=lang, label=severity, value=first.title),
        quoted_places(index, group),
        joined((first.wording, origin, where, accepted)),
        "quiet" if first.accepted else "warn",
    )
