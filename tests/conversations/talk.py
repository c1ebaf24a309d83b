"""A customer, operators and a clock, talking to the real engine over a small shop's content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz.fuzz import ratio

from bot.content.catalog import Content, load_sources
from bot.conversations.conversation import Conversation, RunningAction
from bot.conversations.effects import Effect, OpenHandoff, RecordAnswer, RecordOutcome, Say, SetTimer
from bot.conversations.engine import step
from bot.conversations.events import ActionFinished, ButtonPressed, CustomerSaid, Event, HandoffOpened
from bot.conversations.knowledge import Knowledge, Rules
from bot.conversations.states import TRANSITIONS
from bot.model import Candidate, Match, Matcher, Mode, Outcome, Status
from bot.templates.standings import Standing

MINUTE = 60_000
HOUR = 60 * MINUTE
START = 1_800_000_000_000

INTENTS = """
intents:
  returns: {title: {en: Return something}, examples: {en: [can I return it]}}
  delivery: {title: {en: Delivery times}, examples: {en: [how long is delivery]}}
  stock: {title: {en: Is it in stock}, examples: {en: [is it in stock]}, entities: [size]}
  order_status: {title: {en: Where is my order}, examples: {en: [where is my order]}}
  warranty: {title: {en: Warranty}, examples: {en: [is there a warranty]}}
  refund: {title: {en: Refunds}, examples: {en: [I want my money]}}
  unwritten: {title: {en: Unwritten}, examples: {en: [something new]}}
  old_news: {title: {en: Old news}, examples: {en: [the old sale]}}
  complaint: {title: {en: Complaint}, examples: {en: [I am angry]}}
  gift: {title: {en: Gift note}, examples: {en: [add a gift note]}}
  holes: {title: {en: Holes}, examples: {en: [holes]}}
  human: {title: {en: Talk to a person}, role: human, examples: {en: [a person please]}}
  emergency: {title: {en: Emergency}, role: emergency, examples: {en: [it is burning]}}
  "yes": {title: {en: "Yes"}, role: "yes", examples: {en: [yep]}}
  "no": {title: {en: "No"}, role: "no", examples: {en: [nope]}}
  thanks: {title: {en: Thanks}, role: thanks, examples: {en: [thank you]}}
  greeting: {title: {en: Hello}, role: greeting, examples: {en: [hello]}}
  again: {title: {en: Say it again}, role: repeat, examples: {en: [say that again]}}
entities:
  size: {values: [small, medium, large]}
"""

TEMPLATES = """
templates:
  returns:
    answers: returns
    text: {en: "Thirty days, {name|friend}.", sv: "Trettio dagar."}
    buttons: {en: [{title: Refunds, intent: refund}, {title: Our page, url: "https://shop.example/returns"}]}
    tip: {en: Keep the receipt.}
  delivery: {answers: delivery, text: {en: Two days.}}
  stock:
    answers: stock
    ask:
      size: {values: [small, medium, large], question: {en: Which size?}}
      colour: {question: {en: Which colour?}}
    text: {en: "{size} in {colour} is in stock."}
  order_status:
    answers: order_status
    ask:
      order_number:
        pattern: 'A\\d{6}'
        question: {en: What is your order number?}
        reask: {en: "An A and six digits, please."}
    action: look_up_order
    fills: [status]
    text: {en: "Order {order_number} is {status|on its way}."}
  warranty: {answers: warranty, mode: suggest, text: {en: Two years.}}
  old_news: {answers: old_news, mode: retired, text: {en: It is over.}}
  refund: {answers: refund, survey: false, text: {en: In five days.}}
  complaint: {answers: complaint, substantive: false, handoff: support, text: {en: I am sorry.}}
  gift: {answers: gift, ask: {note: {question: {en: What shall it say?}}}, text: {en: "It will say: {note}"}}
  emergency: {answers: emergency, substantive: false, text: {en: Call 112.}}
  "yes": {answers: "yes", substantive: false, text: {en: Good.}}
  "no": {answers: "no", substantive: false, text: {en: All right.}}
  thanks: {answers: thanks, substantive: false, text: {en: You are welcome.}}
  greeting: {answers: greeting, substantive: false, text: {en: Hello!}}
