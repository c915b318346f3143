"""The one line below: what is saved, where one reads, what the article rests on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.gui.parts import ElidedLabel, plain_label
from annotator.i18n import tr

HEIGHT_PX = 26
#: A sentence about what just happened stays this long.
_SAID_MS = 8000


class StatusLine(QWidget):
    """Show facts in words; a sentence that was just said takes the middle for a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("window.status_line"))
        self._saved = plain_label(role="small")
        self._place = plain_label(role="small")
        self._facts = ElidedLabel(role="small")
        self._said = ElidedLabel()
        self._article = plain_label(role="small")
        self._zoom = plain_label(role="small")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(18)
        for label in (self._saved, self._place, self._facts, self._said):
            line.addWidget(label)
        line.addStretch(1)
        line.addWidget(self._article)
        line.addWidget(self._zoom)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_SAID_MS)
        self._fading.timeout.connect(self.forget)
        self._said.hide()

    def say(self, sentence: str) -> None:
        """Say what just happened (or why not), for a while."""
        self._said.setText(sentence)
        self._said.setToolTip(sentence.replace("<", "&lt;"))
        self._said.setVisible(bool(sentence))
        self._facts.setVisible(not sentence)
        self._fading.start()

    def forget(self) -> None:
        """Stop saying it."""
        self._said.clear()
        self._said.hide()
        self._facts.show()

    def said(self) -> str:
        """Return the sentence that is being said."""
        return self._said.text()

    def show_saved(self, words: str) -> None:
        """Say whether everything is stored."""
        self._saved.setText(words)

    def show_place(self, paragraph: int | None, word: int | None) -> None:
        """Say where the caret is: paragraph and word, counted from 1."""
        known = paragraph is not None and word is not None
        self._place.setText(tr("window.place", paragraph=paragraph, word=word) if known else "")

    def show_facts(self, words: str) -> None:
        """Say what the article rests on: distinct sources, named share."""
        self._facts.setText(words)

    def show_article(self, words: str) -> None:
        """Say language, character set and length."""
        self._article.setText(words)

    def show_zoom(self, percent: int | None) -> None:
        """Say how large the text is."""
        self._zoom.setText("" if percent is None else tr("window.zoom", percent=percent))
