"""Plain text, from a file or pasted."""

from __future__ import annotations

from annotator.importers.base import ImportedText, check_size, has_suffix
from annotator.importers.kit.byline import Fields, read_fields
from annotator.importers.kit.charset import Decoded, decode
from annotator.importers.kit.furniture import find_layout
from annotator.importers.kit.language import guess_language, is_mixed
from annotator.model.errors import UserError


class PlainText:
    """Read a text file as one article: decode, find furniture, headline and byline."""

    id = "text"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text", ".asc", ".log")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: anything that decodes may be plain text, by its name the surer."""
        try:
            decode(data[:65_536], name)
        except UserError:
            return 0.0
        return 0.6 if has_suffix(name, self.suffixes) else 0.1

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read one article.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-binary``, ``import-charset``.
        """
        check_size(data, name)
        return [from_decoded(decode(data, name, charset=charset), name)]


def from_decoded(decoded: Decoded, name: str, media_type: str = "text/plain") -> ImportedText:
    """Make an article of a decoded text that has no markup.

    Raises:
        UserError: ``import-empty`` if there is nothing but white space.
    """
    text = decoded.text
    if not text.strip():
        raise UserError("import-empty", name=name)
    language = guess_language(text)
    layout = find_layout(text, language=language)
    fields = Fields()
    if layout.headline is not None:
        fields.add("headline", layout.headline.slice(text), "text", layout.headline)
    read_fields(text, head=layout.head, body=layout.body, language=language, fields=fields)
    warnings = ["replaced-characters"] if decoded.replaced else []
    if is_mixed(text, language):
        warnings.append("mixed-languages")
    headline = fields.values.pop("headline", "")
    return ImportedText(
        text,
        decoded.charset,
        decoded.origin,
        decoded.replaced,
        mask=layout.mask,
        language=language,
        headline=headline,
        headline_span=layout.headline,
        metadata=fields.values,
        origins=tuple(fields.origins),
        warnings=tuple(warnings),
        media_type=media_type,
        name=name,
    )
