"""Ids and code names that stand for the real ones in one export and in no other."""

from __future__ import annotations

import hmac
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.annotations import Source

#: Letters and figures that cannot be taken for one another, for a word, or for the code of a claim
#: (C), quote (Q), named source (S) or group (G).
_ALL = [letter + figure for letter in "BDFHKLMNPRTVWX" for figure in "23456789"]


class Aliases:
    """Make ids and codes from one secret, so that they are the same all through one export."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def _digest(self, name: str) -> bytes:
        return hmac.digest(self._secret, name.encode("utf-8", "surrogatepass"), "sha256")

    def id(self, old: str) -> str:
        """Return the id that stands for another id in this export."""
        return str(uuid.UUID(bytes=self._digest(f"id/{old}")[:16], version=4))

    def codes(self, sources: Iterable[Source]) -> dict[str, str]:
        """Return a code for each source of one article, "K7"; members of a group are "K7-1".

        Codes are drawn without regard to the order of the sources: a code tells nothing.
        """
        rows = sorted(sources, key=lambda s: self._digest(f"order/{s.id}"))
        known = {s.id for s in rows}
        heads = [s for s in rows if s.group_id is None or s.group_id not in known]
        taken: set[str] = set()
        codes = {source.id: self._draw(source.id, taken) for source in heads}
        for head in heads:
            members = (s for s in rows if s.group_id == head.id and s.id not in codes)
            for place, member in enumerate(members, start=1):
                codes[member.id] = f"{codes[head.id]}-{place}"
        # A ring or a chain of groups: every source still gets a code.
        for source in rows:
            if source.id not in codes:
                codes[source.id] = self._draw(source.id, taken)
        return codes

    def _draw(self, source_id: str, taken: set[str]) -> str:
        """Draw a free code; the first round has 112 of them, each later round adds a figure."""
        start = int.from_bytes(self._digest(f"code/{source_id}"), "big")
        attempt = 0
        code = _ALL[start % len(_ALL)]
        while code in taken:
            attempt += 1
            stage = attempt // len(_ALL)
            code = _ALL[(start + attempt) % len(_ALL)] + (str(stage) if stage else "")
        taken.add(code)
        return code
