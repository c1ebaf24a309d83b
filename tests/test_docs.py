"""The documentation is whole.

1. Every command and every option of it stands in docs/commands.md.
2. Every dependency has its reason in docs/dependencies.md.
3. Every seam and every room is on the map, ARCHITECTURE.md.
4. Every link from one page to another leads somewhere.
5. Every page is linked from docs/README.md.
6. Every setting of config.yml stands in docs/config.md with its default.
7. Every phrase stands in docs/content.md with its English text.
8. What the pages show of YAML passes `frontdesk check`.
9. What one extends Frontdesk with, actions and channels, is described.
10. No page names a place on the machine where it was written.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from bot.channels.channel import Channel
from bot.commands import main
from bot.config import load
from bot.configform import ConfigForm, TeamForm
from bot.configvalues import UNITS
from bot.content.catalog import load_sources
from bot.yamlform import Form

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
    index = text("docs/README.md")
    pages = [page.name for page in PAGES if page.parent.name == "docs" and page.name != "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []


def settings(form: type[Form]) -> Iterator[tuple[str, object]]:
    """Every setting's name and default, those of parts of config.yml among them."""
    for name, field in form.model_fields.items():
        value = field.get_default(call_default_factory=True)
        if isinstance(value, Form):
            yield from settings(type(value))
        elif name not in {"teams", "default_team"}:  # described in words
            yield name, value


@pytest.mark.parametrize(("name", "value"), [*settings(ConfigForm), *settings(TeamForm)])
def test_every_setting_is_documented_with_its_default(name: str, value: object) -> None:
    rows = re.findall(rf"^\| `{name}` \| (.+?) \|", text("docs/config.md"), re.MULTILINE)
    assert any(row == "none" if value is None else same(row.strip("`"), value) for row in rows)


def same(written: str, value: object) -> bool:
    if length := re.fullmatch(r"(\d+)(ms|[smhd])", written):
        return int(length[1]) * UNITS[length[2]] == value
    if isinstance(value, tuple):
        return written == f"[{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        hours = (f"{name}: {length // UNITS['h']}h" for name, length in value.items())
        return written == f"{{{', '.join(hours)}}}"
    return written == (str(value).lower() if isinstance(value, bool) else str(value))


def test_every_phrase_is_documented_with_its_text() -> None:
    phrases = yaml.safe_load(text("bot/content/phrases.yml"))["phrases"]
    page = text("docs/content.md")
    assert [name for name, texts in phrases.items() if f"| `{name}` | {texts['en']} |" not in page] == []


def samples(page: str, language: str = "yaml") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)


def test_the_samples_of_content_pass_the_check() -> None:
    shown = [
        (next(iter(yaml.safe_load(one))), one)
        for one in samples("docs/content.md")
        if not one.startswith(" ")
    ]
    first = {f"{key}/x.yml": one for key, one in reversed(shown) if key in {"intents", "templates"}}
    phrases = {"templates/phrases.yml": shown[-1][1]}
    assert load_sources(first | phrases, ["en", "sv"], ["web", "rest"]).problems == ()
    for key, one in shown:
        name = "templates/x.yml" if key in {"templates", "phrases"} else "intents/x.yml"
        alone = load_sources({name: one}, ["en", "sv"], ["web", "rest"])
        assert [problem for problem in alone.errors if problem.code not in {"unknown_intent"}] == []


def test_the_sample_of_all_settings_passes_the_check(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(samples("docs/config.md")[-1])
    assert load(tmp_path / "config.yml").default_team == "support"


def test_what_can_be_extended_is_described() -> None:
    seam = [name for name in vars(Channel) if not name.startswith("_")]
    assert [name for name in seam if f"`{name}" not in text("docs/channels.md")] == []
    page = text("docs/actions.md")
    described = ("`name()`", "`run(dispatcher, tracker, domain)`", "tracker.get_slot", "utter_message")
    assert [name for name in described if name not in page] == []
    for sample in samples("docs/actions.md", "python"):
        compile(sample, "docs/actions.md", "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_the_machine_it_was_written_on(page: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:work|root|home|tmp)/\S*", page.read_text("utf-8")) == []
