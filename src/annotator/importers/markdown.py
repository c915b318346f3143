"""Markdown: its own words, with headings known and the marks of links taken off."""

from __future__ import annotations

import re

from annotator.importers.base import ImportedText, check_size, has_suffix
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.charset import decode
from annotator.importers.kit.dates import clean_iso
from annotator.importers.kit.pagemeta import add_authors, language_tag
from annotator.importers.kit.writer import LineWriter
from annotator.model.errors import UserError

#: YAML between lines of hyphens, or TOML between lines of plus signs.
_FRONT = re.compile(
    r"\A(?P<rule>---|\+\+\+)[ \t]*\n(?P<body>.*?)\n(?:(?P=rule)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_PAIR = re.compile(r"^(?P<key>[A-Za-z_-]{2,24})[ \t]*[:=][ \t]*(?P<value>.*)$", re.MULTILINE)
#: A list whose items stand below its key, each behind a hyphen.
_LIST = re.compile(r"(?<=:)[ \t]*\n(?P<items>(?:[ \t]*-[ \t]+.*(?:\n|\Z))+)")
#: Between two quoted items of a list in one line.
_QUOTED_COMMA = re.compile(r"(?<=[\w.])[\"'][ \t]*,[ \t]*[\"']")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
#: A tag alone on its line, as in Markdown that holds pieces of a page.
_TAGS = re.compile(r"^[ \t]*(?:</?[a-zA-Z][^<>\n]{0,300}>[ \t]*)+$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*$")
_RULE = re.compile(r"^[ \t]{0,3}(?:[-*_=][ \t]*){3,}$")
_UNDERLINE = re.compile(r"^[ \t]{0,3}(?:=+|-+)[ \t]*$")
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)")
_BULLET = re.compile(r"^(?P<indent>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,500})\](?:\([^()\n]{0,800}\)|\[[^\]\n]{0,80}\])")
_BARE = re.compile(r"<((?:https?|mailto):[^<>\s]{1,500})>")
_REFERENCE = re.compile(r"^[ \t]{0,3}\[[^\]\n]{1,80}\]:[ \t]+\S+.*$")
_NOTE_CALL = re.compile(r"\[\^[^\]\n]{1,40}\](?!:)")
_NOTE = re.compile(r"^\[\^[^\]\n]{1,40}\]:[ \t]*")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
#: Escaped signs are put out of the way into the private use area meanwhile.
_HIDDEN = 0xF600
_SHOWN = re.compile(f"[{chr(_HIDDEN + 0x21)}-{chr(_HIDDEN + 0x7E)}]")
_SIGNS = re.compile(
    rb"^(?:#{1,6} \S|[-*+] \S|> \S|```|\[[^\]\n]+\]:)|\]\([^)\n]+\)|\*\*\S", re.MULTILINE
)


class Markdown:
    """Read a Markdown file as one article. Paragraphs keep their lines joined, as they show."""

    id = "markdown"
    media_types = ("text/markdown",)
    suffixes = (".md", ".markdown", ".mdown", ".mkd")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: front matter or headings, and the name."""
        head = data[:4_096]
        if b"\x00" in head:
            return 0.0
        if has_suffix(name, self.suffixes):
            return 0.75
        heading = re.search(rb"\A(?:\xef\xbb\xbf)?#{1,3} \S", head) is not None
        front = re.match(rb"---[ \t]*\r?\n[A-Za-z_-]{2,24}[ \t]*:", head) is not None
        signs = len(_SIGNS.findall(head))
        return 0.62 if front or (heading and signs >= 3) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-binary``, ``import-charset``.
        """
        check_size(data, name)
        decoded = decode(data, name, charset=charset)
        fields = Fields()
        text, language = _front_matter(decoded.text, fields)
        writer = _write(text)
        if not writer.length:
            raise UserError("import-empty", name=name)
        draft = Draft(
            writer.text(),
            name,
            "text/markdown",
            charset=decoded.charset,
            charset_origin=decoded.origin,
            replaced=decoded.replaced,
            headings=tuple(writer.headings),
            fields=fields,
            language=language,
        )
        return [finish(draft)]


