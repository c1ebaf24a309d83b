"""The desk of a bot with operators: opens and ends handoffs inside the turn's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from bot.config import TeamSettings
from bot.conversations.conversation import Conversation
from bot.conversations.effects import OpenHandoff
from bot.conversations.events import HandoffOpened
from bot.model import Millis
from bot.storage.database import Transaction
from handoff import store
from handoff.deadlines import claim_deadline
from handoff.hours import clock_text, next_opening, open_at
from handoff.queue import Waiting
from handoff.store import Handoff


class OperatorDesk:
    """Queues conversations for teams. A team that nobody has heard of is the `default_team`."""

    def __init__(self, teams: Mapping[str, TeamSettings], default_team: str) -> None:
        self._teams = teams
        self._default = teams[default_team]

    def team(self, name: str) -> TeamSettings:
        """The settings of a team; those of the default team for a name that is not in config.yml."""
        return self._teams.get(name, self._default)

    def open(
        self, tx: Transaction, conversation: Conversation, wish: OpenHandoff, now: Millis
    ) -> HandoffOpened:
        """Queue the conversation and say what to tell the customer.

        Opening twice keeps the first handoff; it only becomes more urgent if the second wish is. A team
        without any opening hours ahead is nobody.
        """
        first = store.open_of(tx, conversation.id)
        if first is not None:
            store.hurry(tx, first.id, wish.priority)
            return self._opened(tx, conversation, store.open_of(tx, conversation.id) or first, now)
        team = self.team(wish.team)
        if next_opening(team.hours, now) is None:
            return HandoffOpened(at=now, handoff="", nobody=True)
        deadline_at = claim_deadline(team.hours, now, team.deadline)
        handoff = store.insert(tx, conversation.id, wish, team.name, now=now, deadline_at=deadline_at)
        return self._opened(tx, conversation, store.by_id(tx, handoff), now)

    def note_contact(self, tx: Transaction, conversation: Conversation, contact: str) -> None:
        """Keep how the customer wants to be reached with the open handoff."""
        handoff = store.open_of(tx, conversation.id)
        if handoff is not None:
            store.note_contact(tx, handoff.id, contact)

    def end(self, tx: Transaction, conversation: Conversation, result: str, now: Millis) -> None:
        """End the open handoff, if there is one."""
        handoff = store.open_of(tx, conversation.id)
        if handoff is not None:
            store.end(tx, handoff.id, result, now)

    def _opened(
        self, tx: Transaction, conversation: Conversation, handoff: Handoff | None, now: Millis
    ) -> HandoffOpened:
        assert handoff is not None
        hours = self.team(handoff.team).hours
        place = 0
        if handoff.status == "waiting":
            waiting = Waiting(handoff.id, handoff.team, handoff.priority, handoff.opened_at)
            place = store.position(tx, waiting)
        if hours is None or open_at(hours, now):
            return HandoffOpened(at=now, handoff=handoff.id, position=place)
        opens_at = next_opening(hours, now)
        opens = clock_text(hours.timezone, opens_at, now, conversation.language) if opens_at else ""
        contact = self.team(handoff.team).contact and not handoff.contact
        return HandoffOpened(
            at=now, handoff=handoff.id, position=place, opens_at=opens_at, opens=opens, take_contact=contact
        )
