"""Read our own corpus (``training/corpus/{fr,en}/*.xml``) into the JSONL form of the other corpora.

``python training/corpus_xml.py OUT.jsonl`` writes everything; ``held_out(id)`` says which tenth never
trains a model.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "corpus"
TYPES = {
    "q": "content",
    "c": "claim",
    "s": "source",
    "u": "cue",
    "a": "actor",
    "hedge": "hedge",
    "declined": "declined_comment",
    "unverified": "could_not_verify",
    "why": "why",
}
BLOCKS = {"p", "h", "furniture"}


@cache
def _held() -> frozenset[str]:
    return frozenset((FOLDER / "held_out.txt").read_text(encoding="utf-8").split())


def held_out(article_id: str) -> bool:
    """Say whether the article is one of the tenth of either language that is kept for tests."""
    return article_id in _held()


class _Reader:
    """Walk the tree once, collecting text and the places of every tag."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.size = 0
        self.places: dict[tuple[str, str], list[list[int]]] = {}
        self.attributes: dict[tuple[str, str], dict[str, str]] = {}
        self.blocks: list[tuple[str, int, int]] = []
        self.count = 0

    def add(self, words: str | None) -> None:
        if words:
            self.text.append(words)
            self.size += len(words)

    def walk(self, element: ElementTree.Element) -> None:
        start = self.size
        self.add(element.text)
        for child in element:
            self.walk(child)
            self.add(child.tail)
        if element.tag in TYPES and self.size > start:
            self.count += 1
            key = (element.tag, element.get("id") or f"#{self.count}")
            self.places.setdefault(key, []).append([start, self.size])
            self.attributes.setdefault(key, {}).update(element.attrib)


def _block(reader: _Reader, element: ElementTree.Element) -> None:
    if reader.text:
        reader.add("\n")
    start = reader.size
    reader.walk(element)
    reader.blocks.append((element.tag, start, reader.size))


def _source_fields(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    found = {e.get("id", ""): dict(e.attrib) for e in root.findall("./sources/source")}
    for fields in found.values():
        fields.pop("id", None)
    return found


def _spans(
    reader: _Reader, sources: dict[str, dict[str, str]], actors: dict[str, dict[str, str]]
) -> list[dict]:
    spans = []
    for number, (key, places) in enumerate(reader.places.items()):
        tag, _ = key
        fields = reader.attributes[key]
        extra: dict[str, object] = {k: v for k, v in fields.items() if k not in ("id", "by", "cue")}
        if len(places) > 1:
            extra["fragments"] = sorted(places)
        if tag in ("s", "declined", "why"):
            extra |= {f"source_{k}": v for k, v in sources.get(fields.get("ref", ""), {}).items()}
            extra["cluster"] = fields.get("ref", "")
            extra["identification"] = sources.get(fields.get("ref", ""), {}).get(
                "identification", "unknown"
            )
        if tag == "a":
            actor = actors.get(fields.get("ref", ""), {})
            extra |= {"actor": actor.get("name", ""), "kind": actor.get("kind", "unknown")}
        spans.append(
            {
                "id": f"{tag}{number}",
                "type": TYPES[tag],
                "start": min(p[0] for p in places),
                "end": max(p[1] for p in places),
                "extra": extra,
                "key": key,
            }
        )
    return spans


def _relations(reader: _Reader, spans: list[dict]) -> list[dict]:
    by_key = {s["key"]: s for s in spans}
    mentions: dict[str, list[dict]] = {}
    for span in spans:
        if span["type"] == "source":
            mentions.setdefault(str(span["extra"]["cluster"]), []).append(span)
    out = []
    for span in spans:
        fields = reader.attributes[span["key"]]
        cues = [by_key[("u", c)] for c in fields.get("cue", "").split() if ("u", c) in by_key]
        out += [{"type": "cue_of", "from": c["id"], "to": span["id"]} for c in cues]
        if span["type"] not in ("content", "claim"):
            continue
        near = cues[0] if cues else span
        for source in fields.get("by", "").split():
            if mentions.get(source):
                best = min(mentions[source], key=lambda m: _distance(m, near))
                out.append({"type": "source_of", "from": best["id"], "to": span["id"]})
    return out


def _distance(a: dict, b: dict) -> int:
    return max(0, a["start"] - b["end"], b["start"] - a["end"]) + (a["start"] > b["start"])


def read(path: Path) -> dict:
    """Return one dispatch as a dictionary in the corpus form.

    Raises:
        ElementTree.ParseError: if the file is not well-formed.
    """
    root = ElementTree.parse(path).getroot()
    reader = _Reader()
    body = root.find("text")
    for element in body if body is not None else []:
        if element.tag in BLOCKS:
            _block(reader, element)
    actors = {e.get("id", ""): dict(e.attrib) for e in root.findall("./actors/actor")}
    spans = _spans(reader, _source_fields(root), actors)
    relations = _relations(reader, spans)
    for span in spans:
        span.pop("key")
    return {
        "id": root.get("id") or path.stem,
        "lang": root.get("lang", "und"),
        "text": "".join(reader.text),
        "spans": spans,
        "relations": relations,
        "meta": {
            "desk": root.get("desk"),
            "register": root.get("register"),
            "mask": [[a, b] for t, a, b in reader.blocks if t == "furniture"],
        },
    }


def read_all(*, language: str | None = None) -> list[dict]:
    """Return every dispatch that can be read, in the order of the file names; name the others."""
    out = []
    for path in sorted(FOLDER.glob("*/*.xml")):
        try:
            article = read(path)
        except (ElementTree.ParseError, OSError) as error:
            print(f"left out {path.name}: {error}", file=sys.stderr)
            continue
        if language in (None, article["lang"]):
            out.append(article)
    return out


if __name__ == "__main__":
    articles = read_all()
    Path(sys.argv[1]).write_text(
        "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8"
    )
    print(len(articles), "articles")
