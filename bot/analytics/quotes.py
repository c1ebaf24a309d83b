"""What customers said, the same words put together, with personal data masked. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.text.masking import masked

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it was said in a conversation; `names` are the people known to be in it."""

    text: str
    conversation: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A text that was said so many times, masked; `conversation` is one of those where it was."""

    text: str
    times: int
    conversation: str


def quotes(said: Iterable[Said], most: int) -> tuple[Quote, ...]:
    """The texts said most often, the first that was said first among equals; case and signs do not matter."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in said:
        text = shown(one)
        if text:
            groups[likeness(text)].append((text, one.conversation))
    ranked = sorted(groups.values(), key=len, reverse=True)
    return tuple(_quote(group) for group in ranked[:most])


def shown(said: Said) -> str:
    """A text as others may read it: on one line, masked."""
    text = " ".join(said.text.split())
    return _masked(text, tuple(name for name in said.names if _may_hold(text.casefold(), name.casefold())))


def likeness(text: str) -> str:
    """What texts have in common that differ only in case, signs and spaces."""
    return _SIGNS.sub(" ", text.casefold()).strip() or text


def _quote(group: list[tuple[str, str]]) -> Quote:
    ((text, _),) = Counter(text for text, _ in group).most_common(1)
    return Quote(text, len(group), next(where for one, where in group if one == text))


def _may_hold(text: str, name: str) -> bool:
    """Whether some word of the name may stand in the text, whatever ending it has there.

    Looking for names is slow, and few messages have any.
    """
    return any(word[: max(2, len(word) - 1)] in text for word in name.split())


# The same words are said again and again; a text of its own is masked in a tenth of a millisecond.
@lru_cache(maxsize=20_000)
def _masked(text: str, names: tuple[str, ...]) -> str:
    return masked(text, names)
