"""Sentences that stay until they are dealt with, under the top line: no message boxes.

Also the place where long work shows how far it is and can be stopped, and where the files that
could not be read are listed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.parts import flat_button, hairline, plain_label, row
from annotator.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from annotator.gui.qt_jobs import JobHandle

#: Work that ends sooner than this is never shown.
_PATIENCE_MS = 500
_LIST_HEIGHT_PX = 132
#: Lines of a list made at once (what its height shows), and then so many at a time.
_LINES_SEEN, _LINES_A_TURN, _LINES_EVERY_MS = 6, 4, 16
#: From here on time left is told in minutes.
_LONG_S, _MINUTE_S = 90, 60
#: A pace is believed after so many pieces, or so many seconds.
_SURE, _SURE_S = 10, 15


@dataclass(frozen=True, slots=True)
class Choice:
    """Offer one thing to do about a sentence."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Line:
    """Be one row of a result list: what, why, and what can be done about it."""

    name: str
    text: str
    choice: Choice | None = None


class Notice(QFrame):
    """Show one sentence with its choices, and below it what it is about."""

    dismissed = Signal()

    def __init__(
        self,
        sentence: str,
        choices: Sequence[Choice],
        lines: Sequence[Line],
        *,
        is_warning: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        label = plain_label(sentence, role="warning" if is_warning else "")
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._sentence = label
        buttons = [self._button(choice) for choice in choices]
        close = flat_button("×", name=tr("window.close_notice"), role="second")
        close.clicked.connect(self.dismiss)
        column.addLayout(row(label, *buttons, close, margins=(14, 5, 8, 5), spacing=8))
        if lines:
            column.addWidget(self._list(lines))
        column.addWidget(hairline())

    def sentence(self) -> str:
        """Return what is said."""
        return self._sentence.text()

    def dismiss(self) -> None:
        """Take the notice away."""
        self.dismissed.emit()
        self.hide()
        self.deleteLater()

    def _button(self, choice: Choice) -> QWidget:
        button = flat_button(choice.text, role="link")
        button.clicked.connect(choice.do)
        button.clicked.connect(self.dismiss)
        return button

    def _list(self, lines: Sequence[Line]) -> QWidget:
        return _Lines(lines)


class _Lines(QScrollArea):
    """Be as high as the lines are, up to a limit; more of them scroll.

    Those that are seen are there at once, the others a few a turn of the event loop: the widgets
    of one line take a millisecond.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._inside = QWidget()
        self._grid = grid = QGridLayout(self._inside)
        grid.setContentsMargins(14, 0, 14, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._lines = tuple(lines)
        self._made = 0
        self._more = QTimer(self, interval=_LINES_EVERY_MS)
        self._more.timeout.connect(self._make_some)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(tr("window.result_list"))
        self._make_some(_LINES_SEEN)
        self._more.start()

    def _make_some(self, count: int = _LINES_A_TURN) -> None:
        for line in self._lines[self._made : self._made + count]:
            self._make(line)
            self._made += 1
        if self._made == len(self._lines):
            self._grid.setRowStretch(self._made, 1)
            self._more.stop()
        self._take_height()

    def _make(self, line: Line) -> None:
        name = plain_label(line.name, role="strong")
        reason = plain_label(line.text, role="second")
        reason.setWordWrap(True)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, self._made, 0, top)
        self._grid.addWidget(reason, self._made, 1, top)
        if line.choice is not None:
            button = flat_button(line.choice.text, role="link")
            button.clicked.connect(line.choice.do)
            self._grid.addWidget(button, self._made, 2, top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give wrapped lines their height."""
        super().resizeEvent(event)
        self._take_height()

    def _take_height(self) -> None:
        wanted = self._inside.heightForWidth(self.viewport().width())
        self.setFixedHeight(min(_LIST_HEIGHT_PX, max(wanted, 24)))


class Progress(QFrame):
    """Show how far a job is, how fast, and for how long yet; pause it and stop it."""

    def __init__(self, handle: JobHandle) -> None:
        super().__init__()
        self._handle = handle
        self._clock = Pace()
        self.setProperty("role", "panel")
        self._title = handle.title
        self._label = plain_label(handle.title)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(handle.title)
        stop = flat_button(tr("window.stop"), role="link")
        stop.clicked.connect(handle.cancel)
        stop.clicked.connect(self.deleteLater)
        self.pause = flat_button(tr("window.pause"), role="link")
        self.pause.clicked.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        widgets = (self._label, self._bar, *((self.pause,) if handle.can_pause else ()), stop, None)
        column.addLayout(row(*widgets, margins=(14, 5, 8, 5), spacing=12))
        column.addWidget(hairline())
        handle.progressed.connect(self._on_progressed)
        self.hide()

    def _on_progressed(self, done: int, total: int, message_id: str) -> None:
        if not total:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = tr(f"jobs.{message_id}") if message_id else self._title
        parts = [f"{words} {done}/{total}"]
        rate, left = self._clock.step(done, total)
        if rate >= 1:
            parts.append(tr("window.rate", rate=round(rate)))
        if left >= _LONG_S:
            parts.append(tr("window.time_left_min", minutes=round(left / _MINUTE_S)))
        elif left >= 1:
            parts.append(tr("window.time_left_s", seconds=round(left)))
        self._label.setText(" · ".join(parts))

    def _turn(self) -> None:
        """Pause, or go on."""
        paused = not self._handle.is_paused
        self._handle.pause(paused=paused)
        self._clock = Pace()
        self.pause.setText(tr("window.resume" if paused else "window.pause"))
        if paused:
            self._label.setText(f"{self._title} {tr('window.paused')}")


class Pace:
    """Reckon how fast work goes, from where it was first looked at."""

    def __init__(self) -> None:
        self._began = 0.0
        self._first = -1

    def step(self, done: int, total: int) -> tuple[float, float]:
        """Return the pieces a second and the seconds left, 0 where it is too soon to say."""
        now = time.monotonic()
        if self._first < 0 or done < self._first:
            self._began, self._first = now, done
        spent, made = now - self._began, done - self._first
        # The first pieces wait for the readers to start, and one of them may be a hard one.
        if spent < 1 or made < 1 or (made < _SURE and spent < _SURE_S):
            return 0.0, 0.0
        rate = made / spent
        return rate, (total - done) / rate


class Banner(QWidget):
    """Stack the notices and the running work; takes no room when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._by_key: dict[str, Notice] = {}

    def show_notice(
        self,
        sentence: str,
        *,
        key: str = "",
        choices: Sequence[Choice] = (),
        lines: Sequence[Line] = (),
        is_warning: bool = False,
    ) -> Notice:
        """Say something; a later notice with the same key takes its place."""
        self.take_back(key)
        notice = Notice(sentence, choices, lines, is_warning=is_warning)
        self._by_key[key] = notice
        notice.dismissed.connect(lambda: self._forget(key, notice))
        self._column.addWidget(notice)
        return notice

    def take_back(self, key: str) -> None:
        """Remove the notice of a key, if there is one."""
        notice = self._by_key.pop(key, None)
        if notice is not None:
            notice.dismiss()

    def notices(self) -> list[str]:
        """Return what is being said, for tests and screen readers."""
        return [notice.sentence() for notice in self._by_key.values()]

    def _forget(self, key: str, notice: Notice) -> None:
        if self._by_key.get(key) is notice:
            del self._by_key[key]

    def follow(self, handle: JobHandle) -> None:
        """Show a titled job if it takes longer than a moment."""
        if not handle.title:
            return
        progress = Progress(handle)
        self._column.addWidget(progress)
        patience = QTimer(progress)
        patience.setSingleShot(True)
        patience.timeout.connect(progress.show)
        patience.start(_PATIENCE_MS)
        handle.ended.connect(progress.deleteLater)
