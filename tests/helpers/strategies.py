"""Hypothesis strategies for texts that break programs."""

from __future__ import annotations

from hypothesis import strategies as st

#: Pieces that have broken annotation tools: emoji with joiners and flags, decomposed accents,
#: no-break spaces, every line end, bidirectional and zero-width marks, control characters.
PIECES = (
    "😀", "👩‍👩‍👧", "🇫🇷", "👍🏽", "📌", "𝄞", "é", "e\u0301", "ß", "İ", "ﬁ", "한", "नि", "ك", "שלום",
    "\u00a0", "\u202f", "\u2009", "\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\r\n", "\r",
    "\n", "\n\n", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\t", " ", "  ", "\u202e", "\u200f",
    "\u2066", "\x00", "\x1b[31m", "\x07", "\ufffd", "\ufdd0", "\ufdd1", "\uffff", "\ud800",
    "\udfff", "\U000e0041", "«\u00a0", "\u00a0»", "“", "”", "„", "‘", "’", '"', "'", "‹", "›",
    "— ", "– ", ". ", "… ", "! ", "? ", ", a dit M. Dupont, ", "U.S.", "M. ", "l’", "Le ", "the ",
    "No. 5", "=1+1", "<script>alert(1)</script>", "<img src=file:///dev/zero>", "%s%n",
    "'; DROP TABLE", "{0}", "../../etc", "]]>", "&lt;", "\\", "mot", "word", "12,5",
)  # fmt: skip

#: Any text at all, surrogates included, rich in the pieces above.
hostile_text = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join),
)
hostile_bytes = st.one_of(
    st.binary(max_size=400),
    hostile_text.map(lambda text: text.encode("utf-8", "surrogatepass")),
    hostile_text.map(lambda text: text.encode("utf-16", "surrogatepass")),
    hostile_text.map(lambda text: text.encode("cp1252", "ignore")),
)


@st.composite
def text_and_span(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, int, int]:
    """Draw a text with a non-empty stretch of it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))
