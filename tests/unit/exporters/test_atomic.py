"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from annotator.exporters.atomic import write_atomically
from annotator.model.errors import UserError


def names_in(folder):
    return [path.name for path in folder.iterdir()]


def test_writes_for_the_owner_only(tmp_path):
    path = tmp_path / "a.txt"
    assert write_atomically(path, lambda stream: stream.write(b"new")) == 3
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("where", ["writer", "check"])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, where):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(stream):
        if where == "writer":
            stream.write(b"half")
        raise RuntimeError

    def write(stream):
        stream.write(b"new")

    writer, check = (fail, None) if where == "writer" else (write, fail)
    with pytest.raises(RuntimeError):
        write_atomically(path, writer, check=check)
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.txt"]


def test_check_reads_what_was_written(tmp_path):
    seen = []
    write_atomically(
        tmp_path / "a", lambda s: s.write(b"new"), check=lambda s: seen.append(s.read())
    )
    assert seen == [b"new"]


def test_a_missing_folder_and_a_folder_are_said(tmp_path):
    for path, message in (
        (tmp_path / "no" / "a", "export-no-folder"),
        (tmp_path, "export-is-folder"),
    ):
        with pytest.raises(UserError) as caught:
            write_atomically(path, lambda stream: stream.write(b""))
        assert caught.value.message_id == message


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
def test_a_full_disk_is_said_and_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    code = """
import resource, signal, sys
from pathlib import Path
from annotator.exporters.atomic import write_atomically
from annotator.model.errors import UserError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(Path(sys.argv[1]), lambda stream: stream.write(b"x" * 100_000))
except UserError as error:
    print(error.message_id)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "export-failed"
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.txt"]
