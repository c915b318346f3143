"""List the English words that report when they are used: ``resources/lexicons/en/cue_words.txt``.

A word is in it where at least a quarter of its uses in PolNeAR's training part belong to a cue
(three uses or more, small words left out). Run: ``python training/cue_words.py``. No randomness.
"""

from __future__ import annotations

import collections
import re

import data
from annotator.suggest.lexicon import word_set

OUT = data.HERE.parent / "resources" / "lexicons" / "en" / "cue_words.txt"
LEAST, SHARE = 3, 0.25
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
SMALL = word_set(
    "the a an of to in on for and or but that this with by from at as is was were are be been has "
    "have had will would could can may might also he she it they who which his her their its not "
    "n't did do does"
)


def words(articles: list[dict]) -> list[str]:
    """Return the words, sorted."""
    used: collections.Counter[str] = collections.Counter()
    reporting: collections.Counter[str] = collections.Counter()
    for article in articles:
        cued = {
            i
            for span in article["spans"]
            if span["type"] == "cue"
            for begin, end in data.fragments(span)
            for i in range(begin, end)
        }
        for found in WORD.finditer(article["text"]):
            word = found.group().lower()
            used[word] += 1
            reporting[word] += found.start() in cued
    return sorted(
        word
        for word, count in reporting.items()
        # Two uses more than were seen: a word seen rarely has to be a cue nearly always.
        if count >= LEAST and (count + 0.2) / (used[word] + 2) >= SHARE and word not in SMALL
    )


def main() -> None:
    """Write the list."""
    found = words(data.load("polnear_train"))
    OUT.write_text("\n".join(found) + "\n", encoding="utf-8")
    print(len(found))


if __name__ == "__main__":
    main()
