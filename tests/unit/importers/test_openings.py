"""A look at the beginning never misses what the patterns match."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import resources
from annotator.importers.kit.openings import Openings

LISTS: dict[str, list[str]] = json.loads(resources.read_text("text", "furniture.json"))
FORMS = [form for key in ("lines", "paragraphs", "phrases") for form in LISTS[key]]


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)
@given(data=st.data())
def test_what_a_form_matches_may_begin(form: str, data: st.DataObject) -> None:
    """Every text that a form of ours matches, in any case, is let through."""
    openings = Openings([form])
    words = data.draw(st.from_regex(re.compile(form, re.IGNORECASE), fullmatch=True))
    assert openings.blind or openings.may_begin(words)


def test_prose_is_held_back() -> None:
    """A line of prose is not worth the dear match; what begins like a button is."""
    openings = Openings(LISTS["lines"])
    assert not openings.may_begin("Elle a été nommée mardi.")
    assert not openings.may_begin("Ms Smith said on Tuesday.")
    assert openings.may_begin("ABONNEZ-VOUS !")
    assert openings.may_begin("© 2031")
    assert openings.may_begin("12 commentaires")


@pytest.mark.parametrize(
    ("form", "begins", "does_not"),
    [
        ("(?:re)?connexion", "Connexion", "deconnexion"),
        ("[-–] ?lire|voir", "- lire", "à voir"),
        (r"\d{1,3} ?/ ?\d", "12/3", "douze"),
        (r"page\.(?:html|php)x", "PAGE.html", "rage.html"),
        ("(?:ab){2,}c", "abab", "cab"),
    ],
)
def test_reads_the_syntax_of_the_lists(form: str, begins: str, does_not: str) -> None:
    """Groups, classes, digits, repeats and escapes are understood."""
    openings = Openings([form])
    assert not openings.blind
    assert openings.may_begin(begins)
    assert not openings.may_begin(does_not)


@pytest.mark.parametrize("form", ["(?=a)b", "[^a]b", ".b", "a*", r"\wb", "(a", "[a-c]b"])
def test_what_is_not_understood_may_begin_with_anything(form: str) -> None:
    """Such a form is named, to be matched itself."""
    assert Openings([form]).blind == (form,)
