"""Language packs: a spaCy model that a person has installed may see more names. Nothing needs one.

A pack is a model's files, unpacked and looked through, never installed as a Python package and
never asked to run code of its own. It is read by a warm process (``reader``) that has no project,
no network and writes nothing. ``docs/adr/0010-language-packs.md`` says why so.
"""

from __future__ import annotations
