"""One deployment's settings: config.yml read into a frozen `Config`, all problems at once.

The dataclasses here are what the rest of Frontdesk reads; how the file is written is `bot/configform.py`.
Durations are `Millis`. Paths are absolute or relative to the current folder, already resolved against
the folder that holds config.yml.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.bars import Bars
from bot.configform import ConfigForm, HoursForm, TeamForm
from bot.configvalues import DAYS
from bot.environment import Substitution
from bot.errors import ConfigBroken, Problem
from bot.model import CHANNEL_SILENCE, ChannelName, Language, Millis, Thresholds
from bot.yamlfile import read_file
from bot.yamlform import did_you_mean, fit_parts
from bot.yamltree import MapNode, Node, Place, descend

FILE_NAME = "config.yml"

_SECOND = 1_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class ConversationSettings:
    """When a conversation closes and how long it can be resumed. See docs/config.md.

    `silence` has every channel's own time.
    """

    silence: Mapping[ChannelName, Millis] = field(default_factory=lambda: CHANNEL_SILENCE)
    waiting_silence: Millis = 2 * _HOUR
    return_within: Millis = 7 * _DAY
    survey: bool = True
    people_silence: Millis = 7 * _DAY


@dataclass(frozen=True, slots=True)
class MatchingSettings:
    """The languages in which a sentence model is asked where the words of a message leave a doubt."""

    semantic: tuple[Language, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the server listens. `public_url` is how customers reach it, without a slash at the end."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """The SQLite file."""

    path: Path = Path("var/frontdesk.sqlite3")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The website chat. No `allowed_origins` means the same origin only; `*` among them means any.

    `rate` is messages a minute from one customer. `identity_secret` checks the signed identity that a
    host page may pass. `consent` is shown before personal data is asked for.
    """

    enabled: bool = True
    bot_name: str = "Frontdesk"
    allowed_origins: tuple[str, ...] = ()
    identity_secret: str | None = field(default=None, repr=False)
    consent: Mapping[Language, str] = field(default_factory=dict)
    rate: int = 20


@dataclass(frozen=True, slots=True)
class RestSettings:
    """Rasa's REST channel. With a `token`, callers must send it."""

    enabled: bool = True
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HoursSettings:
    """Opening hours in one time zone.

    `weekly` maps a weekday (0 is Monday) to (from, to) pairs in minutes of the local day, in order and not
    overlapping; a weekday that is missing is closed. `closed_on` holds ISO dates (`2026-12-25`).
    """

    timezone: str
    weekly: Mapping[int, tuple[tuple[int, int], ...]]
    closed_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """A team of operators. No `hours` means always open; `contact` lets customers leave an address.

    `deadline` is how long an operator may leave a customer without an answer.
    """

    name: str
    hours: HoursSettings | None = None
    contact: bool = True
    deadline: Millis = 10 * _MINUTE


@dataclass(frozen=True, slots=True)
class ActionSettings:
    """The Python module with the deployer's actions, and how long one may take."""

    module: str = "bot.actions"
    time_limit: Millis = 5 * _SECOND


@dataclass(frozen=True, slots=True)
class LifecycleSettings:
    """Whether the system promotes without asking, and what is good enough."""

    automatic: bool = False
    bars: Bars = field(default_factory=Bars)


@dataclass(frozen=True, slots=True)
class Config:
    """One deployment. `path` is its config.yml, `content` the folder with intents/ and templates/."""

    name: str = "Frontdesk"
    languages: tuple[Language, ...] = ("en",)
    content: Path = Path("data")
    thresholds: Thresholds = field(default_factory=Thresholds)
    matching: MatchingSettings = MatchingSettings()
    conversation: ConversationSettings = ConversationSettings()
    lifecycle: LifecycleSettings = LifecycleSettings()
    server: ServerSettings = ServerSettings()
    storage: StorageSettings = StorageSettings()
    web: WebSettings = WebSettings()
    rest: RestSettings = RestSettings()
    teams: Mapping[str, TeamSettings] = field(default_factory=lambda: {"support": TeamSettings("support")})
    default_team: str = "support"
    actions: ActionSettings = ActionSettings()
    path: Path = Path(FILE_NAME)

    @property
    def default_language(self) -> Language:
        """The language that others fall back to."""
        return self.languages[0]

    @property
    def channels(self) -> tuple[ChannelName, ...]:
        """The channels that are switched on."""
        switched = {"web": self.web.enabled, "rest": self.rest.enabled}
        return tuple(name for name, on in switched.items() if on)


def load(path: Path) -> Config:
    """Read one config.yml. Raises `ConfigBroken` with every problem in it."""
    config, problems = _read(path)
    if config is None or any(problem.severity == "error" for problem in problems):
        raise ConfigBroken(problems)
    return config


def load_folder(folder: Path) -> Config:
    """The settings of a project folder: its config.yml, or defaults if it only holds intents/ and templates/.

    Raises `ConfigBroken`.
    """
    config, problems = read_folder(folder)
    if config is None or any(problem.severity == "error" for problem in problems):
        raise ConfigBroken(problems)
    return config


