"""Golden files for exporters: ``--update-golden`` (or UPDATE_GOLDEN=1) writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "golden"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def check_golden(request):
    """Compare bytes with a committed file; a wanted change is then reviewed as a diff."""

    def check(name: str, data: bytes) -> None:
        path = GOLDEN / name
        update = request.config.getoption("--update-golden", default=False)
        if update or os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        assert path.is_file(), f"{name} is missing: run with --update-golden"
        # Line by line, so that the difference can be read.
        assert data.split(b"\n") == path.read_bytes().split(b"\n")

    return check
