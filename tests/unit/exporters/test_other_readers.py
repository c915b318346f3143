"""Our files in other people's programs: their libraries open them, their rules are kept."""

from __future__ import annotations

import io
import json
import re
import warnings
import zipfile
from dataclasses import replace
from itertools import pairwise

import cassis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator.app.handing_out import collect
from annotator.app.workflows import make_demo
from annotator.exporters import brat, cas, find, refi_read
from annotator.exporters.cas_types import NOT_XML
from annotator.exporters.exchange_in import records_of
from annotator.exporters.refi_codes import Code
from annotator.model import vocabulary as v
from annotator.model.annotations import Claim, Cue, Note, Quote, SourceMention
from annotator.model.span import Span
from annotator.store import Project
from annotator.text.canonical import canonicalise
from helpers.dossiers import Builder, dossier, number, small
from helpers.strategies import hostile_text
from unit.exporters.test_exchange import DATA, came_back, rich, spans_of, written

with warnings.catch_warnings():
    # They are built upon what their own foundations call old.
    warnings.simplefilter("ignore")
    import bratly
    import bratly.io
    from pyrefiqda import RefiCodebook, RefiProject

SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
#: What INCEpTION trims and Python does not.
WHITE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The sample dispatches as they are handed out."""
    with Project.open(make_demo(tmp_path_factory.mktemp("demo"))) as project:
        found = collect(project, None, lang="fr")
        return replace(found, articles=tuple(found.articles))


def awkward():
    """A text with everything that other programs count otherwise, marked across all of it."""
    text = (
        "Le pont 🌉 fermera\u2028en mai.\n\n« Rien\tn’a été\x0btesté 👩‍🚒 »,\x85a dit un élu.\n \n"
        "E\u0301tat des lieux\x0c: non.\n"
    )
    b = Builder(canonicalise(text).text, "awkward", "fr", headline="Pont \t\u2028🌉")
    text = b.text
    whole = Span(0, len(text))
    quote = Span(text.index("«"), text.index("»") + 1)
    b.marks += [
        Claim(number("c"), b.article.id, (whole,)),
        Quote(number("q"), b.article.id, (quote, Span(text.index("non"), len(text)))),
        Cue(number("k"), b.article.id, (Span(text.index("a dit") - 1, text.index("a dit") + 6),)),
        SourceMention(
            number("s"), b.article.id, (Span(text.index("un élu"), text.index("un élu") + 6),)
        ),
    ]
    made = b.records()
    note = Note(
        number("n"), "claim", number("c"), b.article.id, "Qui\u2028a\tdit \\ça\\ ?\nÀ voir\x85"
    )
    return dossier(replace(made, notes=(note,)))


def marked(raw, drawn):
    """Return a dossier of any text with a mark somewhere in it, or nothing."""
    text = canonicalise(raw).text
    if not text.strip():
        return None
    b = Builder(text, "any", "und", headline=text[:30])
    start = drawn.draw(st.integers(0, len(text) - 1))
    end = drawn.draw(st.integers(start + 1, len(text)))
    b.marks.append(Claim(number("any claim"), b.article.id, (Span(start, end),)))
    return dossier(b.records())


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# -- brat -------------------------------------------------------------------------------------


def _brat_complaints(text, lines):
    """Return what brat's own reader (``TextAnnotations``) would complain about."""
    known, targets = set(), []
    for line in lines:
        name, _, rest = line.partition("\t")
        if name in known:
            yield f"duplicate {name}"
        known.add(name)
        data, _, tail = rest.partition("\t")
        if name[0] == "T":
            yield from (f"{name}: {what}" for what in _span_complaints(text, data, tail))
        elif name[0] == "R":
            _kind, first, second = data.split()
            targets += [first.split(":")[1], second.split(":")[1]]
        elif name[0] in "A#":
            targets.append(data.split()[1])
        else:
            yield f"unknown {name}"
    yield from (f"{t} is not there" for t in targets if t not in known)


def _span_complaints(text, data, tail):
    _kind, places = data.split(" ", 1)
    spans = [tuple(map(int, place.split(" "))) for place in places.split(";")]
    words = [text[start:end] for start, end in spans]
    if any(not 0 <= start < end <= len(text) for start, end in spans):
        yield "outside"
    if any(b[0] <= a[1] for a, b in pairwise(spans)):
        yield "touching"
    if not "".join(words).strip() or tail != " ".join(words):
        yield "other words"


