"""A machine that has no memory left for a message says so, and answers nothing made up.

The C files are compiled as they are, but for the functions that give memory.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import hatch_build
from bot.fitting.fit import fit_here
from bot.kernels import library
from bot.matching.matcher import ContentMatcher
from bot.model import Taught
from tests.small_shop import OUT_OF_SCOPE, shop

ROOT = Path(hatch_build.__file__).parent


@pytest.fixture
def matcher() -> Iterator[ContentMatcher]:
    found = fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"]))
    assert found.match("where is my odrer", "en").best
    yield found
    library.library.cache_clear()


def without(refused: str, folder: Path) -> None:
    """Use a library in which one function gives no memory."""
    (folder / "none.h").write_text(f"#include <stdlib.h>\n#define {refused} NULL\n")
    made_of = library.library().made_of().decode()
    sources = [str(path) for path in hatch_build.kernel_sources(ROOT)]
    subprocess.run(
        [
            *hatch_build.compiler(), *hatch_build.FLAGS, f'-DSOURCES="{made_of}"',
            "-include", str(folder / "none.h"), "-o", str(folder / "_kernels.so"), *sources, "-lm",
        ],
        check=True,
    )  # fmt: skip
    library.library.cache_clear()


@pytest.mark.parametrize(
    ("refused", "text", "sentence"),
    [
        ("malloc(size)", "where is my order", "no room to read a message"),
        ("calloc(count, size)", "where is my odrer", "no room to look for a misspelt word"),
        ("calloc(count, size)", "where is my order", "no room to score a message"),
    ],
)
def test_no_room(
    matcher: ContentMatcher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: str,
    text: str,
    sentence: str,
) -> None:
    without(refused, tmp_path)
    monkeypatch.setattr(library, "LIBRARY", tmp_path / "_kernels.so")
    with pytest.raises(MemoryError, match=sentence):
        matcher.match(text, "en")
