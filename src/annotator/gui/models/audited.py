"""List what the house rules find in the open article."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.app.auditing import DEFAULT_PACK, Checked
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, detail, one_line, quoted
from annotator.model.changes import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.analysis.rules import Finding
    from annotator.app.session import Session
    from annotator.app.view_models import ArticleData
    from annotator.model.changes import Record, Touched
    from annotator.model.span import Span

_GRAVITY = ("blocking", "warning", "advice")
_STYLES = {"blocking": "source.unnamed", "warning": "source.named", "advice": "actor"}


class FindingLister(Lister):
    """List the findings of one pack, the gravest first; accepted ones at the end.

    ``checked`` is the audit of the article that was loaded, put there by the panel.
    """

    orders: ClassVar[tuple[str, ...]] = ("gravity", "text")
    tables: ClassVar[frozenset[str]] = frozenset(TABLES) - {"suggestion"}

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.pack = DEFAULT_PACK
        self.checked: Checked | None = None
        self._findings: dict[str, Finding] = {}

    def concerns(self, touched: Touched) -> bool:
        """Say whether anything of the article changed that counts."""
        return super().concerns(touched) and bool(touched.tables - {"suggestion"})

    def load(self, data: ArticleData | None) -> None:
        """Take the article; what was found in another one is gone."""
        super().load(data)
        found = self.checked.findings if self.checked is not None and data is not None else ()
        # A rule may be broken by one record in several places: each has its row.
        self._findings = {}
        for finding in found:
            key, number = finding.key, 1
            while key in self._findings:
                number += 1
                key = f"{finding.key}#{number}"
            self._findings[key] = finding

    def ids(self, order: str) -> list[str]:
        """Return the findings' ids."""
        if order == "text":
            return list(self._findings)
        return sorted(
            self._findings,
            key=lambda i: (
                bool(self._findings[i].accepted),
                _GRAVITY.index(self._findings[i].severity),
            ),
        )

    def finding(self, row_id: str) -> Finding | None:
        """Return the finding of a row."""
        return self._findings.get(row_id)

    def record(self, record_id: str) -> Record | None:
        """Return what is not there: a finding is no record."""
        return self._findings.get(record_id)  # type: ignore[return-value]

    def rows_for(self, record_ids: Iterable[str]) -> list[str]:
        """Return the findings about selected marks and sources."""
        wanted = set(record_ids)
        return [i for i, f in self._findings.items() if f.target_id in wanted or i in wanted]

    def span(self, record_id: str) -> Span | None:
        """Return the words that a finding is about."""
        finding = self._findings.get(record_id)
        return finding.span if finding is not None else None

    def row(self, record_id: str) -> Row:
        """Return what was found, where, and in which words."""
        finding = self._findings[record_id]
        assert self.data is not None, "rows are asked for only when an article is loaded"
        words = where = ""
        if finding.span is not None:
            words = quoted(one_line(finding.span.slice(self.data.text)))
            where = self.paragraph(finding.span)
        severity = i18n.tr(f"rules.severity.{finding.severity}")
        chip = Chip(severity, "danger" if finding.severity == "blocking" else "")
        if finding.accepted:
            chip = Chip(i18n.tr("panels.audit.accepted"))
        return Row(
            id=record_id,
            title=finding.title(),
            detail=detail(where, words),
            chips=(chip,),
            style=_STYLES[finding.severity],
            strong=False,
            dim=bool(finding.accepted),
        )
