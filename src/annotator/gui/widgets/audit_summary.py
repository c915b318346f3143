"""The figures of an article at the head of its audit: how many, who, resting on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.models.sourced import TONES, full_name
from annotator.gui.parts import plain_label, row
from annotator.gui.widgets.measures import SIDE
from annotator.gui.widgets.plain import tip
from annotator.gui.widgets.share_bars import ShareBars, StateRow
from annotator.i18n import term, tr
from annotator.model.vocabulary import SourcingState

if TYPE_CHECKING:
    from annotator.app.auditing import Checked
    from annotator.app.view_models import ArticleData
    from annotator.gui.theme import Theme

#: The states in the order in which a desk wants to hear of them.
_ORDER = (
    SourcingState.SINGLE_ANONYMOUS,
    SourcingState.UNATTRIBUTED,
    SourcingState.DISPUTED,
    SourcingState.DENIED,
    SourcingState.DECLINED_COMMENT_ONLY,
    SourcingState.OUTLET_COULD_NOT_VERIFY,
    SourcingState.SEVERAL_NOT_INDEPENDENT,
    SourcingState.SINGLE_NAMED,
    SourcingState.SEVERAL_INDEPENDENT,
    SourcingState.DOCUMENTED,
    SourcingState.OWN_OBSERVATION,
)


class AuditSummary(QWidget):
    """Show the range of distinct sources, the shares and the states of the claims.

    ``state_chosen(SourcingState)`` when a person wants to see the claims of a state.
    """

    state_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_short = False
        self.number = plain_label(role="title")
        self.words = plain_label(role="small")
        self.reason = plain_label(role="small")
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(SIDE, 0, SIDE, 2)
        self.bars = ShareBars(theme)
        self.claims = plain_label(role="caption")
        self.claims.setContentsMargins(SIDE, 4, SIDE, 0)
        self.states: dict[SourcingState, StateRow] = {}
        self._present: frozenset[SourcingState] = frozenset()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        head = row(self.number, self.words, None, margins=(SIDE, 0, SIDE, 0), spacing=6)
        self._column.addLayout(head)
        for widget in (self.reason, self.bars, self.claims):
            self._column.addWidget(widget)

    def show_audit(self, data: ArticleData | None, checked: Checked | None) -> None:
        """Show the figures of an article, or nothing."""
        self.setVisible(data is not None and checked is not None and bool(data.marks))
        if data is None or checked is None or not data.marks:
            return
        reach = data.sourcing.distinct
        self.number.setText(reach.words())
        count = 1 if reach.high == 1 and not reach.is_open else 2
        self.words.setText(tr("panels.audit.distinct", count=count))
        reasons = reach.explain(lambda i: full_name(data, data.sources[i]))
        told = reasons or [tr("panels.audit.certain")]
        self.reason.setText(reasons[0] if reasons else "")
        self.reason.setVisible(bool(reasons))
        for label in (self.number, self.words, self.reason):
            label.setToolTip(tip("\n".join(told)))
        self.number.setAccessibleDescription(" ".join(told))
        self.bars.show_shares(checked.figures.shares)
        self._show_states(checked)

    def _show_states(self, checked: Checked) -> None:
        states, total = checked.figures.states, checked.figures.claims
        self.claims.setText(tr("panels.audit.claims", count=total).upper())
        for place, state in enumerate(s for s in _ORDER if states.get(s)):
            line = self.states.get(state)
            if line is None:
                line = self.states[state] = StateRow(self._theme)
                line.clicked.connect(lambda _checked=False, s=state: self.state_chosen.emit(s))
            self._column.removeWidget(line)
            self._column.insertWidget(4 + place, line)
            line.show_state(term(state), states[state], total, TONES.get(state, ""))
        self._present = frozenset(state for state in _ORDER if states.get(state))
        self._fold()

    def set_short(self, *, short: bool) -> None:
        """Leave the lines of the claims out, or show them again."""
        if short != self._is_short:
            self._is_short = short
            self._fold()

    def _fold(self) -> None:
        self.claims.setVisible(bool(self._present) and not self._is_short)
        for state, line in self.states.items():
            line.setVisible(state in self._present and not self._is_short)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.bars.set_theme(theme)
        for line in self.states.values():
            line.set_theme(theme)
