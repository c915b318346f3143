"""The engine: an article's text in, proposals out.

Paragraphs are read one by one and kept, so that a change of one paragraph reads that paragraph
only;
what needs the whole article (who "she" is, which names are one actor) is done last and is cheap.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.suggest import assemble, claims, dialogue, interview, lexicon, pack_names, rules
from annotator.suggest.read import MODEL, RULES, Reading, read
from annotator.suggest.register import is_personal
from annotator.suggest.tagger import Tagged, Tagger
from annotator.suggest.tokens import Tokens, ends_open, paragraphs, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.model.span import Spans
    from annotator.suggest.base import Proposal
    from annotator.suggest.pack_names import PackName

_LOG = logging.getLogger(__name__)
_KEPT_CHARACTERS = 400_000
# The French half of the network holds back a little: it read fewer texts. Set on Le Monde's dev
# part, where recall of unnamed sources and of mixed quotes rises by this and F1 does not fall.
_LEANING = {"fr": -0.15, "en": 0.0}
# Interviews and columns in the first person were hardly read in training, and too much is found in
# them: set on Wikinews interviews that the network had not seen.
_HOLDING_BACK = 0.12


@dataclass(frozen=True, slots=True)
class _Key:
    language: str
    carried: bool
    bias: float
    personal: bool
    fiction: bool
    turn: interview.Turn
    line: str


class Engine:
    """Propose marks for articles. Thread: one call at a time; one engine a thread."""

    def __init__(
        self,
        tagger: Tagger | None,
        claim_model: claims.ClaimModel | None,
        *,
        language: str | None = None,
    ) -> None:
        self._tagger = tagger
        self._claims = claim_model
        self._language = language
        self._kept: OrderedDict[_Key, Reading] = OrderedDict()
        self._size = 0

    @classmethod
    def load(
        cls, *, lang: str | None = None, rules_only: bool = False, folder: Path | None = None
    ) -> Engine:
        """Load the shipped models; where they cannot run, the engine works by rules alone.

        Args:
            lang: language taken for articles whose own is unknown (``None``: guessed from the
            words).
            rules_only: leave the models out.
            folder: a tagger other than the shipped one.
        """
        if rules_only:
            return cls(None, None, language=lang)
        try:
            tagger = Tagger(folder)
        except (ImportError, OSError, KeyError, ValueError) as error:
            _LOG.warning("tagger not available, rules only: %s", type(error).__name__)
            return cls(None, None, language=lang)
        return cls(tagger, claims.ClaimModel.load(), language=lang)

    def propose(
        self,
        text: str,
        language: str = "und",
        *,
        mask: Spans = (),
        bias: float = 0.0,
        names: Sequence[PackName] = (),
    ) -> list[Proposal]:
        """Return proposals in text order; links are indices in the list.

        Args:
            text: the article's canonical text.
            language: its tag; only ``fr`` and ``en`` are read, anything else is guessed.
            mask: page furniture, left unread.
            bias: above 0 fewer quotes, below 0 more (0.3 is a clear step).
            names: what a language pack takes for names in this text.
        """
        language = self.language_of(text, language)
        readings = self._read(_without(text, mask), language, bias)
        if names:
            common = self._tagger.knows if self._tagger else None
            readings = pack_names.merged(readings, names, language, common=common)
        return assemble.assemble(readings, language)

    def language_of(self, text: str, language: str) -> str:
        """Return ``fr`` or ``en`` for an article."""
        code = language.lower()[:2]
        if code in lexicon.LANGUAGES:
            return code
        return (
            self._language if self._language in lexicon.LANGUAGES else lexicon.guess_language(text)
        )

    def _read(self, text: str, language: str, bias: float) -> list[tuple[int, Reading]]:
        """Return (start, reading) of every paragraph; only unknown ones are read."""
        wanted: list[tuple[int, _Key]] = []
        fresh: dict[_Key, Tokens] = {}
        carried = False
        fiction = dialogue.is_fiction(text, language)
        personal = is_personal(text, language)
        bias += _LEANING[language] + (_HOLDING_BACK if personal else 0.0)
        lines = list(paragraphs(text))
        roles = interview.turns([line for _, line in lines], language)
        for (start, line), turn in zip(lines, roles, strict=True):
            key = _Key(language, carried, bias, personal, fiction, turn, line)
            wanted.append((start, key))
            kept = self._kept.get(key)
            tokens = kept.tokens if kept else fresh.get(key)
            if tokens is None:
                tokens = fresh[key] = tokenise(line, 0, carried=carried)
            carried = ends_open(tokens)
        known: dict[_Key, Reading] = {}
        for _, key in wanted:
            if key in self._kept:
                known[key] = self._kept[key]
                self._kept.move_to_end(key)
        for key, reading in zip(fresh, self._read_fresh(fresh, language, bias), strict=True):
            known[key] = reading
            self._kept[key] = reading
            self._size += len(key.line)
        self._forget(max(_KEPT_CHARACTERS, len(text)))
        return [(start, known[key]) for start, key in wanted]

    def _read_fresh(self, fresh: dict[_Key, Tokens], language: str, bias: float) -> list[Reading]:
        tokens = list(fresh.values())
        if self._tagger is not None:
            tagged: Sequence[Tagged] = self._tagger.tag(tokens, language, bias=bias)
            origin = MODEL
        else:
            tagged = [Tagged(t, rules.tag(t, language), []) for t in tokens]
            origin = RULES
        common = self._tagger.knows if self._tagger else None
        readings = [
            read(
                key.line,
                t,
                language,
                origin,
                fiction=key.fiction,
                personal=key.personal,
                turn=key.turn,
                common=common,
            )
            for key, t in zip(fresh, tagged, strict=True)
        ]
        if self._claims is not None:
            self._claims.find(readings, language)
        return readings

    def _forget(self, most: int) -> None:
        """Let go of the readings not used for longest; those of the text just read all stay."""
        while self._size > most and self._kept:
            old, _ = self._kept.popitem(last=False)
            self._size -= len(old.line)


def _without(text: str, mask: Spans) -> str:
    """Return the text with masked characters blanked, lines and offsets kept."""
    if not mask:
        return text
    parts: list[str] = []
    at = 0
    for span in sorted(mask):
        start, end = max(at, min(span.start, len(text))), min(span.end, len(text))
        if end <= start:
            continue
        parts += [text[at:start], "".join("\n" if c == "\n" else " " for c in text[start:end])]
        at = end
    return "".join([*parts, text[at:]])
