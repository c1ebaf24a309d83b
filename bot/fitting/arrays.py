"""Models as one file of arrays, and what to fit as one file of JSON: how `fit` and its child process talk."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.errors import FrontdeskError
from bot.fitting.labelled import Lesson
from bot.matching.confidence import Head
from bot.matching.examples import Examples
from bot.matching.features import Features
from bot.matching.language_model import LanguageModel
from bot.matching.semantic import Meanings
from bot.matching.sentence_models import model_name
from bot.model import Language
from bot.spelling.vocabulary import Vocabulary
from bot.text.tables import tables_of

# Raise it whenever text rules, features, weights or this layout change: older files are then fitted afresh.
FORMAT = 26
# So many files of arrays are kept: content that is changed back is not fitted again.
KEPT = 10
# A file half written that is so many seconds old belongs to no fit that still runs.
HALF_DONE = 3_600
_ARRAYS, _PART = f"{32 * '[0-9a-f]'}.npz", ".part"

Request = Mapping[str, Lesson]


class ArraysUnreadable(FrontdeskError):
    """The file of fitted arrays cannot be read; delete it and it is fitted again."""

    code = "arrays_unreadable"


def heard_in(request: Request, semantic: Collection[Language]) -> list[Language]:
    """Where the second opinion is heard: in those of these languages that have examples."""
    return sorted(language for language, lesson in request.items() if language in semantic and lesson.pairs)


def request_bytes(request: Request, semantic: Collection[Language] = ()) -> bytes:
    """What to fit, the lesson of each language, in one canonical form.

    `semantic` asks for the second opinion in these languages. The word lists and tables of a language are
    named, so that arrays fitted by others are not taken for these.
    """
    languages = {
        language: {
            "pairs": sorted([list(pair) for pair in lesson.pairs]),
            "extra": sorted(set(lesson.extra)),
            "synonyms": sorted(lesson.synonyms),
            "names": sorted([list(pair) for pair in lesson.names]),
            "tables": tables_of(language),
        }
        for language, lesson in request.items()
    }
    models = {language: model_name(language) for language in heard_in(request, semantic)}
    wanted = {"format": FORMAT, "languages": languages, "semantic": models}
    return json.dumps(wanted, sort_keys=True).encode("ascii")


def request_key(request: bytes) -> str:
    """The name under which the arrays of a request are kept."""
    return hashlib.sha256(request).hexdigest()[:32]


def parse_request(request: bytes) -> Iterator[tuple[str, Lesson]]:
    """The languages of a request in sorted order, with their lessons."""
    for language, wanted in sorted(json.loads(request)["languages"].items()):
        pairs, names = ([(intent, text) for intent, text in wanted[key]] for key in ("pairs", "names"))
        synonyms = tuple(tuple(group) for group in wanted["synonyms"])
        yield language, Lesson(pairs, wanted["extra"], synonyms, names)


def wants_semantic(request: bytes) -> set[Language]:
    """The languages in which a request asks for the second opinion."""
    return set(json.loads(request)["semantic"])


def write_models(target: Path, models: Mapping[str, LanguageModel]) -> None:
    """Write models to a file, as `write_arrays` does."""
    arrays: dict[str, Any] = {"languages": _text(sorted(models))}
    for language, model in models.items():
        arrays.update({f"{language}.{name}": array for name, array in _flat(model).items()})
    write_arrays(target, arrays)


def write_arrays(target: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays to a file, whole or not at all: two processes may write the same one at the same time."""
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=_PART, delete=False) as file:
        part = Path(file.name)
        try:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            part.unlink()
            raise
    part.replace(target)


def forget_older(folder: Path, used: Path) -> None:
    """Remove what was fitted to older content, all but the newest `KEPT`, and what killed fits left.

    What cannot be removed stays. `used` is never removed.
    """
    newest = sorted(((_written(file), file) for file in folder.glob(_ARRAYS)), reverse=True)
    half_done = [file for file in folder.glob(f"*{_PART}") if _written(file) < time.time() - HALF_DONE]
    for file in (*half_done, *(file for _, file in newest[KEPT:] if file != used)):
        with suppress(OSError):
            file.unlink()


