"""Which of the configured languages a text is written in: by script, then by small words and letters."""

from __future__ import annotations

from collections.abc import Sequence

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
        "var när varför vem kan kunde vill ska med för på av till från om hej tack den här mig"
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


def identify(text: str, languages: Sequence[str]) -> str | None:
    """The language of the text among `languages`, or None when nothing speaks for one of them alone."""
    text = text[:_MAX_CHARACTERS]
    script = _script(text)
    possible = [language for language in languages if _WRITTEN_IN.get(language, "latin") == script]
    if len(possible) <= 1:
        return possible[0] if possible else None
    scores = {language: _score(text, language) for language in possible}
    ranked = sorted(possible, key=lambda language: -scores[language])
    return ranked[0] if scores[ranked[0]] > scores[ranked[1]] else None


def _script(text: str) -> str:
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            name = next((name for name, first, last in _SCRIPTS if first <= letter <= last), "latin")
            counts[name] = counts.get(name, 0) + 1
    return max(sorted(counts), key=lambda name: counts[name]) if counts else ""


def _score(text: str, language: str) -> float:
    small = set(words(SMALL_WORDS.get(language, ""), language))
    hits = sum(1.0 for word in words(text, language) if word in small)
    letters = sum(0.8 for letter in set(text.lower()) if letter in _LETTERS.get(language, ""))
    return hits + letters
