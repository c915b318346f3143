"""List the actors of an article, or of the whole project."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from annotator import i18n
from annotator.gui.models.lister import Lister
from annotator.gui.models.rows import Chip, Row, capital, detail, one_line
from annotator.model.annotations import Actor, Mention
from annotator.model.vocabulary import ActorKind, MarkKind
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.app.session import Session
    from annotator.model.changes import Touched
    from annotator.model.span import Span

_FAR = 1 << 60
_ALIASES = 3


class ActorLister(Lister):
    """List actors with how often they are mentioned; ``is_project`` shows all of the project."""

    orders: ClassVar[tuple[str, ...]] = ("mentions", "name", "text", "kind")
    tables: ClassVar[frozenset[str]] = frozenset({"actor", "mention", "article", "source"})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.is_project = False
        self._actors: dict[str, Actor] = {}
        self._counts: dict[str, int] = {}

    def concerns(self, touched: Touched) -> bool:
        """Say whether a change may show: any article's mentions count in the project's list."""
        return not self.tables.isdisjoint(touched.tables)

    def ids(self, order: str) -> list[str]:
        """Return the ids in an order."""
        self._read()
        keys = {
            "mentions": lambda a: (-self._counts.get(a.id, 0), fold(a.name)),
            "name": lambda a: fold(self._name(a)),
            "text": lambda a: (self._first_place(a.id), fold(a.name)),
            "kind": lambda a: (list(ActorKind).index(a.kind), fold(a.name)),
        }
        return [a.id for a in sorted(self._actors.values(), key=keys[order])]

    def _read(self) -> None:
        if self.is_project:
            self._actors = {actor.id: actor for actor in self.session.project.find(Actor)}
            self._counts = self.session.project.actor_counts()
        elif self.data is not None:
            self._actors = dict(self.data.actors)
            counts = {i: len(self.data.mentions_of_actor(i)) for i in self._actors}
            self._counts = counts
        else:
            self._actors, self._counts = {}, {}

    def _first_place(self, actor_id: str) -> int:
        mentions = self.data.mentions_of_actor(actor_id) if self.data is not None else []
        return mentions[0].spans[0].start if mentions else _FAR

    def record(self, record_id: str) -> Actor | None:
        """Return an actor."""
        return self._actors.get(record_id)

    def rows_for(self, record_ids: Iterable[str]) -> list[str]:
        """Return the actors among the ids, and those that the mentions among them mean."""
        data = self.data
        found: dict[str, None] = {}
        for record_id in record_ids:
            mark = data.marks.get(record_id) if data is not None else None
            actor_id = mark.actor_id if isinstance(mark, Mention) else record_id
            if actor_id in self._actors:
                found[str(actor_id)] = None
        return list(found)

    def span(self, record_id: str) -> Span | None:
        """Return the first place in the open article that mentions an actor."""
        mentions = self.data.mentions_of_actor(record_id) if self.data is not None else []
        return mentions[0].spans[0] if mentions else None

    def _name(self, actor: Actor) -> str:
        """Return what an actor is called here: in an article's list, as the article calls it."""
        if self.is_project or self.data is None:
            return actor.name
        return self.data.actor_name(actor)

    def row(self, record_id: str) -> Row:
        """Return an actor's name, kind, other names and number of mentions."""
        actor = self._actors[record_id]
        name = self._name(actor)
        kind = "" if actor.kind is ActorKind.UNKNOWN else i18n.term(actor.kind)
        others = dict.fromkeys(one_line(n) for n in (actor.name, *(a.name for a in actor.aliases)))
        names = ", ".join([other for other in others if other != one_line(name)][:_ALIASES])
        return Row(
            id=record_id,
            title=capital(one_line(name)),
            detail=detail(kind, names) or i18n.tr("panels.actor.plain"),
            chips=(Chip(str(self._counts.get(record_id, 0))),),
            style=str(MarkKind.ACTOR),
        )
