import itertools
from datetime import UTC, datetime

import pytest

from annotator.app.commands.articles import import_texts
from annotator.app.session import Session
from annotator.app.workflows import make_demo
from annotator.store import Project
from helpers.builders import TEXT, imported


@pytest.fixture
def session(tmp_path):
    """A session on an empty project with a standing clock and counted ids."""
    numbers = itertools.count(1)
    session = Session(
        Project.create(tmp_path / "p.annotator"),
        author="A. Tester",
        clock=lambda: datetime(2031, 3, 14, 8, 0, tzinfo=UTC),
        new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
    )
    yield session
    session.close()


@pytest.fixture
def article(session):
    """One imported article."""
    return import_texts(session, [(imported(), TEXT.encode())]).added[0]


@pytest.fixture
def demo(tmp_path):
    """A session on the sample project."""
    session = Session(Project.open(make_demo(tmp_path)), author="A. Tester")
    yield session
    session.close()
