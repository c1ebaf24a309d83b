"""The modes in force of a project, for commands that look at its database beside the bot."""

from __future__ import annotations

from bot.commands.since import now
from bot.config import Config
from bot.content.snapshot import Content
from bot.conversations.learning import rules_of
from bot.promotion.promotions import Promotions
from bot.promotion.status import Rules
from bot.storage.database import Database
from bot.storage.wakes import InProcessBus


def promotions_of(config: Config, content: Content, database: Database) -> Promotions:
    """Promotions over an open database, by the bars of the project."""
    lifecycle, silence = config.lifecycle, rules_of(config).silence_on
    rules = Rules(lifecycle.bars, lifecycle.automatic, silence)
    return Promotions(database, lambda: content, rules, InProcessBus(), now)
