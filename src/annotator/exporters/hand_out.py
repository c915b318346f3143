"""Hand a dossier out as a file: redact, write aside, search the bytes, put it in place."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from annotator import resources
from annotator.exporters.atomic import write_atomically
from annotator.exporters.canary import environment, found_in, hidden_in
from annotator.exporters.redact import plain, public_words, redact
from annotator.exporters.specimen import specimen
from annotator.i18n import LANGUAGES, tr
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annotator.exporters.base import Dossier, Exporter, Redaction
    from annotator.exporters.canary import Hidden


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Say what was written: where, how large, at which level, and what the format left out."""

    path: Path
    size: int
    level: Redaction
    losses: tuple[str, ...]


def losses_of(exporter: Exporter, kind: str = "") -> tuple[str, ...]:
    """Return what a format leaves out; the worksheet is made to be read back."""
    comes_back = kind == "worksheet" and exporter.id in _WORKSHEETS
    return () if comes_back else exporter.losses


#: The formats whose worksheet ``app.worksheets`` reads.
_WORKSHEETS = ("xlsx", "docx")


def render(
    dossier: Dossier,
    exporter: Exporter,
    *,
    level: Redaction | None = None,
    seed: bytes | None = None,
) -> bytes:
    """Return the file's bytes without writing them: for a preview or a pipe.

    Raises:
        UserError: ``export-leak`` if the bytes hold what must stay inside.
    """
    stream = io.BytesIO()
    level = exporter.level if level is None else level
    exporter.write(redact(dossier, level, seed=seed), stream)
    _refuse_leak(dossier, level, exporter, stream.getvalue(), None)
    return stream.getvalue()


def hand_out(
    dossier: Dossier,
    exporter: Exporter,
    path: Path,
    *,
    level: Redaction | None = None,
    seed: bytes | None = None,
    project_path: Path | None = None,
) -> HandedOut:
    """Write a dossier to a file.

    Args:
        dossier: everything, as the project holds it: redaction happens here.
        exporter: the format.
        path: where to write.
        level: how much may leave; by default what the format says.
        seed: fixes aliases and ids (for tests); by default they are new for each export.
        project_path: the project file, whose path no export may hold.

    Raises:
        UserError: if the file cannot be written, or would hold what must stay inside
            (``export-leak``). A file that was there is unchanged then.
    """
    level = exporter.level if level is None else level
    redacted = redact(dossier, level, seed=seed)

    def check(stream: BinaryIO) -> None:
        _refuse_leak(dossier, level, exporter, stream.read(), project_path)

    size = write_atomically(path, lambda stream: exporter.write(redacted, stream), check=check)
    return HandedOut(path, size, level, losses_of(exporter, dossier.kind))


def hidden_from(
    dossier: Dossier, level: Redaction, project_path: Path | None = None
) -> frozenset[Hidden]:
    """Return what no file of a level may hold: of the project, and of this machine."""
    return hidden_in(dossier, level) | _unsaid(environment(project_path), dossier)


def write_searched(data: bytes, path: Path, hidden: frozenset[Hidden]) -> None:
    """Write what was drawn or listed by somebody else, unless it holds what must stay inside.

    Raises:
        UserError: ``export-leak``, and what keeps a file from being written.
    """
    _refuse({hit for hit in found_in(data, hidden) if hit.words not in _own_sentences()})
    write_atomically(path, lambda stream: _put(stream, data))


def _put(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)


def _refuse_leak(
    dossier: Dossier, level: Redaction, exporter: Exporter, data: bytes, project_path: Path | None
) -> None:
    hits = found_in(data, hidden_from(dossier, level, project_path))
    _refuse(_not_ours(hits, dossier, exporter) if hits else hits)


def _refuse(hits: set[Hidden]) -> None:
    if hits:
        names = sorted({tr(f"report.hidden.{hit.what}") for hit in hits})
        raise UserError("export-leak", what=", ".join(names), count=len(hits))


def _unsaid(hidden: Iterable[Hidden], dossier: Dossier) -> frozenset[Hidden]:
    """Leave out what the articles say: this machine's user may be called as somebody in them."""
    left = frozenset(hidden)
    for records in dossier.articles:
        public = public_words(records)
        left = frozenset(name for name in left if name.words not in public)
    return left


def _not_ours(hits: set[Hidden], dossier: Dossier, exporter: Exporter) -> set[Hidden]:
    """Leave out what stands in every file of the format, or in the program's own sentences.

    A source may be called "Word" or "Unknown"; that the file says so tells nothing.
    """
    hits = {hit for hit in hits if hit.words not in _own_sentences()}
    if not hits:
        return hits
    stand_in = specimen(lang=dossier.lang, level=dossier.level, kind=dossier.kind)
    stream = io.BytesIO()
    exporter.write(stand_in, stream)
    return hits - found_in(stream.getvalue(), hits)


@cache
def _own_sentences() -> str:
    files = (
        resources.path("i18n", lang, f"{area}.json")
        for lang in LANGUAGES
        for area in ("report", "vocabulary", "analysis", "losses")
    )
    tables = (json.loads(f.read_text(encoding="utf-8")) for f in files if f.is_file())
    return plain("\n".join(words for table in tables for words in table.values()))
