import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QWidget

from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.app.workflows import make_demo
from annotator.gui.desk import Desk
from annotator.gui.plots import make_docked_plot
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.store import Project

LARGE, SMALL = (1000, 700), (380, 260)


@pytest.fixture(autouse=True)
def _every_move():
    """Let pyqtgraph hear every move: it drops those that come faster than a hand moves."""
    pg.setConfigOption("mouseRateLimit", 0)


@pytest.fixture
def desk(qapp, tmp_path):
    """A desk on the sample project."""
    session = Session(Project.open(make_demo(tmp_path)), author="A. Tester")
    runner = JobRunner()
    yield Desk(session, Settings(tmp_path / "settings.json"), load_theme("light"), runner)
    runner.shut_down()
    qapp.sendPostedEvents(None, 0)
    session.close()


@pytest.fixture
def show(qtbot, desk):
    """Show a plot and wait for its first answer; by default in the large form."""
    shown = []

    def make(size=LARGE):
        plot = make_docked_plot(desk)
        # A window without a layout: the offscreen platform complains of size limits.
        host = QWidget()
        qtbot.addWidget(host)
        host.resize(*size)
        plot.setParent(host)
        plot.setGeometry(0, 0, *size)
        shown.append((host, plot))
        plot.show()
        with qtbot.waitSignal(plot.shown, timeout=20_000):
            host.show()
        host.activateWindow()
        qtbot.waitUntil(host.isActiveWindow)
        qtbot.waitUntil(lambda: not desk.jobs.is_busy)
        return plot

    yield make
    for host, plot in shown:
        plot.loader.stop()
        if plot.canvas is not None:
            plot.canvas.picture.forget()
            plot.canvas.rest()
        host.close()
    qtbot.waitUntil(lambda: not desk.jobs.is_busy)


@pytest.fixture
def plot(show):
    return show()


@pytest.fixture
def settled(qtbot, desk):
    """Do something and wait until the plot has answered."""

    def do(plot, act):
        with qtbot.waitSignal(plot.shown, timeout=20_000):
            act()
        qtbot.waitUntil(lambda: not desk.jobs.is_busy)

    return do
