"""What is drawn: washes that blend, lines that stack, what is lifted and what steps back."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QColor

from annotator.model.span import Span
from gui.article.sample import KINDS, TEXT, Columns, span_of

WORDS = "Une phrase assez longue pour tenir sur une ligne de texte."


def picture(view):
    return view.viewport().grab().toImage()


def colours_in(image, rect):
    dpr = image.devicePixelRatio()
    return {
        image.pixelColor(round(x * dpr), round(y * dpr)).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


def over(paper, colour, alpha):
    """Return a colour laid over another, as the raster engine does it."""
    mix = [round(a * (1 - alpha) + b * alpha) for a, b in zip(paper, colour, strict=True)]
    return QColor(*mix)


def channels(colour):
    return colour.red(), colour.green(), colour.blue()


def near(colour, other, by=3):
    return all(abs(a - b) <= by for a, b in zip(channels(colour), channels(other), strict=True))


def wash_at(view, image, position):
    """Return the colour of the wash just above the x-height at the left of a character."""
    rect = view.rects_of(Span(position, position + 1))[0]
    return image.pixelColor(rect.center().x(), rect.top() + 1)


@pytest.fixture
def lined(make_view):
    """Return a view of one line with marks of the kinds asked for, all over a part of it."""

    def make(*marks, text=WORDS):
        view = make_view(text, height=200)
        view.set_spans(Columns.of(list(marks)))
        view.set_caret(len(text))
        return view

    return make


def test_wash_is_the_marks_colour_over_the_paper(lined):
    view = lined((4, 30, "quote", "q"))
    style = view.layer.styles.style("quote")
    expected = over(channels(view.colours.paper), channels(style.colour), style.wash)
    assert near(wash_at(view, picture(view), 12), expected)
    assert near(wash_at(view, picture(view), 40), view.colours.paper)


def test_overlapping_washes_blend(lined):
    view = lined((4, 30, "quote", "q"), (12, 40, "claim", "c"))
    image = picture(view)
    quote, claim = view.layer.styles.style("quote"), view.layer.styles.style("claim")
    first = over(channels(view.colours.paper), channels(quote.colour), quote.wash)
    both = over(channels(first), channels(claim.colour), claim.wash)
    assert near(wash_at(view, image, 8), first)
    assert near(wash_at(view, image, 20), both)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["quote", "claim", "source", "actor", "hedge"])
def test_every_kind_has_its_line_in_its_colour(make_view, theme, kind):
    view = make_view(WORDS, height=200, theme=theme)
    view.set_spans(Columns.of([(4, 30, kind, "m")]))
    style = view.layer.styles.style(kind)
    rect = view.rects_of(Span(4, 30))[0]
    below = QRect(rect.left(), rect.bottom() - 1, rect.width(), 6)
    assert style.colour.name() in colours_in(picture(view), below)


def test_lines_of_nested_marks_do_not_lie_on_each_other(lined):
    view = lined((0, 58, "quote", "a"), (4, 40, "claim", "b"), (11, 30, "source", "c"))
    text = view.sheet.text_row(0)
    slots = {piece.mark_id: piece.slot for piece in view.layer.of(text).pieces}
    assert slots == {"c": 0, "b": 1, "a": 2}
    rect = view.rects_of(Span(12, 28))[0]
    column = QRect(rect.center().x() - 6, rect.bottom(), 12, 12)
    seen = colours_in(picture(view), column)
    for key in ("quote", "claim", "source"):
        assert view.layer.styles.style(key).colour.name() in seen


def test_lines_never_reach_the_letters_of_the_next_line(make_view):
    text = "mot Élan pjgq " * 40
    view = make_view(text, height=300)
    many = [(n, 300 - n, "quote", f"m{n}") for n in range(12)]
    view.set_spans(Columns.of(many))
    row = view.sheet.text_row(0)
    assert view.layer.of(row).slots == 6
    top = 26
    for line, after in zip(row.lines, row.lines[1:3], strict=False):
        letters = top + after.baseline - round(view.sheet.type.em * 0.86)
        gap = QRect(100, int(letters) - 1, 300, 1)
        blue = view.layer.styles.style("quote").colour.name()
        below_lines = QRect(gap.left(), int(letters), gap.width(), 2)
        assert blue not in colours_in(picture(view), below_lines)
        assert line.baseline < letters


def test_discontinuous_mark_leaves_the_words_between_alone(view):
    image = picture(view)
    between = TEXT.index(", a dit") + 3
    assert near(wash_at(view, image, between), view.colours.paper)
    for words in ("Les vannes", "et tout le monde"):
        assert not near(wash_at(view, image, TEXT.index(words) + 2), view.colours.paper)


def test_cue_is_coloured_and_does_not_move_the_words(make_view):
    view = make_view(WORDS, height=200)
    before = [view.rect_of(p) for p in range(len(WORDS))]
    view.set_spans(Columns.of([(4, 10, "cue", "u")]))
    assert [view.rect_of(p) for p in range(len(WORDS))] == before
    ink = colours_in(picture(view), view.rects_of(Span(4, 10))[0])
    assert view.colours.ink.name() not in ink
    ochre = view.layer.styles.style("cue").colour
    assert any(near(QColor(name), ochre, 40) for name in ink)


def test_proposal_has_a_line_and_no_wash(make_view):
    view = make_view(WORDS, height=200)
    view.set_proposals(Columns.of([(4, 30, "claim", "p")]))
    image = picture(view)
    assert near(wash_at(view, image, 12), view.colours.paper)
    rect = view.rects_of(Span(4, 30))[0]
    colour = view.layer.styles.style("claim").colour.name()
    assert colour in colours_in(image, QRect(rect.left(), rect.bottom() - 1, rect.width(), 5))


def test_style_override_tells_named_from_unnamed(make_view):
    view = make_view(WORDS, height=200)
    view.set_spans(Columns.of([(4, 30, "source", "s")]))
    unnamed = wash_at(view, picture(view), 12)
    view.set_mark_style_overrides({"s": "source.named"})
    assert not near(wash_at(view, picture(view), 12), unnamed, 2)


def test_selected_and_linked_are_lifted_the_rest_steps_back(view):
    image = picture(view)
    at = {name: TEXT.index(words) + 2 for name, words in WHERE.items()}
    plain = {name: wash_at(view, image, p) for name, p in at.items()}
    view.set_selected(["q1"])
    view.set_linked(["s2"])
    image = picture(view)
    paper = view.colours.paper
    for name, strength in (("q1", 1), ("s2", 1), ("s3", -1), ("c4", -1)):
        before = sum(
            abs(a - b) for a, b in zip(channels(plain[name]), channels(paper), strict=True)
        )
        now = wash_at(view, image, at[name])
        after = sum(abs(a - b) for a, b in zip(channels(now), channels(paper), strict=True))
        assert (after - before) * strength > 4, name
    view.set_selected([])
    view.set_linked([])
    assert wash_at(view, picture(view), at["s3"]) == plain["s3"]


WHERE = {
    "q1": "et tout le monde",
    "s2": "sous couvert",
    "s3": "Le ministère de l’É",
    "c4": "la Région avait",
}


def test_lifting_under_the_pointer_dims_nothing(view):
    at = TEXT.index("Le ministère de l’É") + 2
    before = wash_at(view, picture(view), at)
    view.set_lifted(["q1"])
    assert wash_at(view, picture(view), at) == before


def test_selection_is_laid_over_marks_that_stay_visible(view):
    view.select(span_of("deux sources proches"))
    image = picture(view)
    inside = wash_at(view, image, TEXT.index("deux sources") + 2)
    beside = wash_at(view, image, TEXT.index("du dossier") + 4)
    assert not near(inside, beside, 6)


def test_bars_and_numbers_stand_in_the_left_margin(view):
    image = picture(view)
    row = view.sheet.rows.row_of(TEXT.index("La remise"))
    text = view.sheet.text_row(row)
    top = dict(view.sheet.visible())[row] + view.sheet.before(row)
    boxes = view.painter().bars(text, top)
    assert {bar.mark_id for bar, _ in boxes} == {"c1", "s1"}
    assert len({box.left() for _, box in boxes}) == 2
    for bar, box in boxes:
        middle = box.center().toPoint()
        assert image.pixelColor(middle).name() == bar.style.colour.name()
    number = QRect(20, int(top), 12, 20)
    assert len(colours_in(image, number)) > 2


def test_notes_stand_beside_their_words_and_fold_away(view):
    notes = view.painter().placed_notes(view.sheet.visible())
    assert [note.lines[0] for note in notes][:2] == [
        ("une seule source anonyme", ""),
        ("directe", "· S1"),
    ]
    tops = [note.box.top() for note in notes]
    assert tops == sorted(tops)
    assert all(a.box.bottom() <= b.box.top() for a, b in itertools.pairwise(notes))
    view.resize(640, 600)
    assert view.painter().placed_notes(view.sheet.visible()) == []


class PaintedAreas(QObject):
    """Collect what is asked to be painted on a widget."""

    def __init__(self, widget):
        super().__init__(widget)
        self.areas = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.areas.append(event.rect())
        return False


def test_adding_a_mark_repaints_its_lines_only(view, qtbot):
    qtbot.waitUntil(lambda: view.idler.is_done)
    painted = PaintedAreas(view.viewport())
    span = span_of("jeudi")
    view.add_mark("new", KINDS["claim"], [span])
    qtbot.waitUntil(lambda: bool(painted.areas))
    (area,) = painted.areas
    assert area.height() < 2.2 * view.sheet.type.pitch
    assert area.intersects(view.rects_of(span)[0])
    fresh = picture(view)
    view.viewport().update()
    assert picture(view) == fresh
    view.remove_marks(["new"])
    assert view.marks_at(span.start) == []


def test_changed_marks_are_replaced(view):
    view.set_marks_changed(Columns.of([(2, 9, "quote", "c3")]), {"c3", "s4"})
    assert view.layer.spans_of("c3") == (Span(2, 9),)
    assert view.layer.spans_of("s4") == ()
    assert view.marks_at(TEXT.index("tout retard")) == []


def test_controls_are_shown_by_name_on_request(make_view):
    text = "abc\u202edef\u200bghi"
    view = make_view(text, height=160)
    view.set_caret(0)
    accent = view.colours.accent
    before = picture(view)
    view.set_show_controls(True)
    after = picture(view)
    assert before != after
    box = QRect(view.sheet.columns.text.__int__(), 20, 200, 40)
    assert accent.name() in colours_in(after, box)
    assert accent.name() not in colours_in(before, box)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_can_be_changed_while_reading(view, theme):
    from annotator.gui.theme import load_theme

    view.set_theme(load_theme(theme))
    image = picture(view)
    assert image.pixelColor(2, 2).name() == view.colours.paper.name()
    style = view.layer.styles.style("source.named")
    expected = over(channels(view.colours.paper), channels(style.colour), style.wash)
    assert near(wash_at(view, image, TEXT.index("Le ministère de l’É") + 2), expected)


def test_ticks_of_the_bar_are_in_the_order_of_the_text(view, qtbot):
    qtbot.waitUntil(lambda: view.idler.is_done)
    ticks = view.bar._ticks
    assert {lane for lane, _ in ticks} == {0, 1}
    quote = view.layer.styles.style("quote").colour
    first = min(y for (lane, y), colour in ticks.items() if colour == quote)
    claims = min(
        y for (lane, y), c in ticks.items() if c == view.layer.styles.style("claim").colour
    )
    assert claims < first < view.bar.height()