def _written(file: Path) -> float:
    """When a file was written, in seconds; 0 when another process has just removed it."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def read_models(source: Path) -> dict[str, LanguageModel]:
    """Read the models of a file, ready to judge messages; raises `ArraysUnreadable` when it is damaged."""
    # A damaged byte can also say that a part is encrypted, or packed in an unknown way: RuntimeError.
    try:
        with source.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            models = {language: _model(language, arrays) for language in _list(arrays["languages"])}
        for model in models.values():
            model.prepare()
        return models
    except (OSError, ValueError, KeyError, EOFError, SyntaxError, RuntimeError, BadZipFile) as error:
        raise ArraysUnreadable(f"{source.name} cannot be read: {error}") from error


def _text(strings: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.frombuffer(json.dumps(list(strings)).encode("ascii"), np.uint8)


def _list(array: np.ndarray[Any, Any]) -> list[str]:
    return list(json.loads(array.tobytes()))


_PLAIN = (
    "intercepts", "weight_starts", "weight_columns", "weight_values", "row_starts", "posting_starts",
    "posting_rows", "posting_values", "hashes", "hash_columns", "hash_rows", "stem_weights", "stem_uses",
    "topic_weights", "row_topics",
)  # fmt: skip

_PLAIN_MEANINGS = ("weights", "intercepts", "vectors", "starts", "centre")


def _flat(model: LanguageModel) -> dict[str, Any]:
    examples, features, vocabulary = model.examples, model.examples.features, model.vocabulary
    return {
        "intents": _text(examples.intents),
        "texts": _text(examples.texts),
        "stems": _text(list(features.stems)),
        "stem_numbers": np.array(list(features.stems.values()), np.int64),
        "misspelt": _text(list(features.misspelt)),
        "right": _text(list(features.misspelt.values())),
        "alike": _text(list(features.stands_for)),
        "stands_for": _text(list(features.stands_for.values())),
        "keys": features.keys,
        "idf": features.idf,
        "words": _text(vocabulary.words),
        "counts": vocabulary.counts,
        "pair_keys": vocabulary.pair_keys,
        "pair_counts": vocabulary.pair_counts,
        "head": np.array(model.head.weights),
        "meant": np.array(examples.meant),
        **{name: getattr(examples, name) for name in _PLAIN},
        **_flat_meanings(model.meanings),
    }


def _flat_meanings(meanings: Meanings | None) -> dict[str, Any]:
    if meanings is None:
        return {}
    return {
        "meanings.texts": _text(meanings.texts),
        "meanings.head": np.array(meanings.head.weights),
        "meanings.normal": _text(list(meanings.written)),
        "meanings.written": _text(list(meanings.written.values())),
        **{f"meanings.{name}": getattr(meanings, name) for name in _PLAIN_MEANINGS},
    }


def _model(language: str, arrays: Any) -> LanguageModel:
    def part(name: str) -> Any:
        return arrays[f"{language}.{name}"]

    stems = dict(zip(_list(part("stems")), part("stem_numbers").tolist(), strict=True))
    misspelt = dict(zip(_list(part("misspelt")), _list(part("right")), strict=True))
    stands_for = dict(zip(_list(part("alike")), _list(part("stands_for")), strict=True))
    features = Features(language, stems, part("keys"), part("idf"), misspelt, stands_for)
    examples = Examples(
        intents=tuple(_list(part("intents"))),
        texts=tuple(_list(part("texts"))),
        features=features,
        meant=float(part("meant")),
        **{name: part(name) for name in _PLAIN},
    )
    vocabulary = Vocabulary(
        tuple(_list(part("words"))), part("counts"), part("pair_keys"), part("pair_counts")
    )
    head = Head(tuple(part("head").tolist()))
    meanings = _meanings(part) if f"{language}.meanings.head" in arrays else None
    return LanguageModel(language, vocabulary, examples, head, meanings)


def _meanings(part: Callable[[str], Any]) -> Meanings:
    normal, written = (_list(part(f"meanings.{name}")) for name in ("normal", "written"))
    return Meanings(
        written=dict(zip(normal, written, strict=True)),
        texts=tuple(_list(part("meanings.texts"))),
        head=Head(tuple(part("meanings.head").tolist())),
        **{name: part(f"meanings.{name}") for name in _PLAIN_MEANINGS},
    )