@pytest.mark.parametrize("make", [small, rich, awkward])
def test_brat_opens_its_files_without_a_complaint(make):
    files = unpacked(written(make(), "brat"))
    stem = next(n for n in files if n.endswith(".ann")).removesuffix(".ann")
    # brat reads lines as Python's codecs do: every line separator ends one.
    lines = files[f"{stem}.ann"].decode().splitlines()
    assert list(_brat_complaints(files[f"{stem}.txt"].decode(), lines)) == []


@settings(max_examples=60, deadline=None)
@given(raw=hostile_text, drawn=st.data())
def test_brat_has_nothing_against_any_mark_with_words(raw, drawn):
    found = marked(raw, drawn)
    if found is None or not spans_of(found, v.MarkKind.CLAIM).pop()[2].strip():
        return
    files = unpacked(written(found, "brat"))
    stem = next(n for n in files if n.endswith(".ann")).removesuffix(".ann")
    lines = files[f"{stem}.ann"].decode().splitlines()
    assert list(_brat_complaints(files[f"{stem}.txt"].decode(), lines)) == []


def test_brat_knows_every_type_that_is_used(demo):
    files = unpacked(written(demo, "brat"))
    parts = re.split(r"\[(\w+)\]\n", files["annotation.conf"].decode())[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    entities = set(sections["entities"].split())
    relations = {row.split("\t")[0] for row in sections["relations"].split("\n") if row}
    attributes = {row.split("\t")[0]: row for row in sections["attributes"].split("\n") if row}
    kinds = {}
    for name, data in files.items():
        for line in data.decode().splitlines() if name.endswith(".ann") else ():
            key, rest = line.split("\t")[:2]
            kind, target, *values = rest.split(" ")
            if key[0] == "T":
                assert kind in entities
                kinds[name, key] = kind
            elif key[0] == "R":
                assert kind in relations
            elif key[0] == "A":
                carriers = re.search(r"Arg:([\w|]+)", attributes[kind])[1].split("|")
                assert kinds[name, target] in carriers
                assert values[0] in attributes[kind].split("Value:")[1].split("|")
    drawing = files["visual.conf"].decode()
    assert all(f"\n{name}_DEFAULT\t" in drawing for name in ("SPAN", "ARC", "ATTRIBUTE"))


@pytest.mark.parametrize("make", [small, rich, awkward])
def test_bratly_reads_the_brat_files(make, tmp_path):
    found = make()
    for name, data in unpacked(written(found, "brat")).items():
        (tmp_path / name).write_bytes(data)
    (path,) = tmp_path.glob("*.ann")
    read = bratly.io.read_and_load_ann_file(
        str(path), no_duplicates=False, sorting=False, renumerotize=False
    ).annotations
    entities = [one for one in read if isinstance(one, bratly.EntityAnnotation)]
    text = path.with_suffix(".txt").read_bytes().decode()
    assert text == found.articles[0].text.text
    marks = found.articles[0].marks
    assert [e.label for e in entities] == [m.mark_kind.value for m in marks]
    for entity, mark in zip(entities, marks, strict=True):
        assert entity.content == " ".join(text[f.start : f.end] for f in entity.fragments)
        assert all(
            any(s.start <= f.start and f.end <= s.end for s in mark.spans) for f in entity.fragments
        )
    lines = path.read_bytes().decode().splitlines()
    assert len(read) == len(lines)


def test_what_was_moved_in_brat_stays_where_it_was_moved_to():
    files = unpacked(written(awkward(), "brat"))
    name = next(n for n in files if n.endswith(".ann"))
    text = awkward().articles[0].text.text
    at = text.index("un élu")
    row = re.compile(r"^(T1\tclaim )[^\t]*\t.*$", re.MULTILINE)
    files[name] = row.sub(rf"\g<1>{at} {at + 6}\tun élu", files[name].decode()).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for entry, data in files.items():
            archive.writestr(entry, data)
    (sheet, _), *_rest = brat.read(stream.getvalue())
    assert [i.spans for i in sheet.items if i.kind is v.MarkKind.CLAIM] == [(Span(at, at + 6),)]
    assert not any("spans" in item.fields for item in sheet.items)


@pytest.mark.parametrize("format_id", ["brat", "cas-xmi", "cas-json", "refi-qda", "w3c", "corpus"])
def test_awkward_marks_come_back_as_they_were(format_id):
    found = awkward()
    (sheet,), problems = came_back(written(found, format_id), format_id)
    assert problems == []
    records = found.articles[0]
    incoming = records_of(sheet, records.article.id, records.text.text)
    assert {(m.mark_kind, m.spans) for m in incoming.marks} == {
        (m.mark_kind, m.spans) for m in records.marks
    }
    if "notes" not in find(format_id).losses:
        assert {n.text for n in incoming.notes} == {n.text for n in records.notes}


# -- UIMA CAS, as INCEpTION wants it ------------------------------------------------------------


def _cases(found):
    files = unpacked(written(found, "cas-xmi"))
    types = cassis.load_typesystem(io.BytesIO(files.pop("TypeSystem.xml")))
    for data in files.values():
        yield cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=types)


