"""What the reports say, and that every format sets all of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.rules import pack_ids
from annotator.app.handing_out import collect, figure_maker, version_changes
from annotator.app.project_json import import_project_json
from annotator.app.session import Session
from annotator.exporters import find
from annotator.exporters.base import Redaction
from annotator.exporters.hand_out import render
from annotator.exporters.nesting import nested
from annotator.exporters.preview import pages, preview
from annotator.exporters.report import (
    Answers,
    Bars,
    Facts,
    Heading,
    Listing,
    MarkedText,
    Run,
    RunMark,
    Table,
    build_report,
)
from annotator.exporters.reports import KINDS
from annotator.exporters.words import (
    date_words,
    listing,
    number,
    one_line,
    percent,
    quoted,
    shorten,
)
from annotator.model import vocabulary as v
from annotator.model.annotations import Claim, Mention, Quote, SourceMention
from annotator.model.article import Article, DatePrecision, FuzzyDate
from annotator.model.errors import UserError
from annotator.store import Project
from annotator.text.segments import paragraphs
from helpers.dossiers import SEED, Builder, dossier, sample, small
from helpers.leaks import pdf_text

SAMPLES = ["barrage", "emissaire", "courriels", "dam", "corridor", "hospital"]
REPORT_FORMATS = ["html", "pdf", "docx", "xlsx", "md"]


def several():
    found = [sample(name) for name in SAMPLES]
    actors = {a.id: a for d in found for a in d.actors}
    return dossier(*(d.articles[0] for d in found), actors=tuple(actors.values()))


def two_versions():
    def version(name, text, words, kind):
        b = Builder(text, name, "en", headline="Bridge to close")
        source = b.source("s", kind)
        b.mark(SourceMention, "m", words, source_id=source.id)
        b.attribute(b.mark(Claim, "c", "close in May"), source)
        return b.records()

    one = version(
        "v1",
        "The bridge would close in May, an official said.",
        "an official",
        v.Identification.UNNAMED_PERSON,
    )
    two = version(
        "v2",
        "The bridge will close in May, Ada Brenn said.",
        "Ada Brenn",
        v.Identification.NAMED_PERSON,
    )
    return dossier(one, two, changes=version_changes)


def of_kind(kind, **changes):
    base = {"corpus": several, "versions": two_versions}.get(kind, lambda: sample("barrage"))()
    return replace(base, kind=kind, **changes)


def texts(value):
    """Yield every text in a report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value):
        for f in fields(value):
            yield from texts(getattr(value, f.name))


def block(report, kind, name=None):
    return next(b for b in report.blocks if isinstance(b, kind) and name in (None, b.id))


# -- every report -----------------------------------------------------------------------------


@pytest.mark.parametrize("level", Redaction)
@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_in_words(kind, lang, level):
    report = build_report(of_kind(kind, lang=lang, level=level))
    assert report.kind == kind
    assert report.standfirst
    untranslated = re.compile(r"\b(report|analysis|vocabulary|rules)\.[a-z_.]+")
    assert [t for t in texts(report) if untranslated.search(t)] == []


