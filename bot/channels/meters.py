"""What is counted while the process runs, in Prometheus's own registry of ours."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.conversations.events import Event
from bot.conversations.turns import Receipt, Turns
from bot.conversations.writing import Within

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Meters:
    """Counts turns as they happen; gauges are set just before they are read."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._messages = Counter(
            "frontdesk_messages",
            "Messages by channel and author",
            ["channel", "author"],
            registry=self.registry,
        )
        self._duplicates = Counter(
            "frontdesk_duplicates", "Events that had arrived before", ["channel"], registry=self.registry
        )
        self._turns = Histogram(
            "frontdesk_turn_seconds",
            "From an event's arrival to its acknowledgement",
            ["channel"],
            registry=self.registry,
            buckets=_SECONDS,
        )
        self._gauges: dict[str, Gauge] = {}

    def turned(self, receipt: Receipt, seconds: float) -> None:
        """Count one turn."""
        channel = receipt.conversation.channel
        if receipt.duplicate:
            self._duplicates.labels(channel).inc()
            return
        self._turns.labels(channel).observe(seconds)
        for message in receipt.messages:
            self._messages.labels(channel, message.author).inc()

    def show(self, name: str, help: str, value: float, **labels: str) -> None:
        """Set a gauge, making it on first use."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(name, help, list(labels), registry=self.registry)
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(value)

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)


class CountedTurns(Turns):
    """Turns that tell the meters: customers' events, operators' acts, timers and actions alike."""

    meters: Meters

    async def take(self, conversation_id: str, event: Event, *, within: Within | None = None) -> Receipt:
        """Take one event as `Turns` does."""
        began = time.perf_counter()
        receipt = await super().take(conversation_id, event, within=within)
        self.meters.turned(receipt, time.perf_counter() - began)
        return receipt
