"""Find actors by any of their names, without reading them all for each mark."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.model.annotations import Actor
from annotator.text.names import fold

if TYPE_CHECKING:
    from annotator.model.changes import Touched
    from annotator.store import Project


class ActorIndex:
    """Map folded names and aliases to actors; built on first use, then kept true by changes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._actors: dict[str, Actor] | None = None
        self._by_name: dict[str, set[str]] = defaultdict(set)

    def _loaded(self) -> dict[str, Actor]:
        if self._actors is None:
            self._actors = {}
            for actor in self._project.find(Actor):
                self._add(actor)
        return self._actors

    def _add(self, actor: Actor) -> None:
        assert self._actors is not None
        self._actors[actor.id] = actor
        for name in _names(actor):
            self._by_name[name].add(actor.id)

    def _remove(self, actor: Actor) -> None:
        assert self._actors is not None
        self._actors.pop(actor.id, None)
        for name in _names(actor):
            self._by_name[name].discard(actor.id)

    def refresh(self, touched: Touched) -> None:
        """Take over what a change did to actors."""
        if self._actors is None or "actor" not in touched.tables:
            return
        for change in touched.changes:
            if isinstance(change.before, Actor):
                self._remove(change.before)
            if isinstance(change.after, Actor):
                self._add(change.after)

    def named(self, name: str) -> list[Actor]:
        """Return the actors that have this name or alias, folded; oldest id first."""
        actors = self._loaded()
        return [actors[i] for i in sorted(self._by_name.get(fold(name), ()))]

    def starting_with(self, words: str, limit: int = 12) -> list[Actor]:
        """Return actors with a name in which some word starts with ``words``, best first."""
        wanted = fold(words).strip()
        actors = self._loaded()
        scored: dict[str, int] = {}
        for name, ids in self._by_name.items():
            at = name.find(wanted)
            if at == 0 or (at > 0 and not name[at - 1].isalnum()):
                for actor_id in ids:
                    scored[actor_id] = min(scored.get(actor_id, at), at)
        best = sorted(scored, key=lambda i: (scored[i], actors[i].name))
        return [actors[i] for i in best[:limit]]


def _names(actor: Actor) -> set[str]:
    return {fold(actor.name), *(fold(alias.name) for alias in actor.aliases)}
