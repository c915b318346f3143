"""UIMA CAS for INCEpTION and other UIMA programs, as XMI (in a zip with its types) and as JSON.

Offsets in a CAS are UTF-16 units. Both ways.

Source: UIMA XMI (OASIS UIMA 1.0), UIMA JSON CAS 0.4 (https://github.com/apache/uima-uimaj-io-jsoncas).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from annotator.exporters.archive import entry_name, pack, unpack
from annotator.exporters.base import Format, Scope
from annotator.exporters.cas_read import sheet_from, xmi_structures
from annotator.exporters.cas_types import (
    ANNOTATION,
    LINK,
    MARK,
    NOT_XML,
    PLACELESS,
    REFERENCES,
    SUPERTYPES,
    TEXT_FEATURES,
    Feature,
    features,
)
from annotator.exporters.exchange import LOSSES
from annotator.exporters.loose import as_dict, as_list, dicts
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters.base import ArticleRecords, Dossier
    from annotator.exporters.exchange import Sheet

_VIEW = "_InitialView"
_TYPE_SYSTEM = "TypeSystem.xml"


def _namespaces() -> dict[str, tuple[str, str, str]]:
    """Return each type's XML prefix, its local name and the address of its package."""
    found: dict[str, tuple[str, str, str]] = {}
    prefixes: dict[str, str] = {}
    for kind in TEXT_FEATURES:
        package, _, name = kind.rpartition(".")
        short = package.rpartition(".")[2]
        # Two packages may end in one word; UIMA numbers them.
        same = sum(known.rpartition(".")[2] == short for known in prefixes if known != package)
        prefix = prefixes.setdefault(package, f"{short}{same + 1}" if same else short)
        found[kind] = (prefix, name, f"http:///{package.replace('.', '/')}.ecore")
    return found


# -- XMI --------------------------------------------------------------------------------------


def write_xmi(dossier: Dossier, stream: BinaryIO) -> None:
    """Write a zip with one XMI file an article and the type system."""
    pack(stream, _xmi_entries(dossier))


def _xmi_entries(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    yield _TYPE_SYSTEM, _type_system().encode()
    for number, records in enumerate(dossier.articles, start=1):
        name = entry_name(number, records.article.headline, ".xmi")
        yield name, "".join(_xmi(records, list(features(records, dossier.actors)))).encode()


def _xmi(records: ArticleRecords, found: list[Feature]) -> Iterator[str]:
    namespaces = _namespaces()
    packages = sorted({(prefix, address) for prefix, _, address in namespaces.values()})
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in packages)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"'
        f' xmlns:cas="http:///uima/cas.ecore"{spaces} xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
    )
    for feature in found:
        prefix, name, _ = namespaces[feature.type]
        attributes = "".join(f" {key}={_attribute(value)}" for key, value in feature.texts)
        attributes += "".join(f' {key}="{value}"' for key, value in feature.references)
        place = f' begin="{feature.begin_utf16}" end="{feature.end_utf16}"'
        if feature.type in PLACELESS:
            place = ""
        yield f'<{prefix}:{name} xmi:id="{feature.id}" sofa="1"{place}{attributes}/>\n'
    text = _attribute(records.text.text)
    members = " ".join(str(feature.id) for feature in found)
    yield (
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="{_VIEW}" mimeType="text/plain"'
        f' sofaString={text}/>\n<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    )


def _attribute(words: str) -> str:
    """Return an attribute's value; line ends as references, or XML would make them spaces."""
    return quoteattr(NOT_XML.sub("\ufffd", words), {"\x85": "&#133;", "\u2028": "&#8232;"})


def _type_system() -> str:
    kinds = "".join(_type_description(kind, names) for kind, names in TEXT_FEATURES.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">'
        f"<types>{kinds}</types></typeSystemDescription>\n"
    )


def _type_description(kind: str, names: tuple[str, ...]) -> str:
    rows = "".join(_feature_description(name, "uima.cas.String") for name in names)
    if kind == LINK:
        rows += "".join(_feature_description(name, MARK) for name in REFERENCES)
    return (
        f"<typeDescription><name>{escape(kind)}</name><description/>"
        f"<supertypeName>{SUPERTYPES.get(kind, ANNOTATION)}</supertypeName>"
        f"<features>{rows}</features></typeDescription>"
    )


def _feature_description(name: str, kind: str) -> str:
    return (
        f"<featureDescription><name>{name}</name><description/>"
        f"<rangeTypeName>{kind}</rangeTypeName></featureDescription>"
    )


# -- JSON -------------------------------------------------------------------------------------


def write_json(dossier: Dossier, stream: BinaryIO) -> None:
    """Write one article's CAS.

    Raises:
        UserError: ``export-one-article`` if the dossier has another number of articles: a CAS
            holds one text.
    """
    if len(dossier.articles) != 1:
        raise UserError("export-one-article", format="cas-json", count=len(dossier.articles))
    records = dossier.articles[0]
    found = list(features(records, dossier.actors))
    sofa = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": _VIEW,
        "mimeType": "text/plain",
        "sofaString": records.text.text,
    }
    tree = {
        "%TYPES": {kind: _json_type(kind, names) for kind, names in TEXT_FEATURES.items()},
        "%FEATURE_STRUCTURES": [sofa, *(_structure(feature) for feature in found)],
        "%VIEWS": {_VIEW: {"%SOFA": 1, "%MEMBERS": [feature.id for feature in found]}},
    }
    stream.write(json.dumps(tree, ensure_ascii=False, indent=1).encode())
    stream.write(b"\n")


