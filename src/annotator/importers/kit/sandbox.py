"""The inside of an import worker: limits first, then requests until the pipe closes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any, BinaryIO

from annotator.importers.kit.frames import read_frame, write_frame
from annotator.model.errors import AnnotatorError, UserError

CPU_SECONDS = 30
MEMORY_BYTES = 1024 * 1024 * 1024
_NICE = 5
_FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove", "os.rename",
    "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "ftplib.connect",
    "urllib.Request", "webbrowser.open",
)  # fmt: skip


def serve() -> int:
    """Answer requests on the standard streams until they are closed."""
    requests, answers = take_streams()
    limit_process(MEMORY_BYTES)
    sys.addaudithook(watch)
    while (head := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            break
        _limit_cpu()
        write_frame(answers, _answer(json.loads(head), data))
    return 0


def _answer(asked: dict[str, Any], data: bytes) -> bytes:
    """Read one file; whatever goes wrong inside becomes one typed error."""
    from annotator.importers import given_up, preview_columns, read_bytes
    from annotator.importers.kit.codec import dump_cuts, dump_error, dump_preview, dump_texts
    from annotator.importers.splitter import preview

    name = str(asked["name"])
    try:
        if asked.get("preview") == "cuts":
            return dump_cuts(preview(data, name, charset=asked.get("charset")))
        if asked.get("preview"):
            return dump_preview(preview_columns(data, name, charset=asked.get("charset")))
        texts = read_bytes(
            data,
            name,
            charset=asked.get("charset"),
            as_format=asked.get("as_format"),
            mapping=asked.get("mapping"),
            remembered=asked.get("remembered"),
        )
        return dump_texts(texts)
    except AnnotatorError as error:
        return dump_error(error)
    except (MemoryError, RecursionError):
        return dump_error(UserError("import-too-complex", name=name))
    except Exception:  # noqa: BLE001 - the border of the sandbox: parsers raise anything
        return dump_error(given_up(data, name))


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves and point the standard streams at nothing.

    Parsers print: odfpy the whole document, others warnings. None of it may be seen or mixed into
    the answers.
    """
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    return requests, answers


def limit_process(memory_bytes: int) -> None:
    """Take away what a reader of files has no use for, as far as the system can."""
    sys.dont_write_bytecode = True
    # Nothing is written, so any folder will do; looking for a good one would try to write.
    tempfile.tempdir = os.sep
    sys.setrecursionlimit(2_000)
    if os.name != "posix":
        return
    import resource

    # The window and whatever else a person works with come first.
    os.nice(_NICE)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, 64)
    if sys.platform.startswith("linux"):
        _lower(resource.RLIMIT_AS, memory_bytes)
        _leave_network()


def _lower(which: int, value: int) -> None:
    import resource

    try:
        _soft, hard = resource.getrlimit(which)
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (limit, limit))
    except (OSError, ValueError):
        return


def _limit_cpu() -> None:
    """Give the next file its seconds; the system ends the process when they are spent."""
    if os.name != "posix":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    try:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS + 1, hard))
    except (OSError, ValueError):
        return


def _leave_network() -> None:
    """Move into a network namespace without interfaces, where the kernel lets us."""
    import ctypes

    clone_newuser, clone_newnet = 0x10000000, 0x40000000
    libc = ctypes.CDLL(None, use_errno=True)
    # Allowed for root, or together with a user namespace; where both are refused, the audit hook is
    # what remains.
    if hasattr(libc, "unshare") and libc.unshare(clone_newnet) != 0:
        libc.unshare(clone_newuser | clone_newnet)


def watch(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what a worker never does: sockets, programs, changing files."""
    if event in _FORBIDDEN:
        message = f"workers do not do this: {event}"
        raise PermissionError(message)
    if event == "open" and len(args) > 2 and isinstance(args[2], int):
        writing = args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if writing and args[0] != os.devnull:
            message = "workers do not write files"
            raise PermissionError(message)
