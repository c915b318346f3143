"""One line of the results."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Say what was done, what it cost, what the floor cost, and what was asked for."""

    work: str
    ours: str
    floor: str
    ratio: str
    bar: str
    met: bool


def ratio_row(
    work: str, ours_ms: list[float], floor_ms: list[float], bar: float, *, floor: str = ""
) -> Row:
    """Make a row from interleaved runs: the median of the pairwise ratios is what counts."""
    ratio = statistics.median(a / b for a, b in zip(ours_ms, floor_ms, strict=True))
    name = f" ({floor})" if floor else ""
    return Row(
        work,
        f"{statistics.median(ours_ms):.1f} ms",
        f"{statistics.median(floor_ms):.1f} ms{name}",
        f"{ratio:.2f}x",
        f"<= {bar:g}x",
        ratio <= bar,
    )


def limit_row(work: str, values_ms: list[float], bar_ms: float, *, percentile: float = 50) -> Row:
    """Make a row for a bar in milliseconds."""
    ordered = sorted(values_ms)
    value = ordered[min(len(ordered) - 1, math.ceil(percentile / 100 * len(ordered)) - 1)]
    name = "median" if percentile == 50 else f"p{percentile:g}"
    met = value <= bar_ms
    return Row(work, f"{value:.1f} ms ({name})", "-", "-", f"<= {bar_ms:g} ms", met)
