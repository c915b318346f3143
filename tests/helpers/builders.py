"""Make small, real things to test with."""

from annotator.importers.base import ImportedText

TEXT = (
    "BARRAGE Le barrage restera fermé\n"
    "La remise en eau n’interviendra pas avant juillet, a appris l’agence de deux sources proches "
    "du dossier.\n"
    "«\u00a0Personne ne savait\u00a0», a dit la seconde source, «\u00a0sauf eux 🙂\u00a0».\n"
    "Irène Castel n’a pas répondu. Mme Castel dirige Hydrolac. Hydrolac est cotée.\n"
)


def imported(text=TEXT, name="a.txt", **fields):
    defaults = {
        "text": text,
        "charset": "utf-8",
        "charset_origin": "utf-8",
        "replaced": 0,
        "mask": (),
        "headings": (),
        "language": "fr",
        "headline": "Le barrage restera fermé",
        "headline_span": None,
        "metadata": {},
        "origins": (),
        "warnings": (),
        "media_type": "text/plain",
        "name": name,
    }
    return ImportedText(**(defaults | fields))
