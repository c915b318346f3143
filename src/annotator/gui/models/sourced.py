"""What the article's figures say about its sources and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator import i18n
from annotator.gui.models.rows import capital, one_line, quoted, words_of
from annotator.model.annotations import Claim, Quote, Source
from annotator.model.vocabulary import (
    AttributionAct,
    Identification,
    MarkKind,
    SourcingState,
)
from annotator.text.names import fold

if TYPE_CHECKING:
    from annotator.app.view_models import ArticleData
    from annotator.model.annotations import Mark

NAMED = "source.named"
UNNAMED = "source.unnamed"

#: States that call for a second look, in the colour that the margin gives them too.
TONES: dict[SourcingState, str] = dict.fromkeys(
    (
        SourcingState.UNATTRIBUTED,
        SourcingState.SINGLE_ANONYMOUS,
        SourcingState.SEVERAL_NOT_INDEPENDENT,
        SourcingState.DISPUTED,
        SourcingState.DENIED,
        SourcingState.DECLINED_COMMENT_ONLY,
        SourcingState.OUTLET_COULD_NOT_VERIFY,
    ),
    UNNAMED,
)


def source_style(source: Source) -> str:
    """Return the mark style of a source; nobody described it yet counts as unnamed."""
    kind = source.identification
    return UNNAMED if kind.is_anonymous or kind is Identification.UNKNOWN else NAMED


def style_of(data: ArticleData, record: Mark | Source) -> str:
    """Return the mark style of any record that has one."""
    if isinstance(record, Source):
        return source_style(record)
    source = data.sources.get(getattr(record, "source_id", None) or "")
    if record.mark_kind is MarkKind.SOURCE:
        return source_style(source) if source is not None else UNNAMED
    return str(record.mark_kind)


def source_name(data: ArticleData, source: Source) -> str:
    """Return what a source is called, or the word for a source without a name."""
    return one_line(data.name_of(source)) or i18n.tr("panels.source.nameless")


def full_name(data: ArticleData, source: Source) -> str:
    """Return the label of a source with its words in quotation marks."""
    words = words_beside_label(data, source)
    if words:
        return f"{source.label} {quoted(words)}"
    return capital(source_name(data, source))


def words_beside_label(data: ArticleData, source: Source) -> str:
    """Return the article's words for a source, where its label says something else."""
    words = own_words(data, source)
    return words if source.label and fold(words) != fold(source.label) else ""


def own_words(data: ArticleData, source: Source) -> str:
    """Return the article's words for a source."""
    mentions = data.mentions_of(source.id)
    return one_line(source.description or (mentions[0].anchor.quotation if mentions else ""))


def content_words(data: ArticleData, content: Quote | Claim) -> str:
    """Return the words of a quote or claim on one line."""
    return words_of(data.text, content.spans)


def acts_of(data: ArticleData, source: Source) -> list[str]:
    """Return what a source does with what it says, a statement being nothing to tell."""
    plain = (AttributionAct.UNKNOWN, AttributionAct.STATEMENT)
    return [i18n.term(a.act) for a in data.attributions_to(source.id) if a.act not in plain]