@pytest.mark.parametrize("format_id", REPORT_FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_in_every_format(kind, format_id):
    assert render(of_kind(kind), find(format_id), level=Redaction.REDACTED)


@pytest.mark.parametrize("name", SAMPLES)
def test_references_lead_to_rows(name):
    report = build_report(sample(name))
    rows = {row.id for b in report.blocks if isinstance(b, Table) for row in b.rows}
    refs = set()

    def walk(value):
        if type(value).__name__ == "Ref":
            refs.add(value)
        elif isinstance(value, tuple):
            for part in value:
                walk(part)
        elif is_dataclass(value):
            for f in fields(value):
                walk(getattr(value, f.name))

    walk(report)
    assert {ref.target for ref in refs if ref.target} <= rows
    codes = {ref.target: ref.code for ref in refs}
    assert len(set(codes.values())) == len(codes)


def test_an_unknown_report_and_an_empty_dossier_are_refused():
    for found, message in (
        (of_kind("nonsense"), "report-unknown"),
        (dossier(), "report-no-article"),
        (replace(sample("dam"), kind="versions"), "report-two-versions"),
    ):
        with pytest.raises(UserError) as caught:
            build_report(found)
        assert caught.value.message_id == message


# -- the audit --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_marked_text_is_the_text(name):
    found = sample(name)
    text = found.articles[0].text.text
    marked = block(build_report(found), MarkedText)
    shown = ["".join(run.text for run in p.runs) for p in marked.paragraphs]
    assert shown == [span.slice(text) for span in paragraphs(text)]
    body = [p.number for p in marked.paragraphs if p.kind == "body"]
    assert body == list(range(1, len(body) + 1))


def test_audit_answers_how_many_there_are_and_what_hangs_on_one():
    report = build_report(sample("barrage"))
    answers = block(report, Answers).items
    assert answers[0].figure == "7 to 8"
    single = next(a for a in answers if a.words.startswith("claim on one"))
    assert [ref.code for ref in single.refs] == ["C6"]
    asked = block(report, Listing, "questions").items
    assert any("C6" in item.words and "la Région" in item.quote for item in asked)


def test_a_group_is_followed_by_its_members():
    table = block(build_report(sample("barrage")), Table, "sources")
    codes = [(row.cells[0].text, row.depth) for row in table.rows]
    assert codes[:3] == [("G1", 0), ("S1", 1), ("S2", 1)]


def test_actors_are_called_as_in_the_article():
    b = Builder("Montclar se tait. Montclar attend.", "m", "fr")
    from annotator.model.annotations import Actor, Alias

    actor = Actor("a", "Ostrelia", v.ActorKind.STATE, (Alias("Montclar", "fr"),))
    b.mark(Mention, "1", "Montclar", actor_id="a")
    found = replace(dossier(b.records(), actors=(actor,)), kind="quotes")
    table = block(build_report(found), Table, "actors")
    assert table.rows[0].cells[0].text == "Montclar"


def test_the_coder_is_named_inside_only():
    for level in Redaction:
        data = render(replace(small(), coder="Ada Qwx"), find("md"), level=level).decode()
        assert ("Ada Qwx" in data) is (level is Redaction.INTERNAL)


def test_notes_stay_inside():
    for level in Redaction:
        data = render(small(), find("html"), level=level).decode()
        assert ("Vérifier auprès de la ville" in data) is (level is Redaction.INTERNAL)


def test_house_rules_are_told_with_their_questions():
    found = replace(sample("corridor"), figures=figure_maker("sentence", "reuters"))
    report = build_report(found)
    titles = [b.title for b in report.blocks if isinstance(b, Listing)]
    assert any("Reuters" in title for title in titles)
    memo = build_report(replace(found, kind="memo"))
    assert block(memo, Listing, "questions").items


def test_masked_marks_do_not_count():
    found = small()
    records = found.articles[0]
    covered = replace(records, article=replace(records.article, mask=paragraphs_of(records)))
    report = build_report(found.with_articles((covered,)))
    assert block(report, Table, "claims").rows == ()
    assert {p.kind for p in block(report, MarkedText).paragraphs} == {"furniture"}


def paragraphs_of(records):
    return tuple(paragraphs(records.text.text))


# -- many articles ----------------------------------------------------------------------------


def test_corpus_figures_are_the_sums_of_its_articles():
    found = several()
    report = build_report(replace(found, kind="corpus"))
    table = block(report, Table, "articles")
    claims = sum(isinstance(m, Claim) for records in found.articles for m in records.marks)
    assert len(table.rows) == 6
    assert sum(int(row.cells[5].text) for row in table.rows) == claims
    outlets = block(report, Table, "by-outlet")
    assert sum(int(row.cells[1].text) for row in outlets.rows) == 6


def test_one_article_is_audited_and_several_are_compared():
    assert build_report(sample("dam")).kind == "audit"
    assert build_report(several()).kind == "corpus"


def test_quote_book_has_every_quotation_under_its_speaker():
    found = sample("barrage")
    report = build_report(replace(found, kind="quotes"))
    speakers = [b for b in report.blocks if isinstance(b, Listing)]
    assert sum(len(b.items) for b in speakers) == 10
    titles = [b.title for b in speakers]
    assert titles == sorted(titles, key=str.casefold)
    assert report.blocks[-1].id == "method"


def test_versions_show_what_changed():
    report = build_report(of_kind("versions"))
    changes = [row.cells[0].text for row in block(report, Table, "changes").rows]
    assert "now named" in changes
    (paragraph,) = block(report, MarkedText).paragraphs
    new = "".join(r.text for r in paragraph.runs if "removed" not in {m.style for m in r.marks})
    old = "".join(r.text for r in paragraph.runs if "added" not in {m.style for m in r.marks})
    assert new == "The bridge will close in May, Ada Brenn said."
    assert old == "The bridge would close in May, an official said."
    assert "will" in [r.text for r in paragraph.runs]


def test_a_version_brings_the_one_before_it(tmp_path):
    one, two = two_versions().articles
    two = replace(two, article=replace(two.article, previous_id=one.article.id))
    found = dossier(*sorted((one, two), key=lambda r: r.article.id))
    session = Session(Project.create(tmp_path / "p.annotator"))
    try:
        import_project_json(session, render(found, find("json"), level=Redaction.INTERNAL))
        for ids in ([two.article.id], [two.article.id, one.article.id]):
            collected = collect(session.project, ids, kind="versions")
            assert [r.article.id for r in collected.articles] == [one.article.id, two.article.id]
        with pytest.raises(UserError) as caught:
            collect(session.project, [one.article.id], kind="versions")
        assert caught.value.message_id == "report-two-versions"
        with pytest.raises(UserError) as caught:
            collect(session.project, ["x"])
        assert caught.value.message_id == "article-unknown"
        assert len(session.project.find(Article)) == 2
    finally:
        session.close()


# -- setting ----------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=4),
            st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(sorted),
        ),
        max_size=8,
    )
)
def test_nesting_is_balanced_and_keeps_the_words(runs):
    given_runs = [Run(t, tuple(RunMark(m, m) for m in marks)) for t, marks in runs]
    depth, words, stack = 0, "", []
    for token in nested(given_runs):
        if token.kind == "open":
            stack.append(token.style)
        elif token.kind == "close":
            stack.pop()
        else:
            words += token.text
        depth = max(depth, len(stack))
    assert stack == []
    assert words == "".join(t for t, _ in runs)
    assert depth <= 3


