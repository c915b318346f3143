"""The only way to a file under ``resources/``, in a checkout, a wheel and a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Return the folder that holds the resources.

    Raises:
        FileNotFoundError: if neither the wheel's folder nor the checkout's is there.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package)) / "annotator" / "_resources"
    for folder in (package / "_resources", frozen, package.parent.parent / "resources"):
        if folder.is_dir():
            return folder
    message = "the program's resources folder is missing"
    raise FileNotFoundError(message)


def path(*parts: str) -> Path:
    """Return the path of one resource, given its folders and name."""
    return root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """Return a text resource (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")
