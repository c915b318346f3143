"""PDF files with a text layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import check_size, warning
from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.pagemeta import shown_part
from annotator.importers.kit.pdfchars import page_runs
from annotator.importers.kit.pdfink import Patience
from annotator.importers.kit.pdflayout import page_lines
from annotator.importers.kit.pdftext import PdfPageLines, write_pages
from annotator.model.errors import UserError
from annotator.model.span import Span, normalise

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from annotator.importers.base import ImportedText

_PAGE_LIMIT = 3_000
_ADDRESS = re.compile(r"(?<!\S)https?://\S+(?!\S)")


class Pdf:
    """Read a PDF as one article: columns in reading order, page numbers as anchors."""

    id = "pdf"
    media_types = ("application/pdf",)
    suffixes = (".pdf",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: the mark of a PDF in the first kilobyte."""
        return 0.9 if b"%PDF-" in data[:1_024] else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``,
                ``import-encrypted``, ``import-no-text-layer``.
        """
        check_size(data, name)
        from pypdfium2 import PdfDocument, PdfiumError

        try:
            document = PdfDocument(data)
        except PdfiumError as error:
            kind = "import-encrypted" if "assword" in str(error) else "import-damaged"
            raise UserError(kind, name=name) from error
        try:
            return [self._article(document, name)]
        except PdfiumError as error:
            raise UserError("import-damaged", name=name) from error
        finally:
            document.close()

    def _article(self, document: PdfDocument, name: str) -> ImportedText:
        pages, bare, columns, faint = _pages(document)
        if not any(page.lines for page in pages):
            raise UserError("import-no-text-layer", name=name, pages=_ranges(bare))
        text = write_pages(pages)
        warnings: list[str] = []
        if bare:
            warnings.append(warning("pages-without-text", pages=_ranges(bare)))
        if text.writer.has_hidden:
            warnings.append("hidden-text")
        if faint:
            warnings.append(warning("white-words", pages=_ranges(faint)))
        if text.joins:
            warnings.append("joined-hyphens")
        if columns > 1:
            warnings.append("columns")
        fields = Fields()
        title = _title(document)
        body = text.writer.text()
        at = body.find(title, 0, 2_000) if title else -1
        if any(span.start <= at < span.end for span in text.writer.mask):
            # A browser printed the page's title over it.
            title = shown_part(title, body)
            at = 0 if title else -1
        if at >= 0:
            fields.add("headline", title, "file")
        _address(body, text.writer.mask, fields)
        draft = Draft(
            body,
            name,
            self.media_types[0],
            replaced=text.writer.replaced,
            mask=normalise(text.writer.mask),
            headings=tuple(text.writer.headings),
            fields=fields,
            warnings=warnings,
            pages=tuple(text.pages),
            joins=tuple(text.joins),
        )
        return finish(draft)


def _pages(document: PdfDocument) -> tuple[list[PdfPageLines], list[str], int, list[str]]:
    """Return the lines of the pages, the labels of pages without text, the most columns.

    And last the labels of pages with words that may be white on white.
    """
    pages: list[PdfPageLines] = []
    bare: list[str] = []
    white: list[str] = []
    most = 1
    patience = Patience()
    for number in range(min(len(document), _PAGE_LIMIT)):
        page = document[number]
        try:
            runs, faint = page_runs(page, patience)
            lines, columns = page_lines(runs)
            label = document.get_page_label(number) or str(number + 1)
            if not lines and any(True for _ in page.get_objects(max_depth=1)):
                bare.append(label)
            white += [label] if faint else []
            pages.append(PdfPageLines(label, page.get_height(), lines))
            most = max(most, columns)
        finally:
            page.close()
    return pages, bare, most, white


def _address(body: str, mask: list[Span], fields: Fields) -> None:
    """Take the address that a browser printed at the edge of the first page."""
    for span in mask[:4]:
        match = _ADDRESS.search(body, span.start, span.end)
        if match is not None:
            fields.add("url", match.group(), "text", Span(*match.span()))
            return


def _ranges(labels: list[str]) -> str:
    """Return "2, 4–7" for a list of page labels."""
    out: list[list[str]] = []
    for label in labels:
        last = out[-1][-1] if out else ""
        if label.isdigit() and last.isdigit() and int(label) == int(last) + 1:
            out[-1].append(label)
        else:
            out.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in out)


def _title(document: PdfDocument) -> str:
    """Return the title in the file's own details; "" where it is broken or not there."""
    try:
        return document.get_metadata_value("Title").strip()
    except UnicodeDecodeError:
        return ""
