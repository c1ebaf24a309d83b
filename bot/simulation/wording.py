"""What invented customers type: the content's own examples, put a little differently, with slips."""

from __future__ import annotations

import random
import re
from functools import lru_cache

from bot.content.catalog import Content
from bot.content.templates import Question
from bot.model import EntityKind, Language
from bot.text.keyboards import neighbours

# Said around a question. Only in English: elsewhere the examples are used as they are.
_BEFORE = ("hi, ", "hello, ", "hey ", "please, ", "sorry, ", "quick question: ", "ok so ", "hi there! ")
_AFTER = (" please", " thanks", "?", "??", " :)", ", thank you", " asap")
_SMALL = frozenset(
    ("a", "an", "the", "my", "i", "is", "are", "do", "does", "to", "of", "for", "please", "it")
)
_WORD = re.compile(r"[^\W\d_]{4,}")

THANKS = ("thanks!", "thank you", "great, thanks", "perfect, thank you")
PERSON = ("can I talk to a person please", "I want to talk to a human", "let me speak to somebody")
ANGRY = ("this is useless, ", "I have asked this before! ", "come on, ", "really? ")
MISSING = (
    "it does not fit my case",
    "the answer was too general",
    "that is not what I asked",
    "it is out of date",
)
STILL_THERE = ("hello? is anybody there?", "how much longer?", "are you still there?")
UNKNOWN = ("I don't have it here", "I don't know", "no idea")

ORDERS = tuple(f"A{number}" for number in range(100_001, 100_013))
_KINDS: dict[EntityKind, str] = {
    "number": "2",
    "amount": "49.90",
    "date": "tomorrow",
    "email": "sim@example.org",
    "phone": "+46 70 123 45 67",
}
_GUESSES = (*ORDERS, "2", "12345", "123456", "sim@example.org", "2027-03-01", "ABC-1234", "12345678")


def question(content: Content, intent: str, language: Language, slips: float, chance: random.Random) -> str:
    """A message that asks for `intent`; `slips` is how likely a word of it is misspelt."""
    examples = content.intents[intent].examples
    text = chance.choice(examples.get(language) or next(iter(examples.values())))
    return told(text, language, slips, chance)


def told(text: str, language: Language, slips: float, chance: random.Random) -> str:
    """The same said by somebody else: small words come and go, and fingers slip."""
    if language == "en" and chance.random() < 0.5:
        text = _shortened(text, chance)
    if language == "en" and chance.random() < 0.35:
        text = chance.choice(_BEFORE) + text
    if language == "en" and chance.random() < 0.35:
        text += chance.choice(_AFTER)
    return slip(text, language, chance) if chance.random() < slips else text


def slip(text: str, language: Language, chance: random.Random) -> str:
    """The text with one letter of one longer word left out, doubled, swapped, or from the key beside it."""
    found = [match.span() for match in _WORD.finditer(text)]
    if not found:
        return text
    start, end = chance.choice(found)
    at = chance.randrange(start + 1, end)
    letter, kind = text[at], chance.randrange(4)
    if kind == 0:
        wrong = ""
    elif kind == 1:
        wrong = letter + letter
    elif kind == 2:
        return text[: at - 1] + letter + text[at - 1] + text[at + 1 :]
    else:
        wrong = chance.choice(_beside(letter.lower(), language))
    return text[:at] + wrong + text[at + 1 :]


def value(asked: Question, chance: random.Random) -> str:
    """A reply to a slot question: mostly one that fits."""
    if chance.random() < 0.06:
        return chance.choice(UNKNOWN)
    if asked.pattern is None:
        fixed = _KINDS[asked.kind] if asked.kind else "the blue one"
        return chance.choice(asked.values or (fixed,))
    chosen = chance.choice([guess for guess in _GUESSES if _fits(asked.pattern, guess)] or UNKNOWN)
    if chance.random() < 0.05:
        return chosen[:-1]
    return f"it is {chosen}" if chance.random() < 0.3 else chosen


@lru_cache(maxsize=256)
def _fits(pattern: str, guess: str) -> bool:
    try:
        return re.fullmatch(pattern, guess, re.IGNORECASE) is not None
    except re.error:
        # RE2 has a few signs that Python does not know.
        return False


def _shortened(text: str, chance: random.Random) -> str:
    words = text.split()
    kept = [word for word in words if word.lower() not in _SMALL or chance.random() < 0.5]
    return " ".join(kept) if len(kept) >= 2 else text


@lru_cache(maxsize=1024)
def _beside(letter: str, language: Language) -> tuple[str, ...]:
    return tuple(sorted(pair[1] for pair in neighbours(language) if pair[0] == letter)) or (letter,)
