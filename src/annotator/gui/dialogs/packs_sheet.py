"""Language packs: which there are, fetch or install one, remove one. Nothing happens by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.app.packs.reading import has_spacy, spacy_missing
from annotator.app.packs.shelf import installed, known, pack_for, remove
from annotator.gui.dialogs import ask
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.i18n import explain, tr
from annotator.model.errors import AnnotatorError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLabel

    from annotator.app.jobs import Job, JobContext
    from annotator.app.packs.shelf import InstalledPack, KnownPack
    from annotator.gui.qt_jobs import JobHandle, JobRunner

_MARGIN = 24


class PacksSheet(Sheet):
    """Show the packs; what is asked and what came of it is said at the bottom.

    Args:
        jobs: runs fetching and unpacking.
        changed: is called after a pack was installed or removed.
        parent: the window.
    """

    def __init__(self, jobs: JobRunner, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, size=QSize(660, 640))
        self._jobs = jobs
        self._changed = changed
        self._job: JobHandle | None = None
        self.setAccessibleName(tr("packs.title"))
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("packs.title"), role="title")
        self.column.addLayout(row(title, None, close, margins=(_MARGIN, 16, 12, 4), spacing=8))
        self.column.addWidget(self._paragraph(tr("packs.effect")))
        self.column.addWidget(self._paragraph(tr("packs.needs")))
        if not has_spacy():
            needed = self._paragraph(explain(UserError(spacy_missing())))
            needed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.column.addWidget(needed)
        self.column.addSpacing(4)
        self.column.addWidget(hairline())
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(tr("packs.title"))
        self._area = area
        self.column.addWidget(area, 1)
        self.column.addWidget(hairline())
        self._build_foot()
        self.buttons: dict[str, QWidget] = {}
        self._refresh()

    def _paragraph(self, words: str) -> QLabel:
        label = plain_label(words, role="small")
        label.setWordWrap(True)
        label.setContentsMargins(_MARGIN, 0, _MARGIN, 4)
        return label

    def _build_foot(self) -> None:
        """Lay out what is said and asked, and the button that is always there."""
        self.told = plain_label(role="second")
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setContentsMargins(_MARGIN, 10, _MARGIN, 0)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.file = self._button("packs.file", self._choose_file)
        self.no = self._button("packs.fetch.no", self._say_nothing)
        self.yes = self._button("packs.fetch.yes", lambda: None)
        self.yes.setProperty("role", "default")
        self.stop = self._button("packs.cancel", self._stop)
        self.column.addWidget(self.told)
        foot = (self.file, None, self.bar, self.stop, self.no, self.yes)
        self.column.addLayout(row(*foot, margins=(_MARGIN, 10, _MARGIN, 14), spacing=8))
        self._say("")

    def _button(self, text_id: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(tr(text_id))
        button.setProperty("role", "plain")
        button.clicked.connect(lambda _checked=False: do())
        return button

    # -- the list -----------------------------------------------------------------------------

    def _refresh(self) -> None:
        """List the packs anew."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 8, 16, 12)
        column.setSpacing(2)
        self.buttons = {}
        here = {pack.id: pack for pack in installed()}
        for pack in known():
            self._add_line(column, pack, here.pop(pack.id, None))
        for pack in here.values():
            self._add_line(column, None, pack)
        column.addStretch(1)
        self._area.setWidget(inside)

    def _add_line(
        self, column: QVBoxLayout, listed: KnownPack | None, here: InstalledPack | None
    ) -> None:
        pack = listed or here
        if pack is None:
            return
        name = plain_label(pack.id, role="strong")
        if here is not None:
            button = flat_button(tr("packs.remove"), name=tr("packs.remove.name", name=pack.id))
            button.clicked.connect(lambda: self._remove(pack.id))
        else:
            button = flat_button(tr("packs.fetch"), name=tr("packs.fetch.name", name=pack.id))
            button.clicked.connect(lambda: listed and self._ask_to_fetch(listed))
        self.buttons[pack.id] = button
        column.addSpacing(8)
        column.addLayout(row(name, None, button, margins=(0, 0, 0, 0), spacing=8))
        for words in (_facts(listed, here), _worth(listed, here)):
            label = plain_label(words, role="small")
            label.setWordWrap(True)
            column.addWidget(label)

    # -- saying and asking --------------------------------------------------------------------

    def _say(self, words: str, *, busy: bool = False) -> None:
        """Say something at the bottom, with no question open."""
        self.told.setText(words)
        self.told.setVisible(bool(words))
        for widget in (self.no, self.yes):
            widget.hide()
        for widget in (self.bar, self.stop):
            widget.setVisible(busy)
        self.file.setVisible(not busy)
        self._area.setEnabled(not busy)

    def _say_nothing(self) -> None:
        self._say("")
        self.file.setFocus()

    def _ask(self, words: str, no: str, yes: str, do: Callable[[], None]) -> None:
        """Ask at the bottom; Escape and the first button leave everything as it is."""
        self._say(words)
        self.no.setText(tr(no))
        self.yes.setText(tr(yes))
        self.yes.clicked.disconnect()
        self.yes.clicked.connect(lambda _checked=False: do())
        self.no.show()
        self.yes.show()
        self.no.setFocus()

    # -- doing --------------------------------------------------------------------------------

    def _ask_to_fetch(self, pack: KnownPack) -> None:
        words = tr(
            "packs.fetch.ask",
            name=pack.id,
            megabytes=pack.megabytes,
            host=urlsplit(pack.address).hostname,
        )
        self._ask(words, "packs.fetch.no", "packs.fetch.yes", lambda: self._fetch(pack))

    def _fetch(self, pack: KnownPack) -> None:
        def work(ctx: JobContext) -> InstalledPack:
            from annotator.app.packs.fetching import fetch

            return fetch(pack, ctx)

        self._start(work, pack.id)

    def _choose_file(self) -> None:
        path = ask.pack_to_install(self.window())
        if path is not None:
            self._install(path)

    def _install(self, path: Path, trusted: str = "") -> None:
        def work(ctx: JobContext) -> InstalledPack:
            from annotator.app.packs.installing import install, load_pack_file

            return install(load_pack_file(path), path.name, trusted=trusted, ctx=ctx)

        self._start(work, path.name, path)

    def _start(self, work: Job[InstalledPack], name: str, path: Path | None = None) -> None:
        self._say(tr("packs.busy", name=name), busy=True)
        self.bar.setRange(0, 0)
        self.stop.setFocus()
        self._job = self._jobs.start(
            work, self._on_installed, failed=lambda error: self._on_failed(error, path)
        )
        self._job.progressed.connect(self._on_progress)
        # Stopped at its last step, it may have been done already.
        self._job.ended.connect(self._refresh)

    def _on_progress(self, done: int, total: int, _message_id: str) -> None:
        # In thousands: bytes of a large file are more than a bar can count.
        self.bar.setRange(0, total // 1000)
        self.bar.setValue(done // 1000)

    def _on_installed(self, pack: InstalledPack) -> None:
        self._job = None
        self._say(tr("packs.installed", name=pack.id))
        self._changed()

    def _on_failed(self, error: Exception, path: Path | None) -> None:
        self._job = None
        if not isinstance(error, AnnotatorError):
            self._say(tr("packs.stopped"))
            raise error
        if error.message_id == "pack-not-known" and path is not None:
            sha256 = str(error.values["sha256"])
            words = tr("packs.trust.ask", name=error.values["name"], sha256=sha256)
            self._ask(
                words, "packs.trust.no", "packs.trust", lambda: self._install(path, trusted=sha256)
            )
            return
        self._say(explain(error))

    def _stop(self) -> None:
        """Stop what is being fetched or unpacked."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._say(tr("packs.stopped"))

    def _remove(self, name: str) -> None:
        try:
            gone = remove(name)
        except UserError as error:
            self._say(explain(error))
            return
        self._say(tr("packs.removed", name=gone.id))
        self._refresh()
        self._changed()

    def close_card(self) -> None:
        """Close; what is being fetched is given up."""
        if self._job is not None:
            self._stop()
        super().close_card()


def _facts(listed: KnownPack | None, here: InstalledPack | None) -> str:
    """Return language, size, licence and whether it is here and used."""
    pack = listed or here
    if pack is None:
        return ""
    megabytes = listed.megabytes if listed is not None else round(here.bytes / 1e6) if here else 0
    language = tr(f"packs.language.{pack.language}")
    words = [language[:1].upper() + language[1:]]
    words.append(tr("packs.line", megabytes=megabytes, licence=pack.licence or "–"))
    if here is not None:
        words.append(tr("packs.state.installed" if here.official else "packs.state.by_hand"))
        used = pack_for(here.language)
        if used is not None and used.id == here.id:
            words.append(tr("packs.used"))
    return " · ".join(words)


def _worth(listed: KnownPack | None, here: InstalledPack | None) -> str:
    """Return what a pack is worth as measured, or which file it is."""
    if listed is None:
        return tr("packs.by_hand", sha256=here.sha256) if here is not None else ""
    if listed.measured is None:
        return tr("packs.effect_none")
    (po, oo, lo), (pw, ow, lw) = listed.measured.without, listed.measured.with_pack
    return tr(
        "packs.effect_figures",
        **{k: _figure(v) for k, v in zip(_FIGURES, (po, oo, lo, pw, ow, lw), strict=True)},
    )


_FIGURES = ("po", "oo", "lo", "pw", "ow", "lw")


def _figure(value: float) -> str:
    from annotator.gui.dates import in_number

    return in_number(round(value))
