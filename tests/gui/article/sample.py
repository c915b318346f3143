"""An invented dispatch with its marks, for tests and pictures of the article view."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotator.gui.article.header import Header
from annotator.model.span import Span
from annotator.model.vocabulary import MarkKind

KINDS = {kind.value: index for index, kind in enumerate(MarkKind)}
FURNITURE = "Connexion · S’abonner · Partager cet article"
HEADLINE = "Le barrage de Verne restera fermé jusqu’à l’été"
PARAGRAPHS = (
    "La remise en eau du barrage de Verne n’interviendra pas avant le mois de juillet, a appris "
    "jeudi l’Agence Méridienne de deux sources proches du dossier.",
    "«\u00a0Les vannes n’ont jamais été testées à pleine charge\u00a0», a dit l’une d’elles, sous "
    "couvert d’anonymat, «\u00a0et tout le monde le savait\u00a0».",
    "Le ministère de l’Énergie a démenti tout retard. Irène Castel, qui dirige la société "
    "d’exploitation, n’a pas répondu dans l’immédiat à une demande de commentaire.",
    "Deux turbines auraient été endommagées en février, ce qui porterait le coût des travaux à "
    "40\u00a0millions.",
    "La seconde source a précisé que la Région avait été informée dès le mois de décembre, sans "
    "qu’aucune décision ne soit prise.",
    "À Aubry, les habitants de la rive gauche attendent toujours. «\u00a0On nous a promis des "
    "“études complémentaires” 🌊, puis plus rien\u00a0», résume Baptiste Orlanne, éleveur, dont "
    "les prés sont inondés depuis la mi-janvier.",
    "Selon un rapport interne que l’agence a pu consulter, trois des huit vannes de fond "
    "présentaient dès l’automne des traces de corrosion que l’exploitant, Hydrolac, n’a pas "
    "signalées à la commission de sûreté.",
)
TEXT = "\n".join((FURNITURE, HEADLINE, *PARAGRAPHS))
HEADER = Header(
    kicker="",
    headline=HEADLINE,
    details=("Agence Méridienne", "14 mars 2031, 07:42", "AUBRY", "Lina Forge"),
)


@dataclass
class Columns:
    """Be what the store hands over."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    mark_ids: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, marks: list[tuple[int, int, str, str]]) -> Columns:
        rows = sorted(marks)
        return cls(
            [m[0] for m in rows],
            [m[1] for m in rows],
            [KINDS[m[2]] for m in rows],
            [m[3] for m in rows],
        )


def span_of(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


_MARKS = (
    (
        "c1",
        "claim",
        "La remise en eau du barrage de Verne n’interviendra pas avant le mois de juillet",
    ),
    ("a1", "actor", "Verne n’interviendra"[:5]),
    ("u1", "cue", "a appris"),
    ("s1", "source", "deux sources proches du dossier"),
    ("q1", "quote", "«\u00a0Les vannes n’ont jamais été testées à pleine charge\u00a0»"),
    ("c2", "claim", "vannes n’ont jamais été testées à pleine charge"),
    ("u2", "cue", "a dit"),
    ("s2", "source", "l’une d’elles, sous couvert d’anonymat"),
    ("q1", "quote", "«\u00a0et tout le monde le savait\u00a0»"),
    ("s3", "source", "Le ministère de l’Énergie"),
    ("u3", "cue", "a démenti"),
    ("c3", "claim", "tout retard"),
    ("a2", "actor", "Irène Castel"),
    ("d1", "declined_comment", "n’a pas répondu dans l’immédiat à une demande de commentaire"),
    ("s4", "source", "La seconde source"),
    ("u4", "cue", "a précisé"),
    ("c4", "claim", "la Région avait été informée dès le mois de décembre"),
    ("a3", "actor", "Région"),
    (
        "q2",
        "quote",
        "«\u00a0On nous a promis des “études complémentaires” 🌊, puis plus rien\u00a0»",
    ),
    ("q3", "quote", "“études complémentaires”"),
    ("u5", "cue", "résume"),
    ("s5", "source", "Baptiste Orlanne, éleveur"),
    ("a4", "actor", "Baptiste Orlanne"),
    ("s6", "source", "un rapport interne que l’agence a pu consulter"),
    (
        "c5",
        "claim",
        "trois des huit vannes de fond présentaient dès l’automne des traces de corrosion",
    ),
    ("a5", "actor", "Hydrolac"),
    ("h1", "hedge", "auraient été endommagées"),
)


def _start(words: str) -> int:
    body = TEXT.index(PARAGRAPHS[0])
    return TEXT.index(words, body)


MARKS = [(_start(w), _start(w) + len(w), kind, name) for name, kind, w in _MARKS]
PROPOSALS = [
    (_start(w), _start(w) + len(w), "claim", "p1")
    for w in ("Deux turbines auraient été endommagées en février",)
]
OVERRIDES = {
    "s1": "source.unnamed",
    "s2": "source.unnamed",
    "s4": "source.unnamed",
    "s3": "source.named",
    "s5": "source.named",
    "s6": "source.named",
}
NOTES = [
    (
        _start("La remise"),
        "une seule source anonyme\ngroupe S1–S2, 1 à 2 personnes",
        "source.unnamed",
    ),
    (_start("«\u00a0Les vannes"), "directe · S1", "quote"),
    (_start("Le ministère de"), "nommée · démenti", "claim"),
    (_start("Deux turbines"), "conditionnel, sans source", ""),
    (_start("La seconde source"), "S2, anonyme · relayé\nà rapprocher de S1", "source.unnamed"),
    (_start("«\u00a0On nous a promis"), "directe · Baptiste Orlanne", "source.named"),
]


def show_sample(view):
    """Show the dispatch as the desk would."""
    view.set_article(
        TEXT,
        header=HEADER,
        mask=(span_of(FURNITURE),),
        headline=span_of(HEADLINE),
        language="fr",
    )
    view.set_mark_style_overrides(OVERRIDES)
    view.set_spans(Columns.of(MARKS))
    view.set_proposals(Columns.of(PROPOSALS))
    view.set_margin_notes(NOTES)
