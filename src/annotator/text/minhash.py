"""Near-duplicates: the same story with another head, another tail, a few other words.

A text is a set of three-word shingles; its signature keeps the least hash of each of 128 bins
(one permutation, empty bins filled from their neighbours), so that two signatures estimate how
much the sets share. Candidates are found by equal bands of signatures; the cost grows as n log n
with the number of texts.

Forecasts, market reports and results are written to one pattern: they share most of their words
and tell different stories. So a pair must share names and numbers, too.

Source: Broder 1997 (resemblance and containment); Li, Owen and Zhang 2012 (one permutation
hashing); Shrivastava and Li 2014 (densification by rotation).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.model.span import Span, normalise
from annotator.text.names import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

BINS = 128
#: Bands of so many bins: two texts that share a fifth of their words meet in one almost surely.
_BAND = 2
_CHUNK = 20_000
#: Texts count as the same story if this share of the shorter one is in the longer one.
CONTAINMENT = 0.45
#: ... and this share of both together is common, so that a quotation is not a copy.
RESEMBLANCE = 0.18
#: ... and this share of the names and numbers of the one that has fewer.
FACTS = 0.6
#: So few names and numbers tell nothing.
_FEW_FACTS = 4
#: So many of them are kept, those with the least hashes.
_KEPT_FACTS = 64
_FEWEST = 8
_WORD = re.compile(r"\w+")
#: A number, or a word with a capital that begins no sentence.
_FACT = re.compile(
    r"(?<!\w)(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?<=[^\W\d_,;)]) [«“\"(]?(?:[dlDL]['’])?(?P<name>[A-ZÀ-ÖØ-Þ][\w-]+)"
    r"|(?<=[\d,;)]) (?P<after>[A-ZÀ-ÖØ-Þ][\w-]+)"
)
_MIX_1, _MIX_2, _MIX_3 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what is kept of a text: its hashes, and how many shingles it has.

    ``hashes`` are 128 least ones of shingles (little-endian, 8 bytes each), then up to 64 of names
    and numbers (4 bytes each, ascending).
    """

    hashes: bytes
    size: int

    @property
    def shingles(self) -> bytes:
        """Return the hashes of the shingles."""
        return self.hashes[: BINS * 8]

    @property
    def facts(self) -> tuple[int, ...]:
        """Return the hashes of names and numbers."""
        return tuple(memoryview(self.hashes[BINS * 8 :]).cast("I"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Say how much two texts share, estimated.

    ``resemblance`` is the share of both together, ``containment`` the share of the shorter one,
    ``facts`` the share of the names and numbers; 1 where there are too few to tell.
    """

    resemblance: float
    containment: float
    facts: float = 1.0

    @property
    def is_near(self) -> bool:
        """Say whether they are versions of one story."""
        return (
            self.containment >= CONTAINMENT
            and self.resemblance >= RESEMBLANCE
            and self.facts >= FACTS
        )


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _shingles(text: str) -> Hashes:
    """Return the distinct hashes of the three-word shingles of a folded text."""
    import numpy as np

    words = np.fromiter(map(_word_hash, _WORD.findall(fold(text))), dtype=np.uint64)
    if len(words) < _FEWEST:
        return np.empty(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = words[:-2] * np.uint64(_MIX_1)
        mixed = (mixed + words[1:-1]) * np.uint64(_MIX_2)
        mixed = (mixed + words[2:]) * np.uint64(_MIX_3)
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(_MIX_2)
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def signature(text: str, mask: Iterable[Span] = ()) -> Signature:
    """Return the signature of a text without its furniture.

    A text of fewer than eight words has size 0 and is like nothing.
    """
    import numpy as np

    text = _without(text, mask)
    hashes = _shingles(text)
    if not len(hashes):
        return Signature(b"", 0)
    bins = (hashes >> np.uint64(57)).astype(np.intp)
    # The hashes are sorted, so the first of each bin is its least.
    present, first = np.unique(bins, return_index=True)
    least = np.zeros(BINS, dtype=np.uint64)
    least[present] = hashes[first]
    # An empty bin takes the value of the next full one, marked with how far away it is.
    places = np.searchsorted(present, np.arange(BINS)) % len(present)
    distance = (present[places] - np.arange(BINS)) % BINS
    with np.errstate(over="ignore"):
        filled = least[present[places]] + distance.astype(np.uint64) * np.uint64(_MIX_3)
    return Signature(filled.astype("<u8").tobytes() + _facts(text), len(hashes))


def _facts(text: str) -> bytes:
    found = {
        _word_hash(fold(match["number"] or match["name"] or match["after"]))
        for match in _FACT.finditer(text)
    }
    return b"".join(one.to_bytes(4, "little") for one in sorted(found)[:_KEPT_FACTS])


def _shared_facts(one: Signature, other: Signature) -> float:
    """Return the share of the names and numbers of the text that has fewer, estimated."""
    left, right = one.facts, other.facts
    # Beyond the greatest hash that is kept of a long text nothing is known of it.
    full = [facts[-1] for facts in (left, right) if len(facts) == _KEPT_FACTS]
    limit = min(full, default=1 << 32)
    first, second = ({fact for fact in facts if fact <= limit} for facts in (left, right))
    fewer = min(len(first), len(second))
    # One more stands for those that are shared by accident, which tells where there are few.
    return 1.0 if fewer < _FEW_FACTS else len(first & second) / (fewer + 1)


def _without(text: str, mask: Iterable[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in normalise(mask):
        parts.append(text[at : span.start])
        at = span.end
    return " ".join((*parts, text[at:]))


def likeness(one: Signature, other: Signature) -> Likeness:
    """Estimate how much two texts share."""
    import numpy as np

    if not one.size or not other.size:
        return Likeness(0.0, 0.0)
    left, right = (np.frombuffer(s.shingles, dtype="<u8") for s in (one, other))
    return _likeness(float(np.count_nonzero(left == right)) / BINS, one, other)


def _likeness(resemblance: float, one: Signature, other: Signature) -> Likeness:
    shared = resemblance * (one.size + other.size) / (1 + resemblance)
    contained = min(1.0, shared / min(one.size, other.size))
    return Likeness(resemblance, contained, _shared_facts(one, other))


def near_pairs(
    signatures: Sequence[Signature], *, fresh_from: int = 0
) -> list[tuple[int, int, Likeness]]:
    """Find the pairs of near-duplicates among texts.

    Texts that share a band are sorted together and each is compared with its neighbour and with
    the first of its run only, so the cost stays linear even where hundreds of texts are alike;
    ``groups`` joins what the pairs connect.

    Args:
        signatures: one a text.
        fresh_from: leave out pairs of texts that both come before this index.

    Returns:
        Pairs of indices (the smaller first) with their likeness.
    """
    import numpy as np

    known = [i for i, s in enumerate(signatures) if s.size]
    if len(known) < 2:
        return []
    order = np.array(known, dtype=np.int64)
    table = np.frombuffer(b"".join(signatures[i].shingles for i in known), dtype="<u8")
    table = table.reshape(len(known), BINS)
    codes = np.unique(np.concatenate([_neighbours(table, band) for band in range(BINS // _BAND)]))
    left, right = codes // len(known), codes % len(known)
    fresh = np.maximum(order[left], order[right]) >= fresh_from
    left, right = left[fresh], right[fresh]
    found: list[tuple[int, int, Likeness]] = []
    for start in range(0, len(left), _CHUNK):
        one, other = left[start : start + _CHUNK], right[start : start + _CHUNK]
        shares = np.count_nonzero(table[one] == table[other], axis=1) / BINS
        for at in np.flatnonzero(shares >= RESEMBLANCE):
            first, second = sorted((known[int(one[at])], known[int(other[at])]))
            how = _likeness(float(shares[at]), signatures[first], signatures[second])
            if how.is_near:
                found.append((first, second, how))
    return sorted(found, key=lambda pair: pair[:2])


def _neighbours(table: Hashes, band: int) -> NDArray[np.int64]:
    """Return the pairs of rows that share a band, as ``low * rows + high``."""
    import numpy as np

    rows = len(table)
    columns = table[:, band * _BAND : (band + 1) * _BAND]
    with np.errstate(over="ignore"):
        key = columns[:, 0] * np.uint64(_MIX_1)
        for column in range(1, _BAND):
            key = (key + columns[:, column]) * np.uint64(_MIX_2)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    same = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    starts = np.concatenate([[0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1])
    leaders = order[starts[np.searchsorted(starts, same, side="right") - 1]]
    one = np.concatenate([order[same - 1], leaders]).astype(np.int64)
    other = np.concatenate([order[same], order[same]]).astype(np.int64)
    return np.minimum(one, other) * rows + np.maximum(one, other)


def groups(pairs: Iterable[tuple[Hashable, Hashable]]) -> list[list[Hashable]]:
    """Join pairs of near-duplicates into groups, each in the order in which it was met."""
    leader: dict[Hashable, Hashable] = {}

    def find(key: Hashable) -> Hashable:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    order: dict[Hashable, None] = {}
    for one, other in pairs:
        order.update({one: None, other: None})
        leader[find(other)] = find(one)
    found: dict[Hashable, list[Hashable]] = {}
    for key in order:
        found.setdefault(find(key), []).append(key)
    return list(found.values())
