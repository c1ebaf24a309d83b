"""What a step judges by: one immutable snapshot of content, matcher, modes and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.snapshot import Content
from bot.model import CHANNEL_SILENCE, ChannelName, Matcher, Millis, Thresholds
from bot.templates.standings import Standings

_MINUTE = 60_000
_DAY = 24 * 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Rules:
    """How long things last, in milliseconds, and whether customers are asked if an answer helped.

    `silence` closes a conversation that the bot has answered, on each channel after its own time,
    `waiting_silence` one in which a question of the bot is open, `people_silence` one that waits for a person
    or talks to one. `return_within` is how long after a close the next message continues the conversation.
    `timezone` says which day it is, for what "tomorrow" means.
    """

    silence: Mapping[ChannelName, Millis] = field(default_factory=lambda: CHANNEL_SILENCE)
    waiting_silence: Millis = 120 * _MINUTE
    return_within: Millis = 7 * _DAY
    survey: bool = True
    people_silence: Millis = 7 * _DAY
    timezone: str = "UTC"

    def silence_on(self, channel: ChannelName) -> Millis:
        """How long nobody may write on this channel before a conversation closes; a day on an unknown one."""
        return self.silence.get(channel, _DAY)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`standings` says how templates act now; one that is missing stands where its file lets it start."""

    content: Content
    matcher: Matcher
    thresholds: Thresholds = field(default_factory=Thresholds)
    standings: Standings = field(default_factory=dict)
    settings: Rules = field(default_factory=Rules)
