"""Signs that Office writes as private characters of its fonts Symbol and Wingdings."""

from __future__ import annotations

#: Mostly the bullets of lists; where the two fonts differ, the bullet wins.
SYMBOLS = {
    "\uf02d": "−", "\uf06c": "●", "\uf06e": "■", "\uf071": "❑", "\uf0a3": "≤", "\uf0a7": "▪",
    "\uf0a8": "▫", "\uf0ae": "→", "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥", "\uf0b4": "×",
    "\uf0b7": "•", "\uf0d7": "·", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓",
}  # fmt: skip


def sign(code: str) -> str:
    """Return the sign for a code in hexadecimal, as Word has it; empty if it is not known."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    # The same sign may be written with or without the offset of the private area.
    private = char if char >= "\uf000" else chr(0xF000 + ord(char)) if char <= "\xff" else ""
    return SYMBOLS.get(private, char if "\xff" < char < "\ud800" else "")
