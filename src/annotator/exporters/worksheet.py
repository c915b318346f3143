"""The fact-check worksheet as a file that somebody fills in: what stands in it, and how it is read.

Each claim carries its id and, as ``base``, what the project knew of it when the sheet was written:
so a reading can tell what was filled in from what has changed in the project meanwhile.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from annotator.exporters.codec import CodecError, decode, encode
from annotator.exporters.report import printable
from annotator.exporters.reports.index import Index
from annotator.exporters.words import joined, one_line
from annotator.i18n import LANGUAGES, term, tr
from annotator.model.annotations import Claim, Evidence
from annotator.model.vocabulary import Verdict, VerificationStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from enum import StrEnum

    from annotator.exporters.base import Dossier

#: Columns that tell, and columns to be filled in; then those nobody needs to see.
TOLD = ("code", "article", "paragraph", "claim", "kind", "state", "sources")
EVIDENCE = tuple(f.name for f in fields(Evidence))
FILLED = ("status", "verdict", *EVIDENCE, "correction", "new_note")
HIDDEN = ("id", "base")
#: Columns that offer a list of words, and what the words stand for.
LISTED: dict[str, type[StrEnum]] = {"status": VerificationStatus, "verdict": Verdict}


@dataclass(frozen=True, slots=True)
class Base:
    """Hold what can be changed in a sheet, as it is or was."""

    status: VerificationStatus = VerificationStatus.TO_CHECK
    verdict: Verdict = Verdict.UNKNOWN
    correction: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one row to write: texts by column."""

    values: dict[str, str]
    is_first: bool = True


@dataclass(slots=True)
class Filled:
    """Hold what a sheet says of one claim. A field that nobody touched is as in ``base``."""

    claim_id: str
    base: Base
    status: VerificationStatus
    verdict: Verdict
    correction: str
    evidence: tuple[Evidence, ...]
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """Name a row that could not be understood: a sentence ``report.sheet.<id>``."""

    row: int
    id: str
    what: str = ""


def as_worksheet(dossier: Dossier) -> Dossier:
    """Return the dossier with the worksheet as what it is to report."""
    return replace(dossier, kind="worksheet")


def column_title(key: str, lang: str) -> str:
    """Return the heading of a column."""
    return tr(f"report.sheet.column.{key}", lang=lang)


def lines(dossier: Dossier) -> Iterator[Line]:
    """Yield the rows of the sheet: one a claim, one more for each further piece of evidence."""
    lang = dossier.lang
    for records in dossier.articles:
        index = Index(dossier, records)
        for claim in index.claims:
            yield from _claim_lines(index, claim, lang)


def _claim_lines(index: Index, claim: Claim, lang: str) -> Iterator[Line]:
    at = index.paragraph_of(claim.spans[0].start)
    told = {
        "code": index.codes[claim.id],
        "article": index.article.headline,
        "paragraph": str(at) if at else "",
        "claim": one_line(index.words(claim)),
        "kind": joined((index.said(claim.kind), index.said(claim.seriousness))),
        "state": term(index.basis(claim).state, lang=lang),
        "sources": joined(index.names(index.behind(claim)), ", "),
    }
    first = {
        "status": term(claim.status, lang=lang),
        "verdict": index.said(claim.verdict),
        "correction": claim.correction,
        "base": json.dumps(encode(base_of(claim)), ensure_ascii=False),
    }
    for number, evidence in enumerate(claim.evidence or (Evidence(),)):
        values = told | {"id": claim.id} | {name: getattr(evidence, name) for name in EVIDENCE}
        yield Line(values | (first if number == 0 else {}), number == 0)


def base_of(claim: Claim) -> Base:
    """Return what a sheet can change of a claim."""
    return Base(claim.status, claim.verdict, claim.correction, claim.evidence)


def choices(key: str, lang: str) -> list[str]:
    """Return the words offered in a column."""
    return [term(value, lang=lang) for value in LISTED[key]]


