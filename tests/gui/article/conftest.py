"""What the tests of the article view share."""

from __future__ import annotations

import os

import pytest

from annotator import i18n
from annotator.gui.article.view import ArticleView
from annotator.gui.theme import load_theme
from gui.article import sample

if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _english():
    i18n.set_language("en")


@pytest.fixture
def make_view(qtbot):
    """Make an article view of some size, shown, over a text or the sample."""

    def make(text=None, *, width=900, height=600, theme="light", **article):
        view = ArticleView(theme=load_theme(theme))
        qtbot.addWidget(view)
        view.resize(width, height)
        if text is None:
            sample.show_sample(view)
        else:
            view.set_article(text, **article)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return make


@pytest.fixture
def view(make_view):
    """Return a view over the sample."""
    return make_view()
