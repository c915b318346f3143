"""``suggest``: propose marks for a corpus file, or for the articles of a project."""

from __future__ import annotations

from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.codes import Exit
from annotator.cli.kit import argument, command, json_option, option
from annotator.cli.output import data, phrase, say, warn
from annotator.cli.projects import find_article, writing
from annotator.i18n import explain

if TYPE_CHECKING:
    from annotator.app.packs.reading import PackReader
    from annotator.suggest import Engine


def build() -> click.Command:
    """Make the command."""
    return command(
        "suggest",
        _run,
        argument("project", required=False),
        option("--in", "source", key="corpus_in"),
        option("--out", "target", key="corpus_out"),
        option("--jobs", key="suggest_jobs", type=click.IntRange(1, 64), default=1),
        option("--lang", key="text_lang", type=click.Choice(["auto", "fr", "en"]), default="auto"),
        option("--article", "articles", key="article", multiple=True),
        option("--pack", "with_pack", key="pack", is_flag=True),
        json_option(),
    )


def _run(
    project: str | None,
    source: str | None,
    target: str | None,
    jobs: int,
    lang: str,
    articles: tuple[str, ...],
    *,
    with_pack: bool,
    as_json: bool,
) -> int:
    in_project = project is not None and source is None and target is None
    if not in_project and (project is not None or source is None or target is None):
        raise click.UsageError("suggest")
    reads = _packs() if with_pack else None
    if project is not None:
        return _in_project(project, lang, articles, reads, as_json=as_json)
    return _in_corpus(Path(source or ""), Path(target or ""), jobs, lang, reads, as_json=as_json)


def _packs() -> type[PackReader]:
    """Return what reads the installed packs, if there are any that can be read."""
    from annotator.app.packs.reading import PackReader, check_ready

    check_ready()
    return PackReader


def _in_corpus(
    source: Path,
    target: Path,
    jobs: int,
    lang: str,
    reads: type[PackReader] | None,
    *,
    as_json: bool,
) -> int:
    from annotator.suggest.corpus import suggest_stream

    skipped: list[dict[str, object]] = []

    def tell(line: int, problem: str) -> None:
        skipped.append({"line": line, "problem": problem})
        warn(phrase("suggest.skipped", line=line, problem=problem))

    done = suggest_stream(source, target, jobs=jobs, lang=lang, on_error=tell, reads=reads)
    if as_json:
        data({"out": str(target), "articles": done.written, "skipped": skipped})
    else:
        say(phrase("suggest.written", out=target, articles=done.written, count=done.skipped))
    return Exit.DONE


def _in_project(
    project: str,
    lang: str,
    words: tuple[str, ...],
    reads: type[PackReader] | None,
    *,
    as_json: bool,
) -> int:
    from annotator.app.proposing import keep_suggestions, names_of, propose
    from annotator.model.article import Article
    from annotator.suggest import Engine

    found: list[dict[str, object]] = []
    with writing(project) as session, closing(reads()) if reads else nullcontext() as packs:
        opened = session.project
        chosen = [find_article(opened, w) for w in words] or opened.find(Article)
        engine: Engine = Engine.load(lang=None if lang == "auto" else lang)
        for article in chosen:
            names = names_of(opened, article.id, engine, packs) if packs is not None else ()
            fresh = propose(opened, article.id, engine, names)
            kept = keep_suggestions(session, article.id, fresh)
            found.append({"id": article.id, "headline": article.headline, "suggestions": len(kept)})
    if packs is not None and packs.problem is not None:
        warn(explain(packs.problem))
    if as_json:
        data({"articles": found})
    else:
        for item in found:
            say(f"{item['id']}  {item['suggestions']:>4}  {item['headline']}")
        total = sum(int(str(item["suggestions"])) for item in found)
        say(phrase("suggest.kept", count=total))
    return Exit.DONE
