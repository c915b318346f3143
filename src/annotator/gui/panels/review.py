"""What is proposed, and is it right?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from annotator import i18n
from annotator.app.commands.suggestions import accept, reject
from annotator.app.proposing import queue, rules_off, switch_rule
from annotator.gui.models.rows import quoted, words_of
from annotator.gui.models.suggestions import SuggestionLister, rule_words, why_words
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import flat_button, plain_label, row
from annotator.model.suggestion import Suggestion
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine

#: Sentence, key and sign of each decision; the keys are heard while the list has the keyboard.
_KEYS = (
    ("accept", Qt.Key.Key_Return, "↵"),
    ("reject", Qt.Key.Key_Backspace, "⌫"),
    ("skip", Qt.Key.Key_Down, "↓"),
)


class ReviewPanel(ListPanel):
    """Walk through the proposals: accept, reject or skip, and the next one is there."""

    panel_id: ClassVar[str] = "review"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._why = plain_label(role="small", parent=self)
        self._why.setWordWrap(True)
        self._why.setContentsMargins(14, 8, 14, 0)
        self.column.addWidget(self._why)
        self._bar = QWidget(self)
        actions: tuple[Callable[[], None], ...] = (self.accept, self.reject, self.skip)
        buttons = []
        for (name, key, sign), act in zip(_KEYS, actions, strict=True):
            button = flat_button(i18n.tr(f"panels.review.{name}", key=sign))
            button.setAccessibleName(i18n.tr(f"panels.review.{name}.name"))
            button.clicked.connect(act)
            buttons.append(button)
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self._bar.setLayout(row(*buttons, None, margins=(8, 4, 8, 8), spacing=4))
        self.column.addWidget(self._bar)
        self.attach()

    def make_lister(self) -> SuggestionLister:
        """List the proposals that wait."""
        return SuggestionLister(self.desk.session, self._waiting)

    def _waiting(self) -> list[Suggestion]:
        proposals = self.desk.proposals
        if proposals is not None:
            return proposals.waiting()
        return [] if self.desk.data is None else queue(self.desk.data.suggestions.values(), {})

    def inspected(self, record: Any) -> Any:
        """Show no fields: a proposal has none before it is accepted."""
        del record

    def show_inspector(self) -> None:
        """Say why the selected thing is proposed."""
        super().show_inspector()
        records = self.records()
        self._bar.setVisible(self.model.total > 0)
        self._why.setVisible(len(records) == 1)
        data = self.desk.data
        if len(records) == 1 and data is not None:
            suggestion: Suggestion = records[0]
            evidence = quoted(words_of(data.text, suggestion.evidence))
            words = i18n.tr(
                "panels.review.why",
                kind=i18n.term(suggestion.kind),
                rule=rule_words(suggestion.rule),
            )
            why = why_words(suggestion, evidence or "–")
            self._why.setText(" ".join((words, why, self._record_words(suggestion.rule))).strip())

    def _record_words(self, rule: str) -> str:
        """Return how often the rule was right in this project, once somebody has decided."""
        proposals = self.desk.proposals
        record = None if proposals is None else proposals.records().get(rule)
        if record is None or not record.decided:
            return ""
        return i18n.tr("panels.review.record", right=record.accepted, count=record.decided)

    def _switch(self, rule: str, *, on: bool) -> None:
        """Hear a rule no more in this project, or again."""
        switch_rule(self.desk.session, rule, on=on)
        if self.desk.proposals is not None:
            self.desk.proposals.changed.emit()
        self.set_article(self.desk.data)

    # -- deciding -----------------------------------------------------------------------------

    def accept(self) -> None:
        """Make the selected proposals marks."""
        self._decide(lambda chosen: self.desk.run(accept, chosen))

    def reject(self) -> None:
        """Turn the selected proposals down."""
        self._decide(lambda chosen: self.desk.run(reject, chosen))

    def skip(self) -> None:
        """Leave a proposal for later and go to the next."""
        ids = self.list.selected_ids()
        shown = list(self.model.shown_ids)
        at = shown.index(ids[-1]) + 1 if ids else 0
        self._go(shown[at] if at < len(shown) else (shown[0] if shown else ""))

    def _decide(self, act: Callable[[list[Any]], object]) -> None:
        chosen = self.records()
        if not chosen:
            self.skip()
            return
        shown = list(self.model.shown_ids)
        at = shown.index(chosen[-1].id) + 1
        rest = shown[at:] + shown[: at - len(chosen)]
        act(chosen)
        left = set(self.model.shown_ids)
        self._go(next((i for i in rest if i in left), ""))

    def _go(self, record_id: str) -> None:
        if record_id:
            self.list.select_ids([record_id])
            self._on_chosen([record_id])

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer the decisions for the selection and for all of one rule."""
        if not records:
            return ()
        run = self.desk.run
        rule = records[0].rule
        alike = [
            s
            for i in self.model.shown_ids
            if isinstance(s := self.lister.record(i), Suggestion) and s.rule == rule
        ]
        kinds: list[MenuLine] = []
        if len(records) == 1:
            kinds = [
                (
                    i18n.tr("panels.review.accept_as", kind=i18n.term(kind)),
                    lambda kind=kind: run(accept, records, kind=kind),
                )
                for kind in MarkKind
                if kind is not records[0].kind
            ]
        words = {"rule": rule_words(rule), "count": len(alike)}
        return [
            (i18n.tr("panels.review.accept.name"), self.accept),
            (i18n.tr("panels.review.reject.name"), self.reject),
            None,
            (i18n.tr("panels.review.accept_all", **words), lambda: run(accept, alike)),
            (i18n.tr("panels.review.reject_all", **words), lambda: run(reject, alike)),
            (i18n.tr("panels.review.rule_off", **words), lambda: self._switch(rule, on=False)),
            *self._silent_rules(),
            None,
            *kinds,
        ]

    def _silent_rules(self) -> list[MenuLine]:
        """Offer to hear the rules again that were switched off."""
        return [
            (
                i18n.tr("panels.review.rule_on", rule=rule_words(rule)),
                lambda rule=rule: self._switch(rule, on=True),
            )
            for rule in sorted(rules_off(self.desk.session.project))
        ]

    def delete_records(self, records: list[Any]) -> None:
        """Turn proposals down."""
        self.desk.run(reject, records)