def test_pdf_is_tagged_selectable_and_says_nothing_of_its_making():
    data = render(sample("barrage"), find("pdf"), level=Redaction.REDACTED)
    assert b"/StructTreeRoot" in data or b"/MarkInfo" in data
    assert b"Typst" not in data
    assert b"xmp-writer" not in data
    assert not re.search(rb"/(CreationDate|ModDate|Author)\s*\(", data)
    assert b"FontFile" in data or b"/FontDescriptor" in data
    text = " ".join(pdf_text(data).split())
    assert "Le barrage de Verne restera fermé" in text
    assert "7 to 8" in text


def test_pdf_sets_scripts_that_our_fonts_do_not_have():
    b = Builder("ردّ الوزير — 大臣は否定した 🌉 e\u0301", "scripts", "ar", headline="大臣 🌉")
    assert render(dossier(b.records()), find("pdf")).startswith(b"%PDF-")


def test_preview_pages_are_images():
    found = pages(build_report(sample("barrage")))
    assert len(found) >= 2
    assert all(page.startswith(b"\x89PNG") for page in found)
    assert preview(small(), Redaction.PUBLISH)[0].startswith(b"\x89PNG")


@pytest.mark.parametrize("format_id", ["docx", "xlsx"])
def test_office_files_say_nothing_of_their_making(format_id):
    data = render(sample("barrage"), find(format_id), level=Redaction.INTERNAL)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = b"".join(archive.read(n) for n in names if n.startswith("docProps/"))
        everything = b"".join(archive.read(n) for n in names)
    assert not [n for n in names if "thumbnail" in n or "custom" in n.lower()]
    for word in (b"python-docx", b"Microsoft", b"creator", b"Application", b"2013"):
        assert word not in told
    assert b"python-docx" not in everything


