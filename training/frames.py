"""Compose French sentences with their marks from ``training/frames/fr.txt`` (CC0, our own).

Every frame is a way in which French news reports words; slots are filled at random with a locked seed.
It teaches the tagger cue families that the corpora hardly hold; it is no corpus, and is never measured on.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
_SLOT = re.compile(
    r"\b(SA|NAGENCE|LIEUORG|UNDOC|LEURS|TIME|LIEU|MIX|MQ|VN|V0|V|T|S|P|C|Q|I3|I2|I|N2|N|A)\b"
)
_INVERTED_PAST = {
    "il": "a-t-il",
    "elle": "a-t-elle",
    "ils": "ont-ils",
    "elles": "ont-elles",
    "on": "a-t-on",
}


def sections() -> dict[str, list[str]]:
    """Return section -> entries."""
    out: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "frames" / "fr.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("["):
            name = line.strip("[]")
            out[name] = []
        elif name in ("frames",):
            out[name].append(line)
        else:
            out[name] += [x for x in line.split("|") if x]
    return out


class Composer:
    """Compose articles with a seed."""

    def __init__(self, seed: int) -> None:
        from faker.providers.person.fr_FR import Provider

        self.random = random.Random(seed)
        self.lists = sections()
        self.first = sorted({str(n) for n in Provider.first_names})
        self.last = sorted({str(n) for n in Provider.last_names})
        places = HERE.parent / "resources" / "lexicons" / "shared" / "places.txt"
        self.towns = places.read_text(encoding="utf-8").splitlines()

    def pick(self, name: str) -> str:
        """Return one entry, its own slots filled."""
        return self.fill(self.random.choice(self.lists[name]))

    def fill(self, words: str) -> str:
        """Fill names, towns, times inside an entry."""
        r = self.random
        words = words.replace("NOM COMPLET", f"{r.choice(self.first)} {r.choice(self.last)}")
        words = re.sub(r"\bNOM\b", r.choice(self.last), words)
        words = re.sub(r"\bVILLE\b", r.choice(self.towns), words)
        return re.sub(r"\bTIME\b", r.choice(self.lists["times"]), words)

    def slot(self, name: str, frame: str, at: int) -> list[tuple[str, str]]:
        """Return (words, label) parts of a slot; labels C, Q (cue), S or empty."""
        r = self.random
        after_comma = frame[:at].rstrip().endswith((",", "»,", '",'))
        simple = {
            "TIME": "times",
            "LIEU": "places",
            "LEURS": "others",
            "LIEUORG": "offices",
            "NAGENCE": "agencies",
        }
        if name in simple:
            label = "S" if name == "LIEUORG" and "on indique" not in frame.lower()[:3] else ""
            return [(self.pick(simple[name]), label)]
        contents = {
            "C": "clauses",
            "Q": "quotes",
            "I": "infinitives",
            "I2": "infinitives_2",
            "I3": "infinitives_3",
            "N": "nouns",
            "N2": "nouns_2",
            "MIX": "mixed",
            "MQ": "quoted_parts",
        }
        if name in contents:
            words = self.pick(contents[name])
            if name == "C" and at == 0:
                words = words[0].upper() + words[1:]
            if name == "C" and r.random() < 0.3:
                words += (
                    r.choice([", ", " alors que ", " et "]) + self.pick("clauses")
                    if r.random() < 0.5
                    else ""
                )
            return [(words, "C")]
        if name in ("S", "SA", "UNDOC"):
            words = self.pick({"S": "sources", "SA": "anonymous", "UNDOC": "documents"}[name])
            if at == 0 or frame[:at].endswith(". "):
                words = words[0].upper() + words[1:]
            return [(words, "S")]
        if name == "A":
            cue = r.choice(self.lists["according"])
            return [(cue[0].upper() + cue[1:] if at == 0 else cue, "Q")]
        return self.cue(name, frame, at, inverted=after_comma)

    def cue(self, name: str, frame: str, at: int, *, inverted: bool) -> list[tuple[str, str]]:
        """Return the cue, with its pronoun where the frame inverts it."""
        r = self.random
        follows = frame[at:].split(" ", 2)
        pronoun = len(follows) > 1 and follows[1].strip(",. ") == "P"
        if name == "V0":
            return [
                (r.choice(["assure", "indique", "confirme", "affirme", "dément", "souligne"]), "Q")
            ]
        if name == "VN":
            return [(r.choice(self.lists["cues_noun"]), "Q")]
        if name == "T" and inverted:
            verb = r.choice(self.lists["cues_inverted"])
            if pronoun:
                who = r.choice(["il", "elle", "on"])
                return [
                    (verb, "Q"),
                    (
                        ("-t-" if not verb.endswith("t") and not verb.endswith("d") else "-") + who,
                        "S",
                    ),
                ]
            return [(verb, "Q")]
        if name == "T":
            return [(r.choice(self.lists["cues_present"]), "Q")]
        que = " que " in frame[at : at + 24] and not inverted
        verb = r.choice(self.lists["cues_que" if que else "cues_past"])
        if inverted and pronoun:
            who = r.choice(["il", "elle", "ils", "elles"])
            participle = (
                verb.split(" ", 1)[-1] if verb.startswith(("a ", "avait ", "aurait ")) else "ajouté"
            )
            return [
                (_INVERTED_PAST[who].split("-", 1)[0], "Q"),
                ("-" + _INVERTED_PAST[who].split("-", 1)[1], "S"),
                (" " + participle, "Q"),
            ]
        return [(verb, "Q")]

    def sentence(self) -> list[tuple[str, str]]:
        """Return one composed sentence as (words, label) parts.

        In a frame ``<...>`` is a cue, ``{...}`` a source and ``[...]`` content that hold fixed words.
        """
        frame = self.random.choice(self.lists["frames"])
        parts: list[tuple[str, str]] = []
        label = ""
        skip_pronoun = False
        for piece in re.split(r"([<>{}\[\]])", frame):
            if piece and piece in "<{[":
                label = {"<": "Q", "{": "S", "[": "C"}[piece]
            elif piece and piece in ">}]":
                label = ""
            else:
                skip_pronoun = self._piece(piece, label, frame, parts, skip=skip_pronoun)
        merged: list[tuple[str, str]] = []
        for words, kind in parts:
            if merged and kind and merged[-1][1] == kind and kind != "Q":
                merged[-1] = (merged[-1][0] + words, kind)
            elif words:
                merged.append((words, kind))
        return self.polish(merged)

    def _piece(
        self, piece: str, label: str, frame: str, parts: list[tuple[str, str]], *, skip: bool
    ) -> bool:
        at = 0
        base = frame.index(piece) if piece else 0
        for found in _SLOT.finditer(piece):
            name, gap = found.group(), piece[at : found.start()]
            at = found.end()
            if name == "P" and skip:
                skip = False
                continue
            parts.append((gap, label))
            if name == "P":
                made = [(self.random.choice(self.lists["pronouns"]), "S")]
            else:
                made = self.slot(name, frame, base + found.start())
                skip = any(kind == "S" for _, kind in made) and name in ("V", "T")
            parts += [(words, label or kind) for words, kind in made]
        parts.append((piece[at:], label))
        return skip

    @staticmethod
    def polish(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Mend elisions, plurals and the first capital."""
        out: list[list[str]] = [list(p) for p in parts]
        plural = any(
            k == "S" and re.match(r"(?i)(les|des|deux|trois|plusieurs|certains|ils|elles)\b", w)
            for w, k in parts
        )
        for i, (words, kind) in enumerate(out):
            if plural and kind == "Q" and words.startswith("a "):
                out[i][0] = "ont " + words[2:]
            if i + 1 < len(out):
                following = out[i + 1][0]
                vowel = following[:1].lower() in "aeiouéèêhîôàœ"
                for short in ("que", "de", "qu'", "à"):
                    if (
                        words.endswith((f" {short} ", f" {short}"))
                        and short in ("que", "de")
                        and vowel
                    ):
                        out[i][0] = words.rstrip()[:-1] + "'"
                if words.endswith(("de ", "d'")) and following.startswith(("le ", "les ")):
                    out[i][0] = words.removesuffix("de ").removesuffix("d'") + (
                        "du " if following.startswith("le ") else "des "
                    )
                    out[i + 1][0] = following.split(" ", 1)[1]
        if out and out[0][0]:
            out[0][0] = out[0][0][0].upper() + out[0][0][1:]
        return [(w, k) for w, k in out if w]

    def article(self, number: int) -> dict:
        """Return one composed text in the corpus form (spans without relations)."""
        text = ""
        spans = []
        for paragraph in range(self.random.randint(3, 6)):
            text += "\n" if paragraph else ""
            for place in range(self.random.randint(1, 4)):
                text += " " if place else ""
                if self.random.random() < 0.4:
                    text += self.pick("plain")
                    continue
                for words, label in self.sentence():
                    start = len(text)
                    text += words
                    if label:
                        kind = {"C": "content", "Q": "cue", "S": "source"}[label]
                        lead = len(words) - len(words.lstrip())
                        spans.append(
                            {
                                "id": f"f{len(spans)}",
                                "type": kind,
                                "start": start + lead,
                                "end": len(text),
                                "extra": {},
                            }
                        )
        return {
            "id": f"frame-{number}",
            "lang": "fr",
            "text": text,
            "spans": spans,
            "relations": [],
        }


def articles(count: int, seed: int = 11) -> list[dict]:
    """Return composed articles."""
    composer = Composer(seed)
    return [composer.article(i) for i in range(count)]


if __name__ == "__main__":
    for made in articles(6):
        print(made["text"])
        for span in made["spans"]:
            print("   ", span["type"], repr(made["text"][span["start"] : span["end"]]))
