"""Both languages say everything, and everything said is in the catalogues."""

import ast
import json
import re
import string
from pathlib import Path

import pytest

from annotator import i18n, resources
from annotator.model import vocabulary

SRC = Path(i18n.__file__).parent
AREAS = sorted(path.stem for path in (resources.root() / "i18n" / "en").glob("*.json"))


def catalogue(language, area):
    return json.loads(resources.read_text("i18n", language, f"{area}.json"))


def fields(template):
    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name})


def test_the_languages_have_the_same_areas():
    names = {
        language: {p.name for p in (resources.root() / "i18n" / language).glob("*.json")}
        for language in i18n.LANGUAGES
    }
    assert names["en"] == names["fr"]


@pytest.mark.parametrize("area", AREAS)
def test_each_area_is_complete_in_both_languages(area):
    english, french = catalogue("en", area), catalogue("fr", area)
    assert english.keys() == french.keys()
    assert [k for k, v in (english | french).items() if not v.strip()] == []
    different = {k for k in english if fields(english[k]) != fields(french[k])}
    # A singular may leave the number out ("one quote", « une citation »).
    assert {k for k in different if not k.endswith(".one")} == set()


@pytest.mark.parametrize("area", AREAS)
def test_a_singular_has_its_plural(area):
    keys = catalogue("en", area).keys()
    stems = {k.removesuffix(".one") for k in keys if k.endswith(".one")}
    assert {stem for stem in stems if f"{stem}.other" not in keys} == set()


@pytest.mark.parametrize("area", AREAS)
def test_french_typography(area):
    """No plain space before high punctuation or inside guillemets, no typewriter apostrophe."""
    wrong = {
        key: value
        for key, value in catalogue("fr", area).items()
        if re.search(r"[^\s] [;:!?»](?:\s|$)|« |\w'\w", re.sub(r"\{[^}]*\}", "x", value))
    }
    assert wrong == {}


def called_ids():
    """Yield every literal id given to tr() anywhere in the program."""
    for file in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name == "tr" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                plural = any(keyword.arg == "count" for keyword in node.keywords)
                yield file.relative_to(SRC), first.value, plural


def test_every_sentence_asked_for_exists():
    missing = [
        (str(file), message_id)
        for file, message_id, plural in called_ids()
        if not i18n.has(message_id) and not (plural and i18n.has(f"{message_id}.other"))
    ]
    assert missing == []


def raised_ids():
    """Yield every literal id of an error that the program raises."""
    kinds = {"UserError", "DataError", "BugError"}
    for file in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in kinds
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(file.relative_to(SRC)), node.args[0].value


def test_every_error_has_a_sentence():
    assert [row for row in raised_ids() if not i18n.has(f"errors.{row[1]}")] == []


def test_every_step_of_undo_has_a_name():
    """Labels of drafts and change sets are ids of the ``actions`` area."""
    labels = set()
    for file in (SRC / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "Draft",
                "ChangeSet",
            ):
                position = 1 if node.func.id == "Draft" else 0
                if len(node.args) > position and isinstance(node.args[position], ast.Constant):
                    labels.add(node.args[position].value)
    assert labels
    missing = [
        x for x in labels if not (i18n.has(f"actions.{x}") or i18n.has(f"actions.{x}.other"))
    ]
    assert missing == []


def test_every_value_of_the_vocabulary_has_a_word():
    from enum import StrEnum

    kinds = [k for k in vars(vocabulary).values() if isinstance(k, type) and issubclass(k, StrEnum)]
    missing = [
        f"{kind.__name__}.{value}"
        for kind in kinds
        if kind is not StrEnum
        for value in kind
        if not i18n.has(f"vocabulary.{kind.__name__}.{value.value}")
    ]
    assert missing == []
