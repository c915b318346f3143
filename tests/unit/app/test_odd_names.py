"""Names of files that no disk of today would write."""

from __future__ import annotations

import os
import sys

import pytest

from annotator.app.workflows import import_paths, open_or_create
from annotator.model.article import Article
from annotator.text.canonical import readable_name

_WORDS = (
    "Une digue de plus à Norport\n\nLa digue sera rehaussée de deux mètres, dit la préfecture.\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_a_name_that_is_not_utf8_costs_nothing(tmp_path) -> None:
    folder = tmp_path / "reçu"
    folder.mkdir()
    (folder / "autre.txt").write_text(
        "Un autre article sur la criée de Port-Vrel.", encoding="utf-8"
    )
    for name, data in ((b"\xe9t\xe9.txt", _WORDS.encode()), (b"vid\xe9.txt", b"")):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(data)
    session = open_or_create(tmp_path / "p.annotator")
    try:
        report = import_paths(session, [folder], workers=1)
        names = {article.file_name for article in session.project.find(Article)}
        assert names == {"autre.txt", "été.txt"}
        assert [refused.name for refused in report.refused] == ["vidé.txt"]
    finally:
        session.close()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("été 😀.txt", "été 😀.txt"), ("\udce9t\udce9", "été"), ("a\ud800b", "a?b"), ("", "")],
)
def test_a_name_can_always_be_kept(name: str, shown: str) -> None:
    assert readable_name(name) == shown
    assert readable_name(name).encode() is not None
