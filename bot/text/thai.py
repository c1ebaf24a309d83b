"""Thai script: no spaces between words, marks above and below that `\\w` does not count as letters.

Without a word list, a run of Thai is cut into clusters: one leading vowel, a consonant, and its marks and
following vowels, which can never be split. Clusters are shorter than words, and their sequences do the work
of words.
"""

from __future__ import annotations

import re

_CLUSTER = re.compile(r"[เ-ไ]?[ก-ฮ](?:[ัิ-ฺ็-๎]|[ะาำๅ](?![ั-ฺ]))*(?:[ก-ฮ]์)?|.", re.DOTALL)


def is_thai(letter: str) -> bool:
    """Whether a character belongs to the Thai block."""
    return "\u0e00" <= letter <= "\u0e7f"


def fold_thai(word: str, language: str) -> str:
    """Mend the two common ways to type sara am and sara ae, and drop repeated marks."""
    if not any(is_thai(letter) for letter in word):
        return word
    word = word.replace("ํา", "ำ").replace("เเ", "แ")
    return re.sub(r"([ัิ-ฺ็-๎])\1+", r"\1", word)


def clusters(run: str) -> list[str]:
    """Cut a run of Thai into clusters; joined again they give the run."""
    return _CLUSTER.findall(run)
