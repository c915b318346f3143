"""Read and write the corpus form: one JSON object a line, spans and relations by id.

``{"id", "lang", "text"}`` in; the same with ``spans`` and ``relations`` out. Offsets are
half-open code points; a discontinuous span has ``extra.fragments``. Files are streamed, bad lines
named and left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Protocol

from annotator.collector import few_collections, rarely
from annotator.model.errors import UserError
from annotator.model.vocabulary import MarkKind
from annotator.suggest.engine import Engine

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.suggest.base import Proposal
    from annotator.suggest.pack_names import PackName

_TYPES = {kind: kind.value for kind in MarkKind} | {MarkKind.QUOTE: "content"}
_INTEGERS = frozenset(("stated_count",))
_CHUNK = 16
OnError = Callable[[int, str], None]
#: Makes a reader of names in whichever process needs one: a class of its module, so it can be sent.
ReaderMaker = Callable[[], "NameReader"]


@dataclass(frozen=True, slots=True)
class Streamed:
    """Count what a run did: articles written, lines left out."""

    written: int
    skipped: int


def spans_of(proposals: Sequence[Proposal]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return spans and relations of the corpus form."""
    spans: list[dict[str, Any]] = []
    relations: list[dict[str, str]] = []
    for index, proposal in enumerate(proposals):
        pieces = [[s.start, s.end] for s in proposal.spans]
        spans.append(
            {
                "id": f"p{index}",
                "type": _TYPES[proposal.kind],
                "start": pieces[0][0],
                "end": pieces[-1][1],
                "extra": _extra(proposal, pieces),
            }
        )
        for role, target in proposal.links:
            if role in ("source", "cue"):
                relation = {"type": f"{role}_of", "from": f"p{target}", "to": f"p{index}"}
                if proposal.kind == MarkKind.QUOTE:
                    relations.append(relation)
                else:
                    spans[-1]["extra"].setdefault(role, f"p{target}")
    return spans, relations


