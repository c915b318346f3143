"""The base of the inspector's lists: lines that are made anew only when they say something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from annotator import i18n
from annotator.gui.parts import flat_button
from annotator.gui.widgets.choices import QuietCombo
from annotator.gui.widgets.editors import FieldEditor
from annotator.gui.widgets.links import calling
from annotator.gui.widgets.plain import caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor

    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk


#: Who selected something, when a link of the inspector did.
FROM_INSPECTOR = "inspector"


class Section(QWidget):
    """Show something about one record that is more than a field of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.record: Any = None
        self._key: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    @property
    def data(self) -> ArticleData:
        """Return the open article."""
        data = self.desk.data
        assert data is not None, "a section is loaded only when an article is open"
        return data

    def dot(self, style_key: str) -> QColor:
        """Return the colour of a mark style, for the dot of a link."""
        return self.desk.theme.mark_style(style_key).colour

    def load(self, record: Any) -> None:
        """Show what there is to say about a record."""
        self.record = record
        key = (type(record), record.id, self.desk.theme.name, self.key(record))
        if key != self._key:
            self._key = key
            self.clear()
            self.fill(record)
        self.show_values(record)

    def key(self, record: Any) -> object:
        """Return what decides which lines there are; other lines are made only when it differs."""
        raise NotImplementedError

    def fill(self, record: Any) -> None:
        """Make the lines."""
        raise NotImplementedError

    def show_values(self, record: Any) -> None:
        """Put values into the lines that are there, so that no control is lost while in use."""

    @property
    def stored(self) -> Any:
        """Return the record as it is stored now; what is shown may be a moment behind."""
        found = self.desk.session.project.get(type(self.record), self.record.id)
        return self.record if found is None else found

    @property
    def is_worth_showing(self) -> bool:
        """Say whether there is anything in it (its heading goes with it)."""
        return True

    def clear(self) -> None:
        """Take the lines away."""
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                # A button whose click brought us here is still in use: delete later.
                widget.hide()
                widget.deleteLater()

    def flush(self) -> None:
        """Commit what is typed and not committed yet."""
        for editor in self.findChildren(FieldEditor):
            if not editor.isHidden():
                editor.flush()


class OfferBox(QuietCombo):
    """Offer records to link; the list is made when it opens. ``offer()`` gives (name, value)."""

    def __init__(
        self,
        words: str,
        offer: Callable[[], Sequence[tuple[str, object]]],
        take: Callable[[Any], object],
    ) -> None:
        super().__init__()
        self._offer, self._take = offer, take
        self.setAccessibleName(words)
        self.setPlaceholderText(words)
        self.set_unset(unset=True)
        self.setCurrentIndex(-1)
        self.activated.connect(self._on_activated)

    def fill(self) -> None:
        """Make the list."""
        self.clear()
        for name, value in self._offer():
            self.addItem(name, value)
        if self.count() == 0:
            self.addItem(i18n.tr("panels.offer.nothing"), None)
        self.setCurrentIndex(-1)

    def showPopup(self) -> None:
        """Open the list with what there is now."""
        self.fill()
        super().showPopup()

    def _on_activated(self, at: int) -> None:
        value = self.itemData(at)
        self.setCurrentIndex(-1)
        if value is not None:
            self._take(value)


def more_button(
    name: str, actions: Callable[[], Sequence[tuple[str, Callable[[], object]]]]
) -> QToolButton:
    """Make the ``⋯`` button of a line; its menu is made when it opens."""
    button = flat_button("⋯", name=name, tip=name, role="second")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.setAccessibleName(name)

    def refill() -> None:
        menu.clear()
        for words, act in actions():
            menu.addAction(caption(words)).triggered.connect(calling(act))

    menu.aboutToShow.connect(refill)
    button.setMenu(menu)
    return button
