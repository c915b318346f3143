"""ZIP archives: each file in them read as a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.importers.base import check_size
from annotator.importers.kit.nested import read_parts
from annotator.importers.kit.zips import SafeZip, is_zip
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.importers.base import ImportedText

#: What a saved page or a system puts beside the texts; passed over without a word.
_ASIDE = (
    ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".woff", ".woff2",
    ".ttf", ".map", ".ds_store", "thumbs.db", "desktop.ini",
)  # fmt: skip


class Zipped:
    """Read the files in an archive; names in it are shown and never used as paths."""

    id = "zip"
    media_types = ("application/zip",)
    suffixes = (".zip",)

    def sniff(self, data: bytes, name: str) -> float:
        """Say how sure it is: an archive that no document format claims."""
        return 0.3 if is_zip(data) else 0.0

    def read(self, data: bytes, name: str, *, charset: str | None = None) -> list[ImportedText]:
        """Read the files.

        Raises:
            UserError: ``import-empty``, ``import-too-big``, ``import-damaged``, ``import-bomb``.
        """
        check_size(data, name)
        found = read_parts(_texts(SafeZip(data, name)), name)
        if not found and not found.refused:
            raise UserError("import-empty", name=name)
        return found


def _texts(archive: SafeZip) -> Iterator[tuple[str, bytes | UserError]]:
    for member, content in archive.members():
        parts = member.replace("\\", "/").lower().split("/")
        hidden = any(
            part.startswith((".", "__macosx")) and part not in (".", "..") for part in parts
        )
        if not hidden and not parts[-1].endswith(_ASIDE):
            yield member, content
