"""From a decoded page to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import ImportedText
from annotator.importers.kit.pages import read_page
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.kit.charset import Decoded


def page_article(decoded: Decoded, name: str) -> ImportedText:
    """Make an article of a decoded page.

    Raises:
        UserError: ``import-empty`` if the page shows no text.
    """
    found = read_page(decoded.text)
    if found is None or not found.text.strip():
        raise UserError("import-empty", name=name)
    warnings = list(found.warnings)
    if decoded.replaced:
        warnings.append("replaced-characters")
    return ImportedText(
        found.text,
        decoded.charset,
        decoded.origin,
        decoded.replaced,
        mask=found.mask,
        headings=found.headings,
        language=found.language,
        headline=found.headline,
        headline_span=found.headline_span,
        metadata=found.metadata,
        origins=found.origins,
        warnings=tuple(warnings),
        media_type="text/html",
        name=name,
    )
