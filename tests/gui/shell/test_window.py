"""The window as a whole: library, palette, find, panes, themes, languages, names for everybody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QWidget,
)

from annotator.app.commands.actors import add_actor
from annotator.app.workflows import open_session
from annotator.gui.dialogs import ask
from annotator.gui.library_model import ID_ROLE
from annotator.gui.screenshot import take
from annotator.gui.theme import load_theme
from annotator.model.errors import UserError

pytestmark = pytest.mark.gui
K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QAbstractScrollArea,
)


def _nameless(root):
    """Return the controls a screen reader could not name; parts of Qt's own widgets are Qt's."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, CONTROLS) or isinstance(widget, QAbstractSlider):
            continue
        name = widget.objectName()
        parent = widget.parentWidget()
        above = parent.parentWidget() if parent is not None else None
        its_own = (QComboBox, QAbstractSpinBox, QTabBar, QLineEdit)
        if name.startswith("qt_") or isinstance(parent, its_own) or isinstance(above, QComboBox):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text.strip()):
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


# -- names ------------------------------------------------------------------------------------


def test_every_control_has_a_name(window, person):
    person.open("Hospital")
    for spec_id in window.workspace.panels.ids():
        window.workspace.panels.show_panel(spec_id)
    person.view.setFocus()
    window.actions_by_id.by_id["find"].trigger()
    assert _nameless(window) == []


@pytest.mark.parametrize("action", ["settings", "help.keys", "help.about", "report.preview"])
def test_every_sheet_has_names(window, person, action, qtbot):
    window.actions_by_id.by_id[action].trigger()
    assert _nameless(window) == []
    if window.jobs.is_busy:
        with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
            pass
    person.press(K.Key_Escape)


class _Shown(QObject):
    """Note the windows that are shown."""

    def __init__(self):
        super().__init__()
        self.found = []

    def eventFilter(self, watched, event):  # noqa: N802
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow():
            self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_no_part_flashes_as_a_window_of_its_own(window, project, qtbot):
    """``setVisible`` before a widget has its parent opens a window for a moment."""
    shown = _Shown()
    QApplication.instance().installEventFilter(shown)
    window.close_session()
    with qtbot.waitSignal(window.filled, timeout=20_000):
        window.open_session(open_session(project))
    QApplication.instance().removeEventFilter(shown)
    assert shown.found == []


def test_the_first_page_has_names(empty_window):
    assert _nameless(empty_window) == []


# -- library ----------------------------------------------------------------------------------


def test_searching_shows_snippets_and_clearing_shows_all(window, qtbot):
    library = window.workspace.library
    everything = library.model.rowCount()
    library.search.setFocus()
    qtbot.keyClicks(library.search, "barrage")
    qtbot.waitUntil(lambda: 0 < library.model.rowCount() < everything)
    row = library.model.row_at(0)
    assert "\x02" in row.snippet
    library.search.clear()
    qtbot.waitUntil(lambda: library.model.rowCount() == everything)


def test_nothing_found_is_said_in_its_place(window, qtbot):
    window.workspace.library.search_for("qqqqq")
    assert window.workspace.library._empty.isVisible()
    assert not window.workspace.library.list.isVisible()


def test_filters_narrow_and_are_cleared(window):
    library = window.workspace.library
    everything = library.model.rowCount()
    outlets = library.filters._outlet
    outlets.setCurrentIndex(1)
    outlets.activated.emit(1)
    assert 0 < library.model.rowCount() < everything
    assert all(
        library.model.row_at(n).outlet == outlets.currentData()
        for n in range(library.model.rowCount())
    )
    library.filters.clear()
    assert library.model.rowCount() == everything


def test_the_newest_article_is_first(window):
    model = window.workspace.library.model
    dates = [model.row_at(n).published.value[:10] for n in range(model.rowCount())]
    assert dates == sorted(dates, reverse=True)


def test_next_and_previous_article_by_key(window, person):
    person.view.setFocus()
    model = window.workspace.library.model
    first = window.desk.article_id
    person.press(K.Key_PageDown, CTRL)
    assert window.desk.article_id == model.index(model.place_of(first) + 1).data(ID_ROLE)
    person.press(K.Key_PageUp, CTRL)
    assert window.desk.article_id == first


