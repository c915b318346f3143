"""What each document format keeps: headings, pages, notes, and what a reader cannot see."""

from __future__ import annotations

import pytest

from annotator.importers import read_bytes
from annotator.importers.base import explain_warning
from annotator.importers.kit.pdfchars import Run
from annotator.importers.kit.pdflayout import page_lines
from annotator.model.errors import UserError
from helpers.articles import FOLDER, seeds_for


def seed(path: str):
    file = FOLDER / path
    return read_bytes(file.read_bytes(), file.name)


def one(path: str):
    (imported,) = seed(path)
    return imported


def headings(imported) -> list[str]:
    return [span.slice(imported.text) for span in imported.headings]


def masked(imported) -> list[str]:
    return [span.slice(imported.text) for span in imported.mask]


@pytest.mark.parametrize(
    "path",
    [
        "docx/pandoc.docx", "docx/libreoffice.docx", "odt/pandoc.odt", "odt/libreoffice.odt",
        "rtf/pandoc.rtf", "rtf/libreoffice.rtf", "epub/pandoc.epub", "markdown/port.md",
        "pdf/libreoffice.pdf",
    ],
)  # fmt: skip
def test_every_form_of_the_story_reads_alike(path: str):
    imported = one(path)
    assert imported.headline == "Le port de Norport restera fermé"
    assert imported.language == "fr"
    assert "Une enquête ouverte" in headings(imported)
    lines = imported.text.split("\n")
    at = lines.index("Une enquête ouverte")
    assert lines[at - 1].endswith("aurait provoqué le sinistre.") or "sinistre1" in lines[at - 1]
    assert lines[at + 1] == "Les premiers résultats sont attendus vendredi :"
    assert "Entrepôt\tDégâts" in lines


def test_word_says_what_a_reader_cannot_see():
    imported = one("docx/changes.docx")
    assert set(imported.warnings) == {"tracked-changes", "hidden-text"}
    assert "three" not in imported.text
    assert "destroyed two warehouses." in imported.text
    assert masked(imported) == ["Hidden words of the sender"]
    ((at, label),) = imported.pages
    assert label == "2"
    assert imported.text[at:].startswith("The second page begins here")


def test_word_takes_no_names_from_the_file_properties():
    imported = one("docx/changes.docx")
    assert dict(imported.metadata) == {}
    assert imported.headline == "Norport harbour to stay shut"


RTF = rb"""{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}{\info{\author X}}
\pard L\'e9t\'e9 \u8217?\u-10179?\u-8704? \f1\'cf\'ee\f0\~: {\v cach\'e9}\par
{\*\generator Y;}{\deleted parti}rest\'e9 {\footnote la note}ici\par
\trowd\intbl a\cell b\cell\row\pard \page fin}"""


def test_rtf_code_pages_unicode_notes_and_hidden_text():
    (imported,) = read_bytes(RTF, "x.rtf")
    assert imported.text.split("\n") == [
        "Lété ’😀 По\u00a0: caché",
        "resté ici",
        "a\tb",
        "fin",
        "la note",
    ]
    assert set(imported.warnings) == {"hidden-text", "tracked-changes"}
    assert [label for _, label in imported.pages] == ["2"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# A\n\nb\nc\n\n- d\n- e", "A\nb c\nd\ne"),
        ("A\n=\n\nb", "A\nb"),
        (
            "x [y](http://z) ![p](q.png) **g** _h_ `i` <https://j.invalid>",
            "x y p g h i https://j.invalid",
        ),
        ("a\\*b\\* 2*3*4 snake_case_name", "a*b* 2*3*4 snake_case_name"),
        ("> q\n> r\n\n```\ncode # x\n```", "q r\ncode # x"),
        ("|a|b|\n|-|-|\n|1|2|", "a\tb\n1\t2"),
    ],
)
def test_markdown_loses_its_signs_and_nothing_else(markdown: str, text: str):
    (imported,) = read_bytes(markdown.encode(), "x.md")
    assert imported.text == text


def test_pdf_columns_are_read_one_after_the_other():
    imported = one("pdf/typst-three-columns.pdf")
    lines = [line for line in imported.text.split("\n") if line not in masked(imported)]
    assert lines[0] == "Le port de Norport restera fermé"
    assert lines[1].startswith("La ministre des Transports de Valmoria a annoncé lundi (1.1) que")
    assert lines[2].startswith("« Nous ne prendrons aucun risque »")
    assert [line for line in lines if line.startswith("Partie")] == [
        "Partie 2",
        "Partie 3",
        "Partie 4",
    ]
    assert len(lines) == 1 + 4 * 6 + 3
    assert set(imported.warnings) == {"joined-hyphens", "columns"}


def test_pdf_running_heads_are_masked_and_pages_anchored():
    imported = one("pdf/typst-three-columns.pdf")
    heads = [words for words in masked(imported) if words.startswith("Le Courrier")]
    assert len(heads) == 3
    assert [w for w in masked(imported) if "/" in w] == ["1 / 3", "2 / 3", "3 / 3"]
    assert [label for _, label in imported.pages] == ["1", "2", "3"]
    (_, first), (second, _), _ = imported.pages
    assert first == "1"
    assert imported.text[:second].endswith("coû")


