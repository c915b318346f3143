"""From the engine's proposals to the project's suggestions.

Proposals for one article replace those that wait there. What a person has decided stays decided:
words that are marked already, or were turned down, are not proposed again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.app.learning import speaking
from annotator.model.annotations import MARK_TYPES
from annotator.model.article import Article
from annotator.model.errors import UserError
from annotator.model.span import covered
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotator.app.jobs import JobContext
    from annotator.app.packs.reading import PackReader
    from annotator.app.session import Session
    from annotator.model.annotations import Mark
    from annotator.model.span import Spans
    from annotator.store import Project
    from annotator.suggest import Engine, Proposal
    from annotator.suggest.pack_names import PackName

_NAMESPACE = "0d1b2f6e-6a53-4c0f-9b0c-5a3c1f4f7c11"

#: Proposals below this score are kept back, by the setting ``suggestions``.
FLOORS = {"fewer": 0.65, "balanced": 0.4, "more": 0.0}


#: Words that share so much of what they cover together are the same proposal.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """Say how often a rule was right in this project."""

    rule: str
    accepted: int = 0
    rejected: int = 0
    corrected: int = 0

    @property
    def decided(self) -> int:
        """Return how many of its proposals a person has decided about."""
        return self.accepted + self.corrected + self.rejected

    @property
    def share(self) -> float:
        """Return the share that was right, towards one half while little is known.

        What had to be corrected counts one half.
        """
        return (self.accepted + self.corrected / 2 + 1) / (self.decided + 2)

    @property
    def is_mostly_wrong(self) -> bool:
        """Say whether enough was decided to let the rule sink."""
        return self.decided >= 8 and self.share < 0.34


def suggestion_id(article_id: str, kind: MarkKind, spans: Spans) -> str:
    """Return the id of a proposal: the same words proposed again are the same suggestion."""
    import uuid

    place = " ".join(f"{s.start}-{s.end}" for s in spans)
    return str(uuid.uuid5(uuid.UUID(_NAMESPACE), f"{article_id}/{kind}/{place}"))


def names_of(
    project: Project, article_id: str, engine: Engine, packs: PackReader
) -> list[PackName]:
    """Return the names that an installed language pack finds in an article; waits for the pack.

    Pure reading, and of the engine only ``language_of`` is asked: another thread may use it.
    """
    article = project.get(Article, article_id)
    if article is None:
        return []
    text = project.text(article_id).text
    return packs.names(text, engine.language_of(text, article.language))


def propose(
    project: Project, article_id: str, engine: Engine, names: Sequence[PackName] = ()
) -> list[Suggestion]:
    """Ask the engine for one article. Pure reading: may run on a reader, off the GUI thread.

    What was learned in the project has its say, unless a person wants the factory state. ``names``
    are those that a language pack found in the article.

    Raises:
        UserError: ``record-gone`` if the article was deleted meanwhile.
    """
    article = project.get(Article, article_id)
    if article is None:
        raise UserError("record-gone")
    text = project.text(article_id).text
    proposals = engine.propose(text, article.language, mask=article.mask, names=names)
    learned = speaking(project)
    if learned is not None:
        language = engine.language_of(text, article.language)
        salt = project.project_id
        proposals = learned.apply(proposals, text, language, salt, mask=article.mask)
    return as_suggestions(article_id, text, proposals)


def as_suggestions(article_id: str, text: str, proposals: Sequence[Proposal]) -> list[Suggestion]:
    """Turn an engine's proposals into records; links by index become links by id."""
    ids = [suggestion_id(article_id, p.kind, p.spans) for p in proposals]
    found: dict[str, Suggestion] = {}
    for key, proposal in zip(ids, proposals, strict=True):
        if key in found:
            continue
        found[key] = Suggestion(
            id=key,
            article_id=article_id,
            kind=proposal.kind,
            spans=proposal.spans,
            rule=proposal.rule,
            score=proposal.score,
            quotation=" […] ".join(span.slice(text) for span in proposal.spans),
            evidence=proposal.evidence,
            fields=dict(proposal.fields),
            cluster=proposal.cluster,
            links=tuple((role, ids[index]) for role, index in proposal.links),
        )
    return list(found.values())


