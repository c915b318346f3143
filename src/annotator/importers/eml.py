"""Mails (EML): the message as an article, its readable attachments as further ones.

A mailbox of many messages in one file (mbox) gives each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.importers.base import Readings, check_size, has_suffix
from annotator.importers.kit.letters import message_article
from annotator.importers.kit.mail import looks_like_mail, read_mail
from annotator.importers.kit.nested import read_parts
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.importers.base import ImportedText


#: What parts two messages of a mailbox. Source: RFC 4155, appendix A.
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
#: Apple Mail writes the length of a message in front of it, and a property list behind.
_COUNTED = re.compile(rb"[1-9]\d{0,9}[ \t]*\r?\n")
_FROM = re.compile(rb"(?:\r?\n)(?=From \S[^\r\n]{0,200} \d{4}\r?\n[A-Za-z-]{2,40}:)")


class Eml:
    """Read a mail: subject as headline, sender and date from the headers."""

    id = "eml"
    media_types = ("message/rfc822",)
    suffixes = (".eml", ".mail", ".emlx", ".mbox")

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: by the headers at the start."""
        headers = looks_like_mail(_uncounted(data))
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
        data = _uncounted(data)
        messages = _messages(data)
        if len(messages) > 1:
            return _found(read_parts(messages, name), name)
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
        return _found(found, name)


def _found(found: Readings, name: str) -> Readings:
    if not found and not found.refused:
        raise UserError("import-empty", name=name)
    return found


def _uncounted(data: bytes) -> bytes:
    """Return the message of a file of Apple Mail; other files as they are."""
    match = _COUNTED.match(data[:16])
    if match is None:
        return data
    length = int(match.group())
    whole = data[match.end() : match.end() + length]
    return whole if len(whole) == length and looks_like_mail(whole) else data


def _messages(data: bytes) -> list[tuple[str, bytes | UserError]]:
    """Return the messages of a mailbox, named by their number; a single message is the only one."""
    if not data.startswith(b"From "):
        return [("1.eml", data)]
    parts = [_QUOTED_FROM.sub(rb"\1", part) for part in _FROM.split(data)]
    return [(f"{number}.eml", part) for number, part in enumerate(parts, 1)]
