"""Fonts that ship, the choice of another, and what the view does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from annotator import resources
from annotator.gui.article import fonts


def test_every_face_is_there_with_its_licence(qapp):
    fonts.load(fonts.ALL)
    families = QFontDatabase.families()
    assert {fonts.SERIF, fonts.DISPLAY, fonts.SANS} <= set(families)
    files = list(resources.path("fonts").rglob("*.ttf"))
    assert len(files) == len(fonts.ALL)
    assert sum(file.stat().st_size for file in files) < 3_000_000
    for folder in {file.parent for file in files}:
        assert "SIL Open Font License" in (folder / "OFL.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold])
def test_weights_are_real_ones(qapp, weight):
    fonts.load(fonts.ALL)
    font = QFont(fonts.SERIF)
    font.setWeight(weight)
    assert QFontInfo(font).family() == fonts.SERIF
    assert QFontInfo(font).weight() == weight


def test_unknown_face_is_an_error():
    with pytest.raises(KeyError):
        fonts.load(("comic",))


def test_measure_is_55_to_75_characters_in_any_font(view):
    for family in (fonts.SERIF, "DejaVu Sans", "DejaVu Serif"):
        view.set_typography(family=family)
        text = view.sheet.text_row(view.sheet.rows.row_of(len(view.text)))
        longest = max(line.end_utf16 - line.start_utf16 for line in text.lines)
        assert 55 <= longest <= 75, family


def test_other_fonts_look_as_large(view):
    heights = []
    for family in (fonts.SERIF, "DejaVu Sans", "DejaVu Serif"):
        view.set_typography(family=family)
        heights.append(view.sheet.type.x_height)
    assert max(heights) - min(heights) < 1.0


def test_size_and_leading_are_the_persons(view):
    view.set_typography(size=22, leading=1.4, measure=60)
    assert view.sheet.type.pitch == round(22 * 1.4)
    assert view.typography.measure == 60
    view.set_typography()
    assert view.typography.size == 22


def test_first_paint_waits_for_no_heavy_package():
    code = (
        "import sys; import annotator.gui.article.view; "
        "heavy = ('numpy', 'pyqtgraph', 'sqlite3', 'lxml', 'scipy', 'babel'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
