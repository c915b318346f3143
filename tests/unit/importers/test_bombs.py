"""T3 and T4 of the reliability plan at their fast counts: a bomb costs only itself."""

from __future__ import annotations

import io
import os
import random
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from annotator import i18n
from annotator.importers import IMPORTERS, read_bytes
from annotator.importers.kit.zips import safe_name
from annotator.importers.worker import ImportWorker
from annotator.model.errors import UserError
from fuzz_importers import mutate_any, outcome
from helpers import bombs
from helpers.articles import seeds_for

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.importers.base import Importer

TEXT = b"Un texte tout simple, lu sans encombre apr\xc3\xa8s la bombe.\x0b"


@pytest.fixture(scope="module")
def worker():
    with ImportWorker() as shared:
        yield shared


@pytest.mark.parametrize("name", [n for n in bombs.BOMBS if n not in ("bomb.pdf", "line.txt")])
def test_a_bomb_is_one_sentence_or_harmless_text(worker: ImportWorker, name: str):
    try:
        texts = worker.read(bombs.BOMBS[name](), name)
    except UserError as error:
        refused = error
    else:
        refused = None
        assert sum(len(imported.text) for imported in texts) < 10_000_000
    if refused is not None:
        assert not i18n.explain(refused).startswith("errors.")
        assert refused.message_id not in ("import-crashed", "import-timeout")
    (after,) = worker.read(TEXT, "apres.bin")
    assert after.text.startswith("Un texte tout simple")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bomb.pdf", "line.txt"])
def test_a_heavy_bomb_ends_within_its_limits(worker: ImportWorker, name: str):
    try:
        worker.read(bombs.BOMBS[name](), name)
    except UserError as error:
        refused = error
        assert refused.message_id.startswith("import-")
    (after,) = worker.read(TEXT, "apres.bin")
    assert after.text.startswith("Un texte tout simple")


def test_a_crowded_or_deep_archive_is_told_from_one_that_inflates(worker: ImportWorker):
    for name, said in (
        ("entries.zip", "5,000 files"),
        ("nested.zip", "4 deep"),
        ("inflating.docx", "unpacks"),
    ):
        with pytest.raises(UserError, match="import-bomb") as caught:
            worker.read(bombs.BOMBS[name](), name)
        assert said in i18n.explain(caught.value, lang="en").replace("5000", "5,000")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("inflating.docx", "import-bomb"),
        ("laughs.docx", "import-bomb"),
        ("nested.zip", "import-bomb"),
        ("entries.zip", "import-bomb"),
        ("loop.pdf", "import-"),
        ("bomb.png", "import-picture"),
        ("deep.json", "import-damaged"),
    ],
)
def test_bombs_are_refused_for_what_they_are(worker: ImportWorker, name: str, error: str):
    with pytest.raises(UserError, match=error):
        worker.read(bombs.BOMBS[name](), name)


def test_outside_entities_are_never_read_and_the_loss_is_said(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe", encoding="utf-8")
    (imported,) = read_bytes(bombs.word_with_outside_entity(secret.as_uri()), "x.docx")
    assert "mot de passe" not in imported.text
    assert "lost-entities" in imported.warnings
    (imported,) = read_bytes(bombs.word_with_entities(2), "x.docx")
    assert "lol" not in imported.text
    assert "lost-entities" in imported.warnings


@pytest.mark.parametrize("member", bombs.EVIL_NAMES)
def test_names_in_archives_are_shown_and_never_paths(
    member: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr(zipfile.ZipInfo(member or "x"), "Un texte dans une archive.")
        target.writestr("second.txt", "Un autre texte dans une archive.")
    found = read_bytes(stream.getvalue(), "archive.zip")
    assert any(imported.text.startswith("Un autre texte") for imported in found)
    for imported in found:
        assert "/" not in imported.name
        assert "\\" not in imported.name
        assert len(imported.name) <= 120
        assert imported.name.isprintable()
    assert list(tmp_path.iterdir()) == []


def test_links_in_archives_are_not_followed():
    info = zipfile.ZipInfo("lien.txt")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr(info, "/etc/passwd")
        target.writestr("a.txt", "Un texte dans une archive.")
    found = read_bytes(stream.getvalue(), "archive.zip")
    assert [imported.text for imported in found] == ["Un texte dans une archive."]


@pytest.mark.parametrize("name", [n for n in bombs.EVIL_NAMES if n.isprintable() and n.strip()])
def test_names_of_attachments_are_shown_and_never_paths(name: str):
    message = EmailMessage()
    message["From"], message["Subject"], message["To"] = "A B <a@b.invalid>", "Objet", "c@d.invalid"
    message.set_content("Le message lui-même, assez court.")
    message.add_attachment("Une pièce jointe en texte.", filename=name)
    found = read_bytes(bytes(message), "mail.eml")
    assert len(found) == 2
    assert "/" not in found[1].name
    assert "\\" not in found[1].name


def test_safe_names_are_harmless_and_stable():
    for name in bombs.EVIL_NAMES:
        safe = safe_name(name)
        assert safe
        assert safe == safe_name(safe)
        assert not set(safe) & set('/\\:<>|"?*\0\n')
        assert safe not in (".", "..")


def test_an_encrypted_member_costs_itself_only():
    data = bytearray(bombs.archive({"a.txt": "secret", "b.txt": "Un texte lisible."}, stored=True))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 6] |= 1
    data[central + 8] |= 1
    found = read_bytes(bytes(data), "archive.zip")
    assert [imported.text for imported in found] == ["Un texte lisible."]
    assert [error.message_id for error in found.refused] == ["import-encrypted"]


def test_names_that_differ_in_case_only_or_not_at_all_are_all_read():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("a.txt", "Un texte dans une archive, le 1er.")
        target.writestr("A.TXT", "Un texte dans une archive, le 2e.")
        with pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("a.txt", "Un texte dans une archive, le 3e.")
    found = read_bytes(stream.getvalue(), "archive.zip")
    assert len({imported.text for imported in found}) == 3


def test_a_hundred_thousand_entries_are_refused_at_once(worker: ImportWorker):
    with pytest.raises(UserError, match="import-bomb"):
        worker.read(bombs.many_entries(100_000), "many.zip")


#: T3 at its fast count; ``make nightly`` asks for 20,000 a format.
MUTANTS = int(os.environ.get("ANNOTATOR_MUTANTS", "500"))


@pytest.mark.slow
@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.id)
def test_mutated_files_end_as_text_or_one_sentence(worker: ImportWorker, importer: Importer):
    rng = random.Random(importer.id)
    seeds = seeds_for(importer.id)
    findings: list[str] = []
    for _ in range(MUTANTS):
        seed = rng.choice(seeds)
        result = outcome(worker, mutate_any(seed.data, rng) or b"x", seed.name, importer.id)
        findings += [result] if result.startswith("BAD") else []
    assert findings == []


def test_words_miles_beside_a_page_cost_no_time():
    from annotator.importers.kit.pdfchars import Run
    from annotator.importers.kit.pdflayout import page_lines

    runs = [
        Run("a line of a damaged page", 10.0 + 4e13 * (n % 2), 20.0 * n, 200 + 4e13, 12, 10)
        for n in range(40)
    ]
    lines, _columns = page_lines(runs)
    assert len(lines) == 40
