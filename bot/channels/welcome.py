"""The first thing a page hears: who it talks to, where the conversation stands, and the bot's fixed words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels import frames
from bot.conversations.conversation import Conversation
from bot.conversations.knowledge import Knowledge
from bot.model import Language, Message


class Welcome:
    """Makes welcome frames in the customer's language. `consent` is a text by language, or empty."""

    def __init__(
        self, bot_name: str, consent: Mapping[Language, str], knowledge: Callable[[], Knowledge]
    ) -> None:
        self._bot_name = bot_name
        self._consent = consent
        self._knowledge = knowledge

    def frame(
        self,
        conversation: Conversation | None,
        language: Language,
        messages: Sequence[Message],
        *,
        consented: bool,
    ) -> dict[str, Any]:
        """The frame without `token`, `position` and `reset`, which the socket knows."""
        content = self._knowledge().content
        language = conversation.language if conversation else language
        human = {"title": content.phrase("talk_to_human", language), "payload": "/human"}
        greeting = {"text": content.phrase("greeting_first", language), "buttons": []}
        return {
            "type": "welcome",
            "conversation": conversation.id if conversation else None,
            "status": conversation.status if conversation else "with_bot",
            "language": language,
            "bot_name": self._bot_name,
            "messages": [frames.shown(message) for message in messages],
            "consent": None if consented else {"text": self._consent_text(language)},
            "talk_to_human": human,
            "operator": (conversation.operator_name or None) if conversation else None,
            "greeting": greeting,
        }

    def too_long(self, language: Language, limit: int) -> str:
        """That a message is too long, in the customer's language."""
        return self._knowledge().content.phrase("too_long", language, limit=limit)

    def _consent_text(self, language: Language) -> str:
        default = next(iter(self._consent.values()), "")
        return self._consent.get(language, default)