def test_docx_opens_and_has_the_text():
    docx = pytest.importorskip("docx")
    data = render(sample("barrage"), find("docx"), level=Redaction.INTERNAL)
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    assert any("La remise en eau du barrage de Verne" in c for c in cells)
    assert document.paragraphs[1].text == "Le barrage de Verne restera fermé jusqu’à l’été"


def test_xlsx_cells_are_texts_and_numbers():
    openpyxl = pytest.importorskip("openpyxl")
    b = Builder("=1+1 dit Ada.", "f", "fr", headline="=HYPERLINK(1)")
    b.attribute(
        b.mark(Claim, "c", "=1+1"), b.source("s", v.Identification.NAMED_PERSON, label="@x")
    )
    data = render(dossier(b.records()), find("xlsx"), level=Redaction.INTERNAL)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert "=HYPERLINK(1)" in {c.value for c in cells}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if "worksheets/" in n]
    assert not any(b"<f>" in sheet for sheet in sheets)


# -- words ------------------------------------------------------------------------------------


def test_dates_are_said_as_far_as_they_are_known():
    cases = {
        ("2031", DatePrecision.YEAR): ("2031", "2031"),
        ("2031-03", DatePrecision.MONTH): ("March 2031", "mars 2031"),
        ("2031-03-01", DatePrecision.DAY): ("1 March 2031", "1er mars 2031"),
        ("2031-03-14T07:42+01:00", DatePrecision.MINUTE): (
            "14 March 2031, 07:42",
            "14 mars 2031, 07:42",
        ),
    }
    for (value, precision), said in cases.items():
        for lang, words in zip(("en", "fr"), said, strict=True):
            found = date_words(FuzzyDate(value, precision), lang)
            assert found.replace("\u00a0", " ") == words
    assert date_words(None, "en") == ""


def test_figures_are_written_as_each_language_writes_them():
    assert (number(9999, "fr"), number(12345, "fr")) == ("9999", "12\u202f345")
    assert number(12345, "en") == "12,345"
    assert (percent(1, 3, "fr"), percent(1, 3, "en")) == ("33\u202f%", "33%")
    assert percent(0, 0, "en") == "–"
    assert listing(["a", "b", "c"], "fr") == "a, b et c"
    assert listing([], "en") == ""


def test_words_keep_their_no_break_spaces():
    assert one_line(" «\u00a0a\u00a0»\n b ") == "«\u00a0a\u00a0» b"
    assert quoted("mot", "fr") == "«\u00a0mot\u00a0»"
    assert quoted("«\u00a0mot\u00a0»", "en") == "«\u00a0mot\u00a0»"
    assert (
        quoted("«\u00a0un «\u00a0mot\u00a0» dit\u00a0»", "fr")
        == "«\u00a0un «\u00a0mot\u00a0» dit\u00a0»"
    )
    assert quoted("«\u00a0Oui\u00a0», a dit…", "fr") == "«\u00a0“Oui”, a dit…\u00a0»"
    assert quoted("«\u00a0Oui\u00a0» et «\u00a0non\u00a0»", "fr") == "«\u00a0“Oui” et “non”\u00a0»"
    assert quoted("«\u00a0Personne n’a dit…", "fr") == "«\u00a0Personne n’a dit…\u00a0»"
    assert quoted("flaws “known and left”", "en") == "“flaws ‘known and left’”"
    assert quoted("“One” […] “two”", "en") == "“One” […] “two”"
    assert quoted("“", "en") == "“‘”"
    assert shorten("un deux trois", 8) == "un deux…"
    assert shorten("court", 8) == "court"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Yes.\nNo.\nDone.", "Yes, she said.\nDone.", ["Yes<, she said>.", "[No.]", "Done."]),
        ("Yes.\nDone.", "Yes.\nNo.\nDone.", ["Yes.", "<No.>", "Done."]),
        ("Yes.\nDone.", "Yes.\nDone.\nNo.", ["Yes.", "Done.", "<No.>"]),
        ("A cat sat.", "A cow sat.", ["A [cat]<cow> sat."]),
    ],
)
def test_a_line_that_came_or_went_is_shown_as_a_line(old, new, expected):
    from annotator.exporters.reports.versions import _runs

    shown = ""
    for run in _runs(old, new):
        styles = {mark.style for mark in run.marks}
        shown += {"added": f"<{run.text}>", "removed": f"[{run.text}]"}.get(
            next(iter(styles), ""), run.text
        )
    assert [line for line in shown.split("\n") if line] == expected


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(["a b", "a c", "no", "yes.", ""]), max_size=6).map("\n".join),
    st.lists(st.sampled_from(["a b", "a c", "no", "yes.", ""]), max_size=6).map("\n".join),
)
def test_both_versions_can_be_read_off_the_comparison(old, new):
    from annotator.exporters.reports.versions import _whole_lines, _whole_words

    pieces = list(_whole_lines(_whole_words(old, new)))
    assert "".join(same + removed for same, removed, _ in pieces) == old
    assert "".join(same + added for same, _, added in pieces) == new


