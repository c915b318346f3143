"""A folder of files of every kind that a newsroom receives, each with words of its own."""

from __future__ import annotations

import html
import io
import os
import random
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from helpers.articles import SEEDS

#: How many of a hundred files are of each kind; the rest stays plain text.
_SHARES = {"html": 15, "md": 8, "eml": 5, "docx": 3, "rtf": 3, "seed": 4, "broken": 2}


def mix(files: list[Path]) -> list[Path]:
    """Turn a part of plain text files into other kinds, by chance but always the same."""
    dice = random.Random(8)
    kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
    kinds += ["txt"] * (100 - len(kinds))
    return [_turned(path, dice.choice(kinds), dice) for path in files]


def _turned(path: Path, kind: str, dice: random.Random) -> Path:
    if kind == "txt":
        return path
    text = path.read_text(encoding="utf-8")
    headline, _, body = text.partition("\n\n")
    name = path.with_suffix(f".{kind}")
    if kind == "html":
        data = _page(headline, body).encode()
    elif kind == "md":
        data = f"# {headline}\n\n{body}".encode()
    elif kind == "eml":
        data = _mail(headline, body).encode()
    elif kind == "docx":
        data = _document(text)
    elif kind == "rtf":
        data = b"{\\rtf1\\ansi " + "\\par ".join(text.split("\n")).encode("cp1252") + b"}"
    elif kind == "seed":
        seed = dice.choice([seed for seed in SEEDS if not seed.name.endswith(".txt")])
        name, data = path.with_name(f"{path.stem}-{seed.name}"), seed.data
    else:
        name, data = path.with_suffix(".pdf"), b"%PDF-1.4\n" + os.urandom(2_000)
    path.unlink()
    name.write_bytes(data)
    return name


def _page(headline: str, body: str) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in body.split("\n") if line)
    return (
        f"<!doctype html><html lang=fr><head><meta charset=utf-8><title>{headline}</title>"
        "<meta property='article:published_time' content='2031-03-04T10:00:00Z'></head><body>"
        f"<nav><a href=/>Accueil</a></nav><article><h1>{headline}</h1>{lines}</article>"
        "<footer>© 2031</footer></body></html>"
    )


def _mail(headline: str, body: str) -> str:
    return (
        f"From: desk@example.org\nTo: you@example.org\nSubject: {headline}\n"
        "Date: Tue, 04 Mar 2031 10:00:00 +0100\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )


def _document(text: str) -> bytes:
    """Put paragraphs in front of those of a document that a real program made."""
    made = next(seed for seed in SEEDS if seed.name == "pandoc.docx")
    words = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n") if line)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made.data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + words.encode(), 1)
            target.writestr(name, data)
    return stream.getvalue()