def _json_type(kind: str, names: tuple[str, ...]) -> dict[str, Any]:
    described: dict[str, Any] = {"%NAME": kind, "%SUPER_TYPE": SUPERTYPES.get(kind, ANNOTATION)}
    described |= {name: {"%NAME": name, "%RANGE": "uima.cas.String"} for name in names}
    if kind == LINK:
        described |= {name: {"%NAME": name, "%RANGE": MARK} for name in REFERENCES}
    return described


def _structure(feature: Feature) -> dict[str, Any]:
    place = {"begin": feature.begin_utf16, "end": feature.end_utf16}
    return (
        {"%ID": feature.id, "%TYPE": feature.type, "@sofa": 1}
        | ({} if feature.type in PLACELESS else place)
        | dict(feature.texts)
        | {f"@{name}": value for name, value in feature.references}
    )


# -- reading ----------------------------------------------------------------------------------


def read_xmi(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield the article of each XMI file in a zip, or of one bare XMI file.

    Raises:
        ValueError: if it is neither.
    """
    entries = {"": data} if data.lstrip()[:1] == b"<" else unpack(data)
    for name in sorted(entries):
        if name and not name.endswith(".xmi"):
            continue
        try:
            text, structures = xmi_structures(entries[name])
        except ValueError:
            yield None, name or "xmi"
            continue
        yield from sheet_from(text, structures)


def read_json(data: bytes) -> Iterator[tuple[Sheet | None, str]]:
    """Yield the article of a JSON CAS.

    Raises:
        ValueError: if it is no JSON CAS.
    """
    try:
        tree = as_dict(json.loads(data.decode("utf-8-sig")))
        rows = dicts(as_list(tree["%FEATURE_STRUCTURES"]))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("cas") from error
    text = next((str(r.get("sofaString", "")) for r in rows if r.get("%TYPE") == _SOFA), "")
    plain = ({key.removeprefix("@"): value for key, value in row.items()} for row in rows)
    structures = [{**row, "id": row.get("%ID"), "type": row.get("%TYPE")} for row in plain]
    yield from sheet_from(text, structures)


_SOFA = "uima.cas.Sofa"

XMI = Format("cas-xmi", ".zip", "application/zip", Scope.PROJECT, write_xmi, losses=LOSSES)
JSON = Format("cas-json", ".json", "application/json", Scope.ARTICLE, write_json, losses=LOSSES)