def _casdoctor(read):
    """Return what INCEpTION's checks of an imported document would find."""
    marks, links = read.select("custom.AnnotatorMark"), read.select("custom.AnnotatorLink")
    layers = [*marks, *links]
    documents = read.select("uima.tcas.DocumentAnnotation")
    return [
        *_segment_faults(read.select(SENTENCE)),
        *_segment_faults(read.select(TOKEN)),
        *_edge_faults(read, layers),
        *_place_faults(read, [*read.select(TOKEN), *layers]),
        *("relation" for k in links if (k.begin, k.end) != (k.Dependent.begin, k.Dependent.end)),
        *("dangling" for k in links if k.Governor not in marks or k.Dependent not in marks),
        *([] if [d.type.name for d in documents] == [DOCUMENT] else ["document annotation"]),
        *(["byte order mark"] if read.sofa_string.startswith("\ufeff") else []),
    ]


def _segment_faults(rows):
    yield from ("overlap" for one, other in pairwise(rows) if other.begin < one.end)
    yield from ("empty" for one in rows if one.begin >= one.end)


def _edge_faults(read, layers):
    for one in (*read.select(SENTENCE), *read.select(TOKEN), *layers):
        said = read.sofa_string[one.begin : one.end]
        if said[0] in WHITE or said[-1] in WHITE or said != said.strip():
            yield f"{one.type.name} begins or ends with white space: {said!r}"


def _place_faults(read, rows):
    places = [(s.begin, s.end) for s in read.select(SENTENCE)]
    for one in rows:
        for at in (one.begin, one.end):
            if not any(start <= at <= end for start, end in places):
                yield f"{one.type.name} {one.begin}-{one.end} outside any sentence"


@pytest.mark.parametrize("make", [small, rich, awkward])
def test_inception_has_nothing_against_our_documents(make):
    for read in _cases(make()):
        assert list(_casdoctor(read)) == []


def test_inception_has_nothing_against_the_samples(demo):
    assert [list(_casdoctor(read)) for read in _cases(demo)] == [[]] * 6


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=hostile_text, drawn=st.data())
def test_inception_has_nothing_against_any_mark_with_words(raw, drawn):
    found = marked(raw, drawn)
    if found is None:
        return
    words = spans_of(found, v.MarkKind.CLAIM).pop()[2]
    if NOT_XML.search(found.articles[0].text.text) or all(
        sign.isspace() or sign in WHITE for sign in words
    ):
        return
    for read in _cases(found):
        assert list(_casdoctor(read)) == []


def test_inception_makes_a_span_and_a_relation_layer_of_our_types():
    """By its ``TypeSystemAnalysis``: Governor and Dependent of one range, which is a span layer."""
    files = unpacked(written(small(), "cas-xmi"))
    types = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    mark, link = types.get_type("custom.AnnotatorMark"), types.get_type("custom.AnnotatorLink")
    for kind in (mark, link):
        assert kind.supertype.name == "uima.tcas.Annotation"
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", f.name) for f in kind.features)
    assert {f.rangeType.name for f in mark.features} == {"uima.cas.String"}
    ends = {f.name: f.rangeType.name for f in link.features if f.name in ("Governor", "Dependent")}
    assert ends == {"Governor": mark.name, "Dependent": mark.name}
    # Not an annotation of the text: INCEpTION makes no layer of it.
    article = types.get_type("custom.AnnotatorArticle")
    assert article.supertype.name == "uima.cas.AnnotationBase"


