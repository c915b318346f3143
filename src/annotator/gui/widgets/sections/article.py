"""What is known of an article beyond its details: figures, page furniture, the file."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from annotator import i18n
from annotator.app.commands.articles import unmask_span
from annotator.app.furniture import forget, rules_of
from annotator.gui.models.rows import detail, one_line, quoted
from annotator.gui.models.sourced import full_name
from annotator.gui.parts import plain_label
from annotator.gui.widgets.links import WordsLink, command, line_of
from annotator.gui.widgets.measures import LABEL_WIDTH
from annotator.gui.widgets.section import Section
from annotator.gui.widgets.sections.notes import moment
from annotator.importers.base import explain_warning
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.text.pages import as_printed
from annotator.text.segments import snap_to_words

#: Where a word that is longer than the panel is wide may go over to the next line.
_LONG_WORD = re.compile(r"(?<=\S)[/._-](?=\S{12})|[^\s/._-]{24}(?=[^\s/._-]{4})")
#: Pieces of furniture listed at most; a page may have hundreds.
_SHOWN = 30


class FiguresSection(Section):
    """Show what counting says: distinct sources as a range, shares, states."""

    def key(self, record: Article) -> object:
        """Return the figures."""
        return self._lines(record)

    def fill(self, record: Article) -> None:
        """Make a line for each figure."""
        self.column.addWidget(_table(self._lines(record)))

    def _lines(self, article: Article) -> list[tuple[str, str]]:
        data = self.data
        sourcing = data.sourcing
        counts = detail(
            i18n.tr("panels.count.quotes", count=len(data.quotes)),
            i18n.tr("panels.count.claims", count=len(data.claims)),
            i18n.tr("panels.count.mentions", count=len(data.mentions)),
        )
        reasons = sourcing.distinct.explain(lambda i: full_name(data, data.sources[i]))
        distinct = "\n".join((sourcing.distinct.words(), *reasons))
        return [
            (i18n.tr("panels.figure.words"), str(article.word_count)),
            (i18n.tr("panels.figure.marks"), counts),
            (i18n.tr("panels.figure.distinct"), distinct),
            (i18n.tr("panels.figure.shares"), self._shares()),
        ]

    def _shares(self) -> str:
        from annotator.analysis.shares import Openness, shares_by_source

        shares = shares_by_source(self.data.sourcing)
        parts = [
            i18n.tr(f"panels.share.of_{kind.value}", percent=round(100 * shares.part(kind)))
            for kind in Openness
            if shares.part(kind) > 0
        ]
        return detail(*parts) or i18n.tr("panels.share.of_none")


class FurnitureSection(Section):
    """List what of the page is masked, and bring it back."""

    def key(self, record: Article) -> object:
        """Return the mask."""
        return (record.text_digest, record.mask, self._rules(record))

    def fill(self, record: Article) -> None:
        """Make a line for each piece."""
        for span in record.mask[:_SHOWN]:
            words = one_line(span.slice(self.data.text))
            link = WordsLink(quoted(words))
            link.clicked.connect(self._shower(span))
            back = command("panels.unmask", self._bringer(span))
            back.setAccessibleName(i18n.tr("panels.unmask.name", words=words))
            self.column.addWidget(line_of(link, back))
        more = len(record.mask) - _SHOWN
        if more > 0:
            words = i18n.tr("panels.more", count=more)
            self.column.addWidget(plain_label(words, role="small", parent=self))
        rules = self._rules(record)
        if rules:
            words = i18n.tr("panels.rules", count=len(rules), outlet=record.outlet)
            label = plain_label(words, role="small", parent=self)
            label.setWordWrap(True)
            self.column.addWidget(label)
            self.column.addWidget(command("panels.rules_forget", self._forget))

    def _rules(self, article: Article) -> frozenset[str]:
        return rules_of(self.desk.session.project, article.outlet)

    def _forget(self) -> None:
        self.desk.run(forget, self.stored.outlet)
        self.load(self.record)

    @property
    def is_worth_showing(self) -> bool:
        """Say whether anything is masked."""
        return self.record is not None and bool(self.record.mask or self._rules(self.record))

    def _shower(self, span: Span) -> Any:
        return lambda: self.desk.reveal(span)

    def _bringer(self, span: Span) -> Any:
        return lambda: self.desk.run(unmask_span, self.stored, span)


class FileSection(Section):
    """Say what file an article was read from, how, and what was odd about it."""

    def key(self, record: Article) -> object:
        """Return what never changes but by decoding again."""
        return (record.text_digest, record.warnings, record.previous_id, record.related)

    def fill(self, record: Article) -> None:
        """Make a line for each fact."""
        text = self.desk.session.project.text(record.id)
        origin = f"panels.charset.{text.charset_origin}"
        facts = [
            ("file_name", one_line(record.file_name)),
            ("media_type", record.media_type),
            ("charset", detail(text.charset, i18n.tr(origin) if i18n.has(origin) else "")),
            ("replaced", str(text.replaced) if text.replaced else ""),
            ("length", str(record.length)),
            ("pages", str(len(record.pages)) if record.pages else ""),
            ("related", self._related(record)),
            ("imported_at", moment(record.imported_at)),
            ("text_digest", record.text_digest[:16]),
            ("original_digest", text.original_digest[:16]),
        ]
        rows = [(i18n.tr(f"panels.file.{name}"), words) for name, words in facts if words]
        self.column.addWidget(_table(rows))
        self._add_joins(record)
        for warning in record.warnings:
            label = plain_label(explain_warning(warning), role="warning", parent=self)
            label.setWordWrap(True)
            self.column.addWidget(label)
        if record.previous_id is not None:
            previous = record.previous_id
            self.column.addWidget(
                command("panels.file.previous", lambda: self.desk.open_article(previous))
            )

    def _related(self, article: Article) -> str:
        """Say of which articles a person decided what they are to this one."""
        project = self.desk.session.project
        words: list[str] = []
        for one in article.related:
            other = project.get(Article, one.article_id)
            if other is not None:
                decided = i18n.tr(f"window.decided.{one.kind}")
                words.append(f"{one_line(other.headline)} ({decided})")
        return "\n".join(words)

    def _add_joins(self, article: Article) -> None:
        """List the words that were divided at a line end; each leads to its place."""
        if not article.joins:
            return
        text = self.data.text
        count = i18n.tr("panels.file.joins", count=len(article.joins))
        self.column.addWidget(plain_label(count, role="small", parent=self))
        for at in article.joins[:_SHOWN]:
            word = snap_to_words(text, at, at + 1) or Span(at, at + 1)
            printed = as_printed(text, (at,), word.start, word.end).replace("\n", " / ")
            link = WordsLink(quoted(printed))
            link.clicked.connect(self._shower(word))
            self.column.addWidget(link)

    def _shower(self, span: Span) -> Any:
        return lambda: self.desk.reveal(span)


def _breakable(words: str) -> str:
    """Let a long word, such as a media type, go over to the next line: it would widen the panel."""
    return _LONG_WORD.sub(lambda match: f"{match.group()}\u200b", words)


def _table(rows: list[tuple[str, str]]) -> QWidget:
    """Lay facts out in two columns, names in second ink."""
    table = QWidget()
    form = QFormLayout(table)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(4)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    for name, words in rows:
        label = plain_label(name, role="second")
        label.setFixedWidth(LABEL_WIDTH)
        label.setWordWrap(True)
        fact = plain_label(_breakable(words))
        fact.setWordWrap(True)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fact.setAccessibleName(f"{name}: {words}")
        form.addRow(label, fact)
    return table