def test_the_list_opens_what_is_chosen_in_it(window, person):
    library = window.workspace.library
    library.list.setFocus()
    library.list.setCurrentIndex(library.model.index(2))
    assert window.desk.article_id == library.model.row_at(2).id
    assert person.view.text == person.text


def test_counts_follow_the_marks(window, person, qtbot):
    article_id = person.open("Hospital")
    model = window.workspace.library.model
    before = model.row_at(model.place_of(article_id)).claims
    person.select("knew for nine days")
    person.press(K.Key_C)
    qtbot.waitUntil(lambda: model.row_at(model.place_of(article_id)).claims == before + 1)


# -- palette, find, keys ----------------------------------------------------------------------


def _palette(window):
    return window.controller("navigation").palette


def _entries(palette):
    model = palette.pick.model
    return [model.entry(n) for n in range(model.rowCount())]


def test_the_palette_does_what_a_few_letters_mean(window, person):
    person.view.setFocus()
    person.press(K.Key_K, CTRL)
    assert _palette(window).isVisible()
    person.type("thm")
    person.press(K.Key_Escape)
    assert _palette(window) is None
    assert person.view.hasFocus()
    person.press(K.Key_K, CTRL)
    person.type("light or")
    person.press(K.Key_Return)
    assert window.theme.is_dark


def test_the_palette_finds_articles_and_actors(window, person, qtbot):
    person.press(K.Key_K, CTRL)
    person.type("hydrolac")
    palette = _palette(window)
    qtbot.waitUntil(lambda: any(e.section == "Actors" for e in _entries(palette)))
    sections = [entry.section for entry in _entries(palette)]
    assert {"Articles", "Actors", "Search"} <= set(sections)
    palette.pick.picked.emit(next(e.payload for e in _entries(palette) if e.section == "Actors"))
    data = window.desk.data
    assert window.desk.selection.ids[0] in data.actors


def test_the_palette_takes_words_to_the_library(window, person):
    person.press(K.Key_K, CTRL)
    person.type("barrage de verne")
    palette = _palette(window)
    palette.pick.picked.emit(("search", "barrage"))
    assert window.workspace.library.search.text() == "barrage"


def test_disabled_actions_are_not_offered(empty_window):
    empty_window.actions_by_id.by_id["palette"].trigger()
    ids = {entry.payload.id for entry in _entries(_palette(empty_window))}
    assert "project.open" in ids
    assert "undo" not in ids
    assert "mark.quote" not in ids


def test_find_shows_all_hits_and_steps(window, person):
    person.open("barrage")
    person.view.setFocus()
    person.press(K.Key_F, CTRL)
    person.type("barrage")
    finder = person.view.finder
    assert len(finder.hits) > 2
    assert f"{len(finder.hits)} hits" in window.workspace.pane.find_bar._count.text()
    person.press(K.Key_Return)
    assert finder.hits.current >= 0
    first = finder.hits.current
    person.press(K.Key_F3)
    assert finder.hits.current != first
    person.press(K.Key_Escape)
    assert len(finder.hits) == 0
    assert person.view.selection().slice(person.text).lower() == "barrage"


def test_the_keys_are_shown_and_closed(window, person):
    person.press(K.Key_F1)
    overlay = window.controller("navigation")._keys
    assert overlay.isVisible()
    person.press(K.Key_Escape)
    assert window.controller("navigation")._keys is None


def test_marks_are_walked_in_text_order(window, person):
    person.open("Hospital")
    person.view.setFocus()
    person.view.set_caret(0)
    window.desk.select([], origin="test")
    starts = []
    for _ in range(5):
        person.press(K.Key_Down, ALT)
        starts.append(person.selected()[0].spans[0].start)
    assert starts == sorted(starts)
    person.press(K.Key_Up, ALT)
    assert person.selected()[0].spans[0].start == starts[-2]


def test_panes_take_the_keyboard_in_turn(window, person):
    person.view.setFocus()
    seen = set()
    for _ in range(3):
        person.press(K.Key_F6)
        focus = QApplication.focusWidget()
        workspace = window.workspace
        for name in ("library", "pane", "panels"):
            if getattr(workspace, name).isAncestorOf(focus):
                seen.add(name)
    assert seen == {"library", "pane", "panels"}


