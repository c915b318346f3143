from __future__ import annotations

import pytest

from annotator.importers.kit.charset import decode
from annotator.model.errors import UserError

FRENCH = "Le « ministre » a été vu à l’été, dit-il — 12 € pour Noël. "
RUSSIAN = "Министр сообщил, что переговоры продолжатся завтра утром. "
POLISH = "Zażółć gęślą jaźń, powiedział minister spraw zagranicznych w Łodzi. "


@pytest.mark.parametrize(
    ("text", "encoding", "charset", "origin"),
    [
        (FRENCH, "utf-8", "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8", "bom"),
        (FRENCH, "utf-16", "utf-16-le", "bom"),
        (FRENCH, "utf-32", "utf-32-le", "bom"),
        (FRENCH, "utf-16-le", "utf-16-le", "detected"),
        (FRENCH, "utf-16-be", "utf-16-be", "detected"),
        (FRENCH, "cp1252", "cp1252", "cp1252"),
        (FRENCH, "mac_roman", "mac_roman", "detected"),
        (RUSSIAN, "cp1251", "cp1251", "detected"),
        (RUSSIAN, "koi8_r", "koi8_r", "detected"),
        (POLISH, "cp1250", "cp1250", "detected"),
        ("déjà vu", "cp1252", "cp1252", "cp1252"),
        ("n°2 ne vaut pas 5²", "latin-1", "cp1252", "cp1252"),
    ],
)
def test_order_of_trials(text: str, encoding: str, charset: str, origin: str):
    found = decode((text * 6).encode(encoding), "x")
    assert (found.charset, found.origin, found.replaced) == (charset, origin, 0)
    assert found.text == text * 6


def test_what_is_declared_comes_before_cp1252():
    data = ("Příliš žluťoučký kůň " * 4).encode("iso8859-2")
    assert decode(data, "x", declared="ISO-8859-2").origin == "declared"
    assert decode("été".encode("latin-1"), "x", declared="latin1").charset == "cp1252"
    assert decode("été".encode("cp1252"), "x", declared="no-such-charset").origin == "cp1252"
    assert decode("été".encode(), "x", declared="latin1").origin == "utf-8"


def test_a_person_decides_and_losses_are_counted():
    found = decode(FRENCH.encode("cp850", "replace"), "x", charset="cp850")
    assert found.origin == "person"
    assert "été vu à" in found.text
    assert decode(b"a\xff\xfeb", "x", charset="ascii").replaced == 2
    with pytest.raises(UserError, match="import-charset"):
        decode(b"a", "x", charset="klingon")


def test_one_damaged_place_does_not_spoil_a_utf8_text():
    found = decode((FRENCH * 5).encode() + b"\xe9 fin", "x")
    assert (found.charset, found.replaced) == ("utf-8", 1)
    assert found.text.startswith(FRENCH)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        bytes(range(256)) * 4,
        b"\x00\x01\x02\x03" * 50,
        b"PK\x03\x04abc",
    ],
    ids=["png", "noise", "control", "zip"],
)
def test_what_is_no_text_is_refused(data: bytes):
    with pytest.raises(UserError, match="import-binary"):
        decode(data, "x")


def test_a_stray_nul_is_replaced_and_counted():
    found = decode(b"un texte avec un \x00 perdu dedans", "x")
    assert found.text == "un texte avec un \ufffd perdu dedans"
    assert found.replaced == 1
