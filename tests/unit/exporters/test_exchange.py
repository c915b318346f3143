"""Exchange formats: what goes out comes back, and what a format loses is what it says it loses."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.exporters import brat, cas, corpus, find, refi_read, w3c
from annotator.exporters.base import Redaction
from annotator.exporters.exchange import details_of
from annotator.exporters.exchange_in import records_of
from annotator.exporters.hand_out import render
from annotator.model import vocabulary as v
from annotator.model.annotations import (
    Actor,
    Alias,
    Claim,
    CouldNotVerify,
    Cue,
    DeclinedComment,
    Evidence,
    Hedge,
    Mention,
    Note,
    Quote,
    SourceMention,
    SourceRelation,
    Stamp,
)
from annotator.model.span import Span
from annotator.text.canonical import canonicalise
from helpers.dossiers import Builder, dossier, number, small
from helpers.strategies import hostile_text

READERS = {
    "corpus": corpus.read,
    "w3c": w3c.read,
    "brat": brat.read,
    "cas-xmi": cas.read_xmi,
    "cas-json": cas.read_json,
    "refi-qda": refi_read.read,
}
each = pytest.mark.parametrize("format_id", READERS)
DATA = Path(__file__).resolve().parents[2] / "data"


def rich():
    """Return a dossier that has everything a format could lose."""
    found = small()
    records = found.articles[0]
    base = Builder(records.text.text, "small")
    stamp = Stamp("Ada", "2031-03-15T10:00:00+00:00", origin="rule@2")
    claims = [m for m in records.marks if isinstance(m, Claim)]
    mentions = [m for m in records.marks if isinstance(m, SourceMention)]
    cues = [m for m in records.marks if isinstance(m, Cue)]
    unverified = base.mark(CouldNotVerify, "nv", "Rien n’a été testé", claim_id=claims[0].id)
    full = replace(
        claims[0],
        seriousness=v.Seriousness.SERIOUS,
        status=v.VerificationStatus.CONTRADICTED,
        verdict=v.Verdict.MIXTURE,
        correction="Il fermera\ten juin ;\nou \\ jamais",
        credibility=v.InformationCredibility.TWO,
        evidence=(Evidence("https://e.org", "3", note="été\n\tà vérifier"), Evidence(page="4")),
    )
    marks = tuple(
        replace(m, stamp=stamp)
        for m in (unverified, *(full if m is claims[0] else m for m in records.marks))
    )
    group, one, minister = records.sources
    lonely = replace(
        one, id=number("lonely"), group_id=None, label="Jamais nommé", formula_spans=()
    )
    sources = (
        replace(
            group,
            description="=1 «\u00a0deux\u00a0» 🌉",
            affiliation=v.Affiliation.GOVERNMENT,
            affiliation_name="Mairie",
            reliability=v.SourceReliability.B,
            ground_rule=v.GroundRule.BACKGROUND,
        ),
        replace(one, reason_spans=(base.at("Rien"),), motive_stated=v.Stated.PARTLY),
        minister,
        lonely,
    )
    article_id = records.article.id
    notes = (
        *records.notes,
        Note(number("note on a source"), "source", group.id, article_id, "Qui ?\nAppeler."),
    )
    second = replace(
        records.attributions[0],
        id=number("second"),
        source_id=minister.id,
        act=v.AttributionAct.DENIAL,
        cue_ids=(cues[2].id,),
        mention_id=mentions[2].id,
    )
    actor = replace(
        found.actors[0], aliases=(Alias("Brenn", "fr"), Alias('A. "B"', "en")), wikidata="Q1"
    )
    changed = replace(
        records,
        marks=tuple(sorted(marks, key=lambda m: (m.spans, m.id))),
        sources=sources,
        notes=notes,
        attributions=(*records.attributions, second),
        relations=(
            *records.relations,
            SourceRelation(
                number("r2"), article_id, one.id, minister.id, v.SourceRelationKind.DERIVED_FROM
            ),
        ),
    )
    return replace(found, articles=(changed,), actors=(actor, *found.actors[1:]))


def written(found, format_id):
    stream = io.BytesIO()
    find(format_id).write(found, stream)
    return stream.getvalue()


def came_back(data, format_id):
    """Return the sheets and what could not be read."""
    rows = list(READERS[format_id](data))
    return [s for s, _ in rows if s is not None], [what for s, what in rows if s is None]


# -- what is lost -----------------------------------------------------------------------------


def _plain(record, *without):
    left_out = {"id", "article_id", "stamp", "anchor", *without}
    return tuple(
        (f.name, getattr(record, f.name)) for f in fields(record) if f.name not in left_out
    )


class Contents:
    """What a dossier says, by category, without any id of ours."""

    def __init__(self, marks, sources, relations, attributions, actors, notes):
        self.marks = {m.id: m for m in marks}
        self.sources = {s.id: s for s in sources}
        self.relations, self.attributions, self.notes = relations, attributions, notes
        self.actors = {a.id: a for a in actors}
        self.at = {
            s.id: frozenset(
                m.spans for m in marks if isinstance(m, SourceMention) and m.source_id == s.id
            )
            for s in sources
        }

    def place(self, mark_id):
        mark = self.marks.get(mark_id)
        return None if mark is None else (mark.mark_kind, mark.spans)

    def mentioned(self, source_id):
        return self.at.get(source_id) or None

    def categories(self):
        links = ("source_id", "actor_id", "claim_id")
        return {
            "marks": {(m.mark_kind, _plain(m, *links)) for m in self.marks.values()},
            "sources": {
                (self.at[s.id], _plain(s, "group_id", "actor_id"), self.mentioned(s.group_id))
                for s in self.sources.values()
                if self.at[s.id]
            },
            "actors": {
                (m.spans, _plain(self.actors[m.actor_id]))
                for m in self.marks.values()
                if isinstance(m, Mention) and m.actor_id
            },
            "links": {
                (self.place(m.id), self.place(getattr(m, "claim_id", None)))
                for m in self.marks.values()
                if isinstance(m, Hedge | CouldNotVerify)
            }
            | {
                (self.place(m.id), self.mentioned(m.source_id))
                for m in self.marks.values()
                if isinstance(m, DeclinedComment)
            },
            "relations": {
                (self.mentioned(r.first_id), self.mentioned(r.second_id), r.kind)
                for r in self.relations
            },
            "attributions": {
                (self.place(a.content_id), self.mentioned(a.source_id), a.act, a.stance)
                for a in self.attributions
            },
            "cue_sources": {
                (
                    self.place(a.content_id),
                    self.mentioned(a.source_id),
                    frozenset(map(self.place, a.cue_ids)),
                )
                for a in self.attributions
            },
            "source_actors": {
                (self.at[s.id], self.actors[s.actor_id].name if s.actor_id else "")
                for s in self.sources.values()
                if self.at[s.id]
            },
            "unmentioned": len([s for s in self.sources.values() if not self.at[s.id]]),
            "ids": {*self.marks, *self.sources, *self.actors},
            "note_places": {(n.target_table, self.place(n.target_id), n.text) for n in self.notes},
            "notes": {n.text for n in self.notes},
            "stamps": {m.stamp for m in self.marks.values()},
        }


def lost_by(format_id):
    found = rich()
    records = found.articles[0]
    (sheet,), problems = came_back(written(found, format_id), format_id)
    assert problems == []
    assert sheet.text == records.text.text
    incoming = records_of(sheet, records.article.id, sheet.text, language="fr")
    assert incoming.problems == []
    before = Contents(
        records.marks,
        records.sources,
        records.relations,
        records.attributions,
        found.actors,
        records.notes,
    ).categories()
    after = Contents(
        incoming.marks,
        incoming.sources,
        incoming.relations,
        incoming.attributions,
        incoming.actors,
        incoming.notes,
    ).categories()
    lost = {name for name in before if before[name] != after[name]}
    if "unmentioned" in lost:
        # What was lost with them is told by that word.
        assert before["unmentioned"] == 1
        lost -= {"ids"} if before["ids"] - after["ids"] == {number("lonely")} else set()
    lost |= set() if sheet.details == details_of(records.article) else {"details"}
    lost |= set() if sheet.mask == records.article.mask else {"mask"}
    # These are nowhere in the middle form.
    return lost | {"original", "suggestions"}


@each
def test_a_format_loses_what_it_says_it_loses(format_id):
    assert lost_by(format_id) == set(find(format_id).losses)


@each
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=hostile_text, drawn=st.data())
def test_marks_come_back_on_the_same_words(format_id, raw, drawn):
    text = canonicalise(raw).text
    if not text:
        return
    b = Builder(text, "any", "und", headline=text[:30])
    places = st.integers(0, len(text) - 1)
    wanted = set()
    for n in range(drawn.draw(st.integers(1, 5))):
        start = drawn.draw(places)
        end = drawn.draw(st.integers(start + 1, len(text)))
        kind = drawn.draw(st.sampled_from([Quote, Claim, Cue, SourceMention, Mention, Hedge]))
        mark = kind(number(f"m{n}"), b.article.id, (Span(start, end),))
        if end < len(text) - 1:
            more = drawn.draw(st.integers(end + 1, len(text) - 1))
            mark = replace(mark, spans=(*mark.spans, Span(more, len(text))))
        b.marks.append(mark)
        wanted.add((mark.mark_kind, mark.spans))
    (sheet,), problems = came_back(written(dossier(b.records()), format_id), format_id)
    assert problems == []
    assert {(item.kind, item.spans) for item in sheet.items} == wanted
    incoming = records_of(sheet, b.article.id, text)
    assert {(m.mark_kind, m.spans) for m in incoming.marks} == wanted


@each
@settings(max_examples=30, deadline=None)
@given(drawn=st.data())
def test_a_damaged_file_never_breaks_the_reader(format_id, drawn):
    data = bytearray(written(small(), format_id))
    for _ in range(drawn.draw(st.integers(1, 6))):
        at = drawn.draw(st.integers(0, len(data) - 1))
        if drawn.draw(st.booleans()):
            data[at] = drawn.draw(st.integers(0, 255))
        else:
            del data[at : at + drawn.draw(st.integers(1, 30))]
    try:
        sheets, _ = came_back(bytes(data), format_id)
    except ValueError:
        return
    for sheet in sheets:
        records_of(sheet, "a", canonicalise(sheet.text).text)


@each
def test_one_unreadable_item_does_not_block_the_rest(format_id):
    (sheet,), _ = came_back(written(small(), format_id), format_id)
    incoming = records_of(sheet, "a", sheet.text[:120])
    assert incoming.problems
    assert {p.id for p in incoming.problems} <= {"outside", "link"}
    assert incoming.marks


# -- other people's readers -------------------------------------------------------------------


def spans_of(found, kind):
    text = found.articles[0].text.text
    return {
        (s.start, s.end, s.slice(text))
        for m in found.articles[0].marks
        if m.mark_kind is kind
        for s in m.spans
    }


def test_cassis_reads_the_json_cas():
    cassis = pytest.importorskip("cassis")
    read = cassis.load_cas_from_json(written(small(), "cas-json").decode())
    _compare_with_cassis(read, small())


def test_cassis_reads_the_xmi():
    cassis = pytest.importorskip("cassis")
    with zipfile.ZipFile(io.BytesIO(written(small(), "cas-xmi"))) as archive:
        types = cassis.load_typesystem(archive.open("TypeSystem.xml"))
        name = next(n for n in archive.namelist() if n.endswith(".xmi"))
        read = cassis.load_cas_from_xmi(archive.open(name), typesystem=types)
    _compare_with_cassis(read, small())


def _compare_with_cassis(read, found):
    assert read.sofa_string == found.articles[0].text.text
    for kind in v.MarkKind:
        marks = [m for m in read.select("custom.AnnotatorMark") if m.kind == kind.value]
        assert {(m.begin, m.end, m.get_covered_text()) for m in marks} == spans_of(found, kind)
    links = list(read.select("custom.AnnotatorLink"))
    assert {link.kind for link in links} >= {"source_of", "cue_of", "hedge_of", "member_of"}
    for link in links:
        assert link.Governor.kind
        assert link.Dependent.kind
    tokens = read.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    assert "pont" in {token.get_covered_text() for token in tokens}


def test_conllu_reads_the_tokens():
    conllu = pytest.importorskip("conllu")
    data = written(small(), "conll").decode()
    names = data.split("\n")[0].partition(" = ")[2].split()
    text = small().articles[0].text.text
    sentences = conllu.parse(data)
    assert sentences
    assert sentences[0][0].keys() >= {name.lower() for name in names[:2]}
    quoted = []
    for sentence in sentences:
        for token in sentence:
            misc = token["misc"]
            assert text[int(misc["Start"]) : int(misc["End"])] == token["form"]
            if token["annotator:quote"] != "O":
                quoted.append(token["form"])
    assert "".join(quoted) == "«Rienn’aététesté»«etnouslesavions»"


def test_refi_project_is_valid_and_its_positions_are_those_of_the_standard():
    from lxml import etree

    data = written(small(), "refi-qda")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        project = archive.read("project.qde")
        schema = etree.XMLSchema(etree.parse(str(DATA / "refi" / "Project.xsd")))
        schema.assertValid(etree.fromstring(project))
        q = "{urn:QDA-XML:project:1.0}"
        root = ET.fromstring(project)
        source = root.find(f"{q}Sources/{q}TextSource")
        name = source.get("plainTextPath").removeprefix("internal://")
        text = archive.read(f"sources/{name}").decode()
    assert "\r" not in text
    names = {c.get("guid"): c.get("name") for c in root.iter(f"{q}Code")}
    quotes = set()
    for selection in source.iter(f"{q}PlainTextSelection"):
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        coded = [names[r.get("targetGUID")] for r in selection.iter(f"{q}CodeRef")]
        if coded[0] == "quote":
            quotes.add((start, end, text[start:end]))
    assert quotes == spans_of(small(), v.MarkKind.QUOTE)
    guids = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(set(guids)) == len(guids)


@pytest.mark.parametrize("counts", ["code points", "line ends as one"])
def test_a_refi_project_with_windows_line_ends_is_read_either_way(counts):
    raw = "Un 🌉\r\n\r\nLe maire a dit non.\r\n"
    text = canonicalise(raw).text
    at = (raw if counts == "code points" else text).index("Le maire")
    project = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes><Code'
        ' guid="11111111-1111-1111-1111-111111111111" name="Source" isCodable="true"/></Codes>'
        '</CodeBook><Sources><TextSource guid="22222222-2222-2222-2222-222222222222" name="T"'
        ' plainTextPath="internal://t.txt"><PlainTextSelection'
        ' guid="33333333-3333-3333-3333-333333333333" name="Le maire"'
        f' startPosition="{at}" endPosition="{at + 8}"><Coding'
        ' guid="44444444-4444-4444-4444-444444444444"><CodeRef'
        ' targetGUID="11111111-1111-1111-1111-111111111111"/></Coding></PlainTextSelection>'
        "</TextSource></Sources></Project>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr("sources/t.txt", "\ufeff" + raw)
    (sheet,), problems = came_back(stream.getvalue(), "refi-qda")
    assert problems == []
    (item,) = sheet.items
    assert item.kind is v.MarkKind.SOURCE
    assert item.spans[0].slice(sheet.text) == "Le maire"


def test_brat_files_agree_with_their_texts():
    with zipfile.ZipFile(io.BytesIO(written(small(), "brat"))) as archive:
        stem = next(n for n in archive.namelist() if n.endswith(".ann")).removesuffix(".ann")
        text = archive.read(f"{stem}.txt").decode()
        lines = archive.read(f"{stem}.ann").decode().splitlines()
        configuration = archive.read("annotation.conf").decode()
    entities = configuration.split("[entities]")[1].split("[relations]")[0].split()
    known = set()
    for line in lines:
        name, rest = line.split("\t", 1)
        if name.startswith("T"):
            head, words = rest.split("\t")
            kind, pieces = head.split(" ", 1)
            assert kind in entities
            parts = [text[slice(*map(int, p.split(" ")))] for p in pieces.split(";")]
            assert " ".join(parts).replace("\n", " ") == words
            known.add(name)
        elif name.startswith("R"):
            ends = [part.split(":")[1] for part in rest.split(" ")[1:]]
            assert set(ends) <= known
        elif name.startswith("A"):
            field, target, value = rest.split(" ")
            assert target in known
            values = next(r for r in configuration.splitlines() if r.startswith(f"{field}\t"))
            assert value in values.split("Value:")[1].split("|")


def test_w3c_selectors_are_those_of_the_recommendation():
    tree = json.loads(written(small(), "w3c"))
    text = small().articles[0].text.text
    assert tree["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    items = tree["first"]["items"]
    assert tree["total"] == len(items)
    assert len({a["id"] for a in items}) == len(items)
    for annotation in items:
        assert annotation["type"] == "Annotation"
        if annotation["motivation"] == "linking":
            continue
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


def test_citron_quotes_have_their_cue_and_sources():
    tree = json.loads(written(small(), "citron"))
    text = small().articles[0].text.text
    assert tree["text"] == text
    (quote,) = tree["quotes"]
    assert quote["cue"]["text"] == "a dit"
    assert [s["text"] for s in quote["sources"]] == ["l’une d’elles, sous couvert d’anonymat"]
    assert len(quote["contents"]) == 2
    for span in (quote["cue"], *quote["sources"], *quote["contents"]):
        assert text[span["start"] : span["end"]] == span["text"]


def test_claimreview_has_a_review_for_each_verdict():
    assert json.loads(written(small(), "claimreview"))["@graph"] == []
    (review,) = json.loads(written(rich(), "claimreview"))["@graph"]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "Le pont fermera en mai"
    rating = review["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (3, 1, 5)
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["citation"] == ["https://e.org"]


def test_published_codes_replace_descriptions_in_every_exchange_format():
    words = "deux sources proches du dossier"
    for format_id in (*READERS, "citron", "conll"):
        data = render(small(), find(format_id), level=Redaction.PUBLISH)
        assert words.encode() not in data, format_id


def test_archives_are_opened_as_from_an_enemy(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"0" * 40_000_000)
    for format_id in ("refi-qda", "brat", "cas-xmi"):
        with pytest.raises(ValueError, match="ratio"):
            came_back(stream.getvalue(), format_id)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for n in range(5_001):
            archive.writestr(f"../../{n}.ann", b"")
    with pytest.raises(ValueError, match="entries"):
        came_back(many.getvalue(), "brat")
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<Project xmlns="urn:QDA-XML:project:1.0" name="&b;"><Description>&f;</Description>'
        "</Project>"
    )
    laughs = io.BytesIO()
    with zipfile.ZipFile(laughs, "w") as archive:
        archive.writestr("project.qde", bomb)
    assert came_back(laughs.getvalue(), "refi-qda") == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_actor_of_a_source_comes_with_its_name():
    found = rich()
    (sheet,), _ = came_back(written(found, "corpus"), "corpus")
    minister = [i for i in sheet.items if i.fields.get("identification") == "named_person"]
    assert {i.fields["actor"] for i in minister} == {"Ada Brenn"}
    assert isinstance(found.actors[0], Actor)


def test_a_corpus_line_with_spans_of_other_kinds_comes_in_without_them():
    row = {
        "id": "x",
        "lang": "fr",
        "text": "« Non », a dit Mme Brenn à Sorn.",
        "spans": [
            {"id": "q", "type": "content", "start": 0, "end": 7},
            {"id": "t", "type": "attribution_clause", "start": 9, "end": 24},
            {"id": "p", "type": "PER", "start": 15, "end": 24, "extra": {"quaero": "pers.ind"}},
            {"id": "e", "type": "entity", "start": 27, "end": 31,
             "extra": {"etype": "place", "wiki": "Sorn_(ville)"}},
            {"id": "n", "type": "entity", "start": 27, "end": 31, "extra": {"etype": "place"}},
            {"id": "w", "type": "entity", "start": 27, "end": 31,
             "extra": {"etype": "place", "wiki": None}},
            {"id": "s", "type": "source", "start": 15, "end": 24},
            "no span",
        ],
        "relations": [
            {"type": "attributed_by", "from": "q", "to": "t"},
            {"type": "source_of", "from": "s", "to": "q"},
            {"type": "source_of", "from": "t", "to": "q"},
        ],
    }  # fmt: skip
    (sheet,), left_out = came_back(json.dumps(row).encode(), "corpus")
    assert left_out == [
        "1: attribution_clause (1)",
        "1: entity (2)",
        "1: ? (1)",
        "1: attributed_by (1)",
        "1: source_of (1)",
    ]
    assert [item.id for item in sheet.items] == ["q", "p", "e", "s"]
    assert [(link.first, link.second) for link in sheet.links] == [("s", "q")]
    incoming = records_of(sheet, "x", row["text"])
    assert incoming.problems == []
    assert {(a.name, a.kind.value) for a in incoming.actors} == {
        ("Mme Brenn", "person"),
        ("Sorn (ville)", "place"),
    }
