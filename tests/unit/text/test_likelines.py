from __future__ import annotations

from annotator.text.likelines import line_key, lines_like


def test_a_remembered_line_is_found_whatever_its_numbers():
    text = "Titre\n12 Commentaires\nUn texte.\n \nSuivez-nous\u00a0!"
    keys = {line_key("3 commentaires"), line_key("SUIVEZ-NOUS !")}
    assert [span.slice(text) for span in lines_like(text, keys)] == [
        "12 Commentaires",
        "Suivez-nous\u00a0!",
    ]
    assert lines_like(text, [""]) == []
