"""Make ``resources/lexicons/shared/name_genders.json``: first names that one gender alone bears.

Source: Faker (MIT), its lists of women's and men's names by country; what two lists contradict is
left out, a French one decides. ``words/genders.txt`` is our own (CC0) and goes first.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from gazetteer import LOCALES, OUT

HERE = Path(__file__).parent
FRENCH = ("fr_FR", "fr_CH", "fr_BE", "fr_CA")


def listed(locale: str) -> dict[str, str]:
    """Return name -> f or m of one country, names of both left out."""
    try:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    except ModuleNotFoundError:
        return {}
    female, male = (
        {str(n).lower() for n in getattr(provider, f"first_names_{g}", ())}
        for g in ("female", "male")
    )
    return {
        **dict.fromkeys((n for n in female - male if n.replace("-", "").isalpha()), "f"),
        **dict.fromkeys((n for n in male - female if n.replace("-", "").isalpha()), "m"),
    }


def genders() -> dict[str, str]:
    """Return name -> f or m."""
    votes: dict[str, set[str]] = {}
    for locale in LOCALES:
        for name, gender in listed(locale).items():
            votes.setdefault(name, set()).add(gender)
    out = {name: next(iter(found)) for name, found in votes.items() if len(found) == 1}
    for locale in reversed(FRENCH):
        out.update(listed(locale))
    for line in (HERE / "words" / "genders.txt").read_text(encoding="utf-8").splitlines():
        gender, _, names = line.partition(":")
        if gender in ("f", "m"):
            out.update(dict.fromkeys(names.split(), gender))
        elif gender == "both":
            for name in names.split():
                out.pop(name, None)
    return {name: gender for name, gender in out.items() if len(name) > 1}


def main() -> None:
    """Write the file."""
    found = genders()
    words = {g: " ".join(sorted(n for n, x in found.items() if x == g)) for g in ("f", "m")}
    text = json.dumps(words, ensure_ascii=False, indent=0)
    (OUT / "name_genders.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
