"""Which packs are known, which are installed, and where they stand."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from annotator import resources
from annotator.app.settings import settings_path
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

#: The languages in which the program reads names.
LANGUAGES = ("en", "fr")
_CARD = "pack.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold F1 of persons, organisations and places in per cent, without and with a pack."""

    without: tuple[float, float, float]
    with_pack: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class KnownPack:
    """Describe a pack of the table ``resources/packs.json``: where it comes from, its digest."""

    name: str
    version: str
    language: str
    megabytes: int
    licence: str
    address: str
    sha256: str
    measured: Measured | None

    @property
    def id(self) -> str:
        """Return name and version."""
        return f"{self.name}-{self.version}"


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """Describe a pack on this machine. ``official``: its digest is the one of the table."""

    name: str
    version: str
    language: str
    licence: str
    sha256: str
    official: bool
    bytes: int

    @property
    def id(self) -> str:
        """Return name and version, which is what its folder is called."""
        return f"{self.name}-{self.version}"

    @property
    def folder(self) -> Path:
        """Return where its model is."""
        return packs_folder() / self.id


def known() -> tuple[KnownPack, ...]:
    """Return the packs of the table, in its order."""
    table = json.loads(resources.read_text("packs.json"))
    return tuple(_known(row) for row in table["packs"])


def _known(row: dict[str, Any]) -> KnownPack:
    found = row["measured"]
    measured = Measured(tuple(found["without"]), tuple(found["with"])) if found else None
    return KnownPack(
        name=row["name"],
        version=row["version"],
        language=row["language"],
        megabytes=row["megabytes"],
        licence=row["licence"],
        address=row["address"],
        sha256=row["sha256"],
        measured=measured,
    )


def named(name: str) -> KnownPack:
    """Return the pack of the table with this name (or name and version).

    Raises:
        UserError: ``pack-unknown-name``.
    """
    for pack in known():
        if name in (pack.name, pack.id, pack.name.replace("_", "-")):
            return pack
    raise UserError("pack-unknown-name", name=name, known=", ".join(p.name for p in known()))


def packs_folder() -> Path:
    """Return where packs are kept: the platform's folder for data, or below ``ANNOTATOR_CONFIG``.

    Packs are the person's, not the project's: a project file never holds one or names one.
    """
    if os.environ.get("ANNOTATOR_CONFIG"):
        return settings_path().parent / "packs"
    import platformdirs

    return platformdirs.user_data_path("annotator") / "packs"


def installed() -> tuple[InstalledPack, ...]:
    """Return the packs on this machine by name; a folder that is not whole is none."""
    folder = packs_folder()
    if not folder.is_dir():
        return ()
    found = [_read_card(path) for path in sorted(folder.iterdir()) if path.name[0] != "."]
    return tuple(pack for pack in found if pack is not None)


def pack_for(language: str) -> InstalledPack | None:
    """Return the pack that reads a language: of several the largest, which knows most."""
    fitting = [pack for pack in installed() if pack.language == language]
    return max(fitting, key=lambda pack: (pack.bytes, pack.id), default=None)


def remove(name: str) -> InstalledPack:
    """Take a pack off this machine.

    Raises:
        UserError: ``pack-not-installed``, ``pack-not-removed``.
    """
    for pack in installed():
        if name in (pack.id, pack.name):
            try:
                shutil.rmtree(pack.folder)
            except OSError as error:
                raise UserError("pack-not-removed", name=pack.id) from error
            return pack
    raise UserError("pack-not-installed", name=name)


def write_card(folder: Path, pack: InstalledPack) -> None:
    """Write what is known of a pack beside its model."""
    card = json.dumps(asdict(pack), indent=1, sort_keys=True)
    (folder / _CARD).write_text(card, encoding="utf-8")


def _read_card(folder: Path) -> InstalledPack | None:
    with suppress(OSError, ValueError, TypeError, KeyError):
        raw = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        pack = InstalledPack(**{field.name: raw[field.name] for field in fields(InstalledPack)})
        is_whole = (folder / "config.cfg").is_file() and pack.language in LANGUAGES
        return pack if is_whole and pack.id == folder.name else None
    return None
