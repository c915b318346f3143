"""``text PATH``: what an importer sees in a file, without a project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.cli.kit import argument, command, json_option, option
from annotator.cli.output import escaped, phrase, say
from annotator.importers.base import explain_warning

if TYPE_CHECKING:
    import click

    from annotator.importers.base import ImportedText
    from annotator.model.span import Spans


def build() -> click.Command:
    """Make the command."""
    return command(
        "text",
        _run,
        argument("path", metavar="PATH"),
        option("--as", "as_format", key="as"),
        option("--charset", key="charset"),
        json_option(key="json_lines"),
    )


def _run(path: str, as_format: str | None, charset: str | None, *, as_json: bool) -> None:
    from annotator.importers.describe import describe
    from annotator.importers.worker import ImportWorker

    file = Path(path)
    with ImportWorker() as worker:
        found = worker.read(file, file.name, charset=charset, as_format=as_format)
    for number, imported in enumerate(found):
        seen = describe(imported)
        if as_json:
            # A line an article, so that a file of hundreds can be piped.
            say(escaped(json.dumps(seen, ensure_ascii=False)))
        else:
            if number:
                say(phrase("text.next"))
            _print(imported, seen["metadata"])


def _print(imported: ImportedText, metadata: dict[str, Any]) -> None:
    for field, found in metadata.items():
        say(f"{field}: {found['value']}  [{found['from']}]")
    for warning in imported.warnings:
        say(phrase("text.warning", message=explain_warning(warning)))
    say()
    for line in _shown(imported.text, imported.mask).split("\n"):
        if line.strip():
            say(f"  {line}")
    say()
    say(phrase("text.legend"))


def _shown(text: str, mask: Spans) -> str:
    """Return the text with a tilde on both sides of every piece of page furniture."""
    pieces: list[str] = []
    at = 0
    for hole in mask:
        words = hole.slice(text)
        inner = words.strip()
        before = words[: len(words) - len(words.lstrip())]
        after = words[len(words.rstrip()) :]
        # A tilde on every line of it: a piece may run over many.
        marked = "\n".join(f"~{line}~" if line.strip() else line for line in inner.split("\n"))
        pieces += (text[at : hole.start], before, marked, after)
        at = hole.end
    return "".join((*pieces, text[at:]))
