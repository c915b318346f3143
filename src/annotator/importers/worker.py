"""Parsers in a process of their own, so that a hostile file costs that file only.

The worker is a fresh interpreter (never a fork of the window), told what to read over its standard
input and answering in length-checked JSON. It has no project file, no network, writes nothing, and
lives under limits of CPU time and memory. Whatever happens inside becomes one typed error.

Thread: ``ImportWorker`` belongs to one thread; ``ImportPool`` brings its own.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator.importers.base import LIMIT_BYTES, LIMIT_MB, check_size
from annotator.importers.kit.codec import load_answer, load_cuts, load_preview
from annotator.importers.kit.frames import read_frame, request, write_frame
from annotator.importers.kit.processes import start_worker
from annotator.importers.kit.quick import read_plain
from annotator.model.errors import UserError
from annotator.text.canonical import readable_name

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from annotator.importers.base import ImportedText
    from annotator.importers.mapping import TablePreview
    from annotator.importers.splitter import Preview

T = TypeVar("T")

TIMEOUT_S = 30.0
#: Without waiting: a pipe would make us wait for whoever writes to it.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PIECE = 64 * 1024
#: A worker is replaced after so many files, whatever its libraries may have kept in memory.
_FILES_A_WORKER = 500


def load_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UserError: ``import-missing``, ``import-forbidden``, ``import-folder``,
            ``import-unreadable`` or ``import-too-big``.
    """
    try:
        handle = os.open(path, _READ)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise UserError("import-folder", name=readable_name(path.name))
            if found.st_size > LIMIT_BYTES:
                raise UserError("import-too-big", name=readable_name(path.name), limit=LIMIT_MB)
            return _all_of(handle, found.st_size)
        finally:
            os.close(handle)
    except FileNotFoundError as error:
        raise UserError("import-missing", name=readable_name(path.name)) from error
    except PermissionError as error:
        raise UserError("import-forbidden", name=readable_name(path.name)) from error
    except (OSError, ValueError) as error:
        raise UserError("import-unreadable", name=readable_name(path.name)) from error


def _all_of(handle: int, size: int) -> bytes:
    """Read a file to its end, however much it grows: the size is refused later."""
    data = os.read(handle, size + 1)
    while len(data) <= LIMIT_BYTES and (more := os.read(handle, _PIECE)):
        data += more
    return data


class ImportWorker:
    """Read files in a warm process that is killed when a file hangs, and replaced when it dies.

    Args:
        timeout_s: longest time for one file, in seconds.
        command: what to start instead of our own worker.

    The process is started by the first file that needs a parser; plain UTF-8 text needs none and
    is read at once.
    """

    def __init__(
        self, *, timeout_s: float = TIMEOUT_S, command: Sequence[str] | None = None
    ) -> None:
        self._timeout_s = timeout_s
        self._command = _command() if command is None else list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._stopped = False

    def __enter__(self) -> ImportWorker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Start the process now, so that the first file need not wait for it."""
        if self._process is None or self._process.poll() is not None:
            self._start()

    def stop(self) -> None:
        """Give up what is being read, and read nothing more. Thread: any."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def read(
        self,
        source: Path | bytes,
        name: str,
        *,
        charset: str | None = None,
        as_format: str | None = None,
        mapping: Mapping[str, str] | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
    ) -> list[ImportedText]:
        """Read the articles of a file.

        Args:
            source: where the file lies, or its bytes.
            name: the file's name, for sentences and as a hint of its format.
            charset: the encoding that a person chose.
            as_format: the id of the importer that a person chose.
            mapping: field -> column, for tables.
            remembered: mappings chosen before, by the signature of a table's columns.

        Raises:
            UserError: ``import-missing``, ``import-empty``, ``import-binary``, ``import-damaged``,
                ``import-unreadable``, ``import-too-big``, ``import-too-complex``,
                ``import-timeout``, ``import-crashed``, ``import-no-format``, ``import-charset``.
        """
        data = load_file(source) if isinstance(source, Path) else source
        check_size(data, name)
        plain = read_plain(data, name, charset=charset, as_format=as_format)
        if plain is not None:
            return [plain]
        asked = request(name, charset, as_format, mapping, remembered)
        return self._ask(data, name, asked, load_answer)

    def preview(self, source: Path | bytes, name: str) -> TablePreview | None:
        """Show the columns and first rows of a table; ``None`` if the file is no table.

        Raises:
            UserError: as ``read``.
        """
        return self._look(source, name, "columns", load_preview)

    def preview_cuts(self, source: Path | bytes, name: str) -> Preview:
        """Show where the splitter would cut a file, and the first words of each piece.

        Raises:
            UserError: as ``read``.
        """
        return self._look(source, name, "cuts", load_cuts)

    def _look(self, source: Path | bytes, name: str, at: str, load: Callable[[bytes], T]) -> T:
        data = load_file(source) if isinstance(source, Path) else source
        check_size(data, name)
        return self._ask(data, name, request(name, None, None, preview=at), load)

    def _ask(self, data: bytes, name: str, asked: bytes, load: Callable[[bytes], T]) -> T:
        if self._files >= _FILES_A_WORKER:
            self.close()
        self.warm()
        fresh = self._files == 0
        answer, expired = self._exchange(data, asked)
        if answer is None and not expired and not fresh and self._process is not None:
            # It may have died of an earlier file: this one gets a fresh process, once.
            self._start()
            answer, expired = self._exchange(data, asked)
        if answer is None:
            self.close()
            kind = "import-timeout" if expired else "import-crashed"
            raise UserError(kind, name=name, seconds=int(self._timeout_s))
        try:
            return load(answer)
        except ValueError as error:
            self.close()
            raise UserError("import-crashed", name=name) from error

    def _exchange(self, data: bytes, asked: bytes) -> tuple[bytes | None, bool]:
        """Send one file and wait for its answer; say whether the time ran out."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None, False
        self._files += 1
        expired = threading.Event()
        timer = threading.Timer(self._timeout_s, _expire, (process, expired))
        timer.start()
        try:
            write_frame(process.stdin, asked)
            write_frame(process.stdin, data)
            return read_frame(process.stdout), expired.is_set()
        except (OSError, ValueError):
            return None, expired.is_set()
        finally:
            timer.cancel()
            timer.join()

    def _start(self) -> None:
        self.close()
        self._files = 0
        try:
            self._process = start_worker(self._command)
        except OSError:
            self._process = None
        if self._stopped:
            # Stopped by another thread just now, when there was no process yet to kill.
            self.close()


def _expire(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    process.kill()


def _command() -> list[str]:
    """Return how to start a worker: our interpreter, or the frozen program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--import-worker"]
    # -P: the folder we happen to be in must not lend modules to the parsers.
    return [sys.executable, "-P", "-m", "annotator.importers.worker"]