def test_ctrl_and_a_digit_brings_a_panel(window, person):
    ids = window.workspace.panels.ids()
    person.view.setFocus()
    person.press(K.Key_2, CTRL)
    assert window.workspace.panels.current().panel_id == ids[1]


def test_a_mark_in_the_text_brings_its_panel(window, person):
    person.open("Hospital")
    claim = window.desk.data.claims[0]
    person.view.mark_clicked.emit([claim.id])
    assert window.workspace.panels.current().panel_id == "claims"
    mention = window.desk.data.source_mentions[0]
    person.view.mark_clicked.emit([mention.id])
    assert window.workspace.panels.current().panel_id == "sources"


def test_selecting_shows_what_it_is_linked_to(window, person):
    person.open("Hospital")
    data = window.desk.data
    attribution = next(iter(data.attributions.values()))
    person.view.mark_clicked.emit([attribution.content_id])
    lifted = person.view.layer.emphasis
    assert lifted.selected == {attribution.content_id}
    assert lifted.linked & {m.id for m in data.mentions_of(attribution.source_id)}


# -- panes, themes, languages -----------------------------------------------------------------


def test_panels_fold_before_the_library_and_the_text_never(window, qtbot):
    workspace = window.workspace
    window.resize(1000, 700)
    assert workspace.panels.isHidden()
    assert not workspace.library.isHidden()
    window.resize(640, 600)
    assert workspace.library.isHidden()
    assert workspace.pane.isVisible()
    window.resize(1440, 900)
    assert workspace.panels.isVisible()
    assert workspace.library.isVisible()


def test_panes_are_hidden_and_shown_by_key(window, person):
    person.view.setFocus()
    person.press(K.Key_L, CTRL | SHIFT)
    assert window.workspace.library.isHidden()
    assert not window.actions_by_id.by_id["view.library"].isChecked()
    person.press(K.Key_L, CTRL | SHIFT)
    assert window.workspace.library.isVisible()


def test_the_theme_reaches_every_part(window, person):
    person.view.setFocus()
    person.press(K.Key_T, CTRL | SHIFT)
    dark = load_theme("dark")
    assert person.view.colours.paper == dark.paper
    assert QApplication.palette().window().color() == dark.panel
    assert window.workspace.library._delegate.theme.is_dark
    person.press(K.Key_T, CTRL | SHIFT)
    assert not window.theme.is_dark


def test_zoom_is_said_and_remembered(window, person):
    person.view.setFocus()
    person.press(K.Key_Plus, CTRL)
    assert person.view.zoom > 1
    assert window.status_line._zoom.text() == f"{round(100 * person.view.zoom)}%"
    assert float(window.settings.state("zoom")) == person.view.zoom
    person.press(K.Key_0, CTRL)
    assert person.view.zoom == 1


def test_another_language_is_spoken_at_once(window, qtbot, person):
    article_id = person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    window.settings.set("language", "fr")
    with qtbot.waitSignal(window.filled, timeout=20_000):
        window.retranslate()
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.desk.article_id == article_id
    assert "affirmation" in window.top.undo.accessibleName()
    assert window.actions_by_id.by_id["mark.quote"].text() == "Marquer comme citation"
    person.view.setFocus()
    person.press(K.Key_Z, CTRL)
    assert "Annulé" in window.status_line.said()


def test_undo_reaches_another_article_and_shows_it(window, person):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    (claim,) = person.selected()
    person.press(K.Key_Delete)
    person.open("barrage")
    person.view.setFocus()
    person.press(K.Key_Z, CTRL)
    assert window.desk.article_id == claim.article_id
    assert person.selected() == [claim]


def test_undo_survives_a_restart(window, person, project, qtbot):
    person.open("Hospital")
    person.select("knew for nine days")
    person.press(K.Key_C)
    article_id = window.desk.article_id
    window.close_session()
    with qtbot.waitSignal(window.filled, timeout=20_000):
        window.open_session(open_session(project))
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.desk.article_id == article_id
    person.view.setFocus()
    count = len(window.desk.data.claims)
    person.press(K.Key_Z, CTRL)
    assert len(window.desk.data.claims) == count - 1


def test_where_one_reads_is_said(window, person):
    person.open("Hospital")
    person.put_caret("knew for nine days")
    assert window.status_line._place.text().startswith("¶ 1, word")


