"""Fitting.

1. A matcher fitted in the child process answers as one fitted here.
2. The second time, nothing is fitted: the arrays are read.
3. Other content has other arrays; a damaged file is fitted again.
4. Several processes may fit the same content into one folder at once.
5. A child that fails is a FitFailed with a sentence.
6. Neither fitting nor serving imports scikit-learn or scipy into this process, nor anything above matching.
7. Our own descent finds what scikit-learn's LinearSVC finds.
8. So do machines against the nearest others, which tell how far they are.
9. Vectors made of many messages at once are those made of each; in large content what occurs once is left
   out, but for words.
10. Arrays fitted with other word lists are not taken for these; a file with any one bit turned is unreadable
    or as good as before.
11. A folder that cannot be written is a FitFailed that names it, and nothing half done stays.
12. Arrays of older content go when there are more than a few.
13. A fitted matcher has at hand all that its first message needs, in every language; a model that is only
    fitted has built none of it.
"""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.errors import FrontdeskError
from bot.fitting.arrays import KEPT, ArraysUnreadable, read_models, request_bytes, request_key
from bot.fitting.bulk import FEW_MESSAGES, Rows, learn_features
from bot.fitting.fit import FitFailed, Progress, fit, fit_here, requested
from bot.fitting.labelled import Lesson, labelled
from bot.fitting.nearby import nearby_machines
from bot.fitting.svm import Machines, machines
from bot.fitting.training import fit_language, main
from bot.matching.features import PAIR
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, Taught
from bot.spelling.general import general_words
from bot.text.plain import list_file
from bot.text.synonyms import Group, groups
from bot.text.vectors import word_vectors
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE, shop


def run_fit(intents: dict[str, Intent], folder: Path, on_progress: Progress | None = None) -> ContentMatcher:
    return asyncio.run(fit(Taught(intents, OUT_OF_SCOPE, ["en"]), folder, on_progress))


ASKED = ("where is it", "refund", "i moved", "cancel the ordr", "sunday", "sing")