# -- questions --------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["", *pack_ids()])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_question_is_asked_twice(name, pack):
    found = replace(sample(name), kind="memo", figures=figure_maker("sentence", pack))
    words = [item.words for item in block(build_report(found), Listing, "questions").items]
    assert len(words) == len(set(words))


def test_a_group_that_is_open_is_asked_about_once():
    b = Builder("Des proches ont parlé, d'autres aussi.", "open", "fr")
    group = b.source("g", v.Identification.UNNAMED_GROUP, stated_count=-1)
    b.mark(SourceMention, "m", "Des proches", source_id=group.id)
    b.attribute(b.mark(Claim, "c", "ont parlé"), group)
    other = b.source("h", v.Identification.UNNAMED_GROUP, stated_count=-1)
    b.mark(SourceMention, "n", "d'autres", source_id=other.id)
    b.attribute(b.mark(Claim, "d", "aussi"), other)
    found = dossier(b.records(), lang="fr", kind="memo")
    asked = [i.words for i in block(build_report(found), Listing, "questions").items]
    assert len([words for words in asked if "combien de personnes" in words]) == 1


# -- how it came about ------------------------------------------------------------------------


def several_of(kind):
    if kind == "versions":
        return two_versions()
    return sample("barrage") if kind == "audit" else several()


@pytest.mark.parametrize("level", Redaction)
@pytest.mark.parametrize("kind", KINDS)
def test_every_report_says_how_it_came_about(kind, level):
    found = replace(
        several_of(kind),
        kind=kind,
        coder="Ada Qwx",
        level=level,
        figures=figure_maker("sentence", "reuters"),
    )
    report = build_report(found)
    sheet = block(report, Facts, "method")
    facts = dict(sheet.pairs)
    assert facts["Program"] == "Annotator 0"
    assert facts["Made on"] == "1\u00a0April 2031"
    assert facts["Rule pack"].startswith("Reuters")
    assert facts["Coder"] == ("Ada Qwx" if level is Redaction.INTERNAL else "withheld")
    assert len(sheet.sentences) >= 2
    words = " ".join(texts(report))
    for records in found.articles:
        assert records.text.digest[:16] in words


def test_the_digest_of_several_texts_does_not_hang_on_their_order():
    one, two = several().articles[:2]
    sheets = [
        dict(block(build_report(dossier(*order, kind="memo")), Facts, "method").pairs)
        for order in ((one, two), (two, one))
    ]
    assert sheets[0]["Digest of the texts"] == sheets[1]["Digest of the texts"]


# -- the audit on paper -----------------------------------------------------------------------


