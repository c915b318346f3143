"""A full collection waits for a pause in which nothing was worked on."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

from annotator.gui import garbage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def full_collections() -> Iterator[list[str]]:
    """Note every full collection while the test runs."""
    seen: list[str] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        if phase == "start" and info["generation"] == 2:
            seen.append(phase)

    gc.disable()
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.enable()


@pytest.mark.usefixtures("qapp")
def test_a_full_collection_waits_for_a_pause_without_work(full_collections: list[str]) -> None:
    garbage.set_aside()
    garbage.on_quiet()
    assert full_collections == []
    garbage.on_quiet()
    assert full_collections == ["start"]
    gc.unfreeze()
