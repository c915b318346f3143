"""Colours that everybody can read and tell apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from annotator.gui.theme import LINES, NAMED, PROPOSAL, UNNAMED, load_theme
from annotator.model.vocabulary import Identification, MarkKind

THEMES = ("light", "dark")
#: Linear RGB as seen with a missing cone. Source: Machado, Oliveira, Fernandes 2009, severity 1.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
#: Two kinds with one line style must differ at least so much (CIE76) for everybody.
ENOUGH = 15.0


def _linear(colour):
    return [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]


def _luminance(colour):
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _lab(colour, deficiency):
    red, green, blue = (
        min(1.0, max(0.0, sum(w * c for w, c in zip(line, _linear(colour), strict=True))))
        for line in DEFICIENCIES[deficiency]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _distance(one, other, deficiency):
    pairs = zip(_lab(one, deficiency), _lab(other, deficiency), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name):
    theme = load_theme(name)
    for ground in (theme.paper, theme.panel, theme.selected, theme.hover):
        assert _contrast(theme.ink, ground) >= 7
        assert _contrast(theme.ink2, ground) >= 4.5
    for ground in (theme.paper, theme.panel):
        assert _contrast(theme.accent, ground) >= 4.5
        assert _contrast(theme.danger, ground) >= 4.5
        assert _contrast(theme.masked, ground) >= 3
    for style in theme.marks.values():
        assert _contrast(style.colour, theme.paper) >= 4.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("name", THEMES)
def test_kinds_are_told_apart_by_line_or_by_colour(name, deficiency):
    """Colour is never the only sign, and where the line is the same it is enough of one."""
    marks = load_theme(name).marks
    shown = [key for key in marks if marks[key].wash or marks[key].line not in ("none", "thin")]
    alike = {
        (one, other): round(_distance(marks[one].colour, marks[other].colour, deficiency), 1)
        for one, other in combinations(shown, 2)
        if (marks[one].line, marks[one].width) == (marks[other].line, marks[other].width)
        and bool(marks[one].wash) == bool(marks[other].wash)
        and _distance(marks[one].colour, marks[other].colour, deficiency) < ENOUGH
    }
    assert alike == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_kind_has_a_style(name):
    theme = load_theme(name)
    for key in (*MarkKind, NAMED, UNNAMED, PROPOSAL):
        style = theme.mark_style(key)
        assert style.line in LINES
        assert 0 <= style.wash <= 0.2
    assert theme.is_dark is (name == "dark")


def test_themes_have_the_same_tokens():
    light, dark = (load_theme(name) for name in THEMES)
    assert light.marks.keys() == dark.marks.keys()
    assert len(light.series) == len(dark.series)


@pytest.mark.parametrize("identification", Identification)
def test_only_sources_that_a_reader_knows_look_named(identification):
    unnamed = identification.is_anonymous or identification is Identification.UNKNOWN
    assert (load_theme("light").source_style_key(identification) == UNNAMED) is unnamed


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_no_token_left(name):
    assert "@" not in load_theme(name).style_sheet()
