"""Make the project file of the present version that later versions must be able to open.

    python tests/data/db/make_fixture.py

writes ``vNNN.annotator`` beside this script: one of every record, invented, with a history that
has something to undo and to redo. Run it once, before ``VERSION`` is raised, and commit the file;
a file of an older version is never made again.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "src"))

from annotator.model import annotations as a
from annotator.model import vocabulary as v
from annotator.model.article import (
    Article,
    ArticleText,
    DatePrecision,
    FieldOrigin,
    FuzzyDate,
)
from annotator.model.changes import ChangeSet, NewText, insert, update
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import Project
from annotator.store.schema import VERSION
from annotator.text.anchors import make_anchor

HERE = Path(__file__).resolve().parent
BODY = (
    "Menu\nLe barrage restera fermé 🙂\n"
    "« Personne ne savait », a dit l’une des deux sources. Irène Castel n’a pas répondu.\n"
)
ORIGINAL = BODY.replace("\n", "\r\n").replace("🙂", "?").encode("cp1252")
STAMP = a.Stamp("A. Tester", "2031-03-14T08:00:00+00:00", "2031-03-14T08:00:00+00:00")


def _at(words):
    start = BODY.index(words)
    return (Span(start, start + len(words)),)


def _mark(kind, mark_id, words, /, **fields):
    return kind(mark_id, "article", _at(words), make_anchor(BODY, _at(words)), STAMP, **fields)


def records():
    """Return the records of the fixture, in an order that respects references."""
    digest = hashlib.sha256(BODY.encode()).hexdigest()
    day = FuzzyDate("2031-03-14", DatePrecision.DAY)
    article = Article(
        "article", digest, len(BODY), "Le barrage restera fermé", "fr", "Le Fanal", "Agence M",
        ("Une Signature",), published=day, word_count=21, mask=(Span(0, 4),),
        headline_span=_at("Le barrage restera fermé")[0],
        origins=(FieldOrigin("headline", "text", Span(5, 29)),), file_name="a.txt",
        imported_at="2031-03-14T08:00:00+00:00", warnings=("replaced",),
    )  # fmt: skip
    actor = a.Actor(
        "actor", "Irène Castel", v.ActorKind.PERSON, (a.Alias("Castel", "fr"),), "", STAMP
    )
    group = a.Source(
        "group", "article", "S", "deux sources", v.Identification.UNNAMED_GROUP, stated_count=2
    )
    one = a.Source("one", "article", "S1", group_id="group", stamp=STAMP)
    named = a.Source("named", "article", actor_id="actor", reason_spans=(Span(1, 2),))
    claim = _mark(
        a.Claim, "claim", "Le barrage restera fermé",
        kind=v.ClaimKind.FACT_CHECKABLE, evidence=(a.Evidence("lien", "3"),),
    )  # fmt: skip
    return [
        article,
        actor,
        group,
        one,
        named,
        a.SourceRelation("relation", "article", "one", "named", v.SourceRelationKind.INDEPENDENT),
        _mark(a.Quote, "quote", "Personne ne savait", kind=v.QuoteKind.DIRECT),
        claim,
        _mark(a.SourceMention, "source-mention", "deux sources", source_id="group"),
        _mark(a.Cue, "cue", "a dit", stance=v.CueStance.NEUTRAL),
        _mark(a.Mention, "mention", "Irène Castel", actor_id="actor", paragraph=2, sentence=3),
        _mark(a.Hedge, "hedge", "restera", claim_id="claim"),
        _mark(a.DeclinedComment, "declined", "n’a pas répondu", source_id="named"),
        _mark(a.CouldNotVerify, "unverified", "Personne", claim_id="claim"),
        a.Attribution("link", "article", "quote", "one", "source-mention", ("cue",)),
        a.Note("note", "claim", "claim", "article", "À vérifier."),
        Suggestion(
            "suggestion", "article", v.MarkKind.QUOTE, _at("sources"), "rule@1", 0.5,
            fields={"kind": "direct"}, links=(("cue", "other"),),
        ),
    ]  # fmt: skip


def main() -> None:
    """Write the fixture of this version, unless it is there."""
    path = HERE / f"v{VERSION:03}.annotator"
    if path.exists():
        sys.exit(f"{path.name} is there; a fixture is made once")
    made = records()
    text = ArticleText(
        made[0].text_digest, BODY, hashlib.sha256(ORIGINAL).hexdigest(), "cp1252", "cp1252", 0
    )
    with Project.create(path, name="Fixture") as project:
        texts = (NewText(text, ORIGINAL),)
        project.commit(ChangeSet("import", (insert(made[0]),), texts=texts))
        project.commit(ChangeSet("mark", tuple(map(insert, made[1:])), (("count", "16"),)))
        late = a.Note("late", "quote", "quote", "article", "Annulée.")
        project.commit(ChangeSet("note", (insert(late),)))
        project.commit(ChangeSet("note", (update(late, a.Note("late", "x", "y", None, "z")),)))
        project.undo()
        project.undo()


if __name__ == "__main__":
    main()
