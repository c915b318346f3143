from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotator.importers.plain import PlainText
from annotator.model.errors import UserError
from annotator.model.span import covered
from annotator.text.canonical import canonicalise
from helpers.articles import seeds_for
from helpers.strategies import hostile_text


def read(text: str):
    (imported,) = PlainText().read(text.encode(), "x.txt")
    return imported


def masked(imported) -> list[str]:
    return [span.slice(imported.text) for span in imported.mask]


def words(imported, field: str) -> list[str]:
    return [o.span.slice(imported.text) for o in imported.origins if o.field == field and o.span]


DISPATCH = (
    " date 2031-08 Connectez-vous pour conserver cet article et le lire plus tard. Connexion "
    "membre Connexion client EXCLUSIF-Une ministre valmore va se rendre à Norport pour "
    "évoquer le canal Reuters • 22/08/2031 à 00:30\n\n\n\n"
    "NORPORT, 22 août (Reuters) - La ministre des Transports se rendra lundi à Norport, a appris "
    "vendredi Reuters de deux sources informées. \"Je pense que rien n'est joué\", a dit l'une. "
    "(Jeanne Aubry et Karim Benali; version française Luc Morel)\n\n"
)


def test_a_dispatch_pasted_with_its_page_furniture():
    imported = read(DISPATCH)
    assert masked(imported) == [
        "date 2031-08 Connectez-vous pour conserver cet article et le lire plus tard. "
        "Connexion membre Connexion client",
        "Reuters • 22/08/2031 à 00:30",
    ]
    assert imported.headline == (
        "EXCLUSIF-Une ministre valmore va se rendre à Norport pour évoquer le canal"
    )
    assert imported.language == "fr"
    assert dict(imported.metadata) == {
        "agency": "Reuters",
        "authors": "Jeanne Aubry; Karim Benali",
        "dateline": "NORPORT",
        "published": "2031-08-22T00:30",
        "translator": "Luc Morel",
    }
    assert words(imported, "authors") == ["Jeanne Aubry", "Karim Benali"]
    assert words(imported, "translator") == ["Luc Morel"]
    assert words(imported, "published") == ["22/08/2031 à 00:30"]
    body = imported.text.index("NORPORT, 22")
    assert all(span.end <= body for span in imported.mask)


def test_a_page_pasted_line_by_line():
    (seed,) = [s for s in seeds_for("text") if s.name == "depeche.txt"]
    imported = read(seed.data.decode())
    assert imported.headline == "Le gouvernement de Valmoria renonce à sa réforme"
    assert dict(imported.metadata) == {
        "agency": "AFP",
        "authors": "Jeanne Aubry",
        "published": "2031-03-03T18:42",
        "outlet": "Le Courrier de Valmoria",
        "updated": "2031-03-04T07:10",
    }
    greyed = "\n".join(masked(imported))
    kept = [line for line in imported.text.splitlines() if line not in greyed]
    assert [line.split()[0] for line in kept] == ["Le", "Le", "«", "Les"]


def test_an_english_dispatch():
    (seed,) = [s for s in seeds_for("text") if s.name == "wire.txt"]
    imported = read(seed.data.decode())
    assert imported.headline == "Norland minister quits over port deal"
    assert imported.metadata["authors"] == "Ann Marlow; Tom van Stone; Joe Pike"
    assert imported.metadata["dateline"] == "PORT ESSEX"
    assert imported.metadata["agency"] == "AP"
    assert imported.metadata["published"] == "2031-03-03T14:05-05:00"
    assert "Read more: Who owns the port?" in masked(imported)
    assert masked(imported)[-3:] == ["Share on Facebook", "Most read", "Cat found"]


@pytest.mark.parametrize(
    "text",
    [
        "Une seule ligne courte",
        "Il pleut. Il fait froid. Rien d’autre à dire de cette journée.\n" * 3,
        "— Bonjour, dit-il.\n— Bonjour.\n— Il pleut.\n",
        "Premier vers d’un poème\nDeuxième vers\nTroisième vers\n",
    ],
)
def test_a_text_without_furniture_is_left_alone(text: str):
    imported = read(text)
    assert imported.mask == ()
    assert set(imported.metadata) == set()


def test_nothing_is_invented_from_the_body():
    body = "Le 3 mars 2031, Jean Petit a écrit à l’AFP que Paris, 4 mars, serait calme. " * 6
    imported = read(body)
    assert dict(imported.metadata) == {}
    assert imported.headline == ""


def test_furniture_words_inside_prose_stay():
    body = (
        "Le ministre a demandé aux abonnés de se connecter et de partager cet article sur "
        "Facebook, avant de lire aussi la suite : une publicité de deux pages, selon une "
        "source proche.\n"
    )
    imported = read(body * 2)
    assert imported.mask == ()


def test_the_mask_hides_no_prose():
    imported = read(DISPATCH)
    for start in (imported.text.index("La ministre"), imported.text.index('"Je pense')):
        line_end = imported.text.index("\n", start)
        from annotator.model.span import Span

        assert covered(imported.mask, Span(start, line_end)) == 0


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff".encode(), "\u00a0".encode()])
def test_what_holds_no_text_is_refused(data: bytes):
    with pytest.raises(UserError, match="import-empty"):
        PlainText().read(data, "x.txt")


def test_two_languages_are_said():
    french = (
        "Le ministre a dit que les négociations étaient dans une impasse et qu’il partait. " * 4
    )
    english = (
        "The minister said that the talks had stalled and that he was leaving with the team. " * 4
    )
    imported = read(f"{french}\n{english}\n{french}\n{english}")
    assert "mixed-languages" in imported.warnings
    assert "mixed-languages" not in read(f"{french}\n{french}\n{french}").warnings


@settings(max_examples=500, deadline=None)
@given(hostile_text.filter(lambda raw: bool(raw.strip("\ufeff \t\r\n"))))
def test_hostile_text_comes_in_as_its_canonical_form(raw: str):
    """T2 of the reliability plan, the import's part."""
    try:
        imported = read_raw(raw)
    except UserError as error:
        refused = error.message_id
    else:
        assert imported.text == canonicalise(raw.encode("utf-8", "replace").decode()).text
        for span in (*imported.mask, *(o.span for o in imported.origins if o.span)):
            assert span.slice(imported.text)
        return
    assert refused in ("import-empty", "import-binary")


def read_raw(raw: str):
    # As the person's editor would save it: lone surrogates cannot be written in UTF-8.
    data = raw.encode("utf-8", "replace")
    (imported,) = PlainText().read(data, "x.txt", charset="utf-8")
    return imported
