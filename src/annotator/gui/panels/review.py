"""What is proposed, and is it right?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from annotator import i18n
from annotator.app.proposing import rules_off, switch_rule
from annotator.gui.models.rows import words_of
from annotator.gui.models.suggestions import (
    SuggestionLister,
    alike_words,
    correction_words,
    goes_with_words,
    percent,
    rule_words,
    why_words,
)
from annotator.gui.panels.base import ListPanel
from annotator.gui.parts import flat_button, plain_label, row
from annotator.gui.review import review_of
from annotator.gui.review_keys import Legend, ListKeys
from annotator.gui.widgets.learning_line import LearningLine
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from annotator.app.proposing import RuleRecord
    from annotator.app.view_models import ArticleData
    from annotator.gui.desk import Desk
    from annotator.gui.panels.base import MenuLine
    from annotator.model.suggestion import Suggestion


class ReviewPanel(ListPanel):
    """Walk through the proposals: accept, reject or skip, and the next one is there.

    What is decided here and how is the desk's ``Review``, which the text uses too.
    """

    panel_id: ClassVar[str] = "review"
    lines: ClassVar[int] = 2

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._why = plain_label(role="small", parent=self)
        self._why.setWordWrap(True)
        self._why.setContentsMargins(14, 8, 14, 0)
        self.column.addWidget(self._why)
        self.silence = flat_button(i18n.tr("panels.review.silence"), parent=self)
        self.silence.clicked.connect(self._silence)
        self.column.addLayout(row(self.silence, None, margins=(6, 2, 6, 0), spacing=0))
        self.legend = Legend(self.review, self)
        self.column.addWidget(self.legend)
        self.column.addWidget(LearningLine(desk, self))
        self._keys = ListKeys(self.review, self.list)
        self._shown: Suggestion | None = None
        self.review.order = lambda: self.model.shown_ids
        self.review.changed.connect(self._on_review)
        self.attach()

    def make_lister(self) -> SuggestionLister:
        """List the proposals that wait."""
        self.review = review_of(self.desk)
        return SuggestionLister(self.desk.session, self.review)

    def inspected(self, record: Any) -> Any:
        """Show no fields: a proposal has none before it is accepted."""
        del record

    def _on_review(self) -> None:
        """Show a correction in its row, and say what it is."""
        focus = self.review.focus
        shown = None if focus is None else self.review.corrected(focus)
        if shown != self._shown and focus is not None and not self._later.isActive():
            self.model.refresh_row(focus.id)
        self._shown = shown
        self._inspect()

    def show_inspector(self) -> None:
        """Say why the selected thing is proposed, what comes with it and what was corrected."""
        super().show_inspector()
        focus, data = self.review.focus, self.desk.data
        self.legend.setVisible(self.model.total > 0)
        self._why.setVisible(focus is not None)
        record = None if focus is None else self._record(focus.rule)
        self.silence.setVisible(record is not None and record.is_mostly_wrong)
        if focus is not None and data is not None:
            self._why.setText("\n".join(filter(None, self._words(data, focus))))

    def _fit(self) -> None:
        """Keep the proposal in focus in view: what is said of it takes room from the list."""
        super()._fit()
        self.list.scrollTo(self.list.currentIndex())

    def _words(self, data: ArticleData, suggestion: Suggestion) -> tuple[str, ...]:
        evidence = words_of(data.text, suggestion.evidence)
        rule = i18n.tr(
            "panels.review.why",
            kind=i18n.term(suggestion.kind),
            rule=rule_words(suggestion.rule),
        )
        why = why_words(suggestion, evidence or "–")
        score = i18n.tr("panels.review.score", percent=percent(suggestion))
        return (
            " ".join(filter(None, (rule, why))),
            " ".join(filter(None, (score, self._record_words(suggestion.rule)))),
            goes_with_words(data, self.review.corrected(suggestion)),
            correction_words(data, self.review.correction(suggestion.id)),
        )

    def _record_words(self, rule: str) -> str:
        """Return how often the rule was right in this project, once somebody has decided."""
        record = self._record(rule)
        if record is None or not record.decided:
            return ""
        return i18n.tr(
            "panels.review.record",
            right=record.accepted,
            corrected=record.corrected,
            wrong=record.rejected,
        )

    def _record(self, rule: str) -> RuleRecord | None:
        proposals = self.desk.proposals
        return None if proposals is None else proposals.records().get(rule)

    def _silence(self) -> None:
        """Hear the rule in focus no more, and go on with what others propose."""
        focus = self.review.focus
        if focus is not None:
            self._switch(focus.rule, on=False)
            self.review.start()

    def _switch(self, rule: str, *, on: bool) -> None:
        """Hear a rule no more in this project, or again."""
        switch_rule(self.desk.session, rule, on=on)
        if self.desk.proposals is not None:
            self.desk.proposals.changed.emit()
        self.set_article(self.desk.data)

    # -- the menu -----------------------------------------------------------------------------

    def menu_lines(self, records: list[Any]) -> Sequence[MenuLine]:
        """Offer the decisions for the selection and for all that are alike."""
        if not records:
            return ()
        review, rule = self.review, records[0].rule
        words = {"rule": rule_words(rule)}
        lines: list[MenuLine] = [
            (i18n.tr("panels.review.accept.name"), review.accept),
            (i18n.tr("panels.review.reject.name"), review.reject),
            None,
        ]
        groups = review.alike()
        for accepting in (True, False):
            lines += [
                (
                    alike_words(group, accepting=accepting),
                    lambda group=group, accepting=accepting: review.decide_alike(
                        group, accepting=accepting
                    ),
                )
                for group in groups
            ]
        off = (
            i18n.tr("panels.review.rule_off", **words),
            lambda: self._switch(rule, on=False),
        )
        return [*lines, off, *self._silent_rules(), None, *self._kinds(records)]

    def _kinds(self, records: list[Any]) -> list[MenuLine]:
        if len(records) != 1:
            return []
        return [
            (
                i18n.tr("panels.review.accept_as", kind=i18n.term(kind)),
                lambda kind=kind: self.review.accept_as(kind),
            )
            for kind in MarkKind
            if kind is not records[0].kind
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
        """Turn proposals down, as the key does in the text."""
        del records
        self.review.reject()