def _front_matter(text: str, fields: Fields) -> tuple[str, str]:
    """Read "key: value" lines between two rules at the top; return the rest and the language."""
    match = _FRONT.match(text)
    if match is None:
        return text, ""
    body = _LIST.sub(lambda found: f" {_listed(found['items'])}\n", match["body"])
    body = _QUOTED_COMMA.sub("; ", body)
    pairs = {p["key"].lower(): p["value"].strip(" \"'[]") for p in _PAIR.finditer(body)}
    if not pairs:
        return text, ""
    fields.add("headline", pairs.get("title", ""), "markup")
    fields.add("published", clean_iso(pairs.get("date", "")), "markup")
    fields.add("updated", clean_iso(pairs.get("updated", "") or pairs.get("lastmod", "")), "markup")
    fields.add("outlet", pairs.get("outlet", "") or pairs.get("publisher", ""), "markup")
    fields.add("section", pairs.get("section", "") or pairs.get("category", ""), "markup")
    add_authors([pairs.get("author", "") or pairs.get("authors", "")], "markup", fields)
    return text[match.end() :], language_tag(pairs.get("lang", "") or pairs.get("language", ""))


def _listed(items: str) -> str:
    """Return the items of a list of YAML as a list of names."""
    words = (line.strip().removeprefix("-").strip(" \"'") for line in items.split("\n"))
    return "; ".join(word for word in words if word)


class _Blocks:
    """Gather the lines of a paragraph until it ends."""

    def __init__(self) -> None:
        self.writer = LineWriter()
        self.lines: list[str] = []

    def end(self) -> None:
        self.writer.line(_inline(" ".join(self.lines)))
        self.lines.clear()

    def add(self, line: str) -> None:
        """Add a line of running text; list items and hard breaks begin a line of their own."""
        line = _QUOTE.sub("", line)
        bullet = _BULLET.match(line)
        if bullet is not None:
            self.end()
            line = line[bullet.end() :]
        self.lines.append(line.strip().removesuffix("\\"))
        if line.endswith(("  ", "\\")):
            self.end()

    def row(self, line: str) -> None:
        """Add a row of a table, its cells parted by tabs."""
        self.end()
        if not _TABLE_RULE.match(line):
            cells = line.strip().strip("|").split("|")
            self.writer.line("\t".join(_inline(cell.strip()) for cell in cells))

    def heading(self, words: str, level: int) -> None:
        self.writer.line(_inline(words), heading=level)


def _is_silent(line: str) -> bool:
    """Say whether a line shows no words: a rule, an address for links, tags alone."""
    return any(pattern.match(line) is not None for pattern in (_RULE, _REFERENCE, _TAGS))


def _write(text: str) -> LineWriter:
    """Write the blocks: the lines of a paragraph joined, each list item a line."""
    blocks = _Blocks()
    text = _COMMENT.sub("", text) if "<!--" in text and "```" not in text else text
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            blocks.end()
            fenced = not fenced
        elif fenced:
            blocks.writer.line(line)
        elif (heading := _HEADING.match(line)) is not None:
            blocks.end()
            blocks.heading(heading["words"], len(heading["marks"]))
        elif len(blocks.lines) == 1 and _UNDERLINE.match(line):
            blocks.heading(blocks.lines.pop(), 1 if "=" in line else 2)
        elif line.lstrip().startswith("|"):
            blocks.row(line)
        elif _NOTE.match(line):
            blocks.end()
            blocks.add(_NOTE.sub("", line))
        elif not line.strip() or _is_silent(line):
            blocks.end()
        else:
            blocks.add(line)
    blocks.end()
    return blocks.writer


def _inline(words: str) -> str:
    """Take marks of links, pictures and emphasis off; nothing else."""
    escaped = "\\" in words
    if escaped:
        words = _ESCAPE.sub(lambda match: chr(_HIDDEN + ord(match.group(1))), words)
    words = _NOTE_CALL.sub("", words)
    words = _IMAGE.sub(r"\1", words)
    words = _LINK.sub(r"\1", words)
    words = _BARE.sub(r"\1", words)
    words = _STRONG.sub(r"\2", words)
    words = _EMPHASIS.sub(r"\2", words)
    words = words.replace("`", "") if words.count("`") % 2 == 0 else words
    return _SHOWN.sub(lambda match: chr(ord(match.group()) - _HIDDEN), words) if escaped else words