def still_open(
    suggestions: Iterable[Suggestion], decided: Iterable[Suggestion], marks: Iterable[Mark]
) -> list[Suggestion]:
    """Leave out what a person has decided about; what is marked already counts as found.

    A proposal for words that carry a mark of its kind comes back as accepted with that mark
    (without a time of decision: nobody decided), so that what links to it finds its end.
    """
    known: dict[str, Suggestion] = {s.id: s for s in decided}
    settled: dict[MarkKind, list[Suggestion]] = defaultdict(list)
    for one in known.values():
        if one.decided_at:
            settled[one.kind].append(one)
    by_kind: dict[MarkKind, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_kind[mark.mark_kind].append(mark)
    found: list[Suggestion] = []
    for suggestion in suggestions:
        if suggestion.id in known or _is_settled(suggestion, settled[suggestion.kind]):
            continue
        mark = _marked_already(suggestion, by_kind[suggestion.kind])
        if mark is not None:
            suggestion = replace(suggestion, decision=Decision.ACCEPTED, accepted_id=mark.id)  # noqa: PLW2901 - its marked form
        found.append(suggestion)
    return found


def not_marked(suggestions: Iterable[Suggestion], marks: Iterable[Mark]) -> list[Suggestion]:
    """Leave out the proposals for words that carry a mark of their kind by now."""
    by_kind: dict[MarkKind, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_kind[mark.mark_kind].append(mark)
    return [s for s in suggestions if not _is_settled(s, by_kind[s.kind])]


def _is_settled(suggestion: Suggestion, decided: Iterable[Suggestion | Mark]) -> bool:
    """Say whether these words were decided about or marked, give or take a word at an edge."""
    length = sum(map(len, suggestion.spans))
    for one in decided:
        shared = sum(covered(one.spans, span) for span in suggestion.spans)
        joined = length + sum(map(len, one.spans)) - shared
        if shared and shared >= _SAME * joined:
            return True
    return False


def _marked_already(suggestion: Suggestion, marks: Iterable[Mark]) -> Mark | None:
    """Return the mark that covers half of the shorter of the two, whichever edges they have."""
    length = sum(map(len, suggestion.spans))
    for mark in marks:
        shared = sum(covered(mark.spans, span) for span in suggestion.spans)
        if shared and 2 * shared >= min(length, sum(map(len, mark.spans))):
            return mark
    return None


def keep_suggestions(
    session: Session, article_id: str, suggestions: Sequence[Suggestion]
) -> list[Suggestion]:
    """Store fresh proposals of an article in place of those that wait; returns what waits now.

    Not a step of undo: proposals are not the person's work, and Ctrl+Z must not stumble over them.
    """
    project = session.project
    decided = [
        s
        for s in project.find(Suggestion, article_id=article_id)
        if s.decision is not Decision.PENDING and (s.decided_at or _is_there(project, s))
    ]
    fresh = still_open(suggestions, decided, project.marks(article_id))
    session.put_suggestions(article_id, fresh)
    return [s for s in fresh if s.decision is Decision.PENDING]


def beside_pack(project: Project, article_id: str, fresh: Sequence[Suggestion]) -> list[Suggestion]:
    """Return fresh proposals with those that a language pack added before.

    So these stay in view while the pack reads the article again.
    """
    from annotator.suggest.pack_names import RULE

    known = {s.id for s in fresh}
    return [
        *fresh,
        *(
            s
            for s in project.find(Suggestion, article_id=article_id)
            if s.rule == RULE and s.decision is Decision.PENDING and s.id not in known
        ),
    ]


def _is_there(project: Project, suggestion: Suggestion) -> bool:
    """Say whether the mark that a proposal stands for is still there."""
    kind = MARK_TYPES[suggestion.kind]
    return suggestion.accepted_id is not None and bool(project.get(kind, suggestion.accepted_id))


def propose_project(
    session: Session, article_ids: Sequence[str], engine: Engine, ctx: JobContext
) -> int:
    """Propose for many articles, one after the other; returns how many proposals wait.

    Raises:
        Cancelled: if the person stopped it; what was proposed so far stays.
    """
    total = 0
    for done, article_id in enumerate(article_ids):
        ctx.progress(done, len(article_ids), "suggest")
        fresh = propose(session.project, article_id, engine)
        fresh = beside_pack(session.project, article_id, fresh)
        total += len(keep_suggestions(session, article_id, fresh))
    return total


def rule_records(project: Project) -> dict[str, RuleRecord]:
    """Return for every rule how often a person found it right in this project."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for rule, decision, count in project.decision_counts():
        if decision != Decision.PENDING:
            counts[rule][decision] = count
    return {rule: RuleRecord(rule, **row) for rule, row in counts.items()}


# -- which rules speak, in what order ---------------------------------------------------------

_OFF = "rules-off"


def rules_off(project: Project) -> frozenset[str]:
    """Return the rules that are switched off in this project."""
    return frozenset(project.setting(_OFF).split())


def switch_rule(session: Session, rule: str, *, on: bool) -> None:
    """Switch a rule on or off for this project."""
    off = rules_off(session.project) - {rule} if on else rules_off(session.project) | {rule}
    session.project.set_setting(_OFF, " ".join(sorted(off)))


def queue(
    suggestions: Iterable[Suggestion],
    records: dict[str, RuleRecord],
    *,
    off: frozenset[str] = frozenset(),
    floor: float = 0.0,
) -> list[Suggestion]:
    """Return what waits for a decision, in text order, mostly wrong rules last.

    A source or cue that only serves a waiting quote or claim is decided with it and does not stand
    in the queue itself. A cue whose content was turned down introduces nothing: it is not asked.
    """
    everything = list(suggestions)
    waiting = [
        s
        for s in everything
        if s.decision is Decision.PENDING and s.rule not in off and s.score >= floor
    ]
    serving = {
        other
        for s in waiting
        if s.kind in (MarkKind.QUOTE, MarkKind.CLAIM)
        for _role, other in s.links
    }
    idle = {
        other
        for s in everything
        if s.decision is Decision.REJECTED
        for role, other in s.links
        if role == "cue"
    }
    silent = serving | idle
    asked = [s for s in waiting if s.id not in silent or s.kind is MarkKind.CLAIM]

    def order(s: Suggestion) -> tuple[bool, int, int]:
        record = records.get(s.rule)
        return (
            record is not None and record.is_mostly_wrong,
            s.spans[0].start,
            -s.spans[-1].end,
        )

    return sorted(asked, key=order)
