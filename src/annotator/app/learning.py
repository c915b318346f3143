"""Learn from what a person decided in this project; kept in the project file and nowhere else.

What is learned holds no words, only keyed digests, and is a setting of the project: no step of
undo, in no export. ``docs/adr/0007-learning-stays-in-the-project.md`` says why.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.app.jobs import JobContext
from annotator.i18n import tr
from annotator.model.annotations import Source, SourceMention
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.span import covered
from annotator.model.suggestion import Decision, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.app.session import Session
    from annotator.model.annotations import Mark
    from annotator.model.span import Spans
    from annotator.model.vocabulary import MarkKind
    from annotator.store import Project
    from annotator.suggest import Engine, Proposal
    from annotator.suggest.learn import Judged
    from annotator.suggest.learned import Learned

    #: Text, language, mask -> the language read and the engine's own proposals.
    Ask = Callable[[str, str, Spans], tuple[str, list[Proposal]]]

_KEPT, _CHOICE = "learned", "learning"
_FACTORY = "factory"
#: So many decisions more, and there may be something new to learn.
AGAIN_AFTER = 25
#: The articles decided on last are learned from, where there are more.
_MOST_ARTICLES = 300
#: Proposals under this score are not asked about by the usual setting: they hold nothing up.
_ASKED = 0.4
#: Words that share so much of what they cover together are the same.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """Say where learning stands in a project.

    ``learned`` is ``None`` while nothing was learned with this engine. ``is_factory``: a person
    wants the engine's own proposals. ``decisions`` counts what was decided so far.
    """

    learned: Learned | None
    is_factory: bool
    decisions: int

    @property
    def is_speaking(self) -> bool:
        """Say whether proposals are as learned, not as from the factory."""
        return self.learned is not None and self.learned.is_on and not self.is_factory

    @property
    def is_due(self) -> bool:
        """Say whether enough was decided since the last time to learn again."""
        from annotator.suggest.learn import LEAST_DECISIONS

        known = 0 if self.learned is None else self.learned.seen
        return self.decisions >= max(LEAST_DECISIONS, known + AGAIN_AFTER)


def standing(project: Project) -> Standing:
    """Return where learning stands."""
    from annotator.suggest.learned import Learned

    kept = project.setting(_KEPT)
    return Standing(
        Learned.from_json(kept) if kept else None,
        project.setting(_CHOICE) == _FACTORY,
        _decided(project),
    )


def speaking(project: Project) -> Learned | None:
    """Return what was learned if proposals are to follow it."""
    kept = project.setting(_KEPT)
    if not kept or project.setting(_CHOICE) == _FACTORY:
        return None
    from annotator.suggest.learned import Learned

    learned = Learned.from_json(kept)
    return learned if learned is not None and learned.is_on else None


def _decided(project: Project) -> int:
    return sum(n for _, how, n in project.decision_counts() if how != Decision.PENDING)


def keep(session: Session, learned: Learned) -> None:
    """Keep what was learned in the project; whether it speaks stays as it was chosen.

    Raises:
        UserError: ``read-only``.
    """
    _set(session, _KEPT, learned.to_json())


def choose(session: Session, *, factory: bool) -> None:
    """Go back to the engine's own proposals, or to what was learned. Nothing is lost either way.

    Raises:
        UserError: ``read-only``.
    """
    _set(session, _CHOICE, _FACTORY if factory else "")


def _set(session: Session, key: str, value: str) -> None:
    if session.project.read_only:
        raise UserError("read-only", file=session.project.path.name)
    session.project.set_setting(key, value)


def words_of(now: Standing) -> list[str]:
    """Say in sentences where learning stands: the news first, then how it was found."""
    from annotator.suggest.learn import LEAST_ARTICLES, LEAST_DECISIONS

    learned = now.learned
    if learned is None or not learned.is_enough:
        return [
            tr(
                "learning.few",
                count=now.decisions,
                least=LEAST_DECISIONS,
                articles=LEAST_ARTICLES,
            )
        ]
    if now.is_factory and learned.is_on:
        return [tr("learning.factory", decisions=learned.decisions)]
    gain = learned.gain
    words = [
        tr(
            "learning.helps" if learned.is_on else "learning.useless",
            decisions=learned.decisions,
            articles=learned.articles,
            before=round(100 * gain.precision_before),
            after=round(100 * gain.precision_after),
        ),
        tr("learning.measured", change=_signed(100 * (gain.loss_after / gain.loss_before - 1))),
    ]
    if learned.is_on and learned.shares:
        words.append(tr("learning.memory", added=gain.added, right=gain.added_right))
    return words


def _signed(value: float) -> str:
    return f"{round(value):+d}".replace("-", "−")


# -- learning ---------------------------------------------------------------------------------


def asking(engine: Engine) -> Ask:
    """Return how one engine is asked."""

    def ask(text: str, language: str, mask: Spans) -> tuple[str, list[Proposal]]:
        language = engine.language_of(text, language)
        return language, engine.propose(text, language, mask=mask)

    return ask


@dataclass(frozen=True, slots=True)
class Lessons:
    """Hold what there is to learn from: the articles, the key of digests, decisions in all."""

    articles: Sequence[Judged]
    salt: str
    decisions: int


def lessons(project: Project, ask: Ask, ctx: JobContext | None = None) -> Lessons:
    """Gather the decisions of a project. Pure reading: may run on a reader, off the GUI thread.

    The engine is asked again, so that what is learned is about what it proposes now.

    Raises:
        Cancelled: if the person stopped it.
    """
    ctx = ctx or JobContext()
    done = tuple(d for d in Decision if d is not Decision.PENDING)
    decided: dict[str, list[Suggestion]] = defaultdict(list)
    for one in project.find(Suggestion, decision=done):
        if one.decided_at:
            decided[one.article_id].append(one)
    articles = [a for a in project.find(Article) if a.id in decided or a.reviewed]
    articles.sort(key=lambda a: max((s.decided_at for s in decided[a.id]), default=""))
    articles = articles[-_MOST_ARTICLES:]
    judged: list[Judged] = []
    for number, article in enumerate(articles):
        ctx.progress(number, len(articles), "learn")
        judged.append(_judged(project, article, decided[article.id], ask))
    return Lessons(judged, project.project_id, _decided(project))


def learn_from(found: Lessons, ctx: JobContext | None = None) -> Learned:
    """Learn from lessons; the project is not needed for it.

    Raises:
        Cancelled: if the person stopped it.
    """
    from annotator.suggest.learn import learn

    ctx = ctx or JobContext()
    return learn(found.articles, found.salt, ctx.check, seen=found.decisions)


def learn_project(project: Project, ask: Ask, ctx: JobContext | None = None) -> Learned:
    """Gather the decisions of a project and learn from them.

    Raises:
        Cancelled: if the person stopped it.
    """
    return learn_from(lessons(project, ask, ctx), ctx)


def _judged(project: Project, article: Article, decided: Sequence[Suggestion], ask: Ask) -> Judged:
    from annotator.suggest.learn import Judged
    from annotator.suggest.learn_memory import RULE

    text = project.text(article.id).text
    language, proposals = ask(text, article.language, article.mask)
    marks = project.marks(article.id)
    sources = {s.id: s for s in project.find(Source, article_id=article.id)}
    verdicts = _Verdicts(decided, marks)
    return Judged(
        article.id,
        text,
        language,
        tuple(proposals),
        tuple(verdicts.of(p.kind, p.spans) for p in proposals),
        tuple((m.mark_kind, m.spans, _identification(m, sources)) for m in marks),
        tuple(
            (s.kind, s.spans[0])
            for s in decided
            if s.rule == RULE and s.decision is Decision.REJECTED
        ),
        article.mask,
        article.reviewed or not _is_waiting(project, article.id),
    )


def _identification(mark: Mark, sources: dict[str, Source]) -> str:
    source = sources.get(mark.source_id or "") if isinstance(mark, SourceMention) else None
    return "" if source is None else source.identification.value


def _is_waiting(project: Project, article_id: str) -> bool:
    waiting = project.find(Suggestion, article_id=article_id, decision=Decision.PENDING)
    return any(s.score >= _ASKED for s in waiting)


class _Verdicts:
    """Know what became of the proposals of one article."""

    def __init__(self, decided: Sequence[Suggestion], marks: Iterable[Mark]) -> None:
        self._marks = {m.id: m for m in marks}
        self._decided: dict[MarkKind, list[Suggestion]] = defaultdict(list)
        for one in decided:
            self._decided[one.kind].append(one)

    def of(self, kind: MarkKind, spans: Spans) -> bool | None:
        """Say whether a person found these words right for this kind of mark.

        A proposal was right if its mark is there, is of its kind, and covers its words give or take
        an edge. One whose mark was deleted later was wrong after all.
        """
        same = (s for s in self._decided[kind] if s.spans == spans or _alike(s.spans, spans))
        one = min(same, key=lambda s: s.spans != spans, default=None)
        if one is None:
            return None
        if one.decision is Decision.REJECTED:
            return False
        mark = self._marks.get(one.accepted_id or "")
        return mark is not None and mark.mark_kind is kind and _alike(mark.spans, spans)


def _alike(a: Spans, b: Spans) -> bool:
    """Say whether two stretches are the same words, give or take an edge."""
    shared = sum(covered(a, span) for span in b)
    return shared >= _SAME * (sum(map(len, a)) + sum(map(len, b)) - shared)


# -- what waits follows -----------------------------------------------------------------------


def refresh(session: Session, engine: Engine, ctx: JobContext | None = None) -> int:
    """Propose again wherever something waits, as it was learned or as from the factory.

    Raises:
        Cancelled: if the person stopped it; what was proposed so far stays.
    """
    from annotator.app.proposing import propose_project

    waiting = session.project.find(Suggestion, decision=Decision.PENDING)
    ids = list(dict.fromkeys(s.article_id for s in waiting))
    return propose_project(session, ids, engine, ctx or JobContext())
