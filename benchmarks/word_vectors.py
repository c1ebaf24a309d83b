"""Makes the table of English word vectors that the matcher ships: bot/text/vectors_en.txt and .npy.

python benchmarks/word_vectors.py [--sentences 200000] [--words 28000] [--size 96] [--seed 2]

Each word gets the vector with which the plain sum over the words of a sentence comes nearest to what
all-MiniLM-L6-v2 (Apache-2.0, Sentence Transformers; it comes with `frontdesk[semantic]`) makes of the whole
sentence. The sentences are made up from a seed, out of the word and word pair counts that the package
symspellpy ships (MIT) and the patterns below; no text of others goes in. It takes about ten minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.matching.sentence_models import embedder
from bot.text.rules import normal

FOLDER = Path(__file__).resolve().parent.parent / "bot/text"
# Words of the sentence model itself that are common enough to be one piece are listed too.
PIECES = Path(__file__).resolve().parent.parent / "bot/matching/wordpieces.txt"
# Short forms as the project writes them, and as the sentence model reads them.
SHORT_FORMS = {
    stem + ending.replace("'", ""): (stem, "'", ending.removeprefix("n").removeprefix("'"))
    for ending, stems in {
        "'t": "don can won didn doesn isn wasn haven hasn couldn wouldn shouldn aren weren hadn",
        "'m": "i", "'ve": "i we you they", "'s": "that what where there who how", "'re": "you they",
        "'ll": "you they",
    }.items()
    for stem in stems.split()
}  # fmt: skip
# Words of today's customers that older counts lack.
NEW_WORDS = """gbp usd eur chf inr cad aud btc passcode passcodes atm atms contactless crypto bitcoin app apps
wifi uber lyft airbnb iphone ipad android whatsapp telegram instagram youtube netflix spotify paypal
venmo iban swift signup login logins logout unsubscribe unblock unblocked refundable nonrefundable
prepaid topup topups preorder ecommerce checkout promo promos cashback voucher vouchers giftcard
chatbot chatbots ebook smartphone smartwatch bluetooth hotspot esim sim sms otp pin url gmail
hotmail pto payslip timesheet fico reschedule rescheduled covid ok okay hi hey yeah yep nope thx pls
plz wanna gonna gotta lemme tv pc mr mrs uk eu usa traveling traveler favorite cancelation canceled
canceling cancelled cancelling itll thatll youd id theyd ill wouldve shouldve"""
PATTERNS = """how do i V my N|how can i V the N|where is my N|why is my N not G|i want to V a N
i need to V my N N|turn off the N|what is the N of my N|can you V my N|can i V a N with a N|my N is A
my N has been E|i have not E my N|the N was E but i did not V it|is it possible to V my N|please V the N
i would like to V N|when will my N be E|what should i do if my N was E|tell me about N N
do you have N|i dont V my N|i cant V the N|i didnt V this N|it isnt A|my N hasnt E
why havent you E my N|im G a N|ive E my N|who can V my N|which N do you V|how much is the N for N
how long does it take to V a N|help me V a N|show me my N|set a N for my N|is there a N near N
there is a problem with my N|i got a A N|where can i find N|what does N mean|i was E for N|N N|N N N
V N|A N|is N A|are you A|whats the N|wheres the N|thats A|could you V N for me|have you E the N
how many N are in a N|add N to my N|cancel my N|change the N of my N|what time is the N|i lost my N
i forgot my N|i am not happy with my N|you are A|it does not G|V it|N for N|my N doesnt V|i wasnt E
can i get N|give me N"""
# How much a word's own vector holds against what the sentences say (as many sentences of one word).
FIRM = 1.0
ROUNDS = 30
# Only so many of the commonest words decide which directions are kept.
DECIDING = 15_000

Floats = npt.NDArray[np.float64]
Choice = tuple[list[str], list[float]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make up sentences, ask the model about them, learn the vectors, write the table."""
    asked = _parser().parse_args(arguments)
    words = listed(asked.words)
    sentences = Sentences(words, asked.seed).some(asked.sentences)
    number = {word: n for n, word in enumerate(words)}
    sentences = [[word for word in sentence if word in number] for sentence in sentences]
    alone = _embedded([[word] for word in words])
    whole = _embedded(sentences)
    rows = np.repeat(np.arange(len(sentences)), [len(sentence) for sentence in sentences])
    columns = [number[word] for sentence in sentences for word in sentence]
    shares = [len(sentence) ** -0.5 for sentence in sentences for _ in sentence]
    table = learned(csr_matrix((shares, (rows, columns)), (len(sentences), len(words))), alone, whole)
    _write(words, reduced(table, asked.size), asked.to)


