"""Measure GUM by three folds: ``python training/gum_folds.py FOLDER0 FOLDER1 FOLDER2``.

Folder N holds a tagger trained with ``--gum-fold N``, so with that third of GUM left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import measure

from annotator.suggest.corpus import suggest_article
from annotator.suggest.engine import Engine


def main() -> None:
    """Print the figures of all documents and of the news alone."""
    articles = measure.data.load("gum_wikinews_en")
    found = {}
    for fold, folder in enumerate(sys.argv[1:4]):
        engine = Engine.load(folder=Path(folder))
        for number, article in enumerate(articles):
            if number % 3 == fold:
                found[article["id"]] = suggest_article(
                    engine, {k: article[k] for k in ("id", "lang", "text")}
                )
    gold = {a["id"]: a for a in articles}
    print("all ", measure.attributions(gold, found))
    news = {k: v for k, v in gold.items() if "_news_" in k}
    print("news", measure.attributions(news, {k: found[k] for k in news}))


if __name__ == "__main__":
    main()
