"""What every panel of the table must keep, whoever writes it."""

from dataclasses import fields
from enum import StrEnum
from importlib import import_module

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from annotator import i18n
from annotator.app.commands.articles import import_texts
from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.app.workflows import make_demo
from annotator.gui.desk import Desk
from annotator.gui.models.fields import COMMON, ELSEWHERE, LAYOUT
from annotator.gui.panels import PANELS
from annotator.gui.panels.base import Panel
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.gui.widgets.sections import SECTIONS
from annotator.model import vocabulary
from annotator.model.annotations import MARK_TYPES
from annotator.model.article import Article, DatePrecision
from annotator.model.changes import TABLES, Touched
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind
from annotator.store import Project
from helpers.builders import imported

IDS = [spec.id for spec in PANELS]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(params=i18n.LANGUAGES)
def language(request):
    before = i18n.language()
    yield i18n.set_language(request.param)
    i18n.set_language(before)


@pytest.fixture
def desk(demo, tmp_path, qapp):
    session = Session(Project.open(demo, read_only=True))
    jobs = JobRunner()
    desk = Desk(session, Settings(tmp_path / "settings.json"), load_theme("light"), jobs)
    yield desk
    jobs.shut_down()
    desk.close()
    session.close()


@pytest.fixture
def bare(tmp_path, qapp):
    """Return a desk over a project with one article in which nothing is marked."""
    session = Session(Project.create(tmp_path / "bare.annotator"))
    article = import_texts(session, [(imported("Rien ici.\n"), b"Rien ici.\n")]).added[0]
    jobs = JobRunner()
    desk = Desk(session, Settings(tmp_path / "settings.json"), load_theme("dark"), jobs)
    desk.open_article(article.id)
    yield desk
    jobs.shut_down()
    desk.close()
    session.close()


@pytest.fixture
def build(qtbot):
    """Make a panel in a window without a layout (the offscreen platform minds size limits)."""
    hosts = []

    def make(panel_id, desk):
        spec = next(spec for spec in PANELS if spec.id == panel_id)
        host = QWidget()
        hosts.append(host)
        qtbot.addWidget(host)
        host.resize(370, 700)
        panel = spec.make(desk)
        panel.setParent(host)
        panel.setGeometry(0, 0, 370, 700)
        panel.show()
        host.show()
        return panel

    return make


def rows_of(panel):
    return list(getattr(panel, "model", None).shown_ids) if hasattr(panel, "model") else []


