"""One deployment's settings: config.yml read into a frozen `Config`, all problems at once.

The dataclasses here are what the rest of Frontdesk reads; how the file is written is `bot/configform.py`.
Durations are `Millis`. Paths are absolute or relative to the current folder, already resolved against
the folder that holds config.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.model import ChannelName, Language, Millis, Thresholds

FILE_NAME = "config.yml"

_SECOND = 1_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class ConversationSettings:
    """When a conversation closes (`waiting_silence`: with a question open) and how long it can be resumed."""

    silence: Millis = 24 * _HOUR
    waiting_silence: Millis = 2 * _HOUR
    return_within: Millis = 7 * _DAY
    survey: bool = True


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
class Config:
    """One deployment. `path` is its config.yml, `content` the folder with intents/ and templates/."""

    name: str = "Frontdesk"
    languages: tuple[Language, ...] = ("en",)
    content: Path = Path("data")
    thresholds: Thresholds = field(default_factory=Thresholds)
    conversation: ConversationSettings = ConversationSettings()
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
    raise NotImplementedError(path)


def load_folder(folder: Path) -> Config:
    """The settings of a project folder: its config.yml, or defaults if it only holds intents/ and templates/.

    Raises `ConfigBroken`.
    """
    raise NotImplementedError(folder)
