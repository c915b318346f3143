"""Ask the installed packs for names: one warm process a language, started by the first text.

A pack that cannot be had costs its names only: the reader says why once (``problem``) and then
finds none. Thread: any; one text at a time.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import sys
import threading
from typing import TYPE_CHECKING, Any, cast

from annotator.app.packs.shelf import pack_for
from annotator.importers.kit.frames import read_frame, write_frame
from annotator.importers.kit.processes import start_worker
from annotator.model.errors import UserError
from annotator.suggest.pack_names import PackName

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.app.packs.shelf import InstalledPack

#: Loading takes seconds on a cold disk; a text of 400 words a twentieth of one.
LOAD_S, TEXT_S = 60.0, 60.0
_KINDS = frozenset({"PER", "ORG", "LOC"})
#: What a process may say that it cannot do.
_TOLD = {told: told for told in ("pack-no-spacy", "pack-not-loaded", "pack-text")}


def has_spacy() -> bool:
    """Say whether the library that reads packs is there, without importing it."""
    return importlib.util.find_spec("spacy") is not None


def is_program_of_one_folder() -> bool:
    """Say whether this is the packaged program, which nothing can be installed into."""
    return bool(getattr(sys, "frozen", False))


class PackProcess:
    """Hold one pack in a process of its own; it is killed when it hangs.

    Args:
        folder: the pack's folder.
        command: what to start instead of our own worker.

    Raises (both methods):
        UserError: ``pack-no-spacy``, ``pack-not-loaded``, ``pack-text``, ``pack-died``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        command: Sequence[str] | None = None,
        load_s: float = LOAD_S,
        text_s: float = TEXT_S,
    ) -> None:
        self._command = [*(command or _command()), str(folder)]
        self._load_s, self._text_s = load_s, text_s
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    @property
    def is_running(self) -> bool:
        """Say whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and wait until the pack is loaded."""
        if self.is_running:
            return
        try:
            self._process = start_worker(self._command)
        except OSError as error:
            raise UserError("pack-died") from error
        if self._stopped:
            # Stopped by another thread just now, when there was no process yet to end.
            self.close()
        self._answer(None, self._load_s)

    def names(self, text: str) -> list[PackName]:
        """Return the names in a text, in its order."""
        self.start()
        length = len(text)
        found: Any = self._answer(text.encode("utf-8", "replace"), self._text_s).get("names")
        try:
            return [_checked(row, length) for row in found]
        except (TypeError, ValueError) as error:
            self.close()
            raise UserError("pack-died") from error

    def stop(self) -> None:
        """End the process, also while it is asked, and start no other. Thread: any."""
        self._stopped = True
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()

    def _answer(self, asked: bytes | None, within_s: float) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise UserError("pack-died")
        timer = threading.Timer(within_s, process.kill)
        timer.start()
        answer: Any = None
        with contextlib.suppress(OSError, ValueError):
            if asked is not None:
                write_frame(process.stdin, asked)
            answer = json.loads(read_frame(process.stdout) or b"null")
        timer.cancel()
        timer.join()
        answer = cast("dict[str, Any]", answer) if isinstance(answer, dict) else {"error": ""}
        told = answer.get("error")
        if told is None:
            return answer
        if told != "pack-text":
            self.close()
        raise UserError(_TOLD.get(told, "pack-died"))


def _checked(row: Any, length: int) -> PackName:
    """Return a name as the process told it.

    Raises:
        ValueError, TypeError: if it is none inside the text.
    """
    start, end, kind = row
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise ValueError
    if kind not in _KINDS:
        raise ValueError
    return PackName(start, end, kind)


def _command() -> list[str]:
    """Return how to start a worker: our interpreter, or the frozen program itself."""
    if is_program_of_one_folder():
        return [sys.executable, "--pack-worker"]
    # -P: the folder we happen to be in must not lend modules to it.
    return [sys.executable, "-P", "-m", "annotator.app.packs.worker"]


def check_ready() -> None:
    """See that a pack can be read at all, for who asks for one in so many words.

    Raises:
        UserError: ``pack-none`` (none is installed), ``pack-no-spacy``.
    """
    if not _in_use():
        raise UserError("pack-none")
    if not has_spacy():
        raise UserError(spacy_missing())


def spacy_missing() -> str:
    """Return the id of the sentence that says what to do where packs cannot be read."""
    return "pack-no-spacy-frozen" if is_program_of_one_folder() else "pack-no-spacy"


class PackReader:
    """Ask whichever pack is installed for a text's language."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: dict[str, PackProcess] = {}
        self._gone: set[str] = set()
        self._closed = False
        #: Why a pack that is installed finds nothing, to be told once.
        self.problem: UserError | None = None

    def reads(self, language: str) -> bool:
        """Say whether a pack is installed for a language and has not failed."""
        pack = pack_for(language)
        return pack is not None and pack.id not in self._gone

    def names(self, text: str, language: str) -> list[PackName]:
        """Return the names that the pack for a language finds; none where there is no pack."""
        with self._lock:
            pack = pack_for(language)
            if pack is None or pack.id in self._gone or self._closed:
                return []
            process = self._process(pack)
            if self._closed:
                # Closed by another thread just now, when there was nothing yet to stop.
                process.stop()
            try:
                return process.names(text)
            except UserError as error:
                if not self._closed:
                    self.problem = error
                if error.message_id != "pack-text":
                    self._gone.add(pack.id)
                return []

    def _process(self, pack: InstalledPack) -> PackProcess:
        for key in [key for key in self._processes if key != pack.id]:
            # Another language's pack stays warm, a pack that was removed or replaced does not.
            if not any(other.id == key for other in _in_use()):
                self._processes.pop(key).close()
        return self._processes.setdefault(pack.id, PackProcess(pack.folder))

    def close(self) -> None:
        """End the processes, also one that is at work. Thread: any."""
        self._closed = True
        for process in list(self._processes.values()):
            process.stop()


def _in_use() -> list[InstalledPack]:
    from annotator.app.packs.shelf import LANGUAGES

    return [pack for pack in map(pack_for, LANGUAGES) if pack is not None]
