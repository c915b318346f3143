"""Outlook messages (MSG).

Source: MS-OXMSG; property tags of MS-OXPROPS. The container is read by olefile.
"""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from annotator.importers.base import Readings, check_size
from annotator.importers.kit.charset import Decoded, decode
from annotator.importers.kit.letters import message_article
from annotator.importers.kit.mail import Mail, eml
from annotator.importers.kit.nested import DEPTH_LIMIT, read_parts
from annotator.importers.kit.packedrtf import unpack_rtf
from annotator.importers.kit.richtext import read_rtf
from annotator.model.errors import UserError
from annotator.text.canonical import canonicalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.importers.base import ImportedText

T = TypeVar("T")

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_BODIES = (_BODY, _HTML, _RTF)
_SENDER, _SENT_FOR = "0C1A", "0042"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"
_SUBMIT_TIME, _DELIVERY_TIME = 0x00390040, 0x0E060040
#: The storage of a message that is attached to another one.
_EMBEDDED = "__substg1.0_3701000D"
#: What stands in front of the properties. Source: MS-OXMSG 2.4.1.
_OUTER_HEAD, _INNER_HEAD = 32, 24
_ATTACHED = "__ATTACH_VERSION1.0_"
_STREAM_LIMIT = 64 * 1024 * 1024


class Msg:
    """Read an Outlook message and its readable attachments."""

    id = "msg"
    media_types = ("application/vnd.ms-outlook",)
    suffixes = (".msg",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: a compound file with a message's properties stream."""
        if not data.startswith(_MAGIC):
            return 0.0
        return 0.9 if "__properties_version1.0".encode("utf-16-le") in data else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the message and its attachments.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``.
        """
        check_size(data, name)
        mail = _read(data, name, charset)
        found = Readings()
        article = message_article(mail, name, self.media_types[0])
        if article is not None:
            found.append(article)
        inner = read_parts(mail.attachments, name)
        found += inner
        found.refused += inner.refused
        if not found:
            lost = _is_out_of_reach(data, name)
            raise UserError("import-damaged" if lost else "import-empty", name=name)
        return found


def _read(data: bytes, name: str, charset: str | None) -> Mail:
    return _with_ole(data, name, lambda streams: _mail(streams, name, charset))


def _with_ole(data: bytes, name: str, use: Callable[[_Streams], T]) -> T:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return use(_Streams(ole))
    except (
        OSError, ValueError, IndexError, KeyError, AttributeError, TypeError, struct.error,
        OverflowError, RecursionError,
    ) as error:  # fmt: skip
        raise UserError("import-damaged", name=name) from error


def _is_out_of_reach(data: bytes, name: str) -> bool:
    """Say whether the file has the name of a body to which no way leads any more."""
    named = {f"__substg1.0_{tag}" for tag in _BODIES}
    present = {one for one in named if one.encode("utf-16-le") in data}
    return bool(present - _with_ole(data, name, lambda streams: streams.names()))


class _Streams:
    """Look up properties in a compound file."""

    def __init__(self, ole: Any) -> None:
        self._ole = ole
        self.paths = {"/".join(path).upper(): path for path in ole.listdir()}

    def names(self) -> set[str]:
        """Return what the streams are called, without the type at the end."""
        return {path[-1][:16] for path in self.paths.values()}

    def attachments(self, folder: str) -> list[str]:
        """Return the storages of what is attached to the message in a storage, in order."""
        start = f"{folder.upper()}{_ATTACHED}"
        names = {p[len(folder) :].split("/")[0] for p in self.paths if p.startswith(start)}
        return [f"{folder}{name}/" for name in sorted(names)]

    def has(self, path: str) -> bool:
        """Say whether there is a stream."""
        return path.upper() in self.paths

    def raw(self, path: str) -> bytes:
        """Return a stream, empty if absent or absurdly long."""
        found = self.paths.get(path.upper())
        if found is None or self._ole.get_size(found) > _STREAM_LIMIT:
            return b""
        return self._ole.openstream(found).read()

    def text(self, tag: str, folder: str = "") -> str:
        """Return a text property, whether it is stored as UTF-16 or in a code page."""
        wide = self.raw(f"{folder}__substg1.0_{tag}001F")
        if wide:
            return canonicalise(wide.decode("utf-16-le", "replace")).text.rstrip("\x00\ufffd")
        narrow = self.raw(f"{folder}__substg1.0_{tag}001E")
        return decode(narrow, "").text if narrow.strip() else ""

    def binary(self, tag: str, folder: str = "") -> bytes:
        """Return a binary property."""
        return self.raw(f"{folder}__substg1.0_{tag}0102")


def _mail(
    streams: _Streams, name: str, charset: str | None, folder: str = "", depth: int = 0
) -> Mail:
    """Read the message in a storage; a message attached to it becomes a mail (EML)."""
    sender = streams.text(_SENDER, folder) or streams.text(_SENT_FOR, folder)
    properties = streams.raw(f"{folder}__properties_version1.0")
    mail = Mail(
        subject=" ".join(streams.text(_SUBJECT, folder).split()),
        senders=[sender] if sender and "@" not in sender else [],
        date=_date(properties, _INNER_HEAD if depth else _OUTER_HEAD),
    )
    html = streams.binary(_HTML, folder) or streams.text(_HTML, folder).encode()
    if html.strip():
        mail.html = decode(html, name, charset=charset)
    body = streams.text(_BODY, folder)
    if body.strip():
        mail.plain = Decoded(body, "utf-16-le", "declared")
    packed = streams.binary(_RTF, folder)
    if mail.html is None and mail.plain is None and packed:
        rich = read_rtf(unpack_rtf(packed), name)
        mail.plain = Decoded(rich.writer.text(), rich.charset, "declared")
    for place in streams.attachments(folder):
        label = streams.text(_LONG_NAME, place) or streams.text(_SHORT_NAME, place)
        inner = f"{place}{_EMBEDDED}/"
        if depth < DEPTH_LIMIT and streams.has(f"{inner}__properties_version1.0"):
            attached = _mail(streams, name, charset, inner, depth + 1)
            mail.attachments.append(
                (f"{attached.subject or label or 'message'}.eml", eml(attached))
            )
            continue
        content = streams.binary(_DATA, place)
        if content and not label.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp")):
            mail.attachments.append((label or "attachment", content))
    return mail


def _date(properties: bytes, head: int) -> str:
    """Read when the message was sent from the fixed-size properties (16 bytes each)."""
    found: dict[int, int] = {}
    for at in range(head, len(properties) - 15, 16):
        tag, value = struct.unpack_from("<I4xQ", properties, at)
        found[tag] = value
    ticks = found.get(_SUBMIT_TIME) or found.get(_DELIVERY_TIME) or 0
    try:
        moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="minutes") if 1970 <= moment.year <= 2100 else ""
