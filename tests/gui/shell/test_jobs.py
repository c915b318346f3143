"""Work off the GUI thread: results, progress, failures, stops, and a clean end."""

from __future__ import annotations

import threading

import pytest

from annotator.gui.qt_jobs import JobRunner
from annotator.model.errors import UserError

pytestmark = pytest.mark.gui


@pytest.fixture
def jobs(qtbot):
    runner = JobRunner()
    yield runner
    runner.shut_down()


def test_the_result_comes_back_on_the_gui_thread(jobs, qtbot):
    got = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(
            lambda _ctx: threading.get_ident(),
            lambda there: got.append((there, threading.get_ident())),
        )
    ((there, here),) = got
    assert there != here == threading.get_ident()


def test_progress_is_told_and_the_last_step_never_swallowed(jobs, qtbot):
    def work(ctx):
        for number in range(1, 1001):
            ctx.progress(number, 1000)

    steps = []
    with qtbot.waitSignal(jobs.idle):
        handle = jobs.start(work, lambda _nothing: None)
        handle.progressed.connect(lambda done, total, _text: steps.append((done, total)))
    assert steps[-1] == (1000, 1000)
    assert len(steps) < 500, "throttled"


def test_a_failure_reaches_whoever_asked(jobs, qtbot):
    def work(_ctx):
        raise UserError("import-empty", name="a.txt")

    failures = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(work, lambda _nothing: None, failed=failures.append)
    assert failures[0].message_id == "import-empty"


def test_a_failure_that_nobody_wants_is_told_to_all(jobs, qtbot):
    broken = []
    jobs.broke.connect(broken.append)
    with qtbot.waitSignal(jobs.idle):
        jobs.start(lambda _ctx: 1 / 0, lambda _nothing: None)
    assert isinstance(broken[0], ZeroDivisionError)


def test_a_stopped_job_stops_and_says_nothing(jobs, qtbot):
    begun = threading.Event()

    def work(ctx):
        begun.set()
        while True:
            ctx.check()

    got = []
    with qtbot.waitSignal(jobs.idle):
        handle = jobs.start(work, got.append, failed=got.append)
        begun.wait(5)
        handle.cancel()
    assert got == []


def test_a_result_that_is_not_wanted_any_more_is_dropped(jobs, qtbot):
    got = []
    with qtbot.waitSignal(jobs.idle):
        jobs.start(lambda _ctx: "old", got.append, is_wanted=lambda: False)
    assert got == []


def test_hundreds_of_jobs(jobs, qtbot):
    got = []
    with qtbot.waitSignal(jobs.idle, timeout=20_000):
        for number in range(300):
            jobs.start(lambda _ctx, number=number: number, got.append)
    assert sorted(got) == list(range(300))
    assert not jobs.is_busy


def test_shutting_down_waits_and_calls_nobody(qtbot):
    jobs = JobRunner()
    begun, ended = threading.Event(), threading.Event()

    def work(ctx):
        begun.set()
        try:
            while True:
                ctx.check()
        finally:
            ended.set()

    got = []
    jobs.start(work, got.append)
    begun.wait(5)
    jobs.shut_down()
    assert ended.is_set()
    assert got == []