def test_1_to_3_the_child_and_the_cache(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    here = fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"]))
    first = run_fit(shop(), tmp_path, lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps) and len(steps) > 2 and steps[-1] == (100, 100)
    steps.clear()
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns
    second = run_fit(shop(), tmp_path, lambda done, total: steps.append((done, total)))
    assert steps == [] and file.stat().st_mtime_ns == written
    for text in ASKED:
        assert here.match(text, "en") == first.match(text, "en") == second.match(text, "en")
    file.write_bytes(file.read_bytes()[:200])
    third = run_fit(shop(), tmp_path)
    assert third.match("where is it", "en") == here.match("where is it", "en")
    run_fit(shop(more=Intent("more", examples={"en": ("something more",)})), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_4_at_once(tmp_path: Path) -> None:
    async def three() -> list[ContentMatcher]:
        return list(await asyncio.gather(*(fit(Taught(shop(), {}, ["en"]), tmp_path) for _ in range(3))))

    found = asyncio.run(three())
    assert len({one.match("where is my order", "en") for one in found}) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_5_a_child_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(FitFailed, match="Fitting the matcher failed"):
        run_fit(shop(), tmp_path)
    assert issubclass(FitFailed, FrontdeskError)
    assert list(tmp_path.iterdir()) == []


def test_6_imports() -> None:
    program = (
        "import sys, bot.fitting.fit, bot.entities.entities, bot.text.questions, bot.fitting.training\n"
        "heavy = ('sklearn', 'scipy', 'pydantic', 'aiohttp', 'yaml')\n"
        "above = ('bot.content', 'bot.config', 'bot.storage')\n"
        "print([name for name in sys.modules if name.split('.')[0] in heavy or name.startswith(above)])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def as_matrix(rows: Rows, width: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    matrix = np.zeros((len(rows), width))
    for number in range(len(rows)):
        ids, values = rows.row(number)
        matrix[number, ids] = values
    return matrix


def says(matrix: np.ndarray[Any, np.dtype[np.float64]], found: Machines) -> Any:
    weights = np.zeros((len(found.intercepts), matrix.shape[1]))
    weights[found.intents, found.features] = found.values
    return matrix @ weights.T + found.intercepts


def test_7_the_same_machines() -> None:
    from sklearn.svm import LinearSVC

    labelled = [(name, text.split()) for name, texts in EXAMPLES.items() for text in texts]
    names = sorted(EXAMPLES)
    columns = np.array([names.index(name) for name, _ in labelled])
    features, rows = learn_features([words for _, words in labelled], "en")
    ours = machines(rows, columns, len(names), len(features.keys), 2.0)
    assert (np.diff(ours.features) >= 0).all()
    matrix = as_matrix(rows, len(features.keys))
    theirs = LinearSVC(C=2.0, random_state=0).fit(matrix, columns)
    assert says(matrix, ours) == pytest.approx(theirs.decision_function(matrix), abs=0.2)


def test_8_the_nearest_others_do_where_all_would() -> None:
    labelled = [(name, text.split()) for name, texts in EXAMPLES.items() for text in texts]
    columns = np.array([sorted(EXAMPLES).index(name) for name, _ in labelled])
    features, rows = learn_features([words for _, words in labelled], "en")
    shares: list[float] = []
    found = nearby_machines(rows, columns, len(EXAMPLES), features, len(features.keys), 2.0, shares.append)
    assert shares == sorted(shares) and shares[-1] == 1
    assert (np.diff(found.features) >= 0).all()
    expected = machines(rows, columns, len(EXAMPLES), len(features.keys), 2.0)
    matrix = as_matrix(rows, len(features.keys))
    assert says(matrix, found) == pytest.approx(says(matrix, expected), abs=0.2)


ALIKE = groups((("my order", "parcel"), ("again again", "once more", "i"), ("a word of none", "open")), "en")


@pytest.mark.parametrize("synonyms", [(), ALIKE])
def test_9_vectors_of_many_are_those_of_each(synonyms: tuple[Group, ...]) -> None:
    pairs = [(name, text) for name, texts in EXAMPLES.items() for text in texts]
    pairs += [("again", "again " * 30), ("again", "my order " * 30), ("again", "once more")]
    lesson = Lesson(pairs, synonyms=synonyms)
    model = fit_language(lesson, "en")
    data = labelled(lesson, "en")
    _, rows = learn_features(data.words, "en", synonyms=data.synonyms)
    for number, words in enumerate(data.words):
        vector, (ids, values) = model.scorer.read(words).vector, rows.row(number)
        assert sorted(ids) == sorted(vector.ids)
        assert values[np.argsort(ids)] == pytest.approx(vector.values[np.argsort(vector.ids)], abs=1e-6)


def test_9_in_large_content_a_pair_or_a_piece_of_letters_has_to_occur_twice() -> None:
    often = [("track", "order")] * FEW_MESSAGES
    once, twice = [("track", "parcel"), ("xyz", "xyz")], [("lost", "luggage")] * 2
    features, rows = learn_features([*often, *once, *twice], "en")
    assert len(features.stems) == 6
    assert (np.diff(features.keys) > 0).all()
    df = np.bincount(rows.ids, minlength=len(features.keys))
    words = (features.keys >= 0) & (features.keys < PAIR)
    assert df.sum() == len(rows.ids)
    assert df[words].min() == 1
    assert df[~words].min() == 2
    assert (features.keys >= PAIR).sum() == 2
    lengths = [np.linalg.norm(rows.row(number)[1]) for number in range(len(rows))]
    assert lengths == pytest.approx([1] * len(lengths), abs=1e-6)


def test_10_other_word_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    request = requested(Taught(shop(), OUT_OF_SCOPE, ["en"]))
    with_these = request_key(request_bytes(request))
    assert with_these == request_key(request_bytes(request))
    monkeypatch.setattr("bot.fitting.arrays.tables_of", lambda language: "others")
    assert request_key(request_bytes(request)) != with_these


def test_10_any_bit_may_turn(tmp_path: Path) -> None:
    run_fit(shop(), tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    chance = np.random.default_rng(0)
    for place in chance.integers(len(good) - 3_000, len(good), 300).tolist():
        turned = bytearray(good)
        turned[place] ^= 1 << int(chance.integers(8))
        file.write_bytes(turned)
        with suppress(ArraysUnreadable):
            read_models(file)


def test_11_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FitFailed, match=r"Fitting the matcher failed: .*file"):
        run_fit(shop(), tmp_path / "file" / "models")


def test_11_nothing_half_done_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    source = tmp_path / "request"
    source.write_bytes(request_bytes(requested(Taught(shop(), {}, ["en"]))))
    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(SystemExit, match="cannot be written: No space left on device"):
        main([str(source), str(tmp_path / "models.npz")])
    assert list(tmp_path.iterdir()) == [source]


def test_12_older_content_is_forgotten(tmp_path: Path) -> None:
    for age in range(KEPT + 3):
        older = tmp_path / f"{age:032x}.npz"
        older.touch()
        os.utime(older, (1_000_000 - age, 1_000_000 - age))
    for name, age in (("other.npz", 9), ("killed.part", 9)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    (tmp_path / "fresh.part").touch()
    run_fit(shop(), tmp_path)
    left = {file.name for file in tmp_path.iterdir()}
    assert len(left) == KEPT + 2 and {"other.npz", "fresh.part"} <= left
    assert f"{KEPT - 2:032x}.npz" in left and f"{KEPT - 1:032x}.npz" not in left


LANGUAGES = ("en", "sv", "ro", "ru", "tr", "th")
LISTS = (word_vectors, general_words, list_file)


def test_13_the_first_message_waits_for_nothing(tmp_path: Path) -> None:
    for lists in LISTS:
        lists.cache_clear()
    matcher = asyncio.run(fit(Taught(shop(), OUT_OF_SCOPE, LANGUAGES), tmp_path))
    model = matcher.model("en")
    assert model and {"corrector", "scorer", "segments"} <= vars(model).keys()
    loaded = [lists.cache_info().misses for lists in LISTS]
    assert [one.corrected for one in matcher.match("where is my odrer", "en").corrections] == ["order"]
    for language in LANGUAGES:
        matcher.match("a strange wrod", language)
    assert [lists.cache_info().misses for lists in LISTS] == loaded


def test_13_what_is_only_fitted_is_not_made_ready() -> None:
    model = fit_language(Lesson([(name, text) for name, texts in EXAMPLES.items() for text in texts]), "en")
    assert not {"corrector", "scorer", "segments"} & vars(model).keys()
