"""The sample files that importers are tested with. All people, places and outlets are invented."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "articles"

#: What every form of the story of the port must give.
_PORT = (
    "« jusqu’à nouvel ordre »",
    "provoqué le sinistre.",
    "Tom Roe 😀.",
    "Entrepôt\tDégâts\nA\ttotal\nB\tpartiel",
    "Le parquet n’a pas confirmé cette information.",
)
_PORT_PDF = (
    "« jusqu’à nouvel ordre »",
    "Tom Roe 😀.",
    "Entrepôt\tDégâts\nA\ttotal\nB\tpartiel",
    "Le parquet n’a pas confirmé cette information.",
)
_COLUMNS = (
    "deux entrepôts particulièrement vétustes dans la nuit",
    "s’exprimant sous couvert d’anonymat, a évoqué des installations électriques défectueuses",
    "a-t-elle déclaré devant la presse",
)
#: Words that must come out of a file, by its path under ``tests/data/articles``.
_WORDS: dict[str, tuple[str, ...]] = {
    "text/depeche.txt": ("« un tournant »",),
    "text/wire.txt": ("“a turning point”",),
    "html/page.html": ("«\u00a0Nous avons entendu\u00a0»", "évoque «\u00a0un tournant\u00a0»"),
    "mhtml/chromium.mhtml": ("«\u00a0Nous avons entendu\u00a0»",),
    "webarchive/page.webarchive": ("«\u00a0Nous avons entendu\u00a0»",),
    "docx/changes.docx": ("destroyed two warehouses.", "Warehouse\tDamage"),
    "eml/communique.eml": ("«\u00a0jusqu’à nouvel ordre\u00a0»", "Entrepôt\tDégâts"),
    "eml/plain.eml": ("said on Monday, after a fire destroyed two warehouses in the night.",),
    "msg/message.msg": ("« jusqu’à nouvel ordre »", "Une note jointe"),
    "msg/forwarded.msg": ("what the harbour master wrote", "stays shut until Friday"),
    "newsml/message.newsml": ("“until further notice”", "The harbour master has resigned"),
    "nitf/depeche.nitf": ("a-t-elle dit.", "A\ttotal"),
    "ninjs/item.ninjs.json": ("«\u00a0jusqu’à nouvel ordre\u00a0»",),
    "feed/flux.rss": ("«\u00a0jusqu’à nouvel ordre\u00a0»", "le chat du maire"),
    "feed/feed.atom": ("“until further notice”",),
    **{
        f"{folder}/{maker}.{folder}": _PORT
        for folder in ("docx", "odt", "rtf")
        for maker in ("pandoc", "libreoffice")
    },
    "epub/pandoc.epub": _PORT,
    "database/export.txt": ("told reporters gathered on the quay",),
    "pdf/libreoffice.pdf": _PORT_PDF,
    "pdf/partly-scanned.pdf": _PORT_PDF,
    **{
        f"pdf/{maker}-unseen.pdf": ("Told in a dark box.", "and seen again.")
        for maker in ("typst", "chromium", "libreoffice")
    },
    "pdf/typst-three-columns.pdf": _COLUMNS,
    "pdf/chromium-two-columns.pdf": ("a-t-elle déclaré devant la presse, sans préciser la date",),
    **dict.fromkeys(
        (
            "factiva/codes.html",
            "factiva/full.html",
            "factiva/export.rtf",
            "nexis/uni.docx",
            "nexis/older.txt",
            "europresse/export.html",
            "splitter/numbered.txt",
            "table/articles.csv",
            "table/articles.tsv",
            "table/articles.xlsx",
            "json/articles.json",
            "json/articles.jsonl",
        ),
        ("pour la 1e fois", "pour la 3e fois", "L’article 2 s’arrête là."),
    ),
    "zip/mixed.zip": ("« un tournant »", "«\u00a0Nous avons entendu\u00a0»", _PORT[0]),
    "markdown/port.md": _PORT,
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
        if path.name != "README.md":
            key = f"{path.parent.name}/{path.name}"
            found.append(Seed(path.parent.name, path.name, path.read_bytes(), _WORDS.get(key, ())))
    return tuple(found)


SEEDS = _seeds()


def seeds_for(format_id: str) -> list[Seed]:
    """Return the sample files of one format (the name of their folder)."""
    return [seed for seed in SEEDS if seed.format == format_id]
