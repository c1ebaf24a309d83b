"""Messages that mean the same, put together and ranked by how many conversations ask it. Pure.

Messages whose words are the same but for order, endings, slips and small words are one form. Forms are
joined by average linkage (`linkage.py`) over what `phrased.py` makes of them. The order in which messages
come in does not matter. The work grows with the square of the number of forms up to `MOST_FORMS` (20,000
messages: a few seconds); rarer forms beyond them join the nearest cluster there is, so from there on it
grows with the number of messages.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.analytics.linkage import groups
from bot.analytics.phrased import Floats, Form, form, misspelt, readings, unit, vectors
from bot.model import Language, Millis
from bot.text.vectors import word_vectors

# Clusters nearer to each other than this become one: where words have vectors, and where they have none.
# Chosen on training lines (benchmarks/clusters.py): rather two clusters about one thing than one about two.
NEAR, NEAR_BY_WORDS = 0.35, 0.28
MOST_FORMS = 20_000
_ID_LETTERS = 10
# For being typical: what it is worth that twice as many typed it, and what a misspelt word costs.
_OFTEN, _SLIPS = 0.02, 0.15
_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a customer."""

    text: str
    language: Language
    conversation: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to put it, as it was typed most often, and how many messages put it so."""

    text: str
    messages: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Messages that mean the same, in one language.

    `id` names the words of the message that asked it first; `ids` are the names of all its forms, so that
    an id leads to the cluster that holds the same words later, when more has been said. `typical` is the
    phrasing in the middle. `phrasings` are all different ones, the commonest first. `members` are the places
    of its messages in what was clustered.
    """

    id: str
    language: Language
    conversations: int
    messages: int
    typical: str
    phrasings: tuple[Phrasing, ...]
    members: tuple[int, ...]
    ids: frozenset[str] = field(repr=False)


def clusters(messages: Sequence[Said]) -> tuple[Cluster, ...]:
    """Every message in exactly one cluster; those asked in the most conversations first."""
    by_language: dict[Language, list[int]] = defaultdict(list)
    for place, message in enumerate(messages):
        by_language[message.language].append(place)
    found = [
        cluster
        for language, places in sorted(by_language.items())
        for cluster in _of_language(messages, places, language)
    ]
    return tuple(sorted(found, key=lambda one: (-one.conversations, -one.messages, one.language, one.id)))


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of messages of one language, commonest first, with the messages and a vector of each."""

    language: Language
    names: tuple[Form, ...]
    members: tuple[tuple[int, ...], ...]
    rows: Floats


def _of_language(messages: Sequence[Said], places: Sequence[int], language: Language) -> list[Cluster]:
    # In an order of their own, so that sums of numbers do not depend on the order in which messages came.
    ordered = sorted(places, key=lambda place: _own_order(messages[place]))
    forms = _forms(messages, ordered, language)
    found: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(_grouped(forms)):
        found[group].append(number)
    return [_cluster(messages, forms, numbers) for numbers in found.values()]


def _own_order(message: Said) -> tuple[str, Millis, str]:
    return message.text, message.at, message.conversation


def _forms(messages: Sequence[Said], places: Sequence[int], language: Language) -> _Forms:
    read = readings([messages[place].text for place in places], language)
    members: dict[Form, list[int]] = defaultdict(list)
    first: dict[Form, tuple[str, ...]] = {}
    for place, reading in zip(places, read, strict=True):
        # Messages without a word are alike if they are typed alike.
        name = form(reading, language) or (messages[place].text.strip(),)
        members[name].append(place)
        first.setdefault(name, reading)
    names = sorted(members, key=lambda name: (-len(members[name]), _hashed(language, name)))
    return _Forms(
        language,
        tuple(names),
        tuple(tuple(members[name]) for name in names),
        vectors([first[name] for name in names], language),
    )


def _grouped(forms: _Forms) -> list[int]:
    """The number of each form's group."""
    near = NEAR if word_vectors(forms.language) else NEAR_BY_WORDS
    joined = groups(forms.rows[:MOST_FORMS], near)
    if len(forms.names) <= MOST_FORMS:
        return [int(number) for number in joined]
    sums = np.zeros((int(joined.max()) + 1, forms.rows.shape[1]), np.float32)
    np.add.at(sums, joined, forms.rows[:MOST_FORMS])
    means = sums / np.bincount(joined)[:, None].astype(np.float32)
    numbers: list[int] = joined.tolist()
    for start in range(MOST_FORMS, len(forms.names), _BLOCK):
        close = forms.rows[start : start + _BLOCK] @ means.T
        best = close.argmax(axis=1)
        for at, place in enumerate(best.tolist()):
            numbers.append(place if close[at, place] >= near else len(sums) + start + at)
    return numbers


def _cluster(messages: Sequence[Said], forms: _Forms, numbers: Sequence[int]) -> Cluster:
    places = [place for number in numbers for place in forms.members[number]]
    counts = Counter(_typed(messages[place].text) for place in places)
    phrasings = tuple(
        Phrasing(text, count)
        for text, count in sorted(counts.items(), key=lambda one: (-one[1], len(one[0]), one))
    )
    hashed = {number: _hashed(forms.language, forms.names[number]) for number in numbers}
    asked_first = min(
        numbers,
        key=lambda number: (min(messages[place].at for place in forms.members[number]), hashed[number]),
    )
    return Cluster(
        id=hashed[asked_first],
        language=forms.language,
        conversations=len({messages[place].conversation for place in places}),
        messages=len(places),
        typical=_typical(messages, forms, numbers),
        phrasings=phrasings,
        members=tuple(sorted(places)),
        ids=frozenset(hashed.values()),
    )


def _typical(messages: Sequence[Said], forms: _Forms, numbers: Sequence[int]) -> str:
    """The form nearest to the middle of all messages, as it is typed most often; rather one without slips."""
    rows = forms.rows[list(numbers)]
    weights = np.array([len(forms.members[number]) for number in numbers], np.float32)
    middle = unit((rows * weights[:, None]).sum(axis=0, keepdims=True))[0]
    texts = [_common_text(messages, forms.members[number]) for number in numbers]
    slips = np.array([misspelt(text, forms.language) for text in texts], np.float32)
    # Rounded, so that a last bit does not decide.
    near = np.round(rows @ middle + _OFTEN * np.log2(weights) - _SLIPS * slips, 4)
    return min(text for text, score in zip(texts, near, strict=True) if score == near.max())


def _common_text(messages: Sequence[Said], places: Sequence[int]) -> str:
    """How most of these messages are typed."""
    typed = Counter(_typed(messages[place].text) for place in places)
    return min(typed, key=lambda text: (-typed[text], len(text), text))


def _typed(text: str) -> str:
    return " ".join(text.split())


def _hashed(language: Language, name: Form) -> str:
    written = "\0".join((language, *name))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]
