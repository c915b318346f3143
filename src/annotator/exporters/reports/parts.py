"""Small pieces that several reports are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.base import Shares
from annotator.exporters.report import Column, Part, Stack, Stacks
from annotator.exporters.words import percent
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The parts of a stacked bar and the colour of each.
TONES = {
    "named": "source.named",
    "by_office": "source.office",
    "unnamed": "source.unnamed",
    "other": "quiet",
}


def columns(lang: str, *described: tuple[str, float, str]) -> tuple[Column, ...]:
    """Make columns from ``(key, weight, kind)``; titles come from the catalogue."""
    return tuple(
        Column(key, tr(f"report.column.{key}", lang=lang), weight, kind)
        for key, weight, kind in described
    )


def add(first: Shares, second: Shares) -> Shares:
    """Return the sum of two counts."""
    return Shares(
        first.named + second.named,
        first.by_office + second.by_office,
        first.unnamed + second.unnamed,
        first.other + second.other,
    )


def stacks(
    rows: Sequence[tuple[str, Shares]], lang: str, key: str = "shares", *, intro: str = ""
) -> Stacks:
    """Show named and unnamed shares as stacked bars, those without anything left out."""
    shown = [(label, shares) for label, shares in rows if shares.total]
    legend = tuple(
        (tone, tr(f"report.share.{name}", lang=lang))
        for name, tone in TONES.items()
        if any(getattr(shares, name) for _, shares in shown)
    )
    return Stacks(
        key,
        tr(f"report.{key}", lang=lang),
        tuple(Stack(label, _parts(shares, lang)) for label, shares in shown),
        legend,
        intro,
    )


def _parts(shares: Shares, lang: str) -> tuple[Part, ...]:
    values = {name: getattr(shares, name) for name in TONES}
    return tuple(
        Part(TONES[name], value, percent(value, shares.total, lang))
        for name, value in values.items()
    )
