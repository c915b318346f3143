"""``import PROJECT PATH...``: add files and folders to a project, making it if need be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.codes import Exit
from annotator.cli.kit import argument, command, json_option, option, project_argument
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import author
from annotator.i18n import explain

if TYPE_CHECKING:
    from annotator.app.session import Session
    from annotator.app.workflows import ImportReport


def build() -> click.Command:
    """Make the command."""
    return command(
        "import",
        _run,
        project_argument(),
        argument("paths", nargs=-1, required=True, metavar="PATH..."),
        option("--as", "as_format", key="as"),
        option("--map", "mappings", key="map", multiple=True),
        option("--jobs", key="jobs", type=click.IntRange(1, 64)),
        option("--strict", key="strict", is_flag=True),
        json_option(),
    )


def _run(
    project: str,
    paths: tuple[str, ...],
    as_format: str | None,
    mappings: tuple[str, ...],
    jobs: int | None,
    *,
    strict: bool,
    as_json: bool,
) -> int:
    from annotator.app.workflows import ImportReport, files_under, import_paths

    mapping = _mapping(mappings)
    left_out = ImportReport()
    files = files_under((Path(p) for p in paths), left_out)
    ours = [file for file in files if as_format is None and _is_project(file)]
    others = [file for file in files if file not in ours]
    session = _open(Path(project), ours)
    try:
        known: dict[str, list[Any]] = {"added": [], "duplicates": [], "refused": []}
        _tell(left_out, known)
        for file in ours:
            _import_project(session, file, known)
        if others:
            report = import_paths(
                session, others, as_format=as_format, workers=jobs, mapping=mapping
            )
            _tell(report, known)
    finally:
        session.close()
    if as_json:
        data(known)
    else:
        _print(known)
    taken = known["added"] or known["duplicates"]
    return Exit.CANNOT if known["refused"] and (strict or not taken) else Exit.DONE


def _mapping(given: tuple[str, ...]) -> dict[str, str] | None:
    """Return field -> column; a comma begins another pair only if a field's name follows it."""
    from annotator.importers.mapping import FIELDS

    if not given:
        return None
    fields = "|".join(FIELDS)
    pairs = [pair for one in given for pair in re.split(rf",\s*(?=(?:{fields})=)", one)]
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, _, column = pair.strip().partition("=")
        mapping[field] = column
    if not mapping.keys() <= set(FIELDS) or not all(mapping.values()) or "text" not in mapping:
        raise click.UsageError("map")
    return mapping


def _is_project(file: Path) -> bool:
    """Say whether a file is a project handed out as JSON."""
    from annotator.exporters.json_project import is_project_json

    try:
        with file.open("rb") as stream:
            return is_project_json(stream.read(4096))
    except OSError:
        return False


def _open(path: Path, ours: list[Path]) -> Session:
    """Open the project; a new one made from a project's JSON takes over its name."""
    from annotator.app.session import Session
    from annotator.app.workflows import open_or_create
    from annotator.exporters.json_project import read_project_json
    from annotator.store import Project

    if path.exists() or len(ours) != 1:
        return open_or_create(path, author=author())
    name = read_project_json(ours[0].read_bytes(), ours[0].name).name
    return Session(Project.create(path, name=name), author=author())


def _import_project(session: Session, file: Path, known: dict[str, list[Any]]) -> None:
    from annotator.app.project_json import import_project_json
    from annotator.model.article import Article

    found = import_project_json(session, file.read_bytes(), file.name)
    for article_id in found.added:
        article = session.get(Article, article_id)
        known["added"].append({"id": article_id, "headline": article.headline, "file": file.name})
    for article_id in found.known:
        known["duplicates"].append({"id": article_id, "file": file.name})


def _tell(report: ImportReport, known: dict[str, list[Any]]) -> None:
    for article in report.added:
        known["added"].append(
            {"id": article.id, "headline": article.headline, "file": article.file_name}
        )
    for copy in report.duplicates:
        known["duplicates"].append(
            {"id": copy.article_id, "headline": copy.headline, "file": copy.name}
        )
    for refused in report.refused:
        known["refused"].append(
            {
                "file": refused.name,
                "error": refused.error.message_id,
                "message": explain(refused.error),
            }
        )


def _print(known: dict[str, list[Any]]) -> None:
    for item in known["added"]:
        say(f"{item['id']}  {item['headline'] or item['file']}")
    for item in known["duplicates"]:
        say(phrase("import.known", file=item["file"], id=item["id"]))
    for item in known["refused"]:
        name, message = item["file"], item["message"]
        # Nearly every sentence begins with the file's name.
        told = message if name in message else f"{name}: {message}"
        warn(phrase("import.refused", message=told))
    counts = {key: len(items) for key, items in known.items()}
    say(phrase("import.done", **counts))
