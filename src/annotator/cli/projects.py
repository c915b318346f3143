"""Open projects and find articles for a command."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.article import Article
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.app.session import Session
    from annotator.store import Project

_SHORTEST_PREFIX = 4


@contextmanager
def reading(path: str) -> Iterator[Project]:
    """Open a project to read; works while a window has it open."""
    from annotator.store import Project

    with Project.open(Path(path), read_only=True) as project:
        yield project


@contextmanager
def writing(path: str) -> Iterator[Session]:
    """Open a project to change it."""
    from annotator.app.workflows import open_session

    session = open_session(Path(path), author=author())
    try:
        yield session
    finally:
        session.close()


def author() -> str:
    """Return who works here, as the settings say."""
    from annotator.app.settings import Settings

    return Settings().text("author")


def find_article(project: Project, words: str) -> Article:
    """Return an article by its id, the beginning of its id, or words of its headline.

    Raises:
        UserError: ``article-unknown`` if none fits, ``article-several`` if more than one does.
    """
    found = project.get(Article, words)
    if found is not None:
        return found
    articles = project.find(Article)
    fitting = [a for a in articles if len(words) >= _SHORTEST_PREFIX and a.id.startswith(words)]
    fitting = fitting or [a for a in articles if words.casefold() in a.headline.casefold()]
    if not fitting:
        raise UserError("article-unknown", article=words)
    if len(fitting) > 1:
        raise UserError("article-several", article=words, count=len(fitting))
    return fitting[0]
