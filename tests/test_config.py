"""What config.yml promises.

1. Everything has a default; an empty file is a deployment.
2. Every problem is told at once, at its place.
3. `${NAME}` is replaced in values only, and never shown.
4. Every key is in docs/config.md.
"""

import typing
from pathlib import Path

import pytest

from bot import config
from bot.config import Config, HoursSettings, load, load_folder
from bot.configform import ConfigForm
from bot.errors import ConfigBroken
from bot.yamlform import Form

ROOT = Path(__file__).parent.parent
EVERYTHING = """
name: Fjell & Fern
languages: [sv, no]
content: words
thresholds: {answer: 0.6, suggest: 0.3}
conversation: {silence: 90m, waiting_silence: 1.5h, return_within: 7d, survey: no}
server: {host: 0.0.0.0, port: 80, public_url: "https://a.example.com/", trusted_proxies: [10.0.0.0/8, "::1"]}
storage: {path: here.sqlite3}
channels:
  web:
    enabled: yes
    bot_name: Fern
    allowed_origins: ["https://Shop.example.com/", "*"]
    identity_secret: 0123456789abcdef
    consent: {sv: Okej?}
    rate: 5
  rest: {enabled: off, token: null}
teams:
  first:
    hours:
      timezone: Europe/Stockholm
      weekly: {mon: "09:00-17:00", tue: ["13:00-24:00", "09:00-12:00"], sat: closed}
      closed_on: [2026-12-25]
    contact: false
    deadline: 30s
  second: {hours: always}
default_team: second
actions: {module: shop.actions, time_limit: 500ms}
matching: {semantic: [no]}
"""


def read(text: str, folder: Path) -> Config:
    path = folder / "config.yml"
    path.write_text(text, "utf-8")
    return load(path)


def problems(text: str, folder: Path) -> list[str]:
    with pytest.raises(ConfigBroken) as broken:
        read(text, folder)
    return [f"{one.line}:{one.code}" for one in broken.value.problems]


def test_an_empty_file_is_a_deployment(tmp_path: Path) -> None:
    found = read("# nothing yet\n", tmp_path)
    assert found.languages == ("en",)
    assert found.content == tmp_path / "data"
    assert found.storage.path == tmp_path / "var/frontdesk.sqlite3"
    assert found.channels == ("web", "rest")
    assert found.default_team == "support"
    assert found.teams["support"].hours is None, "always open"
    plain = Config(content=found.content, storage=found.storage, path=found.path)
    assert found == plain, "the file's defaults and the program's are the same"


@pytest.mark.parametrize(
    ("given", "asked"),
    [("true", ("sv", "en")), ("on", ("sv", "en")), ("no", ()), ("[en]", ("en",)), ("[]", ())],
)
def test_a_second_opinion_is_for_all_languages_or_for_some(
    tmp_path: Path, given: str, asked: tuple[str, ...]
) -> None:
    found = read(f"languages: [sv, en]\nmatching: {{semantic: {given}}}\n", tmp_path)
    assert found.matching.semantic == asked


def test_every_setting_arrives(tmp_path: Path) -> None:
    found = read(EVERYTHING, tmp_path)
    assert found.languages == ("sv", "no")
    assert found.default_language == "sv"
    assert found.content == tmp_path / "words"
    assert (found.thresholds.answer, found.thresholds.suggest) == (0.6, 0.3)
    talk = found.conversation
    assert (talk.silence["web"], talk.waiting_silence, talk.survey) == (5_400_000, 5_400_000, False)
    assert talk.return_within == 7 * 86_400_000
    assert (found.server.host, found.server.port) == ("0.0.0.0", 80)
    assert found.server.public_url == "https://a.example.com"
    assert found.server.trusted_proxies == ("10.0.0.0/8", "::1/128")
    assert found.web.allowed_origins == ("https://shop.example.com", "*")
    assert found.web.identity_secret == "0123456789abcdef"
    assert found.web.consent == {"sv": "Okej?"}
    assert not found.rest.enabled
    assert found.rest.token is None
    assert found.channels == ("web",)
    hours = {0: ((540, 1020),), 1: ((540, 720), (780, 1440))}
    first = found.teams["first"]
    assert first.hours == HoursSettings("Europe/Stockholm", hours, frozenset({"2026-12-25"}))
    assert (first.contact, first.deadline) == (False, 30_000)
    assert found.default_team == "second"
    assert found.matching.semantic == ("no",), "Norwegian"
    assert (found.actions.module, found.actions.time_limit) == ("shop.actions", 500)


