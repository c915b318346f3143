r"""Reading RTF: groups, control words, code pages, Unicode with its fallback characters.

Source: Microsoft RTF Specification 1.9.1. Linear in the size of the file, at any nesting.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from annotator.importers.kit.unseen import TINY, WHITE, Colour, alike, hide, show
from annotator.importers.kit.writer import LineWriter
from annotator.model.errors import UserError

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)
#: Groups that hold no text of the document.
_SKIPPED = frozenset(
    (
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore",
        "colorschememapping", "latentstyles", "listtable", "listoverridetable", "rsidtbl",
        "generator", "xmlnstbl", "fldinst", "header", "headerl", "headerr", "headerf", "footer",
        "footerl",
        "footerr", "footerf", "annotation", "atnid", "atnauthor", "atndate", "atnref", "bkmkstart",
        "bkmkend", "filetbl", "revtbl", "pgptbl", "wgrffmtfilter", "mmathPr", "shppict",
        "nonshppict",
        "listtext", "pntext", "pnseclvl", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "template",
        "operator", "passwordhash", "docvar", "factoidname", "sp", "shprslt",
    )
)  # fmt: skip
#: Groups that older programs pass over, and that are read.
_STARRED = frozenset(("shpinst", "shptxt", "footnote"))
_SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "column": "\n", "cell": "\t", "nestcell": "\t",
    "tab": "\t",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 1: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030",
    136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
#: The name of a style that is a heading, as the style sheet spells it.
_HEADING_STYLE = re.compile(rb"\s?(?:(?:heading|titre) (\d)|title|titre)\s?;", re.IGNORECASE)
#: A field that fetches a picture or a document from elsewhere.
_REMOTE = re.compile(rb"INCLUDE(?:PICTURE|TEXT)[^{}]{0,20}?(?:https?:|//|\\\\\\\\)", re.IGNORECASE)
#: What says of words in which colour they are, on which colour, and how large.
_LOOKS = frozenset(
    ("red", "green", "blue", "cf", "fs", "cb", "chcbpat", "cbpat", "highlight", "clcbpat")
)
#: The size of type that nothing says anything of.
_HALF_POINTS = 24
_DEPTH_LIMIT = 2_000


@dataclass(slots=True)
class RichText:
    """Hold what an RTF file says."""

    charset: str = "cp1252"
    writer: LineWriter = field(default_factory=LineWriter)
    warnings: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class _State:
    """Hold what a group inherits from the one around it."""

    skip: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    codec: str = ""
    #: Numbers of colours: of the ink, and of what lies behind the words; and half points.
    ink: int = 0
    behind: int = 0
    half_points: int = _HALF_POINTS


class _Reader:
    """Turn tokens into lines."""

    def __init__(self, rich: RichText, forced: str | None) -> None:
        self._rich = rich
        self._forced = forced
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._in_fonts = 0
        self._font = 0
        self._line: list[str] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._high = 0
        self._heading = 0
        self._page = 1
        self._colours: list[Colour | None] = []
        self._mixed: dict[str, int] = {}
        self._colour_depth = 0
        self._cell_behind = 0
        self._starred = False
        self._table = False
        self._note_depth = 0
        self._outside: list[str] = []
        self._notes: list[str] = []
        self._boxes: list[str] = []
        self._is_box = False
        self._style_depth = 0
        self._style = 0
        self._styles: dict[int, int] = {}

    def run(self, data: bytes) -> None:
        at = 0
        while (match := _TOKEN.match(data, at)) is not None:
            at = match.end()
            kind = match.lastgroup
            if kind == "brace":
                self._brace(match["brace"] == b"{")
            elif kind == "text":
                self._literal(match["text"])
            elif kind == "hex":
                self._literal(bytes([int(match["hex"], 16)]))
            elif kind == "sign":
                self._sign(match["sign"])
            elif match["word"] is not None:
                if match["word"] == b"bin" and match["number"]:
                    # So many bytes follow that are no text, whatever they look like.
                    at += max(0, int(match["number"]))
                self._word(match["word"].decode("ascii"), match["number"])
        self._end_line()
        for note in self._notes:
            self._rich.writer.line(note)
        if self._stack:
            self._warn("cut-off")

    # -- groups ------------------------------------------------------------------------------

    def _brace(self, opening: bool) -> None:  # noqa: FBT001
        self._flush()
        self._to_skip = 0
        self._starred = False
        if opening:
            if len(self._stack) >= _DEPTH_LIMIT:
                raise MemoryError
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()
            if self._note_depth > len(self._stack):
                aside = self._boxes if self._is_box else self._notes
                aside.append("".join(self._line))
                self._line, self._note_depth = self._outside, 0
            depth = len(self._stack)
            self._in_fonts = 0 if self._in_fonts > depth else self._in_fonts
            self._style_depth = 0 if self._style_depth > depth else self._style_depth
            self._colour_depth = 0 if self._colour_depth > depth else self._colour_depth

    # -- text --------------------------------------------------------------------------------

    def _literal(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        if self._style_depth and (named := _HEADING_STYLE.match(raw)) is not None:
            self._styles[self._style] = int(named.group(1) or 1)
        if self._colour_depth:
            for _ in range(raw.count(b";")):
                self._end_colour()
        if raw and not self._state.skip and not self._state.deleted:
            self._bytes += raw

    def _flush(self) -> None:
        """Decode the bytes gathered since the last change of code page."""
        if self._bytes:
            codec = self._forced or self._state.codec or self._rich.charset
            self._text(bytes(self._bytes).decode(codec, "replace"))
            self._bytes.clear()

    def _text(self, words: str) -> None:
        if words.strip() and self._is_hidden():
            self._warn("hidden-text")
            self._line.append(hide(words))
        else:
            self._line.append(show(words))

    def _is_hidden(self) -> bool:
        """Say whether what is written now is not shown, or not so that a reader would see it."""
        state = self._state
        if state.hidden or state.half_points <= 2 * TINY:
            return True
        if not state.ink:
            return False
        behind = state.behind or (self._cell_behind if self._table else 0)
        return alike(self._colour(state.ink), self._colour(behind) if behind else WHITE)

    def _colour(self, number: int) -> Colour | None:
        return self._colours[number] if 0 <= number < len(self._colours) else None

    def _end_colour(self) -> None:
        """Close an entry of the colour table; one without amounts is the automatic colour."""
        mixed, self._mixed = self._mixed, {}
        amounts = [mixed.get(name, 0) for name in ("red", "green", "blue")]
        self._colours.append((amounts[0], amounts[1], amounts[2]) if mixed else None)

    def _end_line(self) -> None:
        self._flush()
        words = "".join(self._line)
        self._rich.writer.line(words.rstrip("\t"), heading=self._heading)
        self._line.clear()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._rich.writer.line(box)

    def _warn(self, warning: str) -> None:
        if warning not in self._rich.warnings:
            self._rich.warnings.append(warning)

    # -- control words -----------------------------------------------------------------------

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in (b"\\", b"{", b"}"):
            self._literal(sign)
        elif sign in (b"~", b"_", b"-"):
            self._character({b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad"}[sign])
        elif sign in (b"\n", b"\r"):
            self._character("\n")

    def _character(self, char: str) -> None:
        if self._state.skip or self._state.deleted:
            return
        self._flush()
        if char == "\n":
            self._break()
        else:
            self._text(char)

    def _break(self) -> None:
        """End a paragraph; inside a note or a table cell it is only a space."""
        if self._note_depth or self._table:
            self._line.append(" ")
        else:
            self._end_line()

    def _row(self) -> None:
        """End a row of a table: one line, its cells parted by tabs."""
        self._flush()
        cells = "".join(self._line).split("\t")
        self._line = ["\t".join(" ".join(cell.split()) for cell in cells)]
        self._table = False
        self._end_line()

    def _word(self, word: str, number: bytes | None) -> None:
        value = int(number) if number else None
        starred, self._starred = self._starred, False
        if word in _SKIPPED or (starred and word not in _STARRED):
            self._enter_skipped(word)
        elif word == "u" and value is not None:
            self._unicode(value)
        elif word in _SIGNS:
            self._character(_SIGNS[word])
        elif word == "page":
            self._character("\n")
            self._page += 1
            self._rich.writer.page(str(self._page))
        elif word in ("footnote", "shptxt") and not self._note_depth:
            self._flush()
            self._note_depth, self._is_box = len(self._stack), word == "shptxt"
            self._outside, self._line = self._line, []
        elif word == "row":
            self._row()
        else:
            self._format(word, value)

    def _enter_skipped(self, word: str) -> None:
        self._flush()
        if word == "annotation":
            self._warn("comments")
        if word == "fonttbl":
            self._in_fonts = len(self._stack)
        if word == "colortbl":
            self._colour_depth = len(self._stack)
        if word == "stylesheet":
            self._style_depth = len(self._stack)
        self._state = replace(self._state, skip=True)

    def _unicode(self, value: int) -> None:
        """Take a UTF-16 unit; the characters that stand for it in older programs are skipped."""
        self._to_skip = self._state.fallback
        if self._state.skip or self._state.deleted:
            return
        self._flush()
        unit = value % 0x10000
        if 0xD800 <= unit < 0xDC00:
            self._high = unit
            return
        if 0xDC00 <= unit < 0xE000 and self._high:
            code = 0x10000 + ((self._high - 0xD800) << 10) + (unit - 0xDC00)
            self._high = 0
            self._text(chr(code))
            return
        self._high = 0
        self._text(chr(unit))

    def _format(self, word: str, value: int | None) -> None:
        on = value != 0
        if word == "uc":
            self._state = replace(self._state, fallback=max(0, min(value or 0, 16)))
        elif word == "v":
            self._flush()
            self._state = replace(self._state, hidden=on)
        elif word in ("deleted", "revised"):
            self._flush()
            self._warn("tracked-changes")
            if word == "deleted":
                self._state = replace(self._state, deleted=on)
        elif word == "plain":
            self._flush()
            self._state = replace(
                self._state, hidden=False, deleted=False, ink=0, half_points=_HALF_POINTS
            )
        elif word in ("pard", "s", "outlinelevel", "trowd", "intbl"):
            self._paragraph(word, value)
        elif word in _LOOKS:
            self._look(word, value or 0)
        else:
            self._code_page(word, value)

    def _look(self, word: str, value: int) -> None:
        """Take the colour or the size of what follows, or of what lies behind it."""
        self._flush()
        if word in ("red", "green", "blue"):
            if self._colour_depth:
                self._mixed[word] = value
        elif word == "cf":
            self._state = replace(self._state, ink=value)
        elif word == "fs":
            self._state = replace(self._state, half_points=value)
        elif word == "clcbpat":
            # The cells of a row are described before their words come.
            self._cell_behind = self._cell_behind or value
        else:
            self._state = replace(self._state, behind=value)

    def _paragraph(self, word: str, value: int | None) -> None:
        """Take a property of a paragraph, or of a style of the style sheet."""
        if word in ("trowd", "intbl"):
            self._table = True
            self._cell_behind = self._cell_behind if word == "intbl" else 0
        elif word == "pard":
            self._heading = 0
            self._state = replace(self._state, behind=0)
        elif word == "s" and value is not None:
            self._style = value
            if not self._style_depth:
                self._heading = self._styles.get(value, 0)
        elif value is not None and value < 9:
            if self._style_depth:
                self._styles[self._style] = value + 1
            else:
                self._heading = value + 1

    def _code_page(self, word: str, value: int | None) -> None:
        if word == "ansicpg" and value is not None:
            self._rich.charset = _codec(f"cp{value}") or self._rich.charset
        elif word in ("mac", "pc", "pca"):
            self._rich.charset = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "f" and value is not None:
            if self._in_fonts:
                self._font = value
            else:
                self._flush()
                self._state = replace(self._state, codec=self._fonts.get(value, ""))
        elif word == "fcharset" and value is not None and self._in_fonts:
            # Charset 0 and 1 mean "as the document".
            self._fonts[self._font] = _CHARSETS.get(value, "") if value > 1 else ""


def _codec(charset: str) -> str:
    try:
        return codecs.lookup(
            {"cp65001": "utf-8", "cp10000": "mac_roman"}.get(charset, charset)
        ).name
    except LookupError:
        return ""


def read_rtf(data: bytes, name: str, *, charset: str | None = None) -> RichText:
    """Read an RTF file.

    Raises:
        UserError: ``import-damaged`` if it is none, ``import-charset`` if the encoding that a
            person chose is unknown.
    """
    if not data[:64].lstrip().startswith(b"{\\rtf"):
        raise UserError("import-damaged", name=name)
    if charset is not None and not _codec(charset):
        raise UserError("import-charset", charset=charset)
    rich = RichText(charset=_codec(charset) if charset else "cp1252")
    _Reader(rich, _codec(charset) if charset else None).run(data)
    if "cut-off" in rich.warnings and not rich.writer.length:
        raise UserError("import-damaged", name=name, format_id="rtf", broken="cut")
    if _REMOTE.search(data) is not None:
        rich.warnings.append("remote-content")
    return rich
