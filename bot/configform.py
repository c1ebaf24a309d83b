"""What config.yml may say: the forms that `bot/config.py` reads and the editor's JSON Schema is made from."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from bot.configlifecycle import Lifecycle, LifecycleForm
from bot.configvalues import (
    UNIQUE,
    UNITS,
    Date,
    Day,
    Duration,
    Languages,
    Module,
    Network,
    Origin,
    Secret,
    Share,
    Silence,
    Spans,
    TeamName,
    TimeZone,
    WebAddress,
)
from bot.model import CHANNEL_SILENCE
from bot.yamlform import Flag, Form, Lang, Text, Texts, Wrong


class ThresholdsForm(Form):
    """How sure the matcher must be."""

    answer: Share = 0.55
    """From this confidence on, the bot answers."""
    suggest: Share = 0.35
    """From this confidence on, the bot asks "did you mean"; below it, nothing fits."""


class ConversationForm(Form):
    """When conversations close and whether customers are asked if an answer helped."""

    silence: Silence = Field(default_factory=lambda: dict(CHANNEL_SILENCE))
    """A conversation closes after this long without a message: a duration, or a map of channels."""
    waiting_silence: Duration = 2 * UNITS["h"]
    """The same while the bot waits for an answer to a question of its own."""
    people_silence: Duration = 7 * UNITS["d"]
    """The same for a conversation that waits for a person or talks to one."""
    return_within: Duration = 7 * UNITS["d"]
    """A customer who writes within this time after a close continues the conversation."""
    survey: Flag = True
    """Ask "Did this answer your question?" after answers."""


class ServerForm(Form):
    """Where the server listens."""

    host: Text = "127.0.0.1"
    """The address to listen on; 0.0.0.0 for every address of the machine."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    """The port to listen on; 0 for any that is free."""
    public_url: WebAddress = None
    """How customers reach this server, if through a proxy: https://chat.example.com"""
    trusted_proxies: tuple[Network, ...] = ()
    """Addresses or networks of proxies whose X-Forwarded-For is believed."""


class StorageForm(Form):
    """Where conversations are kept."""

    path: Text = "var/frontdesk.sqlite3"
    """The SQLite file, relative to config.yml."""


class WebForm(Form):
    """The chat on a website."""

    enabled: Flag = True
    """Whether this channel is switched on."""
    bot_name: Text = "Frontdesk"
    """The name over the bot's messages."""
    allowed_origins: tuple[Origin, ...] = ()
    """Websites that may show the chat; none means only this server's own pages, "*" means any."""
    identity_secret: Secret = None
    """The secret with which a website signs who its customer is. Keep it in the environment: ${NAME}"""
    consent: Texts | None = None
    """Shown before personal data is asked for, per language."""
    rate: Annotated[int, Field(ge=1, le=10_000)] = 20
    """The most messages a minute from one customer."""


class RestForm(Form):
    """The REST channel, in the form of Rasa's."""

    enabled: Flag = True
    """Whether this channel is switched on."""
    token: Secret = None
    """What callers must send as `Authorization: Bearer …`. Keep it in the environment: ${NAME}"""


class ChannelsForm(Form):
    """The ways customers reach the bot."""

    web: WebForm = WebForm()
    """The chat on a website."""
    rest: RestForm = RestForm()
    """The REST channel, in the form of Rasa's."""


class HoursForm(Form):
    """Opening hours in one time zone."""

    timezone: TimeZone
    """A name like Europe/Stockholm."""
    weekly: dict[Day, Spans]
    """Hours per weekday: "09:00-17:00", a list of such, or closed. A weekday that is missing is closed."""
    closed_on: tuple[Date, ...] = ()
    """Days on which the team is closed."""


def _hours_kind(value: object) -> str:
    return "(map)" if isinstance(value, dict | HoursForm) else "(always)"


def _always(value: object) -> object:
    if value not in {"always", None}:
        raise Wrong(
            "hours", f"`{value}` are no opening hours", "write always, or a map with timezone and weekly"
        )
    return "always"


Hours: TypeAlias = Annotated[
    Annotated[Literal["always"], BeforeValidator(_always), Tag("(always)")]
    | Annotated[HoursForm, Tag("(map)")],
    Discriminator(_hours_kind),
]


class TeamForm(Form):
    """A team of operators."""

    hours: Hours = "always"
    """When the team answers: always, or a map with timezone and weekly."""
    contact: Flag = True
    """Whether customers may leave an address when the team is closed."""
    deadline: Duration = 10 * UNITS["m"]
    """How long an operator may leave a customer without an answer before the conversation goes back."""


class ActionsForm(Form):
    """The deployer's own Python."""

    module: Module = "bot.actions"
    """The Python module or package with the actions."""
    time_limit: Duration = 5 * UNITS["s"]
    """How long one action may take before the conversation goes to a person."""


class MatchingForm(Form):
    """How messages are matched."""

    semantic: Languages = False
    """Whether a sentence model is asked where the words leave a doubt: yes, or a list of languages."""


class ConfigForm(Form):
    """config.yml: the settings of one deployment."""

    name: Text = "Frontdesk"
    """The name of the company or shop."""
    languages: Annotated[tuple[Lang, ...], Field(min_length=1), UNIQUE] = ("en",)
    """The languages the bot speaks; the first is the default."""
    content: Text = "data"
    """The folder with intents/ and templates/, relative to config.yml."""
    thresholds: ThresholdsForm = ThresholdsForm()
    """How sure the matcher must be."""
    matching: MatchingForm = MatchingForm()
    """How messages are matched."""
    conversation: ConversationForm = ConversationForm()
    """When conversations close and whether customers are asked if an answer helped."""
    server: ServerForm = ServerForm()
    """Where the server listens."""
    storage: StorageForm = StorageForm()
    """Where conversations are kept."""
    channels: ChannelsForm = ChannelsForm()
    """The ways customers reach the bot."""
    teams: dict[TeamName, TeamForm] = Field(default_factory=lambda: {"support": TeamForm()}, min_length=1)
    """The teams of operators, by name."""
    default_team: TeamName | None = None
    """The team that gets a conversation when nothing names another; default: the first one."""
    lifecycle: Lifecycle = LifecycleForm()
    """How templates earn the right to answer alone: person, automatic, or a map."""
    actions: ActionsForm = ActionsForm()
    """The deployer's own Python."""
