"""The tests that stand in template files, run through the engine as if a customer had written. Pure.

Every template answers in these runs whatever its mode, so that a draft can be tested before anybody sees it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.analytics.reactions import led_to
from bot.content.snapshot import Content
from bot.content.templates import Expectation, Template
from bot.conversations.conversation import Conversation, RunningAction, SlotQuestion
from bot.conversations.effects import Say
from bot.conversations.engine import Step, step
from bot.conversations.events import ActionFinished, CustomerSaid
from bot.conversations.knowledge import Knowledge
from bot.errors import Problem
from bot.model import Match, Matcher, Thresholds
from bot.templates.standings import Standing

_NOW = 0


def unmet(content: Content, matcher: Matcher, thresholds: Thresholds) -> list[Problem]:
    """A problem for each test that fails, at its place in the file."""
    everything = {name: Standing("auto", 1.0) for name in content.templates}
    knowledge = Knowledge(content, matcher, thresholds, everything)
    return [
        problem
        for template in content.templates.values()
        for expected in template.tests
        for problem in _Trial(template, expected, knowledge).problems()
    ]


class _Trial:
    """One message to an empty conversation, and what came of it."""

    def __init__(self, template: Template, expected: Expectation, knowledge: Knowledge) -> None:
        self._template = template
        self._expected = expected
        self._knowledge = knowledge
        self._blank = Conversation(
            *("test", "test", "web", "", expected.language, _NOW, _NOW), slots=expected.slots
        )

    def problems(self) -> Iterator[Problem]:
        expected = self._expected
        match = self._knowledge.matcher.match(expected.message, expected.language)
        done = self._step(self._blank)
        got = led_to(self._blank, done.conversation, done.effects)
        if expected.wanted and self._template.name not in got:
            yield self._problem(self._instead(match, got), self._how_to_mend())
        elif not expected.wanted and self._template.name in got:
            sure = f" ({_percent(match.best.confidence)} sure)" if match.best else ""
            yield self._problem(f"gets `{self._template.name}`{sure}, which it must not", self._how_to_see())
        elif expected.text:
            yield from self._without_text(done)
        if expected.reads and _plain(expected.reads) != _plain(match.read_as):
            yield self._problem(f'is read as "{match.read_as}", not "{expected.reads}"', self._how_to_see())

    def _step(self, conversation: Conversation) -> Step:
        event = CustomerSaid(at=_NOW, text=self._expected.message)
        return step(conversation, event, self._knowledge, _NOW)

    def _without_text(self, done: Step) -> Iterator[Problem]:
        """The problem of an answer that does not say what it must."""
        pending = done.conversation.pending
        if isinstance(pending, SlotQuestion):
            hint = f"give its value: `slots: {{{pending.slot}: ...}}`"
            yield self._problem(f"is first asked for `{pending.slot}`", hint)
            return
        if isinstance(pending, RunningAction):
            finished = ActionFinished(at=_NOW, job=pending.job, slots=self._expected.slots)
            done = step(done.conversation, finished, self._knowledge, _NOW)
        said = [
            one.text
            for one in done.effects
            if isinstance(one, Say) and one.author == "bot" and one.kind in ("text", "tip")
        ]
        if _plain(self._expected.text) not in _plain(" ".join(said)):
            shown = " ".join(" ".join(said).split())
            hint = f'it gets "{shown}"' if shown else "what its action fills is given under `slots:`"
            yield self._problem(f'gets no answer with "{self._expected.text}"', hint)

    def _instead(self, match: Match, got: tuple[str, ...]) -> str:
        """What a message gets that should have got this template."""
        name = self._template.name
        own = next((one for one in match.candidates if one.intent == self._template.answers), None)
        doubt = f"; `{name}` is {_percent(own.confidence)} sure" if own else ""
        best = match.best
        if got:
            sure = f" ({_percent(best.confidence)} sure)" if best and len(got) == 1 else ""
            return f"gets {' and '.join(f'`{one}`' for one in got)}{sure}, not `{name}`{doubt}"
        if best is None:
            return f"fits nothing, so it does not get `{name}`"
        needed = _percent(self._knowledge.thresholds.answer)
        if own is best:
            return f"does not get `{name}`: it is {_percent(best.confidence)} sure, and {needed} are needed"
        nearest = f"nearest is `{best.intent}`, {_percent(best.confidence)} sure"
        return f"does not get `{name}`: {nearest}{doubt}, and {needed} are needed"

    def _how_to_mend(self) -> str:
        return f"add it to the examples of `{self._template.answers}`; {self._how_to_see()}"

    def _how_to_see(self) -> str:
        return "`frontdesk ask --explain` with this message says why"

    def _problem(self, what: str, hint: str) -> Problem:
        return self._expected.place.problem("test_failed", f'"{self._expected.message}" {what}', hint)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _percent(confidence: float) -> str:
    return f"{confidence * 100:.0f} %"
