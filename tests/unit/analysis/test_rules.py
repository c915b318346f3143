"""Each check on an article that breaks it and on one that keeps it, in French and in English."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from annotator import resources
from annotator.analysis import rules
from annotator.analysis.case import case_of
from annotator.analysis.checks import CHECKS
from annotator.analysis.sourcing import Records
from annotator.app.samples import read_dispatch, sample_files
from annotator.i18n import LANGUAGES, has, tr
from annotator.model.annotations import Actor, Attribution, Mark, Note, Source, SourceRelation
from annotator.model.errors import DataError, UserError
from annotator.text.segments import Segments

DATA = Path(__file__).parents[2] / "data" / "rules"


def case_from(path):
    dispatch = read_dispatch(path)
    rows, text = dispatch.records, dispatch.text.text.text
    data = Records.of(
        *([r for r in rows if isinstance(r, kind)] for kind in (Mark, Source, SourceRelation)),
        [r for r in rows if isinstance(r, Attribution)],
        text,
    )
    segments = Segments(text, dispatch.article.language)
    actors = [r for r in rows if isinstance(r, Actor)]
    return case_of(data, dispatch.article, segments.sentences, segments.paragraphs, actors)


def dispatch_of(article, lang):
    """Wrap the short form of the test files into a dispatch."""
    root = ET.Element("dispatch", {"id": "t", "lang": lang})
    ET.SubElement(root, "meta", {"headline": "T", "outlet": "O", "published": "2031-03-14"})
    for part in ("sources", "actors"):
        found = article.find(part)
        root.append(found if found is not None else ET.Element(part))
    text = ET.SubElement(root, "text")
    ET.SubElement(text, "h").text = "T"
    text.extend(article.findall("p"))
    return ET.tostring(root)


def rows():
    for lang in LANGUAGES:
        for case in ET.parse(DATA / f"{lang}.xml").getroot():
            for kind in ("breaks", "keeps"):
                rule = case.get("with", case.get("check"))
                name = f"{lang}-{case.get('check')}-{rule}-{kind}"
                yield pytest.param(lang, case, kind, id=name)


@pytest.mark.parametrize(("lang", "case", "kind"), list(rows()))
def test_a_check_finds_what_breaks_it_and_nothing_else(tmp_path, lang, case, kind):
    path = tmp_path / "case.xml"
    path.write_bytes(dispatch_of(case.find(kind), lang))
    parameters = json.loads(case.get("parameters", "{}"))
    if "with" in case.attrib:
        pack, rule_id = case.get("with").split("/")
        rule = next(r for r in rules.load_pack(pack).rules if r.id == rule_id)
        assert rule.check == case.get("check")
        parameters = rule.parameters
    hits = list(CHECKS[case.get("check")](case_from(path), parameters))
    assert len(hits) == (1 if kind == "breaks" else 0)


def test_every_check_has_both_articles_in_both_languages():
    for lang in LANGUAGES:
        assert {c.get("check") for c in ET.parse(DATA / f"{lang}.xml").getroot()} == set(CHECKS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("pack_id", rules.pack_ids())
def test_every_rule_of_every_pack_has_an_article_that_breaks_it_and_one_that_keeps_it(
    pack_id, lang, tmp_path
):
    def hits(case, kind, rule):
        path = tmp_path / "case.xml"
        path.write_bytes(dispatch_of(case.find(kind), lang))
        return len(list(CHECKS[rule.check](case_from(path), rule.parameters)))

    cases = ET.parse(DATA / f"{lang}.xml").getroot()
    for rule in rules.load_pack(pack_id).rules:
        assert any(
            hits(case, "breaks", rule) == 1 and hits(case, "keeps", rule) == 0
            for case in cases
            if case.get("check") == rule.check
        ), rule.id


def test_every_check_has_its_sentences():
    for check in CHECKS:
        for part in ("title", "question"):
            assert has(f"rules.{check}.{part}")


@pytest.mark.parametrize("pack_id", rules.pack_ids())
def test_the_packs_are_whole(pack_id):
    pack = rules.load_pack(pack_id)
    assert pack.rules
    assert len({rule.id for rule in pack.rules}) == len(pack.rules)
    for rule in pack.rules:
        assert rule.origin()
        for lang in LANGUAGES:
            assert rule.wording[lang]
            assert pack.title(lang)


def test_own_has_the_checks_that_every_newsroom_wants():
    wanted = {
        "plural_with_one", "bare_source", "no_reason", "anonymous_first_quote",
        "anonymous_opinion", "serious_on_one_unnamed", "declined_conflict", "late_attribution",
        "no_source_in_lead", "claim_without_attribution", "accused_not_asked",
        "hedge_without_source",
    }  # fmt: skip
    assert {rule.check for rule in rules.load_pack("own").rules} == wanted


@pytest.mark.parametrize("file", sample_files(), ids=lambda path: path.stem)
@pytest.mark.parametrize("pack_id", rules.pack_ids())
def test_findings_on_the_samples_quote_what_they_are_about(file, pack_id):
    case = case_from(file)
    found = rules.find(case, rules.load_pack(pack_id))
    text = case.data.text
    places = [f.span.start if f.span else -1 for f in found]
    assert places == sorted(places)
    for finding in found:
        assert finding.target_id == "" or (
            finding.target_id in case.data.marks or finding.target_id in case.sources
        )
        if finding.span is not None:
            assert finding.span.slice(text).strip()
        for lang in LANGUAGES:
            assert "{" not in finding.title(lang) + finding.question(lang)
            assert finding.rule.words(lang)


def test_the_sample_dispatch_breaks_what_it_should():
    """Two informed sources: bare, without a reason; and the ministry may be the former official."""
    case = case_from(next(f for f in sample_files() if "emissaire" in f.name))
    found = {f.rule.check for f in rules.find(case, rules.load_pack("own"))}
    assert {"bare_source", "no_reason"} <= found
    assert "no_source_in_lead" not in found


def test_a_reason_accepts_a_finding_and_only_that_one(tmp_path):
    case = case_from(sample_files()[0])
    pack = rules.load_pack("own")
    first, *rest = rules.find(case, pack)
    note = Note("n", rules.FINDING_TABLE, first.key, case.article.id, "The editor knows them.")
    accepted = [f for f in rules.find(case, pack, notes=[note]) if f.accepted]
    assert [f.key for f in accepted] == [first.key]
    assert rest
    blocking = rules.blocking(rules.find(case, pack, notes=[note]))
    assert all(f.severity is rules.Severity.BLOCKING and not f.accepted for f in blocking)


def test_an_unknown_and_a_broken_pack_are_refused_in_words(tmp_path):
    with pytest.raises(UserError) as unknown:
        rules.load_pack("tabloid")
    path = tmp_path / "mine.json"
    row = {"id": "r1", "check": "no_such_check", "severity": "warning", "wording": {"en": "x"}}
    path.write_text(json.dumps({"name": {"en": "Mine"}, "version": "1", "rules": [row]}))
    with pytest.raises(DataError) as broken:
        rules.read_pack(path)
    assert broken.value.values["row"] == "r1"
    path.write_text("[]")
    with pytest.raises(DataError):
        rules.read_pack(path)
    for error in (unknown.value, broken.value):
        for lang in LANGUAGES:
            assert "{" not in tr(f"errors.{error.message_id}", lang=lang, **error.values)


def test_a_newsrooms_own_pack_is_read_like_the_others(tmp_path):
    path = tmp_path / "desk.json"
    path.write_bytes(resources.path("rules", "bbc.json").read_bytes())
    assert rules.read_pack(path).rules == rules.load_pack("bbc").rules


def test_a_finding_names_a_source_as_the_article_does():
    """A label that is the article's words with a capital has none inside a sentence."""
    case = case_from(next(f for f in sample_files() if "emissaire" in f.name))
    found = rules.find(case, rules.load_pack("own"))
    bare = next(f for f in found if f.rule.check == "bare_source")
    assert bare.name == "deux sources informées"
    assert bare.title("fr").startswith("Deux sources informées")
    assert "de deux sources" in bare.question("fr")
