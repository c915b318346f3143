"""A full collection waits for a pause in which nothing was worked on."""

from __future__ import annotations

import pytest

from annotator.gui import garbage


@pytest.mark.usefixtures("qapp")
def test_a_full_collection_waits_for_a_pause_without_work() -> None:
    garbage.set_aside()
    assert not garbage.on_quiet()
    assert garbage.on_quiet()
