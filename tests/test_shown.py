"""What the pages show of `frontdesk ask` is what it prints today.

1. What was heard and what rules decide is the same; figures and what examples decide move with every example.
2. There are examples of all kinds: sure, unsure, nothing fits, and rules that compete.
"""

import re
from pathlib import Path

import pytest

from tests.shown import PAGES, blocks, printed, stable

BLOCKS = [block for page in PAGES for block in blocks(page)]
AGAIN = "; `python -m tests.shown` writes what is printed today into the page"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["command"])
def test_1_a_page_shows_what_is_printed(block: re.Match[str], cache: Path) -> None:
    now = printed(block, "--cache", str(cache))
    assert stable(block["shown"]) == stable(now), f"the page shows something else{AGAIN}"


def test_2_all_kinds_are_shown() -> None:
    shown = "".join(block["shown"] for block in BLOCKS)
    kinds = ("Why sure: ", "Why not sure: ", "nothing fits", 'asks "did you mean"', "comes second", "Carries")
    assert [kind for kind in kinds if kind not in shown] == []
