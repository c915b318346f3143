"""The plot in the window: what is seen, clicked, dragged, read and written."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.analysis.comention import Unit
from annotator.app.commands.actors import rename_actor
from annotator.app.commands.marks import delete_marks
from annotator.gui.dialogs import ask
from annotator.gui.theme import load_theme
from annotator.model.annotations import Actor, Mention
from annotator.model.changes import ChangeSet, update
from gui.article import pointer

pytestmark = pytest.mark.gui


def at(canvas, number):
    x, y = canvas.view().to_px(canvas.scene_data.places[number]).tolist()
    return QPoint(round(x), round(y))


def number_of(plot, name):
    return plot.data.names.index(name)


def drag(qtbot, canvas, start, end):
    port = canvas.viewport()
    pointer.hover(canvas, start)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.2, 0.4, 0.6, 0.8, 1.0):
        pointer.move(canvas, start + (end - start) * part)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def click(qtbot, canvas, point):
    qtbot.mouseMove(canvas.viewport(), point)
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)


def wait_for_passages(qtbot, plot):
    qtbot.waitUntil(lambda: plot.passages.model.rowCount() > 0, timeout=10_000)


def test_it_shows_the_actors_of_the_project(plot):
    assert len(plot.data.names) == len(set(plot.data.names)) > 10
    assert plot.stack.currentWidget() is plot.canvas
    assert "6" in plot.caption.text()
    assert plot.canvas.scene_data.weight.sum() > 0


def test_the_small_form_has_only_the_graph(show):
    small = show((380, 260))
    assert not small.is_large
    assert small.filter_row().isHidden()
    assert all(button.isHidden() for button in small.view_buttons.values())
    assert small.canvas.isVisible()


def test_a_click_on_an_actor_shows_its_sentences_and_selects_it(qtbot, plot):
    number = number_of(plot, "Hydrolac")
    click(qtbot, plot.canvas, at(plot.canvas, number))
    wait_for_passages(qtbot, plot)
    assert plot.canvas.chosen == number
    assert plot.desk.selection.ids == (plot.data.shown.actor_ids[number],)
    assert plot.passages.isVisible()
    assert plot.passages.model.rowCount() == plot.data.shown.mentions[number]
    assert all("\x02" in row.text for row in plot.passages.model.rows)


def test_a_click_on_a_line_shows_the_sentences_of_both(qtbot, plot):
    scene = plot.canvas.scene_data
    pair = len(scene.first) - 1
    middle = (scene.places[scene.first[pair]] + scene.places[scene.second[pair]]) / 2
    x, y = plot.canvas.view().to_px(middle).tolist()
    click(qtbot, plot.canvas, QPoint(round(x), round(y)))
    wait_for_passages(qtbot, plot)
    assert plot.canvas.chosen_pair == pair
    assert plot.passages.model.rowCount() == scene.weight[pair]
    names = [plot.data.names[i] for i in (scene.first[pair], scene.second[pair])]
    assert all(name in plot.passages.title.text() for name in names)


def test_a_double_click_on_a_sentence_opens_the_article_there(qtbot, plot):
    revealed = []
    plot.desk.reveal_asked.connect(revealed.append)
    click(qtbot, plot.canvas, at(plot.canvas, number_of(plot, "Hydrolac")))
    wait_for_passages(qtbot, plot)
    passage = plot.passages.model.rows[0]
    plot.passages.list.activated.emit(plot.passages.model.index(0))
    assert plot.desk.article_id == passage.article_id
    assert revealed == [passage.at]


def test_a_double_click_on_an_actor_opens_its_newest_sentence(qtbot, plot):
    point = at(plot.canvas, number_of(plot, "Hydrolac"))
    qtbot.mouseMove(plot.canvas.viewport(), point)
    qtbot.mouseDClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseRelease(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: bool(plot.desk.article_id), timeout=10_000)


def test_hovering_lifts_the_neighbours_and_says_who_it_is(plot):
    number = number_of(plot, "Corvania")
    pointer.hover(plot.canvas, at(plot.canvas, number))
    lifted, pairs = plot.canvas.lifted()
    assert lifted[0] == number
    assert len(lifted) == len(pairs) + 1 == len(plot.canvas.scene_data.near[number]) + 1
    assert "Corvania" in plot.told.text()
    pointer.hover(plot.canvas, QPoint(2, 2))
    assert plot.canvas.lifted() == ([], [])
    assert plot.told.isHidden()


def test_dragging_an_actor_moves_it_for_good(qtbot, plot, show, settled):
    canvas, number = plot.canvas, number_of(plot, "Hydrolac")
    start = at(canvas, number)
    drag(qtbot, canvas, start, start + QPoint(60, 30))
    moved = at(canvas, number)
    assert (moved - start - QPoint(60, 30)).manhattanLength() <= 3
    place = canvas.scene_data.places[number].tolist()
    settled(plot, plot.ask)
    assert plot.canvas.scene_data.places[number].tolist() == pytest.approx(place, abs=1e-3)
    again = show()
    assert again.canvas.scene_data.places[number].tolist() == pytest.approx(place, abs=1e-3)
    settled(again, again.lay_out_anew)
    assert again.canvas.scene_data.places[number].tolist() != pytest.approx(place, abs=1e-3)


def test_the_background_pans_and_the_wheel_zooms(qtbot, plot):
    canvas = plot.canvas
    before = canvas.view()
    drag(qtbot, canvas, QPoint(5, 5), QPoint(105, 55))
    panned = canvas.view()
    assert panned.scale == pytest.approx(before.scale)
    assert panned.dx - before.dx > 50
    pointer.wheel(canvas, 2)
    assert canvas.view().scale > 1.05 * before.scale
    canvas.fit()
    assert canvas.view().scale == pytest.approx(before.scale, rel=1e-6)


def test_the_keyboard_walks_from_actor_to_actor(qtbot, plot):
    canvas = plot.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    heaviest = int(canvas.scene_data.by_weight[0])
    assert canvas.focused == heaviest
    assert plot.data.names[heaviest] in canvas.accessibleDescription()
    before = canvas.scene_data.places[canvas.focused]
    for key, axis, sign in ((Qt.Key.Key_Right, 0, 1), (Qt.Key.Key_Up, 1, -1)):
        qtbot.keyClick(canvas, key)
        after = canvas.scene_data.places[canvas.focused]
        assert canvas.focused == heaviest or (after - before)[axis] * sign >= 0
        before = after
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    wait_for_passages(qtbot, plot)
    assert canvas.chosen == canvas.focused


def test_the_unit_changes_what_counts(plot, settled):
    fewer = plot.data.shown.weight.sum()
    settled(plot, lambda: plot.filter_row().choose(unit="article"))
    assert plot.data.query.unit is Unit.ARTICLE
    assert len(plot.data.shown.first) > 0
    assert plot.data.shown.weight.sum() > fewer


def test_the_slider_drops_light_pairs_and_places_stay(plot, settled):
    before = dict(zip(plot.data.shown.actor_ids, plot.data.positions.tolist(), strict=True))
    settled(plot, lambda: plot.filter_row().least.setValue(1))
    assert plot.data.query.least == 2
    assert plot.data.shown.weight.min() >= 2
    alone = plot.data.shown.isolated
    for number, actor_id in enumerate(plot.data.shown.actor_ids):
        if not alone[number]:
            assert plot.data.positions[number].tolist() == before[actor_id]


def test_outlet_date_and_scope_narrow_the_selection(plot, settled):
    filters = plot.filter_row()
    everybody = set(plot.data.shown.actor_ids)
    assert filters.outlet.count() > 2
    filters.outlet.setCurrentIndex(1)
    settled(plot, filters.changed.emit)
    assert set(plot.data.shown.actor_ids) < everybody
    filters.outlet.setCurrentIndex(0)
    filters.since.setText("2031-03-15")
    settled(plot, filters.changed.emit)
    assert set(plot.data.shown.actor_ids) < everybody
    filters.since.setText("2099")
    settled(plot, filters.changed.emit)
    assert plot.stack.currentWidget() is plot.words
    filters.since.setText("")
    plot.desk.open_article(plot.data.places.article_ids[0] if plot.data.places.article_ids else
                           plot.desk.session.project.find(Mention)[0].article_id)  # fmt: skip
    settled(plot, lambda: filters.choose(scope="article"))
    assert 0 < len(plot.data.shown.actor_ids) < len(everybody)


def test_what_is_no_date_filters_nothing_and_is_said(qtbot, plot):
    line = plot.filter_row().since
    qtbot.keyClicks(line, "hier")
    assert line.toolTip()
    assert plot.query().since is None


def test_a_change_shows_by_itself(plot, settled):
    session = plot.desk.session
    actor_id = plot.data.shown.actor_ids[number_of(plot, "Hydrolac")]
    settled(plot, lambda: rename_actor(session, session.get(Actor, actor_id), "Hydro <b>Lac</b>"))
    assert "Hydro <b>Lac</b>" in plot.data.names
    marks = session.project.find(Mention, actor_id=actor_id)
    settled(plot, lambda: delete_marks(session, marks))
    assert actor_id not in plot.data.shown.actor_ids
    settled(plot, session.undo)
    assert actor_id in plot.data.shown.actor_ids


def test_nobody_marked_is_said_in_words(show, desk):
    delete_marks(desk.session, desk.session.project.find(Mention))
    empty = show()
    assert empty.stack.currentWidget() is empty.words
    assert empty.words.text()
    assert empty.ways() == []


def test_an_actor_selected_elsewhere_is_shown(plot):
    number = number_of(plot, "Ostrelia")
    plot.desk.select((plot.data.shown.actor_ids[number],), origin="actors")
    assert plot.canvas.chosen == number
    plot.desk.select((), origin="actors")
    assert plot.canvas.chosen == -1


def test_matrix_and_table_have_the_same_numbers(plot):
    shown = plot.data.shown
    plot.view_buttons["matrix"].click()
    assert plot.stack.currentWidget() is plot.matrix
    place = {actor: i for i, actor in enumerate(plot.matrix.order)}
    for a, b, weight in zip(shown.first, shown.second, shown.weight, strict=True):
        assert plot.matrix.weights[place[int(a)], place[int(b)]] == weight
    assert (plot.matrix.weights == plot.matrix.weights.T).all()
    assert plot.matrix.weights.sum() == 2 * shown.weight.sum()
    plot.view_buttons["table"].click()
    table = plot.table.pairs
    assert table.rowCount() == len(shown.first) + int(shown.isolated.sum())
    weights = [int(table.index(i, 2).data()) for i in range(len(shown.first))]
    assert weights == sorted(shown.weight.tolist(), reverse=True)
    table.sort(0, Qt.SortOrder.AscendingOrder)
    names = [table.index(i, 0).data().casefold() for i in range(table.rowCount())]
    assert names[0] == min(names)


def test_cells_and_rows_lead_to_the_sentences(qtbot, plot):
    plot.show_view("matrix")
    matrix = plot.matrix
    row, column = np.argwhere(np.triu(matrix.weights, 1) > 0)[0].tolist()
    x = matrix._left + 18 * column + 9
    y = matrix._top + 18 * row + 9
    assert matrix.cell_at(x, y) == (row, column)
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    wait_for_passages(qtbot, plot)
    assert plot.passages.model.rowCount() == matrix.weights[row, column]
    plot.show_view("table")
    plot.table.selectRow(0)
    wait_for_passages(qtbot, plot)
    assert plot.passages.model.rowCount() == int(plot.table.pairs.index(0, 2).data())


def test_both_themes_and_both_sizes_paint(plot):
    for name in ("dark", "light"):
        theme = load_theme(name)
        plot.desk.set_theme(theme)
        image = plot.canvas.grab().toImage()
        assert image.pixelColor(1, 1) == theme.paper
        colours = {image.pixel(at(plot.canvas, i)) for i in range(len(plot.data.names))}
        assert len(colours) > 2


# -- files --------------------------------------------------------------------------------------


@pytest.fixture
def written(plot, tmp_path, monkeypatch, qtbot):
    """Write the plot in one way and return the file."""

    def write(way_id):
        way = next(way for way in plot.ways() if way.id == way_id)
        path = tmp_path / f"out{way.suffix}"
        monkeypatch.setattr(ask, "file_to_write", lambda *_: path)
        said = []
        plot.desk.said.connect(said.append)
        plot.export(way)
        qtbot.waitUntil(lambda: bool(said))
        assert path.name in said[-1]
        return path

    return write


def test_pictures_are_what_is_seen_at_one_and_two_pixels(plot, written):
    small, large = (QImage(str(written(way))) for way in ("picture", "picture2"))
    assert small.size() == plot.canvas.size()
    assert large.size() == 2 * plot.canvas.size()
    seen = plot.canvas.grab().toImage()
    number = number_of(plot, "Corvania")
    point = at(plot.canvas, number)
    assert small.pixel(point) == seen.pixel(point)
    assert large.pixel(2 * point) == seen.pixel(point)


def test_the_drawing_has_every_actor_pair_and_name(plot, written):
    session = plot.desk.session
    tree = ET.parse(written("svg"))
    space = {"s": "http://www.w3.org/2000/svg"}
    circles = tree.findall(".//s:circle", space)
    assert len(circles) == len(plot.data.names)
    titles = [t.text for t in tree.findall(".//s:circle/s:title", space)]
    assert {t.rsplit(" (", 1)[0] for t in titles} == set(plot.data.names)
    lines = sum(p.get("d").count("M") for p in tree.findall(".//s:path", space))
    assert lines == len(plot.data.shown.first)
    assert len(tree.findall(".//s:g/s:text", space)) == len(plot.canvas._placed)
    assert session.project.name not in written("svg").read_text("utf-8")


def test_graph_files_hold_what_is_drawn(plot, written):
    plot.desk.settings.set("redaction", "internal")
    shown = plot.data.shown
    plot.canvas.drag_node(0, 40.0, 40.0, is_over=True)
    gexf = nx.read_gexf(written("gexf"))
    assert set(gexf) == set(shown.actor_ids)
    assert gexf.number_of_edges() == len(shown.first)
    assert gexf.nodes[shown.actor_ids[0]]["viz"]["position"]["x"] == pytest.approx(40.0)
    assert nx.read_graphml(written("graphml")).number_of_nodes() == len(shown.actor_ids)
    text = written("graph-csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(int(row["co_mentions"]) for row in rows) == shown.weight.sum()
    data = json.loads(written("graph-json").read_text("utf-8"))
    assert sum(edge["weight"] for edge in data["edges"]) == shown.weight.sum()


def test_the_matrix_is_written_whole(plot, written):
    plot.show_view("matrix")
    image = QImage(str(written("picture")))
    assert image.width() == plot.matrix.whole_size()[0]


def test_a_name_that_only_the_desk_uses_stays_inside(plot, written, qtbot):
    session = plot.desk.session
    shown = set(plot.data.shown.actor_ids)
    actor = next(a for a in session.project.find(Actor) if a.id in shown)
    rename_actor(session, actor, "Mole in the ministry")
    qtbot.waitUntil(lambda: "Mole in the ministry" in plot.data.names)

    for way in ("svg", "gexf", "graph-csv", "graph-json", "pajek", "graphml"):
        data = written(way).read_bytes()
        assert b"Mole" not in data, way
        assert actor.id.encode() not in data, way
    plot.desk.settings.set("redaction", "internal")
    assert b"Mole in the ministry" in written("svg").read_bytes()


def test_a_file_that_cannot_be_written_is_said(plot, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(ask, "file_to_write", lambda *_: tmp_path / "missing" / "x.png")
    said = []
    plot.desk.said.connect(said.append)
    plot.export(plot.ways()[0])
    qtbot.waitUntil(lambda: bool(said))
    assert len(said) == 1
    assert said[0]


# -- for everybody ------------------------------------------------------------------------------


def test_everything_that_takes_the_keyboard_has_a_name(plot):
    for view in ("graph", "matrix", "table"):
        plot.show_view(view)
        for widget in plot.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                if isinstance(widget.parent(), QAbstractScrollArea):
                    continue
                name = widget.accessibleName() or getattr(widget, "text", str)()
                assert name, (view, widget)


HOSTILE = (
    '<img src="file:///etc/passwd">&lt;b>',
    "שם בעברית 123 (abc)",
    "👩‍🚒 É́quipe\u2028neuve\u0000",
    "N" * 3000,
    "\n\t ",
)


def test_hostile_names_are_only_words(plot, settled, written):
    session = plot.desk.session
    for number, name in enumerate(HOSTILE):
        actor_id = plot.data.shown.actor_ids[number]
        actor = session.get(Actor, actor_id)
        # What the verbs would refuse may still stand in a file from elsewhere.
        change = ChangeSet("rename-actor", (update(actor, replace(actor, name=name)),))
        settled(plot, lambda change=change: session.commit(change))
    for number in range(len(plot.data.names)):
        plot.canvas.focus_node(number)
        assert not plot.canvas.grab().isNull()
    for view in ("matrix", "table", "graph"):
        plot.show_view(view)
        assert not plot.grab().isNull()
    tree = ET.parse(written("svg"))
    assert not tree.findall(".//{http://www.w3.org/2000/svg}img")
    assert len(nx.read_gexf(written("gexf"))) == len(plot.data.names)
