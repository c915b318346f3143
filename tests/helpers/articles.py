"""The sample files that importers are tested with. All people, places and outlets are invented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "articles"

#: Words that must come out of a file, by its path under ``tests/data/articles``.
_WORDS: dict[str, tuple[str, ...]] = {
    "text/depeche.txt": ("« un tournant »",),
    "text/wire.txt": ("“a turning point”",),
    "html/page.html": ("«\u00a0Nous avons entendu\u00a0»", "évoque «\u00a0un tournant\u00a0»"),
}


@dataclass(frozen=True, slots=True)
class Seed:
    """Hold one sample file: its importer's id, its name, its bytes, words it must give."""

    format: str
    name: str
    data: bytes
    words: tuple[str, ...]


@cache
def _seeds() -> tuple[Seed, ...]:
    found: list[Seed] = []
    for path in sorted(FOLDER.glob("*/*")):
        if path.suffix != ".md":
            key = f"{path.parent.name}/{path.name}"
            found.append(Seed(path.parent.name, path.name, path.read_bytes(), _WORDS.get(key, ())))
    return tuple(found)


SEEDS = _seeds()


def seeds_for(format_id: str) -> list[Seed]:
    """Return the sample files of one format (the name of their folder)."""
    return [seed for seed in SEEDS if seed.format == format_id]