def test_what_cassis_writes_again_is_read_again():
    """As INCEpTION hands a document back: the same types, other ids, another order."""
    (read,) = _cases(rich())
    (as_json,) = [cassis.load_cas_from_json(written(rich(), "cas-json").decode())]
    there = came_back(written(rich(), "cas-json"), "cas-json")[0][0]
    for data, reader in (
        (read.to_xmi().encode(), cas.read_xmi),
        (as_json.to_json().encode(), cas.read_json),
    ):
        ((sheet, _),) = reader(data)
        assert {
            (i.kind, i.spans, json.dumps(dict(i.fields), sort_keys=True)) for i in sheet.items
        } == {(i.kind, i.spans, json.dumps(dict(i.fields), sort_keys=True)) for i in there.items}
        assert {(link.kind, link.first, link.second) for link in sheet.links} == {
            (link.kind, link.first, link.second) for link in there.links
        }
        assert (sheet.details, sheet.mask) == (there.details, there.mask)


def test_a_span_that_was_added_in_inception_comes_in():
    (read,) = _cases(small())
    kind = read.typesystem.get_type("custom.AnnotatorMark")
    text = read.sofa_string
    at = text.index("La ministre")
    read.add(kind(begin=at, end=at + len("La ministre"), kind="actor"))
    ((sheet, _),) = cas.read_xmi(read.to_xmi().encode())
    assert (v.MarkKind.ACTOR, (Span(at, at + 11),)) in {(i.kind, i.spans) for i in sheet.items}


# -- REFI-QDA -----------------------------------------------------------------------------------


def _refi(found, tmp_path):
    path = tmp_path / "p.qdpx"
    path.write_bytes(written(found, "refi-qda"))
    project = RefiProject.load(path, extract_dir=str(tmp_path / "out"))
    for source in project.sources.text_source:
        file = RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out")
        yield project, source, file.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize("make", [small, rich, awkward])
def test_pyrefiqda_reads_the_project(make, tmp_path):
    found = make()
    names = {}

    def walk(codes):
        for code in codes:
            names[code.guid] = code.name
            walk(code.code)

    for project, source, text in _refi(found, tmp_path):
        walk(project.code_book.codes.code)
        assert text == found.articles[0].text.text
        quoted = set()
        for selection in source.plain_text_selection:
            start, end = selection.start_position, selection.end_position
            kind = names[selection.coding[0].code_ref.target_guid]
            if kind == "quote":
                quoted.add((start, end, text[start:end]))
        assert quoted == spans_of(found, v.MarkKind.QUOTE)


def test_what_pyrefiqda_writes_again_is_read_again(tmp_path):
    found = rich()
    ((project, _, _),) = _refi(found, tmp_path)
    again = tmp_path / "again.qdpx"
    RefiProject.save(project, again, source_media_dir=tmp_path / "out" / "sources")
    there = came_back(written(found, "refi-qda"), "refi-qda")[0][0]
    ((sheet, what),) = refi_read.read(again.read_bytes())
    assert what == ""
    assert sheet.text == there.text
    assert sheet.items == there.items
    assert set(map(str, sheet.links)) == set(map(str, there.links))
    assert sheet.details == there.details


def test_every_project_is_valid_by_the_schema_of_the_standard(demo):
    schema = etree.XMLSchema(etree.parse(str(DATA / "refi" / "Project.xsd")))
    for found in (rich(), awkward(), demo):
        schema.assertValid(etree.fromstring(unpacked(written(found, "refi-qda"))["project.qde"]))


def test_pyrefiqda_reads_the_samples(demo, tmp_path):
    read = list(_refi(demo, tmp_path))
    assert len(read) == 6
    for _, source, text in read:
        for selection in source.plain_text_selection:
            assert 0 <= selection.start_position < selection.end_position <= len(text)


def test_pyrefiqda_reads_the_codebook(tmp_path):
    path = tmp_path / "codes.qdc"
    path.write_bytes(written(small(), "refi-qdc"))
    codes = RefiCodebook.load(path).codes.code
    assert [code.guid for code in codes] == [Code(kind).guid for kind in v.MarkKind]
    assert all(code.is_codable for code in codes)
