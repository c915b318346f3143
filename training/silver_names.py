"""Mark names in training texts by spaCy, for the tagger to learn: ``python training/silver_names.py``.

Teachers: en_core_web_md (MIT) on PolNeAR's training part, fr_core_news_md (LGPL-LR) on Sequoia.
Needs
spaCy 3.8 and the two models; nothing of them ships. Writes ``build/NAME.names.json``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", HERE.parent.parent / "shared" / "corpora"))
KINDS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def main() -> None:
    """Write the names of both corpora."""
    import spacy

    english, french = sys.argv[1], sys.argv[2]
    for corpus, model in (("asfalda_fr_sequoia", french), ("polnear_train", english)):
        keep = {"ner", "tok2vec"} if corpus == "polnear_train" else {"ner", "tok2vec"}
        nlp = spacy.load(model)
        nlp.select_pipes(enable=[p for p in nlp.pipe_names if p in keep])
        lines = (CORPORA / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
        articles = [json.loads(line) for line in lines]
        out = {}
        for article, doc in zip(articles, nlp.pipe(a["text"] for a in articles), strict=True):
            out[article["id"]] = [
                (KINDS[e.label_], e.start_char + skip(e.text), e.end_char)
                for e in doc.ents
                if e.label_ in KINDS and len(e.text.strip()) > 1
            ]
        (HERE / "build" / f"{corpus}.names.json").write_text(json.dumps(out), encoding="utf-8")
        print(corpus, sum(map(len, out.values())), flush=True)


def skip(words: str) -> int:
    """Leave a leading article out of a name."""
    for lead in ("the ", "The "):
        if words.startswith(lead):
            return len(lead)
    return 0


if __name__ == "__main__":
    main()
