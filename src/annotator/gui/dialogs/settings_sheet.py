"""The settings as a sheet over the window, made from the table of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.app.settings import SETTINGS, Setting
from annotator.gui.article import fonts
from annotator.gui.parts import Sheet, flat_button, plain_label, row
from annotator.i18n import has, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from annotator.app.settings import Settings

_FIELD_PX = 220
#: The style sheet's padding does not reach the field inside a spin box.
_NUMBER_MARGINS = (6, 0, 0, 0)


def reading_fonts() -> list[str]:
    """Return the families a person can read in: those that ship, then the system's."""
    system = [
        name
        for name in QFontDatabase.families()
        if QFontDatabase.isSmoothlyScalable(name) and not QFontDatabase.isPrivateFamily(name)
    ]
    shipped = [fonts.SERIF, fonts.SANS]
    return shipped + [name for name in system if not name.startswith(tuple(shipped))]


class SettingsSheet(Sheet):
    """Show every setting; a change is stored and applied at once, so there is no OK.

    Args:
        settings: where the values are.
        changed: is called with the key of a setting that was changed.
        parent: the window.
        links: what else belongs to an area: its words, and what opens it.
    """

    def __init__(
        self,
        settings: Settings,
        changed: Callable[[str], None],
        parent: QWidget,
        *,
        links: Mapping[str, tuple[str, Callable[[], None]]] | None = None,
    ) -> None:
        super().__init__(parent, size=QSize(620, 640))
        self._links = links or {}
        self._settings = settings
        self._changed = changed
        self.setAccessibleName(tr("actions.menu.settings"))
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("actions.menu.settings"), role="title")
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 8), spacing=8))
        self.controls: dict[str, QWidget] = {}
        inside = QWidget()
        inside.setLayout(self._column())
        area = QScrollArea()
        area.setAccessibleName(tr("actions.menu.settings"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.column.addWidget(area, 1)

    def open_card(self, focus: QWidget | None = None) -> None:
        """Open with the keyboard in the first setting."""
        super().open_card(focus or next(iter(self.controls.values())))

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(24, 0, 24, 24)
        column.setSpacing(4)
        for area in dict.fromkeys(setting.area for setting in SETTINGS):
            caption = plain_label(tr(f"settings.area.{area}").upper(), role="caption")
            caption.setContentsMargins(0, 12, 0, 4)
            column.addWidget(caption)
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(8)
            grid.setColumnStretch(0, 1)
            rows = [setting for setting in SETTINGS if setting.area == area]
            for line, setting in enumerate(rows):
                self._line(grid, 2 * line, setting)
            column.addLayout(grid)
            if area in self._links:
                words, do = self._links[area]
                link = flat_button(words, role="link")
                link.clicked.connect(lambda _checked=False, do=do: do())
                column.addLayout(row(link, None, margins=(0, 4, 0, 0), spacing=0))
        column.addStretch(1)
        return column

    def _line(self, grid: QGridLayout, line: int, setting: Setting) -> None:
        name = tr(f"settings.{setting.key}")
        label = plain_label(name)
        label.setWordWrap(True)
        control = self._control(setting)
        control.setAccessibleName(name)
        control.setObjectName(setting.key)
        if not isinstance(control, QCheckBox):
            control.setFixedWidth(_FIELD_PX)
        label.setBuddy(control)
        self.controls[setting.key] = control
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(label, line, 0, middle)
        grid.addWidget(control, line, 1, middle | Qt.AlignmentFlag.AlignLeft)
        help_id = f"settings.{setting.key}.help"
        if has(help_id):
            words = plain_label(tr(help_id), role="small")
            words.setWordWrap(True)
            control.setAccessibleDescription(tr(help_id))
            grid.addWidget(words, line + 1, 0, 1, 2)

    def _control(self, setting: Setting) -> QWidget:
        value = self._settings.get(setting.key)
        if isinstance(setting.default, bool):
            return self._check(setting.key, on=bool(value))
        if isinstance(setting.default, int):
            return self._whole(setting, int(value))
        if isinstance(setting.default, float):
            return self._fraction(setting, float(value))
        if setting.choices:
            pairs = [(tr(f"settings.{setting.key}.{c}"), c) for c in setting.choices]
            return self._choice(setting.key, pairs, str(value))
        if setting.key == "reading_font":
            return self._choice(setting.key, [(f, f) for f in reading_fonts()], str(value))
        field = QLineEdit(str(value))
        field.editingFinished.connect(lambda: self._set(setting.key, field.text().strip()))
        return field

    def _check(self, key: str, *, on: bool) -> QWidget:
        box = QCheckBox()
        box.setChecked(on)
        box.toggled.connect(lambda state: self._set(key, state))
        return box

    def _whole(self, setting: Setting, value: int) -> QWidget:
        field = QSpinBox()
        field.setRange(int(setting.low), int(setting.high))
        field.setValue(value)
        field.lineEdit().setTextMargins(*_NUMBER_MARGINS)
        field.valueChanged.connect(lambda number: self._set(setting.key, number))
        return field

    def _fraction(self, setting: Setting, value: float) -> QWidget:
        field = QDoubleSpinBox()
        field.setRange(setting.low, setting.high)
        field.setSingleStep(0.02)
        field.setValue(value)
        field.lineEdit().setTextMargins(*_NUMBER_MARGINS)
        field.valueChanged.connect(lambda number: self._set(setting.key, round(number, 2)))
        return field

    def _choice(self, key: str, pairs: list[tuple[str, str]], value: str) -> QWidget:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, choice in pairs:
            box.addItem(text, choice)
        box.setCurrentIndex(max(0, box.findData(value)))
        box.activated.connect(lambda: self._set(key, box.currentData()))
        return box

    def _set(self, key: str, value: object) -> None:
        if self._settings.get(key) != value:
            self._settings.set(key, value)  # type: ignore[arg-type]
            self._changed(key)
