"""Three kinds of failure: the person's, the file's, ours."""

from __future__ import annotations


class AnnotatorError(Exception):
    """Carry the id of a sentence and its values; the interface puts it into words.

    Args:
        message_id: key of a sentence in the ``errors`` catalogue, without the prefix.
        values: what the sentence names (a file name, a line number, ...).
    """

    def __init__(self, message_id: str, **values: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.message_id}({details})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message_id, self.values))


def _rebuild(kind: type[AnnotatorError], message_id: str, values: dict[str, object]) -> object:
    return kind(message_id, **values)


class UserError(AnnotatorError):
    """Say what a person can put right (wrong file, nothing selected, disk full)."""


class DataError(AnnotatorError):
    """Say which file is broken, where, and what was kept."""


class BugError(AnnotatorError):
    """Say that the program itself did something it must never do."""
