"""The commands that the pages show with what they print.

A block of a page starts with ```console and `$ frontdesk ...`; `| head -n 8` shows only so many lines. Run as
`python -m tests.shown` this writes into the pages what the commands print today.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from bot.commands import main

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "docs" / "understanding.md",)
WIDTH = 96
_BLOCK = re.compile(
    r"^```console\n\$ frontdesk (?P<command>[^\n|]+?)(?: \| head -n (?P<lines>\d+))?\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# Lines that no new example moves, each up to the figures in it: where rules decide, also what they decide.
_STABLE = re.compile(
    r"(?:Customer|Read as|Carries) .*| +\S+ → .*"
    r"|Intent +\S+(?=.*by its (?:keywords|pattern|regular))|.* \((?:keywords|pattern|regex)\)  .*"
)


def blocks(page: Path) -> Iterator[re.Match[str]]:
    """Every command that a page shows, with what it is said to print."""
    yield from _BLOCK.finditer(page.read_text("utf-8"))


def printed(block: re.Match[str], *options: str) -> str:
    """What the command of a block prints in the demo shop of this repository."""
    words = [*shlex.split(block["command"]), "--content", str(ROOT), *options]
    result = CliRunner(env={"COLUMNS": str(WIDTH)}).invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    lines = [line.rstrip() for line in result.output.strip("\n").splitlines()]
    return "\n".join(lines[: int(block["lines"])] if block["lines"] else lines) + "\n"


def stable(shown: str) -> list[str]:
    """What was heard, which rules fired, and what they decided; without any figures."""
    found = (_STABLE.match(line) for line in shown.splitlines())
    return [" ".join(hit[0].split()) for hit in found if hit]


def written(page: Path, cache: Path) -> str:
    """The page with what its commands print today; `cache` is where models are kept."""
    text = page.read_text("utf-8")
    for block in reversed(list(blocks(page))):
        start, end = block.span("shown")
        text = text[:start] + printed(block, "--cache", str(cache)) + text[end:]
    return text


if __name__ == "__main__":
    with TemporaryDirectory() as models:
        for path in PAGES:
            path.write_text(written(path, Path(models)), "utf-8")
