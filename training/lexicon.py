"""Expand the word lists of ``training/words`` to forms: ``resources/lexicons/{en,fr}/classes.json``.

Forms come from simplemma's dictionaries (MIT) at build time, plus the regular -er endings which
they
leave to rules. Run: ``python training/lexicon.py``. No network, no randomness.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

HERE = Path(__file__).resolve().parent
NOUNS = {"SNOUN", "DOC", "ANON", "ORGN", "TITLE"}
OUT = HERE.parent / "resources" / "lexicons"


def sections(language: str) -> list[tuple[str, bool, list[str]]]:
    """Return (class, are verbs, words) of one list, in the order of the file."""
    out: list[tuple[str, bool, list[str]]] = []
    for line in (HERE / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        head = re.match(r"\[(\w+)( verbs)?\]", line)
        if head:
            out.append((head[1], bool(head[2]), []))
        else:
            out[-1][2].extend(line.split())
    return out


def inverse(language: str) -> dict[str, list[str]]:
    """Return lemma -> forms."""
    out: dict[str, list[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        form, lemma = (x.decode() if isinstance(x, bytes) else x for x in (form, lemma))
        out.setdefault(lemma, []).append(form)
    return out


def regular_er(verb: str) -> list[str]:
    """Return the regular forms of a French verb in -er (simplemma leaves them to rules)."""
    stem = verb[:-2]
    strong = re.sub(r"é([^aeiouyéè]+)$", r"è\1", stem)
    if stem.endswith(("el", "et")):
        strong = stem + stem[-1]
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    ends = ["é", "ée", "és", "ées", "èrent", "era", "eront", "erait", "eraient", "ez"]
    return (
        [strong + e for e in ("e", "es", "ent")]
        + [soft + e for e in ("ons", "ait", "aient", "ais", "ant", "a")]
        + [stem + e for e in ends]
    )


def regular_en(verb: str) -> list[str]:
    """Return the regular forms of an English verb."""
    stem = verb[:-1] if verb.endswith("e") else verb
    y = re.search(r"[^aeiou]y$", verb)
    third = verb[:-1] + "ies" if y else verb + ("es" if re.search(r"(s|sh|ch|x)$", verb) else "s")
    past = verb[:-1] + "ied" if y else stem + "ed"
    return [third, past, (verb if y else stem) + "ing"]


def build(language: str) -> dict[str, str]:
    """Return form -> class; the first class that claims a form keeps it, words beat verb forms."""
    table: dict[str, str] = {}
    forms = inverse(language)
    parts = sections(language)
    skip = {w for name, _, words in parts if name == "NOTVERB" for w in words}
    for name, are_verbs, words in parts:
        for verb in words if are_verbs else []:
            more = list(forms.get(verb, []))
            if language == "fr" and verb.endswith("er"):
                more += regular_er(verb)
            if language == "en" and len(forms.get(verb, [])) < 3:
                more += regular_en(verb)
            for form in [verb, *more]:
                if " " not in form and form.lower() not in skip:
                    table.setdefault(form.lower(), name)
    verbs = set(table)
    for name, are_verbs, words in parts:
        for word in [] if are_verbs or name == "NOTVERB" else words:
            # A noun never hides a verb of speech ("note", "claims"); a function word always does.
            if not (name in NOUNS and word.lower() in verbs):
                table[word.lower()] = name
    return dict(sorted(table.items()))


def main() -> None:
    """Write both languages."""
    for language in ("en", "fr"):
        table = build(language)
        path = OUT / language / "classes.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(language, len(table))


if __name__ == "__main__":
    main()
