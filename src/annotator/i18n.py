"""Every sentence a person reads, by id, in English and French, with or without Qt.

Catalogues are ``resources/i18n/<language>/<area>.json``, flat objects; the id of a sentence is
``area.key``. Values are ``str.format`` templates. A plural has one key per form, ``key.one`` and
``key.other``, and is asked for with ``count=``. ``docs/adr/0002-one-catalogue.md`` says why.
"""

from __future__ import annotations

import json
import locale
import os
from typing import TYPE_CHECKING

from annotator import resources

if TYPE_CHECKING:
    from enum import StrEnum

    from annotator.model.errors import AnnotatorError

LANGUAGES = ("en", "fr")


class _Catalogue:
    """Hold the chosen language and the areas read so far (each is read on first use)."""

    def __init__(self) -> None:
        self.language = "en"
        self._areas: dict[tuple[str, str], dict[str, str]] = {}

    def area(self, language: str, name: str) -> dict[str, str]:
        """Return one area's sentences; an unknown area is empty."""
        key = (language, name)
        if key not in self._areas:
            file = resources.path("i18n", language, f"{name}.json")
            found = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
            self._areas[key] = found
        return self._areas[key]

    def find(self, message_id: str, language: str) -> str | None:
        """Return the template of an id, the English one where the language lacks it."""
        name, _, key = message_id.partition(".")
        return self.area(language, name).get(key) or self.area("en", name).get(key)


_catalogue = _Catalogue()


def system_language() -> str:
    """Return the system's language where we speak it, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "fr" if (locale.getlocale()[0] or "").lower().startswith("fr") else "en"


def set_language(language: str) -> str:
    """Choose the language (``en``, ``fr``; anything else: the system's) and return it."""
    _catalogue.language = language if language in LANGUAGES else system_language()
    return _catalogue.language


def language() -> str:
    """Return the language in use."""
    return _catalogue.language


def _form(count: object, language: str) -> str:
    """Return the CLDR plural form: French counts 0 and 1 as one, English only 1."""
    number = abs(float(str(count)))
    one = number < 2 if language == "fr" else number == 1
    return "one" if one else "other"


def has(message_id: str) -> bool:
    """Say whether an id has a sentence."""
    return _catalogue.find(message_id, _catalogue.language) is not None


def tr(message_id: str, *, lang: str | None = None, **values: object) -> str:
    """Return the sentence of an id in the language in use (or ``lang``), its values filled in.

    With ``count=`` the plural form is chosen. An unknown id comes back as itself, so that a
    missing sentence is seen and not a crash.
    """
    language = lang or _catalogue.language
    template = None
    if "count" in values:
        template = _catalogue.find(f"{message_id}.{_form(values['count'], language)}", language)
    template = template or _catalogue.find(message_id, language)
    if template is None:
        return message_id
    return template.format(**values) if values else template


def term(value: StrEnum, *, lang: str | None = None) -> str:
    """Return the word for a value of the vocabulary, e.g. ``Identification.NAMED_PERSON``.

    Its id is ``vocabulary.<class name>.<value>``.
    """
    return tr(f"vocabulary.{type(value).__name__}.{value.value}", lang=lang)


def explain(error: AnnotatorError, *, lang: str | None = None) -> str:
    """Return the sentence of an error (area ``errors``).

    An error that says what is ``broken`` has a sentence for it, and names a format by its id.
    """
    values = dict(error.values)
    message_id = f"errors.{error.message_id}"
    if "broken" in values and has(f"{message_id}.{values['broken']}"):
        message_id = f"{message_id}.{values['broken']}"
        values["format_name"] = tr(f"importers.format.{values.get('format_id')}", lang=lang)
    return tr(message_id, lang=lang, **values)