def page_count(data):
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_audit_of_a_dispatch_has_two_pages(name, lang):
    found = replace(sample(name), lang=lang, figures=figure_maker("sentence", "own", lang))
    for level in (Redaction.INTERNAL, Redaction.REDACTED):
        assert page_count(render(found, find("pdf"), level=level, seed=SEED)) == 2


def test_a_long_audit_is_set_in_its_usual_size():
    b = Builder("Un mot. " * 9_000, "long", "fr", headline="Long")
    data = render(dossier(b.records()), find("pdf"), level=Redaction.INTERNAL)
    assert page_count(data) > 3
    # Every word is there, in whatever column.
    assert pdf_text(data).split().count("mot.") == 9_000


def test_the_first_page_answers_who_how_many_and_what_to_ask():
    import pypdfium2

    found = replace(sample("barrage"), lang="fr", figures=figure_maker("sentence", "own", "fr"))
    data = render(found, find("pdf"), level=Redaction.INTERNAL)
    document = pypdfium2.PdfDocument(data)
    first = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    assert "7 à 8 sources distinctes" in first
    assert "dont 2 à 3 non nommées" in first
    assert "C6 tient à une seule source non nommée" in first
    assert "« La seconde source »" in first


def test_every_font_is_embedded():
    for kind in KINDS:
        data = render(of_kind(kind), find("pdf"), level=Redaction.INTERNAL)
        described = re.findall(rb"/Type\s*/FontDescriptor", data)
        assert len(described) >= 3
        assert len(re.findall(rb"/FontFile[23]? ", data)) == len(described)


# -- speakers and versions --------------------------------------------------------------------


def test_the_unnamed_of_two_articles_are_never_one_speaker():
    def article(name):
        text = "« Non », a dit une source. « Oui », a dit Ada Brenn."
        b = Builder(text, name, "fr", headline=f"Article {name}")
        unnamed = b.source("u", v.Identification.UNNAMED_PERSON)
        b.mark(SourceMention, "m", "une source", source_id=unnamed.id)
        b.attribute(b.mark(Quote, "q", "« Non »"), unnamed)
        named = b.source("n", v.Identification.NAMED_PERSON)
        b.mark(SourceMention, "p", "Ada Brenn", source_id=named.id)
        b.attribute(b.mark(Quote, "r", "« Oui »"), named)
        return b.records()

    report = build_report(dossier(article("A"), article("B"), kind="quotes"))
    spoken = {b.title: len(b.items) for b in report.blocks if isinstance(b, Listing)}
    assert spoken == {
        "Ada Brenn": 2,
        "Une source · Article A": 1,
        "Une source · Article B": 1,
    }


def test_a_change_of_a_quote_and_its_claim_is_shown_once():
    report = build_report(of_kind("versions", lang="fr"))
    rows = [tuple(c.text for c in row.cells) for row in block(report, Table, "changes").rows]
    assert len(rows) == len(set(rows))
    assert not any(" to " in words for row in rows for words in row)


def test_a_memo_of_several_names_each_article_over_what_it_says_of_it():
    report = build_report(replace(several(), kind="memo"))
    kinds = [type(b).__name__ for b in report.blocks]
    assert kinds[0] == "Heading"
    assert kinds.count("Heading") == 6
    assert all(b.is_minor for b in report.blocks if isinstance(b, Listing))


# -- sheets -----------------------------------------------------------------------------------


