"""Lines that are always furniture in an outlet: remembered in the project, masked as they come in.

What is remembered is the line's words without case, accents and numbers (``text.likelines``), so
that "12 commentaires" also stands for "3 commentaires". The rules are settings of the project, not
actions: undo brings masked lines back, ``forget`` ends a rule.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from annotator.app.commands.draft import Draft
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.span import covered, normalise
from annotator.text.likelines import line_key, lines_like
from annotator.text.names import fold
from annotator.text.segments import paragraphs
from annotator.text.words import count_unmasked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.app.jobs import JobContext
    from annotator.app.session import Session
    from annotator.model.span import Span, Spans
    from annotator.store import Project

_SETTING = "furniture/"


def rules_of(project: Project, outlet: str) -> frozenset[str]:
    """Return the remembered lines of an outlet, as keys."""
    if not outlet:
        return frozenset()
    try:
        stored = json.loads(project.setting(_SETTING + fold(outlet), "[]"))
    except ValueError:
        return frozenset()
    if not isinstance(stored, list):
        return frozenset()
    return frozenset(key for key in cast("list[object]", stored) if isinstance(key, str) and key)


def remember(session: Session, article: Article, span: Span) -> frozenset[str]:
    """Remember the lines that a stretch touches as furniture of the article's outlet.

    Returns:
        The keys of the lines, for ``find_masks``.

    Raises:
        UserError: ``no-outlet`` if the article has none, ``furniture-no-line`` if the stretch
            touches no words.
    """
    if not article.outlet:
        raise UserError("no-outlet")
    text = session.text(article.id)
    lines = (line for line in paragraphs(text) if line.overlaps(span))
    keys = frozenset(key for line in lines if (key := line_key(line.slice(text))))
    if not keys:
        raise UserError("furniture-no-line")
    known = rules_of(session.project, article.outlet)
    _store(session.project, article.outlet, known | keys)
    return keys


def forget(session: Session, outlet: str) -> None:
    """Forget the rules of an outlet; what is masked stays masked."""
    _store(session.project, outlet, frozenset())


def _store(project: Project, outlet: str, keys: frozenset[str]) -> None:
    project.set_setting(_SETTING + fold(outlet), json.dumps(sorted(keys), ensure_ascii=False))


def find_masks(
    project: Project, outlet: str, keys: Iterable[str], ctx: JobContext
) -> dict[str, Spans]:
    """Find the lines of an outlet's articles that a rule masks and that are not masked yet.

    Returns:
        The new mask of each article that has such a line, by id. Thread: any, with a project of
        that thread.
    """
    found: dict[str, Spans] = {}
    articles = project.find(Article, outlet=outlet)
    wanted = frozenset(keys)
    for number, article in enumerate(articles):
        ctx.progress(number, len(articles))
        mask = _with_lines(project.text(article.id).text, article.mask, wanted)
        if mask != article.mask:
            found[article.id] = mask
    return found


def _with_lines(text: str, mask: Spans, keys: frozenset[str]) -> Spans:
    lines = [line for line in lines_like(text, keys) if covered(mask, line) < len(line)]
    return normalise((*mask, *lines)) if lines else mask


def mask_all(session: Session, masks: Mapping[str, Spans]) -> int:
    """Give articles their new masks, in one step; return how many changed."""
    draft = Draft(session, "mask-outlet", count=len(masks))
    for article_id, mask in masks.items():
        article = session.project.get(Article, article_id)
        if article is None:
            continue
        whole = normalise((*article.mask, *mask))
        words = count_unmasked(session.project.text(article_id).text, whole)
        draft.update(article, replace(article, mask=whole, word_count=words))
    draft.commit()
    return len(masks)


class Remembered:
    """Apply the rules of each outlet to articles as they come in; each outlet is asked for once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rules: dict[str, frozenset[str]] = {}

    def masked(self, article: Article, text: str) -> Article:
        """Return an article with the remembered lines of its outlet masked."""
        keys = self._rules.get(article.outlet)
        if keys is None:
            keys = self._rules[article.outlet] = rules_of(self._project, article.outlet)
        if not keys:
            return article
        mask = _with_lines(text, article.mask, keys)
        if mask == article.mask:
            return article
        return replace(article, mask=mask, word_count=count_unmasked(text, mask))
