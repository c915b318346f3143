"""Furniture that was copied onto the headline's own line is folded away from it."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.article import rows as r
from annotator.gui.article.rows import Outline, build_rows
from annotator.model.span import Span

TEXT = "Connexion membre EXCLUSIF-Un titre Reuters • 22/08\n\nLe corps du texte.\n"


def kinds_and_words(text, outline):
    rows = build_rows(text, outline)
    return [
        (kind, text[rows.starts[i] : rows.ends[i]])
        for i, kind in enumerate(rows.kinds)
        if kind not in (r.EMPTY, r.BLANK)
    ]


def test_the_headline_stands_alone():
    headline = Span(17, 34)
    outline = Outline(mask=(Span(0, 16), Span(34, 50)), headline=headline)
    assert kinds_and_words(TEXT, outline) == [
        (r.FOLD, "Connexion membre "),
        (r.HEADLINE, "EXCLUSIF-Un titre"),
        (r.FOLD, " Reuters • 22/08"),
        (r.BODY, "Le corps du texte."),
    ]


def test_unfolded_furniture_is_shown_before_it():
    outline = Outline(mask=(Span(0, 16),), headline=Span(17, 34), unfolded={0})
    assert [kind for kind, _ in kinds_and_words(TEXT, outline)] == [
        r.OPEN,
        r.MASKED,
        r.HEADLINE,
        r.BODY,
    ]


@given(st.text("ab \n", min_size=1, max_size=60), st.data())
def test_no_letter_is_lost_and_none_stands_twice(text, data):
    points = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    mask = tuple(Span(a, b) for a, b in zip(points[::2], points[1::2], strict=False) if a < b)
    rows = build_rows(text, Outline(mask=mask))
    shown = "".join(text[s:e] for s, e in zip(rows.starts, rows.ends, strict=True))
    assert shown.replace("\n", "") == text.replace("\n", "")
    assert list(rows.starts) == sorted(rows.starts)
