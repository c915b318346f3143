"""Count the corpus for its data card: ``python training/card.py`` writes the tables anew.

The words around the tables in ``training/corpus/README.md`` are written by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

from corpus_xml import FOLDER, held_out

CARD = FOLDER / "README.md"
_START, _END = "<!-- counted -->\n", "<!-- end of counted -->\n"
_MARKS = {
    "q": "quotes and reported content",
    "u": "cues",
    "s": "source mentions",
    "c": "claims",
    "a": "actor mentions",
    "hedge": "hedges",
    "declined": "declined comment",
    "unverified": "could not verify",
    "why": "reasons and formulas of anonymity",
}


def _words(root: ElementTree.Element) -> int:
    blocks = root.find("text")
    found = [] if blocks is None else [b for b in blocks if b.tag != "furniture"]
    return sum(len("".join(block.itertext()).split()) for block in found)


def _pieces(root: ElementTree.Element, tag: str) -> int:
    """Count marks; the pieces of a discontinuous one share an id."""
    found = list(root.iter(tag))
    named = {e.get("id") for e in found if e.get("id")}
    return len(named) + sum(1 for e in found if not e.get("id"))


def count() -> dict[str, Counter[str]]:
    """Return the counts by language; keys are rows of the tables."""
    found: dict[str, Counter[str]] = {"fr": Counter(), "en": Counter()}
    for language, counter in found.items():
        for path in sorted((FOLDER / language).glob("*.xml")):
            root = ElementTree.parse(path).getroot()
            counter["dispatches"] += 1
            counter["of them held out of all training"] += held_out(root.get("id", ""))
            counter["words"] += _words(root)
            counter["desk: " + (root.get("desk") or "")] += 1
            counter["register: " + (root.get("register") or "")] += 1
            for tag, name in _MARKS.items():
                counter[name] += _pieces(root, tag)
            for quote in {e.get("id"): e for e in root.iter("q")}.values():
                counter["content: " + (quote.get("kind") or "unknown")] += 1
            for source in root.iterfind("sources/source"):
                counter["source: " + (source.get("identification") or "unknown")] += 1
    return found


def _table(title: str, rows: list[str], found: dict[str, Counter[str]], prefix: str = "") -> str:
    lines = [f"| {title} | French | English |", "|---|---|---|"]
    for row in rows:
        french, english = found["fr"][prefix + row], found["en"][prefix + row]
        lines.append(f"| {row.replace('_', ' ')} | {french:,} | {english:,} |")
    return "\n".join(lines) + "\n"


def tables() -> str:
    """Return the tables of the card."""
    found = count()
    keys = sorted(found["fr"].keys() | found["en"].keys())
    whole = ["dispatches", "of them held out of all training", "words", *_MARKS.values()]
    parts = [_table("what", whole, found)]
    for prefix, title in (
        ("content: ", "kind of content"),
        ("source: ", "source identified as"),
        ("desk: ", "desk"),
        ("register: ", "register"),
    ):
        rows = [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]
        rows.sort(key=lambda row: (-found["fr"][prefix + row] - found["en"][prefix + row], row))
        parts.append(_table(title, rows, found, prefix))
    return "\n".join(parts)


def main() -> None:
    """Write the tables into the card."""
    card = CARD.read_text(encoding="utf-8")
    counted = f"{_START}{tables()}{_END}"
    CARD.write_text(
        re.sub(f"{_START}.*?{_END}", lambda _: counted, card, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
