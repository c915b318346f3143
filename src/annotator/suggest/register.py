"""Tell texts that are talk (interviews, columns, letters) from reports."""

from __future__ import annotations

import re

_PERSONAL = 0.03
_QUESTION = 1.5
_QUOTED = re.compile(r"[“\"][^”\"\n]{0,2000}[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)


def is_personal(text: str, language: str) -> bool:
    """Say whether an English text says "I" and "we" and asks, outside of quotation marks too."""
    if language != "en":
        return False
    told = _QUOTED.sub(" ", text)
    persons = sum(1 for _ in _FIRST_PERSON.finditer(told))
    return persons + _QUESTION * told.count("?") > _PERSONAL * max(1, len(told.split()))
