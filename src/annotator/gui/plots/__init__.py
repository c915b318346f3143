"""The plots. Nothing heavy is imported until one is in sight; then a job brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.plots.plot import CoMentionPlot


def make_docked_plot(desk: Desk) -> CoMentionPlot:
    """Make the co-mention plot; it is small or large as its room is."""
    from annotator.gui.plots.plot import CoMentionPlot

    return CoMentionPlot(desk)
