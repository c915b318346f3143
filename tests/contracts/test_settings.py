"""The table of settings, and the sheet that is made from it."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from annotator.app.settings import SETTINGS, Settings
from annotator.gui.dialogs.settings_sheet import SettingsSheet
from annotator.i18n import LANGUAGES, tr


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


def _another(setting):
    """Return a value that is not the default."""
    if isinstance(setting.default, bool):
        return not setting.default
    if setting.choices:
        return next(choice for choice in setting.choices if choice != setting.default)
    if isinstance(setting.default, int):
        return int(setting.high)
    if isinstance(setting.default, float):
        return float(setting.high)
    return "Noto Serif"


def test_keys_are_unique():
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_labels_are_in_both_languages(setting, lang):
    ids = [f"settings.{setting.key}", f"settings.area.{setting.area}"]
    ids += [f"settings.{setting.key}.{choice}" for choice in setting.choices]
    assert [i for i in ids if tr(i, lang=lang) == i] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_the_default_is_a_value_it_can_have(setting):
    assert setting.clean(setting.default) == setting.default
    assert setting.clean(object()) == setting.default


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_value_survives_a_restart(setting, settings):
    settings.set(setting.key, _another(setting))
    assert Settings(settings.path).get(setting.key) == _another(setting)
    settings.set(setting.key, setting.default)
    assert setting.key not in json.loads(settings.path.read_text("utf-8"))["settings"]


def test_nothing_is_remembered_about_projects_by_default(settings):
    assert settings.flag("recent_list") is False


def test_the_sheet_has_a_control_for_each_setting(qtbot, settings):
    parent = QWidget()
    qtbot.addWidget(parent)
    changed = []
    sheet = SettingsSheet(settings, changed.append, parent)
    assert set(sheet.controls) == {setting.key for setting in SETTINGS}
    for setting in SETTINGS:
        control = sheet.controls[setting.key]
        assert control.accessibleName()
        _change(control, _another(setting))
        assert settings.get(setting.key) == _another(setting), setting.key
    assert set(changed) == {setting.key for setting in SETTINGS}


def _change(control, value):
    if isinstance(control, QCheckBox):
        control.click()
    elif isinstance(control, QSpinBox | QDoubleSpinBox):
        control.setValue(value)
    elif isinstance(control, QLineEdit):
        control.setText(value)
        control.editingFinished.emit()
    elif isinstance(control, QComboBox):
        number = control.findData(value)
        if number < 0:
            control.addItem(value, value)
            number = control.count() - 1
        control.setCurrentIndex(number)
        control.activated.emit(number)
