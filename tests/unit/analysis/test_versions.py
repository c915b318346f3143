"""What a newer version of a dispatch changed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from annotator.analysis.versions import ChangeKind, compare
from annotator.app.samples import sample_files
from annotator.i18n import LANGUAGES
from unit.analysis.test_rules import case_from, dispatch_of

K = ChangeKind
SOURCES = """<sources>
 <source id="g" identification="unnamed_group" stated_count="2"/>
 <source id="m" identification="named_person" actor="c"/>
</sources><actors><actor id="c" name="Irène Castel" kind="person"/></actors>"""
FIRST = """
<p><c id="a" by="g">Le barrage <hedge claim="a">resterait</hedge> fermé jusqu’en juillet</c>,
 selon <s ref="g">deux sources proches du dossier</s>.</p>
<p><c id="b" by="m">Personne n’a été blessé</c>, a dit <s ref="m">Irène Castel</s>.</p>
<p><c id="d">Le coût atteint 40 millions</c>.</p>"""


@pytest.fixture
def version(tmp_path):
    """Make a case from paragraphs and the sources they name."""
    made = []

    def make(paragraphs, sources=SOURCES):
        path = tmp_path / f"{len(made)}.xml"
        made.append(path)
        path.write_bytes(dispatch_of(ET.fromstring(f"<a>{sources}{paragraphs}</a>"), "fr"))
        return case_from(path)

    return make


def kinds(changes):
    return [change.kind for change in changes]


def test_the_same_version_changes_nothing(version):
    assert compare(version(FIRST), version(FIRST)) == []


@pytest.mark.parametrize("file", sample_files(), ids=lambda path: path.stem)
def test_a_sample_differs_in_nothing_from_itself(file):
    assert compare(case_from(file), case_from(file)) == []


def test_a_claim_is_dropped_and_one_is_added(version):
    later = FIRST.replace("Le coût atteint 40 millions", "Trois communes ont été évacuées")
    found = compare(version(FIRST), version(later))
    assert kinds(found) == [K.CONTENT_DROPPED, K.CONTENT_ADDED]
    assert (found[0].before, found[1].after) == (
        "Le coût atteint 40 millions",
        "Trois communes ont été évacuées",
    )


def test_the_conditional_becomes_a_fact(version):
    later = FIRST.replace('<hedge claim="a">resterait</hedge>', "restera")
    found = compare(version(FIRST), version(later))
    assert kinds(found) == [K.REWORDED, K.TO_INDICATIVE]
    assert kinds(compare(version(later), version(FIRST))) == [K.REWORDED, K.TO_CONDITIONAL]


def test_a_source_gets_a_name_and_loses_it(version):
    hidden = SOURCES.replace('named_person" actor="c"', 'unnamed_person"')
    later = FIRST.replace('<s ref="m">Irène Castel</s>', '<s ref="m">une dirigeante</s>')
    found = compare(version(FIRST), version(later, hidden))
    assert K.UNNAMED in kinds(found)
    change = next(c for c in found if c.kind is K.UNNAMED)
    assert (change.before, change.after) == ("Irène Castel", "une dirigeante")
    assert next(c for c in found if c.kind is K.STATE).before == "single_named"
    back = compare(version(later, hidden), version(FIRST))
    assert K.NAMED in kinds(back)
    assert K.DISTINCT in kinds(back)


def test_a_source_comes_and_goes(version):
    more = SOURCES.replace("</sources>", '<source id="x" identification="document"/></sources>')
    later = FIRST + '<p><c by="x">La vanne date de 1961</c>, selon <s ref="x">un rapport</s>.</p>'
    found = compare(version(FIRST), version(later, more))
    assert K.SOURCE_ADDED in kinds(found)
    assert K.SOURCE_DROPPED in kinds(compare(version(later, more), version(FIRST)))


def test_every_difference_is_a_sentence_in_both_languages(version):
    hidden = SOURCES.replace('named_person" actor="c"', 'unnamed_person"')
    later = FIRST.replace("atteint 40", "atteindrait {45}").replace("Irène Castel", "un cadre")
    for change in compare(version(FIRST), version(later, hidden)):
        for lang in LANGUAGES:
            assert "analysis." not in change.words(lang=lang)
