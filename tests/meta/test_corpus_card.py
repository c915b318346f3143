"""The data card of the corpus says what is in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CARD = ROOT / "training" / "corpus" / "README.md"


def test_the_tables_of_the_card_are_counted():
    code = "import card, sys; sys.stdout.buffer.write(card.tables().encode())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "training", capture_output=True, check=True
    )
    assert done.stdout.decode() in CARD.read_text(encoding="utf-8")


def test_the_corpus_is_as_large_as_it_was_promised():
    folder = CARD.parent
    assert len(list((folder / "fr").glob("*.xml"))) >= 120
    assert len(list((folder / "en").glob("*.xml"))) >= 40