def test_shares_in_a_sheet_are_numbers_and_rows_may_grow():
    openpyxl = pytest.importorskip("openpyxl")
    data = render(replace(several(), kind="corpus"), find("xlsx"), level=Redaction.INTERNAL)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = next(s for s in book if s.title == "By outlet")
    shares = [sheet.cell(row, 4) for row in range(2, sheet.max_row + 1)]
    assert {c.number_format for c in shares} == {"0%"}
    assert all(0 < c.value < 1 for c in shares)
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/" in n)
    assert b'ht="' in sheets
    assert b"customHeight" not in sheets


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_document_is_written_in_styles_of_its_own(kind):
    docx = pytest.importorskip("docx")
    data = render(of_kind(kind), find("docx"), level=Redaction.REDACTED)
    document = docx.Document(io.BytesIO(data))
    used = {p.style.name for p in document.paragraphs}
    assert {"Annotator Kicker", "Heading 1", "Annotator Standfirst"} <= used
    footer = document.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer
    section = document.sections[0]
    assert (section.page_width > section.page_height) is False or kind == "worksheet"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("kind", "rows"),
    [("corpus", 6), ("worksheet", 51), ("quotes", 68), ("memo", 40), ("versions", 2)],
)
def test_a_report_as_csv_has_its_own_rows(kind, rows, lang):
    base = two_versions() if kind == "versions" else several()
    found = replace(base, kind=kind, lang=lang)
    data = render(found, find("csv"), level=Redaction.INTERNAL).decode("utf-8-sig")
    head, *body = csv.reader(io.StringIO(data, newline=""))
    assert len(set(head)) == len(head)
    assert {len(row) for row in body} == {len(head)}
    assert len(body) == pytest.approx(rows, abs=12 if kind == "memo" else 0)
    if kind == "corpus":
        share = head.index("Unnamed" if lang == "en" else "Non nommées")
        assert all(0 < float(row[share]) < 1 for row in body)


def test_the_audit_as_csv_has_a_row_for_every_mark():
    found = sample("barrage")
    data = render(replace(found, kind="audit"), find("csv"), level=Redaction.INTERNAL)
    assert data == render(found, find("csv"), level=Redaction.INTERNAL)
    assert len(data.splitlines()) > len(found.articles[0].marks)


@pytest.mark.parametrize("kind", KINDS)
def test_properties_of_a_word_document_stand_in_the_order_of_the_standard(kind):
    """Word calls a document damaged where they do not."""
    order = {
        "rPr": ["rFonts", "b", "i", "strike", "color", "sz", "u", "shd", "vertAlign", "lang"],
        "pPr": ["pStyle", "keepNext", "pBdr", "shd", "tabs", "spacing", "ind", "jc"],
        "tcPr": ["tcW", "gridSpan", "tcBorders", "shd"],
        "tblPr": ["tblStyle", "tblW", "tblInd", "tblLayout", "tblCellMar", "tblLook"],
        "sectPr": ["footerReference", "type", "pgSz", "pgMar", "cols", "docGrid"],
    }
    data = render(of_kind(kind), find("docx"), level=Redaction.INTERNAL)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "styles")]
    seen = 0
    for element in (e for part in parts for e in ElementTree.fromstring(part).iter()):
        known = order.get(element.tag.rpartition("}")[2], [])
        names = [child.tag.rpartition("}")[2] for child in element]
        found = [known.index(name) for name in names if name in known]
        assert found == sorted(set(found)), (element.tag, names)
        seen += len(found)
    assert seen > 200


def test_an_organisation_that_speaks_for_itself_is_not_said_to_be_hidden():
    """The ministry answers in one dispatch and is quoted without a name in another."""
    files = [sample(name) for name in ("barrage", "courriels", "dam")]
    actors = {actor.id: actor for one in files for actor in one.actors}
    articles = tuple(one.articles[0] for one in files)
    found = replace(files[0], articles=articles, actors=tuple(actors.values()), kind="corpus")
    hidden = {bar.label for bar in block(build_report(found), Bars, "only_unnamed").rows}
    assert "Hydrolac" in hidden
    assert "Ministère de l’Énergie" not in hidden


def test_an_audit_of_several_articles_audits_each():
    found = replace(several(), kind="audit")
    report = build_report(found)
    headings = [b.title for b in report.blocks if isinstance(b, Heading)]
    assert headings == [records.article.headline for records in found.articles]
    ids = [b.id for b in report.blocks]
    assert len(ids) == len(set(ids))
    assert sum(isinstance(b, MarkedText) for b in report.blocks) == 6
    for format_id in REPORT_FORMATS:
        assert render(found, find(format_id), level=Redaction.REDACTED)
    page = render(found, find("html"), level=Redaction.REDACTED).decode()
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
