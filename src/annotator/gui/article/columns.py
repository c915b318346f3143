"""Who stands where across the page: the column never goes, the margins fold."""

from __future__ import annotations

from dataclasses import dataclass

#: The smallest right margin worth having, and the widest that still reads as a margin.
_NOTES = (140.0, 232.0)
_GAP = 22.0
_LANE = 9.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold the x positions of the page, in px.

    ``number_right`` is where paragraph numbers end (0: not shown); bars stand from ``bars`` on,
    ``lanes`` of them, ``LANE`` px apart; ``notes_width`` is 0 when the right margin is folded.
    """

    number_right: float
    bars: float
    lanes: int
    text: float
    width: float
    notes: float
    notes_width: float

    LANE = _LANE

    @property
    def text_right(self) -> float:
        """Return where the column ends."""
        return self.text + self.width


def columns(available: float, measure: float) -> Columns:
    """Lay the page out in ``available`` px for a column of up to ``measure`` px.

    First the right margin narrows, then it folds away, then the left one becomes slimmer, and
    only then does the column give way.
    """
    left, right = 92.0, 20.0
    spare = available - left - measure - _GAP - right
    if spare >= _NOTES[0]:
        notes = min(_NOTES[1], spare)
        shift = max(0.0, (spare - notes) / 2)
        text = left + shift
        return Columns(
            text - 62, text - 50, 4, text, measure, text + measure + _GAP, float(int(notes))
        )
    if available - left - right >= measure:
        # Without notes the column stands a little right of the middle of what is left.
        text = left + max(0.0, (available - left - right - measure) / 2)
        return Columns(text - 62, text - 50, 4, text, measure, 0.0, 0.0)
    left, right = 64.0, 16.0
    width = max(120.0, min(measure, available - left - right))
    return Columns(left - 42, left - 36, 3, left, width, 0.0, 0.0)
