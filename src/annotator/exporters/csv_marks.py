"""Every mark as a row of a CSV table; content with several sources has a row for each.

A report that is not about the marks of an article gives its own rows (``csv_report``).

UTF-8 with a byte order mark (so that spreadsheets read the accents), commas, CRLF. Codes, not
translated words: ``docs/cli.md`` lists the columns. No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO

from annotator.exporters import csv_report
from annotator.exporters.base import Format, Scope
from annotator.exporters.reports.index import Index
from annotator.model.annotations import (
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Hedge,
    Mention,
    Quote,
    SourceMention,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.exporters.base import Dossier
    from annotator.model.annotations import Attribution, Mark, Source

COLUMNS = (
    "article_id",
    "headline",
    "outlet",
    "agency",
    "published",
    "language",
    "paragraph",
    "page",
    "mark_id",
    "mark",
    "kind",
    "start",
    "end",
    "pieces",
    "words",
    "source_code",
    "source",
    "identification",
    "group",
    "stated_count",
    "affiliation",
    "affiliation_name",
    "role",
    "role_status",
    "proximity",
    "anonymity_reason",
    "act",
    "stance",
    "cues",
    "state",
    "distinct_low",
    "distinct_high",
    "seriousness",
    "status",
    "verdict",
    "channel",
    "actor",
    "actor_kind",
    "claim_id",
    "coder",
    "made_on",
    "origin",
)

#: What a spreadsheet takes for the beginning of a formula, half and full width, also after spaces.
FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def safe(words: str) -> str:
    """Return a cell that every spreadsheet reads as text; an apostrophe stands before a formula."""
    clean = _CONTROLS.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{clean}" if FORMULA.match(clean) else clean


def write(dossier: Dossier, stream: BinaryIO) -> None:
    """Write the table, article by article."""
    stream.write(b"\xef\xbb\xbf")
    wrapper = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    shown = csv_report.rows if csv_report.has_rows(dossier.kind) else _marks
    try:
        writer = csv.writer(wrapper, lineterminator="\r\n")
        for row in shown(dossier):
            writer.writerow([safe(words) for words in row])
    finally:
        wrapper.detach()


def _marks(dossier: Dossier) -> Iterator[Sequence[str]]:
    """Yield the headings and a row for each mark."""
    yield COLUMNS
    for records in dossier.articles:
        for row in rows(Index(dossier, records)):
            yield [row.get(column, "") for column in COLUMNS]


def rows(index: Index) -> Iterator[dict[str, str]]:
    """Yield the rows of one article as dictionaries, in text order."""
    for mark in index.records.marks:
        common = _common(index, mark) | _own(index, mark)
        attributions = index.attributions_of(mark)
        for attribution in attributions:
            yield common | _attribution(index, attribution)
        if attributions:
            continue
        source = index.sources.get(getattr(mark, "source_id", None) or "")
        yield common | (_source(index, source) if source is not None else {})


def _common(index: Index, mark: Mark) -> dict[str, str]:
    article = index.article
    hull = mark.hull
    return {
        "article_id": article.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "agency": article.agency,
        "published": article.published.value if article.published else "",
        "language": article.language,
        "paragraph": str(index.paragraph_of(hull.start)),
        "page": index.page_of(hull.start),
        "mark_id": mark.id,
        "mark": mark.mark_kind.value,
        "start": str(hull.start),
        "end": str(hull.end),
        "pieces": " ".join(f"{s.start}-{s.end}" for s in mark.spans),
        "words": index.words(mark),
        "coder": mark.stamp.author,
        "made_on": mark.stamp.made_at[:10],
        "origin": mark.stamp.origin,
    }


def _own(index: Index, mark: Mark) -> dict[str, str]:
    """Return what only this kind of mark says."""
    if isinstance(mark, Quote | Claim):
        return _content(index, mark)
    if isinstance(mark, Cue):
        return {"stance": mark.stance.value}
    if isinstance(mark, Mention):
        actor = index.actors.get(mark.actor_id or "")
        return {} if actor is None else {"actor": actor.name, "actor_kind": actor.kind.value}
    if isinstance(mark, Hedge | CouldNotVerify):
        return {"claim_id": mark.claim_id or ""}
    assert isinstance(mark, SourceMention | DeclinedComment), type(mark)
    return {}


def _content(index: Index, mark: Quote | Claim) -> dict[str, str]:
    basis = index.basis(mark)
    found = {"kind": mark.kind.value, "state": basis.state.value}
    if basis.distinct is not None:
        found["distinct_low"] = str(basis.distinct.low)
        found["distinct_high"] = str(basis.distinct.high)
    if isinstance(mark, Quote):
        return found | {"channel": mark.channel.value}
    return found | {
        "seriousness": mark.seriousness.value,
        "status": mark.status.value,
        "verdict": mark.verdict.value,
    }


def _attribution(index: Index, attribution: Attribution) -> dict[str, str]:
    source = index.sources.get(attribution.source_id)
    cues = [index.marks[i] for i in attribution.cue_ids if i in index.marks]
    found = {
        "act": attribution.act.value,
        "stance": attribution.stance.value,
        "cues": " | ".join(index.words(cue) for cue in cues),
    }
    return found | (_source(index, source) if source is not None else {})


def _source(index: Index, source: Source) -> dict[str, str]:
    count = {0: "", -1: "several"}.get(source.stated_count, str(source.stated_count))
    return {
        "source_code": index.codes[source.id],
        "source": index.name(source),
        "identification": source.identification.value,
        "group": index.codes.get(source.group_id or "", ""),
        "stated_count": count,
        "affiliation": source.affiliation.value,
        "affiliation_name": source.affiliation_name,
        "role": source.role.value,
        "role_status": source.role_status.value,
        "proximity": source.proximity.value,
        "anonymity_reason": source.anonymity_reason.value,
    }


EXPORTER = Format("csv", ".csv", "text/csv", Scope.PROJECT, write, losses=("table",))
