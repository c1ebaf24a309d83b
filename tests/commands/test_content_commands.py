"""`frontdesk check`, `schema`, `init` and `import`, as a person runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import main
from bot.config import load_folder
from bot.content import packs
from bot.content.catalog import load

ROOT = Path(__file__).parents[2]


def frontdesk(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def project(folder: Path) -> Path:
    for name, text in {
        "config.yml": "languages: [en]\nnmae: x\n",
        "data/intents/a.yml": "intents:\n  a:\n    examples: {en: [x]}\n  b:\n    examples: {en: [x]}\n",
        "data/templates/a.yml": "templates:\n  a: {answers: a, text: {en: '{x}'}}\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_check_prints_problems_like_a_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "shop")
    monkeypatch.chdir(tmp_path)
    result = frontdesk("check", "shop")
    assert result.exit_code == 1
    places = [line for line in result.output.splitlines() if not line.startswith(" ")]
    assert places == [
        "shop/config.yml:2:1: error: `nmae` is not a key here [unknown_key]",
        "shop/data/intents/a.yml:4:3: warning: no template answers `b` [unanswered]",
        "shop/data/intents/a.yml:5:21: warning: `x` is also an example of `a`, at intents/a.yml:3:21"
        " [example_of_two]",
        "shop/data/templates/a.yml:2:26: error: nothing fills `{x}` [unfilled_slot]",
        "2 errors and 2 warnings in 2 files.",
    ]


def test_check_for_machines(tmp_path: Path) -> None:
    found = json.loads(frontdesk("check", project(tmp_path), "--format", "json").output)
    assert (found["errors"], found["warnings"], found["hash"]) == (2, 2, None)
    assert set(found["problems"][0]) == {"file", "line", "column", "code", "message", "hint", "severity"}


def test_check_annotates_on_github(tmp_path: Path) -> None:
    first = frontdesk("check", project(tmp_path), "--format", "github").output.splitlines()[0]
    assert first.startswith("::error file=")
    assert first.endswith(
        "config.yml,line=2,col=1,title=unknown_key::`nmae` is not a key here%0Ahint: did you mean `name`?"
    )


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "a.yml").write_text("intents: {a: {examples: {en: [x]}}}")
    result = frontdesk("check", tmp_path)
    assert result.exit_code == 0
    assert "1 warning in 1 file, 1 intent, 0 templates." in result.output


def test_the_bundled_project_has_no_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = frontdesk("check")
    assert (result.exit_code, result.output.startswith("No problems")) == (0, True), result.output


def test_the_bundled_project_has_only_notes_when_looked_at_deeply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = json.loads(frontdesk("check", "--deep", "--strict", "--format", "json").output)
    assert (found["errors"], found["warnings"]) == (0, 0)
    assert 0 < found["notes"] == len(found["problems"]) < 60
    places = {(one["file"], one["line"] > 1, one["column"] > 1) for one in found["problems"]}
    assert all(in_line and in_column for _, in_line, in_column in places)
    noted = frontdesk("check", "--deep", "--format", "github").output
    assert noted.startswith("::notice file=data/intents/")


def test_check_of_a_folder_that_is_no_project_says_so(tmp_path: Path) -> None:
    result = frontdesk("check", tmp_path)
    assert result.exit_code == 1
    assert "frontdesk init" in result.output


def test_schema_prints_one_or_writes_all(tmp_path: Path) -> None:
    assert json.loads(frontdesk("schema", "intents").output)["properties"]["intents"]
    assert frontdesk("schema", "--to", tmp_path / "s").exit_code == 0
    assert len(list((tmp_path / "s").glob("*.schema.json"))) == 3
    assert frontdesk("schema").exit_code == 2


@pytest.mark.parametrize("chosen", [[], ["core"], ["retail"], ["core", "retail"]], ids="+".join)
def test_a_new_project_has_no_problems_whatever_the_packs(chosen: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "new-shop"
    words = [word for pack in chosen for word in ("--pack", pack)]
    assert frontdesk("init", folder, *words).exit_code == 0
    checked = frontdesk("check", folder)
    assert (checked.exit_code, checked.output.startswith("No problems")) == (0, True), checked.output
    assert load_folder(folder).name == "New Shop"
    # `check` has fitted the content to run its tests.
    assert {path.name for path in folder.iterdir()} == {
        *("config.yml", "data", "schemas", "README.md", ".env.example", ".gitignore", "var")
    }
    for path in folder.rglob("*.yml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve().is_file(), path


def test_init_touches_no_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = frontdesk("init", tmp_path)
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_pack_is_named_with_those_that_exist(tmp_path: Path) -> None:
    result = frontdesk("init", tmp_path / "x", "--pack", "bakery")
    assert result.exit_code == 2
    assert "core, retail" in result.output
    assert not (tmp_path / "x").exists()


def test_the_packs_are_found() -> None:
    assert packs.names() == ["core", "retail"]
    assert all(path.parts[1] == "core" for path in packs.files("core"))


def test_import_makes_a_project_that_runs(tmp_path: Path) -> None:
    rows = [
        {"text": "where is it", "intent": "order", "lang": "en", "response": "See {{Order Page}}."},
        {"text": "send it back", "intent": "return", "lang": "en"},
        {"text": "joke", "intent": "oos", "lang": "en"},
    ]
    source = tmp_path / "lines.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    folder = tmp_path / "build" / "shop"
    result = frontdesk("import", "examples", source, "--to", folder)
    assert result.exit_code == 0
    assert (
        "2 intents with 2 examples and 1 out-of-scope examples, 1 templates, languages: en." in result.output
    )
    assert "1 intents have no response" in result.output
    assert frontdesk("check", folder).exit_code == 0
    config = load_folder(folder)
    content = load(config.content, config.languages, config.channels).content
    assert content
    assert set(content.intents) == {"order", "return"}
    assert frontdesk("import", "examples", source, "--to", folder).exit_code == 2, (
        "nobody's work is overwritten"
    )


def test_import_of_bad_lines_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "lines.jsonl"
    source.write_text("{}\nx\n")
    result = frontdesk("import", "examples", source, "--to", tmp_path / "out")
    assert result.exit_code == 1
    assert "lines.jsonl:2:1: error: this line is not JSON" in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_command_that_does_not_exist_is_refused() -> None:
    result = frontdesk("dance")
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = CliRunner().invoke(main, ["init", str(tmp_path / "file" / "shop")])
    assert result.exit_code == 2
    assert "file" in result.output and "check the path" in result.output
    assert "Traceback" not in result.output


def test_check_names_a_rule_that_takes_the_messages_of_another_intent(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "intents" / "a.yml").write_text(
        "intents:\n"
        "  refund:\n    examples: {en: [money back]}\n    keywords: {en: [refund]}\n"
        "  policy:\n    examples: {en: [what is the refund policy]}\n"
    )
    (tmp_path / "templates" / "a.yml").write_text(
        "templates:\n  r: {answers: refund, text: {en: Yes}}\n  p: {answers: policy, text: {en: Yes}}\n"
    )
    result = frontdesk("check", tmp_path)
    assert result.exit_code == 0
    assert (
        "a.yml:4:21: warning: this rule of `refund` takes an example from `policy`:"
        ' "what is the refund policy" [rule_steals]'
    ) in result.output
    assert frontdesk("check", tmp_path, "--strict").exit_code == 1


def test_check_names_synonyms_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "intents" / "a.yml").write_text("intents:\n  refund:\n    examples: {en: [money back]}\n")
    (tmp_path / "intents" / "b.yml").write_text(
        "synonyms:\n  en:\n    - parcel | package\n    - refunds |  refund\n    - package | box\n"
    )
    (tmp_path / "templates" / "a.yml").write_text("templates:\n  r: {answers: refund, text: {en: Yes}}\n")
    result = frontdesk("check", tmp_path)
    assert "b.yml:4:7: warning: `refund | refunds` are forms of one word" in result.output
    assert "is in `box | package` too, so all words of both groups count as one" in result.output
    assert "b.yml:3:7: note: `package`" in result.output
    assert result.exit_code == 0


def test_check_runs_the_tests_of_templates(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "intents" / "a.yml").write_text(
        "intents:\n  refund: {examples: {en: [I want my money back]}}\n"
        "  hours: {examples: {en: [when do you open]}}\n"
    )
    (tmp_path / "templates" / "a.yml").write_text(
        "templates:\n  hours: {answers: hours, text: {en: At nine}}\n  refund:\n    answers: refund\n"
        "    text: {en: Yes}\n    tests:\n      - i want my mony back\n      - never: I want my money back\n"
    )
    result = frontdesk("check", tmp_path)
    assert result.exit_code == 1
    assert 'a.yml:8:9: error: "I want my money back" gets `refund`' in result.output
    assert "1 error in 2 files, 2 intents, 2 templates, 2 tests." in result.output
    assert json.loads(frontdesk("check", tmp_path, "--format", "json").output)["tests"] == 2
