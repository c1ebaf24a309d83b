"""The documentation is whole.

1. Every command and every option of it stands in docs/commands.md.
2. Every dependency has its reason in docs/dependencies.md.
3. Every seam and every room is on the map, ARCHITECTURE.md.
4. Every link from one page to another leads somewhere.
5. Every page is linked from the README or from docs/README.md.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.commands import main

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(group: click.Group, prefix: str = "frontdesk") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{prefix} {name} is listed and cannot be loaded"
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


@pytest.mark.parametrize(("name", "command"), list(commands(main)), ids=str)
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    page = text("docs/commands.md")
    assert name in page
    section = page.split(f"`{name}", 1)[1].split("\n## ", 1)[0]
    options = [opt for param in command.params for opt in param.opts if opt.startswith("--")]
    assert [option for option in options if option not in section] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    names = [re.split(r"[<>=\[; ]", line)[0] for line in project["dependencies"] + extras]
    page = text("docs/dependencies.md")
    assert [name for name in names if name.lower() not in page.lower()] == []


def test_every_seam_and_room_is_on_the_map() -> None:
    page = text("ARCHITECTURE.md")
    rooms = [path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")]
    assert [room for room in rooms if f"bot/{room}/" not in page] == []
    assert [seam for seam in ("Database", "Bus", "Desk", "Channel") if f"`{seam}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_page_is_linked() -> None:
    index = text("README.md") + text("docs/README.md")
    assert [page.name for page in PAGES if page.name not in index and page.name != "README.md"] == []
