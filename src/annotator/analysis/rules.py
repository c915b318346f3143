"""House-rule packs: rows of data that name a check, and what they find in an article.

A pack is ``resources/rules/<id>.json``. A row has an ``id``, the ``check`` it uses, its parameters
(``with``), a ``severity``, its ``wording`` in English and French and its ``origin``. The title of a
check and the question to the reporter are sentences of the catalogue (area ``rules``). A pack that
a newsroom writes itself has the same form and can be read from anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, cast

from annotator import resources
from annotator.analysis.checks import CHECKS
from annotator.i18n import language, tr
from annotator.model.errors import DataError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from annotator.analysis.case import Case
    from annotator.model.annotations import Note
    from annotator.model.span import Span

#: A note on this "table" is the reason for accepting a finding; its target is the finding's key.
FINDING_TABLE = "finding"


class Severity(StrEnum):
    """How much a finding weighs; a blocking one makes the command line's audit fail."""

    BLOCKING = "blocking"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Rule:
    """Be one row of a pack."""

    id: str
    check: str
    severity: Severity
    wording: Mapping[str, str]
    origins: Mapping[str, str]
    parameters: Mapping[str, object]

    def origin(self, lang: str | None = None) -> str:
        """Return where the rule comes from; the title of a book is the same in every language."""
        return self.origins.get(lang or language()) or self.origins["en"]

    def words(self, lang: str | None = None) -> str:
        """Return the rule in words."""
        return self.wording.get(lang or language()) or self.wording["en"]


@dataclass(frozen=True)
class Pack:
    """Be the rules of one house."""

    id: str
    version: str
    name: Mapping[str, str]
    rules: tuple[Rule, ...]

    def title(self, lang: str | None = None) -> str:
        """Return the name of the pack."""
        return self.name.get(lang or language()) or self.name["en"]


@dataclass(frozen=True)
class Finding:
    """Be one place where a rule is broken.

    ``target_id`` is the record it is about ("": the article), ``span`` the words to quote,
    ``name`` who it is about. ``accepted`` is the reason why it is all right, "" while it is not.
    """

    pack: str
    rule: Rule
    target_id: str
    span: Span | None
    name: str = ""
    accepted: str = ""

    @property
    def key(self) -> str:
        """Return what a reason for accepting the finding is kept under."""
        return f"{self.pack}/{self.rule.id}/{self.target_id}"

    @property
    def severity(self) -> Severity:
        """Return how much it weighs."""
        return self.rule.severity

    def title(self, lang: str | None = None) -> str:
        """Return what was found, in a few words."""
        return _capital(tr(f"rules.{self.rule.check}.title", lang=lang, name=self._named(lang)))

    def question(self, lang: str | None = None) -> str:
        """Return what to ask the reporter."""
        return _capital(tr(f"rules.{self.rule.check}.question", lang=lang, name=self._named(lang)))

    def _named(self, lang: str | None) -> str:
        return self.name or tr("rules.somebody", lang=lang)


def _capital(words: str) -> str:
    """Return a sentence that may begin with the words of an article, with a capital."""
    return words[:1].upper() + words[1:]


@cache
def pack_ids() -> tuple[str, ...]:
    """Return the ids of the packs that ship."""
    return tuple(sorted(path.stem for path in resources.path("rules").glob("*.json")))


@cache
def load_pack(pack_id: str) -> Pack:
    """Read a pack that ships.

    Raises:
        UserError: ``rule-pack-unknown``.
    """
    if pack_id not in pack_ids():
        raise UserError("rule-pack-unknown", pack=pack_id, known=", ".join(pack_ids()))
    return read_pack(resources.path("rules", f"{pack_id}.json"))


def read_pack(path: Path) -> Pack:
    """Read a pack from a file, a newsroom's own for instance.

    Raises:
        DataError: ``rule-pack-broken``, with the row that is not understood.
    """
    row_id = ""
    try:
        data = cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))
        rules: list[Rule] = []
        for row in cast("list[dict[str, object]]", data["rules"]):
            row_id = str(row.get("id", len(rules) + 1))
            rules.append(_rule(row))
        name = cast("dict[str, str]", data["name"])
        return Pack(path.stem, str(data["version"]), {"en": name["en"], **name}, tuple(rules))
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise DataError("rule-pack-broken", file=path.name, row=row_id) from error


def _rule(row: Mapping[str, object]) -> Rule:
    check = str(row["check"])
    if check not in CHECKS:
        raise KeyError(check)
    wording = cast("dict[str, str]", row["wording"])
    origin = row.get("origin", "")
    origins = {"en": origin} if isinstance(origin, str) else cast("dict[str, str]", origin)
    return Rule(
        str(row["id"]),
        check,
        Severity(str(row["severity"])),
        {"en": wording["en"], **wording},
        {"en": "", **origins},
        cast("dict[str, object]", row.get("with", {})),
    )


def find(
    case: Case,
    pack: Pack,
    *,
    notes: Iterable[Note] = (),
    check: Callable[[], None] = lambda: None,
) -> list[Finding]:
    """Apply a pack to an article.

    Args:
        case: the article.
        pack: the rules.
        notes: the article's notes; those on findings accept them, with their reason.
        check: called between the rules; whatever it raises stops the work.

    Returns:
        The findings in text order, those about the whole article first.
    """
    found: list[Finding] = []
    for rule in pack.rules:
        check()
        hits = CHECKS[rule.check](case, rule.parameters)
        found += [Finding(pack.id, rule, hit.target_id, hit.span, hit.name) for hit in hits]
    reasons = {n.target_id: n.text for n in notes if n.target_table == FINDING_TABLE}
    found = [replace(f, accepted=reasons[f.key]) if f.key in reasons else f for f in found]
    return sorted(found, key=lambda f: (f.span.start if f.span else -1, f.rule.id, f.target_id))


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that must not be: blocking and not accepted."""
    return [f for f in findings if f.severity is Severity.BLOCKING and not f.accepted]
