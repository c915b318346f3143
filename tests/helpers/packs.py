"""Archives shaped like a spaCy model's wheel; with spaCy, one that holds a tiny model."""

from __future__ import annotations

import importlib
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """[paths]
vectors = null

[nlp]
lang = "fr"
pipeline = ["tok2vec","parser","ner"]
before_creation = null
after_creation = null
batch_size = 256
tokenizer = {"@tokenizers":"spacy.Tokenizer.v1"}
vectors = {"@vectors":"spacy.Vectors.v1"}

[components]

[components.parser]
factory = "parser"

[components.ner]
factory = "ner"
moves = null
scorer = {"@scorers":"spacy.ner_scorer.v1"}

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
hidden_width = 64
nO = null

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"
width = ${components.tok2vec.model.encode:width}

[initialize]
lookups = {"@misc":"somebody.else.v1"}
"""
META = {"lang": "fr", "name": "try_news_sm", "version": "1.2.3", "license": "CC0", "labels": {}}
TOP, BASE = "fr_try_news_sm", "fr_try_news_sm/fr_try_news_sm-1.2.3/"


def members(config: str = CONFIG, **meta: object) -> dict[str, bytes]:
    """Return the files of a model's wheel by their names in it."""
    return {
        f"{TOP}/__init__.py": b"raise SystemExit('this must never run')",
        f"{TOP}/meta.json": b"{}",
        f"{BASE}config.cfg": config.encode(),
        f"{BASE}meta.json": json.dumps({**META, **meta}).encode(),
        f"{BASE}tokenizer": b"tokens",
        f"{BASE}LICENSE": b"free",
        f"{BASE}ner/model": b"weights",
        f"{BASE}ner/cfg": b"{}",
        f"{BASE}ner/moves": b"moves",
        f"{BASE}parser/model": b"not needed",
        f"{BASE}tok2vec/model": b"not needed either",
        f"{BASE}vocab/strings.json": b"[]",
        f"{BASE}ner/extra.pkl": b"cos\nsystem\n(S'true'\ntR.",
        "../outside.txt": b"no",
        "/tmp/outside.txt": b"no",
        f"{BASE}../../outside.txt": b"no",
    }


def wheel(files: dict[str, bytes] | None = None) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (members() if files is None else files).items():
            archive.writestr(name, data)
    return out.getvalue()


def tarball(files: dict[str, bytes] | None = None, links: dict[str, str] | None = None) -> bytes:
    """Return a gzipped tar archive; ``links`` are symbolic ones by name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, target in (links or {}).items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            archive.addfile(link)
        for name, data in (members() if files is None else files).items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tiny_model(folder: Path) -> bytes:
    """Return the wheel of a model that was trained on three sentences; needs spaCy."""
    spacy = importlib.import_module("spacy")
    example = importlib.import_module("spacy.training").Example
    nlp = spacy.blank("fr", meta={"name": "tiny_news_sm", "version": "0.0.1", "license": "CC0"})
    importlib.import_module("spacy.util").fix_random_seed(1)
    ner = nlp.add_pipe("ner")
    for label in ("PER", "LOC", "MISC"):
        ner.add_label(label)
    said = [
        ("Jean Dufour a parlé", [(0, 11, "PER")]),
        ("La ville de Verne attend", [(12, 17, "LOC")]),
        ("Le maire Jean Dufour a parlé", [(9, 20, "PER")]),
        ("Hier Ankyloxe a parlé", [(5, 13, "PER")]),
    ]
    examples = [
        example.from_dict(nlp.make_doc(words), {"entities": names}) for words, names in said
    ]
    nlp.initialize(lambda: examples)
    for _ in range(100):
        nlp.update(examples)
    nlp.to_disk(folder)
    return wheel(
        {
            f"fr_tiny/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
    )
