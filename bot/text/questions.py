"""Cutting a message into the questions it asks, so that two questions get two answers."""

from __future__ import annotations

import re

# A piece with fewer words than this is no question of its own and stays with its neighbour.
MIN_WORDS = 2
MAX_QUESTIONS = 4
MAX_CHARACTERS = 2_000

_ENDS = re.compile(r"(?<=[?!？！。])\s*|(?<=[.…])\s+(?=\S)|[\r\n]+")
_JOINS = re.compile(
    r"[,;]?\s+(?:and also|and another thing|also,|also can|and can you|and how|and where|and when|and what|"
    r"och också|och hur|și cum|si cum|si de asemenea|și de asemenea|а также|и ещё|и еще|ve ayrıca|ayrıca)\s*",
    re.IGNORECASE,
)
_KEPT = re.compile(r"(?:can|how|where|when|what|hur|cum)\b.*", re.IGNORECASE | re.DOTALL)
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|e\.g|i\.e|mr|mrs|ms|dr|nr|no|st|ca|etc|vs)\.$", re.IGNORECASE)


def split_questions(text: str, most: int = MAX_QUESTIONS) -> tuple[str, ...]:
    """The parts of a message that may each be a question, in order; the whole message if it does not
    clearly fall apart, or into more than `most`.

    Cuts after `?`, `!`, full stops and at line ends, and before "and also", "and how", and the like. Short
    pieces ("Hi!", "Thanks.") stay with what follows or comes before them.
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
    pieces: list[str] = []
    at = 0
    for hit in _JOINS.finditer(sentence):
        before = sentence[at : hit.start()].strip()
        if before:
            pieces.append(before)
        keep = _KEPT.search(hit.group())
        at = hit.start() + keep.start() if keep else hit.end()
    return [*pieces, sentence[at:].strip()]


def _merge(pieces: list[str]) -> list[str]:
    """Pieces too short to ask anything go with the next one, the last with the one before."""
    merged: list[str] = []
    waiting = ""
    for piece in pieces:
        part = f"{waiting} {piece}".strip()
        if len(part.split()) < MIN_WORDS and any(letter.isalpha() for letter in part):
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
