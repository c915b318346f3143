from __future__ import annotations

import pytest

from annotator.store import Project
from unit.store.making import add_articles, article


@pytest.fixture
def project(tmp_path):
    """An empty project, open for writing; closed afterwards."""
    with Project.create(tmp_path / "p.annotator", name="Test") as made:
        yield made


@pytest.fixture
def one(project):
    """One imported article of the standard text."""
    return add_articles(project, article(outlet="Agence M"))[0]