class ImportPool:
    """Read many files with several workers; the results come in the order of the files.

    Args:
        workers: how many processes; by default one a core, at most eight.
        timeout_s: longest time for one file.
        command: what to start instead of our own worker.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        command: Sequence[str] | None = None,
    ) -> None:
        self._count = max(1, min(workers or os.cpu_count() or 1, 8))
        self._timeout_s = timeout_s
        self._command = command
        self._local = threading.local()
        self._workers: list[ImportWorker] = []
        self._stopped = False
        self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="import")

    def __enter__(self) -> ImportPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop at once: what is being read is given up."""
        self._stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def read_many(
        self,
        items: Iterable[tuple[Path | bytes, str]],
        *,
        as_format: str | None = None,
        mapping: Mapping[str, str] | None = None,
        remembered: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Iterator[tuple[bytes, list[ImportedText] | UserError]]:
        """Read files; give for each its bytes and its articles, or the error it was refused with.

        Plain text is read here and now, everything else by the workers meanwhile.
        """
        waiting: deque[Callable[[], tuple[bytes, list[ImportedText] | UserError]]] = deque()
        for source, name in items:
            waiting.append(self._begin(source, name, as_format, mapping, remembered))
            while len(waiting) > 4 * self._count:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()

    def _begin(
        self,
        source: Path | bytes,
        name: str,
        as_format: str | None,
        mapping: Mapping[str, str] | None,
        remembered: Mapping[str, Mapping[str, str]] | None,
    ) -> Callable[[], tuple[bytes, list[ImportedText] | UserError]]:
        data = b""
        try:
            data = load_file(source) if isinstance(source, Path) else source
            check_size(data, name)
            plain = read_plain(data, name, charset=None, as_format=as_format)
            if plain is not None:
                return lambda: (data, [plain])
        except UserError as error:
            refused = error
            return lambda: (data, refused)
        future: Future[list[ImportedText]] = self._threads.submit(
            self._read, data, name, as_format, mapping, remembered
        )
        return lambda: (data, _outcome(future))

    def _read(
        self,
        data: bytes,
        name: str,
        as_format: str | None,
        mapping: Mapping[str, str] | None,
        remembered: Mapping[str, Mapping[str, str]] | None,
    ) -> list[ImportedText]:
        worker: ImportWorker | None = getattr(self._local, "worker", None)
        if worker is None:
            worker = ImportWorker(timeout_s=self._timeout_s, command=self._command)
            self._local.worker = worker
            self._workers.append(worker)
        if self._stopped:
            worker.stop()
        return worker.read(data, name, as_format=as_format, mapping=mapping, remembered=remembered)


def _outcome(future: Future[list[ImportedText]]) -> list[ImportedText] | UserError:
    try:
        return future.result()
    except UserError as error:
        return error


def worker_main() -> int:
    """Be the worker: what ``python -m annotator.importers.worker`` and ``--import-worker`` run."""
    from annotator.importers.kit.sandbox import serve

    return serve()


if __name__ == "__main__":
    sys.exit(worker_main())
