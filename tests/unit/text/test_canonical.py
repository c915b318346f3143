from __future__ import annotations

import hashlib
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.canonical import canonicalise, digest, is_canonical_utf8, utf8_of
from helpers.strategies import hostile_text


@pytest.mark.parametrize(
    ("raw", "text", "replaced"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd", 0),
        ("a\u2028b\u2029c\ufdd0d\ufdd1e", "a\nb\nc\nd\ne", 0),
        ("\ufeffa\ufeffb", "a\ufeffb", 0),
        ("\ufeff\ufeffa", "a", 0),
        ("a\0b", "a\ufffdb", 1),
        ("\ud800x\udfff", "\ufffdx\ufffd", 2),
        ("\ud83d\ude00", "😀", 0),
        ("e\u0301 é\u00a0\u202f", "e\u0301 é\u00a0\u202f", 0),
        ("\x85\x0c\x1b", "\x85\x0c\x1b", 0),
        ("\r\r\n\n", "\n\n\n", 0),
    ],
)
def test_canonicalise_replaces_only_what_it_must(raw: str, text: str, replaced: int):
    result = canonicalise(raw)
    assert (result.text, result.replaced) == (text, replaced)


@given(hostile_text)
def test_canonical_form_is_stable_and_storable(raw: str):
    text = canonicalise(raw).text
    again = canonicalise(text)
    assert (again.text, again.replaced) == (text, 0)
    connection = sqlite3.connect(":memory:")
    try:
        (kept, length) = connection.execute("SELECT ?1, length(?1)", (text,)).fetchone()
    finally:
        connection.close()
    assert kept == text
    assert length == len(text)


def test_digest_is_that_of_the_utf8_text():
    assert digest("é😀") == hashlib.sha256("é😀".encode()).hexdigest()


@given(st.text(st.characters(exclude_categories=["Cs"])), st.binary() | st.none())
def test_the_bytes_of_a_text_are_those_it_was_read_from_or_made_anew(
    text: str, original: bytes | None
):
    """Whatever the file held: the answer is the text in UTF-8, and the file's where it is that."""
    made = text.encode()
    assert utf8_of(text, made) is made
    assert utf8_of(text, made if original is None else original) == made


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_short_look_at_decoded_utf8_agrees_with_the_canonical_form(text: str):
    assert not is_canonical_utf8(text) or canonicalise(text).text == text
