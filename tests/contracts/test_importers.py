"""What holds for every importer, whatever its format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import i18n
from annotator.importers import IMPORTERS, find_importer, read_bytes
from annotator.importers.base import METADATA, Importer, explain_warning
from annotator.importers.describe import describe
from annotator.importers.kit.codec import dump_texts, load_answer
from annotator.model.errors import AnnotatorError
from annotator.text.canonical import canonicalise
from helpers.articles import SEEDS, seeds_for
from helpers.strategies import hostile_bytes

every_importer = pytest.mark.parametrize("importer", IMPORTERS, ids=lambda i: i.id)
fast = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check_article(imported):
    """Assert what every imported article promises."""
    text = imported.text
    assert canonicalise(text).text == text
    assert text.strip()
    spans = [*imported.mask, *imported.headings, *(o.span for o in imported.origins if o.span)]
    if imported.headline_span is not None:
        spans.append(imported.headline_span)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for one, other in zip(imported.mask, imported.mask[1:], strict=False):
        assert one.end <= other.start
    assert set(imported.metadata) <= set(METADATA)
    assert all(imported.metadata.values())
    fields = {o.field for o in imported.origins}
    assert fields <= {*METADATA, "headline", "language"}
    assert set(imported.metadata) <= fields
    assert all(o.origin in ("markup", "json-ld", "text", "file") for o in imported.origins)
    assert imported.charset_origin in ("bom", "utf-8", "declared", "cp1252", "detected", "person")
    assert not any(explain_warning(w).startswith("importers.") for w in imported.warnings)
    assert [at for at, _ in imported.pages] == sorted(at for at, _ in imported.pages)
    assert describe(imported)["text"] == text


def read_or_refuse(read, *arguments):
    """Return the articles, or nothing if the file is refused with a sentence of its own."""
    try:
        return read(*arguments)
    except AnnotatorError as error:
        sentence = i18n.explain(error)
    assert not sentence.startswith("errors.")
    return []


@every_importer
def test_ids_are_unique_and_named_in_both_languages(importer: Importer):
    assert sum(other.id == importer.id for other in IMPORTERS) == 1
    for language in i18n.LANGUAGES:
        assert i18n.tr(f"importers.format.{importer.id}", lang=language) != (
            f"importers.format.{importer.id}"
        )
    assert importer.media_types
    assert all(s.startswith(".") and s == s.lower() for s in importer.suffixes)


@every_importer
def test_its_own_files_are_recognised_whatever_their_name(importer: Importer):
    for seed in seeds_for(importer.id):
        assert find_importer(seed.data, seed.name) is importer, seed.name
        assert find_importer(seed.data, "download") is importer, seed.name


@every_importer
def test_its_own_files_give_whole_articles_twice_the_same(importer: Importer):
    seeds = seeds_for(importer.id)
    assert seeds, f"no sample file for {importer.id}"
    for seed in seeds:
        first = importer.read(seed.data, seed.name)
        assert first == importer.read(seed.data, seed.name)
        assert first == load_answer(dump_texts(first))
        assert first
        for imported in first:
            check_article(imported)
        for words in seed.words:
            assert any(words in imported.text for imported in first), words


@every_importer
@fast
@given(data=hostile_bytes, name=st.text(max_size=12))
def test_hostile_bytes_give_text_or_one_sentence(importer: Importer, data: bytes, name: str):
    score = importer.sniff(data, name)
    assert 0 <= score <= 1
    for imported in read_or_refuse(importer.read, data, name):
        check_article(imported)


@every_importer
@fast
@given(data=st.data())
def test_damaged_files_give_text_or_one_sentence(importer: Importer, data: st.DataObject):
    seed = data.draw(st.sampled_from(seeds_for(importer.id)))
    broken = bytearray(seed.data)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=12))
        if not broken:
            break
    importer.sniff(bytes(broken), seed.name)
    for imported in read_or_refuse(importer.read, bytes(broken), seed.name):
        check_article(imported)


@fast
@given(data=hostile_bytes)
def test_the_whole_room_reads_or_refuses_anything(data: bytes):
    for imported in read_or_refuse(read_bytes, data, "anything"):
        check_article(imported)


def test_every_sample_is_found_by_some_importer():
    assert {seed.format for seed in SEEDS} == {importer.id for importer in IMPORTERS}