def listed(count: int) -> list[str]:
    """The words to list, the commonest first."""
    common = [line.split()[0] for line in _lines("frequency_dictionary_en_82_765.txt")]
    pieces = [
        word
        for word in PIECES.read_text("utf-8").split()
        if word.isascii() and word.isalpha() and len(word) > 1
    ]
    chosen = dict.fromkeys([*common[: count * 9 // 10], *SHORT_FORMS, *NEW_WORDS.split(), *pieces, *common])
    plain = [word for word in chosen if word.isascii() and word.isalpha()][:count]
    return [word for word in plain if normal(word, "en") == word]


def _lines(name: str) -> list[str]:
    return files("symspellpy").joinpath(name).read_text(encoding="utf-8-sig").splitlines()


class Sentences:
    """Sentences out of patterns, and out of words that often follow each other."""

    def __init__(self, words: Sequence[str], seed: int) -> None:
        self._chance = random.Random(seed)
        follows: dict[str, Counter[str]] = defaultdict(Counter)
        for line in _lines("frequency_bigramdictionary_en_243_342.txt"):
            first, second, times = line.split()
            follows[first][second] = int(times)
        self._next = {word: _choice(counts.items()) for word, counts in follows.items()}
        self._any = _choice((word, (300 + place) ** -2.4) for place, word in enumerate(words))
        self._kinds = {
            "N": _following(follows, "my the a your an"), "V": _following(follows, "to"),
            "A": _following(follows, "is are very"), "G": _following(follows, "is are am not of for", "ing"),
            "E": _following(follows, "was been has have be not", "ed"),
        }  # fmt: skip
        self._patterns = [part.split() for line in PATTERNS.splitlines() for part in line.split("|")]

    def some(self, count: int) -> list[list[str]]:
        """So many sentences, each a list of words."""
        return [self._patterned() if self._chance.random() < 0.6 else self._chained() for _ in range(count)]

    def _patterned(self) -> list[str]:
        pattern = self._chance.choice(self._patterns)
        return [self._fill(self._kinds[part]) if part in self._kinds else part for part in pattern]

    def _fill(self, kind: Choice) -> str:
        return self._pick(self._any if self._chance.random() < 0.25 else kind)

    def _chained(self) -> list[str]:
        words = [self._pick(self._any)]
        for _ in range(self._chance.choice((1, 2, 3, 4, 5))):
            follows = self._next.get(words[-1])
            words.append(self._pick(follows if follows and self._chance.random() < 0.65 else self._any))
        return words

    def _pick(self, choice: Choice) -> str:
        names, sums = choice
        return names[min(bisect(sums, self._chance.random() * sums[-1]), len(names) - 1)]


def _choice(counts: Iterable[tuple[str, float]]) -> Choice:
    """What to choose from: the common less often than their counts say."""
    pairs = list(counts)
    return [name for name, _ in pairs], list(accumulate(count**0.5 for _, count in pairs))


def _following(follows: dict[str, Counter[str]], before: str, ending: str = "") -> Choice:
    """The words that follow any of some words; not those that follow everything."""
    everywhere = {word for word, count in Counter(w for c in follows.values() for w in c).most_common(60)}
    total: Counter[str] = Counter()
    for word in before.split():
        total.update({w: n for w, n in follows[word].items() if w.endswith(ending) and len(w) > 2})
    return _choice((word, count) for word, count in total.items() if word not in everywhere)


def _embedded(sentences: Sequence[Sequence[str]]) -> Floats:
    parts = [[piece for word in words for piece in SHORT_FORMS.get(word, (word,))] for words in sentences]
    found = []
    for start in range(0, len(parts), 4096):
        found.append(embedder("en").embed(parts[start : start + 4096]))
        print(f"{start + len(found[-1])} of {len(parts)}", flush=True)
    vectors = np.concatenate(found).astype(np.float64)
    return np.asarray(vectors - vectors.mean(axis=0))


def learned(sums: Any, alone: Floats, whole: Floats) -> Floats:
    """The vectors of words whose `sums` come nearest to `whole`, drawn towards those of the words alone.

    Ridge regression by conjugate gradients, every dimension by itself but in one go.
    """
    first = sums @ alone
    start = alone * float((first * whole).sum() / (first * first).sum())
    slope = np.asarray(sums.T @ (whole - sums @ start))
    change, direction = np.zeros_like(start), slope.copy()
    square = (slope * slope).sum(axis=0)
    for _ in range(ROUNDS):
        turned = sums.T @ (sums @ direction) + FIRM * direction
        step = square / (direction * turned).sum(axis=0)
        change += step * direction
        slope -= step * turned
        square, before = (slope * slope).sum(axis=0), square
        direction = slope + square / before * direction
    left = whole - sums @ (start + change)
    print(f"left unexplained: {(left**2).sum() / (whole**2).sum():.3f}", flush=True)
    return start + change


def reduced(table: Floats, size: int) -> Floats:
    """The `size` directions in which the vectors differ most."""
    _, _, directions = np.linalg.svd(table[:DECIDING], full_matrices=False)
    return np.asarray(table @ directions[:size].T)


def _write(words: Sequence[str], table: Floats, folder: Path) -> None:
    order = sorted(range(len(words)), key=lambda n: words[n])
    # A few words with far longer vectors than others are cut short, so that small numbers stay exact.
    scale = 127 / float(np.quantile(np.abs(table), 0.9999))
    numbers = np.clip(np.round(table * scale), -127, 127).astype(np.int8)
    np.save(folder / "vectors_en.npy", numbers[order])
    text = "".join(f"{words[n]}\n" for n in order)
    (folder / "vectors_en.txt").write_text(text, encoding="ascii")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", type=int, default=200_000)
    parser.add_argument("--words", type=int, default=28_000)
    parser.add_argument("--size", type=int, default=96, help="numbers per vector")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder of the table")
    return parser


if __name__ == "__main__":
    main()
