"""Cutting a message into the questions it asks, so that two questions get two answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.text.thai import is_thai

# A piece with fewer words than this is no question of its own and stays with its neighbour.
MIN_WORDS = 2
# Letters of a Thai one, where a greeting has ten.
THAI_WORD = 8
MAX_QUESTIONS = 4
MAX_CHARACTERS = 2_000

_ENDS = re.compile(r"(?<=[?!？！。])\s*|(?<=[.…])\s+(?=\S)|[\r\n]+")
# What joins another question whatever follows.
_FILLERS = (
    "and another thing|and also|also,|also(?= can\\b)|och också|(?:și|si|şi) de asemenea|а также|и ещё|и еще|"
    "ve ayrıca|ayrıca"
)
# What asks when it stands first. Where a verb could go on a statement ("it was late and was the wrong size"),
# its subject has to follow.
_PERSONS = "i|u|you|we|they|he|she"
_THINGS = "it|there|this|that|these|those|my|your|our"
_ENGLISH = (
    "(?:how|where|when|what|why|which|who)(?:'?s)?\\b|"
    f"(?:can|could|may|should|shall|will|would|does|did)\\s+(?:{_PERSONS}|{_THINGS}|the|any)\\b|"
    f"(?:do|am|have|has|must)\\s+(?:{_PERSONS})\\b|"
    f"(?:is|are|was|were)\\s+(?:{_PERSONS}|{_THINGS})\\b"
)
_SWEDISH = (
    "(?:hur|n[äa]r|vad|varf[öo]r|vilken|vilket|vilka|vem|vart|var\\s+(?:är|finns|hittar|ligger|kan|ska|får))\\b|"
    "(?:kan|kunde|skulle|ska|f[åa]r|m[åa]ste|vill|har|beh[öo]ver|[äa]r|finns|g[åa]r|kommer|kostar|g[äa]ller)\\s+"
    "(?:jag|man|du|ni|vi|det|den|de|min|mitt|mina)\\b"
)
_ROMANIAN = (
    "(?:cum|unde|c[âa]nd|c[âa]t|de\\s+ce|cine|care\\s+(?:e|este|sunt)|(?<=[șş]i\\s)ce|"
    "a[șsş]\\s+putea|pot|putem|po[țtţ]i|pute[țtţ]i|ave[țtţ]i|se\\s+poate|este\\s+posibil)\\b"
)
_RUSSIAN = (
    "(?:как|где|когда|куда|откуда|сколько|почему|зачем|как(?:ой|ая|ое|ие|ов)|кто|что\\s+(?:такое|делать|мне)|"
    "можно|могу\\s+(?:ли|я)|можете|\\w+\\s+ли)\\b(?!-)"
)
# From the first of many spaces only: a message of spaces would take long otherwise.
_JOINS = re.compile(
    rf"(?:[,;]|(?<!\s))\s+(?:(?:{_FILLERS})\s*|(?:and|&|plus)\s+(?:please\s+|then\s+)?(?={_ENGLISH})|och\s+(?={_SWEDISH})|"
    rf"(?:și|si|şi|iar)\s+(?={_ROMANIAN})|(?:и|а)\s+(?={_RUSSIAN}))",
    re.IGNORECASE,
)
# These languages ask at the end: both sides have to.
_AT_THE_END = (
    (
        re.compile(r"(?:[,;]|(?<!\s))\s+ve\s+", re.IGNORECASE),
        re.compile(
            r"\b(?:ner[ei]\w*|ne|nasıl|neden|niye|niçin|kaç\w*|hangi\w*|kim\w*|"
            r"m[ıiuü](?:y[ıiuü][mz]|s[ıiuü]n\w*|yd[ıiuü]\w*)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"(?<!\s)\s*(?:และ|แล้วก็)\s*"),
        re.compile(
            "ไหม|มั้ย|มัย|หรือเปล่า|หรือยัง|หรือไม่|ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|อย่างไร|ยังไง|เท่าไหร่|เท่าไร|ทำไม|อะไร|ใคร|กี่"
        ),
    ),
)
# Two question words with "and" between them are one question: "where and when". They have no more letters.
_OPEN_LETTERS = 10
_OPEN = re.compile(
    r"\b(?:how|where|when|what|why|which|who|hur|n[äa]r|var|vad|varför|vem|cum|unde|c[âa]nd|ce|cine|как|где|когда|"
    r"что|почему|кто)$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|e\.g|i\.e|mr|mrs|ms|dr|nr|no|st|ca|etc|vs)\.$", re.IGNORECASE)


def split_questions(text: str, most: int = MAX_QUESTIONS) -> tuple[str, ...]:
    """The parts of a message that may each be a question, in order; the whole message if it does not
    clearly fall apart, or into more than `most`.

    Cuts after `?`, `!`, full stops and at line ends, and before "and also" and an "and" that another question
    follows. Short pieces ("Hi!", "Thanks.") stay with what follows or comes before them.
    """
    whole = text[:MAX_CHARACTERS].strip()
    pieces: list[str] = []
    for sentence in _sentences(whole):
        pieces.extend(_joined(sentence))
    merged = _merge(pieces)
    return tuple(merged) if 1 < len(merged) <= most else ((whole,) if whole else ())


def _sentences(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _ENDS.split(text):
        part = piece.strip()
        if not part:
            continue
        if pieces and _ABBREVIATION.search(pieces[-1]):
            pieces[-1] = f"{pieces[-1]} {part}"
        else:
            pieces.append(part)
    return pieces


def _joined(sentence: str) -> list[str]:
    """The parts of a sentence that stand between joins."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(_cuts(sentence), key=lambda cut: (cut[0], -cut[1])):
        if start < at:
            continue
        before = sentence[at:start].strip()
        if before:
            pieces.append(before)
        at = end
    return [*pieces, sentence[at:].strip()]


def _cuts(sentence: str) -> Iterator[tuple[int, int]]:
    """From where to where the joins of a sentence go."""
    for hit in _JOINS.finditer(sentence):
        if not _OPEN.search(sentence, max(0, hit.start() - _OPEN_LETTERS), hit.start()):
            yield hit.span()
    for join, asks in _AT_THE_END:
        asked = [hit.span() for hit in asks.finditer(sentence)]
        for hit in join.finditer(sentence) if asked else ():
            if asked[0][1] <= hit.start() and hit.end() <= asked[-1][0]:
                yield hit.span()


def _merge(pieces: list[str]) -> list[str]:
    """Pieces too short to ask anything go with the next one, the last with the one before."""
    merged: list[str] = []
    waiting = ""
    for piece in pieces:
        part = f"{waiting} {piece}".strip()
        if _words(part) < MIN_WORDS and any(letter.isalpha() for letter in part):
            waiting = part
        elif not any(letter.isalnum() for letter in piece):
            waiting = part if not merged else waiting
        else:
            merged.append(part)
            waiting = ""
    if waiting and merged:
        merged[-1] = f"{merged[-1]} {waiting}"
    elif waiting:
        merged.append(waiting)
    return merged


def _words(part: str) -> int:
    """About how many words a piece has; Thai has no spaces between them."""
    return max(len(part.split()), sum(map(is_thai, part)) // THAI_WORD)