# -- reading ----------------------------------------------------------------------------------


def as_text(value: object) -> str:
    """Return what a cell says: dates as ISO dates, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # Word and Excel put no-break spaces and carriage returns where nobody typed them.
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def same(first: Any, second: Any) -> bool:
    """Say whether two values of a field would look the same in a sheet."""
    return _looks(first) == _looks(second)


def _looks(value: Any) -> Any:
    if isinstance(value, tuple):
        pieces = cast("tuple[Evidence, ...]", value)
        shown = [tuple(as_text(getattr(e, name)) for name in EVIDENCE) for e in pieces]
        return [piece for piece in shown if any(piece)]
    return as_text(printable(value)) if type(value) is str else value


def titles() -> dict[str, str]:
    """Return the key of each column's heading, in every language, case folded."""
    keys = (*TOLD, *FILLED, *HIDDEN)
    return {column_title(k, lang).casefold(): k for lang in LANGUAGES for k in keys}


def gather(
    rows: Iterable[tuple[int, dict[str, str]]],
) -> tuple[list[Filled], list[SheetProblem]]:
    """Bring the rows of each claim together.

    Args:
        rows: number of the row and its texts by column key, in the order of the sheet.

    Returns:
        What the sheet says of each claim, and what could not be understood.
    """
    grouped: dict[str, list[tuple[int, dict[str, str]]]] = {}
    problems: list[SheetProblem] = []
    for number, row in rows:
        if not any(row.values()):
            continue
        if not row.get("id"):
            problems.append(SheetProblem(number, "no_id", row.get("claim", "")))
            continue
        grouped.setdefault(row["id"], []).append((number, row))
    found = [
        filled
        for claim_id, group in grouped.items()
        if (filled := _filled(claim_id, group, problems)) is not None
    ]
    return found, problems


def _filled(
    claim_id: str, group: Sequence[tuple[int, dict[str, str]]], problems: list[SheetProblem]
) -> Filled | None:
    told = next((row["base"] for _, row in group if row.get("base")), "")
    try:
        base = decode(Base, json.loads(told))
    except (ValueError, CodecError, RecursionError):
        problems.append(SheetProblem(group[0][0], "no_base", claim_id))
        return None
    evidence = [Evidence(**{n: row.get(n, "") for n in EVIDENCE}) for _, row in group]
    kept = tuple(dict.fromkeys(e for e in evidence if e != Evidence()))
    notes = [row["new_note"] for _, row in group if row.get("new_note")]
    # Where rows of one claim were copied, the one that was changed speaks.
    status = _listed(VerificationStatus, "status", group, base.status, problems)
    verdict = _listed(Verdict, "verdict", group, base.verdict, problems)
    corrections = [r["correction"] for _, r in group if r.get("correction", "") and r.get("base")]
    changed = [c for c in corrections if not same(c, base.correction)]
    first = next(row for _, row in group if row.get("base"))
    correction = changed[0] if changed else first.get("correction", "")
    return Filled(claim_id, base, status, verdict, correction, kept, list(dict.fromkeys(notes)))


def _listed(
    kind: Any,
    key: str,
    group: Sequence[tuple[int, dict[str, str]]],
    base: Any,
    problems: list[SheetProblem],
) -> Any:
    words = {value.value.casefold(): value for value in kind}
    words |= {term(v, lang=lang).casefold(): v for lang in LANGUAGES for v in kind}
    found: list[Any] = []
    for number, row in group:
        said = row.get(key, "")
        if not said:
            continue
        value = words.get(one_line(said).casefold())
        if value is None:
            problems.append(SheetProblem(number, "no_word", said))
        else:
            found.append(value)
    changed = [value for value in dict.fromkeys(found) if value != base]
    if len(changed) > 1:
        problems.append(SheetProblem(group[0][0], "twice", ", ".join(v.value for v in changed)))
        return base
    return changed[0] if changed else base
