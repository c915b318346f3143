"""From a message to an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.kit.assemble import Draft, finish
from annotator.importers.kit.byline import Fields
from annotator.importers.kit.mail import signature, unwrap
from annotator.importers.kit.markup import page_of, parse_html, without_tags
from annotator.model.errors import UserError
from annotator.text.canonical import canonicalise

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText
    from annotator.importers.kit.charset import Decoded
    from annotator.importers.kit.mail import Mail


def message_article(mail: Mail, name: str, media_type: str) -> ImportedText | None:
    """Make an article of a message; ``None`` if it has no words of its own."""
    fields = Fields()
    fields.add("headline", mail.subject, "markup")
    fields.add("published", mail.date, "markup")
    fields.add("authors", "; ".join(mail.senders), "markup")
    warnings = ["attachments"] if mail.attachments else []
    warnings += ["cut-off"] if mail.is_cut else []
    draft = None
    if mail.html is not None:
        draft = _from_html(mail.html, name, media_type, warnings)
    if draft is None and mail.plain is not None:
        text = canonicalise(mail.plain.text if mail.is_flowed else unwrap(mail.plain.text)).text
        draft = _draft(mail.plain, text, name, media_type, warnings)
        signed = signature(text)
        draft.mask = () if signed is None else (signed,)
    if draft is None:
        return None
    draft.fields = fields
    try:
        return finish(draft)
    except UserError:
        return None


def _draft(decoded: Decoded, text: str, name: str, media_type: str, warnings: list[str]) -> Draft:
    return Draft(
        text,
        name,
        media_type,
        charset=decoded.charset,
        charset_origin=decoded.origin,
        replaced=decoded.replaced,
        warnings=warnings,
    )


def _from_html(decoded: Decoded, name: str, media_type: str, warnings: list[str]) -> Draft | None:
    root, whole = parse_html(decoded.text)
    if root is None:
        return None
    if not whole:
        return _draft(decoded, without_tags(decoded.text), name, media_type, warnings)
    page = page_of(root)
    if not page.text.strip():
        return None
    draft = _draft(decoded, page.text, name, media_type, warnings)
    draft.headings = tuple(page.headings)
    draft.mask = page.hidden()
    if draft.mask:
        warnings.append("hidden-text")
    if page.remote:
        warnings.append("remote-content")
    return draft
