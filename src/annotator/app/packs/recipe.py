"""Write a model's recipe anew: what of its configuration is needed for names, and nothing else.

spaCy builds a model by calling functions that its ``config.cfg`` names. So the file of a pack is
never handed over: the sections for names are copied if every function in them is one of spaCy's
own from the list below, and a pack that asks for any other is refused.
"""

from __future__ import annotations

import configparser
import json
import re
from typing import Any, cast

from annotator.app.packs.shelf import LANGUAGES
from annotator.model.errors import UserError

#: Network layers of spaCy's own that read no file and run no foreign code.
_FUNCTIONS = frozenset(
    f"spacy.{name}"
    for name in (
        "TransitionBasedParser.v1", "TransitionBasedParser.v2", "Tok2Vec.v1", "Tok2Vec.v2",
        "HashEmbedCNN.v1", "HashEmbedCNN.v2", "MultiHashEmbed.v1", "MultiHashEmbed.v2",
        "CharacterEmbed.v1", "CharacterEmbed.v2", "MaxoutWindowEncoder.v1",
        "MaxoutWindowEncoder.v2", "MishWindowEncoder.v1", "MishWindowEncoder.v2",
        "Tok2VecListener.v1", "ner_scorer.v1",
    )
)  # fmt: skip
_REGISTRIES = ("@architectures", "@scorers")
_CALLBACKS = ("before_creation", "after_creation", "after_pipeline_creation")
_TOKENIZER, _VECTORS = "spacy.Tokenizer.v1", "spacy.Vectors.v1"
_NAME = re.compile(r"[a-z][a-z0-9_]{1,60}")
_VERSION = re.compile(r"[0-9][0-9a-z.+]{0,20}")
_CARD_KEYS = ("author", "url", "spacy_version")


def written_anew(config: bytes, name: str) -> tuple[str, str]:
    """Return a pack's language and the configuration to load it with.

    Raises:
        UserError: ``pack-no-model`` (no names, or no configuration), ``pack-code`` (it asks for
            code that is not spaCy's own), ``pack-language``.
    """
    parser = configparser.RawConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    try:
        parser.read_string(config.decode("utf-8"))
        nlp = {key: json.loads(value) for key, value in parser["nlp"].items()}
    except (configparser.Error, ValueError, KeyError, RecursionError) as error:
        raise UserError("pack-no-model", name=name) from error
    language = nlp.get("lang")
    if language not in LANGUAGES:
        raise UserError("pack-language", name=name)
    _check_pipeline(parser, nlp, name)
    if not parser.has_section("components.ner"):
        raise UserError("pack-no-model", name=name)
    present = ["tok2vec", "ner"] if _listens(parser) else ["ner"]
    out = [
        "[nlp]",
        f'lang = "{language}"',
        f"pipeline = {json.dumps(present)}",
        "disabled = []",
        *(f"{callback} = null" for callback in _CALLBACKS),
        "batch_size = 64",
        f'tokenizer = {{"@tokenizers":"{_TOKENIZER}"}}',
        f'vectors = {{"@vectors":"{_VECTORS}"}}',
        "\n[components]",
    ]
    for section in parser.sections():
        parts = section.split(".")
        if len(parts) > 1 and parts[0] == "components" and parts[1] in present:
            _check_section(parser, section, name)
            out += [f"\n[{section}]", *(f"{k} = {v}" for k, v in parser[section].items())]
    return str(language), "\n".join(out) + "\n"


def _listens(parser: configparser.RawConfigParser) -> bool:
    """Say whether names are read from the vectors of a shared layer, which is then needed too."""
    sections = [s for s in parser.sections() if s.startswith("components.ner")]
    return any("Tok2VecListener" in value for s in sections for value in parser[s].values())


def _check_pipeline(parser: configparser.RawConfigParser, nlp: dict[str, Any], name: str) -> None:
    """Refuse callbacks and foreign tokenizers: names read by other words would not be the same."""
    for key, wanted in (("tokenizer", _TOKENIZER), ("vectors", _VECTORS)):
        section = f"nlp.{key}"
        own: Any = nlp.get(key) or {f"@{key}": wanted}
        if parser.has_section(section):
            own = {k: v.strip('"') for k, v in parser[section].items()}
        asked = cast("dict[str, Any]", own).values() if isinstance(own, dict) else [own]
        if any(value != wanted for value in asked):
            raise UserError("pack-code", name=name, what=key)
    if any(nlp.get(key) or parser.has_section(f"nlp.{key}") for key in _CALLBACKS):
        raise UserError("pack-code", name=name, what=", ".join(_CALLBACKS))


def _check_section(parser: configparser.RawConfigParser, section: str, name: str) -> None:
    """Refuse every function that is not listed, also one inside a value.

    Raises:
        UserError: ``pack-code``.
    """
    is_component = section.count(".") == 1
    for key, value in parser[section].items():
        if is_component and key == "factory":
            if value.strip('"') != section.split(".")[1]:
                raise UserError("pack-code", name=name, what=value)
            continue
        _check_value(key, value, name)


def _check_value(key: str, value: str, name: str) -> None:
    if not key.replace("@", "").isidentifier() or "\n" in value:
        raise UserError("pack-code", name=name, what=key)
    try:
        read = json.loads(value)
    except (ValueError, RecursionError):
        # What is no JSON is a number's place elsewhere: ${components.tok2vec.model.encode:width}.
        if re.fullmatch(r"\$\{components\.(?:tok2vec|ner)\.[a-z0-9_.]+:[a-z_]+\}", value):
            return
        raise UserError("pack-code", name=name, what=value) from None
    pairs = cast("dict[str, Any]", read) if isinstance(read, dict) else {key: read}
    for inner, asked in pairs.items():
        if isinstance(asked, dict) or (isinstance(asked, str) and "$" in asked):
            raise UserError("pack-code", name=name, what=inner)
        if inner[:1] == "@" and (inner not in _REGISTRIES or asked not in _FUNCTIONS):
            raise UserError("pack-code", name=name, what=str(asked))


def card_of(meta: bytes, language: str, name: str) -> dict[str, Any]:
    """Return what of a pack's ``meta.json`` is kept: who made it, for which spaCy, its licence.

    Raises:
        UserError: ``pack-no-model`` if it does not say what it is.
    """
    try:
        raw: dict[str, Any] = json.loads(meta)
        short, version = str(raw["name"]), str(raw["version"])
        vectors: dict[str, Any] = raw.get("vectors") or {}
        card: dict[str, Any] = {key: str(raw.get(key) or "")[:200] for key in _CARD_KEYS}
        kept: dict[str, Any] = {k: int(vectors.get(k) or 0) for k in ("width", "vectors", "keys")}
        kept["name"] = str(vectors["name"])[:100] if vectors.get("name") else None
        licence = str(raw.get("license") or "")[:60]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError("pack-no-model", name=name) from error
    if not (_NAME.fullmatch(short) and _VERSION.fullmatch(version)):
        raise UserError("pack-no-model", name=name)
    return card | {
        "lang": language,
        "name": short,
        "version": version,
        "license": licence,
        "vectors": kept,
    }
