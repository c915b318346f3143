"""Language packs without spaCy: what is taken out of an archive, and what is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.app.jobs import Cancelled, JobContext
from annotator.app.packs import shelf
from annotator.app.packs.installing import install, load_pack_file
from annotator.model.errors import UserError
from helpers.packs import BASE, CONFIG, members, tarball, wheel

ID = "fr_try_news_sm-1.2.3"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _add(data: bytes) -> shelf.InstalledPack:
    return install(data, "try.whl", trusted=_digest(data))


def _refused(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        _add(data)
    folder = shelf.packs_folder()
    assert not folder.exists() or list(folder.iterdir()) == []
    return caught.value.message_id


# -- the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", shelf.known(), ids=lambda pack: pack.id)
def test_a_known_pack_has_an_official_address_and_a_digest(pack):
    address = urlsplit(pack.address)
    assert (address.scheme, address.hostname) == ("https", "github.com")
    assert address.path.startswith("/explosion/spacy-models/releases/download/")
    assert f"/{pack.id}/{pack.id}-" in address.path
    assert re.fullmatch(r"[0-9a-f]{64}", pack.sha256)
    assert pack.language in shelf.LANGUAGES
    assert 0 < pack.megabytes < 120


def test_packs_are_found_by_name_or_the_sentence_lists_them():
    assert len({pack.sha256 for pack in shelf.known()}) == len(shelf.known())
    for pack in shelf.known():
        assert shelf.named(pack.name) == shelf.named(pack.id) == pack
    with pytest.raises(UserError) as caught:
        shelf.named("fr_core_news_xl")
    assert "fr_core_news_md" in str(caught.value.values["known"])


# -- installing -----------------------------------------------------------------------------------


def test_a_pack_nobody_knows_is_shown_with_its_digest_and_installed_only_when_trusted():
    data = wheel()
    for trusted in ("", "0" * 64):
        with pytest.raises(UserError) as caught:
            install(data, "try.whl", trusted=trusted)
        assert caught.value.message_id == "pack-not-known"
        assert caught.value.values == {"name": ID, "sha256": _digest(data)}
    assert shelf.installed() == ()
    pack = install(data, "try.whl", trusted=_digest(data).upper())
    assert (pack.id, pack.language, pack.licence, pack.official) == (ID, "fr", "CC0", False)
    assert shelf.installed() == (pack,)
    assert shelf.pack_for("fr") == pack
    assert shelf.pack_for("en") is None


def test_what_calls_itself_official_and_is_not_is_refused_whoever_trusts_it():
    assert _refused(wheel(members(name="core_news_md", version="3.8.0"))) == "pack-not-official"


@pytest.mark.parametrize("archive", [wheel, tarball], ids=["zip", "tar.gz"])
def test_only_the_files_of_a_model_are_taken_out(archive, tmp_path):
    pack = _add(archive())
    found = {str(p.relative_to(pack.folder)) for p in pack.folder.rglob("*") if p.is_file()}
    assert found == {
        "config.cfg", "meta.json", "pack.json", "tokenizer", "LICENSE", "ner/model", "ner/cfg",
        "ner/moves", "vocab/strings.json",
    }  # fmt: skip
    assert [p.name for p in shelf.packs_folder().iterdir()] == [ID]
    assert not list(tmp_path.parent.rglob("outside.txt"))


def test_the_recipe_is_written_anew():
    config = (_add(wheel()).folder / "config.cfg").read_text()
    assert 'pipeline = ["ner"]' in config
    assert "parser" not in re.sub(r"TransitionBasedParser", "", config)
    assert "somebody" not in config
    listening = CONFIG.replace(
        'tok2vec]\n@architectures = "spacy.Tok2Vec.v2"',
        'tok2vec]\n@architectures = "spacy.Tok2VecListener.v1"',
        1,
    )
    pack = _add(wheel(members(listening)))
    assert 'pipeline = ["tok2vec", "ner"]' in (pack.folder / "config.cfg").read_text()
    assert (pack.folder / "tok2vec" / "model").is_file()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("spacy.TransitionBasedParser.v2", "evil.Model.v1"),
        ("spacy.TransitionBasedParser.v2", "spacy.TorchBiLSTMEncoder.v1"),
        ('factory = "ner"', 'factory = "entity_ruler"'),
        ("@architectures", "@readers"),
        ("@architectures", "@callbacks"),
        ("spacy.ner_scorer.v1", "evil.scorer.v1"),
        ("hidden_width = 64", 'hidden_width = {"@misc":"spacy.read.v1"}'),
        ("hidden_width = 64", 'hidden_width = {"a":{"@misc":"x"}}'),
        ("hidden_width = 64", 'hidden_width = "${paths.vectors}"'),
        ("hidden_width = 64", "hidden_width = ${paths.vectors}"),
        ("hidden_width = 64", "hidden_width = 64\n more"),
        ("before_creation = null", 'before_creation = {"@callbacks":"x.v1"}'),
        ("batch_size = 256", '[nlp.after_creation]\n"@callbacks" = "x.v1"\n[nlp.more]'),
        ("spacy.Tokenizer.v1", "evil.Tokenizer.v1"),
        ("spacy.Vectors.v1", "evil.Vectors.v1"),
        ('tokenizer = {"@tokenizers":"spacy.Tokenizer.v1"}', "tokenizer = 1"),
    ],
)
def test_a_pack_that_asks_for_code_is_refused(old, new):
    config = CONFIG.replace(old, new)
    assert config != CONFIG
    assert _refused(wheel(members(config))) == "pack-code"


def _without(*names: str) -> dict[str, bytes]:
    return {name: data for name, data in members().items() if name not in names}


@pytest.mark.parametrize(
    ("data", "message_id"),
    [
        (b"", "pack-damaged"),
        (b"PK\x03\x04 no archive", "pack-damaged"),
        (b"\x1f\x8b no archive", "pack-damaged"),
        (b"%PDF-1.7", "pack-damaged"),
        (wheel()[:-40], "pack-damaged"),
        (tarball()[:-40], "pack-damaged"),
        (gzip.compress(b"no tar at all" * 100, mtime=0), "pack-damaged"),
        (gzip.compress(bytes(210 * 1024 * 1024), mtime=0), "pack-bomb"),
        (wheel({f"{BASE}config.cfg": bytes(50 * 1024 * 1024)}), "pack-bomb"),
        (wheel(_without(f"{BASE}config.cfg")), "pack-no-model"),
        (wheel(_without(f"{BASE}ner/model")), "pack-no-model"),
        (wheel(members() | {"other/config.cfg": b""}), "pack-no-model"),
        (wheel(members("")), "pack-no-model"),
        (wheel(members("\xff[nlp")), "pack-no-model"),
        (wheel(members(CONFIG.replace("[components.ner", "[components.nyr"))), "pack-no-model"),
        (wheel(members(name="../../up")), "pack-no-model"),
        (wheel(members(version="1/2")), "pack-no-model"),
        (wheel(members() | {f"{BASE}meta.json": b"[]"}), "pack-no-model"),
        (wheel(members(CONFIG.replace('"fr"', '"de"'))), "pack-language"),
        (wheel(members(CONFIG.replace('"fr"', "[1]"))), "pack-language"),
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused_in_a_sentence(data, message_id):
    assert _refused(data) == message_id


def test_a_member_without_a_name_is_no_file():
    first = b"PK\x01\x02"
    at = _WHEEL.index(first) + 46
    assert _add(_WHEEL[:at] + b"\0" + _WHEEL[at + 1 :]).id == ID


def test_links_in_an_archive_are_not_followed():
    data = tarball(_without(f"{BASE}tokenizer"), {f"{BASE}tokenizer": "/etc/hostname"})
    assert _refused(data) == "pack-no-model"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_archive_costs_one_sentence(data):
    whole = _WHEEL if data.draw(st.booleans()) else _TARBALL
    at = data.draw(st.integers(0, len(whole) - 1))
    mutant = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    refused = ""
    try:
        _add(mutant)
    except UserError as error:
        refused = error.message_id
    for pack in shelf.installed():
        shelf.remove(pack.id)
    assert refused == "" or refused.startswith("pack-")
    assert not list(shelf.packs_folder().glob(".new-*"))


_WHEEL, _TARBALL = wheel(), tarball()


def test_installing_again_replaces_what_was_there():
    first = _add(wheel())
    (first.folder / "left").write_text("over")
    again = _add(wheel(members(license="MIT")))
    assert again.licence == "MIT"
    assert not (again.folder / "left").exists()
    assert shelf.installed() == (again,)


def test_stopping_leaves_nothing_behind():
    data = wheel()
    with pytest.raises(Cancelled):
        install(data, "try", trusted=_digest(data), ctx=JobContext(is_cancelled=lambda: True))
    assert shelf.installed() == ()


def test_the_larger_pack_of_a_language_is_used():
    small = _add(wheel(members(name="try_news_sm")))
    large = _add(wheel(members(name="try_news_md") | {f"{BASE}vocab/vectors": b"v" * 1000}))
    assert shelf.installed() == (large, small)
    assert shelf.pack_for("fr") == large
    assert shelf.remove("fr_try_news_md") == large
    assert shelf.pack_for("fr") == small
    with pytest.raises(UserError, match="pack-not-installed"):
        shelf.remove("fr_try_news_md")


@pytest.mark.parametrize("card", ["", "{}", "[]", '{"name": 1}', None])
def test_a_folder_that_is_no_pack_is_none(card):
    pack = _add(wheel())
    path = pack.folder / "pack.json"
    if card is None:
        found = json.loads(path.read_text()) | {"name": "fr_other"}
        card = json.dumps(found)
    path.write_text(card)
    assert shelf.installed() == ()
    assert shelf.pack_for("fr") is None


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path, tmp_path / "none.whl"):
        with pytest.raises(UserError, match="pack-unreadable"):
            load_pack_file(path)
    large = tmp_path / "large.whl"
    with large.open("wb") as file:
        file.truncate(121 * 1024 * 1024)
    with pytest.raises(UserError, match="pack-too-big"):
        load_pack_file(large)


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "file"))
    with pytest.raises(UserError, match="pack-no-room"):
        _add(wheel())
