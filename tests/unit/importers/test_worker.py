from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from annotator.importers.worker import ImportPool, ImportWorker
from annotator.model.errors import UserError
from helpers.articles import seeds_for

PAGE = seeds_for("html")[0]


@pytest.fixture(scope="module")
def worker():
    with ImportWorker() as shared:
        yield shared


def test_a_page_comes_through_the_pipe_unchanged(worker: ImportWorker, tmp_path: Path):
    from annotator.importers import read_bytes

    path = tmp_path / "page.html"
    path.write_bytes(PAGE.data)
    expected = read_bytes(PAGE.data, "page.html")
    assert worker.read(path, "page.html") == expected
    assert worker.read(PAGE.data, "page.html") == expected


def test_plain_text_needs_no_process():
    with ImportWorker(command=["/nowhere/at/all"]) as lonely:
        (imported,) = lonely.read(b"Un texte simple.", "a.txt")
        assert imported.text == "Un texte simple."
        with pytest.raises(UserError, match="import-crashed"):
            lonely.read(PAGE.data, "page.html")


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.txt", "import-empty"),
        (b"  \n", "a.txt", "import-empty"),
        (b"\x00\x01\x02\x03" * 30, "a.bin", "import-binary"),
        (b"<html><body></body></html>", "a.html", "import-empty"),
    ],
)
def test_refusals_come_through_the_pipe(worker: ImportWorker, data: bytes, name: str, error: str):
    with pytest.raises(UserError, match=error) as refused:
        worker.read(data, name)
    assert refused.value.values["name"] == name


def test_files_that_are_not_there_or_no_files(worker: ImportWorker, tmp_path: Path):
    with pytest.raises(UserError, match="import-missing"):
        worker.read(tmp_path / "none.txt", "none.txt")
    with pytest.raises(UserError, match="import-folder"):
        worker.read(tmp_path, "folder")


def test_unknown_formats_and_charsets(worker: ImportWorker):
    with pytest.raises(UserError, match="import-no-format"):
        worker.read(b"abc", "a.txt", as_format="klingon")
    with pytest.raises(UserError, match="import-charset"):
        worker.read(b"abc", "a.txt", charset="klingon")
    (imported,) = worker.read("été".encode("cp850"), "a.txt", charset="cp850")
    assert imported.text == "été"


@pytest.mark.parametrize(
    "script",
    [
        "import sys; sys.stdout.write('garbage ' * 99)",
        "import sys; sys.stdin.read(9); sys.exit(3)",
        "import sys; sys.stdout.buffer.write((5).to_bytes(8, 'big') + b'{\"ok')",
        "import sys; sys.stdout.buffer.write((2).to_bytes(8, 'big') + b'[]')",
        "import sys; sys.stdout.buffer.write((14).to_bytes(8, 'big') + b'{\"ok\": [[1,2]]')",
    ],
)
def test_a_worker_that_dies_or_talks_nonsense_is_one_error(script: str):
    with (
        ImportWorker(command=[sys.executable, "-c", script]) as broken,
        pytest.raises(UserError, match="import-crashed"),
    ):
        broken.read(PAGE.data, "page.html")


def test_a_worker_that_hangs_is_ended():
    hang = "import time\nwhile True: time.sleep(9)"
    with (
        ImportWorker(command=[sys.executable, "-c", hang], timeout_s=0.3) as hung,
        pytest.raises(UserError, match="import-timeout"),
    ):
        hung.read(PAGE.data, "page.html")


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_dead_worker_is_replaced(worker: ImportWorker):
    worker.read(PAGE.data, "page.html")
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert len(worker.read(PAGE.data, "page.html")) == 1


def test_a_worker_cannot_write_connect_or_start_programs(tmp_path: Path):
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from annotator.importers.kit import sandbox\n"
        "sandbox.limit_process(sandbox.MEMORY_BYTES); sys.addaudithook(sandbox.watch)\n"
        "import socket, subprocess\n"
        "for tried in (lambda: open(sys.argv[2], 'w'), lambda: subprocess.Popen(['true']),\n"
        "              lambda: socket.socket().connect(('127.0.0.1', 9)),\n"
        "              lambda: os.remove(sys.argv[1])):\n"
        "    try: tried()\n"
        "    except PermissionError: print('refused')\n"
    )
    import subprocess

    import annotator

    source = str(Path(annotator.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script, source, str(tmp_path / "x")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["refused"] * 4
    assert list(tmp_path.iterdir()) == []


def test_a_pool_answers_in_the_order_of_the_files(tmp_path: Path):
    texts = [f"Texte numéro {n}, assez court.".encode() for n in range(30)]
    items: list[tuple[Path | bytes, str]] = []
    for number, data in enumerate(texts):
        items.append((data, f"{number}.txt"))
        if number % 7 == 0:
            items.append((PAGE.data, f"page{number}.html"))
        if number % 11 == 0:
            items.append((tmp_path / "missing.txt", "missing.txt"))
    with ImportPool(2) as pool:
        results = list(pool.read_many(items))
    assert len(results) == len(items)
    for (source, name), (data, outcome) in zip(items, results, strict=True):
        if isinstance(source, Path):
            assert isinstance(outcome, UserError)
        else:
            assert data == source
            assert isinstance(outcome, list)
            assert outcome[0].name == name


def test_closing_a_pool_gives_up_at_once():
    hang = [sys.executable, "-c", "import time\nwhile True: time.sleep(9)"]
    with ImportPool(1, command=hang) as pool:
        results = pool.read_many([(b"Un texte.", "a.txt"), *[(PAGE.data, "a.html")] * 9])
        data, outcome = next(results)
    assert data == b"Un texte."
    assert isinstance(outcome, list)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
def test_pipes_and_devices_are_never_opened(worker: ImportWorker, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(UserError, match="import-folder"):
            worker.read(path, path.name)
