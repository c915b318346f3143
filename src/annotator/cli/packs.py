"""``packs``: list, install and remove language packs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.kit import argument, command, json_option, option
from annotator.cli.output import data, phrase, say, table, warn
from annotator.i18n import explain, tr
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from annotator.app.packs.shelf import InstalledPack, KnownPack

_DO = ("list", "add", "fetch", "remove")


def build() -> click.Command:
    """Make the command."""
    return command(
        "packs",
        _run,
        argument("do", type=click.Choice(_DO), required=False, default="list"),
        argument("pack", required=False),
        option("--trust", key="packs.trust", metavar="SHA256", default=""),
        json_option(),
    )


def _run(do: str, pack: str | None, trust: str, *, as_json: bool) -> None:
    if (pack is None) is not (do == "list") or (trust and do != "add"):
        raise click.UsageError("packs")
    if pack is None:
        _list(as_json=as_json)
        return
    found = {"add": _add, "fetch": _fetch, "remove": _remove}[do](pack, trust)
    if as_json:
        data(_plain(found))
    elif do == "remove":
        say(phrase("packs.removed", name=found.id))
    else:
        say(phrase("packs.installed", name=found.id, language=found.language))
        _warn_of_missing_library()


def _add(file: str, trust: str) -> InstalledPack:
    from annotator.app.packs.installing import install, load_pack_file

    path = Path(file)
    return install(load_pack_file(path), path.name, trusted=trust)


def _fetch(name: str, _trust: str) -> InstalledPack:
    from annotator.app.jobs import JobContext
    from annotator.app.packs.fetching import fetch
    from annotator.app.packs.shelf import named

    pack = named(name)
    warn(phrase("packs.fetching", name=pack.id, megabytes=pack.megabytes, address=pack.address))
    return fetch(pack, JobContext())


def _remove(name: str, _trust: str) -> InstalledPack:
    from annotator.app.packs.shelf import remove

    return remove(name)


def _list(*, as_json: bool) -> None:
    from annotator.app.packs.reading import has_spacy
    from annotator.app.packs.shelf import installed, known, packs_folder

    here = installed()
    if as_json:
        data(
            {
                "folder": str(packs_folder()),
                "spacy": has_spacy(),
                "installed": [_plain(pack) for pack in here],
                "known": [asdict(pack) | {"id": pack.id} for pack in known()],
            }
        )
        return
    ids = {pack.id: pack for pack in here}
    rows = [_row(pack, ids.pop(pack.id, None)) for pack in known()]
    rows += [[p.id, p.language, "", p.licence, tr("packs.state.by_hand")] for p in ids.values()]
    head = [phrase(f"packs.column.{key}") for key in ("name", "language", "mb", "licence", "state")]
    table([head, *rows], right=frozenset({2}))
    say()
    say(tr("packs.effect"))
    _warn_of_missing_library()


def _row(pack: KnownPack, here: InstalledPack | None) -> list[str]:
    state = tr("packs.state.none" if here is None else "packs.state.installed")
    return [pack.id, pack.language, str(pack.megabytes), pack.licence, state]


def _plain(pack: InstalledPack) -> dict[str, object]:
    return {**asdict(pack), "id": pack.id, "folder": str(pack.folder)}


def _warn_of_missing_library() -> None:
    from annotator.app.packs.reading import has_spacy, spacy_missing

    if not has_spacy():
        warn(explain(UserError(spacy_missing())))
