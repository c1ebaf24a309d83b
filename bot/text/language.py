"""Which of the configured languages a text is written in: by script, small words and letters, and sequences
of letters.

The last is py3langid's model, restricted to the languages that are possible. It is loaded (0.6 s, 75 MB) when
the first text in a script that two configured languages share is to be told.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from bot.text.thaiwords import segment
from bot.text.tokens import words

_SCRIPTS = (
    ("th", "\u0e00", "\u0e7f"),
    ("cyrillic", "\u0400", "\u052f"),
    ("greek", "\u0370", "\u03ff"),
    ("arabic", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("ko", "\uac00", "\ud7af"),
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
)
_WRITTEN_IN = {
    "ru": "cyrillic",
    "uk": "cyrillic",
    "bg": "cyrillic",
    "sr": "cyrillic",
    "el": "greek",
    "ar": "arabic",
    "fa": "arabic",
    "th": "th",
    "he": "he",
    "ko": "ko",
    "ja": "ja",
    "zh": "zh",
}

SMALL_WORDS = {
    "en": (
        "the a an is are am was i you he she it we they my your to of in on for with and or not do "
        "does did have has how what where when why who can could would will this that please hello hi "
        "thanks me want need there"
    ),
    "sv": (
        "och att det som en ett är jag du han hon vi ni de min mitt din ditt inte har hade hur vad "
        "var när varför vem vad vilken kan kunde vill ska med för på av till från om hej tack den här mig"
    ),
    "ro": (
        "și si este sunt e eu tu el ea noi voi un o al ai a cu pe la de din nu am are ați ati cum ce "
        "unde când cand pot poate vreau să sa mea meu mele pentru care bună buna mulțumesc multumesc "
        "imi îmi va rog îmi se"
    ),
    "ru": (
        "и в не на я что как где когда почему кто мой моя мое мы вы он она это с по у за для есть был "
        "мне хочу могу можно ли привет спасибо пожалуйста нет да"
    ),
    "tr": (
        "ve bir bu ne nasıl nerede ne zaman neden kim mi mı mu mü değil var yok ben sen biz siz benim "
        "için ile istiyorum lütfen merhaba teşekkürler evet hayır de da çok"
    ),
    "de": (
        "der die das ein eine ist sind ich du er sie wir mein meine nicht und oder wie was wo wann "
        "warum kann möchte mit für auf zu von bitte hallo danke habe hat"
    ),
    "es": (
        "el la los las un una es son yo tú mi mis no y o cómo qué dónde cuándo por para con de en "
        "puedo quiero hola gracias está se me lo del al"
    ),
    "fr": (
        "le la les un une est sont je tu il elle nous vous mon ma mes ne pas et ou comment quoi où "
        "quand pourquoi peux pour avec de du des en dans bonjour merci suis ai"
    ),
    "it": (
        "il lo la gli un una è sono io tu mio mia non e o come cosa dove quando perché posso per con "
        "di in ciao grazie ho ha vorrei del della"
    ),
    "pt": (
        "o a os as um uma é são eu meu minha não e ou como que onde quando por para com de em posso "
        "quero olá obrigado obrigada está do da"
    ),
    "pl": (
        "i w nie na to jest się ja mój moja jak co gdzie kiedy dlaczego czy mogę chcę z do od dla "
        "dzień dobry dziękuję proszę mam"
    ),
    "nl": (
        "de het een is zijn ik je hij zij wij mijn niet en of hoe wat waar wanneer waarom kan wil met "
        "voor op van hallo bedankt heb heeft te"
    ),
    "fi": (
        "ja on ei minä sinä hän me te minun miten mitä missä milloin miksi voi voinko haluan kanssa "
        "hei kiitos olen että se tämä"
    ),
}
_LETTERS = {"sv": "åäö", "ro": "ășțâîşţ", "tr": "ışğçöüİ", "de": "äöüß", "es": "ñ¿¡áéíóú", "fr": "éèêàçùœ",
            "pt": "ãõçáéê", "pl": "ąęłńóśźż", "fi": "äö", "it": "àèìòù"}  # fmt: skip
_MAX_CHARACTERS = 400
# What one small word or letter counts beside the log probability of the letters, and the share of all that a
# language needs to be told.
_SMALL_WORD = 1.5
_CLEAR = 0.7
_LEAST = 1e-4
# So many unknown words, and half of all, make a message one that may be in a foreign language.
_STRANGE = 2
_loading = Lock()


def identify(text: str, languages: Sequence[str]) -> str | None:
    """The language of the text among `languages`, or None when nothing speaks for one of them alone."""
    text = text[:_MAX_CHARACTERS]
    script = _script(text)
    possible = tuple(language for language in languages if _written_in(language) == script)
    if len(possible) <= 1:
        return possible[0] if possible else None
    letters = _by_letters(text, possible)
    scores = {one: math.exp(letters[one] + _SMALL_WORD * _small(text, one)) for one in possible}
    best = max(possible, key=lambda language: scores[language])
    return best if scores[best] >= _CLEAR * sum(scores.values()) else None


def foreign_words(found: Sequence[str], language: str, known: Callable[[str], bool]) -> frozenset[str]:
    """The small words of other languages in a message of which most is unknown; `found` in normal form.

    They are no slips: *vad* asks what, in Swedish, and is not meant as *vat* in a bot that speaks English.
    """
    letters = [word for word in found if word.isalpha()]
    strange = [word for word in letters if not known(word)]
    if len(strange) < _STRANGE or 2 * len(strange) <= len(letters):
        return frozenset()
    own, small = _small_words(language), _all_small_words()
    return frozenset(word for word in strange if word in small and word not in own)


def prepare(languages: Sequence[str]) -> None:
    """Load what reading and telling the languages needs, so that no customer waits for it."""
    if "th" in languages:
        segment("ก")
    scripts = [_written_in(language) for language in languages]
    for script in sorted({script for script in scripts if scripts.count(script) > 1}):
        _restricted(tuple(one for one in languages if _written_in(one) == script))


def _written_in(language: str) -> str:
    return _WRITTEN_IN.get(language, "latin")


def _script(text: str) -> str:
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            name = "latin" if letter < "\u0370" else _other_script(letter)
            counts[name] = counts.get(name, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name]) if counts else ""


def _other_script(letter: str) -> str:
    return next((name for name, first, last in _SCRIPTS if first <= letter <= last), "latin")


def _small(text: str, language: str) -> float:
    """How many small words and letters of a language a text has."""
    small = _small_words(language)
    hits = sum(1.0 for word in words(text, language) if word in small)
    letters = sum(0.8 for letter in set(text.lower()) if letter in _LETTERS.get(language, ""))
    return hits + letters


@lru_cache(maxsize=1)
def _all_small_words() -> frozenset[str]:
    return frozenset().union(*(_small_words(language) for language in SMALL_WORDS))


@lru_cache(maxsize=32)
def _small_words(language: str) -> frozenset[str]:
    return frozenset(words(SMALL_WORDS.get(language, ""), language))


def _by_letters(text: str, languages: tuple[str, ...]) -> dict[str, float]:
    """The log probability of each language by py3langid; all alike where it is not installed."""
    identifier = _restricted(languages)
    ranked = dict(identifier.rank(text)) if identifier else {}
    return {one: math.log(max(float(ranked.get(one, 1.0)), _LEAST)) for one in languages}


@lru_cache(maxsize=32)
def _restricted(languages: tuple[str, ...]) -> Any:
    whole = _identifier()
    known = [one for one in languages if whole and one in whole.labels]
    if len(known) < 2:
        return None
    own = copy.copy(whole)
    own.set_languages(known)
    return own


def _identifier() -> Any:
    with _loading:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Any:
    if find_spec("py3langid") is None:
        return None
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
