from __future__ import annotations

import pytest
from hypothesis import given

from annotator.text.canonical import canonicalise
from annotator.text.offsets import OffsetMap
from helpers.strategies import hostile_text


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(hostile_text)
def test_positions_agree_with_the_encoder_both_ways(raw: str):
    text = canonicalise(raw).text
    offsets = OffsetMap(text)
    for position in range(len(text) + 1):
        position_utf16 = offsets.to_utf16(position)
        assert position_utf16 == utf16_length(text[:position])
        assert offsets.to_code_point(position_utf16) == position
    assert offsets.length_utf16 == utf16_length(text)
    assert offsets.is_identity == (offsets.length == offsets.length_utf16)


def test_inside_a_surrogate_pair_raises_or_snaps():
    offsets = OffsetMap("a😀b")
    with pytest.raises(ValueError, match="surrogate"):
        offsets.to_code_point(2)
    assert offsets.to_code_point(2, snap=True) == 1


@pytest.mark.parametrize("position", [-1, 4])
def test_outside_the_text_raises(position: int):
    offsets = OffsetMap("abc")
    with pytest.raises(ValueError, match="outside"):
        offsets.to_utf16(position)
    with pytest.raises(ValueError, match="outside"):
        offsets.to_code_point(position)
