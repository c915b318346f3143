"""What text formats write, held to committed files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.exporters import find
from annotator.exporters.base import Redaction
from annotator.exporters.hand_out import render
from helpers.dossiers import SEED, small

CASES = [
    ("html", Redaction.INTERNAL, "fr"),
    ("html", Redaction.PUBLISH, "en"),
    ("md", Redaction.REDACTED, "fr"),
    ("md", Redaction.REDACTED, "en"),
    ("csv", Redaction.REDACTED, "en"),
    ("json", Redaction.INTERNAL, "en"),
    ("json", Redaction.PUBLISH, "en"),
]


@pytest.mark.parametrize(("format_id", "level", "lang"), CASES)
def test_format_writes_what_it_wrote(check_golden, format_id, level, lang):
    exporter = find(format_id)
    dossier = replace(small(), lang=lang)
    data = render(dossier, exporter, level=level, seed=SEED)
    check_golden(f"{format_id}/small-{level.value}-{lang}{exporter.suffix}", data)
