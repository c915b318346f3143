"""The sourcing audit of one article: its figures and what a rule pack finds in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.analysis.audit import ArticleAudit, audit
from annotator.analysis.case import Case
from annotator.analysis.rules import Finding, find, load_pack
from annotator.text.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.app.view_models import ArticleData

#: The rules that a house begins with.
DEFAULT_PACK = "own"
#: Where the program remembers which rules a person applies.
PACK_STATE = "rule_pack"


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold the figures of an article and the findings of one pack, accepted ones included."""

    figures: ArticleAudit
    findings: tuple[Finding, ...]


def case_for(data: ArticleData, segments: Segments | None = None) -> Case:
    """Return an article as the house rules see it.

    Args:
        data: the article.
        segments: its sentences and paragraphs, where they were cut already.
    """
    cut = segments or Segments(data.text, data.article.language)
    return Case(data, data.article, cut.sentences, cut.paragraphs, data.actors, known=data.sourcing)


def check_article(
    data: ArticleData,
    segments: Segments | None = None,
    pack: str = "",
    check: Callable[[], None] = lambda: None,
) -> Checked:
    """Audit one article. Thread: any.

    Args:
        data: the article.
        segments: its sentences, paragraphs and words, where they were cut already.
        pack: the id of a rule pack; empty: no findings.
        check: called now and then; whatever it raises stops the work.

    Raises:
        UserError: ``rule-pack-unknown``.
    """
    cut = segments or Segments(data.text, data.article.language)
    case = case_for(data, cut)
    findings = find(case, load_pack(pack), notes=data.notes.values(), check=check) if pack else []
    return Checked(audit(case, cut.words, findings), tuple(findings))