def test_pdf_joins_are_where_words_were_divided():
    imported = one("pdf/typst-three-columns.pdf")
    joined = {
        imported.text[:at].rsplit(" ", 1)[-1] + "|" + imported.text[at:].split(" ", 1)[0]
        for at in imported.joins
    }
    assert "particulière|ment" in joined or "particu|lièrement" in joined or len(joined) > 10
    assert not any(piece.startswith("|") or piece.endswith("|") for piece in joined)
    assert "a-t-elle" in imported.text


def test_pdf_pages_without_text_are_named():
    imported = one("pdf/partly-scanned.pdf")
    assert [explain_warning(w, lang="en") for w in imported.warnings] == [
        "No text layer on these pages: 2. They are pictures and were left out."
    ]


def test_a_scanned_pdf_is_refused_by_name():
    import io

    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    page = document.new_page(200, 200)
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.new_native(4, 4, 4))
    picture.set_matrix(pdfium.PdfMatrix().scale(200, 200))
    page.insert_obj(picture)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    with pytest.raises(UserError, match="import-no-text-layer") as refused:
        read_bytes(stream.getvalue(), "scan.pdf")
    assert refused.value.values["pages"] == "1"


def column(words: str, left: float, count: int, width: float = 150) -> list[Run]:
    return [
        Run(f"{words} ligne {n} de la colonne", left, 100 + 12 * n, left + width, 110 + 12 * n, 10)
        for n in range(count)
    ]


def test_a_headline_over_two_columns_comes_first_and_a_footer_last():
    wide = Run("Un titre qui va d’un bord à l’autre de la page", 50, 60, 400, 80, 20)
    low = Run("Un pied qui va d’un bord à l’autre de la page", 50, 400, 400, 412, 10)
    runs = [*column("droite", 230, 12), low, *column("gauche", 50, 12), wide]
    lines, columns = page_lines(runs)
    assert columns == 2
    assert [line.text.split()[0] for line in lines] == [
        "Un",
        *["gauche"] * 12,
        *["droite"] * 12,
        "Un",
    ]


def test_columns_under_a_part_in_full_width():
    full = [
        Run(
            f"pleine ligne {n} sur toute la largeur de la page",
            50,
            20 + 12 * n,
            400,
            30 + 12 * n,
            10,
        )
        for n in range(6)
    ]
    lines, columns = page_lines([*full, *column("gauche", 50, 8), *column("droite", 240, 8)])
    assert columns == 2
    assert [line.text.split()[0] for line in lines] == [
        *["pleine"] * 6, *["gauche"] * 8, *["droite"] * 8,
    ]  # fmt: skip


def test_a_single_column_stays_as_it_is():
    lines, columns = page_lines(column("seule", 50, 20, width=300))
    assert columns == 1
    assert len(lines) == 20


@pytest.mark.parametrize("format_id", ["docx", "odt", "epub", "pdf", "rtf"])
def test_truncated_documents_are_refused_or_read(format_id: str):
    for sample in seeds_for(format_id):
        try:
            read_bytes(sample.data[: len(sample.data) // 2], sample.name)
        except UserError as error:
            refused = error
        else:
            continue
        assert refused.message_id in ("import-damaged", "import-binary", "import-empty")


def test_a_broken_title_costs_a_pdf_its_title_only():
    """Half a surrogate pair in the file's own details once stopped the whole file."""
    data = (FOLDER / "pdf/chromium-two-columns.pdf").read_bytes()
    broken = data.replace(b"<FEFF004C0065", b"<FEFFDA4C0065", 1)
    assert broken != data
    (imported,) = read_bytes(broken, "broken-title.pdf")
    assert "a-t-elle déclaré devant la presse" in imported.text


def test_a_page_that_a_browser_printed_has_its_head_first_and_its_edges_greyed():
    imported = one("pdf/chromium-printed.pdf")
    assert imported.headline == "Port fermé"
    assert dict(imported.metadata)["authors"] == "Zoé Éluard"
    assert dict(imported.metadata)["url"].startswith("http://127.0.0.1")
    lines = imported.text.split("\n")
    assert lines[0] == "Port fermé"
    masked = [span.slice(imported.text) for span in imported.mask]
    assert any("Port fermé - Le Courrier" in words for words in masked)
    body = [line for line in lines if line.startswith("Le préfet")]
    assert lines.index("Par Zoé Éluard") < lines.index(body[0])


def test_a_column_that_begins_higher_is_no_head():
    text = [Run(f"column one line {n}", 40, 200 + 14 * n, 180, 212 + 14 * n, 10) for n in range(9)]
    text += [Run(f"column two line {n}", 220, 60 + 14 * n, 360, 72 + 14 * n, 10) for n in range(20)]
    lines, columns = page_lines(text)
    assert columns == 2
    assert [line.text for line in lines[:2]] == ["column one line 0", "column one line 1"]