def test_what_the_article_rests_on_is_said(window, person, qtbot):
    person.open("Hospital")
    qtbot.waitUntil(lambda: "Distinct sources" in window.status_line._facts.text())
    assert "named" in window.status_line._facts.text()


def test_hostile_words_stay_words(window, person):
    """Names that look like markup reach buttons, tooltips and lists as they are."""
    name = "<img src=file:///etc/passwd><b>x</b>"
    window.desk.run(add_actor, name)
    assert name[:20] in window.top.undo.accessibleName()
    assert "<img" not in window.top.undo.toolTip()


# -- reports ----------------------------------------------------------------------------------


def test_the_report_is_seen_before_it_leaves_and_written(
    window, person, qtbot, monkeypatch, tmp_path
):
    out = tmp_path / "audit.html"
    monkeypatch.setattr(ask, "file_to_write", lambda *_: out)
    person.open("Hospital")
    person.view.setFocus()
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        person.press(K.Key_P, CTRL)
    sheet = window.controller("reports")._sheet
    qtbot.waitUntil(lambda: sheet.pages.page_count() >= 1, timeout=60_000)
    sheet.format.setCurrentIndex(sheet.format.findData("html"))
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        sheet.write.click()
    assert "Hospital kept water warning" in out.read_text("utf-8")
    assert "audit.html" in window.status_line.said()
    person.press(K.Key_Escape)
    assert window.controller("reports")._sheet is None


def test_every_kind_of_report_is_drawn_or_refused_in_words(window, person, qtbot):
    person.open("Hospital")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.actions_by_id.by_id["report.export"].trigger()
    sheet = window.controller("reports")._sheet
    for number in range(sheet.kind.count()):
        sheet.kind.setCurrentIndex(number)
        with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
            sheet.draw()
        refused = [w.text() for w in sheet.pages.findChildren(QLabel) if w.text()]
        assert sheet.pages.page_count() or refused
        assert not any("{" in words for words in refused)
    sheet.close_card()


def test_a_refused_file_is_said_and_nothing_is_lost(window, person, qtbot, tmp_path):
    person.open("Hospital")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.actions_by_id.by_id["report.preview"].trigger()
    sheet = window.controller("reports")._sheet
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        sheet.write_to(tmp_path / "nowhere" / "audit.html")
    assert "nowhere" in sheet.losses.text()
    sheet.close_card()


def test_the_plot_gets_the_whole_window_and_goes_back(window, person):
    person.view.setFocus()
    person.press(K.Key_F9)
    assert window.workspace.is_plot_large()
    assert window.workspace.panels.plot.isVisible()
    person.press(K.Key_F9)
    assert not window.workspace.is_plot_large()
    assert person.view.isVisible()


def test_words_asked_for_come_into_view_even_from_the_large_plot(window, person):
    person.open("Hospital")
    person.view.setFocus()
    person.press(K.Key_F9)
    window.desk.reveal(window.desk.data.claims[0].spans[0])
    assert not window.workspace.is_plot_large()


def test_selected_articles_are_reviewed_together(window, person):
    library = window.workspace.library
    library.list.setFocus()
    person.press(K.Key_A, CTRL)
    window.actions_by_id.by_id["articles.reviewed"].trigger()
    assert all(library.model.row_at(n).reviewed for n in range(library.model.rowCount()))
    window.actions_by_id.by_id["articles.reviewed"].trigger()
    assert not any(library.model.row_at(n).reviewed for n in range(library.model.rowCount()))


# -- pictures ---------------------------------------------------------------------------------


@pytest.mark.pixels
def test_a_picture_of_the_window_leaves_the_project_alone(project, tmp_path, qapp):
    before = project.read_bytes()
    out = tmp_path / "window.png"
    take(project, out, theme="dark", lang="fr", panel="claims", size=(1200, 760), scale=2.0)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (2400, 1520)
    dark = load_theme("dark")
    assert image.pixelColor(image.width() // 2, image.height() - 4) == dark.panel
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("what", "message"),
    [({"article": "nope"}, "article-unknown"), ({"panel": "nope"}, "panel-unknown")],
)
def test_a_picture_of_nothing_is_refused(project, tmp_path, qapp, what, message):
    with pytest.raises(UserError) as refused:
        take(project, tmp_path / "window.png", **what)
    assert refused.value.message_id == message
