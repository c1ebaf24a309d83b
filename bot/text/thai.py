"""Thai script: no spaces between words, marks above and below that `\\w` does not count as letters.

A run of Thai is cut into words by `thaiwords.py` where its word list is installed. Without it, a run is cut
into clusters: one leading vowel, a consonant, and its marks and following vowels, which can never be split.
Clusters are shorter than words, and their sequences do the work of words.
"""

from __future__ import annotations

import re

# Marks above and below, as a regex has them in a class.
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

_CLUSTER = re.compile(r"[เ-ไ]?[ก-ฮ](?:[ัิ-ฺ็-๎]|[ะาำๅ](?![ั-ฺ]))*(?:[ก-ฮ]์)?|.", re.DOTALL)
_RUN = re.compile(r"[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_REPEATED_MARK = re.compile(r"([ัิ-ฺ็-๎])\1+")
# A tone mark typed before the vowel above or below looks the same as after it.
_SWAPPED_MARKS = re.compile(r"([่-๋])([ัิ-ู])")
_MARKS_ALONE = re.compile(f"[{MARKS}]+")
# What cannot begin a word: marks, vowels that follow, the sign of repetition.
_FOLLOWS = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ")
_LEADS = frozenset("เแโใไ")


def is_thai(letter: str) -> bool:
    """Whether a character belongs to the Thai block."""
    return "\u0e00" <= letter <= "\u0e7f"


def fold_thai(word: str, language: str) -> str:
    """Mend the common ways to type marks and vowels that look alike, and write digits as 0 to 9."""
    if word.isascii() or not any(is_thai(letter) for letter in word):
        return word
    word = word.replace("ํา", "ำ").replace("เเ", "แ").translate(_DIGITS)
    word = _SWAPPED_MARKS.sub(r"\2\1", word)
    return _REPEATED_MARK.sub(r"\1", word)


def clusters(run: str) -> list[str]:
    """Cut a run of Thai into clusters; joined again they give the run."""
    return _CLUSTER.findall(run)


def whole(pieces: list[str]) -> list[str]:
    """Pieces of a run, with marks that stand alone behind the letters before them, or before the first: a
    slip left them there, and it is easier seen in one word.
    """
    found: list[str] = []
    for piece in pieces:
        if found and (_MARKS_ALONE.fullmatch(piece) or _MARKS_ALONE.fullmatch(found[-1])):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def scripts(text: str) -> list[str]:
    """Cut a text where Thai letters meet others; joined again the parts give the text."""
    return _RUN.findall(text)


def borders(run: str) -> list[int]:
    """The places where words of a run may begin or end: not before a mark, not behind a leading vowel."""
    inside = [n for n in range(1, len(run)) if run[n] not in _FOLLOWS and run[n - 1] not in _LEADS]
    return [0, *inside, len(run)]
