"""What undo calls an action: the label of a change set in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.i18n import has, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Which value of a label chooses a phrase of its own ("mark a quote", "edit the source").
_VARIANTS = ("kind", "table")


def step_name(label: str, values: Iterable[tuple[str, str]], *, longest: int | None = None) -> str:
    """Return the phrase for a step, as exact as its values allow.

    Args:
        label: the label of the change set.
        values: what the phrase may name.
        longest: cut names after so many characters (for a button).
    """
    known = {key: _shortened(value, longest) for key, value in values}
    for name in _VARIANTS:
        variant = f"actions.{label}.{known.get(name, '')}"
        if name in known and has(variant):
            return tr(variant, **known)
    if known.get("source") == "" or known.get("name") == "":
        bare = f"actions.{label}.bare"
        if has(bare):
            return tr(bare)
    return tr(f"actions.{label}", **known)


def _shortened(value: str, longest: int | None) -> str:
    value = " ".join(value.split())
    if longest is None or len(value) <= longest:
        return value
    return value[:longest].rstrip() + "…"
