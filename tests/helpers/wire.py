# ruff: noqa: E501
"""Generated wire stories with planted variants, to measure how near-duplicates are found."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations

_SUBJECTS = (
    "le ministre des Transports", "la présidente du conseil", "le directeur du port", "un porte-parole du "
    "gouvernement", "la chambre de commerce", "le syndicat des dockers", "une source proche du dossier",
    "le parquet de Norport", "l’opposition parlementaire", "deux responsables de la sécurité",
    "the transport minister", "a government spokesman", "two people familiar with the matter",
)  # fmt: skip
_VERBS = (
    "a annoncé", "a démenti", "a confirmé", "a refusé de commenter", "a indiqué", "a dénoncé", "a évoqué",
    "said", "denied", "declined to comment on", "confirmed", "warned of",
)  # fmt: skip
_OBJECTS = (
    "la fermeture du terminal", "une enquête sur les entrepôts", "le rapport de sécurité",
    "des retards de plusieurs semaines", "la hausse des tarifs", "un accord avec les armateurs",
    "the closure of the harbour", "an inquiry into the fire", "a deal with the shipping lines",
)  # fmt: skip


def words(rng: random.Random, count: int) -> list[str]:
    letters = "aeiou bcdfglmnprstv"
    return [
        "".join(rng.choice(letters[6:]) + rng.choice(letters[:5]) for _ in range(rng.randint(2, 4)))
        for _ in range(count)
    ]


def sentence(rng: random.Random, names: list[str], common: list[str]) -> str:
    middle = " ".join(rng.choice(common) for _ in range(rng.randint(4, 12)))
    own = " ".join(rng.choice(names) for _ in range(rng.randint(2, 6)))
    parts = (rng.choice(_SUBJECTS), rng.choice(_VERBS), rng.choice(_OBJECTS), middle, own)
    return " ".join(parts).capitalize() + "."


def generate(count: int, *, seed: int = 1) -> tuple[list[str], list[int]]:
    """Generate so many texts and, for each, the number of the story it is a version of.

    About half are stories of their own; the others are variants: other heads and tails (up to
    40 %), cuts (down to 55 %), words replaced (up to one in eight), sentences put in or left out.
    Stories share their phrases and their vocabulary, as stories of one beat do.
    """
    rng = random.Random(seed)
    common = words(rng, 3_000)
    texts: list[str] = []
    story_of: list[int] = []
    bases: list[list[str]] = []
    while len(texts) < count:
        if not bases or rng.random() < 0.5:
            names = words(rng, 40)
            bases.append([sentence(rng, names, common) for _ in range(rng.randint(10, 30))])
            story = len(bases) - 1
            sentences = bases[-1]
        else:
            story = rng.randrange(len(bases))
            sentences = variant(rng, bases[story], common)
        texts.append("\n".join(sentences))
        story_of.append(story)
    return texts, story_of


def variant(rng: random.Random, base: list[str], common: list[str]) -> list[str]:
    sentences = list(base)
    if rng.random() < 0.4:
        sentences = sentences[: max(6, int(len(sentences) * rng.uniform(0.55, 0.95)))]
    if rng.random() < 0.5:
        rate = rng.uniform(0, 0.125)
        sentences = [
            " ".join(rng.choice(common) if rng.random() < rate else word for word in s.split())
            for s in sentences
        ]
    if rng.random() < 0.3 and len(sentences) > 8:
        del sentences[rng.randrange(len(sentences))]
    own = words(rng, 30)
    extra = int(len(sentences) * rng.uniform(0, 0.2))
    head = [sentence(rng, own, common) for _ in range(extra)]
    tail = [sentence(rng, own, common) for _ in range(extra)]
    return head + sentences + tail


def score(groups: list[list[int]], story_of: list[int]) -> tuple[float, float]:
    """Return recall and precision of groups of indices, counted by pairs."""
    got = {tuple(sorted(pair)) for group in groups for pair in combinations(group, 2)}
    members: dict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(story_of):
        members[number].append(index)
    want = {pair for same in members.values() for pair in combinations(same, 2)}
    return len(got & want) / max(1, len(want)), len(got & want) / max(1, len(got))
