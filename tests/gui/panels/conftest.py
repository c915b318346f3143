"""A desk over a real project file with one article, and panels on it."""

from datetime import UTC, datetime
from itertools import count

import pytest
from PySide6.QtWidgets import QWidget

from annotator import i18n
from annotator.app.commands.articles import import_texts
from annotator.app.commands.marks import add_mark
from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.gui.desk import Desk
from annotator.gui.panels import PANELS
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind
from annotator.store import Project
from helpers.builders import imported

TEXT = (
    "Le barrage de Verne restera fermé\n"
    "La remise en eau n’interviendra pas avant juillet, a appris l’agence de deux sources proches "
    "du dossier.\n"
    "«\u00a0Personne ne savait\u00a0», a dit la seconde source, sous couvert d’anonymat, "
    "«\u00a0sauf eux 🙂\u00a0».\n"
    "Irène Castel n’a pas répondu. Mme Castel dirige Hydrolac. Hydrolac est cotée à Verne.\n"
)
OTHER = "À Verne, le maire de Verne attend. Hydrolac ne dit rien.\n"


@pytest.fixture(autouse=True)
def _english():
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture
def session(tmp_path):
    numbers = count(1)
    session = Session(
        Project.create(tmp_path / "panels.annotator"),
        author="L. F.",
        clock=lambda: datetime(2031, 3, 14, 8, 0, tzinfo=UTC),
        new_id=lambda: f"id-{next(numbers):05}",
    )
    yield session
    session.close()


@pytest.fixture
def article(session):
    headline = "Le barrage de Verne restera fermé"
    item = imported(
        TEXT, name="barrage.txt", headline=headline, headline_span=Span(0, len(headline))
    )
    return import_texts(session, [(item, TEXT.encode())]).added[0]


@pytest.fixture
def other(session, article):
    item = imported(OTHER, name="maire.txt", headline="Le maire attend")
    return import_texts(session, [(item, OTHER.encode())]).added[0]


@pytest.fixture
def desk(session, article, tmp_path, qapp):
    jobs = JobRunner()
    desk = Desk(session, Settings(tmp_path / "settings.json"), load_theme("light"), jobs)
    desk.open_article(article.id)
    yield desk
    jobs.shut_down()
    desk.close()


@pytest.fixture
def at(article):
    """Return the n-th place of some words in the article."""

    def find(words, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = TEXT.index(words, start + 1)
        return Span(start, start + len(words))

    return find


@pytest.fixture
def mark(session, article, at):
    """Mark words as a kind."""

    def make(kind, *words, **more):
        return add_mark(session, article.id, MarkKind(kind), [at(w) for w in words], **more)

    return make


@pytest.fixture
def panel(desk, qtbot):
    """Make a panel of the table and show it."""

    hosts = []

    def make(panel_id):
        spec = next(spec for spec in PANELS if spec.id == panel_id)
        made = spec.make(desk)
        # A window without a layout: the offscreen platform complains of size limits.
        host = QWidget()
        qtbot.addWidget(host)
        hosts.append(host)
        host.resize(370, 700)
        made.setParent(host)
        made.setGeometry(0, 0, 370, 700)
        made.show()
        host.show()
        host.activateWindow()
        qtbot.waitUntil(host.isActiveWindow)
        return made

    return make


@pytest.fixture
def revealed(desk):
    """Record the spans that panels ask to bring into view."""
    spans = []
    desk.reveal_asked.connect(spans.append)
    return spans


@pytest.fixture
def said(desk):
    """Record what the status line says."""
    sentences = []
    desk.said.connect(sentences.append)
    return sentences
