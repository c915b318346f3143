"""Messages: headers that anyone may have written, bodies in any encoding, parts inside parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    HeaderParseError,
    MessageError,
    StartBoundaryNotFoundDefect,
)
from email.header import Header, decode_header
from email.utils import format_datetime, formataddr, getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from annotator.importers.kit.charset import decode
from annotator.model.errors import UserError
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from annotator.importers.kit.charset import Decoded

_HEADER = re.compile(rb"(?:[!-9;-~]{1,76}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.DOTALL)
_KNOWN = re.compile(
    rb"^(?:From|To|Subject|Date|Received|MIME-Version|Message-ID|Return-Path|Delivered-To|"
    rb"Content-Type|Reply-To|X-[\w-]+|Snapshot-Content-Location):",
    re.IGNORECASE | re.MULTILINE,
)
_PART_LIMIT = 2_000
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
#: A signature has at most so many lines.
_SIGNATURE = 15
_FLOWED = re.compile(r"(?<=\S) ?\n(?=[^\s>\-•*–—\d])")


@dataclass(slots=True)
class Mail:
    """Hold the parts of a message that are of use.

    ``html`` and ``plain`` are the bodies, decoded; ``attachments`` their names and bytes;
    ``is_flowed`` says that the lines of ``plain`` are whole already, ``is_cut`` that its end is
    missing.
    """

    subject: str = ""
    senders: list[str] = field(default_factory=list[str])
    date: str = ""
    location: str = ""
    html: Decoded | None = None
    plain: Decoded | None = None
    attachments: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    is_flowed: bool = False
    is_cut: bool = False


def eml(mail: Mail) -> bytes:
    """Return a message that was inside another one as a file of its own, always the same."""
    from datetime import datetime
    from email.mime.application import MIMEApplication
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    # All that lies between these is base64, which has no such lines.
    message = MIMEMultipart(boundary="=_message")
    message["Subject"] = Header(mail.subject, "utf-8").encode()
    # Only names are known of the senders, and a header of names alone would be read as addresses.
    message["From"] = ", ".join(formataddr((name, "unknown@invalid")) for name in mail.senders)
    if mail.date:
        message["Date"] = format_datetime(datetime.fromisoformat(mail.date))
    bodies = MIMEMultipart("alternative", boundary="=_bodies")
    for decoded, kind in ((mail.plain, "plain"), (mail.html, "html")):
        if decoded is not None:
            bodies.attach(MIMEText(decoded.text, kind, "utf-8"))
    message.attach(bodies)
    for name, content in mail.attachments:
        part = MIMEApplication(content)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        message.attach(part)
    return message.as_bytes()


def looks_like_mail(data: bytes) -> int:
    """Return how many well-known headers stand at the start. Never raises."""
    head = data[:16_384].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith((b"From ", b">From ")):
        head = head.partition(b"\n")[2]
    match = _HEADER.match(head)
    return 0 if match is None else len({m.lower() for m in _KNOWN.findall(match.group())})


def read_mail(data: bytes, name: str, *, charset: str | None = None) -> Mail:
    """Read a message.

    Raises:
        UserError: ``import-damaged`` or ``import-too-complex``.
    """
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.compat32)
        mail = Mail(
            subject=header(message, "Subject"),
            senders=_people(message, "From"),
            date=_date(header(message, "Date")),
            location=header(message, "Snapshot-Content-Location"),
        )
        for part in _leaves(message):
            _take(part, mail, name, charset)
        mail.is_cut = any(isinstance(defect, _CUT) for defect in message.defects)
    except RecursionError as error:
        raise UserError("import-too-complex", name=name) from error
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise UserError("import-damaged", name=name) from error
    return mail


def _leaves(message: Message) -> Iterator[Message]:
    """Give the parts that hold content, without recursion.

    A forwarded message is a part of its own, unless the message around it has no other.
    """
    stack: list[Message] = [message]
    seen = 0
    while stack and seen < _PART_LIMIT:
        part = stack.pop()
        seen += 1
        payload = part.get_payload()
        if part.get_content_type() == _FORWARDED and part is not message:
            yield part
        elif isinstance(payload, list):
            stack.extend(p for p in reversed(payload) if hasattr(p, "get_content_type"))  # pyright: ignore[reportArgumentType]
        else:
            yield part


def _take(part: Message, mail: Mail, name: str, charset: str | None) -> None:
    """Put one part where it belongs: a body or an attachment."""
    kind = part.get_content_type()
    if kind == _FORWARDED:
        mail.attachments.append(_forwarded(part))
        return
    disposition = header(part, "Content-Disposition").lower()
    file_name = _file_name(part)
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return
    attached = disposition.startswith("attachment") or (file_name and kind not in _BODIES)
    if attached or kind in _ASIDE:
        if not kind.startswith(("image/", "audio/", "video/", "font/")) and kind not in _ASIDE:
            mail.attachments.append((file_name or "attachment", content))
        return
    if kind not in _BODIES or (mail.html if kind == "text/html" else mail.plain) is not None:
        return
    declared = str(part.get_param("charset") or "")
    try:
        decoded = decode(content, name, declared=declared, charset=charset)
    except UserError as error:
        if error.message_id == "import-charset":
            raise
        return
    if kind == "text/html":
        mail.html = decoded
    else:
        if str(part.get_param("format") or "").lower() == "flowed":
            joined = str(part.get_param("delsp") or "").lower() == "yes"
            decoded = replace(decoded, text=_reflow(decoded.text, drop_space=joined))
            mail.is_flowed = True
        mail.plain = decoded


def _forwarded(part: Message) -> tuple[str, bytes]:
    """Return a message inside a message as a file of its own."""
    inner: Any = part.get_payload()
    message = inner[0] if isinstance(inner, list) and inner else part
    subject = header(message, "Subject") or "message"
    try:
        content = message.as_bytes()
    except (ValueError, LookupError, AttributeError, TypeError):
        content = str(message.get_payload()).encode("utf-8", "replace")
    return f"{subject}.eml", content


_FORWARDED = "message/rfc822"
_BODIES = frozenset(("text/plain", "text/html"))
#: What programs put beside a message and nobody reads.
_ASIDE = frozenset((
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
    "application/pgp-keys", "text/calendar", "text/vcard", "text/x-vcard",
))  # fmt: skip


def header(message: Message, field_name: str) -> str:
    """Return a header as one line of text, its encoded words decoded as far as they can be."""
    raw = message.get(field_name)
    # Bytes that are no ASCII come as a header object, of which a plain string loses them.
    return "" if raw is None else _decoded(raw if isinstance(raw, Header) else str(raw))


def _decoded(raw: str | Header) -> str:
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError, IndexError):
        parts = [(str(raw), None)]
    words = "".join(_decode_words(value, charset) for value, charset in parts)
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _decode_words(value: str | bytes, charset: str | None) -> str:
    if isinstance(value, str):
        # compat32 hides raw bytes behind surrogates.
        raw = value.encode("utf-8", "surrogateescape")
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")
    for codec in (charset or "ascii", "utf-8", "cp1252"):
        try:
            return value.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
    return value.decode("cp1252", "replace")


def _file_name(part: Message) -> str:
    try:
        raw = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""
    return "" if raw is None else str(raw).encode("utf-8", "replace").decode()


def _people(message: Message, field_name: str) -> list[str]:
    """Return the display names of an address header; a bare address names nobody.

    Addresses are parted before names are decoded: a comma in an encoded name parts nothing.
    """
    raw = message.get(field_name)
    plain = isinstance(raw, str) and raw.isascii() and "=?" in raw
    try:
        pairs = getaddresses([raw if plain else header(message, field_name)])  # pyright: ignore[reportArgumentType]
    except (ValueError, IndexError):
        return []
    found = [name.strip(" \"'") for name, _ in pairs]
    if plain:
        found = [_decoded(name).strip(" \"'") for name in found]
    return [name for name in found if name and "@" not in name]


def _date(line: str) -> str:
    """Return a date header as ISO 8601 with its offset, empty if it is none."""
    try:
        moment = parsedate_to_datetime(line)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    if not 1970 <= moment.year <= 2100:
        return ""
    return moment.isoformat(timespec="minutes" if not moment.second else "seconds")


def _reflow(text: str, *, drop_space: bool) -> str:
    """Join the lines that a program parted where it marks such places by a space at the end.

    Source: RFC 3676.
    """
    out: list[str] = []
    open_at = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        if open_at == depth and words != "-- ":
            out[-1] += words
        else:
            out.append(f"{'>' * depth} {words}" if depth else words)
        open_at = depth if words.endswith(" ") and words != "-- " else -1
        if open_at >= 0 and drop_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def signature(text: str) -> Span | None:
    """Return where the signature of a plain message stands: behind a line of "-- ", to the end."""
    at = text.rfind("\n-- \n")
    rest = text[at + 1 :]
    if at < 0 or rest.count("\n") > _SIGNATURE or "\n>" in rest:
        return None
    return Span(at + 1, len(text.rstrip()))


def unwrap(text: str) -> str:
    """Join the lines of a mail that was wrapped by its program at some 72 characters."""
    lines = text.split("\n")
    long = [len(line) for line in lines if len(line) > 40]
    if not long or max(long) > 80:
        return text
    return _FLOWED.sub(" ", text)
