"""Writing the text of a structured document: one line a block, with what each block is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.kit.unseen import canonical_marked, hide, is_marked
from annotator.model.span import Span, normalise
from annotator.text.canonical import canonicalise

if TYPE_CHECKING:
    from annotator.importers.kit.markup import Page


class LineWriter:
    """Gather lines; remember headings, furniture and where pages begin.

    What is added is made canonical at once, so that the positions hold.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self.length = 0
        self.replaced = 0
        self.headings: list[tuple[int, Span]] = []
        self.mask: list[Span] = []
        self.pages: list[tuple[int, str]] = []
        #: Whether some of it is greyed because a reader of the document would not see it.
        self.has_hidden = False

    def line(self, words: str, *, heading: int = 0, masked: bool = False) -> Span | None:
        """Add a block; inner line ends stay lines of it. Blank blocks are left out.

        Args:
            words: the block's text; what stands between the marks of ``unseen.hide`` is greyed.
            heading: its level, 0 if it is none.
            masked: whether it is furniture.

        Returns:
            Where it stands.
        """
        words = words.strip(" \t\r\n\f\v")
        if is_marked(words):
            return self._partly_hidden(words, heading=heading, masked=masked)
        canonical = canonicalise(words)
        if not canonical.text.strip():
            return None
        self.replaced += canonical.replaced
        if self._lines:
            self.length += 1
        span = Span(self.length, self.length + len(canonical.text))
        self._lines.append(canonical.text)
        self.length = span.end
        if heading:
            self.headings.append((heading, span))
        if masked:
            self.mask.append(span)
        return span

    def _partly_hidden(self, words: str, *, heading: int, masked: bool) -> Span | None:
        """Add a block that has words between marks."""
        plain, hidden = canonical_marked(words)
        lead = len(plain) - len(plain.lstrip(" \t\r\n\f\v"))
        span = self.line(plain, heading=heading, masked=masked)
        if span is not None and not masked:
            for part in hidden:
                self.hide(Span(part.start - lead, part.end - lead), span)
        return span

    def hide(self, part: Span, line: Span) -> None:
        """Grey a part of a line, given by its place in it, because no reader sees it."""
        start, end = max(0, part.start), min(len(line), part.end)
        if start < end:
            self.mask.append(Span(line.start + start, line.start + end))
            self.has_hidden = True

    def tree(self, page: Page) -> None:
        """Add the lines of a tree of markup; what a browser does not show is greyed."""
        levels = {span.start: level for level, span in page.headings}
        hidden = page.hidden()
        at = 0
        for line in page.text.split("\n"):
            parts = [part for part in hidden if part.start < at + len(line) and at < part.end]
            words = line
            for part in reversed(normalise(parts)):
                start, end = max(0, part.start - at), min(len(line), part.end - at)
                words = words[:start] + hide(words[start:end]) + words[end:]
            self.line(words, heading=levels.get(at, 0))
            at += len(line) + 1

    def page(self, label: str) -> None:
        """Say that what is added next begins a page."""
        self.pages.append((self.length + 1 if self._lines else 0, label))

    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self._lines)
