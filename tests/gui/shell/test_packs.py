"""Language packs in the window: installed by a file, asked about, removed; nothing is fetched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.app.packs import shelf
from annotator.app.packs.installing import digest, install
from annotator.app.packs.reading import has_spacy
from annotator.gui.dialogs import ask
from annotator.gui.dialogs.packs_sheet import PacksSheet
from annotator.gui.dialogs.settings_sheet import SettingsSheet
from annotator.gui.parts import flat_button
from helpers.packs import members, tiny_model, wheel

pytestmark = pytest.mark.gui

ID = "fr_try_news_sm-1.2.3"


@pytest.fixture
def sheet(window):
    window.actions_by_id.by_id["packs"].trigger()
    found = window.findChild(PacksSheet)
    assert found is not None
    return found


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Let the person choose a file with these bytes."""

    def chosen(data: bytes) -> None:
        path = tmp_path / "try.whl"
        path.write_bytes(data)
        monkeypatch.setattr(ask, "pack_to_install", lambda _parent: path)

    return chosen


def _press(sheet, qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sheet._job is None, timeout=30_000)


def test_every_known_pack_is_listed_and_can_be_fetched(sheet):
    assert set(sheet.buttons) == {pack.id for pack in shelf.known()}
    names = {button.accessibleName() for button in sheet.buttons.values()}
    assert len(names) == len(sheet.buttons)


def test_fetching_asks_first_and_no_is_the_answer_at_hand(sheet, qtbot):
    pack = shelf.known()[0]
    qtbot.mouseClick(sheet.buttons[pack.id], Qt.MouseButton.LeftButton)
    assert "github.com" in sheet.told.text()
    assert pack.id in sheet.told.text()
    assert sheet.no.hasFocus()
    qtbot.keyClick(sheet.no, Qt.Key.Key_Space)
    assert sheet.told.isHidden()
    assert sheet.yes.isHidden()
    assert sheet._job is None


def test_a_pack_nobody_knows_is_installed_after_its_digest_was_shown(sheet, choose, qtbot):
    choose(wheel())
    _press(sheet, qtbot, sheet.file)
    assert "SHA-256" in sheet.told.text()
    assert shelf.installed() == ()
    assert sheet.no.hasFocus()
    _press(sheet, qtbot, sheet.yes)
    assert [pack.id for pack in shelf.installed()] == [ID]
    assert ID in sheet.told.text()
    assert ID in sheet.buttons
    qtbot.mouseClick(sheet.buttons[ID], Qt.MouseButton.LeftButton)
    assert shelf.installed() == ()
    assert ID not in sheet.buttons


def test_what_is_no_pack_is_a_sentence(sheet, choose, qtbot):
    choose(wheel(members(name="core_news_md", version="3.8.0")))
    _press(sheet, qtbot, sheet.file)
    assert "not the official file" in sheet.told.text()
    assert shelf.installed() == ()
    assert sheet.yes.isHidden()


def test_closing_gives_up_what_is_being_installed(window, sheet, choose, qtbot):
    choose(wheel())
    sheet.file.click()
    sheet.close_card()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=30_000)
    assert shelf.installed() == ()
    assert not list(shelf.packs_folder().glob(".new-*"))


def test_the_settings_lead_to_the_packs(window, qtbot):
    window.actions_by_id.by_id["settings"].trigger()
    sheet = window.findChild(SettingsSheet)
    links = [b for b in sheet.findChildren(type(flat_button(""))) if "Language" in b.text()]
    assert len(links) == 1
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert window.findChild(PacksSheet) is not None


def test_a_pack_that_cannot_be_read_costs_no_proposal(window, choose, qtbot, tmp_path):
    """The engine's own proposals come, and one sentence says what is the matter."""
    said: list[str] = []
    window.desk.said.connect(said.append)
    window.settings.set("suggestions", "more")
    window.actions_by_id.by_id["packs"].trigger()
    sheet = window.findChild(PacksSheet)
    choose(wheel())
    _press(sheet, qtbot, sheet.file)
    _press(sheet, qtbot, sheet.yes)
    sheet.close_card()
    story = tmp_path / "story.txt"
    story.write_text("« Personne ne le sait », a dit Irène Castel, maire.\n", encoding="utf-8")
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.imports.import_things([story])
    window.actions_by_id.by_id["propose.article"].trigger()
    qtbot.waitUntil(lambda: bool(window.workspace.proposals.waiting()), timeout=60_000)
    qtbot.waitUntil(lambda: any("anguage pack" in words for words in said), timeout=60_000)
    assert window.workspace.proposals.waiting()


@pytest.mark.skipif(not has_spacy(), reason="spaCy is not installed (make packs)")
def test_a_pack_s_names_come_after_the_engine_s_own(window, qtbot, tmp_path):
    data = tiny_model(tmp_path / "model")
    install(data, "tiny", trusted=digest(data))
    window.settings.set("suggestions", "more")
    story = tmp_path / "story.txt"
    text = "« Personne ne le sait », a dit Irène Castel, maire.\n\nHier Ankyloxe a parlé.\n"
    story.write_text(text, encoding="utf-8")
    seen: list[list[str]] = []
    proposals = window.workspace.proposals
    proposals.changed.connect(lambda: seen.append([s.rule for s in proposals.waiting()]))
    with qtbot.waitSignal(window.jobs.idle, timeout=60_000):
        window.imports.import_things([story])
    window.actions_by_id.by_id["propose.article"].trigger()
    found = lambda: [s for s in proposals.waiting() if s.rule == "pack"]  # noqa: E731
    qtbot.waitUntil(lambda: bool(found()), timeout=60_000)
    assert [s.quotation for s in found()] == ["Ankyloxe"]
    first = next(rules for rules in seen if rules)
    assert "pack" not in first
    # Read again, the names stay in view from the first moment.
    seen.clear()
    proposals.ask()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=60_000)
    assert all("pack" in rules for rules in seen)
    assert [s.quotation for s in found()] == ["Ankyloxe"]