def _extra(proposal: Proposal, pieces: list[list[int]]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for name, value in proposal.fields.items():
        if name == "anonymity_span":
            extra[name] = [int(x) for x in value.split("-")]
        else:
            extra[name] = int(value) if name in _INTEGERS and value.isdigit() else value
    if proposal.cluster:
        extra["cluster"] = proposal.cluster
    if len(pieces) > 1:
        extra["fragments"] = pieces
    extra["rule"], extra["score"] = proposal.rule, proposal.score
    return extra


def article_of(line: str) -> dict[str, Any]:
    """Return one article of a corpus file.

    Raises:
        UserError: ``corpus-line`` if the line is not an object with a text.
    """
    try:
        article = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError("corpus-line", problem=str(error)[:80]) from error
    if not isinstance(article, dict) or not isinstance(article.get("text"), str):
        raise UserError("corpus-line", problem="text")
    return article


class NameReader(Protocol):
    """Find names in a text, as an installed language pack does."""

    def names(self, text: str, language: str) -> Sequence[PackName]:
        """Return the names in a text of a language."""
        ...

    def close(self) -> None:
        """Let go of what it reads with."""
        ...


def suggest_article(
    engine: Engine, article: Mapping[str, Any], reader: NameReader | None = None
) -> dict[str, Any]:
    """Return the article with the spans and relations that the engine proposes."""
    language, text = str(article.get("lang") or "und"), str(article["text"])
    names = reader.names(text, engine.language_of(text, language)) if reader else ()
    proposals = engine.propose(text, language, names=names)
    spans, relations = spans_of(proposals)
    kept = {k: v for k, v in article.items() if k not in ("spans", "relations")}
    return kept | {"spans": spans, "relations": relations}


def _work(line: str, lang: str, reads: ReaderMaker | None) -> tuple[str, str]:
    """Return (output line, problem); one of them is empty."""
    engine = _engine(lang)
    try:
        article = article_of(line)
    except UserError as error:
        return "", str(error.values.get("problem", ""))
    if lang in ("fr", "en"):
        article["lang"] = lang
    return json.dumps(suggest_article(engine, article, _reader(reads)), ensure_ascii=False), ""


# An article makes some 20,000 objects.
_NEW_OBJECTS = 50_000
_ENGINES: dict[str, Engine] = {}
_READERS: dict[ReaderMaker, NameReader] = {}


def _reader(reads: ReaderMaker | None) -> NameReader | None:
    """Return this process's reader of a language pack, made once."""
    if reads is None:
        return None
    if reads not in _READERS:
        _READERS[reads] = reads()
    return _READERS[reads]


def _engine(lang: str) -> Engine:
    """Return this process's engine, loaded once."""
    if lang not in _ENGINES:
        _ENGINES[lang] = Engine.load(lang=lang if lang in ("fr", "en") else None)
    return _ENGINES[lang]


def _work_many(lines: Sequence[str], lang: str, reads: ReaderMaker | None) -> list[tuple[str, str]]:
    return [_work(line, lang, reads) for line in lines]


def suggest_stream(
    in_path: Path,
    out_path: Path,
    *,
    jobs: int = 1,
    lang: str = "auto",
    on_error: OnError | None = None,
    reads: ReaderMaker | None = None,
) -> Streamed:
    """Propose for every article of a file, in order; memory does not grow with the file.

    Args:
        in_path: articles, one JSON object a line.
        out_path: is written as it goes.
        jobs: processes.
        lang: ``auto`` (the article's own, else guessed), ``fr`` or ``en``.
        on_error: called with line number and problem for each line left out.
        reads: makes what finds more names, once in each process.

    Raises:
        UserError: ``corpus-open`` if a file cannot be opened.
    """
    try:
        source = in_path.open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError("corpus-open", file=in_path.name) from error
    with source:
        try:
            target = out_path.open("w", encoding="utf-8")
        except OSError as error:
            raise UserError("corpus-open", file=out_path.name) from error
        with target:
            try:
                with few_collections(_NEW_OBJECTS):
                    return _run(_results(source, jobs, lang, reads), target, on_error)
            finally:
                while _READERS:
                    _READERS.popitem()[1].close()


def _run(
    results: Iterable[tuple[int, tuple[str, str]]], target: IO[str], on_error: OnError | None
) -> Streamed:
    written = skipped = 0
    for number, (line, problem) in results:
        if problem:
            skipped += 1
            if on_error:
                on_error(number, problem)
        elif line:
            written += 1
            target.write(line + "\n")
    return Streamed(written, skipped)


def _results(
    source: Iterable[str], jobs: int, lang: str, reads: ReaderMaker | None
) -> Iterator[tuple[int, tuple[str, str]]]:
    numbered = ((n, line) for n, line in enumerate(source, 1) if line.strip())
    if jobs <= 1:
        for number, line in numbered:
            yield number, _work(line, lang, reads)
        return
    yield from _parallel(numbered, jobs, lang, reads)


def _parallel(
    numbered: Iterator[tuple[int, str]], jobs: int, lang: str, reads: ReaderMaker | None
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Keep a few chunks a process in flight, so that memory stays bounded and order is kept."""
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[tuple[list[int], Future[list[tuple[str, str]]]]] = deque()
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=rarely, initargs=(_NEW_OBJECTS,)
    ) as pool:
        while True:
            chunk = list(islice(numbered, _CHUNK)) if len(waiting) < 3 * jobs else []
            if chunk:
                future = pool.submit(_work_many, [line for _, line in chunk], lang, reads)
                waiting.append(([n for n, _ in chunk], future))
                continue
            if not waiting:
                return
            numbers, done = waiting.popleft()
            yield from zip(numbers, done.result(), strict=True)


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a file.

    Raises:
        UserError: ``corpus-open`` or ``corpus-line``.
    """
    try:
        source = path.open(encoding="utf-8")
    except OSError as error:
        raise UserError("corpus-open", file=path.name) from error
    with source:
        for line in source:
            if line.strip():
                yield article_of(line)
