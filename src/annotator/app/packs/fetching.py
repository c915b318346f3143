"""Fetch a pack from its official address: only when the person asks for that one thing.

HTTPS only, also after a redirect; bounded in size and time; nothing is sent but the request.
What comes is not looked into before its digest is that of the table.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from annotator.app.packs.installing import LIMIT_BYTES, LIMIT_MB, digest, install
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from email.message import Message

    from annotator.app.jobs import JobContext
    from annotator.app.packs.shelf import InstalledPack, KnownPack

#: Seconds without a byte, and for all of it.
_SILENCE_S, _LONGEST_S = 10, 900
_CHUNK = 64 * 1024


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    """Follow redirects to HTTPS addresses alone."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse a redirect that leaves HTTPS."""
        if urlsplit(newurl).scheme != "https":
            fp.close()
            raise urllib.error.URLError("not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    pack: KnownPack, ctx: JobContext, *, certificates: ssl.SSLContext | None = None
) -> InstalledPack:
    """Fetch a pack from its address and install it.

    Args:
        pack: a row of the table.
        ctx: progress in bytes, and cancel.
        certificates: whom to believe; the system's by default.

    Raises:
        UserError: ``pack-no-network``, ``pack-address`` (the server refuses),
            ``pack-fetch-broken`` (cut short, too slow), ``pack-too-big``, ``pack-not-official``
            (other contents), and what ``install`` raises.
        Cancelled: if the person stopped it; nothing is left behind.
    """
    data = _download(pack, ctx, certificates)
    found = digest(data)
    if found != pack.sha256:
        raise UserError("pack-not-official", name=pack.id, sha256=found)
    return install(data, pack.id, ctx=ctx)


def _download(pack: KnownPack, ctx: JobContext, certificates: ssl.SSLContext | None) -> bytes:
    if urlsplit(pack.address).scheme != "https":
        raise UserError("pack-address", name=pack.id, status="not https")
    ctx.progress(0, pack.megabytes * 1024 * 1024, "pack-fetch")
    context = certificates or ssl.create_default_context()
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), _HttpsOnly())
    request = urllib.request.Request(pack.address, headers={"User-Agent": "Annotator"})
    try:
        with opener.open(request, timeout=_SILENCE_S) as answer:
            return _read(answer, answer.headers, pack, ctx)
    except urllib.error.HTTPError as error:
        with error:
            raise UserError("pack-address", name=pack.id, status=error.code) from None
    except urllib.error.URLError as error:
        raise UserError("pack-no-network", name=pack.id) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UserError("pack-fetch-broken", name=pack.id) from error


def _read(answer: IO[bytes], headers: Message, pack: KnownPack, ctx: JobContext) -> bytes:
    stated = headers.get("Content-Length", "")
    total = int(stated) if stated.isdigit() else 0
    if total > LIMIT_BYTES:
        raise UserError("pack-too-big", name=pack.id, limit=LIMIT_MB)
    begun = time.monotonic()
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > LIMIT_BYTES:
            raise UserError("pack-too-big", name=pack.id, limit=LIMIT_MB)
        if time.monotonic() - begun > _LONGEST_S:
            raise UserError("pack-fetch-broken", name=pack.id)
        ctx.progress(size, total or pack.megabytes * 1024 * 1024, "pack-fetch")
    if total and size < total:
        raise UserError("pack-fetch-broken", name=pack.id)
    return b"".join(parts)
