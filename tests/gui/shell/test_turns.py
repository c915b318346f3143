"""Steps are taken one after the other, and the event loop turns between them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QTimer

from annotator.gui.turns import Turns

pytestmark = pytest.mark.gui


def test_other_timers_have_their_turn_between_the_steps(qtbot):
    owner, heard = QObject(), []
    ticks = QTimer(owner, interval=1)
    ticks.timeout.connect(lambda: heard.append("tick"))
    ticks.start()
    Turns([lambda: heard.append("one"), lambda: heard.append("two")], owner)
    assert heard == []
    qtbot.waitUntil(lambda: "two" in heard)
    assert "tick" in heard[heard.index("one") : heard.index("two")]


def test_no_step_is_taken_for_an_owner_that_is_gone(qtbot):
    owner, after, heard = QObject(), QObject(), []
    Turns([lambda: heard.append("one")], owner)
    owner.deleteLater()
    Turns([lambda: None, lambda: None, lambda: heard.append("after")], after)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["after"]