def read_folder(folder: Path) -> tuple[Config | None, list[Problem]]:
    """The same for those who check: all problems, and settings to go on checking with.

    Sections with problems have their defaults then; without languages that can be read there is no going on.
    """
    path = folder / FILE_NAME
    if path.exists():
        return _read(path)
    if not any((folder / kind).is_dir() for kind in ("intents", "templates")):
        hint = f"make one with `frontdesk init {folder}`, or name the folder that holds {FILE_NAME}"
        message = f"there is no {FILE_NAME} here, and no intents/ or templates/"
        return None, [Place(str(folder)).problem("no_project", message, hint)]
    storage = StorageSettings(folder / StorageSettings().path)
    return Config(content=folder, storage=storage, path=path), []


def _read(path: Path) -> tuple[Config | None, list[Problem]]:
    reading = read_file(path)
    problems = list(reading.problems)
    if reading.broken:
        return None, problems
    node = reading.root or MapNode(Place(str(path)))
    environment = Substitution(os.environ)
    value = environment.of(node)
    found: list[Problem] = []
    form, left_out = fit_parts(ConfigForm, node, found, value)
    if form is not None:
        found += _contradictions(form, node)
    problems += environment.problems + environment.discreet(found)
    problems.sort(key=lambda problem: (problem.line, problem.column))
    known = form is not None and "languages" not in left_out
    return (_config(form, path) if form and known else None), problems


def _contradictions(form: ConfigForm, node: Node) -> list[Problem]:
    """What is possible for each value alone but not for all together."""
    problems = []

    def wrong(path: tuple[str | int, ...], code: str, message: str, hint: str) -> None:
        problems.append(descend(node, path)[0].problem(code, message, hint))

    if form.thresholds.suggest > form.thresholds.answer:
        message = "`suggest` is above `answer`"
        wrong(("thresholds", "suggest"), "thresholds", message, "the bot asks below what it answers from")
    if form.default_team is not None and form.default_team not in form.teams:
        hint = did_you_mean(form.default_team, form.teams) or f"teams: {', '.join(form.teams)}"
        wrong(("default_team",), "unknown_team", f"there is no team `{form.default_team}`", hint)
    for place, language in enumerate(_semantic(form)):
        if language not in form.languages:
            message, hint = f"the bot does not speak `{language}`", f"languages: {', '.join(form.languages)}"
            wrong(("matching", "semantic", place), "unknown_language", message, hint)
    consent = form.channels.web.consent
    if consent and form.languages[0] not in consent:
        message = f"the text is missing in the default language `{form.languages[0]}`"
        wrong(("channels", "web", "consent"), "missing_language", message, "add it; others fall back to it")
    return problems


def _config(form: ConfigForm, path: Path) -> Config:
    web, rest, server = form.channels.web, form.channels.rest, form.server
    talk, limits = form.conversation, form.thresholds
    return Config(
        name=form.name,
        languages=tuple(form.languages),
        content=path.parent / form.content,
        thresholds=Thresholds(limits.answer, limits.suggest),
        matching=MatchingSettings(_semantic(form)),
        conversation=ConversationSettings(
            silence=_silence(talk.silence),
            waiting_silence=talk.waiting_silence,
            return_within=talk.return_within,
            survey=talk.survey,
            people_silence=talk.people_silence,
        ),
        lifecycle=LifecycleSettings(form.lifecycle.decides == "automatic", form.lifecycle.bars),
        server=ServerSettings(server.host, server.port, server.public_url, tuple(server.trusted_proxies)),
        storage=StorageSettings(path.parent / form.storage.path),
        web=WebSettings(
            web.enabled,
            web.bot_name,
            tuple(web.allowed_origins),
            web.identity_secret,
            dict(web.consent or {}),
            web.rate,
        ),
        rest=RestSettings(rest.enabled, rest.token),
        teams={name: _team(name, team) for name, team in form.teams.items()},
        default_team=form.default_team or next(iter(form.teams)),
        actions=ActionSettings(form.actions.module, form.actions.time_limit),
        path=path,
    )


def _semantic(form: ConfigForm) -> tuple[Language, ...]:
    """The languages in which a second opinion is asked: those that are named, or all."""
    given = form.matching.semantic
    if isinstance(given, bool):
        return tuple(form.languages) if given else ()
    return given


def _silence(given: int | Mapping[ChannelName, Millis]) -> Mapping[ChannelName, Millis]:
    """One time is for every channel; channels that a map leaves out keep their own."""
    if isinstance(given, int):
        return dict.fromkeys(CHANNEL_SILENCE, given)
    return {**CHANNEL_SILENCE, **given}


def _team(name: str, form: TeamForm) -> TeamSettings:
    hours = None
    if isinstance(form.hours, HoursForm):
        weekly = {DAYS.index(day): tuple(spans) for day, spans in form.hours.weekly.items() if spans}
        hours = HoursSettings(form.hours.timezone, weekly, frozenset(form.hours.closed_on))
    return TeamSettings(name, hours, form.contact, form.deadline)