"""

# What a message is taken for. `maybe` is a guess that is worth a "did you mean", `hm` too weak even for that.
MEANINGS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "can i return it?": (("returns", 0.9), ("refund", 0.2)),
    "returns again": (("returns", 0.9),),
    "how long is delivery?": (("delivery", 0.9),),
    "is it in stock": (("stock", 0.9),),
    "is it in stock in large": (("stock", 0.9),),
    "where is my order": (("order_status", 0.9),),
    "where is my order a123456?": (("order_status", 0.9),),
    "i want my money": (("refund", 0.9),),
    "something new": (("unwritten", 0.9),),
    "the old sale": (("old_news", 0.9),),
    "is there a warranty": (("warranty", 0.9),),
    "i am angry": (("complaint", 0.9),),
    "add a gift note": (("gift", 0.9),),
    "a person please": (("human", 0.9),),
    "it is burning": (("emergency", 0.9),),
    "nope": (("no", 0.9),),
    "never mind": (("no", 0.9),),
    "yep": (("yes", 0.9),),
    "thank you": (("thanks", 0.9),),
    "thanks a lot!": (("thanks", 0.9),),
    "hello there!": (("greeting", 0.9),),
    "say that again": (("again", 0.9),),
    "maybe": (("returns", 0.4), ("refund", 0.35), ("delivery", 0.3), ("stock", 0.2)),
    "maybe one": (("returns", 0.4), ("refund", 0.02)),
    "maybe the old sale": (("old_news", 0.4),),
    "maybe a warranty": (("warranty", 0.4),),
    "hm": (("returns", 0.1),),
}


def shop(intents: str = INTENTS, templates: str = TEMPLATES) -> Content:
    """The shop's content, through the real loader."""
    sources = {"intents/shop.yml": intents, "templates/shop.yml": templates}
    loaded = load_sources(sources, ("en", "sv"), ("web", "rest"))
    # Some intents have no template on purpose; only errors stop a content from being used.
    assert loaded.content is not None, [str(problem) for problem in loaded.problems]
    return loaded.content


SHOP = shop()


class TableMatcher:
    """Understands what stands in MEANINGS, and options as typed or nearly so."""

    def __init__(self, meanings: Mapping[str, tuple[tuple[str, float], ...]] = MEANINGS) -> None:
        self._meanings = meanings

    def match(self, text: str, language: str) -> Match:
        found = self._meanings.get(" ".join(text.casefold().split()), ())
        return Match(text, language, text, tuple(Candidate(name, sure, "examples") for name, sure in found))

    def closest(self, text: str, options: Mapping[str, str], language: str) -> str | None:
        near = {key: ratio(text.casefold(), title.casefold()) for key, title in options.items()}
        best = max(near, key=lambda key: near[key], default=None)
        return best if best is not None and near[best] >= 75 else None


