"""Install a pack from a file: look at its digest, take the model's files out, run nothing of it.

The archive is hostile until proven otherwise: its names are compared with a list and never used as
paths, sizes and ratios are bounded, links are passed over, and the configuration is written anew
(``recipe``). No pickles are read: spaCy keeps these files as JSON, msgpack and plain arrays.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import tarfile
import tempfile
import zlib
from pathlib import Path

from annotator.app.jobs import JobContext
from annotator.app.packs import recipe
from annotator.app.packs.shelf import (
    InstalledPack,
    KnownPack,
    known,
    packs_folder,
    write_card,
)
from annotator.importers.kit.zips import INFLATED_LIMIT, SafeZip, is_zip
from annotator.model.errors import UserError

LIMIT_MB = 120
LIMIT_BYTES = LIMIT_MB * 1024 * 1024
_ENTRY_LIMIT = 5_000
_GZIP = b"\x1f\x8b"
#: The files of a model that names need, and its licence. Nothing else is taken out of an archive.
_KEPT = (
    "tokenizer", "LICENSE", "LICENSES_SOURCES", "README.md",
    "ner/cfg", "ner/model", "ner/moves", "tok2vec/cfg", "tok2vec/model",
    "vocab/key2row", "vocab/lookups.bin", "vocab/strings.json", "vocab/vectors",
    "vocab/vectors.cfg",
)  # fmt: skip
_RECIPE, _META = "config.cfg", "meta.json"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def load_pack_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UserError: ``pack-unreadable``, ``pack-too-big``.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError("pack-unreadable", name=path.name)
        if found.st_size > LIMIT_BYTES:
            raise UserError("pack-too-big", name=path.name, limit=LIMIT_MB)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError("pack-unreadable", name=path.name) from error


def install(
    data: bytes, name: str, *, trusted: str = "", ctx: JobContext | None = None
) -> InstalledPack:
    """Install a pack from the bytes of a wheel, a ``tar.gz`` or a zip of a model.

    Args:
        data: the file.
        name: what to call it in messages.
        trusted: the digest of a pack that is not in the table and that the person wants all the
            same, having seen it.
        ctx: progress and cancel.

    Raises:
        UserError: ``pack-not-known`` (not in the table and not trusted; ``sha256`` is the digest to
            show), ``pack-not-official`` (called like a pack of the table, but not that file),
            ``pack-damaged``, ``pack-bomb``, ``pack-no-model``, ``pack-code``, ``pack-language``,
            ``pack-no-room``.
        Cancelled: if the person stopped it; nothing is left behind.
    """
    ctx = ctx or JobContext()
    ctx.progress(0, 0, "pack-unpack")
    found = digest(data)
    listed = next((pack for pack in known() if pack.sha256 == found), None)
    files = _model_files(data, name, ctx)
    language, config = recipe.written_anew(files.pop(_RECIPE), name)
    card = recipe.card_of(files.pop(_META), language, name)
    full_name, version = f"{language}_{card['name']}", str(card["version"])
    _check_trust(full_name, version, found, listed, trusted)
    shared = "[components.tok2vec]" in config
    contents = {
        **{part: data for part, data in files.items() if shared or part.split("/")[0] != "tok2vec"},
        _RECIPE: config.encode(),
        _META: json.dumps(card, indent=1).encode(),
    }
    pack = InstalledPack(
        name=full_name,
        version=version,
        language=language,
        licence=str(card["license"]),
        sha256=found,
        official=listed is not None,
        bytes=sum(map(len, contents.values())),
    )
    _put(pack, contents, ctx)
    return pack


def _check_trust(
    name: str, version: str, found: str, listed: KnownPack | None, trusted: str
) -> None:
    if listed is not None:
        return
    full = f"{name}-{version}"
    if any(pack.id == full for pack in known()):
        raise UserError("pack-not-official", name=full, sha256=found)
    if trusted.lower() != found:
        raise UserError("pack-not-known", name=full, sha256=found)


def _put(pack: InstalledPack, contents: dict[str, bytes], ctx: JobContext) -> None:
    """Write the files beside the place and move them there whole; an older copy goes."""
    folder = packs_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
    except OSError as error:
        raise UserError("pack-no-room", folder=str(folder)) from error
    try:
        for part, content in contents.items():
            ctx.check()
            target = made / part
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        write_card(made, pack)
        shutil.rmtree(pack.folder, ignore_errors=True)
        made.replace(pack.folder)
    except OSError as error:
        raise UserError("pack-no-room", folder=str(folder)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


# -- the archive ----------------------------------------------------------------------------------


def _model_files(data: bytes, name: str, ctx: JobContext) -> dict[str, bytes]:
    """Return the files of the one model in an archive, by their names inside the model.

    Raises:
        UserError: ``pack-damaged``, ``pack-bomb``, ``pack-no-model``.
    """
    if is_zip(data):
        files = _from_zip(data, name, ctx)
    elif data.startswith(_GZIP):
        files = _from_tar(data, name, ctx)
    else:
        raise UserError("pack-damaged", name=name)
    if not {_RECIPE, _META, "tokenizer", "ner/model"} <= files.keys():
        raise UserError("pack-no-model", name=name)
    return files


def _base(names: list[str], name: str) -> str:
    """Return the folder of the model: the one that holds a configuration.

    Raises:
        UserError: ``pack-no-model`` if there is none, or more than one.
    """
    bases = [n[: -len(_RECIPE)] for n in names if n == _RECIPE or n.endswith("/" + _RECIPE)]
    if len(bases) != 1:
        raise UserError("pack-no-model", name=name)
    return bases[0]


def _wanted(base: str) -> dict[str, str]:
    return {base + part: part for part in (*_KEPT, _RECIPE, _META)}


def _from_zip(data: bytes, name: str, ctx: JobContext) -> dict[str, bytes]:
    try:
        archive = SafeZip(data, name)
        names = archive.names()
        wanted = _wanted(_base(names, name))
        files: dict[str, bytes] = {}
        for member in names:
            ctx.check()
            if member in wanted:
                files[wanted[member]] = archive.read(member)
    except UserError as error:
        if error.message_id.startswith("pack-"):
            raise
        kind = "pack-bomb" if error.message_id == "import-bomb" else "pack-damaged"
        raise UserError(kind, name=name) from error
    return files


def _from_tar(data: bytes, name: str, ctx: JobContext) -> dict[str, bytes]:
    raw = _inflated(data, name, ctx)
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as archive:
            members = [m for m in _bounded(archive, name) if m.isreg()]
            wanted = _wanted(_base([m.name for m in members], name))
            files: dict[str, bytes] = {}
            for member in members:
                ctx.check()
                if member.name in wanted:
                    stream = archive.extractfile(member)
                    files[wanted[member.name]] = stream.read() if stream is not None else b""
    except (tarfile.TarError, OSError, ValueError, EOFError, RecursionError) as error:
        raise UserError("pack-damaged", name=name) from error
    return files


def _bounded(archive: tarfile.TarFile, name: str) -> list[tarfile.TarInfo]:
    found: list[tarfile.TarInfo] = []
    while (member := archive.next()) is not None:
        found.append(member)
        if len(found) > _ENTRY_LIMIT:
            raise UserError("pack-bomb", name=name)
    return found


def _inflated(data: bytes, name: str, ctx: JobContext) -> bytes:
    """Return what a gzip file holds, stopped at the limit of what a model may be."""
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size, rest = 0, data
    try:
        while rest and not unpacker.eof:
            ctx.check()
            parts.append(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
            size += len(parts[-1])
            if size > INFLATED_LIMIT:
                raise UserError("pack-bomb", name=name)
    except zlib.error as error:
        raise UserError("pack-damaged", name=name) from error
    if not unpacker.eof:
        raise UserError("pack-damaged", name=name)
    return b"".join(parts)
