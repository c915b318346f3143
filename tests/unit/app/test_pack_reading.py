"""The warm process: without spaCy its refusals, with spaCy a tiny model of its own making."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from annotator.app.commands.articles import import_texts
from annotator.app.packs.installing import install
from annotator.app.packs.reading import PackProcess, PackReader, check_ready, has_spacy
from annotator.app.proposing import names_of, propose
from annotator.model.errors import UserError
from annotator.suggest import Engine
from helpers.builders import imported
from helpers.packs import tiny_model, wheel

if TYPE_CHECKING:
    from annotator.app.packs.shelf import InstalledPack

needs_spacy = pytest.mark.skipif(not has_spacy(), reason="spaCy is not installed (make packs)")
without_spacy = pytest.mark.skipif(has_spacy(), reason="spaCy is installed")
TEXT = "Le maire Jean Dufour a parlé.\n\nLa ville de Verne attend."


@pytest.fixture
def empty_pack():
    """Install a pack whose model no library can load."""
    data = wheel()
    return install(data, "try", trusted=hashlib.sha256(data).hexdigest())


@pytest.fixture
def process():
    made: list[PackProcess] = []

    def make(folder, **how) -> PackProcess:
        made.append(PackProcess(folder, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def _program(words: str) -> list[str]:
    return [sys.executable, "-c", words]


#: Says that it is ready, as a pack does; ``w`` writes a frame.
_READY = (
    "import sys; o = sys.stdout.buffer; "
    "w = lambda b: (o.write(len(b).to_bytes(8, 'big') + b), o.flush()); "
    "w(b'{\"ready\": true}'); "
)


@without_spacy
def test_without_spacy_the_sentence_says_what_to_do(empty_pack, process):
    with pytest.raises(UserError, match="pack-no-spacy"):
        process(empty_pack.folder).start()
    with pytest.raises(UserError, match="pack-no-spacy"):
        check_ready()


@needs_spacy
def test_a_pack_that_cannot_be_loaded_says_so(empty_pack, process):
    with pytest.raises(UserError, match="pack-not-loaded"):
        process(empty_pack.folder).start()


def test_without_a_pack_asking_for_one_is_told():
    with pytest.raises(UserError, match="pack-none"):
        check_ready()
    reader = PackReader()
    assert not reader.reads("fr")
    assert reader.names(TEXT, "fr") == []
    assert reader.problem is None
    reader.close()


@pytest.mark.parametrize(
    "words",
    [
        "pass",
        "raise SystemExit(3)",
        "print('no frame')",
        "import time; time.sleep(60)",
        "import sys; sys.stdout.buffer.write(bytes([255] * 8)); sys.stdout.flush()",
    ],
)
def test_a_process_that_is_no_pack_is_ended(process, tmp_path, words):
    one = process(tmp_path, command=_program(words), load_s=1.0)
    with pytest.raises(UserError, match="pack-died"):
        one.start()
    assert not one.is_running


@pytest.mark.parametrize(
    "answer",
    ["[]", "{}", '{"names": [[0, 99, "PER"]]}', '{"names": [[0, 4, "X"]]}', '{"names": [1]}',
     '{"names": [[3, 3, "PER"]]}', '{"names": 5}', "no json"],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_not_believed(process, tmp_path, answer):
    words = f"{_READY}sys.stdin.buffer.read(8); w({answer!r}.encode())"
    one = process(tmp_path, command=_program(words))
    with pytest.raises(UserError, match="pack-died"):
        one.names("Jean")
    assert not one.is_running


def test_a_text_that_takes_for_ever_ends_the_process(process, tmp_path):
    words = f"{_READY}import time; time.sleep(60)"
    one = process(tmp_path, command=_program(words), text_s=0.5)
    with pytest.raises(UserError, match="pack-died"):
        one.names("Jean")
    assert not one.is_running


def test_a_pack_that_fails_costs_its_names_only_and_is_told_once(empty_pack):
    reader = PackReader()
    assert reader.reads("fr")
    assert reader.names(TEXT, "fr") == []
    assert reader.problem is not None
    assert reader.problem.message_id in ("pack-no-spacy", "pack-not-loaded")
    assert not reader.reads("fr")
    assert reader.names(TEXT, "fr") == []
    reader.close()


# -- with spaCy -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny(tmp_path_factory) -> bytes:
    return tiny_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def tiny_pack(tiny) -> InstalledPack:
    return install(tiny, "tiny", trusted=hashlib.sha256(tiny).hexdigest())


@needs_spacy
def test_a_pack_reads_line_by_line_and_stays_warm(tiny_pack, process):
    one = process(tiny_pack.folder)
    found = one.names(TEXT)
    assert {(TEXT[n.start : n.end], n.kind) for n in found} == {
        ("Jean Dufour", "PER"),
        ("Verne", "LOC"),
    }
    assert one.names("") == []
    assert one.names("\n \n") == []
    long = " ".join(["mot"] * 9_000) + " Jean Dufour a parlé"
    assert all(n.kind == "PER" for n in one.names(long))
    assert one.is_running


@needs_spacy
def test_names_of_a_pack_come_into_a_project_s_proposals(tiny_pack, session):
    check_ready()
    texts = import_texts(session, [(imported(TEXT), TEXT.encode())])
    reader, engine = PackReader(), Engine.load(lang="fr")
    names = names_of(session.project, texts.added[0].id, engine, reader)
    assert reader.problem is None
    assert {TEXT[n.start : n.end] for n in names} == {"Jean Dufour", "Verne"}
    assert propose(session.project, texts.added[0].id, engine, names)
    reader.close()
    assert reader.names(TEXT, "fr") == []