def nameless(root):
    """Return the controls that a screen reader could not name (Qt's own parts aside)."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView)
    found = []
    for kind in kinds:
        for control in root.findChildren(kind):
            inside = control.parent()
            is_qts = control.objectName().startswith("qt_") or isinstance(
                inside, QLineEdit | QComboBox
            )
            is_popup = isinstance(control, QAbstractItemView) and control.window() is not (
                root.window()
            )
            text = control.text() if isinstance(control, QAbstractButton) else ""
            if not (is_qts or is_popup or control.accessibleName() or text):
                found.append(control)
    return found


# -- the table ----------------------------------------------------------------------------------


def test_ids_and_places_are_unique():
    assert len(set(IDS)) == len(IDS)
    assert len({spec.order for spec in PANELS}) == len(PANELS)


def test_every_kind_of_mark_has_its_panel():
    assert sorted(kind for spec in PANELS for kind in spec.kinds) == sorted(MarkKind)


@pytest.mark.parametrize("spec", PANELS, ids=IDS)
def test_titles_and_empty_states_are_sentences(spec, language):
    assert i18n.has(spec.title_id)
    module, _, kind = spec.factory.partition(":")
    panel = getattr(import_module(f"annotator.gui.panels.{module}"), kind)
    assert issubclass(panel, Panel)
    assert panel.panel_id == spec.id
    for order in getattr(panel, "orders", ()):
        assert i18n.has(f"panels.order.{order}")


# -- panels -------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel_id", IDS)
def test_it_stands_without_an_article(panel_id, desk, build, language):
    panel = build(panel_id, desk)
    assert nameless(panel) == []
    panel.take_focus()
    panel.focus_inspector()
    panel.flush()


@pytest.mark.parametrize("panel_id", IDS)
def test_it_stands_on_an_article_without_marks(panel_id, bare, build, language):
    panel = build(panel_id, bare)
    assert panel.count == 0
    assert nameless(panel) == []
    view = getattr(panel, "list", None)
    if view is not None:
        words = view._empty.text()
        assert words
        assert not words.startswith("panels."), "the empty state is a sentence"


@pytest.mark.parametrize("panel_id", IDS)
def test_every_row_of_every_article_can_be_looked_at(panel_id, desk, build):
    panel = build(panel_id, desk)
    counts = []
    panel.count_changed.connect(counts.append)
    for article in desk.session.project.find(Article):
        desk.open_article(article.id)
        for number, record_id in enumerate(rows_of(panel)):
            assert panel.model.row_of(record_id).text
            panel.list.setCurrentIndex(panel.model.index(number))
            assert nameless(panel) == []
    assert panel.count == (counts[-1] if counts else panel.count)
    desk.open_article("")
    assert rows_of(panel) == []


@pytest.mark.parametrize("panel_id", IDS)
def test_no_sentence_is_missing(panel_id, desk, build, language, monkeypatch):
    missing = []
    real = i18n.tr

    def noting(message_id, **values):
        words = real(message_id, **values)
        if words == message_id:
            missing.append(message_id)
        return words

    monkeypatch.setattr(i18n, "tr", noting)
    desk.open_article(desk.session.project.find(Article)[0].id)
    panel = build(panel_id, desk)
    for number in range(len(rows_of(panel))):
        panel.list.setCurrentIndex(panel.model.index(number))
        panel.menu_lines(panel.records())
    assert missing == []


@pytest.mark.parametrize("panel_id", IDS)
def test_it_survives_whatever_is_said_to_have_changed(panel_id, desk, build):
    panel = build(panel_id, desk)
    articles = [article.id for article in desk.session.project.find(Article)]
    desk.open_article(articles[0])
    before = rows_of(panel)
    for table in TABLES:
        for ids in ((), articles[:1], articles[1:2]):
            desk.touched.emit(Touched("x", (), frozenset({table}), frozenset(ids)))
    desk.touched.emit(Touched())
    desk.select(("no-such-id",), origin="text")
    desk.set_theme(load_theme("dark"))
    assert rows_of(panel) == before


@pytest.mark.parametrize("panel_id", IDS)
def test_whatever_is_selected_shows_the_same_rows_selected(panel_id, desk, build):
    panel = build(panel_id, desk)
    desk.open_article(desk.session.project.find(Article)[0].id)
    data = desk.data
    for record_id in (*data.marks, *data.sources, *data.actors):
        desk.select((record_id,), origin="text")
        if hasattr(panel, "lister"):
            assert panel.list.selected_ids() == panel.lister.rows_for([record_id])


# -- fields and words ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [k for k in TABLES.values() if k is not Suggestion])
def test_every_field_of_a_record_has_its_place(kind):
    shown = {field.name for part in LAYOUT.get(kind, ()) for field in part.fields}
    elsewhere = set(ELSEWHERE.get(kind, {}))
    assert shown & elsewhere == set()
    assert {f.name for f in fields(kind)} - COMMON == shown | elsewhere


def test_every_mark_can_be_inspected_or_stands_for_something_that_can():
    indirect = {kind for kind in MARK_TYPES.values() if kind not in LAYOUT}
    assert {kind.__name__ for kind in indirect} == {"SourceMention", "Mention"}


@pytest.mark.parametrize("kind", LAYOUT)
def test_labels_and_parts_are_known(kind, language):
    for part in LAYOUT[kind]:
        assert not part.title or i18n.has(part.title)
        assert not part.section or part.section in SECTIONS
        for field in part.fields:
            assert i18n.has(field.label)


@pytest.mark.parametrize("kind", LAYOUT)
def test_every_choice_offers_unknown(kind):
    for part in LAYOUT[kind]:
        for field in part.fields:
            if field.choices is not None:
                assert "unknown" in {value.value for value in field.choices}


def enumerations():
    found = [k for k in vars(vocabulary).values() if isinstance(k, type) and issubclass(k, StrEnum)]
    return [k for k in found if k is not StrEnum] + [Decision, DatePrecision]


@pytest.mark.parametrize("kind", enumerations(), ids=lambda kind: kind.__name__)
def test_the_vocabulary_is_said_and_explained(kind, language):
    keys = [kind.__name__, *(f"{kind.__name__}.{value.value}" for value in kind)]
    catalogue = i18n._catalogue.area(language, "vocabulary")
    assert [key for key in keys if key not in catalogue] == []
    assert [key for key in keys if f"{key}.help" not in catalogue] == []
    words = [i18n.term(value) for value in kind]
    assert len(set(words)) == len(words), "two values with one word cannot be told apart"
    assert all(catalogue[f"{key}.help"].endswith(".") for key in keys)


def test_the_vocabulary_has_no_word_for_what_is_not_there(language):
    known = {k.__name__ for k in enumerations()}
    known |= {f"{k.__name__}.{value.value}" for k in enumerations() for value in k}
    catalogue = i18n._catalogue.area(language, "vocabulary")
    assert {key.removesuffix(".help") for key in catalogue} - known == set()
