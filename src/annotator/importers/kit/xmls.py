"""XML without entities, without external references, without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from annotator.importers.kit.zips import SafeZip

XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


def parse_xml(data: bytes, name: str, *, recover: bool = False) -> _Element:
    """Parse a document; entities stay unresolved, nothing outside it is opened.

    Args:
        data: the bytes of the document.
        name: the file's name, for the sentence.
        recover: go on after errors, for formats that are often written carelessly.

    Raises:
        UserError: ``import-damaged`` if it is not well-formed, ``import-bomb`` if its entities
            multiply.
    """
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "amplification" in str(error):
            raise UserError("import-bomb", name=name) from error
        # The line is of use where the file itself is the markup; ``damage`` finds the words for it.
        raise UserError("import-damaged", name=name, line=getattr(error, "lineno", 0)) from error
    if root is None:
        raise UserError("import-damaged", name=name)
    return root


def spare_part(
    archive: SafeZip, member: str, name: str, on_loss: Callable[[str], None]
) -> _Element | None:
    """Return a part that a document can be read without; ``None`` if it is absent or broken.

    Args:
        archive: the document.
        member: the part's name in it.
        name: the file's name, for sentences.
        on_loss: is told the member's name if it is broken.

    Raises:
        UserError: ``import-bomb`` and what else is no mere damage.
    """
    try:
        raw = archive.read(member)
        return parse_xml(raw, name) if raw else None
    except UserError as error:
        if error.message_id != "import-damaged":
            raise
        on_loss(member)
        return None


def local(element: _Element) -> str:
    """Return an element's name without its namespace; empty for entities and the like."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, wanted: str) -> str:
    """Return an attribute by its name without namespace, empty if absent."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == wanted:
            return str(value)
    return ""


def find_all(element: _Element, *path: str) -> list[_Element]:
    """Return the elements under a path of local names ("**" skips any levels)."""
    found = [element]
    deep = False
    for step in path:
        if step == "**":
            deep = True
            continue
        found = [x for e in found for x in (_below(e) if deep else e) if local(x) == step]
        deep = False
    return found


def _below(element: _Element) -> Iterator[_Element]:
    walker = element.iter()
    next(walker, None)
    return walker


def text_of(element: _Element | None) -> str:
    """Return all text in an element, runs of white space as one space."""
    if element is None:
        return ""
    return " ".join("".join(map(str, element.itertext())).split())


def first_text(element: _Element, *path: str) -> str:
    """Return the text of the first element under a path, empty if there is none."""
    return next((words for e in find_all(element, *path) if (words := text_of(e))), "")


def has_entities(root: _Element) -> bool:
    """Say whether the document has entities of its own, whose text is therefore lost."""
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

    return any(True for _ in root.iter(etree.Entity))