@dataclass
class Talk:
    """One conversation from its start. `effects` are those of the last event."""

    content: Content = SHOP
    modes: Mapping[str, Mode] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    language: str = "en"
    slots: Mapping[str, str] = field(default_factory=dict)
    position: int = 2
    opens: str = ""
    nobody: bool = False
    take_contact: bool = False
    is_test: bool = False
    channel: str = "web"

    def __post_init__(self) -> None:
        self.now = START
        self.conversation = Conversation(
            "c1",
            "customer",
            self.channel,
            "",
            self.language,
            START,
            START,
            slots=self.slots,
            excluded="test" if self.is_test else "",
        )
        self.matcher: Matcher = TableMatcher()
        self.effects: tuple[Effect, ...] = ()
        self.answers: list[RecordAnswer] = []
        self.outcomes: list[RecordOutcome] = []
        self.statuses: list[Status] = ["with_bot"]
        self.silence_at: int | None = None

    @property
    def knowledge(self) -> Knowledge:
        alone = {"trial": 1.0, "auto": 1.0}
        standings = {name: Standing(mode, alone.get(mode, 0.0)) for name, mode in self.modes.items()}
        return Knowledge(self.content, self.matcher, standings=standings, settings=self.rules)

    def says(self, text: str) -> Talk:
        return self.take(CustomerSaid(at=self.now, text=text))

    def presses(self, payload: str, title: str = "") -> Talk:
        return self.take(ButtonPressed(at=self.now, payload=payload, title=title or payload))

    def action_gives(self, *says: str, failed: str = "", **slots: str | None) -> Talk:
        pending = self.conversation.pending
        assert isinstance(pending, RunningAction), pending
        return self.take(ActionFinished(at=self.now, job=pending.job, slots=slots, says=says, failed=failed))

    def waits(self, millis: int) -> Talk:
        self.now += millis
        return self

    def take(self, event: Event) -> Talk:
        """Take an event as `turns` does: a wish for a person is put to the desk in the same breath."""
        self.now += 1
        self.effects = self._step(event)
        wishes = [effect for effect in self.effects if isinstance(effect, OpenHandoff)]
        if wishes:
            assert self.effects[-1] is wishes[0], "the wish for a person is the last effect"
            self.effects += self._step(self.opened())
        return self

    def opened(self) -> HandoffOpened:
        opens_at = self.now + HOUR if self.opens else None
        return HandoffOpened(
            at=self.now,
            handoff="" if self.nobody else "h1",
            position=self.position,
            opens_at=opens_at,
            opens=self.opens,
            nobody=self.nobody,
            take_contact=self.take_contact,
        )

    def _step(self, event: Event) -> tuple[Effect, ...]:
        before = self.conversation
        done = step(before, event, self.knowledge, self.now)
        assert (done.conversation.version, done.conversation.last_seq) == (before.version, before.last_seq)
        self.conversation = replace(done.conversation, last_event=before.last_event + 1)
        if self.conversation.status != before.status:
            self.statuses.append(self.conversation.status)
            assert self.conversation.status in {
                end for (start, _), end in TRANSITIONS.items() if start == before.status
            }
        self._book(done.effects)
        return done.effects

    def _book(self, effects: Iterable[Effect]) -> None:
        """Keep the books as the store does, and compare them with what the conversation remembers."""
        for effect in effects:
            if isinstance(effect, RecordAnswer):
                self.answers.append(effect)
                self.outcomes.append(RecordOutcome(effect.id, "pending", "sent"))
            elif isinstance(effect, RecordOutcome):
                assert effect.answer in {answer.id for answer in self.answers}
                self.outcomes.append(effect)
            elif isinstance(effect, SetTimer) and effect.timer == "silence":
                self.silence_at = effect.due_at
        counted = {outcome.answer: outcome.outcome for outcome in self.outcomes}
        assert counted == {answer.id: answer.outcome for answer in self.conversation.sent}

    # What came of it

    @property
    def said(self) -> list[str]:
        """What the customer has just been told, by whomever."""
        return [one.text for one in self.all(Say) if one.author != "customer"]

    @property
    def buttons(self) -> list[str]:
        return [button.payload for one in self.all(Say) for button in one.buttons]

    @property
    def handoff(self) -> OpenHandoff | None:
        return next(iter(self.all(OpenHandoff)), None)

    @property
    def ledger(self) -> dict[str, Outcome]:
        """The outcome of the newest answer of each template."""
        return {answer.template: answer.outcome for answer in self.conversation.sent}

    def all(self, kind: type[Any]) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def words(self, name: str, **values: object) -> str:
        return self.content.phrase(name, self.language, **values)
