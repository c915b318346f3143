"""What undo calls an action: the label of a change set in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.i18n import has, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Which value of a label chooses a phrase of its own ("mark a quote", "edit the source").
_VARIANTS = ("kind", "table")
_LONGEST = 48


def step_name(label: str, values: Iterable[tuple[str, str]]) -> str:
    """Return the phrase for a step, as exact as its values allow."""
    known = {key: _shortened(value) for key, value in values}
    for name in _VARIANTS:
        variant = f"actions.{label}.{known.get(name, '')}"
        if name in known and has(variant):
            return tr(variant, **known)
    if known.get("source") == "" or known.get("name") == "":
        bare = f"actions.{label}.bare"
        if has(bare):
            return tr(bare)
    return tr(f"actions.{label}", **known)


def _shortened(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _LONGEST else value[:_LONGEST].rstrip() + "…"