def test_silence_is_every_channels_own(tmp_path: Path) -> None:
    hour = 3_600_000
    by_itself = read("", tmp_path).conversation.silence
    assert by_itself["web"] == by_itself["rest"] == 24 * hour
    assert {by_itself[one] for one in ("telegram", "whatsapp", "messenger", "line", "slack")} == {72 * hour}
    one = read("conversation: {silence: 90m}", tmp_path).conversation.silence
    assert set(one.values()) == {90 * 60_000} and one.keys() == by_itself.keys()
    some = read("conversation: {silence: {web: 12h, line: 5d}}", tmp_path).conversation.silence
    assert some == {**by_itself, "web": 12 * hour, "line": 120 * hour}


def test_the_first_team_is_the_default_one(tmp_path: Path) -> None:
    assert read("teams: {sales: {}, support: {}}", tmp_path).default_team == "sales"


def test_variables_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_PORT", "81")
    monkeypatch.setenv("EMPTY", "")
    text = """
name: $${THE_PORT} ${THE_PORT}
server: {port: "${THE_PORT}", host: "${EMPTY:-0.0.0.0}"}
channels: {rest: {token: "${EMPTY}"}}
"""
    found = read(text, tmp_path)
    assert (found.name, found.server.port, found.server.host) == ("${THE_PORT} 81", 81, "0.0.0.0")
    assert found.rest.token is None


def test_what_came_from_the_environment_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "hunter2")
    text = "channels: {rest: {token: '${SECRET}'}}\nserver: {port: '${SECRET}', public_url: '${SECRET}'}\n"
    with pytest.raises(ConfigBroken) as broken:
        read(text, tmp_path)
    assert len(broken.value.problems) == 3
    assert "hunter2" not in str(broken.value)
    secret = read("channels: {rest: {token: 0123456789abcdef}}", tmp_path)
    assert "0123456789abcdef" not in repr(secret)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = "nmae: x\nserver: {port: x}\nteams: {a: {deadline: 1}}\nthresholds: {answer: 0.1}\n"
    assert problems(text, tmp_path) == ["1:unknown_key", "2:wrong_value", "3:duration", "4:thresholds"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ConfigBroken, match="cannot be read"):
        load(tmp_path / "config.yml")


def test_a_folder_without_config_but_with_content_has_defaults(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    found = load_folder(tmp_path)
    assert found.content == tmp_path
    assert found.storage.path == tmp_path / "var/frontdesk.sqlite3"


def test_a_folder_with_nothing_is_a_problem_that_names_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigBroken, match="frontdesk init"):
        load_folder(tmp_path)


def test_checking_goes_on_with_the_sections_that_are_sound(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("languages: [sv]\nserver: {port: x}\ncontent: words\n")
    found, wrong = config.read_folder(tmp_path)
    assert [one.code for one in wrong] == ["wrong_value"]
    assert found
    assert (found.languages, found.content) == (("sv",), tmp_path / "words")


def test_the_bundled_demo_has_no_problems() -> None:
    assert load(ROOT / "config.yml").name == "Fjell & Fern"


def keys(form: type[Form]) -> set[str]:
    found: set[str] = set()
    for name, field in form.model_fields.items():
        found.add(name)
        found |= {key for part in parts(field.annotation) for key in keys(part)}
    return found


def parts(annotation: object) -> list[type[Form]]:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return [annotation]
    return [part for argument in typing.get_args(annotation) for part in parts(argument)]


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs" / "config.md").read_text("utf-8")
    assert len(keys(ConfigForm)) > 30
    assert [key for key in sorted(keys(ConfigForm)) if f"`{key}`" not in page] == []
