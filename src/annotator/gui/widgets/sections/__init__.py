"""The parts of the inspector that are lists of their own, by the name that ``LAYOUT`` uses."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.widgets.section import Section

_FOLDER = "annotator.gui.widgets.sections"

SECTIONS: dict[str, str] = {
    "state": "content:StateSection",
    "attributions": "content:AttributionsSection",
    "introduced": "content:IntroducedSection",
    "contents": "source:ContentsSection",
    "members": "source:MembersSection",
    "relations": "relations:RelationsSection",
    "places": "source:PlacesSection",
    "mentions": "actor:MentionsSection",
    "notes": "notes:NotesSection",
    "stamp": "notes:StampSection",
    "figures": "article:FiguresSection",
    "furniture": "article:FurnitureSection",
    "file": "article:FileSection",
}


def make_section(name: str, desk: Desk) -> Section:
    """Make a section by its name in ``LAYOUT``."""
    module, _, kind = SECTIONS[name].partition(":")
    return getattr(import_module(f"{_FOLDER}.{module}"), kind)(desk)
