"""The report before it leaves: what it holds on the left, its pages on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from annotator import i18n
from annotator.app.auditing import DEFAULT_PACK, PACK_STATE
from annotator.gui.dialogs import ask
from annotator.gui.dialogs.pages import Pages, draw_pages
from annotator.gui.parts import Sheet, flat_button, hairline, plain_label, row
from annotator.gui.widgets.choices import ElidingCombo
from annotator.i18n import has, tr
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from annotator.app.jobs import JobContext
    from annotator.exporters.base import Exporter
    from annotator.gui.desk import Desk
    from annotator.gui.qt_jobs import JobHandle

    T = TypeVar("T")

_SIDE_PX = 248
_PAGE_PX = 620
_LEVELS = ("internal", "redacted", "publish")


class ReportSheet(Sheet):
    """Show the pages, choose what leaves and how, and write it.

    Args:
        desk: the open project.
        parent: the window.
        article_ids: the articles that are meant unless the whole project is.
        whole_project: start with everything.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, *, article_ids: Sequence[str], whole_project: bool
    ) -> None:
        super().__init__(parent, size=QSize(1180, 860))
        self._desk = desk
        self._ids = list(article_ids)
        self._drawing: JobHandle | None = None
        self.setAccessibleName(tr("window.report"))
        self.scope = self._choice("window.report_scope", self._scopes())
        self.scope.setCurrentIndex(1 if whole_project and self.scope.count() > 1 else 0)
        self.kind = self._choice("window.report_kind", self._kinds())
        self._choose_usual_kind()
        self.level = self._choice("settings.redaction", _labels("settings.redaction", _LEVELS))
        self.level.setCurrentIndex(_LEVELS.index(desk.settings.text("redaction")))
        self.language = self._choice(
            "settings.report_language", _labels("settings.report_language", ("en", "fr"))
        )
        self.language.setCurrentIndex(max(0, self.language.findData(_language(desk))))
        self.pack = self._choice("window.report_pack", self._packs())
        chosen = self.pack.findData(desk.settings.state(PACK_STATE, DEFAULT_PACK))
        self.pack.setCurrentIndex(max(0, chosen))
        self.format = self._choice("window.report_format", self._formats())
        self.losses = plain_label(role="small")
        self.losses.setWordWrap(True)
        self.write = QPushButton(tr("window.write_file"))
        self.write.setProperty("role", "default")
        self.write.clicked.connect(self._ask_and_write)
        self.pages = Pages(desk.theme)
        self._lay_out()
        self.scope.activated.connect(self._choose_usual_kind)
        for box in (self.scope, self.kind, self.pack, self.level, self.language):
            box.activated.connect(self.draw)
        for box in (self.kind, self.format):
            box.activated.connect(self._show_losses)
        self._show_losses()

    # -- building -----------------------------------------------------------------------------

    def _choice(self, name_id: str, pairs: Sequence[tuple[str, str]]) -> QComboBox:
        box = ElidingCombo()
        box.setAccessibleName(tr(name_id))
        box.setProperty("name_id", name_id)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, value in pairs:
            box.addItem(text, value)
        return box

    def _scopes(self) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        if self._ids:
            pairs.append((self._named(), "articles"))
        return [*pairs, (tr("window.scope_all"), "all")]

    def _named(self) -> str:
        """Return the headline of the one article, or how many there are."""
        article = self._desk.session.project.get(Article, self._ids[0])
        if len(self._ids) == 1 and article is not None:
            return article.headline
        return tr("window.articles", count=len(self._ids))

    def _formats(self) -> list[tuple[str, str]]:
        from annotator.exporters import EXPORTERS

        return [
            (tr(key) if has(key := f"report.format.{one.id}") else one.id.upper(), one.id)
            for one in EXPORTERS
            if one.scope.value != "graph"
        ]

    def _kinds(self) -> list[tuple[str, str]]:
        from annotator.exporters.reports import KINDS

        return [(tr(f"report.kind.{kind}"), kind) for kind in KINDS]

    def _packs(self) -> list[tuple[str, str]]:
        from annotator.analysis.rules import load_pack, pack_ids

        packs = [(load_pack(pack).title(), pack) for pack in pack_ids()]
        return [(tr("window.report_pack.none"), ""), *packs]

    def _choose_usual_kind(self) -> None:
        """Report one article by itself, and how several compare."""
        one = self.scope.currentData() == "articles" and len(self._ids) == 1
        self.kind.setCurrentIndex(self.kind.findData("audit" if one else "corpus"))

    def _lay_out(self) -> None:
        close = flat_button("×", name=tr("window.close"), role="second")
        close.clicked.connect(self.close_card)
        title = plain_label(tr("window.report"), role="title")
        self.column.addLayout(row(title, None, close, margins=(24, 16, 12, 12), spacing=8))
        self.column.addWidget(hairline())
        side = QWidget()
        side.setFixedWidth(_SIDE_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(4)
        for box in (self.scope, self.kind, self.pack, self.level, self.language, self.format):
            label = plain_label(tr(str(box.property("name_id"))), role="small")
            label.setBuddy(box)
            column.addWidget(label)
            column.addWidget(box)
            column.addSpacing(8)
        column.addWidget(self.losses)
        column.addStretch(1)
        column.addWidget(self.write)
        self.column.addLayout(
            row(side, hairline(vertical=True), self.pages, margins=(0, 0, 0, 0), spacing=0), 1
        )

    def place(self) -> None:
        """Use most of the window."""
        super().place()
        room = self.over.rect()
        size = QSize(1180, room.height() - 40).boundedTo(room.size() - QSize(40, 40))
        self.setGeometry(QRect((room.width() - size.width()) // 2, 20, size.width(), size.height()))

    def open_card(self, focus: QWidget | None = None) -> None:
        """Open and draw the pages."""
        super().open_card(focus or self.write)
        self.draw()

    def close_card(self) -> None:
        """Close; pages that are still being drawn are not wanted any more."""
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        super().close_card()

    # -- drawing ------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the pages for the choices, off the GUI thread."""
        if self._drawing is not None:
            self._drawing.cancel()
        self.pages.show_widget(plain_label(tr("window.drawing_pages"), role="second"))
        project = self._desk.session.project
        ids, level, lang = self._article_ids(), self._level(), self.language.currentData()
        kind, pack = str(self.kind.currentData()), str(self.pack.currentData())
        coder = self._desk.settings.text("author")
        unit = self._desk.settings.text("graph_unit")
        ratio = self.devicePixelRatioF()

        def work(ctx: JobContext) -> list[QImage]:
            from annotator.app.handing_out import collect
            from annotator.exporters import find
            from annotator.exporters.base import Redaction
            from annotator.exporters.hand_out import render

            pdf = find("pdf")
            with project.reader() as reader:
                dossier = collect(
                    reader,
                    ids,
                    exporter=pdf,
                    lang=lang,
                    kind=kind,
                    coder=coder,
                    unit=unit,
                    pack=pack,
                )
                document = render(dossier, pdf, level=Redaction(level))
            ctx.check()
            return draw_pages(document, round(_PAGE_PX * ratio), ctx)

        self._drawing = self._desk.jobs.start(
            work, lambda images: self._show(images, ratio), failed=self._show_error
        )

    def _show(self, images: list[QImage], ratio: float) -> None:
        self._drawing = None
        self.pages.show_pages(images, ratio)

    def _show_error(self, error: Exception) -> None:
        """Say in the place of the pages why there are none."""
        self._drawing = None
        if not isinstance(error, AnnotatorError):
            self._desk.jobs.broke.emit(error)
            return
        label = plain_label(i18n.explain(error), role="warning")
        label.setWordWrap(True)
        self.pages.show_widget(label)

    # -- writing ------------------------------------------------------------------------------

    def _article_ids(self) -> list[str] | None:
        return self._ids if self.scope.currentData() == "articles" else None

    def _level(self) -> str:
        return str(self.level.currentData())

    def _exporter(self) -> Exporter:
        from annotator.exporters import find

        return find(str(self.format.currentData()))

    def _show_losses(self) -> None:
        """Say what the chosen format cannot carry."""
        from annotator.exporters.hand_out import losses_of

        losses = losses_of(self._exporter(), str(self.kind.currentData()))
        words = [tr(key) for loss in losses if has(key := f"losses.{loss}")]
        self.losses.setText("\n".join(words))

    def _ask_and_write(self) -> None:
        exporter = self._exporter()
        path = ask.file_to_write(
            self, self._stem() + exporter.suffix, self.format.currentText(), exporter.suffix
        )
        if path is not None:
            self.write_to(path)

    def _stem(self) -> str:
        """Suggest a name: the headline; of a project its own only where all may be read."""
        if self._article_ids():
            return _file_stem(self._named())
        is_internal = self._level() == "internal"
        return _file_stem(
            self._desk.session.project.name if is_internal else self.kind.currentText()
        )

    def write_to(self, path: Path) -> None:
        """Write the file off the GUI thread and say where it is."""
        project, desk = self._desk.session.project, self._desk
        ids, level = self._article_ids(), self._level()
        format_id, lang = self._exporter().id, str(self.language.currentData())
        kind, pack = str(self.kind.currentData()), str(self.pack.currentData())
        coder, unit = desk.settings.text("author"), desk.settings.text("graph_unit")

        def work(_ctx: JobContext) -> str:
            from annotator.app.handing_out import export
            from annotator.exporters.base import Redaction

            with project.reader() as reader:
                done = export(
                    reader,
                    format_id,
                    path,
                    article_ids=ids,
                    level=Redaction(level),
                    lang=lang,
                    kind=kind,
                    coder=coder,
                    unit=unit,
                    pack=pack,
                )
            return done.path.name

        desk.jobs.start(
            work,
            lambda name: desk.say(tr("window.written", file=name)),
            failed=self._on_write_failed,
            title=tr("window.writing"),
        )

    def _on_write_failed(self, error: Exception) -> None:
        if isinstance(error, AnnotatorError):
            self._desk.say(i18n.explain(error))
            self.losses.setText(i18n.explain(error))
        else:
            self._desk.jobs.broke.emit(error)


def _labels(area: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(tr(f"{area}.{value}"), value) for value in values]


def _language(desk: Desk) -> str:
    chosen = desk.settings.text("report_language")
    return i18n.language() if chosen == "interface" else chosen


def _file_stem(words: str) -> str:
    """Return a file name of words: no separators, no dots in front, not too long."""
    kept = "".join(char if char.isalnum() or char in " -_’'" else " " for char in words)
    return " ".join(kept.split())[:60].rstrip() or tr("window.report")
