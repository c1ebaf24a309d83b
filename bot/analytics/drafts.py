"""A draft of an intent and a template for questions that mean the same, for a person to look at. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.analytics.phrased import Form, form, misspelt, readings
from bot.analytics.smallwords import small_words
from bot.content import placeholders
from bot.content.snapshot import Content
from bot.model import Language
from bot.text.masking import has_masks
from bot.text.stems import stem
from bot.text.tokens import is_word, words

# So many examples are drafted, and so many words name an intent.
MOST_EXAMPLES, MOST_WORDS = 30, 3
# An example with more characters is a story.
_LONG = 200
# A word that fewer messages have names nothing.
_LEAST_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Draft:
    """What accepting would write.

    `intent` is the name of a new intent with `examples`, or of one there is already, which may get more of
    them. `template` is the name of the new template, and `text` its answer, empty where operators have not
    replied. `agreement` is the share of the `replies` it was made from that say it.
    """

    intent: str
    is_new: bool
    template: str
    language: Language
    examples: tuple[str, ...]
    text: str
    agreement: float
    replies: int


def name(typical: str, phrasings: Sequence[str], language: Language, taken: Collection[str]) -> str:
    """A name out of the words that most phrasings share, in the order of the typical one; none of `taken`."""
    small = small_words(language)
    read = readings([typical, *phrasings], language)
    counts = Counter(one for reading in read[1:] for one in {stem(word, language) for word in reading})
    telling = [word for word in dict.fromkeys(read[0]) if is_word(word) and word not in small]
    shares = {word: counts[stem(word, language)] / max(1, len(phrasings)) for word in telling}
    ranked = sorted(telling, key=lambda word: -shares[word])
    kept = [word for word in ranked if shares[word] >= _LEAST_SHARE][:MOST_WORDS] or ranked[:MOST_WORDS]
    plain = "_".join(word for word in telling if word in kept) or "question"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}_{number}", number + 1
    return found


def examples(
    phrasings: Sequence[str], language: Language, known: Collection[Form], most: int = MOST_EXAMPLES
) -> tuple[str, ...]:
    """Different phrasings, masked already, in their order; those that the content has (`known`) are left out.

    Of phrasings that differ by small words, order and slips only, the first that is spelt right stays. Those
    with masks, which are no words that customers use, and long stories are left out where there are others.
    """
    best: dict[Form, str] = {}
    for text, reading in zip(phrasings, readings(phrasings, language), strict=True):
        key = _telling(reading, language)
        if key not in best or (misspelt(best[key], language) and not misspelt(text, language)):
            best[key] = text
    found = [text for key, text in best.items() if key and key not in known]
    clean = [text for text in found if not has_masks(text)] or found
    return tuple(([text for text in clean if len(text) <= _LONG] or clean)[:most])


def known_examples(content: Content, language: Language) -> frozenset[Form]:
    """What the examples of the content in one language say, those of what is out of scope among them."""
    own = [one.examples.get(language, ()) for one in content.intents.values()]
    every = [text for texts in (*own, content.out_of_scope.get(language, ())) for text in texts]
    return frozenset(_telling(words(text, language), language) for text in every)


def _telling(reading: Sequence[str], language: Language) -> Form:
    """The stems of a message, without small words if it has others."""
    small = small_words(language)
    return form([word for word in reading if word not in small] or reading, language)


def written(text: str) -> str:
    """An answer as a template writes it: its braces are only braces."""
    return placeholders.escape(text)
