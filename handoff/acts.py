"""What operators do to a conversation. Each act is an event, and its rows change in that event's turn."""

from __future__ import annotations

from collections.abc import Callable

from bot.accounts.operators import Operator
from bot.accounts.store import audit
from bot.conversations.conversation import Conversation
from bot.conversations.events import (
    Event,
    OperatorClosed,
    OperatorJoined,
    OperatorReleased,
    OperatorReturned,
    OperatorSaid,
)
from bot.conversations.turns import Receipt, Turns
from bot.errors import BadRequest, Conflict, Forbidden, NotFound
from bot.model import CHANNEL_TEXT_LIMITS, Excluded, Millis
from bot.storage.bus import Bus, Note
from bot.storage.database import Database, Transaction
from bot.text.oneline import on_one_line
from handoff import store
from handoff.deadlines import claim_deadline
from handoff.desk import OperatorDesk
from handoff.store import Handoff

LONGEST_REASON = 200


class _Yours(Exception):
    """The operator who claims owns the conversation already."""


class Acts:
    """Claim, release, reply, return and close; every one of them audited."""

    def __init__(
        self, database: Database, turns: Turns, desk: OperatorDesk, bus: Bus, clock: Callable[[], Millis]
    ) -> None:
        self._database = database
        self._turns = turns
        self._desk = desk
        self._bus = bus
        self._clock = clock

    async def claim(self, operator: Operator, handoff_id: str) -> None:
        """Take a waiting conversation. Claiming one's own again does nothing.

        Raises `Conflict` that names the colleague who was faster, `NotFound` if another team's.
        """
        handoff = await self.seen(operator, handoff_id)
        now = self._clock()
        deadline_at = now + self._desk.team(handoff.team).deadline

        def within(tx: Transaction, _conversation: Conversation) -> None:
            if not store.claim(tx, handoff.id, operator.id, now=now, deadline_at=deadline_at):
                _explain(operator, store.by_id(tx, handoff.id))
            _audit(tx, now, operator, "claimed", handoff)

        event = OperatorJoined(at=now, operator=operator.id, name=operator.name)
        try:
            await self._turns.take(handoff.conversation, event, within=within)
        except _Yours:
            return

    async def release(self, operator: Operator, handoff_id: str) -> None:
        """Put a conversation back into the queue: one's own, or, for leads, anybody's."""
        handoff = await self.seen(operator, handoff_id)
        now = self._clock()
        if handoff.operator != operator.id and not operator.leads:
            raise Forbidden("Only a lead may release a colleague's conversation.")
        deadline_at = self._claim_deadline(handoff, now)

        def within(tx: Transaction, _conversation: Conversation) -> None:
            if not store.release(tx, handoff.id, handoff.operator, deadline_at=deadline_at):
                raise Conflict("Nobody has this conversation any more; look again.")
            _audit(tx, now, operator, "released", handoff)

        event = OperatorReleased(at=now, operator=handoff.operator)
        await self._turns.take(handoff.conversation, event, within=within)

    async def take_back(self, handoff: Handoff) -> bool:
        """Put the conversation of a silent operator back into the queue; False if they were quicker."""
        now = self._clock()
        deadline_at = now + self._desk.team(handoff.team).deadline

        def within(tx: Transaction, _conversation: Conversation) -> None:
            seen = handoff.deadline_at
            if not store.release_late(
                tx, handoff.id, handoff.operator, seen_deadline_at=seen, deadline_at=deadline_at
            ):
                raise Conflict
            audit(tx, now, "system", "released_silent", f"handoff:{handoff.id}", detail=handoff.operator)

        try:
            event = OperatorReleased(at=now, operator=handoff.operator)
            await self._turns.take(handoff.conversation, event, within=within)
        except Conflict:
            return False
        return True

    async def reply(
        self,
        operator: Operator,
        conversation: str,
        text: str,
        *,
        id: str,
        template: str = "",
        edited: bool = False,
    ) -> Receipt:
        """Say `text` to the customer. The same `id` from the same operator is said once.

        Raises `Conflict` if the conversation is not the operator's or `id` said something else before,
        `BadRequest` for an unsendable text.
        """
        if not text.strip():
            raise BadRequest("Write something first.")
        now = self._clock()

        def within(tx: Transaction, now_is: Conversation) -> None:
            handoff = _own(tx, operator, conversation)
            limit = CHANNEL_TEXT_LIMITS.get(now_is.channel, CHANNEL_TEXT_LIMITS["web"])
            if len(text) > limit:
                raise BadRequest(f"{now_is.channel} takes at most {limit} characters; this is {len(text)}.")
            store.expect_answer(tx, handoff.id, now + self._desk.team(handoff.team).deadline)
            detail = f"{template}{' (edited)' if edited else ''}" if template else ""
            _audit(tx, now, operator, "replied", handoff, detail=detail)

        event = OperatorSaid(
            at=now,
            external_id=f"{operator.id}:{id}",
            operator=operator.id,
            name=operator.name,
            text=text,
            template=template,
            edited=edited,
        )
        receipt = await self._turns.take(conversation, event, within=within)
        if any(one.author == "operator" and one.text != text for one in receipt.messages):
            raise Conflict("Something else was said under this id before; send it again under a new one.")
        return receipt

    async def give_back(self, operator: Operator, conversation: str) -> None:
        """Let the bot take over again."""
        event = OperatorReturned(at=self._clock(), operator=operator.id, name=operator.name)
        await self._leave(operator, conversation, event, "returned")

    async def close(
        self, operator: Operator, conversation: str, reason: str, excluded: Excluded = ""
    ) -> None:
        """Close the conversation and say why, for colleagues and reports.

        With `excluded`, none of it counts: it is spam or a test.
        """
        reason = on_one_line(reason)
        if not reason or len(reason) > LONGEST_REASON:
            raise BadRequest(f"Give a reason of at most {LONGEST_REASON} characters.")
        event = OperatorClosed(
            at=self._clock(), operator=operator.id, name=operator.name, reason=reason, excluded=excluded
        )
        await self._leave(operator, conversation, event, "closed", reason)

    async def contacted(self, operator: Operator, handoff_id: str) -> None:
        """Note that a customer who had left an address was reached."""
        handoff = await self.seen(operator, handoff_id)
        now = self._clock()

        def work(tx: Transaction) -> None:
            if not store.contacted(tx, handoff.id, operator.id):
                raise Conflict("Somebody has reached this customer already.")
            _audit(tx, now, operator, "contacted", handoff)

        await self._database.write(work)
        self._bus.publish(Note("queue"))

    async def typing(self, operator: Operator, conversation: str) -> None:
        """Show the customer that somebody is writing."""
        await self._database.read(lambda tx: _own(tx, operator, conversation))
        self._bus.publish(Note(f"conversation:{conversation}", "typing:operator"))

    async def seen(self, operator: Operator, handoff_id: str) -> Handoff:
        """The handoff, if it is any business of the operator's. Raises `NotFound`."""
        handoff = await self._database.read(lambda tx: store.by_id(tx, handoff_id))
        if handoff is None or not operator.sees(handoff.team):
            raise NotFound("There is no such conversation in your teams.")
        return handoff

    async def _leave(
        self, operator: Operator, conversation: str, event: Event, act: str, detail: str = ""
    ) -> None:
        def within(tx: Transaction, _conversation: Conversation) -> None:
            _audit(tx, event.at, operator, act, _own(tx, operator, conversation), detail=detail)

        await self._turns.take(conversation, event, within=within)

    def _claim_deadline(self, handoff: Handoff, now: Millis) -> Millis:
        team = self._desk.team(handoff.team)
        return claim_deadline(team.hours, now, team.deadline)


def _own(tx: Transaction, operator: Operator, conversation: str) -> Handoff:
    handoff = store.open_of(tx, conversation)
    if handoff is None:
        raise Conflict("This conversation is over, or the bot has it; look again.")
    if handoff.status == "claimed" and handoff.operator == operator.id:
        return handoff
    if handoff.status == "claimed":
        raise Conflict(f"{handoff.operator_name} has this conversation.")
    raise Conflict("Claim this conversation first.")


def _explain(operator: Operator, handoff: Handoff | None) -> None:
    if handoff is None or handoff.status == "ended":
        raise Conflict("This customer needs nobody any more.")
    if handoff.operator == operator.id:
        raise _Yours
    raise Conflict(f"{handoff.operator_name} was faster.")


def _audit(
    tx: Transaction, now: Millis, operator: Operator, act: str, handoff: Handoff, *, detail: str = ""
) -> None:
    audit(tx, now, operator.id, act, f"handoff:{handoff.id}", detail=detail)
