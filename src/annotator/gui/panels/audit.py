"""How many sources are there really, what hangs on one of them, and what would a desk ask?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from annotator import i18n
from annotator.analysis.rules import load_pack, pack_ids
from annotator.app.auditing import DEFAULT_PACK, PACK_STATE, check_article
from annotator.app.commands.notes import accept_finding, reopen_findings
from annotator.gui.models.audited import FindingLister
from annotator.gui.models.rows import one_line, quoted
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import flat_button, hairline, plain_label, row
from annotator.gui.widgets.audit_summary import AuditSummary
from annotator.gui.widgets.measures import SIDE
from annotator.gui.widgets.plain import caption
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.analysis.rules import Finding
    from annotator.app.auditing import Checked
    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk, Selection
    from annotator.gui.panels.base import MenuLine
    from annotator.gui.qt_jobs import JobHandle
    from annotator.gui.theme import Theme
    from annotator.model.vocabulary import SourcingState

#: Up to so many marks and characters the audit fits in a frame; beyond, a job does it.
_AT_ONCE, _LONG = 600, 200_000
#: So many findings need no filter: the room is better spent on them.
_FEW = 6
#: Most characters of the words that are quoted under the list.
_QUOTED = 160
_LEAST_LIST_PX = 84
#: Below this height the claims' lines make room for what is told of a finding.
_ROOMY_PX = 680


class AuditPanel(ListPanel):
    """Show the figures of the open article and what a rule pack finds in it, live."""

    panel_id: ClassVar[str] = "audit"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._job: JobHandle | None = None
        self._drafts: dict[str, str] = {}
        self.summary = AuditSummary(desk.theme)
        self.summary.state_chosen.connect(self._go_to_next)
        self.pack = flat_button("", role="second")
        self.pack.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pack.setMenu(self._pack_menu())
        rules = plain_label(i18n.tr("panels.audit.rules"), role="caption")
        self.column.insertWidget(0, self.summary)
        self.column.insertWidget(1, hairline())
        self.column.insertLayout(2, row(rules, None, self.pack, margins=(SIDE, 4, 6, 0), spacing=4))
        self.list.setMinimumHeight(_LEAST_LIST_PX)
        self._make_box()
        self._choose_pack(desk.settings.state(PACK_STATE, DEFAULT_PACK))
        self.attach()

    def make_lister(self) -> FindingLister:
        """List the findings."""
        return FindingLister(self.desk.session)

    @property
    def findings(self) -> FindingLister:
        """Return the lister, as what it is."""
        assert isinstance(self.lister, FindingLister)
        return self.lister

    # -- building -----------------------------------------------------------------------------

    def _make_box(self) -> None:
        """Make the place under the list that tells of the selected finding."""
        self._box = QWidget(self)
        layout = QVBoxLayout(self._box)
        layout.setContentsMargins(SIDE, 8, SIDE, 10)
        layout.setSpacing(5)
        self._quote = plain_label(parent=self._box)
        self._why = plain_label(role="small", parent=self._box)
        self._question = plain_label(role="strong", parent=self._box)
        for label in (self._quote, self._question, self._why):
            label.setWordWrap(True)
            layout.addWidget(label)
        self._reason = QLineEdit(self._box)
        self._reason.setPlaceholderText(i18n.tr("panels.audit.reason"))
        self._reason.setAccessibleName(i18n.tr("panels.audit.reason"))
        self._accept = flat_button(i18n.tr("panels.audit.accept"), role="link")
        self._reopen = flat_button(i18n.tr("panels.audit.reopen"), role="link")
        line = row(self._reason, self._accept, self._reopen, margins=(0, 0, 0, 0), spacing=6)
        line.setStretch(0, 1)
        layout.addLayout(line)
        self._reason.textEdited.connect(self._keep_draft)
        self._reason.returnPressed.connect(self.accept)
        self._accept.clicked.connect(self.accept)
        self._reopen.clicked.connect(self.reopen)
        self.column.addWidget(self._box)
        self._box.hide()

    def _pack_menu(self) -> QMenu:
        menu = QMenu(self)
        for pack_id in pack_ids():
            action = menu.addAction(caption(load_pack(pack_id).title()))
            action.triggered.connect(lambda _checked=False, i=pack_id: self.choose_pack(i))
        return menu

    # -- the audit ----------------------------------------------------------------------------

    def choose_pack(self, pack_id: str) -> None:
        """Apply the rules of another house, and remember them."""
        self._choose_pack(pack_id)
        self.desk.settings.set_state(PACK_STATE, self.findings.pack)
        self.catch_up()

    def _choose_pack(self, pack_id: str) -> None:
        known = pack_id if pack_id in pack_ids() else DEFAULT_PACK
        self.findings.pack = known
        title = load_pack(known).title()
        self.pack.setText(f"{caption(title)} ▾")
        self.pack.setAccessibleName(i18n.tr("panels.audit.pack", pack=title))

    def set_article(self, data: ArticleData | None) -> None:
        """Audit an article and list what was found."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if data is None or not data.marks:
            # Nothing is coded yet: that no source is named says nothing of the article.
            self._take(data, None)
        elif len(data.marks) <= _AT_ONCE and len(data.text) <= _LONG:
            segments = self.desk.session.segments(data.article.id)
            self._take(data, check_article(data, segments, self.findings.pack))
        else:
            pack = self.findings.pack
            self._job = self.desk.jobs.start(
                lambda ctx: check_article(
                    data, Segments(data.text, data.article.language), pack, ctx.check
                ),
                lambda checked: self._take(data, checked),
                is_wanted=lambda: self.desk.data is data,
            )

    def _take(self, data: ArticleData | None, checked: Checked | None) -> None:
        """Show an audit."""
        self._job = None
        self.findings.checked = checked
        self.summary.show_audit(data, checked)
        super().set_article(data)
        self.bar.setVisible(self.model.total > _FEW or bool(self.model.filter_words))
        found = checked.findings if checked is not None else ()
        self.set_count(sum(1 for finding in found if not finding.accepted))

    def empty_words(self) -> str:
        """Say that the rules have nothing to say."""
        data = self.desk.data
        if data is not None and not data.marks:
            return i18n.tr("panels.empty.audit.unmarked")
        pack = load_pack(self.findings.pack).title()
        return i18n.tr("panels.empty.audit", pack=pack)

    def _go_to_next(self, state: SourcingState) -> None:
        """Go to the next claim that rests on what was clicked."""
        data = self.desk.data
        if data is None:
            return
        claims = [c for c in data.claims if data.sourcing.basis(c.id).state is state]
        if not claims:
            return
        ids = [claim.id for claim in claims]
        chosen = next((i for i in self.desk.selection.ids if i in ids), None)
        claim = claims[(ids.index(chosen) + 1) % len(claims) if chosen is not None else 0]
        self.desk.select([claim.id], origin=self.panel_id)
        self.list.select_ids(self.findings.rows_for([claim.id])[:1])
        self.show_inspector()
        self.desk.reveal(claim.spans[0])

    # -- one finding --------------------------------------------------------------------------

    def finding(self) -> Finding | None:
        """Return the selected finding, if it is one."""
        ids = self.list.selected_ids()
        return self.findings.finding(ids[0]) if len(ids) == 1 else None

    def inspected(self, record: Any) -> Any:
        """Show no fields: a finding is no record."""
        del record

    def show_inspector(self) -> None:
        """Say why the selected finding is one, and what to ask."""
        super().show_inspector()
        finding, data = self.finding(), self.desk.data
        self._box.setVisible(finding is not None and data is not None)
        self.summary.set_short(short=finding is not None and self.height() < _ROOMY_PX)
        if finding is None or data is None:
            return
        words = one_line(finding.span.slice(data.text)) if finding.span is not None else ""
        if len(words) > _QUOTED:
            words = words[:_QUOTED].rsplit(" ", 1)[0] + "…"
        self._quote.setText(quoted(words))
        self._quote.setVisible(bool(words))
        self._question.setText(finding.question())
        said = (finding.rule.words(), finding.rule.origin())
        self._why.setText(i18n.tr("panels.separator").join(part for part in said if part))
        self._show_reason(finding)

    def _fit(self) -> None:
        """Keep the selected finding in view when the room around it changes."""
        for index in self.list.selectedIndexes()[:1]:
            self.list.scrollTo(index)

    def _show_reason(self, finding: Finding) -> None:
        accepted, writable = finding.accepted, not self.desk.session.project.read_only
        text = accepted or self._drafts.get(finding.key, "")
        if self._reason.text() != text:
            self._reason.setText(text)
        self._reason.setReadOnly(not writable)
        self._reopen.setVisible(bool(accepted) and writable)
        self._accept.setVisible(writable and not accepted)
        self._accept.setEnabled(bool(text.strip()))

    def _keep_draft(self, words: str) -> None:
        finding = self.finding()
        if finding is not None:
            self._drafts[finding.key] = words
            self._accept.setEnabled(bool(words.strip()))
            self._accept.setVisible(words.strip() != finding.accepted)

    def accept(self) -> None:
        """Keep the reason why the selected finding is all right."""
        finding, words = self.finding(), self._reason.text().strip()
        if finding is None or not words or words == finding.accepted:
            return
        self._drafts.pop(finding.key, None)
        self.desk.run(accept_finding, self.desk.article_id, finding.key, words)

    def reopen(self) -> None:
        """Take the reason back: the finding counts again."""
        finding = self.finding()
        if finding is not None:
            self.desk.run(reopen_findings, self.desk.article_id, [finding.key])

    def focus_inspector(self) -> None:
        """Put the keyboard where the reason is written."""
        if self._box.isVisible():
            self._reason.setFocus()
        else:
            self.take_focus()

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer to accept, or to take that back."""
        finding = records[0] if len(records) == 1 else None
        if finding is None or self.desk.session.project.read_only:
            return ()
        if finding.accepted:
            return [(i18n.tr("panels.audit.reopen"), self.reopen)]
        return [(i18n.tr("panels.audit.accept"), self._reason.setFocus)]

    # -- selecting ----------------------------------------------------------------------------

    def _on_chosen(self, ids: list[str]) -> None:
        """Show the words in the text, and select the record that the finding is about."""
        found = [f for i in ids if (f := self.findings.finding(i)) is not None]
        targets = [f.target_id for f in found if f.target_id]
        self.desk.select(list(dict.fromkeys(targets)), origin=self.panel_id)
        self.show_inspector()
        if len(found) == 1 and found[0].span is not None:
            self.desk.reveal(found[0].span)

    def _on_hovered(self, record_id: str) -> None:
        finding = self.findings.finding(record_id)
        self.desk.hover((finding.target_id,) if finding is not None and finding.target_id else ())

    def _follow_selection(self, selection: Selection) -> None:
        """Select what was found of a mark that was chosen elsewhere."""
        if selection.origin == self.panel_id or not selection:
            return
        self.list.select_ids(self.findings.rows_for(selection.ids))
        self._inspect()

    def on_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        super().on_theme(theme)
        self.summary.set_theme(theme)
