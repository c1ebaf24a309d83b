"""The editor's schemas accept what Frontdesk accepts, and complete its keys."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.content import schemas

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data").rglob("*.yml"))


class Modern(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors read by: no other truth values than true and false, no dates."""


Modern.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Modern.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Modern.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))


def wrong(kind: str, text: str) -> list[str]:
    tree: Any = yaml.load(text, Loader=Modern)
    return [error.message for error in Draft202012Validator(schemas.schema(kind)).iter_errors(tree)]


@pytest.mark.parametrize("kind", sorted(schemas.FORMS))
def test_a_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schemas.schema(kind))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_bundled_content_fits(path: Path) -> None:
    kind = path.relative_to(ROOT / "data").parts[0]
    assert wrong(kind, path.read_text("utf-8")) == []


def test_the_bundled_settings_fit() -> None:
    assert wrong("config", (ROOT / "config.yml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("intents", "intents: {a: {exmaples: {en: [x]}}}"),
        ("intents", "intents: {a: {examples: [x]}}"),
        ("intents", "intents: {a: {role: humann}}"),
        ("templates", "templates: {a: {text: {en: x}}}"),
        ("templates", "templates: {a: {answers: a, text: {en: x}, mode: on}}"),
        ("templates", "phrases: {hello: {en: x}}"),
        ("intents", "intents: {a: {examples: {EN: [x]}}}"),
        ("config", "server: {port: many}"),
        ("config", "conversation: {silence: 24}"),
        ("config", "conversation: {silence: {pigeon: 24h}}"),
        ("config", "teams: {a: {hours: {weekly: {monday: closed}, timezone: UTC}}}"),
    ],
)
def test_what_is_wrong_does_not_fit(kind: str, text: str) -> None:
    assert wrong(kind, text)


def test_keys_are_explained() -> None:
    template = schemas.schema("templates")["$defs"]["TemplateForm"]["properties"]
    assert [key for key, value in template.items() if not value.get("description")] == []


def test_the_repository_has_them_as_they_are() -> None:
    """`frontdesk schema --to schemas` writes them anew."""
    for kind in schemas.FORMS:
        text = (ROOT / "schemas" / schemas.file_name(kind)).read_text("utf-8")
        assert json.loads(text) == schemas.schema(kind), kind


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_bundled_files_tell_editors_where_the_schema_is(path: Path) -> None:
    kind = path.relative_to(ROOT / "data").parts[0]
    assert path.read_text("utf-8").startswith(schemas.editor_line(kind, path, ROOT))


def test_the_pages_for_people_hold_sound_yaml() -> None:
    for page, kind in (("content.md", "intents"), ("content.md", "templates"), ("config.md", "config")):
        blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.S)
        own = [block for block in blocks if block.startswith((f"# data/{kind}", "# yaml-language-server"))]
        assert own
        assert [wrong(kind, block) for block in own] == [[] for _ in own]
