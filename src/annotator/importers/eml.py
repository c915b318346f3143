"""Mails (EML): the message as an article, its readable attachments as further ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import Readings, check_size, has_suffix
from annotator.importers.kit.letters import message_article
from annotator.importers.kit.mail import looks_like_mail, read_mail
from annotator.importers.kit.nested import read_parts
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


class Eml:
    """Read a mail: subject as headline, sender and date from the headers."""

    id = "eml"
    media_types = ("message/rfc822",)
    suffixes = (".eml", ".mail", ".emlx")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: by the headers at the start."""
        headers = looks_like_mail(data)
        if headers >= 3:
            return 0.9
        return 0.7 if headers >= 1 and has_suffix(name, self.suffixes) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the message and its attachments.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``,
                ``import-too-complex``, ``import-charset``.
        """
        check_size(data, name)
        mail = read_mail(data, name, charset=charset)
        found = Readings()
        article = message_article(mail, name, self.media_types[0])
        if article is not None:
            found.append(article)
        inner = read_parts(mail.attachments, name)
        found += inner
        found.refused += inner.refused
        if not found and mail.is_cut:
            raise UserError("import-damaged", name=name, format_id=self.id, broken="cut")
        if not found:
            raise UserError("import-empty", name=name)
        return found
